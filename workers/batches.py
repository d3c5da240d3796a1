"""Pure records of batches: items, states, legal transitions, counts, chunks.

Must not know Redis, Celery or the clock: instants come in as arguments, in seconds since the epoch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, overload

from summarizer import Article

MAX_EXPIRES_AFTER_S = 366 * 86_400
"""No batch may wait longer than a year to be begun."""


class BatchState(StrEnum):
    """Where a batch stands. The last five are final."""

    QUEUED = "queued"
    IN_PROGRESS = "in_progress"
    CANCELLING = "cancelling"
    COMPLETED = "completed"
    PARTIALLY_COMPLETED = "partially_completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"

    @property
    def is_final(self) -> bool:
        """Whether nothing can happen to the batch any more but its deletion."""
        return not TRANSITIONS[self]


TRANSITIONS: Mapping[BatchState, frozenset[BatchState]] = MappingProxyType(
    {
        BatchState.QUEUED: frozenset(
            {BatchState.IN_PROGRESS, BatchState.CANCELLING, BatchState.EXPIRED}
        ),
        BatchState.IN_PROGRESS: frozenset(
            {
                BatchState.CANCELLING,
                BatchState.COMPLETED,
                BatchState.PARTIALLY_COMPLETED,
                BatchState.FAILED,
                BatchState.EXPIRED,
            }
        ),
        BatchState.CANCELLING: frozenset({BatchState.CANCELLED, BatchState.EXPIRED}),
        BatchState.COMPLETED: frozenset(),
        BatchState.PARTIALLY_COMPLETED: frozenset(),
        BatchState.FAILED: frozenset(),
        BatchState.CANCELLED: frozenset(),
        BatchState.EXPIRED: frozenset(),
    }
)
"""Every legal move; the server-side scripts get this table and refuse any other."""


class ResultType(StrEnum):
    """How an item ended."""

    SUCCEEDED = "succeeded"
    ERRORED = "errored"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class ItemErrorCode(StrEnum):
    """Why an item errored when the library is not the one that says so."""

    WORKER_CRASHED = "worker_crashed"
    TIME_LIMIT = "time_limit"
    RESULT_TOO_LARGE = "result_too_large"
    INTERNAL_ERROR = "internal_error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The page that an item's article was read from, where its text was not given.

    Attributes:
        asked: the URL that was given; None where the page's HTML was.
        url: where the page was in the end, without credentials.
        error: the code and message of why no article could be read from it.
    """

    asked: str | None = None
    url: str | None = None
    error: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article in a batch.

    Attributes:
        index: its place in the batch, from 0.
        custom_id: the submitter's name for it, unique in the batch.
        article: what is to be summarised.
        options: the options in which it differs from the batch's, as JSON has them.
        source: where it came from, such as "night.jsonl:17"; for messages.
        page: the page that the article was read from; None where its text was given.
        is_named: whether the custom_id is the submitter's own; else it says where the article is.
    """

    index: int
    custom_id: str
    article: Article
    options: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    page: Page | None = None
    is_named: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCounts:
    """How many items stand where; the parts sum to the total at every moment."""

    total: int
    queued: int
    processing: int
    succeeded: int
    errored: int
    cancelled: int
    expired: int

    @property
    def finished(self) -> int:
        """Items that have a result."""
        return self.done + self.cancelled + self.expired

    @property
    def done(self) -> int:
        """Items that were worked on, with or without success."""
        return self.succeeded + self.errored


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A batch as a poll sees it. Instants are seconds since the epoch, None while not reached.

    `load` names what it came of, apart from a later batch of the same id.
    """

    id: str
    state: BatchState
    counts: RequestCounts
    created_at: float
    in_progress_at: float | None = None
    cancelling_at: float | None = None
    completed_at: float | None = None
    expires_at: float | None = None
    results_expire_at: float | None = None
    display_name: str | None = None
    parent_batch_id: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, str] = field(default_factory=dict)
    load: str = ""

    def progress(self, *, now: float) -> Progress:
        """Return how far the batch is and how fast it goes at the instant `now`."""
        finished = self.counts.finished
        until = self.completed_at if self.completed_at is not None else now
        elapsed_s = max(until - (self.in_progress_at or until), 0.0)
        # What was cancelled or has expired took no time.
        rate = self.counts.done / elapsed_s if self.counts.done and elapsed_s > 0 else None
        left = self.counts.total - finished
        return Progress(
            fraction=finished / self.counts.total,
            rate_per_s=rate,
            eta_s=left / rate if rate and not self.state.is_final else None,
        )

    def to_dict(self, *, now: float) -> dict[str, Any]:
        """Return the JSON of the API; instants become RFC 3339 times in UTC."""
        progress = self.progress(now=now)
        return {
            "id": self.id,
            "object": "batch",
            "display_name": self.display_name,
            "status": self.state.value,
            "request_counts": {
                "total": self.counts.total,
                "queued": self.counts.queued,
                "processing": self.counts.processing,
                "succeeded": self.counts.succeeded,
                "errored": self.counts.errored,
                "cancelled": self.counts.cancelled,
                "expired": self.counts.expired,
            },
            "created_at": rfc3339(self.created_at),
            "in_progress_at": rfc3339(self.in_progress_at),
            "cancelling_at": rfc3339(self.cancelling_at),
            "completed_at": rfc3339(self.completed_at),
            "expires_at": rfc3339(self.expires_at),
            "results_expire_at": rfc3339(self.results_expire_at),
            "parent_batch_id": self.parent_batch_id,
            "options": dict(self.options),
            "metadata": dict(self.metadata),
            "progress": {
                "fraction": round(progress.fraction, 4),
                "rate_per_s": None
                if progress.rate_per_s is None
                else round(progress.rate_per_s, 1),
                "eta_s": None if progress.eta_s is None else round(progress.eta_s, 1),
            },
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a batch is; rate and time left are None until something is finished."""

    fraction: float
    rate_per_s: float | None
    eta_s: float | None


@overload
def rfc3339(instant: float) -> str: ...


@overload
def rfc3339(instant: None) -> None: ...


@overload
def rfc3339(instant: float | None) -> str | None: ...


def rfc3339(instant: float | None) -> str | None:
    """Return the instant as an RFC 3339 time in UTC with milliseconds; None stays None."""
    if instant is None:
        return None
    return datetime.fromtimestamp(instant, UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


_BUDGETS = ("sentences", "words", "chars", "ratio")


def merge_options(defaults: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return the defaults with an article's own options over them.

    Args:
        defaults: options of the batch or file, as JSON has them.
        own: the article's; a length budget among them replaces that of the defaults.
    """
    if any(budget in own for budget in _BUDGETS):
        defaults = {name: value for name, value in defaults.items() if name not in _BUDGETS}
    return {**defaults, **own}


def group_into_chunks(
    items: Iterable[Item],
    *,
    cost: Callable[[Item], float],
    max_cost: float,
    max_items: int,
) -> Iterator[tuple[Item, ...]]:
    """Group items, in order, into what one task takes.

    A chunk's number is the index of its first item, so that numbers stay in input order when a
    chunk is split into single items.

    Args:
        items: any number of items; read lazily.
        cost: the work that an item is expected to be.
        max_cost: a chunk is closed before it would hold more; one dear item is a chunk of its own.
        max_items: a chunk never holds more items.
    """
    chunk: list[Item] = []
    total = 0.0
    for item in items:
        item_cost = cost(item)
        if chunk and (len(chunk) == max_items or total + item_cost > max_cost):
            yield tuple(chunk)
            chunk, total = [], 0.0
        chunk.append(item)
        total += item_cost
    if chunk:
        yield tuple(chunk)
