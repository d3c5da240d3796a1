"""`summarizer schedule …`: add, list, show, edit, run, pause, resume, remove, history."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer

from workers.batches import rfc3339
from workers.cli import options as given
from workers.cli import schedule_options as part
from workers.cli.console import print_text, write_json
from workers.cli.exits import EXIT_CODES_HELP
from workers.cli.wiring import find_redis, open_schedules
from workers.schedule_service import ScheduleService
from workers.schedules import Schedule
from workers.settings import read_settings

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, epilog=EXIT_CODES_HELP,
    help="Recurring runs: what is fetched, when, and where the summaries go.",
)  # fmt: skip


@app.command()
def add(
    name: part.Name,
    cron: part.NewCron = "nightly",
    timezone: part.Zone = None,
    source: part.Source = None,
    output: part.Output = None,
    formats: part.Formats = None,
    catch_up: part.CatchUpOption = None,
    grace_s: part.Grace = None,
    method: part.Method = None,
    sentences: given.Sentences = None,
    words: given.Words = None,
    chars: given.Chars = None,
    ratio: given.Ratio = None,
    headline_chars: part.HeadlineChars = None,
    language: part.Language = None,
    query: given.Query = None,
    keywords: part.Keywords = None,
    avoid: given.AvoidKinds = None,
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
    options = part.summary_options(
        {}, method=method, sentences=sentences, words=words, chars=chars, ratio=ratio,
        headline_chars=headline_chars, language=language, query=query, keywords=keywords,
        avoid=avoid,
    )  # fmt: skip
    parts = part.schedule_parts(
        cron=cron, timezone=timezone, sources=source, output=output, formats=formats,
        catch_up=catch_up, grace_s=grace_s, options=options,
    )  # fmt: skip
    with schedule_service(redis_url, data_dir) as service:
        _show(
            service, service.add(Schedule(name=name, **parts), folder=Path.cwd()), as_json=as_json
        )


@app.command()
def edit(
    name: part.Name,
    cron: part.Cron = None,
    timezone: part.Zone = None,
    source: part.Source = None,
    output: part.Output = None,
    formats: part.Formats = None,
    catch_up: part.CatchUpOption = None,
    grace_s: part.Grace = None,
    method: part.Method = None,
    sentences: given.Sentences = None,
    words: given.Words = None,
    chars: given.Chars = None,
    ratio: given.Ratio = None,
    headline_chars: part.HeadlineChars = None,
    language: part.Language = None,
    query: given.Query = None,
    keywords: part.Keywords = None,
    avoid: part.AvoidKinds = None,
    as_json: given.AsJson = False,
    redis_url: given.RedisUrl = None,
    data_dir: given.DataDir = None,
) -> None:
    """Change parts of a schedule; what is not given stays (the defaults are those of a new one).

    \b
    Examples:
      summarizer schedule edit night --cron "30 1 * * *"
      summarizer schedule edit night --source feeds.txt --source inbox/
      summarizer schedule edit night --words 60 --query "harbour ferries" --output ""
    """
    with schedule_service(redis_url, data_dir) as service:
        options = part.summary_options(
            service.get(name).options, method=method, sentences=sentences, words=words, chars=chars,
            ratio=ratio, headline_chars=headline_chars, language=language, query=query,
            keywords=keywords, avoid=avoid,
        )  # fmt: skip
        parts = part.schedule_parts(
            cron=cron, timezone=timezone, sources=source, output=output, formats=formats,
            catch_up=catch_up, grace_s=grace_s, options=options,
        )  # fmt: skip
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
    name: part.Name,
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
def pause(
    name: part.Name,
    as_json: given.AsJson = False,
    redis_url: given.RedisUrl = None,
    data_dir: given.DataDir = None,
) -> None:
    """Run no more slots until it is resumed.

    \b
    Examples:
      summarizer schedule pause night
    """
    with schedule_service(redis_url, data_dir) as service:
        _show(service, service.pause(name), as_json=as_json)


@app.command()
def resume(
    name: part.Name,
    as_json: given.AsJson = False,
    redis_url: given.RedisUrl = None,
    data_dir: given.DataDir = None,
) -> None:
    """Run slots again, from now on.

    \b
    Examples:
      summarizer schedule resume night
    """
    with schedule_service(redis_url, data_dir) as service:
        _show(service, service.resume(name), as_json=as_json)


@app.command()
def remove(
    name: part.Name,
    as_json: given.AsJson = False,
    redis_url: given.RedisUrl = None,
    data_dir: given.DataDir = None,
) -> None:
    """Remove a schedule with its history; its batches stay until they expire.

    \b
    Examples:
      summarizer schedule remove night
    """
    with schedule_service(redis_url, data_dir) as service:
        service.remove(name)
    if as_json:
        write_json({"name": name, "removed": True})


@contextmanager
def schedule_service(redis_url: str | None, data_dir: object) -> Iterator[ScheduleService]:
    """Open what can be asked of schedules, on the Redis of a command."""
    settings = read_settings(os.environ, redis_url=redis_url, data_dir=data_dir)
    with open_schedules(settings, redis_url=find_redis(settings)) as store:
        yield ScheduleService(store)


def _as_json(service: ScheduleService, schedule: Schedule) -> dict[str, Any]:
    slots = service.next_slots(schedule.name)
    return {**schedule.to_dict(), "next_slots": [rfc3339(slot) for slot in slots]}


def _show(service: ScheduleService, schedule: Schedule, *, as_json: bool) -> None:
    if as_json:
        write_json(_as_json(service, schedule))
        return
    print_text(_one_line(service, schedule))
    formats = ", ".join(schedule.formats)
    lines = [
        *(f"then {rfc3339(slot)}" for slot in service.next_slots(schedule.name)[1:]),
        f"output {schedule.output} ({formats})" if schedule.output else "output none",
        f"options {_in_words(schedule.options) or 'the defaults'}",
        f"catch-up {schedule.catch_up.value}, within {schedule.grace_s:g} s",
    ]
    for line in lines:
        print_text(f"{'':<{len(schedule.name)}}  {line}")


def _in_words(options: Mapping[str, Any]) -> str:
    shown = {
        name: " and ".join(value) if isinstance(value, list) else value
        for name, value in options.items()
    }
    return ", ".join(f"{name.replace('_', '-')} {value}" for name, value in shown.items())


def _one_line(service: ScheduleService, schedule: Schedule) -> str:
    slots = service.next_slots(schedule.name, count=1)
    following = f"next {rfc3339(slots[0])}" if slots else "paused"
    return (
        f"{schedule.name}  {schedule.cron} {schedule.timezone}  {following}  "
        f"{', '.join(schedule.sources)}"
    )
