"""Nightly runs: each slot once, only new articles, a failure stays with its source."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

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
from workers.nightly import Nightly, Web
from workers.outputs import RunInfo
from workers.run_outputs import write_again
from workers.schedule_service import ScheduleService
from workers.schedule_store import ScheduleStore, open_schedule_store
from workers.schedules import Run, RunState, Schedule, ScheduleState
from workers.service import Service
from workers.settings import Settings

HOUR_S = 3600.0
LONGEST_BYTES = 100_000
MakeNightly = Callable[[], Nightly]


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
    port = site.url.rsplit(":", 1)[1]
    own = settings.model_copy(
        update={
            "fetch_networks": "127.0.0.0/8",
            "fetch_ports": port,
            "fetch_pause_s": 0.0,
            "max_article_bytes": LONGEST_BYTES,
        }
    )
    stop = Event()
    with make_fetcher(own) as fetcher:
        web = Web(fetcher=fetcher, extract=extract_article)
        yield lambda: Nightly(
            schedules, service, web=web, limits=limits_of(own), lease_s=60, stop=stop
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


def test_a_run_whose_sources_all_fail_has_failed(
    asked: ScheduleService, make_nightly: MakeNightly, schedules: ScheduleStore, site: Site,
    tmp_path: Path,
) -> None:  # fmt: skip
    sources = (site.url + "/gone.xml", str(tmp_path / "missing"))
    schedule = asked.add(Schedule(name="bad", cron="hourly", sources=sources), folder=tmp_path)
    run = run_slot(make_nightly(), schedules, schedule, hours=1)
    assert (run.state, run.error) == (RunState.FAILED, "no source could be read")
    assert schedules.runs("bad", limit=5, states=[RunState.FAILED]) == (run,)


def test_missed_slots_are_in_the_history(
    night: Schedule, make_nightly: MakeNightly, schedules: ScheduleStore, start_worker: StartWorker
) -> None:
    start_worker()
    run = run_slot(make_nightly(), schedules, night, hours=4)
    assert run.state is RunState.COMPLETED
    missed = schedules.runs("night", limit=10, states=[RunState.MISSED])
    assert len(missed) == 3
    assert all(other.slot < run.slot for other in missed)


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
    before = asked.next_slots("night")
    made = asked.run_now("night")
    assert made.state is RunState.DUE
    run_to_end(make_nightly(), schedules)
    (run,) = asked.history("night")
    assert (run.slot, run.state, run.succeeded) == (made.slot, RunState.COMPLETED, 3)
    assert asked.next_slots("night") == before


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
    left = [key.decode() for key in redis_client.scan_iter(match=f"{settings.key_prefix}:s:*")]
    assert all(":found:" in key for key in left)
    assert not redis_client.exists(f"{settings.key_prefix}:schedules")
    assert run.batch_id is not None
    assert service.get(run.batch_id).counts.succeeded == 3
