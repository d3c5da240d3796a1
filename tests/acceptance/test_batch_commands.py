"""What the batch commands say of a batch, on a server without a worker: nothing moves by itself."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
import redis

from tests.commands import run_command
from workers.batches import MAX_EXPIRES_AFTER_S
from workers.keys import Keys
from workers.settings import Settings

EXAMPLES = str(Path(__file__).parents[2] / "examples")

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def run(settings: Settings, data_dir: Path) -> Run:
    """Run a command on the test's own server."""
    environ = settings.to_environment()

    def run(*words: str) -> subprocess.CompletedProcess[bytes]:
        return run_command(*words, data_dir=data_dir, environ=environ)

    return run


def submit(run: Run, *words: str) -> str:
    done = run("batch", "submit", EXAMPLES, *words)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode().strip()


def test_what_was_cancelled_is_not_called_done(run: Run) -> None:
    batch_id = submit(run)
    line = run("batch", "cancel", batch_id).stdout.decode()
    assert " cancelled " in line
    assert " 0/12 done, 0 errored, 12 cancelled  " in line
    assert run("batch", "status", batch_id).stdout.decode() == line


def test_status_shows_metadata_and_lists_cut_long_names(run: Run) -> None:
    name = "night\tdesk " + "x" * 2000
    batch_id = submit(run, "--name", name, "--metadata", "desk=world", "--metadata", "n=2")
    line, *pairs = run("batch", "status", batch_id).stdout.decode().splitlines()
    assert pairs == ["  desk=world", "  n=2"]
    assert line.endswith(f"Z  night desk {'x' * 48}…")
    assert run("batch", "list").stdout.decode() == f"{line}\n"
    shown = orjson.loads(run("batch", "list", "--json").stdout)
    assert shown[0]["display_name"] == name


def test_nothing_in_a_name_or_an_article_steers_the_terminal(
    run: Run, data_dir: Path, tmp_path: Path
) -> None:
    submit(run, "--name", "\x1b[31mred\x9b0m\x07")
    assert run("batch", "list").stdout.decode().endswith("Z  \\x1b[31mred\\x9b0m\\x07\n")
    story = tmp_path / "story.txt"
    story.write_text("The harbour \x1b]0;owned\x07of Velm reopened on Monday after the storm.")
    done = run_command("summarize", str(story), "--explain", data_dir=data_dir)
    assert b"\\x1b]0;owned\\x07" in done.stdout
    assert not {0x1B, 0x07} & set(done.stdout)
    missing = run_command("summarize", str(tmp_path), str(tmp_path / "\x1b[2J"), data_dir=data_dir)
    assert 0x1B not in missing.stderr


def test_delete_answers_in_json(run: Run) -> None:
    batch_id = submit(run)
    refused = run("batch", "delete", batch_id, "--json")
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert b"is queued: it cannot be deleted before its end" in refused.stderr
    run("batch", "cancel", batch_id)
    done = run("batch", "delete", batch_id, "--json")
    assert orjson.loads(done.stdout) == {"id": batch_id, "object": "batch", "deleted": True}
    assert run("batch", "status", batch_id).returncode == 1


def test_an_empty_idempotency_key_is_no_key(run: Run) -> None:
    done = run("batch", "submit", EXAMPLES, "--idempotency-key", "")
    assert done.returncode == 2
    assert b"--idempotency-key" in done.stderr
    assert run("batch", "list").stdout == b""


def test_a_key_that_comes_with_other_options_is_refused_and_that_is_said(run: Run) -> None:
    submit(run, "--idempotency-key", "night")
    words = ["--idempotency-key", "night", "--sentences", "1"]
    done = run("batch", "submit", EXAMPLES, *words)
    assert done.returncode == 1
    assert b"has other articles or other options" in done.stderr


@pytest.mark.parametrize(
    "seconds", [str(MAX_EXPIRES_AFTER_S + 1), "300000000000", "99999999999999999999", "0"]
)
def test_a_batch_expires_within_a_year_or_is_not_taken(run: Run, seconds: str) -> None:
    done = run("batch", "submit", EXAMPLES, "--expires-after", seconds)
    assert (done.returncode, done.stdout) == (2, b"")
    said = done.stderr.decode()
    assert "'--expires-after'" in said
    assert f"'{seconds}'" in said
    assert str(1 if seconds == "0" else MAX_EXPIRES_AFTER_S) in said
    assert run("batch", "list").stdout == b""
    submit(run, "--expires-after", str(MAX_EXPIRES_AFTER_S))


def test_batches_that_expire_too_late_are_shown_nevertheless(
    run: Run, settings: Settings, redis_client: redis.Redis
) -> None:
    for stored in ("1.0000000000179582e+23", "300001764300000000"):
        batch_id = submit(run)
        meta = Keys(settings.key_prefix).batch(batch_id).meta
        redis_client.hset(meta, "expires_at", stored)
        shown = orjson.loads(run("batch", "status", batch_id, "--json").stdout)
        assert shown["expires_at"] == "9999-12-31T23:59:59.000Z"
        assert orjson.loads(run("batch", "list", "--limit", "1", "--json").stdout) == [shown]


def test_one_batch_that_cannot_be_read_does_not_hide_the_others(
    run: Run, settings: Settings, redis_client: redis.Redis
) -> None:
    older, bad, newer = submit(run), submit(run), submit(run)
    redis_client.hset(Keys(settings.key_prefix).batch(bad).meta, "state", "resting")
    for words in ([], ["--limit", "2"], ["--status", "queued"]):
        done = run("batch", "list", *words)
        assert done.returncode == 0
        assert [line.split()[0] for line in done.stdout.decode().splitlines()] == [newer, older]
        assert f"batch {bad} cannot be read: " in done.stderr.decode()
    done = run("batch", "status", bad)
    assert done.returncode == 1
    assert done.stderr.decode().startswith(f"error: batch {bad} cannot be read: ")


@pytest.mark.parametrize("content", [b"", b" \n\n", b"\xef\xbb\xbf"], ids=repr)
def test_nothing_on_standard_input_is_no_batch(
    run: Run, settings: Settings, data_dir: Path, content: bytes
) -> None:
    words = ["batch", "submit", "-", "--wait"]
    done = run_command(*words, data_dir=data_dir, environ=settings.to_environment(), stdin=content)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().splitlines() == [
        "stdin: holds no article", "error: the batch holds no article",
    ]  # fmt: skip
    assert run("batch", "list").stdout == b""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--name", "x" * 4097], "error: --name: it has 4097 characters, the limit is 4096"),
        (["--idempotency-key", "x" * 1025],
         "error: --idempotency-key: it has 1025 characters, the limit is 1024"),
        (["--metadata", f"desk={'x' * 4097}"],
         "error: --metadata: the value of 'desk' has 4097 characters, the limit is 4096"),
        (["--metadata", f"{'x' * 257}=1"], "has 257 characters, the limit is 256"),
        ([part for n in range(65) for part in ("--metadata", f"{n}=1")],
         "error: --metadata: 65 pairs are given, the limit is 64"),
        (["--metadata", "foo=1", "--metadata", "foo=2"],
         "--metadata: 'foo=2': the key 'foo' has the value '1' already"),
    ],
    ids=lambda value: value[0] + value[1][:4] if isinstance(value, list) else "",
)  # fmt: skip
def test_what_is_written_on_a_batch_has_limits(run: Run, words: list[str], said: str) -> None:
    done = run("batch", "submit", EXAMPLES, *words)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode()
    assert run("batch", "list").stdout == b""


def test_a_batch_keeps_the_name_it_was_given_first(run: Run) -> None:
    key = ["--idempotency-key", "night"]
    batch_id = submit(run, *key, "--name", "first")
    assert submit(run, *key, "--name", "second") == batch_id
    assert run("batch", "list").stdout.decode().endswith("  first\n")


def test_a_timeout_is_said_with_how_to_go_on(run: Run) -> None:
    done = run("batch", "submit", EXAMPLES, "--wait", "--timeout", "0")
    assert done.returncode == 6
    first, second = done.stderr.decode().splitlines()
    batch_id = first.removeprefix("batch ")
    assert second == f"the time is out, and the batch goes on: summarizer batch watch {batch_id}"
    watched = run("batch", "watch", batch_id, "--timeout", "0")
    assert watched.returncode == 6
    assert watched.stderr.decode() == f"{second}\n"
