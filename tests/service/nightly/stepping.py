"""Schedulers that step by hand: what is due is opened, and every open run brought to its end."""

from __future__ import annotations

from collections.abc import Callable

import redis

from tests.service.news_site import Site
from tests.waiting import wait_until
from workers.nightly import Nightly
from workers.schedule_store import ScheduleStore
from workers.schedules import Run, Schedule
from workers.settings import Settings

HOUR_S = 3600.0
LONGEST_BYTES = 100_000
MakeNightly = Callable[..., Nightly]


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
