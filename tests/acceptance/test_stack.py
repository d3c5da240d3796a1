"""The one-machine stack: one command starts everything, and nothing stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import orjson
import psutil
import pytest

from tests.articles import make_text
from tests.commands import processes_of, run_command, started
from tests.waiting import wait_until
from workers.embedded import find_running_stack

_STOP_S = 60.0
"""Longer than what worker, scheduler and server may take together before each is killed."""


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of a few articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(6):
        (folder / f"story-{number}.txt").write_text(make_text(number))
    return folder


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Enough articles to be caught in the middle."""
    path = tmp_path / "many.jsonl"
    with path.open("wb") as file:
        for number in range(8_000):
            line = {"custom_id": str(number), "text": make_text(number % 50, sentences=40)}
            file.write(orjson.dumps(line) + b"\n")
    return path


def test_run_summarises_and_leaves_no_process(articles: Path, data_dir: Path) -> None:
    done = run_command("run", str(articles), data_dir=data_dir)
    assert done.returncode == 0, done.stderr
    assert b"story-0.txt" in done.stdout
    assert b"6 of 6 summarised" in done.stderr
    assert b"every night: summarizer schedule add" in done.stderr
    assert processes_of(data_dir) == []
    (results,) = (data_dir / "results").glob("*.jsonl")
    assert str(results).encode() in done.stderr
    assert [orjson.loads(line)["index"] for line in results.read_bytes().splitlines()] == list(
        range(6)
    )


def test_run_writes_jsonl_for_a_pipe(articles: Path, data_dir: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out.jsonl"
    done = run_command("run", str(articles), "--json", "--out", str(out), data_dir=data_dir)
    lines = done.stdout.splitlines()
    assert [orjson.loads(line)["result"]["type"] for line in lines] == ["succeeded"] * 6
    assert out.read_bytes().splitlines() == lines


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_stops_everything_and_says_how_to_go_on(
    many: Path, data_dir: Path, number: signal.Signals, code: int
) -> None:
    with started("run", str(many), data_dir=data_dir) as process:
        wait_until(lambda: find_running_stack(data_dir))
        wait_until(lambda: _has_batch(data_dir))
        process.send_signal(number)
        assert process.wait(_STOP_S) == code
        assert processes_of(data_dir) == []
    assert b"goes on with the next `up`" in _stderr(data_dir)


def test_a_run_whose_stack_is_stopped_says_how_to_go_on(many: Path, data_dir: Path) -> None:
    with started("up", data_dir=data_dir) as up:
        wait_until(lambda: find_running_stack(data_dir))
        with started("run", str(many), data_dir=data_dir) as process:
            wait_until(lambda: _has_batch(data_dir))
            up.terminate()
            assert up.wait(_STOP_S) == 143
            assert process.wait(_STOP_S) == 5
        assert b"goes on with the next `up`" in _stderr(data_dir)


def test_a_second_signal_ends_a_stop_sooner_and_leaves_nothing_behind(data_dir: Path) -> None:
    with started("up", data_dir=data_dir) as process:
        wait_until(lambda: find_running_stack(data_dir))
        worker = wait_until(lambda: _child(process.pid, "worker"))
        # It cannot end by itself, and would be waited for as long as it may take.
        worker.suspend()
        process.send_signal(signal.SIGTERM)
        wait_until(lambda: b"stopping" in _stderr(data_dir))
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 143
        assert processes_of(data_dir) == []


def test_a_terminal_that_closes_ends_the_stack_unless_nohup_holds_it(data_dir: Path) -> None:
    # The tests themselves may run under nohup.
    with taken(signal.SIGHUP, signal.SIG_DFL), started("up", data_dir=data_dir) as process:
        wait_until(lambda: find_running_stack(data_dir))
        process.send_signal(signal.SIGHUP)
        assert process.wait(_STOP_S) == 129
        assert processes_of(data_dir) == []
    with taken(signal.SIGHUP, signal.SIG_IGN), started("up", data_dir=data_dir) as process:
        wait_until(lambda: find_running_stack(data_dir))
        process.send_signal(signal.SIGHUP)
        process.send_signal(signal.SIGTERM)
        assert process.wait(_STOP_S) == 143


def test_the_start_after_a_kill_cleans_up_and_the_batch_goes_on(
    many: Path, articles: Path, data_dir: Path
) -> None:
    with started("run", str(many), data_dir=data_dir) as process:
        wait_until(lambda: _has_batch(data_dir))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        left_over = processes_of(data_dir)
        assert left_over
        done = run_command("run", str(articles), data_dir=data_dir)
    assert done.returncode == 0, done.stderr
    assert b"had left behind" in done.stderr
    assert processes_of(data_dir) == []
    assert not any(process.is_running() for process in left_over)


def test_the_start_after_a_kill_cleans_up_by_whichever_path_the_folder_is_named(
    data_dir: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    with started("up", data_dir=data_dir) as first:
        wait_until(lambda: find_running_stack(data_dir))
        first.kill()
        first.wait()
        left_over = processes_of(data_dir)
        with started("up", data_dir=link / "data") as second:
            wait_until(lambda: find_running_stack(data_dir))
            # Two servers on one append-only file would spoil it.
            assert not any(process.is_running() for process in left_over)
            second.terminate()
            assert second.wait(_STOP_S) == 143
        assert processes_of(data_dir) == []


def test_a_child_that_dies_is_started_again_and_it_is_said(articles: Path, data_dir: Path) -> None:
    with started("up", data_dir=data_dir) as process:
        stack = wait_until(lambda: find_running_stack(data_dir))
        worker = wait_until(lambda: _child(process.pid, "worker"))
        os.killpg(worker.pid, signal.SIGKILL)
        wait_until(lambda: b"the worker ended (signal 9)" in _stderr(data_dir))
        submit = ["batch", "submit", str(articles), "--wait", "--quiet", "--json"]
        done = run_command(*submit, data_dir=data_dir)
        assert done.returncode == 0, done.stderr
        assert len(done.stdout.splitlines()) == 6
        assert stack.pid == process.pid


def test_a_child_is_started_again_also_where_nobody_can_be_told(data_dir: Path) -> None:
    with started("up", data_dir=data_dir, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith(b"up: ")
        process.stderr.close()
        for _ in range(2):
            worker = wait_until(lambda: _child(process.pid, "worker"))
            os.killpg(worker.pid, signal.SIGKILL)
            wait_until(partial(_is_replaced, process.pid, worker))
        process.terminate()
        assert process.wait(_STOP_S) == 143
        assert processes_of(data_dir) == []


def test_redis_that_dies_comes_back_with_its_batches(articles: Path, data_dir: Path) -> None:
    with started("up", data_dir=data_dir) as process:
        wait_until(lambda: find_running_stack(data_dir))
        submit = ["batch", "submit", str(articles), "--wait", "--quiet"]
        assert run_command(*submit, data_dir=data_dir).returncode == 0
        server = wait_until(lambda: _child(process.pid, "appendonly"))
        server.kill()
        wait_until(lambda: b"the Redis server ended (signal 9)" in _stderr(data_dir))
        listed = wait_until(
            lambda: (
                (done := run_command("batch", "list", "--json", data_dir=data_dir)).returncode == 0
                and done.stdout
            )
        )
        assert [batch["status"] for batch in orjson.loads(listed)] == ["completed"]
        assert run_command(*submit, data_dir=data_dir).returncode == 0


def test_a_stack_is_found_after_the_clock_was_set(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process tells its start as so many seconds after the boot, which then is another time."""
    proc = tmp_path / "proc"
    proc.mkdir()
    with started("up", data_dir=data_dir) as process:
        wait_until(lambda: find_running_stack(data_dir))
        (proc / str(process.pid)).symlink_to(f"/proc/{process.pid}")
        later = int(psutil.boot_time()) + 60
        (proc / "stat").write_text(f"btime {later}\n")
        monkeypatch.setattr(psutil, "PROCFS_PATH", str(proc))
        stack = find_running_stack(data_dir)
        assert stack is not None
        assert stack.pid == process.pid
        monkeypatch.undo()
        process.kill()
        process.wait()
        assert find_running_stack(data_dir) is None


def test_a_second_stack_in_one_folder_is_refused_and_run_uses_the_first(
    articles: Path, data_dir: Path
) -> None:
    with started("up", data_dir=data_dir) as process:
        wait_until(lambda: find_running_stack(data_dir))
        second = run_command("up", data_dir=data_dir)
        assert second.returncode == 1
        assert f"already running in {data_dir} (process {process.pid})".encode() in second.stderr
        done = run_command("run", str(articles), data_dir=data_dir)
        assert done.returncode == 0
        assert b"using the stack that is up" in done.stderr
        assert find_running_stack(data_dir) is not None


def test_a_run_waits_for_the_end_of_another_whose_stack_would_leave_it(
    articles: Path, data_dir: Path, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    with started("run", str(pipe), data_dir=data_dir) as first:
        wait_until(lambda: find_running_stack(data_dir))
        with started("run", str(articles), data_dir=data_dir, stderr=subprocess.PIPE) as second:
            assert second.stderr is not None
            said = second.stderr.readline().decode()
            assert f"(process {first.pid}): waiting for its end" in said
            pipe.write_text(make_text(1))
            assert first.wait(_STOP_S) == 0
            _, rest = second.communicate(timeout=30)
            assert second.returncode == 0
            assert b"6 of 6 summarised" in rest


@contextmanager
def taken(number: signal.Signals, handler: signal.Handlers) -> Iterator[None]:
    """Have what is started in the block take a signal so."""
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)


def _stderr(data_dir: Path) -> bytes:
    return (data_dir.parent / "stderr").read_bytes()


def _has_batch(data_dir: Path) -> bool:
    """Whether the batch that `run` submits is visible."""
    if find_running_stack(data_dir) is None:
        return False
    done = run_command("batch", "list", "--json", data_dir=data_dir)
    return done.returncode == 0 and len(orjson.loads(done.stdout)) > 0


def _is_replaced(pid: int, worker: psutil.Process) -> bool:
    return _child(pid, "worker") not in (None, worker)


def _child(pid: int, word: str) -> psutil.Process | None:
    """Return the child of a stack whose command line holds a word."""
    for child in psutil.Process(pid).children():
        with suppress(psutil.NoSuchProcess):  # it has just been killed
            if any(word in part for part in child.cmdline()):
                return child
    return None
