"""The service's error tree; it must not know HTTP statuses or exit codes.

    ServiceError                    anything the service refuses or cannot do
      InvalidBatchError             the submit means nothing: mend it
        BatchTooLargeError          it is over a limit
        InvalidLabelError           its name, metadata or key are
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
        StoreRefusedError           Redis gives the user no right, or takes no commands now
      UnreadableBatchError          what is stored of a batch is none of this version's making
      CorruptBlobError              a stored blob is not what was written, or unpacks past its limit
      FetchError                    a document was not fetched
        FetchBlockedError           its address is refused: mend it, or allow the address
        RobotsDisallowedError       the site does not want it fetched
        FetchFailedError            its server does not give it, or not within the limits
      ExtractionError               a page holds no article that can be read
      ServerStartError              the embedded server or a worker did not come up
      LoopEndedError                a loop of the scheduler has failed, and ends it
      SettingsError                 a setting is unknown or malformed; at start only

Every class has a stable `code`. Constructor arguments go to `Exception.__init__` unchanged and the
sentence is built in `__str__`: errors survive pickling between processes (celery/celery#6990).
"""

from workers.errors.base import (
    ConflictError,
    NotFoundError,
    ServiceError,
)
from workers.errors.batches import (
    BatchNotFoundError,
    BatchTooLargeError,
    CorruptBlobError,
    IdempotencyKeyReusedError,
    IllegalTransitionError,
    InvalidBatchError,
    InvalidLabelError,
    UnreadableBatchError,
)
from workers.errors.documents import (
    ExtractionError,
    FetchBlockedError,
    FetchError,
    FetchFailedError,
    RobotsDisallowedError,
)
from workers.errors.schedules import (
    InvalidScheduleError,
    RunLostError,
    RunNotFoundError,
    ScheduleExistsError,
    ScheduleNotFoundError,
)
from workers.errors.starting import (
    LoopEndedError,
    ServerStartError,
    SettingsError,
    StackRunningError,
)
from workers.errors.store import (
    StoreFullError,
    StoreRefusedError,
    StoreUnavailableError,
)

__all__ = [
    "BatchNotFoundError",
    "BatchTooLargeError",
    "ConflictError",
    "CorruptBlobError",
    "ExtractionError",
    "FetchBlockedError",
    "FetchError",
    "FetchFailedError",
    "IdempotencyKeyReusedError",
    "IllegalTransitionError",
    "InvalidBatchError",
    "InvalidLabelError",
    "InvalidScheduleError",
    "LoopEndedError",
    "NotFoundError",
    "RobotsDisallowedError",
    "RunLostError",
    "RunNotFoundError",
    "ScheduleExistsError",
    "ScheduleNotFoundError",
    "ServerStartError",
    "ServiceError",
    "SettingsError",
    "StackRunningError",
    "StoreFullError",
    "StoreRefusedError",
    "StoreUnavailableError",
    "UnreadableBatchError",
]
