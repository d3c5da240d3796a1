"""Real processes for tests: a Redis-protocol server that can be killed, and workers."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import psutil
import redis

from tests.waiting import wait_until
from workers.redis_server import find_server, server_command, wheel_server
from workers.settings import Settings


class RedisServer:
    """A server with an append-only file, on a Unix socket."""

    def __init__(self, folder: Path, socket: Path, command: Sequence[str]) -> None:
        self._folder = folder
        self._command = command
        self.url = f"unix://{socket}"
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        with (self._folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(self._command, stdout=log, stderr=log)
        wait_until(self._answers)

    def kill(self) -> None:
        """End it as a crash would."""
        self.process.kill()
        self.process.wait()

    def _answers(self) -> bool:
        client = redis.Redis.from_url(self.url)
        try:
            return bool(client.ping())
        except redis.exceptions.ConnectionError:
            return False
        finally:
            client.close()


@contextmanager
def start_redis(
    folder: Path,
    *,
    server: Path | None = None,
    before: Sequence[str] = (),
    options: Mapping[str, str] | None = None,
) -> Iterator[RedisServer]:
    """Run a server whose files lie in the folder and whose socket has a short path.

    Args:
        folder: for its files and its log.
        server: the binary; the one under test, if not given.
        before: put before the command, to run it elsewhere.
        options: the server's options that differ from the service's.
    """
    sockets = Path(tempfile.mkdtemp(prefix="st-"))
    socket = sockets / "r.sock"
    command = server_command(server or server_under_test(), data_dir=folder, socket=socket)
    more = [part for name, value in (options or {}).items() for part in (f"--{name}", value)]
    started = RedisServer(folder, socket, [*before, *command, *more])
    try:
        yield started
    finally:
        started.kill()
        shutil.rmtree(sockets)


def server_under_test() -> Path:
    """Return the server that tests run on: that of TEST_REDIS_SERVER, else the one in the wheel."""
    if named := os.environ.get("TEST_REDIS_SERVER"):
        return Path(shutil.which(named) or named)
    return wheel_server() or find_server()


def start_program(name: str, settings: Settings, folder: Path) -> WorkerProcess:
    """Start `summarizer worker` or `scheduler` with these settings; its log goes to the folder."""
    log = folder / f"{name}-{secrets.token_hex(3)}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "summarizer", name],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={**os.environ, **settings.to_environment()},
            start_new_session=True,
        )
    return WorkerProcess(process, log)


@dataclass
class WorkerProcess:
    """A running `summarizer worker` or `scheduler`."""

    process: subprocess.Popen[bytes]
    log: Path

    def __enter__(self) -> WorkerProcess:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        # Killed, since a test that is about how a worker stops has stopped it itself: a stop takes
        # seconds of waiting in Celery, and here nobody looks at it.
        family = self.family()
        if self.process.poll() is None:
            self.kill()
        wait_until(lambda: all(map(has_ended, family)), timeout_s=10)
        if kind is not None:
            print(f"--- {self.log.name}\n{self.log.read_text(errors='replace')[-4000:]}")

    def family(self) -> list[psutil.Process]:
        """Return the process and its children."""
        try:
            process = psutil.Process(self.process.pid)
            return [process, *process.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def children(self) -> list[psutil.Process]:
        """Return the processes that summarise."""
        return self.family()[1:]

    def kill(self) -> None:
        """End it and its children as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def has_ended(process: psutil.Process) -> bool:
    """Whether a process runs no more; whoever adopted it need not have asked how it ended."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
