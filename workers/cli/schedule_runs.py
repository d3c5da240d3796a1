"""`summarizer schedule run|history|outputs`: the runs of a schedule."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Annotated, Any

import typer

from workers.batches import rfc3339
from workers.cli import options as given
from workers.cli.console import print_text, write_json
from workers.cli.exits import ExitCode
from workers.cli.schedule import app, schedule_service
from workers.cli.schedule_options import Name, Output
from workers.cli.wiring import find_redis, open_schedules, open_service
from workers.errors import RunNotFoundError
from workers.run_outputs import write_again
from workers.schedule_service import ScheduleService
from workers.schedules import Run, RunState
from workers.settings import read_settings

__all__ = ["app"]

_POLL_S = 0.2
_SHOWN_SOURCES = 3


@app.command()
def run(
    name: Name,
    wait: Annotated[bool, typer.Option("--wait", help="Wait for the end.")] = False,
    timeout: given.Timeout = None,
    as_json: given.AsJson = False,
    redis_url: given.RedisUrl = None,
    data_dir: given.DataDir = None,
) -> None:
    """Run a schedule now, beside its own slots; the scheduler picks it up.

    \b
    Examples:
      summarizer schedule run night
      summarizer schedule run night --wait --timeout 600
    """
    if timeout is not None and not wait:
        raise typer.BadParameter("--timeout means nothing without --wait")
    with schedule_service(redis_url, data_dir) as service:
        made = service.run_now(name)
        if wait:
            made = _wait(service, made, timeout_s=timeout)
        if as_json:
            write_json(made.to_dict())
        else:
            _print_run(made)
    if wait:
        raise typer.Exit(_exit_code(made))


@app.command()
def history(
    name: Name,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many.")] = 20,
    states: Annotated[
        list[RunState] | None, typer.Option("--status", help="Only those in this state.")
    ] = None,
    as_json: given.AsJson = False,
    redis_url: given.RedisUrl = None,
    data_dir: given.DataDir = None,
) -> None:
    """List runs of a schedule, newest first, by their slots in UTC.

    \b
    Examples:
      summarizer schedule history night
      summarizer schedule history night --status failed --status missed
      summarizer schedule history night --status completed --limit 1 --json
    """
    with schedule_service(redis_url, data_dir) as service:
        runs = service.history(name, limit=limit, states=states or list(RunState))
    if as_json:
        write_json([made.to_dict() for made in runs])
        return
    for made in runs:
        _print_run(made)


@app.command()
def outputs(
    name: Name,
    slot: Annotated[
        datetime | None,
        typer.Option(
            help="The run's slot, in UTC if it names no offset; that of the newest run with "
            "results if not given."
        ),
    ] = None,
    output: Output = None,
    as_json: given.AsJson = False,
    redis_url: given.RedisUrl = None,
    data_dir: given.DataDir = None,
) -> None:
    """Write a run's outputs once more, from what Redis holds, and print the files.

    \b
    Examples:
      summarizer schedule outputs night
      summarizer schedule outputs night --slot 2026-11-23T01:00:00 --output again/
    """
    instant = _instant(slot) if slot else None
    settings = read_settings(os.environ, redis_url=redis_url, data_dir=data_dir)
    url = find_redis(settings)
    with (
        open_schedules(settings, redis_url=url) as store,
        open_service(settings, redis_url=url) as batches,
    ):
        folder = Path(output).absolute() if output else None
        paths = write_again(store, batches, name=name, slot=instant, folder=folder)
    if as_json:
        write_json({"schedule": name, "outputs": [str(path) for path in paths]})
        return
    for path in paths:
        print_text(str(path))


def _instant(slot: datetime) -> float:
    """Return a slot in seconds since the epoch; refuse one that has no time in UTC."""
    instant = (slot if slot.tzinfo else slot.replace(tzinfo=UTC)).timestamp()
    try:
        rfc3339(instant)
    except (OverflowError, ValueError) as error:
        message = f"{slot.isoformat()!r}: years 1 to 9999 in UTC are allowed"
        raise typer.BadParameter(message, param_hint="--slot") from error
    return instant


def _wait(service: ScheduleService, made: Run, *, timeout_s: float | None) -> Run:
    """Return the run when it has ended, or as it stands when the time is out.

    Raises:
        ScheduleNotFoundError: it was removed, and the run with it.
        RunNotFoundError: it was, and one of its name is there again.
    """
    deadline = None if timeout_s is None else monotonic() + timeout_s
    pause = Event()
    while made.state.is_under_way and (deadline is None or monotonic() < deadline):
        pause.wait(_POLL_S)
        name, slot = made.schedule, made.slot
        found = service.run(name, slot)
        if found is None:
            service.get(name)
            raise RunNotFoundError(name, rfc3339(slot))
        made = found
    return made


def _exit_code(made: Run) -> ExitCode:
    """Return how a command ends that has waited for the run."""
    if made.state.is_under_way:
        return ExitCode.TIMED_OUT
    if made.state is not RunState.COMPLETED:
        return ExitCode.ERROR
    is_whole = not made.errored and not any(source["problems"] for source in made.sources)
    return ExitCode.OK if is_whole else ExitCode.SOME_ERRORED


def _print_run(made: Run) -> None:
    """Write one run for a reader: a line of its own, then one on sources that failed."""
    batch = f"  {made.batch_id}" if made.batch_id else ""
    error = f"  {made.error}" if made.error else ""
    print_text(
        f"{rfc3339(made.slot)}  {made.state.value:<11}  {made.found} new, {made.skipped} had, "
        f"{made.succeeded} summarised, {made.errored} errored{batch}{error}"
    )
    flawed = [source for source in made.sources if source["problems"]]
    failed = [source for source in flawed if not (source["found"] or source.get("had"))]
    partly = [source for source in flawed if source not in failed]
    for sources, what in ((failed, "failed"), (partly, "had problems")):
        if sources:
            print_text(f"    {len(sources)} of {len(made.sources)} sources {what}: {_why(sources)}")


def _why(sources: Sequence[Mapping[str, Any]]) -> str:
    """Return the first problem of the first sources, and how many more sources have one."""
    problems = [source["messages"][0] for source in sources[:_SHOWN_SOURCES]]
    shown = [
        problem["message"]
        if problem["place"] in problem["message"]
        else f"{problem['place']}: {problem['message']}"
        for problem in problems
    ]
    more = len(sources) - len(shown)
    return "; ".join([*shown, f"and {more} more (see --json)"] if more else shown)
