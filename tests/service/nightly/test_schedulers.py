"""Nightly runs under schedulers that are many, slow or dead: each run is made by one, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import redis

from tests.conftest import StartWorker
from tests.service.nightly.stepping import HOUR_S, MakeNightly, run_slot, run_to_end
from tests.waiting import wait_until
from workers.schedule_store import ScheduleStore, open_schedule_store
from workers.schedules import RunState, Schedule
from workers.service import Service
from workers.settings import Settings
from workers.store import Store, open_store


def test_two_schedulers_run_a_slot_once(
    night: Schedule, make_nightly: MakeNightly, schedules: ScheduleStore, service: Service,
    start_worker: StartWorker,
) -> None:  # fmt: skip
    start_worker()
    first, second = make_nightly(), make_nightly()
    moment = night.handled_until + HOUR_S
    assert first.open_due_slots(now=moment) + second.open_due_slots(now=moment) == 1
    ((name, slot),) = first.open_runs()
    assert first.advance(name, slot) is RunState.SUBMITTED
    run_to_end(second, schedules)
    run_to_end(first, schedules)
    assert len(service.list()) == 1
    assert len(schedules.runs("night", limit=10)) == 1


def test_a_run_that_a_scheduler_holds_is_left_to_it(
    night: Schedule, make_nightly: MakeNightly, schedules: ScheduleStore
) -> None:
    nightly = make_nightly()
    nightly.open_due_slots(now=night.handled_until + HOUR_S)
    ((name, slot),) = nightly.open_runs()
    assert schedules.take_run(name, slot, token="other", lease_s=60) is RunState.COLLECTING
    assert nightly.advance(name, slot) is None
    assert schedules.write_run(name, slot, token="not the holder", state="failed") is False


LEASE_S = 0.5


def wait_out(store: ScheduleStore | Service, try_to_take: Callable[[], object]) -> None:
    """Let another scheduler try until a lease has ended twice over."""
    until = store.now() + 2 * LEASE_S

    def is_over() -> bool:
        assert try_to_take() is None
        return store.now() > until

    wait_until(is_over)


class SlowStore(ScheduleStore):
    """What was had is told late."""

    try_to_take: Callable[[], object]

    def seen(self, name: str, marks: Sequence[str]) -> frozenset[str]:
        wait_out(self, self.try_to_take)
        return super().seen(name, marks)


class SlowService(Service):
    """Results are told late."""

    try_to_take: Callable[[], object]

    def result_lines(self, batch_id: str, *, after_index: int = -1) -> Iterator[bytes]:
        wait_out(self, self.try_to_take)
        return super().result_lines(batch_id, after_index=after_index)


def test_a_run_stays_with_its_scheduler_however_long_a_step_takes(
    night: Schedule, make_nightly: MakeNightly, service: Service, settings: Settings,
    start_worker: StartWorker,
) -> None:  # fmt: skip
    assert settings.redis_url is not None
    store = open_schedule_store(settings, redis_url=settings.redis_url, attempts=5)
    store.__class__ = SlowStore
    assert isinstance(store, SlowStore)
    own = SlowService(service._store, dispatch=service._dispatch, settings=settings)
    slow, other = make_nightly(store, service=own, lease_s=LEASE_S), make_nightly()
    slow.open_due_slots(now=night.handled_until + HOUR_S)
    ((name, slot),) = slow.open_runs()
    store.try_to_take = own.try_to_take = lambda: other.advance(name, slot)
    assert slow.advance(name, slot) is RunState.SUBMITTED
    (batch,) = service.list()
    start_worker()
    wait_until(lambda: service.get(batch.id).state.is_final)
    assert slow.advance(name, slot) is RunState.COMPLETED
    store.close()


def test_a_scheduler_whose_run_went_on_without_it_does_not_take_it_up_again(
    night: Schedule, make_nightly: MakeNightly, schedules: ScheduleStore
) -> None:
    """Its lease had ended; another submitted the run, and laid it down."""
    nightly = make_nightly()
    nightly.open_due_slots(now=night.handled_until + HOUR_S)
    ((name, slot),) = nightly.open_runs()
    assert schedules.take_run(name, slot, token="late", lease_s=0.001)
    wait_until(lambda: nightly.advance(name, slot) is RunState.SUBMITTED)
    assert not schedules.keep_run(name, slot, token="late", lease_s=60)
    assert not schedules.write_run(name, slot, token="late", state="completed")


def test_a_scheduler_that_was_stopped_before_its_commit_makes_no_batch_for_a_run_that_has_ended(
    night: Schedule, make_nightly: MakeNightly, schedules: ScheduleStore, service: Service,
    settings: Settings, start_worker: StartWorker, inbox: Path, tmp_path: Path,
    redis_client: redis.Redis,
) -> None:  # fmt: skip
    """The other one found nothing, since the files had been moved; the next run has them again."""
    nightly = make_nightly()
    nightly.open_due_slots(now=night.handled_until + HOUR_S)
    ((name, slot),) = nightly.open_runs()

    def take_over() -> None:
        inbox.rename(tmp_path / "moved")
        inbox.mkdir()
        # A process that is stopped keeps no lease.
        key = f"{settings.key_prefix}:s:{{night}}:run:{round(slot * 1000)}"
        redis_client.hset(key, "lease", 0)
        assert nightly.advance(name, slot) is RunState.COMPLETED

    assert settings.redis_url is not None
    with open_stopping_store(settings, stopped=take_over) as store:
        stopped = Service(store, dispatch=lambda batch_id, chunks: None, settings=settings)
        assert make_nightly(service=stopped).advance(name, slot) is None
    assert service.list() == ()
    assert store.stops == 1
    inbox.rmdir()
    (tmp_path / "moved").rename(inbox)
    start_worker()
    run = run_slot(nightly, schedules, night, hours=2)
    assert (run.state, run.found, run.succeeded, run.skipped) == (RunState.COMPLETED, 3, 3, 0)
    assert len(service.list()) == 1


class StoppingStore(Store):
    """The store of a process that is stopped right before it commits, and then goes on."""

    stopped: Callable[[], None]
    stops = 0

    def commit(self, *arguments: Any, **more: Any) -> bool:
        self.stops += 1
        self.stopped()
        return super().commit(*arguments, **more)


@contextmanager
def open_stopping_store(
    settings: Settings, *, stopped: Callable[[], None]
) -> Iterator[StoppingStore]:
    assert settings.redis_url is not None
    store = open_store(settings, redis_url=settings.redis_url, attempts=5)
    store.__class__ = StoppingStore
    assert isinstance(store, StoppingStore)
    store.stopped = stopped
    yield store
    store.close()


def test_a_scheduler_that_died_after_the_submit_leaves_one_batch(
    night: Schedule, make_nightly: MakeNightly, schedules: ScheduleStore, service: Service,
    start_worker: StartWorker, redis_client: redis.Redis, settings: Settings,
) -> None:  # fmt: skip
    """As if it had been killed between the commit of the batch and noting it in the run."""
    start_worker()
    nightly = make_nightly()
    nightly.open_due_slots(now=night.handled_until + HOUR_S)
    ((name, slot),) = nightly.open_runs()
    nightly.advance(name, slot)
    key = f"{settings.key_prefix}:s:{{night}}:run:{round(slot * 1000)}"
    redis_client.hset(key, "state", "collecting")
    redis_client.hdel(key, "batch_id", "found")
    redis_client.delete(f"{settings.key_prefix}:s:{{night}}:seen")
    run_to_end(make_nightly(), schedules)
    (run,) = schedules.runs("night", limit=5)
    assert (run.state, run.found, run.succeeded) == (RunState.COMPLETED, 3, 3)
    assert len(service.list()) == 1
    assert redis_client.exists(f"{settings.key_prefix}:s:{{night}}:seen")
