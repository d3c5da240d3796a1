"""A run's articles from all its sources: read side by side, without what the schedule has had.

Must not know Redis or slots: what was had, and whether the run is still ours, callables tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workers.batches import Item
from workers.errors import RunLostError
from workers.findings import Findings, FoundItem
from workers.fingerprints import article_keys, copy_sketch, group_near_copies
from workers.schedules import Schedule
from workers.sources import (
    Found,
    SourceContext,
    SourceProblem,
    SourceReport,
    SourceSpec,
    parse_source,
    read_source,
)

_PARALLEL_SOURCES = 8
_SHOWN_PROBLEMS = 20
"""So many problems of a source are kept word for word."""

_Items = list[Found | SourceProblem | SourceReport]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What a run is to submit, and what it found."""

    items: tuple[Item, ...]
    findings: Findings


def collect(
    schedule: Schedule,
    *,
    context: SourceContext,
    seen_sketches: Iterable[bytes],
    is_ours: Callable[[], bool],
    ask_every_s: float,
) -> Collected:
    """Read all sources of a schedule and keep what it has not had, newest version only.

    Args:
        schedule: the schedule.
        context: what sources are read with; its `had` tells what the schedule has had.
        seen_sketches: tells near-copies of what it has had.
        is_ours: whether the run is still ours.
        ask_every_s: how often to ask, while sources are read.

    Raises:
        RunLostError: the run is ours no more.
        InvalidScheduleError: a source names nothing that can be read.
        StoreUnavailableError: what was had before cannot be told.
    """
    read = _read_all(schedule, context=context, is_ours=is_ours, ask_every_s=ask_every_s)
    found = [item for item in read if isinstance(item, Found)]
    reports = [item for item in read if isinstance(item, SourceReport)]
    keys = [article_keys(item.uri, url=item.url, text=item.article.text) for item in found]
    had = set(context.had([key for of_one in keys for key in of_one]))
    known = {item.uri for item, of_one in zip(found, keys, strict=True) if had & set(of_one)}
    fresh = [item for item in found if item.uri not in known]
    groups = group_near_copies(fresh, seen=seen_sketches)
    kept = [group.kept for group in groups if not group.is_seen]
    names = _names(kept)
    findings = Findings(
        items=tuple(
            FoundItem(
                custom_id=name,
                uri=item.uri,
                title=item.article.title,
                url=item.url,
                source=item.source,
                published_at=item.article.published_at or item.version_at,
            )
            for name, item in zip(names, kept, strict=True)
        ),
        skipped=len(found) - len(kept) + sum(report.had for report in reports),
        keys=tuple(dict.fromkeys(key for of_one in keys for key in of_one)),
        sketches=tuple(copy_sketch(item.article.text).hex() for item in kept),
        sources=tuple(_sources(read)),
        states={report.source: dict(report.state) for report in reports},
    )
    items = tuple(
        Item(
            index=index,
            custom_id=names[index],
            article=item.article,
            options=item.options,
            source=item.place,
        )
        for index, item in enumerate(kept)
    )
    return Collected(items=items, findings=findings)


def _names(kept: Sequence[Found]) -> list[str]:
    """Return what each article is called in the batch: by its owner, where no other is so called.

    What it is known by from run to run is its uri, whatever it is called.
    """
    taken = Counter(item.custom_id for item in kept) + Counter(item.uri for item in kept)
    return [
        item.custom_id
        if item.custom_id is not None and taken[item.custom_id] == 1 + (item.custom_id == item.uri)
        else item.uri
        for item in kept
    ]


def _read_all(
    schedule: Schedule,
    *,
    context: SourceContext,
    is_ours: Callable[[], bool],
    ask_every_s: float,
) -> _Items:
    """Return what all sources had, in the order in which the schedule names them."""
    specs = [parse_source(source, folder=Path("/")) for source in schedule.sources]
    with ThreadPoolExecutor(_PARALLEL_SOURCES, thread_name_prefix="source") as pool:
        futures: list[Future[_Items]] = [pool.submit(_read, spec, context) for spec in specs]
        pending = set(futures)
        while pending:
            _, pending = wait(pending, timeout=ask_every_s, return_when=FIRST_COMPLETED)
            if not is_ours():
                for future in pending:
                    future.cancel()
                raise RunLostError(schedule.name)
        return [item for future in futures for item in future.result()]


def _read(spec: SourceSpec, context: SourceContext) -> _Items:
    return list(read_source(spec, context=context))


def _sources(read: Sequence[Found | SourceProblem | SourceReport]) -> Iterable[dict[str, Any]]:
    """Yield what became of each source, as the run's JSON shows it."""
    problems: dict[str, list[SourceProblem]] = {}
    for item in read:
        if isinstance(item, SourceProblem):
            problems.setdefault(item.source, []).append(item)
    for item in read:
        if isinstance(item, SourceReport):
            yield {
                "source": item.source,
                "found": item.found,
                "had": item.had,
                "problems": item.problems,
                "requests": item.requests,
                "is_unchanged": item.is_unchanged,
                "messages": [
                    {"place": problem.place, "code": problem.code, "message": problem.message,
                     "attempts": problem.attempts}
                    for problem in problems.get(item.source, [])[:_SHOWN_PROBLEMS]
                ],
            }  # fmt: skip
