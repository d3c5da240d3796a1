"""Nightly runs: each slot once, only new articles, a failure stays with its source."""

from __future__ import annotations

import csv
import hashlib
import os
import re
from collections import UserDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import orjson
import pytest
import redis

from tests.articles import make_text
from tests.conftest import StartWorker
from tests.service.news_site import Site, serve_site
from tests.waiting import wait_until
from workers.batches import rfc3339
from workers.cli.wiring import limits_of, make_fetcher
from workers.errors import (
    InvalidScheduleError,
    RunNotFoundError,
    ScheduleExistsError,
    ScheduleNotFoundError,
)
from workers.extraction import extract_article
from workers.fetching import Fetcher
from workers.nightly import Nightly, Web
from workers.outputs import RunInfo
from workers.run_outputs import write_again
from workers.schedule_service import ScheduleService
from workers.schedule_store import ScheduleStore, open_schedule_store
from workers.schedules import DueSlots, Run, RunState, Schedule, ScheduleState, next_slots
from workers.service import Service
from workers.settings import Settings
from workers.store import Store, open_store

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


def test_a_run_summarises_what_is_new_and_writes_its_outputs(
    night: Schedule, make_nightly: MakeNightly, schedules: ScheduleStore, service: Service,
    start_worker: StartWorker, tmp_path: Path, inbox: Path,
) -> None:  # fmt: skip
    start_worker()
    nightly = make_nightly()
    first = run_slot(nightly, schedules, night, hours=1)
    assert (first.state, first.found, first.succeeded) == (RunState.COMPLETED, 3, 3)
    assert [Path(path).name for path in first.outputs] == ["summaries.jsonl", "digest.md"] or (
        len(first.outputs) == 2
    )
    lines = Path(first.outputs[0]).read_bytes().splitlines()
    assert len(lines) == 3
    summary = orjson.loads(lines[0])["result"]["summary"]
    assert len(summary["paragraph"]["sentence_indexes"]) == 1
    (inbox / "late.txt").write_text(make_text(777, sentences=20))
    second = run_slot(nightly, schedules, night, hours=2)
    assert (second.state, second.found, second.succeeded) == (RunState.COMPLETED, 1, 1)
    assert second.skipped == 3
    assert first.batch_id is not None
    name = service.get(first.batch_id).display_name or ""
    assert re.fullmatch(r"night \d{4}-\d\d-\d\d \d\d:\d\d CES?T", name)
    third = run_slot(nightly, schedules, night, hours=3)
    assert (third.state, third.found, third.batch_id) == (RunState.COMPLETED, 0, None)
    assert third.skipped == 4
    folders = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len(folders) == 2


def test_articles_keep_the_names_that_their_owner_gave_them(
    asked: ScheduleService, make_nightly: MakeNightly, schedules: ScheduleStore, service: Service,
    start_worker: StartWorker, tmp_path: Path,
) -> None:  # fmt: skip
    def write(name: str, *lines: dict[str, str]) -> str:
        (tmp_path / name).write_bytes(b"\n".join(map(orjson.dumps, lines)))
        return str(tmp_path / name)

    first = {"custom_id": "story-4711", "text": make_text(1)}
    same = {"custom_id": "17", "text": make_text(2)}
    other = {"custom_id": "17", "text": make_text(3)}
    sources = (write("a.jsonl", first, same, {"text": make_text(4)}), write("b.jsonl", other))
    names = ["atom", "jsonl", "csv"]
    schedule = asked.add(
        Schedule(
            name="ids", cron="hourly", sources=sources, output=str(tmp_path / "out"),
            formats=tuple(names),
        ),
        folder=tmp_path,
    )  # fmt: skip
    start_worker()
    nightly = make_nightly()
    run = run_slot(nightly, schedules, schedule, hours=1)
    assert (run.found, run.succeeded) == (4, 4)
    feed, results, table = (Path(path).read_text(encoding="utf-8") for path in run.outputs)
    called = [orjson.loads(line)["custom_id"] for line in results.splitlines()]
    a, b = ((tmp_path / name).as_uri() for name in ("a.jsonl", "b.jsonl"))
    assert called[0] == "story-4711"
    # A name that two files use, and one that nobody gave, are the identifiers.
    assert [name.rpartition("#")[0] for name in called[1:]] == [a, a, b]
    assert [row["custom_id"] for row in csv.DictReader(table[1:].splitlines())] == called
    assert run.batch_id is not None
    batch = [orjson.loads(line)["custom_id"] for line in service.result_lines(run.batch_id)]
    assert batch == called
    # Moved and renamed, it is what this schedule has had; its identifier does not follow the name.
    write("a.jsonl", same, first | {"custom_id": "story-4712"}, {"text": make_text(4)})
    assert run_slot(nightly, schedules, schedule, hours=2).found == 0
    info = RunInfo(schedule="ids", slot=datetime.now(UTC))
    digest = hashlib.blake2b(first["text"].encode(), digest_size=8).hexdigest()
    assert info.unique_id(f"{a}#{digest}") in feed


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


def test_a_failing_source_is_recorded_and_the_others_go_on(
    asked: ScheduleService, make_nightly: MakeNightly, schedules: ScheduleStore,
    start_worker: StartWorker, site: Site, inbox: Path, tmp_path: Path,
) -> None:  # fmt: skip
    start_worker()
    missing = site.url + "/gone.xml"
    page = site.put_article("/story.html", "Lights went out in Marrow Sound")
    schedule = asked.add(
        Schedule(name="mixed", cron="hourly", sources=(missing, str(inbox), page)), folder=tmp_path
    )
    run = run_slot(make_nightly(), schedules, schedule, hours=1)
    assert (run.state, run.found) == (RunState.COMPLETED, 4)
    reports = {report["source"]: report for report in run.sources}
    assert reports[missing]["problems"] == 1
    assert "404" in reports[missing]["messages"][0]["message"]
    assert reports[str(inbox)]["found"] == 3
    assert reports[page]["found"] == 1
    # That nothing is new is no failure of the sources that can be read.
    again = run_slot(make_nightly(), schedules, schedule, hours=2)
    assert (again.state, again.found, again.skipped) == (RunState.COMPLETED, 0, 4)


def test_a_run_takes_no_article_that_a_submit_would_refuse(
    asked: ScheduleService, make_nightly: MakeNightly, schedules: ScheduleStore,
    start_worker: StartWorker, inbox: Path, tmp_path: Path,
) -> None:  # fmt: skip
    start_worker()
    (inbox / "long.txt").write_text(make_text(5, sentences=4000))
    night = asked.add(Schedule(name="long", cron="hourly", sources=(str(inbox),)), folder=tmp_path)
    run = run_slot(make_nightly(), schedules, night, hours=1)
    assert (run.found, run.succeeded) == (3, 3)
    (source,) = run.sources
    (message,) = source["messages"]
    assert (message["code"], str(LONGEST_BYTES) in message["message"]) == ("too_long", True)


def test_a_file_whose_name_is_not_utf8_is_taken_once_like_any_other(
    night: Schedule, make_nightly: MakeNightly, schedules: ScheduleStore,
    start_worker: StartWorker, inbox: Path,
) -> None:  # fmt: skip
    try:
        (inbox / os.fsdecode(b"caf\xe9.txt")).write_text(make_text(5, sentences=20))
    except OSError:
        pytest.skip("this file system has UTF-8 names only")
    start_worker()
    nightly = make_nightly()
    first = run_slot(nightly, schedules, night, hours=1)
    assert (first.state, first.found, first.succeeded) == (RunState.COMPLETED, 4, 4)
    second = run_slot(nightly, schedules, night, hours=2)
    assert (second.state, second.found, second.skipped) == (RunState.COMPLETED, 0, 4)


def test_a_run_whose_sources_all_fail_has_failed(
    asked: ScheduleService, make_nightly: MakeNightly, schedules: ScheduleStore, site: Site,
    tmp_path: Path,
) -> None:  # fmt: skip
    sources = (site.url + "/gone.xml", str(tmp_path / "missing"))
    schedule = asked.add(Schedule(name="bad", cron="hourly", sources=sources), folder=tmp_path)
    run = run_slot(make_nightly(), schedules, schedule, hours=1)
    assert (run.state, run.error) == (RunState.FAILED, "no source could be read")
    assert schedules.runs("bad", limit=5, states=[RunState.FAILED]) == (run,)


@pytest.mark.parametrize("is_full_before", [True, False])
def test_sources_are_left_in_peace_while_redis_is_too_full_for_a_submit(
    asked: ScheduleService, make_nightly: MakeNightly, schedules: ScheduleStore, site: Site,
    service: Service, settings: Settings, start_worker: StartWorker, redis_client: redis.Redis,
    tmp_path: Path, *, is_full_before: bool,
) -> None:  # fmt: skip
    """Redis is full when the run begins, or gets full while its sources are read."""
    page = site.put_article("/story.html", "Lights went out in Marrow Sound")
    limit = redis_client.info("memory")["used_memory"]

    def fill() -> None:
        redis_client.config_set("maxmemory", 2 * limit)

    class FullWhenRead(Fetcher):
        def fetch(self, *arguments: Any, **more: Any) -> Any:
            fetched = super().fetch(*arguments, **more)
            fill()
            return fetched

    own = settings.model_copy(update={"memory_share": 0.01})
    careful = Service(service._store, dispatch=service._dispatch, settings=own)
    schedule = asked.add(Schedule(name="full", cron="hourly", sources=(page,)), folder=tmp_path)
    with make_fetcher(web_settings(settings, site)) as fetcher:
        fetcher.__class__ = FullWhenRead
        nightly = make_nightly(service=careful, web=Web(fetcher=fetcher, extract=extract_article))
        nightly.open_due_slots(now=schedule.handled_until + HOUR_S)
        ((name, slot),) = nightly.open_runs()
        try:
            if is_full_before:
                fill()
            assert nightly.advance(name, slot) is RunState.COLLECTING
            assert {nightly.advance(name, slot) for _ in range(20)} == {None}
            run = schedules.run(name, slot)
            assert run is not None
            assert "is full" in (run.error or "")
            assert len(site.asked()) == (0 if is_full_before else 1)
        finally:
            redis_client.config_set("maxmemory", 0)
    start_worker()
    redis_client.hset(f"{settings.key_prefix}:s:{{full}}:run:{round(slot * 1000)}", "lease", 0)
    run_to_end(make_nightly(), schedules)
    ended = schedules.run(name, slot)
    assert ended is not None
    assert (ended.state, ended.succeeded, ended.error) == (RunState.COMPLETED, 1, None)


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


def test_next_slots_are_in_the_schedules_own_zone(night: Schedule, asked: ScheduleService) -> None:
    asked.edit("night", {"cron": "0 2 * * *"})
    first, second = asked.next_slots("night", count=2)
    assert datetime.fromtimestamp(first, UTC).hour in (0, 1)
    assert timedelta(seconds=second - first) in (
        timedelta(hours=23), timedelta(hours=24), timedelta(hours=25),
    )  # fmt: skip


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


def keys_of(client: redis.Redis, settings: Settings) -> list[bytes]:
    return list(client.scan_iter(match=f"{settings.key_prefix}:*"))
