"""Outputs of nightly runs: written again, apart in one folder, owed until they can be delivered."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
import redis

from tests.articles import make_text
from tests.conftest import StartWorker
from tests.service.nightly.stepping import HOUR_S, MakeNightly, run_slot, run_to_end
from tests.waiting import wait_until
from workers.batches import rfc3339
from workers.errors import (
    RunNotFoundError,
)
from workers.run_outputs import write_again
from workers.schedule_service import ScheduleService
from workers.schedule_store import ScheduleStore, open_schedule_store
from workers.schedules import Run, RunState, Schedule
from workers.service import Service
from workers.settings import Settings


def test_outputs_can_be_made_again_from_redis(
    night: Schedule, make_nightly: MakeNightly, schedules: ScheduleStore, service: Service,
    start_worker: StartWorker, tmp_path: Path,
) -> None:  # fmt: skip
    start_worker()
    run = run_slot(make_nightly(), schedules, night, hours=1)
    again = write_again(schedules, service, name="night", slot=None, folder=tmp_path / "again")
    first = [Path(path).read_bytes() for path in run.outputs]
    assert [path.read_bytes() for path in again] == first
    with pytest.raises(RunNotFoundError):
        write_again(schedules, service, name="night", slot=12345.0, folder=tmp_path)


def test_a_run_under_way_has_no_outputs_yet(
    night: Schedule, asked: ScheduleService, make_nightly: MakeNightly, schedules: ScheduleStore,
    service: Service, tmp_path: Path,
) -> None:  # fmt: skip
    nightly = make_nightly()
    slot = asked.run_now("night").slot
    assert nightly.advance("night", slot) is RunState.SUBMITTED
    again = tmp_path / "again"
    with pytest.raises(RunNotFoundError, match=r"no results of .*Z yet"):
        write_again(schedules, service, name="night", slot=slot, folder=again)
    assert not again.exists()
    (batch,) = service.list()
    service.cancel(batch.id)
    assert nightly.advance("night", slot) is RunState.FAILED


def test_schedules_that_share_a_folder_keep_apart_what_they_write(
    night: Schedule, asked: ScheduleService, make_nightly: MakeNightly, schedules: ScheduleStore,
    start_worker: StartWorker, tmp_path: Path,
) -> None:  # fmt: skip
    start_worker()
    other = tmp_path / "other.txt"
    other.write_text(make_text(999, sentences=20))
    asked.add(
        Schedule(name="desk", cron="hourly", timezone="Europe/Paris", sources=(str(other),),
                 output=night.output),
        folder=tmp_path,
    )  # fmt: skip
    nightly = make_nightly()
    nightly.open_due_slots(now=night.handled_until + HOUR_S)
    run_to_end(nightly, schedules)
    for name, articles in (("night", 3), ("desk", 1)):
        (run,) = asked.history(name)
        assert Path(run.outputs[0]).read_bytes().count(b"\n") == articles


def test_what_a_run_found_is_there_when_its_batch_ends_however_late_that_is(
    night: Schedule, make_nightly: MakeNightly, settings: Settings, service: Service,
    start_worker: StartWorker, redis_client: redis.Redis,
) -> None:  # fmt: skip
    """Results are kept for a second only, and the batch takes longer than that."""
    assert settings.redis_url is not None
    brief = settings.model_copy(update={"results_ttl_s": 1})
    schedules = open_schedule_store(brief, redis_url=settings.redis_url, attempts=5)
    nightly = make_nightly(schedules)
    nightly.open_due_slots(now=night.handled_until + HOUR_S)
    ((name, slot),) = nightly.open_runs()
    assert nightly.advance(name, slot) is RunState.SUBMITTED
    expired_at = schedules.now() + 1.1
    wait_until(lambda: schedules.now() > expired_at)
    # As the version before submitted it: the run does not say what it found.
    run_key = f"{settings.key_prefix}:s:{{night}}:run:{round(slot * 1000)}"
    (found_key,) = redis_client.keys(f"{settings.key_prefix}:s:*:found:*")
    redis_client.hdel(run_key, "findings")
    redis_client.expire(found_key, 60)
    assert nightly.advance(name, slot) is RunState.SUBMITTED
    assert redis_client.ttl(found_key) == -1
    start_worker()
    run_to_end(nightly, schedules)
    run = schedules.run(name, slot)
    assert run is not None
    assert (run.state, run.succeeded, len(run.outputs)) == (RunState.COMPLETED, 3, 2)
    wait_until(lambda: not redis_client.exists(found_key))
    schedules.close()


@pytest.fixture
def undelivered(
    night: Schedule, make_nightly: MakeNightly, schedules: ScheduleStore, start_worker: StartWorker
) -> Run:
    """A run whose outputs could not be written, since there is a file in the way."""
    assert night.output is not None
    Path(night.output).write_text("in the way")
    start_worker()
    nightly = make_nightly()
    nightly.open_due_slots(now=night.handled_until + HOUR_S)

    def is_undelivered() -> Run | None:
        for name, slot in nightly.open_runs():
            nightly.advance(name, slot)
        (run,) = schedules.runs("night", limit=1)
        return None if run.state.is_under_way else run

    return wait_until(is_undelivered)


def test_a_run_whose_outputs_cannot_be_written_keeps_its_results_and_says_what_writes_them(
    undelivered: Run, night: Schedule
) -> None:
    assert undelivered.state is RunState.UNDELIVERED
    assert (undelivered.found, undelivered.succeeded, undelivered.errored) == (3, 3, 0)
    assert undelivered.outputs == ()
    assert undelivered.error is not None
    assert f"'{night.output}" in undelivered.error
    command = f"`summarizer schedule outputs night --slot {rfc3339(undelivered.slot)}`"
    assert command in undelivered.error


def test_outputs_that_are_owed_are_tried_again_after_a_pause_and_delivered_once(
    undelivered: Run, night: Schedule, make_nightly: MakeNightly, schedules: ScheduleStore,
    settings: Settings, redis_client: redis.Redis, inbox: Path,
) -> None:  # fmt: skip
    out = Path(night.output or "")
    out.unlink()
    nightly = make_nightly()
    assert nightly.advance("night", undelivered.slot) is None
    # What comes later does not wait for it.
    (inbox / "late.txt").write_text(make_text(777, sentences=20))
    nightly.open_due_slots(now=night.handled_until + 2 * HOUR_S)
    later = undelivered.slot + HOUR_S

    def advanced() -> bool:
        for name, slot in nightly.open_runs():
            nightly.advance(name, slot)
        return schedules.open_runs() == (("night", undelivered.slot),)

    wait_until(advanced)
    second = schedules.run("night", later)
    assert second is not None
    assert (second.state, second.found, second.succeeded) == (RunState.COMPLETED, 1, 1)
    key = f"{settings.key_prefix}:s:{{night}}:run:{round(undelivered.slot * 1000)}"
    redis_client.hset(key, "lease", 0)
    assert nightly.advance("night", undelivered.slot) is RunState.COMPLETED
    first = schedules.run("night", undelivered.slot)
    assert first is not None
    assert (first.state, first.succeeded, first.error) == (RunState.COMPLETED, 3, None)
    lines = [Path(path).read_bytes() for path in (first.outputs[0], second.outputs[0])]
    assert [content.count(b"\n") for content in lines] == [3, 1]
    assert schedules.open_runs() == ()
    assert nightly.advance("night", undelivered.slot) is None


def test_outputs_that_are_owed_are_delivered_by_the_command_and_not_again(
    undelivered: Run, night: Schedule, make_nightly: MakeNightly, schedules: ScheduleStore,
    service: Service, tmp_path: Path,
) -> None:  # fmt: skip
    with pytest.raises(OSError, match="out"):
        write_again(schedules, service, name="night", slot=None, folder=None)
    # A copy elsewhere is not what is owed.
    write_again(schedules, service, name="night", slot=None, folder=tmp_path / "copy")
    assert schedules.open_runs()
    Path(night.output or "").unlink()
    paths = write_again(schedules, service, name="night", slot=None, folder=None)
    run = schedules.run("night", undelivered.slot)
    assert run is not None
    assert (run.state, run.succeeded, run.error) == (RunState.COMPLETED, 3, None)
    assert run.outputs == tuple(map(str, paths))
    assert schedules.open_runs() == ()
    assert make_nightly().advance("night", undelivered.slot) is None


def test_a_run_that_cannot_be_written_for_another_reason_is_owed_as_well(
    night: Schedule, make_nightly: MakeNightly, schedules: ScheduleStore, asked: ScheduleService,
    start_worker: StartWorker, redis_client: redis.Redis, settings: Settings,
) -> None:  # fmt: skip
    """As if a newer version knew a format that this one does not."""
    key = f"{settings.key_prefix}:schedules"
    newer = orjson.loads(redis_client.hget(key, "night") or b"") | {"formats": ["jsonl", "pdf"]}
    redis_client.hset(key, "night", orjson.dumps(newer).decode())
    start_worker()
    nightly = make_nightly()
    nightly.open_due_slots(now=night.handled_until + HOUR_S)
    ((name, slot),) = nightly.open_runs()
    wait_until(lambda: nightly.advance(name, slot) is RunState.UNDELIVERED)
    run = schedules.run(name, slot)
    assert run is not None
    assert (run.found, run.succeeded) == (3, 3)
    assert "'pdf'" in (run.error or "")
    asked.edit("night", {"formats": ("jsonl",)})
    redis_client.hset(f"{settings.key_prefix}:s:{{night}}:run:{round(slot * 1000)}", "lease", 0)
    assert nightly.advance(name, slot) is RunState.COMPLETED
