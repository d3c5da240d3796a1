"""The service's error tree; it must not know HTTP statuses or exit codes.

    ServiceError                    anything the service refuses or cannot do
      InvalidBatchError             the submit means nothing: mend it
        BatchTooLargeError          it is over a limit
      InvalidScheduleError          a part of a schedule means nothing
      NotFoundError                 no such thing, or no longer
        BatchNotFoundError
        ScheduleNotFoundError
        RunNotFoundError
      ConflictError                 it clashes with what is there
        ScheduleExistsError         the name is taken
        IdempotencyKeyReusedError   the same key came with another payload
        IllegalTransitionError      the batch's state does not allow it
        RunLostError                another scheduler has taken the run over
        StackRunningError           the one-machine stack of this data folder is up already
      StoreUnavailableError         Redis cannot be reached: try again
        StoreFullError              Redis is near or at its memory limit
      CorruptBlobError              a stored blob is not what was written, or unpacks past its limit
      FetchError                    a document was not fetched
        FetchBlockedError           its address is refused: mend it, or allow the address
        RobotsDisallowedError       the site does not want it fetched
        FetchFailedError            its server does not give it, or not within the limits
      ExtractionError               a page holds no article that can be read
      ServerStartError              the embedded server or a worker did not come up
      SettingsError                 a setting is unknown or malformed; at start only

Every class has a stable `code`. Constructor arguments go to `Exception.__init__` unchanged and the
sentence is built in `__str__`: errors survive pickling between processes (celery/celery#6990).
"""

from __future__ import annotations

from typing import ClassVar


class ServiceError(Exception):
    """Anything the service refuses or cannot do."""

    code: ClassVar[str] = "service_error"


class InvalidBatchError(ServiceError):
    """The submit means nothing as it stands."""

    code = "invalid_batch"


class BatchTooLargeError(InvalidBatchError):
    """The submit is over a limit."""

    code = "batch_too_large"

    def __init__(self, what: str, value: int, limit: int) -> None:
        super().__init__(what, value, limit)
        self.what = what
        self.value = value
        self.limit = limit

    def __str__(self) -> str:
        return f"the batch has {self.value} {self.what} or more, the limit is {self.limit}"


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


class NotFoundError(ServiceError):
    """No such thing, or no longer."""

    code = "not_found"


class BatchNotFoundError(NotFoundError):
    """No batch with this id: it never was, was deleted, or its results have expired."""

    code = "batch_not_found"

    def __init__(self, batch_id: str) -> None:
        super().__init__(batch_id)
        self.batch_id = batch_id

    def __str__(self) -> str:
        return f"no batch {self.batch_id!r}: unknown, deleted, or expired"


class ScheduleNotFoundError(NotFoundError):
    """No schedule of this name."""

    code = "schedule_not_found"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"no schedule {self.name!r}"


class RunNotFoundError(NotFoundError):
    """The schedule has no run with results: none at this slot, or they have expired."""

    code = "run_not_found"

    def __init__(self, schedule: str, slot: str) -> None:
        super().__init__(schedule, slot)
        self.schedule = schedule
        self.slot = slot

    def __str__(self) -> str:
        return f"schedule {self.schedule!r} has no results of {self.slot}"


class ConflictError(ServiceError):
    """It clashes with what is there."""

    code = "conflict"


class ScheduleExistsError(ConflictError):
    """A schedule of this name is there already."""

    code = "schedule_exists"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"a schedule {self.name!r} exists already"


class IdempotencyKeyReusedError(ConflictError):
    """The idempotency key was used before, with another payload."""

    code = "idempotency_key_reuse"

    def __init__(self, batch_id: str) -> None:
        super().__init__(batch_id)
        self.batch_id = batch_id

    def __str__(self) -> str:
        return f"the idempotency key belongs to batch {self.batch_id}, which holds other articles"


class IllegalTransitionError(ConflictError):
    """The batch's state does not allow what was asked."""

    code = "illegal_transition"

    def __init__(self, batch_id: str, state: str, wanted: str) -> None:
        super().__init__(batch_id, state, wanted)
        self.batch_id = batch_id
        self.state = state
        self.wanted = wanted

    def __str__(self) -> str:
        return f"batch {self.batch_id} is {self.state}: it cannot become {self.wanted}"


class RunLostError(ConflictError):
    """Another scheduler has taken the run over, or this one is being stopped."""

    code = "run_lost"

    def __init__(self, schedule: str) -> None:
        super().__init__(schedule)
        self.schedule = schedule

    def __str__(self) -> str:
        return f"the run of schedule {self.schedule!r} is no longer ours"


class StackRunningError(ConflictError):
    """The one-machine stack of this data folder is up already."""

    code = "stack_running"

    def __init__(self, data_dir: str, pid: int) -> None:
        super().__init__(data_dir, pid)
        self.data_dir = data_dir
        self.pid = pid

    def __str__(self) -> str:
        return f"a stack is already running in {self.data_dir} (process {self.pid})"


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


class CorruptBlobError(ServiceError):
    """A stored blob is not what was written, or unpacks past its limit."""

    code = "corrupt_blob"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"a stored blob cannot be read: {self.reason}"


class FetchError(ServiceError):
    """A document was not fetched; `url` is without credentials and cut to a readable length."""

    code = "fetch_error"

    def __init__(self, url: str, reason: str, *details: object) -> None:
        super().__init__(url, reason, *details)
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.url} was not fetched: {self.reason}"


class FetchBlockedError(FetchError):
    """The URL, or an address behind it, is one that we do not connect to."""

    code = "fetch_blocked"


class RobotsDisallowedError(FetchError):
    """The site's robots.txt does not allow it, or cannot be had, which counts as the same."""

    code = "robots_disallowed"


class FetchFailedError(FetchError):
    """The server could not be reached, did not give the document, or overstepped a limit.

    `status` is that of the HTTP response, if there was one; `is_temporary` says whether the same
    request may well succeed later.
    """

    code = "fetch_failed"

    def __init__(
        self, url: str, reason: str, status: int | None = None, is_temporary: bool = False
    ) -> None:
        super().__init__(url, reason, status, is_temporary)
        self.status = status
        self.is_temporary = is_temporary


class ExtractionError(ServiceError):
    """The bytes hold no article that can be read."""

    code = "extraction_failed"

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        return f"no article could be read from {self.url}: {self.reason}"


class ServerStartError(ServiceError):
    """The embedded server or a worker did not come up."""

    code = "server_start"

    def __init__(self, what: str, reason: str) -> None:
        super().__init__(what, reason)
        self.what = what
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.what} did not start: {self.reason}"


class SettingsError(ServiceError):
    """A setting is unknown or malformed; names it and says what is allowed."""

    code = "settings"

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(name, problem)
        self.name = name
        self.problem = problem

    def __str__(self) -> str:
        return f"setting {self.name}: {self.problem}"
