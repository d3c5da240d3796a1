"""What a worker does with a chunk: limits, splits, and failures that stay with their article."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from time import monotonic
from typing import Any

import orjson
import pytest
import redis

from summarizer import Article, summarize
from tests.articles import make_items, make_text
from tests.waiting import wait_until
from workers.batches import BatchState, Item
from workers.claims import ClaimOutcome
from workers.keys import Keys
from workers.processing import process_chunk
from workers.service import Service
from workers.settings import Settings
from workers.store import Store
from workers.time_limits import TimeLimitReachedError, time_limit


class Hints:
    """Takes hints instead of a queue; a dispatcher like any other."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, int]] = []

    def __call__(self, batch_id: str, chunks: Sequence[int]) -> None:
        self.sent += [(batch_id, chunk) for chunk in chunks]


@pytest.fixture
def hints() -> Hints:
    return Hints()


@pytest.fixture
def service(store: Store, settings: Settings, hints: Hints) -> Service:
    return Service(store, dispatch=hints, settings=settings)


def results(service: Service, batch_id: str) -> list[dict[str, Any]]:
    return [orjson.loads(line)["result"] for line in service.result_lines(batch_id)]


def crash(store: Store, batch_id: str, chunk: int, *, times: int, cause: str) -> None:
    """Claim a chunk and lose its process, as often as told."""
    for _ in range(times):
        claim = store.claim(batch_id, chunk, lease_s=30)
        assert claim.outcome is ClaimOutcome.CLAIMED
        store.release(batch_id, chunk, token=claim.token, cause=cause)


def test_a_chunk_that_keeps_killing_its_worker_is_split_and_only_the_guilty_fails(
    service: Service, store: Store, settings: Settings, hints: Hints
) -> None:
    batch = service.submit(make_items(4)).batch
    crash(store, batch.id, 0, times=settings.max_attempts, cause="worker_crashed")
    hints.sent.clear()
    process_chunk(store, batch.id, 0, settings=settings, dispatch=hints)
    assert hints.sent == [(batch.id, index) for index in range(4)]
    crash(store, batch.id, 2, times=settings.max_attempts, cause="worker_crashed")
    for chunk in range(4):
        process_chunk(store, batch.id, chunk, settings=settings, dispatch=hints)
    ended = service.get(batch.id)
    assert ended.state is BatchState.PARTIALLY_COMPLETED
    found = results(service, batch.id)
    assert [result["type"] for result in found] == [
        "succeeded", "succeeded", "errored", "succeeded",
    ]  # fmt: skip
    assert found[2]["error"] == {
        "code": "worker_crashed",
        "message": "the worker died on this article, 3 times",
    }


def test_a_chunk_that_ran_into_its_time_limit_is_split_at_once(
    service: Service, store: Store, settings: Settings, hints: Hints
) -> None:
    batch = service.submit(make_items(2)).batch
    crash(store, batch.id, 0, times=1, cause="time_limit")
    process_chunk(store, batch.id, 0, settings=settings, dispatch=hints)
    crash(store, batch.id, 1, times=settings.max_attempts, cause="time_limit")
    for chunk in range(2):
        process_chunk(store, batch.id, chunk, settings=settings, dispatch=hints)
    assert [result["type"] for result in results(service, batch.id)] == ["succeeded", "errored"]
    assert results(service, batch.id)[1]["error"]["code"] == "time_limit"


def test_an_article_over_its_time_limit_fails_alone(
    service: Service,
    store: Store,
    settings: Settings,
    hints: Hints,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The alarm may ring in the collector's callback of hypothesis first, where it is swallowed; the
    # next one would then ring in pytest's report of that.
    monkeypatch.setattr(sys, "unraisablehook", lambda _: None)
    long = "\n".join(make_text(number, sentences=400) for number in range(120))
    summarize(make_text(1))  # what is loaded once counts for no article
    begun = monotonic()
    summarize(long)
    limit_s = round((monotonic() - begun) / 8, 3)  # a short one takes a hundredth of the long one
    items = [
        Item(index=0, custom_id="short", article=Article(text=make_text(1))),
        Item(index=1, custom_id="long", article=Article(text=long)),
        Item(index=2, custom_id="other", article=Article(text=make_text(2))),
    ]
    strict = settings.model_copy(update={"article_time_limit_s": limit_s, "chunk_ms": 60_000})
    batch = Service(store, dispatch=hints, settings=strict).submit(items).batch
    process_chunk(store, batch.id, 0, settings=strict, dispatch=hints)
    found = results(service, batch.id)
    assert [result["type"] for result in found] == ["succeeded", "errored", "succeeded"]
    assert found[1]["error"] == {
        "code": "time_limit",
        "message": f"it took longer than {limit_s:g} s",
    }


def test_items_that_cannot_be_read_back_end_as_errors(
    service: Service, store: Store, settings: Settings, hints: Hints, redis_client: redis.Redis
) -> None:
    batch = service.submit(make_items(3)).batch
    redis_client.hset(Keys(settings.key_prefix).batch(batch.id).inp, "0", b"damaged")
    process_chunk(store, batch.id, 0, settings=settings, dispatch=hints)
    assert service.get(batch.id).state is BatchState.FAILED
    assert {result["error"]["code"] for result in results(service, batch.id)} == {"internal_error"}


def test_a_result_that_its_blob_has_no_room_for_fails_alone_and_can_be_retried(
    service: Service, store: Store, settings: Settings, hints: Hints
) -> None:
    texts = [make_text(1), make_text(2, sentences=200), make_text(3)]
    batch = service.submit(
        Item(index=index, custom_id=f"c{index}", article=Article(text=text))
        for index, text in enumerate(texts)
    ).batch
    process_chunk(store, batch.id, 0, settings=settings, dispatch=hints, max_result_bytes=20_000)
    ended = service.get(batch.id)
    assert ended.state is BatchState.PARTIALLY_COMPLETED
    assert (ended.counts.succeeded, ended.counts.errored) == (2, 1)
    first, long, last = results(service, batch.id)
    assert (first["type"], last["type"]) == ("succeeded", "succeeded")
    assert long["error"]["code"] == "result_too_large"
    assert "room for" in long["error"]["message"]
    child = service.retry(batch.id).batch
    process_chunk(store, child.id, 0, settings=settings, dispatch=hints)
    assert service.get(child.id).state is BatchState.COMPLETED


@pytest.mark.parametrize("method", ["lead", "unknown"])
def test_a_chunk_has_a_bound_of_characters_however_much_work_it_may_hold(
    store: Store, settings: Settings, method: str
) -> None:
    sent: list[int] = []
    large = settings.model_copy(update={"chunk_ms": 60_000, "chunk_items": 1000})
    service = Service(store, dispatch=lambda _, chunks: sent.extend(chunks), settings=large)
    sizes = [2_000_000] * 3 + [6_000_000, 1, 1]
    batch = service.submit(
        Item(
            index=index, custom_id=f"c{index}", article=Article(text="x" * size),
            options={"method": method},
        )
        for index, size in enumerate(sizes)
    ).batch  # fmt: skip
    assert sent == [0, 2, 3, 4]
    service.cancel(batch.id)


def test_a_late_hint_is_dropped(
    service: Service, store: Store, settings: Settings, hints: Hints
) -> None:
    batch = service.submit(make_items(3)).batch
    first = process_chunk(store, batch.id, 0, settings=settings, dispatch=hints)
    again = process_chunk(store, batch.id, 0, settings=settings, dispatch=hints)
    assert (first.succeeded, first.is_first) == (3, True)
    assert again.outcome is ClaimOutcome.FINISHED
    assert len(results(service, batch.id)) == 3


def test_a_time_limit_interrupts_python_code_and_ends_with_its_block() -> None:
    with pytest.raises(TimeLimitReachedError, match=r"longer than 0\.05 s"), time_limit(0.05):
        wait_until(lambda: False)
    with time_limit(0.05):
        pass
    with pytest.raises(AssertionError, match="not true within"):
        wait_until(lambda: False, timeout_s=0.2)


def test_a_time_limit_that_was_swallowed_rings_again() -> None:
    def swallow_once() -> None:
        with suppress(TimeLimitReachedError):
            wait_until(lambda: False)
        wait_until(lambda: False, timeout_s=5)

    with pytest.raises(TimeLimitReachedError), time_limit(0.05):
        swallow_once()


@pytest.mark.parametrize(
    "options", [{"sentences": -1}, {"method": "none such"}, {"colour": "red"}, {"avoid": 5}]
)
def test_an_article_with_options_that_mean_nothing_fails_alone(
    service: Service, store: Store, settings: Settings, hints: Hints, options: dict[str, Any]
) -> None:
    items = list(make_items(3))
    items[1] = replace(items[1], options=options)
    batch = service.submit(items).batch
    process_chunk(store, batch.id, 0, settings=settings, dispatch=hints)
    found = results(service, batch.id)
    assert [result["type"] for result in found] == ["succeeded", "errored", "succeeded"]
    assert found[1]["error"]["code"] == "invalid_options"
