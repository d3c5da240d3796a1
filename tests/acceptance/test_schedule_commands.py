"""`summarizer schedule …`: what it shows of runs, what it takes, how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest
import redis

from tests.articles import make_text
from tests.commands import run_command, started
from tests.waiting import wait_until
from workers.embedded import find_running_stack
from workers.settings import Settings

pytestmark = pytest.mark.xdist_group("schedule-commands")


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder in which a stack is up."""
    data_dir = tmp_path_factory.mktemp("stack") / "data"
    with started("up", "--workers", "1", data_dir=data_dir):
        wait_until(lambda: find_running_stack(data_dir))
        yield data_dir


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder with one story."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "story.txt").write_text(make_text(1), encoding="utf-8")
    return folder


def test_sources_that_fail_are_shown_with_their_reason(stack: Path, inbox: Path) -> None:
    missing = str(inbox.parent / "feeds.txt")
    sources = ["--source", str(inbox), "--source", missing]
    run_command("schedule", "add", "half", *sources, data_dir=stack)
    done = run_command("schedule", "run", "half", "--wait", data_dir=stack)
    assert done.returncode == 3
    first, second = done.stdout.decode().splitlines()
    assert "completed    1 new, 0 had, 1 summarised, 0 errored" in first
    assert second.startswith(f"    1 of 2 sources failed: {missing}: ")
    history = run_command("schedule", "history", "half", data_dir=stack)
    assert (history.returncode, history.stdout) == (0, done.stdout)


def test_a_run_whose_sources_all_fail_names_a_few_of_them(stack: Path, tmp_path: Path) -> None:
    missing = [str(tmp_path / f"inbox-{n}") for n in range(5)]
    sources = [part for path in missing for part in ("--source", path)]
    run_command("schedule", "add", "none", *sources, data_dir=stack)
    done = run_command("schedule", "run", "none", "--wait", data_dir=stack)
    assert done.returncode == 1
    first, second = done.stdout.decode().splitlines()
    assert first.endswith("no source could be read")
    assert "    5 of 5 sources failed: " in second
    assert [path in second for path in missing] == [True, True, True, False, False]
    assert second.endswith("; and 2 more (see --json)")


def test_every_option_of_a_summary_can_be_set_and_changed(stack: Path, inbox: Path) -> None:
    def options(*words: str) -> dict[str, Any]:
        done = run_command("schedule", *words, "--json", data_dir=stack)
        assert done.returncode == 0, done.stderr
        shown: dict[str, Any] = orjson.loads(done.stdout)
        assert shown["sources"] == [str(inbox)]
        return shown["options"]

    assert options(
        "add", "desk", "--source", str(inbox), "--method", "lex-rank", "--chars", "400",
        "--headline-chars", "wire", "--language", "en", "--query", "ferry terminal",
        "--keywords", "5", "--avoid", "quotes",
    ) == {
        "method": "lex-rank", "chars": 400, "headline_chars": 64, "language": "en",
        "query": "ferry terminal", "keywords": 5, "avoid": ["quotes"],
    }  # fmt: skip
    assert options("edit", "desk", "--sentences", "1", "--query", "", "--method", "news") == {
        "sentences": 1, "headline_chars": 64, "language": "en", "keywords": 5, "avoid": ["quotes"],
    }  # fmt: skip
    changed = options("edit", "desk", "--ratio", "0.2", "--headline-chars", "web")
    assert changed == {"ratio": 0.2, "language": "en", "keywords": 5, "avoid": ["quotes"]}
    assert options("edit", "desk", "--cron", "hourly") == changed
    for words in (["--keywords", "500"], ["--avoid", "rumours"]):
        done = run_command("schedule", "edit", "desk", *words, data_dir=stack)
        assert (done.returncode, done.stdout) == (2, b"")
        assert words[1].encode() in done.stderr
    assert options("show", "desk") == changed
    del changed["avoid"]
    assert options("edit", "desk", "--avoid", "") == changed


def test_a_schedule_is_shown_with_all_its_parts(stack: Path, inbox: Path) -> None:
    words = ["--output", str(inbox.parent / "out"), "--format", "md", "--format", "csv"]
    words += ["--words", "60", "--avoid", "quotes", "--avoid", "questions"]
    words += ["--catch-up", "all", "--grace-s", "7200"]
    added = run_command(
        "schedule", "add", "whole", "--source", str(inbox), *words, data_dir=stack
    ).stdout.decode()
    for part in (
        f"output {inbox.parent / 'out'} (md, csv)",
        "options words 60, avoid quotes and questions",
        "catch-up all, within 7200 s",
    ):
        assert f"       {part}\n" in added
    edited = run_command("schedule", "edit", "whole", "--output", "", data_dir=stack)
    assert b"       output none\n" in edited.stdout
    assert run_command("schedule", "show", "whole", data_dir=stack).stdout == edited.stdout


def test_every_command_of_schedules_speaks_json(stack: Path, inbox: Path) -> None:
    def shown(*words: str) -> Any:
        done = run_command("schedule", *words, "--json", data_dir=stack)
        assert done.returncode == 0, done.stderr
        return orjson.loads(done.stdout)

    out = str(inbox.parent / "out")
    assert shown("add", "all", "--source", str(inbox), "--output", out)["name"] == "all"
    assert shown("pause", "all")["state"] == "paused"
    assert shown("resume", "all")["state"] == "active"
    run = shown("run", "all", "--wait")
    assert shown("history", "all") == [run]
    assert shown("outputs", "all") == {"schedule": "all", "outputs": run["outputs"]}
    slot = datetime.fromisoformat(run["slot"])
    for written in (slot, slot.replace(tzinfo=None), slot.astimezone(ZoneInfo("Asia/Tokyo"))):
        assert shown("outputs", "all", "--slot", written.isoformat())["outputs"] == run["outputs"]
    assert shown("remove", "all") == {"name": "all", "removed": True}
    assert "all" not in [schedule["name"] for schedule in shown("list")]


def test_a_time_limit_without_anything_to_wait_for_is_wrong_usage(stack: Path) -> None:
    for arguments, said in (
        (["--timeout", "5"], b"--wait"),
        (["--wait", "--timeout", "-1"], b"-1"),
        (["--wait", "--timeout", "nan"], b"nan"),
    ):
        done = run_command("schedule", "run", "night", *arguments, data_dir=stack)
        assert (done.returncode, done.stdout) == (2, b"")
        assert said in done.stderr


def test_waiting_ends_when_the_schedule_is_removed(
    settings: Settings, redis_client: redis.Redis, inbox: Path, data_dir: Path
) -> None:
    environ, runs = settings.to_environment(), f"{settings.key_prefix}:s:{{gone}}:runs"
    words = ["schedule", "add", "gone", "--source", str(inbox)]
    assert run_command(*words, data_dir=data_dir, environ=environ).returncode == 0
    # Without a scheduler it would wait for ever.
    words = ["schedule", "run", "gone", "--wait"]
    with started(*words, data_dir=data_dir, environ=environ) as waiting:
        wait_until(lambda: redis_client.exists(runs))
        run_command("schedule", "remove", "gone", data_dir=data_dir, environ=environ)
        assert waiting.wait(10) == 1
    said = (data_dir.parent / "stderr").read_bytes()
    assert said == b"error: no schedule 'gone'\n"


def test_outputs_that_have_no_folder_want_one(stack: Path, inbox: Path) -> None:
    run_command("schedule", "add", "nowhere", "--source", str(inbox), data_dir=stack)
    done = run_command("schedule", "outputs", "nowhere", data_dir=stack)
    assert done.returncode == 2
    assert done.stderr == b"error: --output: the schedule has none: name a folder\n"


@pytest.mark.parametrize(
    "slot", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59.999999"]
)
def test_a_slot_beyond_all_years_is_wrong_usage(stack: Path, slot: str) -> None:
    words = ["schedule", "outputs", "night", "--output", "again"]
    done = run_command(*words, "--slot", slot, data_dir=stack)
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"Invalid value for --slot: '{slot}': years 1 to 9999" in done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--source", "x", "--grace-s", "nan"], "--grace-s nan: above 0"),
        (["--source", "x", "--ratio", "nan"], "nan"),
        (["--source", "x", "--cron", "foo"], "--cron 'foo': five fields"),
        (["--source", "x", "--tz", "nowhere"], "--tz 'nowhere': an IANA zone"),
        (["--source", "x", "--format", "pdf"], "--format 'pdf': known: jsonl"),
        (["--source", "x", "--sentences", "0"], "--sentences 0: a whole number from 1"),
        (["--source", "gopher://x"], "'gopher://x'"),
        ([], "error: --source: name at least one"),
    ],
)
def test_a_schedule_that_means_nothing_is_wrong_usage(
    stack: Path, arguments: list[str], said: str
) -> None:
    done = run_command("schedule", "add", "wrong", *arguments, data_dir=stack)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode()
