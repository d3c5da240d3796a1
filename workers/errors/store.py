"""Errors of Redis, as every command may meet them."""

from __future__ import annotations

from workers.errors.base import ServiceError


class StoreUnavailableError(ServiceError):
    """Redis cannot be reached, or broke off; trying again later may help."""

    code = "store_unavailable"

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(where, reason)
        self.where = where
        self.reason = reason

    def __str__(self) -> str:
        return f"Redis at {self.where} is unavailable: {self.reason}"


class StoreFullError(StoreUnavailableError):
    """Redis is near or at its memory limit, so nothing new is taken."""

    code = "store_full"

    def __str__(self) -> str:
        return f"Redis at {self.where} is full: {self.reason}"


class StoreRefusedError(StoreUnavailableError):
    """Redis takes no command like this, or none now: no right to it, a replica, a busy script."""

    code = "store_refused"

    def __str__(self) -> str:
        return f"Redis at {self.where} refuses: {self.reason}"
