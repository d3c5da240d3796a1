"""What a worker does with a chunk: plain functions, no Celery in here."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import Any, TypeVar

from summarizer import (
    Article,
    InvalidOptionsError,
    Options,
    SummarizerError,
    Summary,
    summarize_many,
)
from workers.batches import Item, ItemErrorCode, ResultType, merge_options
from workers.blobs import (
    MAX_BLOB_BYTES,
    error_result,
    pack_items,
    pack_lines,
    result_line,
    unpack_items,
    unreadable_items,
)
from workers.claims import Claim, ClaimOutcome
from workers.errors import CorruptBlobError, StoreUnavailableError
from workers.leases import kept_lease
from workers.service import Dispatch
from workers.settings import Settings
from workers.store import Store
from workers.time_limits import TimeLimitReachedError, time_limit

_log = logging.getLogger(__name__)

_PAUSE_S = 1.0

MAX_RESULT_BYTES = MAX_BLOB_BYTES - 4_000_000
"""The results of a chunk have at most so many bytes; what is left is for those that do not fit."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkReport:
    """What became of a hint: the claim's outcome, and the counts if this worker finished it."""

    outcome: ClaimOutcome
    succeeded: int = 0
    errored: int = 0
    is_first: bool = False


def claims_of(message: str) -> str:
    """Return what the tokens of all claims begin with that are made for a message."""
    return f"{message}/"


def process_chunk(
    store: Store,
    batch_id: str,
    chunk: int,
    *,
    settings: Settings,
    dispatch: Dispatch,
    message: str = "",
    max_result_bytes: int = MAX_RESULT_BYTES,
) -> ChunkReport:
    """Claim a chunk, summarise its articles, store the results: once, whoever else tries.

    A chunk that was tried too often, or ran into the chunk's time limit, is split, so that only
    the guilty articles fail; a single article that was tried too often fails with `worker_crashed`
    or `time_limit`.

    Args:
        store: where batches are.
        batch_id: the batch.
        chunk: the chunk's number.
        settings: lease, attempts and limits.
        dispatch: sends the hints of a split.
        message: the id of the hint.
        max_result_bytes: what is beyond so many bytes of results fails with `result_too_large`:
            they could be stored, and not be read.
    """
    # A message may come twice, so its id alone does not name a claim.
    token = claims_of(message) + secrets.token_hex(8)
    claim = _insist(
        lambda: store.claim(batch_id, chunk, lease_s=settings.lease_s, token=token),
        what=f"the claim on chunk {chunk}",
    )
    if claim.outcome is not ClaimOutcome.CLAIMED:
        return ChunkReport(outcome=claim.outcome)
    try:
        items = unpack_items(claim.blob)
    except CorruptBlobError as error:
        _log.exception("chunk %s of batch %s cannot be read", chunk, batch_id)
        items = unreadable_items(chunk, claim.length)
        results = [error_result(ItemErrorCode.INTERNAL_ERROR, str(error))] * claim.length
    else:
        is_spent = claim.attempts > settings.max_attempts
        if len(items) > 1 and (is_spent or claim.cause == ItemErrorCode.TIME_LIMIT):
            _split(store, batch_id, chunk, items, load=claim.load, dispatch=dispatch)
            return ChunkReport(outcome=claim.outcome)
        if not is_spent:
            lease_s = settings.lease_s
            with kept_lease(
                partial(store.renew, batch_id, chunk, token=token, lease_s=lease_s),
                what=f"chunk {chunk}",
                every_s=lease_s / 3,
                limit_s=settings.chunk_time_limit_s,
                is_awaited=False,  # a chunk that is finished is not leased again
            ):
                results = _summarise(items, claim.options, settings=settings)
                return _complete(
                    store, batch_id, chunk, items, results,
                    claim=claim, max_bytes=max_result_bytes,
                )  # fmt: skip
        results = [_given_up(claim)]
    return _complete(store, batch_id, chunk, items, results, claim=claim)


def page_error(item: Item) -> dict[str, Any] | None:
    """Return the result of an item whose page could not be read; None where nothing is amiss."""
    return error_result(*item.page.error) if item.page and item.page.error else None


def result_of(outcome: Summary | SummarizerError) -> dict[str, Any]:
    """Return what the library made of an article as the result in its line of JSONL."""
    if isinstance(outcome, Summary):
        return {"type": ResultType.SUCCEEDED.value, "summary": outcome.to_dict()}
    return error_result(outcome.code, str(outcome))


def _summarise(
    items: Sequence[Item], defaults: Mapping[str, Any], *, settings: Settings
) -> list[dict[str, Any]]:
    """Return each item's result; items with equal options go through the engine together."""
    groups: dict[Options, list[int]] = {}
    results: dict[int, dict[str, Any]] = {}
    for place, item in enumerate(items):
        if failed := page_error(item):
            results[place] = failed
            continue
        try:
            options = Options.from_mapping(merge_options(defaults, item.options))
        except InvalidOptionsError as error:
            results[place] = result_of(error)
        else:
            groups.setdefault(options, []).append(place)
    for options, places in groups.items():
        articles = [items[place].article for place in places]
        limit_s = settings.article_time_limit_s
        found = _results(articles, options, limit_s=limit_s)
        results.update(zip(places, found, strict=True))
    return [results[place] for place in range(len(items))]


def _results(
    articles: Sequence[Article], options: Options, *, limit_s: float
) -> list[dict[str, Any]]:
    """Return the results of articles that share their options.

    The one place where any failure becomes a result: whatever an article does to the engine, it
    fails alone, and the traceback is in the log.
    """
    results: list[dict[str, Any]] = []
    summaries = summarize_many(articles, options, return_errors=True)
    try:
        while len(results) < len(articles):
            with time_limit(limit_s):
                results.append(result_of(next(summaries)))
    except (Exception, TimeLimitReachedError) as error:  # noqa: BLE001
        if len(articles) > 1:
            # The engine works ahead over a chunk, so the guilty one is found by going one by one.
            left = articles[len(results) :]
            for article in left:
                results += _results([article], options, limit_s=limit_s)
            return results
        return [_failed(articles[0], error)]
    return results


def _split(
    store: Store,
    batch_id: str,
    chunk: int,
    items: Sequence[Item],
    *,
    load: str,
    dispatch: Dispatch,
) -> None:
    _log.warning("chunk %s of batch %s keeps failing: its articles go one by one", chunk, batch_id)
    singles = {item.index: pack_items([item]) for item in items}
    if not store.split(batch_id, chunk, singles, load=load):
        return
    try:
        dispatch(batch_id, list(singles))
        store.note_hints(batch_id, list(singles))
    except StoreUnavailableError as error:
        _log.warning("hints of batch %s are left to the reaper: %s", batch_id, error)


def _complete(
    store: Store,
    batch_id: str,
    chunk: int,
    items: Sequence[Item],
    results: Sequence[dict[str, Any]],
    *,
    claim: Claim,
    max_bytes: int = MAX_RESULT_BYTES,
) -> ChunkReport:
    """Store the results; while Redis is away or full, keep them and try again."""
    results, lines = _fitting(items, results, max_bytes=max_bytes)
    pairs = zip(items, results, strict=True)
    errored = [item for item, result in pairs if result["type"] == ResultType.ERRORED]
    succeeded = len(items) - len(errored)
    blob = pack_lines(lines)
    kept = pack_items(errored) if errored else b""
    is_first = _insist(
        lambda: store.complete(
            batch_id, chunk, blob,
            succeeded=succeeded, errored=len(errored), errored_items=kept,
            load=claim.load, token=claim.token,
        ),
        what=f"the results of chunk {chunk}",
    )  # fmt: skip
    return ChunkReport(
        outcome=ClaimOutcome.CLAIMED,
        succeeded=succeeded,
        errored=len(errored),
        is_first=is_first,
    )


def _fitting(
    items: Sequence[Item], results: Sequence[dict[str, Any]], *, max_bytes: int
) -> tuple[list[dict[str, Any]], list[bytes]]:
    """Return the results and their lines, with an error for each that a blob has no room for."""
    fitting, lines = [], []
    room = max_bytes
    for item, result in zip(items, results, strict=True):
        line = result_line(item, result)
        if len(line) > room:
            message = f"its result has {len(line)} bytes, and there is room for {max(room, 0)}"
            result = error_result(ItemErrorCode.RESULT_TOO_LARGE, message)
            line = result_line(item, result)
        room -= len(line) + 1
        fitting.append(result)
        lines.append(line)
    return fitting, lines


def _insist(ask: Callable[[], T], *, what: str) -> T:
    """Return what the store answers, however long Redis is away or full."""
    pause = Event()
    while True:
        try:
            return ask()
        except StoreUnavailableError as error:
            _log.warning("%s; %s waits for it", error, what)
            pause.wait(_PAUSE_S)


def _failed(article: Article, error: BaseException) -> dict[str, Any]:
    if isinstance(error, TimeLimitReachedError):
        return error_result(ItemErrorCode.TIME_LIMIT, str(error))
    _log.error("an article of %d characters failed", len(article.text), exc_info=error)
    return error_result(ItemErrorCode.INTERNAL_ERROR, f"{type(error).__name__}: {error}")


def _given_up(claim: Claim) -> dict[str, Any]:
    if claim.cause == ItemErrorCode.TIME_LIMIT:
        return error_result(ItemErrorCode.TIME_LIMIT, "it ran into the time limit of its chunk")
    message = f"the worker died on this article, {claim.attempts - 1} times"
    return error_result(ItemErrorCode.WORKER_CRASHED, message)
