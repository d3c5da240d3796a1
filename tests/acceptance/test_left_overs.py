"""A test run that is killed leaves processes behind; the next one ends them."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil

from tests.left_overs import MARK, end_left_overs
from tests.processes import start_redis
from tests.waiting import wait_until

ROOT = Path(__file__).parents[2]

# What a run looks like from outside: a controller that starts a server and never stops it.
CONTROLLER = """
import sys, threading
from pathlib import Path
from tests.left_overs import mark_run
from tests.processes import start_program, start_redis
from workers.settings import read_settings
mark_run()
folder = Path(sys.argv[1])
with start_redis(folder) as server:
    worker = start_program("worker", read_settings({}, redis_url=server.url), folder)
    print(server.process.pid, worker.process.pid, flush=True)
    threading.Event().wait()
"""


def _has_forked(worker: int) -> bool:
    """Whether a worker has started its processes; for a moment it runs other programs, too."""
    process = psutil.Process(worker)
    with suppress(psutil.NoSuchProcess):
        return any(child.cmdline() == process.cmdline() for child in process.children())
    return False


def test_what_a_killed_run_left_behind_is_ended_by_the_next(tmp_path: Path) -> None:
    environ = {name: value for name, value in os.environ.items() if name != MARK}
    controller = subprocess.Popen(
        [sys.executable, "-c", CONTROLLER, str(tmp_path)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=environ,
    )
    assert controller.stdout is not None
    server, worker = map(int, controller.stdout.readline().split())
    wait_until(lambda: _has_forked(worker))
    assert end_left_overs() == []
    family = psutil.Process(worker).children(recursive=True)
    controller.kill()
    controller.wait()
    controller.stdout.close()
    assert {server, worker} <= set(end_left_overs())
    assert not any(psutil.pid_exists(pid) for pid in (server, worker))
    assert not any(process.is_running() for process in family)
    assert end_left_overs() == []


def test_a_run_that_is_going_on_is_left_alone(tmp_path: Path) -> None:
    with start_redis(tmp_path) as server:
        assert server.process.pid not in end_left_overs()
        assert server.process.poll() is None
