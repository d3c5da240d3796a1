"""What every error of the service is, and the families that callers tell apart."""

from __future__ import annotations

from typing import ClassVar


class ServiceError(Exception):
    """Anything the service refuses or cannot do."""

    code: ClassVar[str] = "service_error"


class NotFoundError(ServiceError):
    """No such thing, or no longer."""

    code = "not_found"


class ConflictError(ServiceError):
    """It clashes with what is there."""

    code = "conflict"
