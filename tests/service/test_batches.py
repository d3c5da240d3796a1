"""Records of batches: states, counts, chunks and what a poll shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.articles import make_items
from workers.batches import (
    TRANSITIONS,
    Batch,
    BatchState,
    Item,
    RequestCounts,
    group_into_chunks,
    merge_options,
)

FINAL = {
    BatchState.COMPLETED,
    BatchState.PARTIALLY_COMPLETED,
    BatchState.FAILED,
    BatchState.CANCELLED,
    BatchState.EXPIRED,
}


def counts(**parts: int) -> RequestCounts:
    zero = dict.fromkeys(
        ("queued", "processing", "succeeded", "errored", "cancelled", "expired"), 0
    )
    merged = zero | parts
    return RequestCounts(total=sum(merged.values()), **merged)


def test_every_state_has_its_moves_and_final_states_have_none() -> None:
    assert set(TRANSITIONS) == set(BatchState)
    assert {state for state in BatchState if state.is_final} == FINAL


def test_every_final_state_can_be_reached_from_queued() -> None:
    seen = {BatchState.QUEUED}
    while more := {to for state in seen for to in TRANSITIONS[state]} - seen:
        seen |= more
    assert seen >= FINAL


@given(
    lengths=st.lists(st.integers(0, 3000), min_size=0, max_size=80),
    max_items=st.integers(1, 10),
    max_cost=st.floats(1, 5000),
)
def test_chunks_hold_every_item_once_in_order_within_the_limits(
    lengths: list[int], max_items: int, max_cost: float
) -> None:
    items = list(make_items(len(lengths), sentences=1))

    def cost(item: Item) -> float:
        return float(lengths[item.index])

    chunks = list(group_into_chunks(items, cost=cost, max_cost=max_cost, max_items=max_items))
    assert [item for chunk in chunks for item in chunk] == items
    for chunk in chunks:
        assert 1 <= len(chunk) <= max_items
        assert len(chunk) == 1 or sum(map(cost, chunk)) <= max_cost


def test_progress_tells_share_rate_and_time_left() -> None:
    batch = Batch(
        id="b",
        state=BatchState.IN_PROGRESS,
        counts=counts(queued=60, succeeded=38, errored=2),
        created_at=1000.0,
        in_progress_at=1010.0,
    )
    progress = batch.progress(now=1018.0)
    assert (progress.fraction, progress.rate_per_s, progress.eta_s) == (0.4, 5.0, 12.0)


def test_what_was_cancelled_is_not_done_and_makes_no_rate() -> None:
    batch = Batch(
        id="b",
        state=BatchState.CANCELLED,
        counts=counts(succeeded=38, errored=2, cancelled=50, expired=10),
        created_at=1000.0,
        in_progress_at=1010.0,
        completed_at=1018.0,
    )
    assert batch.counts.done == 40
    progress = batch.progress(now=1018.0)
    assert (progress.fraction, progress.rate_per_s) == (1.0, 5.0)


def test_progress_says_nothing_of_a_rate_before_anything_is_finished() -> None:
    batch = Batch(id="b", state=BatchState.QUEUED, counts=counts(queued=3), created_at=1.0)
    progress = batch.progress(now=99.0)
    assert (progress.fraction, progress.rate_per_s, progress.eta_s) == (0.0, None, None)


def test_the_json_of_a_batch_has_null_and_rfc_3339_times() -> None:
    batch = Batch(
        id="b", state=BatchState.QUEUED, counts=counts(queued=3), created_at=1_795_000_000.25
    )
    shown = batch.to_dict(now=1_795_000_001.0)
    assert shown["created_at"] == "2026-11-18T11:06:40.250Z"
    assert shown["completed_at"] is None
    assert shown["status"] == "queued"
    assert shown["request_counts"]["total"] == 3


@pytest.mark.parametrize(
    ("defaults", "own", "merged"),
    [
        ({"sentences": 2}, {}, {"sentences": 2}),
        ({"sentences": 2}, {"words": 50}, {"words": 50}),
        ({"method": "lead", "ratio": 0.2}, {"method": "lsa"}, {"method": "lsa", "ratio": 0.2}),
    ],
)
def test_an_items_budget_replaces_the_batchs(
    defaults: dict[str, object], own: dict[str, object], merged: dict[str, object]
) -> None:
    assert merge_options(defaults, own) == merged
