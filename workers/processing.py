"""What a worker does with a chunk and what the reaper does: plain functions, no Celery in here."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from summarizer import Article, Options, SummarizerError, Summary, summarize_many
from workers.batches import Item, ItemErrorCode, ResultType, merge_options
from workers.blobs import pack_items, pack_lines, result_line, unpack_items
from workers.service import Dispatch
from workers.store import ClaimOutcome, Store

_log = logging.getLogger(__name__)

_SHORT_QUEUE = 16
"""With no more hints waiting than this, an old hint of a queued chunk must be lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkReport:
    """What became of a hint: the claim's outcome, and the counts if this worker finished it."""

    outcome: ClaimOutcome
    succeeded: int = 0
    errored: int = 0
    is_first: bool = False


def process_chunk(
    store: Store,
    batch_id: str,
    chunk: int,
    *,
    lease_s: float,
    max_attempts: int,
    dispatch: Dispatch,
) -> ChunkReport:
    """Claim a chunk, summarise its articles, store the results: once, whoever else tries.

    A chunk that was tried too often is split, so that only the article that kills its worker fails;
    a single article that was tried too often fails with `worker_crashed`.

    Args:
        store: where batches are.
        batch_id: the batch.
        chunk: the chunk's number.
        lease_s: how long the chunk is ours.
        max_attempts: how often a chunk may be tried.
        dispatch: sends the hints of a split.
    """
    claim = store.claim(batch_id, chunk, lease_s=lease_s)
    if claim.outcome is not ClaimOutcome.CLAIMED:
        return ChunkReport(outcome=claim.outcome)
    items = unpack_items(claim.blob)
    if claim.attempts <= max_attempts:
        results = _summarise(items, defaults=claim.options or {})
    elif len(items) > 1:
        _log.warning("chunk %s of %s is split: tried %d times", chunk, batch_id, max_attempts)
        if store.split(batch_id, chunk, {item.index: pack_items([item]) for item in items}):
            dispatch(batch_id, [item.index for item in items])
        return ChunkReport(outcome=claim.outcome)
    else:
        results = [_crashed(max_attempts)]
    errored = sum(result["type"] == ResultType.ERRORED for result in results)
    succeeded = len(results) - errored
    blob = pack_lines(map(result_line, items, results))
    is_first = store.complete(batch_id, chunk, blob, succeeded=succeeded, errored=errored)
    return ChunkReport(
        outcome=claim.outcome, succeeded=succeeded, errored=errored, is_first=is_first
    )


def reap(store: Store, *, dispatch: Dispatch, hint_age_s: float) -> int:
    """Return expired leases to the queue and send lost hints again; safe to run twice at once.

    Args:
        store: where batches are.
        dispatch: sends hints.
        hint_age_s: the age from which the hint of a queued chunk counts as lost.

    Returns:
        How many hints were sent.
    """
    queue_is_short = store.queue_length() <= _SHORT_QUEUE
    sent = 0
    for batch_id in store.open_batches():
        # Behind a long queue an old hint is only waiting its turn.
        age_s = hint_age_s if queue_is_short else float("inf")
        reaped = store.reap(batch_id, hint_age_s=age_s)
        if reaped.chunks:
            dispatch(batch_id, reaped.chunks)
            sent += len(reaped.chunks)
            _log.info(
                "batch %s: %d leases expired, %d hints sent",
                batch_id, reaped.expired_leases, len(reaped.chunks),
            )  # fmt: skip
    return sent


def _summarise(items: tuple[Item, ...], *, defaults: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return each item's result; items with equal options go through the engine together."""
    groups: dict[Options, list[int]] = {}
    for place, item in enumerate(items):
        options = Options.from_mapping(merge_options(defaults, item.options))
        groups.setdefault(options, []).append(place)
    results: dict[int, dict[str, Any]] = {}
    for options, places in groups.items():
        found = _results([items[place].article for place in places], options)
        results.update(zip(places, found, strict=True))
    return [results[place] for place in range(len(items))]


def _results(articles: Sequence[Article], options: Options) -> list[dict[str, Any]]:
    """Return the results of articles that share their options.

    The one place where any failure becomes a result: whatever an article does to the engine, it
    fails alone, and the traceback is in the log.
    """
    try:
        return [_result(found) for found in summarize_many(articles, options, return_errors=True)]
    except Exception as error:  # noqa: BLE001
        if len(articles) > 1:
            return [result for article in articles for result in _results([article], options)]
        _log.exception("an article of %d characters failed", len(articles[0].text))
        return [_errored(ItemErrorCode.INTERNAL_ERROR, f"{type(error).__name__}: {error}")]


def _result(outcome: Summary | SummarizerError) -> dict[str, Any]:
    if isinstance(outcome, Summary):
        return {"type": ResultType.SUCCEEDED.value, "summary": outcome.to_dict()}
    return _errored(outcome.code, str(outcome))


def _crashed(attempts: int) -> dict[str, Any]:
    message = f"the worker died on this article, {attempts} times of {attempts}"
    return _errored(ItemErrorCode.WORKER_CRASHED, message)


def _errored(code: str, message: str) -> dict[str, Any]:
    return {
        "type": ResultType.ERRORED.value,
        "error": {"code": str(code), "message": message},
    }
