"""`summarizer schedule …`: add, list, show, edit, run, pause, resume, remove, history."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from workers.batches import rfc3339
from workers.cli import options as given
from workers.cli.console import print_text, write_json
from workers.cli.exits import EXIT_CODES_HELP
from workers.cli.wiring import find_redis
from workers.schedule_service import ScheduleService
from workers.schedule_store import open_schedule_store
from workers.schedules import CRON_WORDS, CatchUp, Schedule
from workers.settings import read_settings

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, epilog=EXIT_CODES_HELP,
    help="Recurring runs: what is fetched, when, and where the summaries go.",
)  # fmt: skip

Name = Annotated[str, typer.Argument(metavar="NAME", help="The schedule's name.")]
Cron = Annotated[
    str | None,
    typer.Option(help=f"Five cron fields, or one of {', '.join(CRON_WORDS)}.", show_default=False),
]
Zone = Annotated[
    str | None,
    typer.Option("--tz", help="IANA zone of the cron line, such as Europe/Paris.",
                 show_default=False),
]  # fmt: skip
Source = Annotated[
    list[str] | None,
    typer.Option(
        help="File, folder, glob, feed, sitemap, page, or a text file that lists such; repeatable.",
        show_default=False,
    ),
]
Output = Annotated[
    str | None, typer.Option(help="Folder that takes a dated folder a run.", show_default=False)
]
Formats = Annotated[
    list[str] | None,
    typer.Option("--format", help="jsonl, csv, md, html, atom or ninjs; repeatable."),
]
CatchUpOption = Annotated[
    CatchUp | None,
    typer.Option("--catch-up", help="What becomes of slots that nobody ran.", show_default=False),
]
Grace = Annotated[
    float | None,
    typer.Option("--grace-s", help="A missed slot older than this is never run.",
                 show_default=False),
]  # fmt: skip


@app.command()
def add(
    name: Name,
    cron: Annotated[
        str, typer.Option(help=f"Five cron fields, or one of {', '.join(CRON_WORDS)}.")
    ] = "nightly",
    timezone: Zone = None,
    source: Source = None,
    output: Output = None,
    formats: Formats = None,
    catch_up: CatchUpOption = None,
    grace_s: Grace = None,
    method: given.Method = "news",
    sentences: given.Sentences = None,
    words: given.Words = None,
    headline_chars: given.HeadlineChars = "web",
    language: given.Language = "auto",
    as_json: given.AsJson = False,
    redis_url: given.RedisUrl = None,
    data_dir: given.DataDir = None,
) -> None:
    """Add a schedule; its first run is at the next slot.

    \b
    Examples:
      summarizer schedule add night --cron "0 2 * * *" --tz Europe/Paris --source feeds.txt --output out/
      summarizer schedule add desk --cron hourly --source https://example.org/rss --format html
      summarizer schedule add inbox --cron "*/15 * * * MON-FRI" --source 'inbox/*.txt' --sentences 2
    """  # noqa: E501
    options = given.make_options(
        method=method, sentences=sentences, words=words,
        headline_chars=headline_chars, language=language,
    )  # fmt: skip
    parts = _parts(
        cron=cron, timezone=timezone, sources=source, output=output, formats=formats,
        catch_up=catch_up, grace_s=grace_s, options=options.to_dict(),
    )  # fmt: skip
    with schedule_service(redis_url, data_dir) as service:
        _show(
            service, service.add(Schedule(name=name, **parts), folder=Path.cwd()), as_json=as_json
        )


@app.command()
def edit(
    name: Name,
    cron: Cron = None,
    timezone: Zone = None,
    source: Source = None,
    output: Output = None,
    formats: Formats = None,
    catch_up: CatchUpOption = None,
    grace_s: Grace = None,
    as_json: given.AsJson = False,
    redis_url: given.RedisUrl = None,
    data_dir: given.DataDir = None,
) -> None:
    """Change parts of a schedule; what is not given stays.

    \b
    Examples:
      summarizer schedule edit night --cron "30 1 * * *"
      summarizer schedule edit night --source feeds.txt --source inbox/
    """
    parts = _parts(
        cron=cron, timezone=timezone, sources=source, output=output, formats=formats,
        catch_up=catch_up, grace_s=grace_s,
    )  # fmt: skip
    with schedule_service(redis_url, data_dir) as service:
        _show(service, service.edit(name, parts, folder=Path.cwd()), as_json=as_json)


@app.command("list")
def list_schedules(
    as_json: given.AsJson = False,
    redis_url: given.RedisUrl = None,
    data_dir: given.DataDir = None,
) -> None:
    """List schedules.

    \b
    Examples:
      summarizer schedule list
      summarizer schedule list --json | jq '.[].name'
    """
    with schedule_service(redis_url, data_dir) as service:
        schedules = service.list()
        if as_json:
            write_json([_as_json(service, schedule) for schedule in schedules])
            return
        for schedule in schedules:
            print_text(_one_line(service, schedule))


@app.command()
def show(
    name: Name,
    as_json: given.AsJson = False,
    redis_url: given.RedisUrl = None,
    data_dir: given.DataDir = None,
) -> None:
    """Show a schedule and its next slots.

    \b
    Examples:
      summarizer schedule show night
      summarizer schedule show night --json | jq -r '.next_slots[]'
    """
    with schedule_service(redis_url, data_dir) as service:
        _show(service, service.get(name), as_json=as_json)


@app.command()
def pause(name: Name, redis_url: given.RedisUrl = None, data_dir: given.DataDir = None) -> None:
    """Run no more slots until it is resumed.

    \b
    Examples:
      summarizer schedule pause night
    """
    with schedule_service(redis_url, data_dir) as service:
        _show(service, service.pause(name), as_json=False)


@app.command()
def resume(name: Name, redis_url: given.RedisUrl = None, data_dir: given.DataDir = None) -> None:
    """Run slots again, from now on.

    \b
    Examples:
      summarizer schedule resume night
    """
    with schedule_service(redis_url, data_dir) as service:
        _show(service, service.resume(name), as_json=False)


@app.command()
def remove(name: Name, redis_url: given.RedisUrl = None, data_dir: given.DataDir = None) -> None:
    """Remove a schedule with its history; its batches stay until they expire.

    \b
    Examples:
      summarizer schedule remove night
    """
    with schedule_service(redis_url, data_dir) as service:
        service.remove(name)


@contextmanager
def schedule_service(redis_url: str | None, data_dir: object) -> Iterator[ScheduleService]:
    """Open what can be asked of schedules, on the Redis of a command."""
    settings = read_settings(os.environ, redis_url=redis_url, data_dir=data_dir)
    store = open_schedule_store(settings, redis_url=find_redis(settings), attempts=5)
    try:
        yield ScheduleService(store)
    finally:
        store.close()


def _parts(**parts: Any) -> dict[str, Any]:
    """Return the parts of a schedule that were given."""
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in parts.items()
        if value is not None
    }


def _as_json(service: ScheduleService, schedule: Schedule) -> dict[str, Any]:
    slots = service.next_slots(schedule.name)
    return {**schedule.to_dict(), "next_slots": [rfc3339(slot) for slot in slots]}


def _show(service: ScheduleService, schedule: Schedule, *, as_json: bool) -> None:
    if as_json:
        write_json(_as_json(service, schedule))
        return
    print_text(_one_line(service, schedule))
    for slot in service.next_slots(schedule.name)[1:]:
        print_text(f"{'':<{len(schedule.name)}}  then {rfc3339(slot)}")


def _one_line(service: ScheduleService, schedule: Schedule) -> str:
    slots = service.next_slots(schedule.name, count=1)
    following = f"next {rfc3339(slots[0])}" if slots else "paused"
    return (
        f"{schedule.name}  {schedule.cron} {schedule.timezone}  {following}  "
        f"{', '.join(schedule.sources)}"
    )
