"""What the tests of nightly runs stand on: a schedule, its inbox, a site, schedulers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from tests.articles import make_text
from tests.service.news_site import Site, serve_site
from tests.service.nightly.stepping import MakeNightly, web_settings
from workers.cli.wiring import limits_of, make_fetcher
from workers.extraction import extract_article
from workers.nightly import Nightly, Web
from workers.schedule_service import ScheduleService
from workers.schedule_store import ScheduleStore, open_schedule_store
from workers.schedules import Schedule
from workers.service import Service
from workers.settings import Settings


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
