"""What the tests of nightly runs share: a schedule, its inbox, schedulers that step by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
import redis

from tests.articles import make_text
from tests.service.news_site import Site, serve_site
from tests.waiting import wait_until
from workers.cli.wiring import limits_of, make_fetcher
from workers.extraction import extract_article
from workers.nightly import Nightly, Web
from workers.schedule_service import ScheduleService
from workers.schedule_store import ScheduleStore, open_schedule_store
from workers.schedules import Run, Schedule
from workers.service import Service
from workers.settings import Settings

HOUR_S = 3600.0
LONGEST_BYTES = 100_000
MakeNightly = Callable[..., Nightly]


@pytest.fixture
def site() -> Iterator[Site]:
    with serve_site() as site:
        yield site


@pytest.fixture
def schedules(settings: Settings) -> Iterator[ScheduleStore]:
    assert settings.redis_url is not None
    store = open_schedule_store(settings, redis_url=settings.redis_url, attempts=5)
    yield store
    for schedule in store.all():
        store.remove(schedule.name)
    store.close()


@pytest.fixture
def asked(schedules: ScheduleStore) -> ScheduleService:
    return ScheduleService(schedules)


@pytest.fixture
def make_nightly(
    schedules: ScheduleStore, service: Service, settings: Settings, site: Site
) -> Iterator[MakeNightly]:
    """Make schedulers that may fetch from the site; none of them loops by itself."""
    own = web_settings(settings, site)
    stop = Event()
    with make_fetcher(own) as fetcher:
        web = Web(fetcher=fetcher, extract=extract_article)
        parts = {
            "service": service, "web": web, "limits": limits_of(own), "lease_s": 60, "stop": stop,
        }  # fmt: skip
        yield lambda store=schedules, **changes: Nightly(store, **(parts | changes))


def web_settings(settings: Settings, site: Site) -> Settings:
    """Return settings with which the site may be fetched from."""
    return settings.model_copy(
        update={
            "fetch_networks": "127.0.0.0/8",
            "fetch_ports": site.url.rsplit(":", 1)[1],
            "fetch_pause_s": 0.0,
            "max_article_bytes": LONGEST_BYTES,
        }
    )


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(3):
        (folder / f"story-{number}.txt").write_text(make_text(number * 100, sentences=20))
    return folder


@pytest.fixture
def night(asked: ScheduleService, inbox: Path, tmp_path: Path) -> Schedule:
    """An hourly schedule that reads the inbox and writes to a folder."""
    schedule = Schedule(
        name="night",
        cron="hourly",
        timezone="Europe/Paris",
        sources=(str(inbox),),
        output=str(tmp_path / "out"),
        formats=("jsonl", "md"),
        options={"sentences": 1},
    )
    return asked.add(schedule, folder=tmp_path)


def run_to_end(nightly: Nightly, schedules: ScheduleStore) -> None:
    """Bring every open run to its end, as the scheduler's loop does."""

    def all_ended() -> bool:
        for name, slot in nightly.open_runs():
            nightly.advance(name, slot)
        return not schedules.open_runs()

    wait_until(all_ended)


def run_slot(
    nightly: Nightly, schedules: ScheduleStore, schedule: Schedule, *, hours: float
) -> Run:
    """Move the clock on by so many hours, and return the run that this makes due."""
    nightly.open_due_slots(now=schedule.handled_until + hours * HOUR_S)
    run_to_end(nightly, schedules)
    (run,) = schedules.runs(schedule.name, limit=1)
    return run


def keys_of(client: redis.Redis, settings: Settings) -> list[bytes]:
    return list(client.scan_iter(match=f"{settings.key_prefix}:*"))
