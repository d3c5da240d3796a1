"""Nightly runs: only new articles, what is written, a failure stays with its source."""

from __future__ import annotations

import csv
import hashlib
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
import redis

from tests.articles import make_text
from tests.conftest import StartWorker
from tests.service.news_site import Site
from tests.service.nightly.stepping import (
    HOUR_S,
    LONGEST_BYTES,
    MakeNightly,
    run_slot,
    run_to_end,
    web_settings,
)
from workers.cli.wiring import make_fetcher
from workers.extraction import extract_article
from workers.fetching import Fetcher
from workers.nightly import Web
from workers.outputs import RunInfo
from workers.schedule_service import ScheduleService
from workers.schedule_store import ScheduleStore
from workers.schedules import RunState, Schedule
from workers.service import Service
from workers.settings import Settings


def test_a_run_summarises_what_is_new_and_writes_its_outputs(
    night: Schedule, make_nightly: MakeNightly, schedules: ScheduleStore, service: Service,
    start_worker: StartWorker, tmp_path: Path, inbox: Path,
) -> None:  # fmt: skip
    start_worker()
    nightly = make_nightly()
    first = run_slot(nightly, schedules, night, hours=1)
    assert (first.state, first.found, first.succeeded) == (RunState.COMPLETED, 3, 3)
    assert [Path(path).name for path in first.outputs] == ["results.jsonl", "digest.md"]
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
    written = {Path(path).parent for run in (first, second) for path in run.outputs}
    assert set((tmp_path / "out").iterdir()) == written
    assert len(written) == 2


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
