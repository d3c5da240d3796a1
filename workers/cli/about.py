"""`summarizer methods` and `doctor`: what there is, and whether it is in place."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import typer

from summarizer import METHODS, SummarizerError, __version__, summarize
from workers.cli import options as given
from workers.cli.console import print_text, write_json
from workers.cli.exits import ExitCode
from workers.cli.wiring import find_redis
from workers.errors import ServiceError, SettingsError
from workers.presence import Program, open_presence
from workers.redis_server import find_server
from workers.settings import Settings, read_settings
from workers.store import open_store

_SAMPLE = (
    "The harbour of Port Ellery reopened on Monday after a week of storms. "
    "Ferries to the outer islands will leave twice a day until spring, the operator said."
)

_KEPT = ("append-only file", "noeviction")
_WITHOUT = {
    Program.WORKER: "batches wait until one is (`summarizer worker`, or `up`)",
    Program.SCHEDULER: "schedules do not run, and what dead workers held waits "
    "(`summarizer scheduler`, or `up`)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that doctor looked at; `is_ok` None means that it may be well without."""

    name: str
    is_ok: bool | None
    detail: str


def methods(as_json: given.AsJson = False) -> None:
    """List the methods that rank sentences.

    \b
    Examples:
      summarizer methods
      summarizer methods --json | jq -r '.[].name'
    """
    if as_json:
        write_json(
            [
                {"name": method.name, "title": method.title, "reference": method.reference}
                for method in METHODS.values()
            ]
        )
        return
    for method in METHODS.values():
        print_text(f"{method.name:<10}  {method.title}")
        print_text(f"{'':<10}  {method.reference}", style="dim")


def doctor(
    as_json: given.AsJson = False,
    redis_url: given.RedisUrl = None,
    data_dir: given.DataDir = None,
) -> None:
    """Look whether everything is in place, and say what is not.

    \b
    Examples:
      summarizer doctor
      summarizer doctor --redis-url redis://queue.internal:6379/0
      summarizer doctor --json | jq '.[] | select(.is_ok == false)'

    Exits with 1 if something that is needed is missing.
    """
    settings = read_settings(os.environ, redis_url=redis_url, data_dir=data_dir)
    checks = list(_checks(settings))
    if as_json:
        write_json([asdict(check) for check in checks])
    else:
        for check in checks:
            mark = {True: "ok  ", False: "FAIL", None: "-   "}[check.is_ok]
            print_text(f"{mark}  {check.name}: {check.detail}")
    if any(check.is_ok is False for check in checks):
        raise typer.Exit(ExitCode.ERROR)


def _checks(settings: Settings) -> Iterator[Check]:
    version = f"summarizer {__version__}, Python {platform.python_version()}, {sys.platform}"
    yield Check(name="version", is_ok=True, detail=version)
    yield _tried("engine", lambda: f"headline {summarize(_SAMPLE).headline.text!r}")
    yield _tried("embedded server", lambda: str(find_server()))
    yield _writable(settings)
    try:
        url = find_redis(settings)
    except SettingsError as error:
        yield Check(name="Redis", is_ok=None, detail=error.problem)
        return
    try:
        yield from _redis(settings, url)
    except ServiceError as error:
        yield Check(name="Redis", is_ok=False, detail=str(error))


def _tried(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name=name, is_ok=True, detail=look())
    except (ServiceError, SummarizerError) as error:
        return Check(name=name, is_ok=False, detail=str(error))


def _writable(settings: Settings) -> Check:
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return Check(name="data folder", is_ok=False, detail=str(error))
    is_ok = os.access(settings.data_dir, os.W_OK)
    detail = f"{settings.data_dir}{'' if is_ok else ' is not writable'}"
    return Check(name="data folder", is_ok=is_ok, detail=detail)


def _redis(settings: Settings, url: str) -> Iterator[Check]:
    """Look whether Redis keeps what it is given, and who is there to work on it."""
    store = open_store(settings, redis_url=url, attempts=0)
    presence = open_presence(settings, redis_url=url)
    try:
        info = store.server_info()
        server = info.get("server_name", "redis")
        version = info.get("valkey_version", info["redis_version"])
        losses = list(_losses(info))
        detail = (
            f"{server} {version} at {store.where}, {', '.join(losses or _KEPT)}, "
            f"{store.queue_length()} hints waiting, {len(store.open_batches())} batches open"
        )
        yield Check(name="Redis", is_ok=not losses, detail=detail)
        for program in Program:
            count = presence.count(program)
            detail = f"{count} up" if count else f"none is up; {_WITHOUT[program]}"
            yield Check(name=f"{program}s", is_ok=True if count else None, detail=detail)
    finally:
        store.close()
        presence.close()


def _losses(info: Mapping[str, Any]) -> Iterator[str]:
    """Yield by what settings of the server batches get lost."""
    if not info.get("aof_enabled"):
        yield "NO append-only file: a restart loses batches (set appendonly yes)"
    policy = info.get("maxmemory_policy", "noeviction")
    if policy != "noeviction":
        yield f"maxmemory-policy {policy}: batches are thrown away when it is full (set noeviction)"
