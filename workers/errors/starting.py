"""Errors of a process that cannot start, or not go on."""

from __future__ import annotations

from workers.errors.base import ConflictError, ServiceError


class SettingsError(ServiceError):
    """A setting is unknown or malformed; names it and says what is allowed."""

    code = "settings"

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(name, problem)
        self.name = name
        self.problem = problem

    def __str__(self) -> str:
        return f"{'' if self.name.startswith('-') else 'setting '}{self.name}: {self.problem}"


class ServerStartError(ServiceError):
    """The embedded server or a worker did not come up."""

    code = "server_start"

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(what, reason)
        self.what = what
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.what} did not start: {self.reason}"


class StackRunningError(ConflictError):
    """The one-machine stack of this data folder is up already."""

    code = "stack_running"

    def __init__(self, data_dir: str, pid: int) -> None:
        super().__init__(data_dir, pid)
        self.data_dir = data_dir
        self.pid = pid

    def __str__(self) -> str:
        return f"a stack is already running in {self.data_dir} (process {self.pid})"


class LoopEndedError(ServiceError):
    """A loop of the scheduler has ended, which none does unless it is told to."""

    code = "loop_ended"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"a loop of the scheduler has ended, and with it the scheduler: {self.reason}"
