"""Slots of schedules: each is run once, missed, passed over while paused, or asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import redis

from tests.conftest import StartWorker
from tests.service.nightly.stepping import HOUR_S, MakeNightly, run_slot, run_to_end
from tests.waiting import wait_until
from workers.schedule_service import ScheduleService
from workers.schedule_store import ScheduleStore, open_schedule_store
from workers.schedules import DueSlots, RunState, Schedule, ScheduleState, next_slots
from workers.settings import Settings


def test_missed_slots_are_in_the_history(
    night: Schedule, make_nightly: MakeNightly, schedules: ScheduleStore, start_worker: StartWorker
) -> None:
    start_worker()
    run = run_slot(make_nightly(), schedules, night, hours=4)
    assert run.state is RunState.COMPLETED
    missed = schedules.runs("night", limit=10, states=[RunState.MISSED])
    assert len(missed) == 3
    assert all(other.slot < run.slot for other in missed)


def test_a_history_that_nobody_asks_for_does_not_grow_for_ever(
    night: Schedule, settings: Settings, redis_client: redis.Redis, inbox: Path
) -> None:
    assert settings.redis_url is not None
    brief = settings.model_copy(update={"history_ttl_s": 1})
    schedules = open_schedule_store(brief, redis_url=settings.redis_url, attempts=5)
    still_open = night.handled_until - 1e6
    schedules.open_slots("night", DueSlots(run=(still_open,), missed=()), until=1)
    for first in (100, 200, 300):
        missed = tuple(still_open - 60 * number for number in range(first, first + 100))
        assert schedules.open_slots("night", DueSlots(run=(), missed=missed), until=1) == 100
    runs = f"{settings.key_prefix}:s:{{night}}:run"
    wait_until(lambda: len(redis_client.keys(f"{runs}:*")) == 1)
    newest = (night.handled_until,)
    schedules.open_slots("night", DueSlots(run=newest, missed=()), until=1)
    assert redis_client.zcard(f"{runs}s") == 2
    assert [run.slot for run in schedules.runs("night", limit=10)] == [*newest, still_open]
    schedules.close()


def test_a_clock_that_was_wrong_for_a_moment_takes_no_night_away_and_doubles_none(
    night: Schedule, asked: ScheduleService, make_nightly: MakeNightly, schedules: ScheduleStore
) -> None:
    """The server's clock is 400 days ahead at one look, as one that was never set may be."""
    nightly, now = make_nightly(), schedules.now()
    first = next_slots(night, after=night.handled_until, count=1)[0]
    assert nightly.open_due_slots(now=first + 1) == 1
    nightly.open_due_slots(now=now + 400 * 24 * HOUR_S)
    opened = [nightly.open_due_slots(now=first + 2 + hours * HOUR_S) for hours in range(5)]
    assert opened == [0, 1, 1, 1, 1]
    assert asked.get("night").handled_until == pytest.approx(first + 2 + 4 * HOUR_S)


def test_run_now_is_a_run_beside_the_slots(
    night: Schedule, asked: ScheduleService, make_nightly: MakeNightly, schedules: ScheduleStore,
    start_worker: StartWorker,
) -> None:  # fmt: skip
    start_worker()
    made = asked.run_now("night")
    assert made.state is RunState.DUE
    run_to_end(make_nightly(), schedules)
    (run,) = asked.history("night")
    assert (run.slot, run.state, run.succeeded) == (made.slot, RunState.COMPLETED, 3)
    assert asked.get("night").handled_until == night.handled_until


def test_a_paused_schedule_runs_nothing_and_does_not_catch_up_when_resumed(
    night: Schedule, asked: ScheduleService, make_nightly: MakeNightly
) -> None:
    assert asked.pause("night").state is ScheduleState.PAUSED
    assert asked.next_slots("night") == ()
    nightly = make_nightly()
    assert nightly.open_due_slots(now=night.handled_until + 5 * HOUR_S) == 0
    resumed = asked.resume("night")
    assert resumed.state is ScheduleState.ACTIVE
    assert nightly.open_due_slots(now=resumed.handled_until + 1) == 0


def test_next_slots_are_in_the_schedules_own_zone(night: Schedule, asked: ScheduleService) -> None:
    asked.edit("night", {"cron": "0 2 * * *"})
    first, second = asked.next_slots("night", count=2)
    assert datetime.fromtimestamp(first, UTC).hour in (0, 1)
    assert timedelta(seconds=second - first) in (
        timedelta(hours=23), timedelta(hours=24), timedelta(hours=25),
    )  # fmt: skip
