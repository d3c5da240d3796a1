"""The supervisor of the one-machine stack: restarts with growing pauses, and says so."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from tests.processes import server_under_test
from tests.waiting import wait_until
from workers.embedded import local_stack
from workers.settings import read_settings
from workers.supervision import ChildSpec, Supervisor, end_left_overs


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(said: list[str], tmp_path: Path) -> Iterator[Supervisor]:
    supervisor = Supervisor(mark=str(tmp_path), environ=os.environ, report=said.append)
    yield supervisor
    supervisor.stop()


def program(folder: Path, script: str) -> ChildSpec:
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)
    return ChildSpec(name="program", command=[str(path)], log=folder / "log", stop_s=5)


def test_a_child_that_keeps_dying_is_started_again_after_growing_pauses(
    supervisor: Supervisor, said: list[str], tmp_path: Path
) -> None:
    supervisor.add(program(tmp_path, "echo started; exit 3"))
    supervisor.watch()
    wait_until(lambda: len(said) == 3)
    assert [line.partition(", its log")[0] for line in said] == [
        f"the program ended (exit code 3); starting it again in {pause} s"
        for pause in ("0.5", "1", "2")
    ]
    assert (tmp_path / "log").read_text() == "started\n" * 3


def test_a_child_that_cannot_be_started_is_tried_again(
    supervisor: Supervisor, said: list[str], tmp_path: Path
) -> None:
    supervisor.add(program(tmp_path, "exit 0"))
    (tmp_path / "program").unlink()
    supervisor.watch()
    wait_until(lambda: len(said) == 2)
    assert "could not be started ([Errno 2] No such file" in said[1]
    program(tmp_path, "exec sleep 60")
    wait_until(lambda: supervisor.is_alive("program"))


def test_the_stack_ends_also_where_its_record_cannot_be_removed(
    said: list[str], tmp_path: Path
) -> None:
    settings = read_settings({}, data_dir=tmp_path / "data", concurrency=1)

    def put_a_folder_in_its_place() -> None:
        record = settings.data_dir / "stack.json"
        record.unlink()
        record.mkdir()

    with pytest.raises(OSError, match=r"stack\.json"), local_stack(settings, report=said.append):
        put_a_folder_in_its_place()
    assert end_left_overs(str(settings.data_dir), stop_s=5) == 0


def test_a_server_that_has_much_to_read_is_waited_for(
    said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "bin" / "redis-server"
    slow.parent.mkdir()
    # Four seconds, and an answer five times in each of them.
    slow.write_text(f'#!/bin/sh\nexec {server_under_test()} "$@" --key-load-delay 200\n')
    slow.chmod(0o700)
    monkeypatch.setenv("PATH", f"{slow.parent}:{os.environ['PATH']}")
    monkeypatch.setattr("workers.embedded._START_S", 2.0)
    settings = read_settings({}, data_dir=tmp_path / "data", concurrency=1)
    kept = settings.data_dir / "redis" / "appendonly.aof"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1\r\nv\r\n" * 20_000)
    once = Retry(NoBackoff(), 0)
    with (
        local_stack(settings, report=said.append) as url,
        redis.Redis.from_url(url, retry=once) as client,
    ):
        assert client.info("persistence")["loading"] == 0
        assert client.get("k") == b"v"
    assert said == []
