"""A night in which everything is killed: 2,000 articles from 20 feeds, each summarised once."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event
from xml.sax.saxutils import escape

import orjson
import pytest

from tests.articles import make_wordy_text
from tests.processes import RedisServer, start_program, start_redis
from tests.service.news_site import Site, serve_site
from tests.waiting import wait_until
from workers.batches import BatchState
from workers.celery_app import HintSender, create_celery_app
from workers.errors import StoreUnavailableError
from workers.schedule_service import ScheduleService
from workers.schedule_store import open_schedule_store
from workers.schedules import Run, RunState, Schedule
from workers.service import Service
from workers.settings import Settings, read_settings
from workers.store import open_store

FEEDS, ENTRIES = 20, 100
KILL_EVERY_S = 1.5
KILLS = 14


@pytest.fixture
def site() -> Iterator[Site]:
    """Twenty feeds of a hundred articles each."""
    with serve_site() as site:
        for feed in range(FEEDS):
            site.put(f"/feed-{feed}.xml", feed_xml(feed), Content_Type="application/rss+xml")
        yield site


def feed_xml(feed: int) -> str:
    """Return an RSS 2.0 feed whose entries carry their whole text."""
    entries = "".join(
        f"<item><guid isPermaLink='false'>{feed}-{entry}</guid><title>Story {feed}-{entry}</title>"
        f"<content:encoded>{escape(f'<p>{text}</p>')}</content:encoded></item>"
        for entry in range(ENTRIES)
        for text in [make_wordy_text(feed * ENTRIES + entry)]
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Feed {feed}</title><link>https://news.example</link>{entries}</channel></rss>"
    )


@pytest.mark.timeout(300)
def test_a_night_of_kills_ends_with_each_article_summarised_once(
    site: Site, tmp_path: Path
) -> None:
    with start_redis(tmp_path) as server, ExitStack() as running:
        settings = read_settings(
            {},
            redis_url=server.url,
            data_dir=tmp_path / "data",
            concurrency=2,
            lease_s=2,
            run_lease_s=2,
            reap_interval_s=0.2,
            hint_age_s=1,
            tick_interval_s=0.2,
            fetch_networks="127.0.0.0/8",
            fetch_ports=site.url.rsplit(":", 1)[1],
            fetch_pause_s=0,
        )
        schedules = open_schedule_store(settings, redis_url=server.url, attempts=25)
        asked = ScheduleService(schedules)
        sources = tuple(f"{site.url}/feed-{feed}.xml" for feed in range(FEEDS))
        asked.add(
            Schedule(name="night", cron="nightly", sources=sources, output=str(tmp_path / "out")),
            folder=tmp_path,
        )
        asked.run_now("night")
        programs = {
            name: running.enter_context(start_program(name.split("-")[0], settings, tmp_path))
            for name in ("scheduler-1", "scheduler-2", "worker-1", "worker-2")
        }
        # Each kind of process dies at least once; then it is anybody's turn.
        choose = random.Random(7)
        victims = choose.sample(["redis", *programs], k=5)
        victims += choose.choices(victims, k=KILLS - len(victims))
        pause, killed = Event(), set[str]()

        def ended() -> Run | None:
            try:
                (run,) = asked.history("night")
            except StoreUnavailableError:
                return None
            return None if run.state.is_under_way else run

        for victim in victims:
            if ended():
                break
            pause.wait(KILL_EVERY_S)
            if victim == "redis":
                server.kill()
                server.start()
            else:
                programs[victim].kill()
                name = victim.split("-")[0]
                programs[victim] = running.enter_context(start_program(name, settings, tmp_path))
            killed.add(victim)
        run = wait_until(ended, timeout_s=120)
        assert killed == {"redis", *programs}
        check_night(run, settings, server)


def check_night(run: Run, settings: Settings, server: RedisServer) -> None:
    """Every article of every feed has one result, and the figures say so."""
    assert (run.state, run.found, run.succeeded) == (RunState.COMPLETED, 2000, 2000), run
    store = open_store(settings, redis_url=server.url, attempts=25)
    app = create_celery_app(settings, redis_url=server.url)
    service = Service(store, dispatch=HintSender(app, where=server.url), settings=settings)
    (batch,) = service.list()
    assert batch.state is BatchState.COMPLETED
    lines = Path(run.outputs[0]).read_bytes().splitlines()
    names = [orjson.loads(line)["custom_id"] for line in lines]
    assert len(names) == len(set(names)) == FEEDS * ENTRIES
    app.close()
    store.close()
