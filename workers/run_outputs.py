"""A run's outputs, written from what Redis holds of it; as often as wanted, always the same.

Must not know how a run came to its batch.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from workers.batches import Batch, rfc3339
from workers.errors import InvalidScheduleError, RunNotFoundError
from workers.findings import Findings, unpack_findings
from workers.outputs import (
    OutputFormat,
    OutputItem,
    RunInfo,
    RunProblem,
    read_output_item,
    write_outputs,
)
from workers.schedule_store import ScheduleStore
from workers.schedules import RunState, Schedule
from workers.service import Service

_WITH_RESULTS = (RunState.COMPLETED, RunState.FAILED, RunState.UNDELIVERED)
_LEASE_S = 60.0


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
        folder: where the run's own folder goes.

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


def write_again(
    schedules: ScheduleStore,
    service: Service,
    *,
    name: str,
    slot: float | None,
    folder: Path | None,
) -> tuple[Path, ...]:
    """Write a run's outputs once more, from what Redis holds.

    Args:
        schedules: where schedules are.
        service: where batches are.
        name: the schedule.
        slot: the run's slot; that of the newest run with results if None.
        folder: where the run's own folder goes; the schedule's own if None.

    Raises:
        ScheduleNotFoundError: no schedule of this name.
        RunNotFoundError: there is no such run, it is under way, or its results have expired.
        InvalidScheduleError: neither folder is given.
    """
    schedule = schedules.get(name)
    target = folder or (Path(schedule.output) if schedule.output else None)
    if target is None:
        raise InvalidScheduleError("output", None, "the schedule has none: name a folder")
    if slot is None:
        ended = schedules.runs(name, limit=1000, states=_WITH_RESULTS)
        run = next((run for run in ended if run.batch_id is not None), None)
    else:
        run = schedules.run(name, slot)
    if run is None or run.batch_id is None:
        raise RunNotFoundError(name, "any run" if slot is None else rfc3339(slot))
    batch = service.get(run.batch_id)
    if not batch.state.is_final:
        raise RunNotFoundError(name, rfc3339(run.slot), is_under_way=True)
    findings = findings_of(schedules, name, batch)
    lines = service.result_lines(batch.id)
    paths = write_run(
        schedule, run.slot, batch=batch, findings=findings, lines=lines, folder=target
    )
    if run.state is RunState.UNDELIVERED and str(target) == schedule.output:
        token = secrets.token_hex(8)
        # A scheduler that is writing them at this moment says so itself.
        if schedules.take_run(name, run.slot, token=token, lease_s=_LEASE_S, is_urgent=True):
            schedules.write_run(name, run.slot, token=token, **delivered(batch, paths))
    return paths


def delivered(batch: Batch, outputs: Iterable[Path]) -> dict[str, object]:
    """Return what a run came to whose outputs are written, as the store takes it."""
    state = RunState.COMPLETED if batch.counts.succeeded else RunState.FAILED
    return {
        "state": state,
        "outputs": [str(path) for path in outputs],
        "error": "" if batch.counts.succeeded else "no article was summarised",
        **_counts(batch),
    }


def undelivered(
    schedule: Schedule, slot: float, *, batch: Batch, error: Exception
) -> dict[str, object]:
    """Return what a run came to whose outputs could not be written, as the store takes it."""
    command = f"summarizer schedule outputs {schedule.name} --slot {rfc3339(slot)}"
    what = f"not written to {schedule.output}: {error}"
    return {
        "state": RunState.UNDELIVERED,
        "error": f"{what}; tried again by itself, and by `{command}`",
        **_counts(batch),
    }


def _counts(batch: Batch) -> dict[str, int]:
    succeeded = batch.counts.succeeded
    return {"succeeded": succeeded, "errored": batch.counts.total - succeeded}


def findings_of(schedules: ScheduleStore, name: str, batch: Batch) -> Findings:
    """Return what the run of a batch found.

    Raises:
        RunNotFoundError: it has expired.
    """
    blobs = schedules.found(name, batch.metadata.get("found", ""))
    if not blobs:
        raise RunNotFoundError(name, f"batch {batch.id}")
    return unpack_findings(blobs)


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
            uri=about.uri,
        )
