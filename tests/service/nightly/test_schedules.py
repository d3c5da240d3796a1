"""Schedules: edited, unreadable, removed at any moment; nothing stays behind."""

from __future__ import annotations

from collections import UserDict
from pathlib import Path
from typing import Any

import orjson
import pytest
import redis

from tests.conftest import StartWorker
from tests.service.nightly.stepping import HOUR_S, MakeNightly, keys_of, run_slot
from tests.waiting import wait_until
from workers.errors import (
    InvalidScheduleError,
    ScheduleExistsError,
    ScheduleNotFoundError,
)
from workers.schedule_service import ScheduleService
from workers.schedule_store import ScheduleStore, open_schedule_store
from workers.schedules import DueSlots, RunState, Schedule, ScheduleState
from workers.service import Service
from workers.settings import Settings


def test_a_schedule_that_cannot_be_read_does_not_keep_others_from_running(
    night: Schedule, asked: ScheduleService, start_worker: StartWorker,
    redis_client: redis.Redis, settings: Settings, tmp_path: Path,
) -> None:  # fmt: skip
    """As if it named a zone that this machine does not know."""
    key = f"{settings.key_prefix}:schedules"
    foreign = orjson.loads(redis_client.hget(key, "night") or b"") | {
        "name": "foreign", "timezone": "Mars/Olympus",
    }  # fmt: skip
    redis_client.hset(key, "foreign", orjson.dumps(foreign).decode())
    start_worker("scheduler", tick_interval_s=0.1)
    start_worker()
    slot = asked.run_now("night").slot

    def ended() -> bool:
        run = asked.run("night", slot)
        return run is not None and run.state is RunState.COMPLETED

    wait_until(ended)
    assert [schedule.name for schedule in asked.list()] == ["night"]
    redis_client.hdel(key, "foreign")


def test_editing_changes_what_is_given_and_keeps_the_rest(
    night: Schedule, asked: ScheduleService, tmp_path: Path
) -> None:
    edited = asked.edit("night", {"cron": "30 1 * * *", "sources": ("a.txt",)}, folder=tmp_path)
    assert (edited.cron, edited.timezone) == ("30 1 * * *", "Europe/Paris")
    assert edited.sources == (str(tmp_path / "a.txt"),)
    assert edited.output == night.output


def test_a_change_that_comes_during_another_is_kept(
    night: Schedule, asked: ScheduleService
) -> None:
    class PausedMeanwhile(UserDict[str, Any]):
        """Changes that are looked at after the schedule was read."""

        is_paused = False

        def __getitem__(self, part: str) -> Any:
            if not self.is_paused:
                self.is_paused = True
                asked.pause("night")
            return super().__getitem__(part)

    edited = asked.edit("night", PausedMeanwhile(cron="30 1 * * *"))
    assert (edited.cron, edited.state) == ("30 1 * * *", ScheduleState.PAUSED)
    assert asked.get("night") == edited


def test_wrong_schedules_and_names_are_typed_errors(
    night: Schedule, asked: ScheduleService, tmp_path: Path
) -> None:
    with pytest.raises(ScheduleExistsError, match="'night' exists already"):
        asked.add(night, folder=tmp_path)
    assert asked.get("night").handled_until == night.handled_until, "slots that came would be lost"
    for ask in (asked.get, asked.pause, asked.run_now, asked.remove, asked.history):
        with pytest.raises(ScheduleNotFoundError, match="'nowhere'"):
            ask("nowhere")
    for parts in ({"formats": ("pdf",)}, {"sources": ("-",)}, {"cron": "x"}):
        with pytest.raises(InvalidScheduleError):
            asked.edit("night", parts)


def test_removing_a_schedule_leaves_no_key_but_its_batches(
    night: Schedule, asked: ScheduleService, make_nightly: MakeNightly, schedules: ScheduleStore,
    start_worker: StartWorker, redis_client: redis.Redis, settings: Settings, service: Service,
) -> None:  # fmt: skip
    start_worker()
    run = run_slot(make_nightly(), schedules, night, hours=1)
    asked.remove("night")
    assert list(redis_client.scan_iter(match=f"{settings.key_prefix}:s:*")) == []
    assert not redis_client.exists(f"{settings.key_prefix}:schedules")
    assert run.batch_id is not None
    assert service.get(run.batch_id).counts.succeeded == 3


def test_a_schedule_removed_while_its_slots_are_looked_at_leaves_no_key(
    night: Schedule, asked: ScheduleService, make_nightly: MakeNightly, schedules: ScheduleStore,
    redis_client: redis.Redis, settings: Settings,
) -> None:  # fmt: skip
    class RemovedMeanwhile(ScheduleStore):
        def all(self) -> tuple[Schedule, ...]:
            found = super().all()
            self.remove("night")
            return found

    assert settings.redis_url is not None
    store = open_schedule_store(settings, redis_url=settings.redis_url, attempts=5)
    store.__class__ = RemovedMeanwhile
    assert make_nightly(store).open_due_slots(now=night.handled_until + 3 * HOUR_S) == 0
    assert keys_of(redis_client, settings) == []
    store.close()
    with pytest.raises(ScheduleNotFoundError):
        schedules.open_slots("night", DueSlots(run=(1.0,), missed=()), until=0)


@pytest.mark.parametrize("has_news", [True, False], ids=["with news", "without news"])
def test_what_a_run_found_is_not_had_by_a_schedule_added_again_under_its_name(
    night: Schedule, asked: ScheduleService, make_nightly: MakeNightly, schedules: ScheduleStore,
    start_worker: StartWorker, settings: Settings, tmp_path: Path, has_news: bool,
) -> None:  # fmt: skip
    """It is removed and added while the run is about to note what it found."""

    class AddedAgainMeanwhile(ScheduleStore):
        def note(self, name: str, slot: float, **findings: Any) -> None:
            self.remove("night")
            asked.add(night, folder=tmp_path)
            super().note(name, slot, **findings)

    start_worker()
    if not has_news:
        assert run_slot(make_nightly(), schedules, night, hours=1).found == 3
    assert settings.redis_url is not None
    store = open_schedule_store(settings, redis_url=settings.redis_url, attempts=5)
    store.__class__ = AddedAgainMeanwhile
    slow = make_nightly(store)
    slow.open_due_slots(now=night.handled_until + 2 * HOUR_S)
    ((name, slot),) = slow.open_runs()
    assert slow.advance(name, slot) is None
    store.close()
    again = asked.get("night")
    run = run_slot(make_nightly(), schedules, again, hours=3)
    assert (run.state, run.found, run.skipped) == (RunState.COMPLETED, 3, 0)


def test_a_run_whose_schedule_is_gone_is_dropped(
    night: Schedule, asked: ScheduleService, make_nightly: MakeNightly, schedules: ScheduleStore,
    redis_client: redis.Redis, settings: Settings,
) -> None:  # fmt: skip
    """As the version before left it, which opened slots of a schedule that was being removed."""
    nightly = make_nightly()
    nightly.open_due_slots(now=night.handled_until + 3 * HOUR_S)
    ((name, slot),) = nightly.open_runs()
    redis_client.hdel(f"{settings.key_prefix}:schedules", name)
    assert nightly.advance(name, slot) is None
    assert nightly.open_runs() == ()
    assert [key for key in keys_of(redis_client, settings) if redis_client.ttl(key) == -1] == []
