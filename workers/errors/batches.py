"""Errors of batches and of the blobs that hold them."""

from __future__ import annotations

from workers.errors.base import ConflictError, NotFoundError, ServiceError


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


class InvalidLabelError(InvalidBatchError):
    """The name, a pair or the key that a submitter gave is larger than it may be."""

    code = "invalid_label"

    def __init__(self, part: str, problem: str) -> None:
        super().__init__(part, problem)
        self.part = part
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.part}: {self.problem}"


class UnreadableBatchError(ServiceError):
    """What is stored of a batch is none of this version's making."""

    code = "unreadable_batch"

    def __init__(self, batch_id: str, reason: str) -> None:
        super().__init__(batch_id, reason)
        self.batch_id = batch_id
        self.reason = reason

    def __str__(self) -> str:
        return f"batch {self.batch_id} cannot be read: {self.reason}"


class BatchNotFoundError(NotFoundError):
    """No batch with this id: it never was, was deleted, or its results have expired."""

    code = "batch_not_found"

    def __init__(self, batch_id: str) -> None:
        super().__init__(batch_id)
        self.batch_id = batch_id

    def __str__(self) -> str:
        return f"no batch {self.batch_id!r}: unknown, deleted, or expired"


class IdempotencyKeyReusedError(ConflictError):
    """The idempotency key was used before, with another payload."""

    code = "idempotency_key_reuse"

    def __init__(self, batch_id: str) -> None:
        super().__init__(batch_id)
        self.batch_id = batch_id

    def __str__(self) -> str:
        return (
            f"the idempotency key belongs to batch {self.batch_id}, "
            "which has other articles or other options"
        )


class IllegalTransitionError(ConflictError):
    """The batch's state does not allow what was asked."""

    code = "illegal_transition"

    def __init__(self, batch_id: str, state: str, wanted: str) -> None:
        super().__init__(batch_id, state, wanted)
        self.batch_id = batch_id
        self.state = state
        self.wanted = wanted

    def __str__(self) -> str:
        when = "after" if self.wanted == "cancelled" else "before"
        return f"batch {self.batch_id} is {self.state}: it cannot be {self.wanted} {when} its end"


class CorruptBlobError(ServiceError):
    """A stored blob is not what was written, or unpacks past its limit."""

    code = "corrupt_blob"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"a stored blob cannot be read: {self.reason}"
