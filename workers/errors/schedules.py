"""Errors of schedules and their runs."""

from __future__ import annotations

from workers.errors.base import ConflictError, NotFoundError, ServiceError


class InvalidScheduleError(ServiceError):
    """A part of a schedule means nothing; names the part, the value and what is allowed."""

    code = "invalid_schedule"

    def __init__(self, part: str, value: object, allowed: str) -> None:
        super().__init__(part, value, allowed)
        self.part = part
        self.value = value
        self.allowed = allowed

    def __str__(self) -> str:
        return f"schedule {self.part} {self.value!r}: {self.allowed}"


class ScheduleNotFoundError(NotFoundError):
    """No schedule of this name."""

    code = "schedule_not_found"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"no schedule {self.name!r}"


class ScheduleExistsError(ConflictError):
    """A schedule of this name is there already."""

    code = "schedule_exists"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"a schedule {self.name!r} exists already"


class RunNotFoundError(NotFoundError):
    """The schedule has no run with results: none at this slot, not yet, or they have expired."""

    code = "run_not_found"

    def __init__(self, schedule: str, slot: str, is_under_way: bool = False) -> None:
        super().__init__(schedule, slot, is_under_way)
        self.schedule = schedule
        self.slot = slot
        self.is_under_way = is_under_way

    def __str__(self) -> str:
        yet = " yet" if self.is_under_way else ""
        return f"schedule {self.schedule!r} has no results of {self.slot}{yet}"


class RunLostError(ConflictError):
    """Another scheduler has the run, its schedule was removed, or this one is being stopped."""

    code = "run_lost"

    def __init__(self, schedule: str) -> None:
        super().__init__(schedule)
        self.schedule = schedule

    def __str__(self) -> str:
        return f"the run of schedule {self.schedule!r} is no longer ours"
