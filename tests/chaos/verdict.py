"""Compares what batches gave with what they had to give, article by article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import orjson

from tests.chaos.material import BatchPlan, Poison, custom_id
from workers.batches import Batch, BatchState, ItemErrorCode, ResultType

_BLAMED = (ItemErrorCode.WORKER_CRASHED, ItemErrorCode.TIME_LIMIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How the articles of a batch, or of many, ended.

    Attributes:
        articles: articles that there were.
        ends: articles by how they ended.
        poisoned: articles that had to fail, and did.
        lost: articles without a result.
        doubled: results beyond the first of an article.
        wrong: results that differ from an undisturbed run's, or stand in the wrong place.
    """

    articles: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    poisoned: int = 0
    lost: int = 0
    doubled: int = 0
    wrong: int = 0

    def __add__(self, other: Verdict) -> Verdict:
        return Verdict(
            articles=self.articles + other.articles,
            ends=self.ends + other.ends,
            poisoned=self.poisoned + other.poisoned,
            lost=self.lost + other.lost,
            doubled=self.doubled + other.doubled,
            wrong=self.wrong + other.wrong,
        )


def judge(
    plan: BatchPlan,
    batch: Batch,
    lines: Iterable[bytes],
    *,
    stock: Sequence[bytes],
    report: Callable[[str], None],
) -> Verdict:
    """Compare one batch that has ended with its plan.

    Args:
        plan: the batch as it was planned.
        batch: the batch as the last poll saw it.
        lines: its result lines.
        stock: the result of each innocent article in an undisturbed run, as JSON.
        report: takes what is wrong, in words.
    """
    found = list(lines)
    expected = [
        b'{"index":%d,"custom_id":"%s","result":%s}'
        % (index, custom_id(plan.number, index).encode(), stock[content])
        if not isinstance(content, Poison)
        else b""
        for index, content in enumerate(plan.content)
    ]
    if found == expected:
        ends = Counter({ResultType.SUCCEEDED.value: len(found)})
        verdict = Verdict(articles=len(expected), ends=ends)
    else:
        verdict = _look_closer(plan, batch, found, expected, report=report)
    _compare_counts(plan, batch, verdict.ends, report=report)
    return verdict


def _look_closer(
    plan: BatchPlan,
    batch: Batch,
    found: Sequence[bytes],
    expected: Sequence[bytes],
    *,
    report: Callable[[str], None],
) -> Verdict:
    records = [orjson.loads(line) for line in found]
    indexes = [record["index"] for record in records]
    lost = sorted(set(range(len(expected))) - set(indexes))
    if lost or indexes != sorted(set(indexes)):
        report(f"{batch.id}: lost {lost[:10]}, order {indexes[:10]}…")
    ends = Counter[str]()
    poisoned = wrong = 0
    for line, record in zip(found, records, strict=True):
        result, content = record["result"], plan.content[record["index"]]
        ends[result["type"]] += 1
        if result["type"] == ResultType.CANCELLED and batch.state is BatchState.CANCELLED:
            continue
        if isinstance(content, Poison):
            is_right = result.get("error", {}).get("code") in _BLAMED
            poisoned += is_right
        else:
            is_right = line == expected[record["index"]]
        if not is_right:
            wrong += 1
            report(f"{batch.id} item {record['index']} ({content}): {line[:300]!r}")
    return Verdict(
        articles=len(expected),
        ends=ends,
        poisoned=poisoned,
        lost=len(lost),
        doubled=len(indexes) - len(set(indexes)),
        wrong=wrong,
    )


def _compare_counts(
    plan: BatchPlan, batch: Batch, ends: Counter[str], *, report: Callable[[str], None]
) -> None:
    counts = batch.counts
    counted = Counter(
        {
            ResultType.SUCCEEDED.value: counts.succeeded,
            ResultType.ERRORED.value: counts.errored,
            ResultType.CANCELLED.value: counts.cancelled,
            ResultType.EXPIRED.value: counts.expired,
        }
    )
    if +counted != +ends or counts.total != len(plan.content):
        report(f"{batch.id}: counts {counts}, results {dict(ends)}")
    if batch.state is not _final_state(plan, batch, ends):
        report(f"{batch.id} is {batch.state} with results {dict(ends)}")


def _final_state(plan: BatchPlan, batch: Batch, ends: Counter[str]) -> BatchState:
    """Return the state that goes with these ends; a batch may end before its cancellation."""
    if plan.is_cancelled and batch.state is BatchState.CANCELLED:
        return BatchState.CANCELLED
    succeeded = ends[ResultType.SUCCEEDED.value]
    if succeeded == len(plan.content):
        return BatchState.COMPLETED
    return BatchState.PARTIALLY_COMPLETED if succeeded else BatchState.FAILED
