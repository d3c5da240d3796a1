"""A run's outputs, written from what Redis holds of it; as often as wanted, always the same.

Must not know how a run came to its batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from workers.batches import Batch
from workers.findings import Findings
from workers.outputs import (
    OutputFormat,
    OutputItem,
    RunInfo,
    RunProblem,
    read_output_item,
    write_outputs,
)
from workers.schedules import Schedule


def write_run(
    schedule: Schedule,
    slot: float,
    *,
    batch: Batch,
    findings: Findings,
    lines: Iterable[bytes],
    folder: Path,
) -> tuple[Path, ...]:
    """Write a run's outputs in the schedule's formats.

    Args:
        schedule: the schedule.
        slot: the run's slot.
        batch: the run's batch.
        findings: what the run found.
        lines: the batch's result lines.
        folder: where the run's dated folder goes.

    Raises:
        OSError: the folder cannot be written.
    """
    info = RunInfo(
        schedule=schedule.name,
        slot=local_time(schedule, slot),
        succeeded=batch.counts.succeeded,
        errored=batch.counts.total - batch.counts.succeeded,
        problems=tuple(
            RunProblem(place=message["place"], message=message["message"])
            for source in findings.sources
            for message in source["messages"]
        ),
    )
    formats = tuple(OutputFormat(name) for name in schedule.formats)
    return write_outputs(_items(lines, findings), formats=formats, folder=folder, run=info)


def local_time(schedule: Schedule, slot: float) -> datetime:
    """Return a slot as the schedule's own zone has it."""
    return datetime.fromtimestamp(slot, ZoneInfo(schedule.timezone))


def _items(lines: Iterable[bytes], findings: Findings) -> Iterator[OutputItem]:
    # The batch holds the findings' items in their order, and results come in the batch's.
    for line, about in zip(lines, findings.items, strict=True):
        yield read_output_item(
            line,
            title=about.title,
            url=about.url,
            source=about.source,
            published_at=about.published_at,
        )
