"""The one-machine stack: Redis server, worker and scheduler under one command.

The composition root of a machine; must not know what is submitted. Everything it keeps lies in
`Settings.data_dir`, and everything it starts ends with it, or at the next start if it was killed.
"""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event
from time import monotonic
from typing import IO

import orjson

from workers.errors import (
    ServerStartError,
    SettingsError,
    StackRunningError,
    StoreRefusedError,
    StoreUnavailableError,
)
from workers.interrupts import tidied_up
from workers.redis_server import (
    find_server,
    mend_append_only_file,
    server_command,
    socket_path,
)
from workers.settings import Settings
from workers.store import open_store
from workers.supervision import ChildSpec, Supervisor, end_left_overs

_START_S = 30.0
"""So long the server may say nothing."""

_SERVER_STOP_S = 10.0

_LOCK = "stack.lock"
"""Held by whoever runs the stack of a data folder; gone with the process, however that ends."""

_RECORD = "stack.json"

_LOOK_S = 0.2
"""Whoever looks for a stack that is up holds the lock for less than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningStack:
    """A stack that is up: who runs it, where its Redis is, and whether it stays when it is idle."""

    pid: int
    redis_url: str
    stays_up: bool


def find_running_stack(data_dir: Path) -> RunningStack | None:
    """Return the stack that is up in a data folder, or None."""
    try:
        stack = RunningStack(**orjson.loads((data_dir / _RECORD).read_bytes()))
        with (data_dir / _LOCK).open() as lock:
            # Not by when the process began: that is another time once the clock was set.
            return None if _try_lock(lock, fcntl.LOCK_SH) else stack
    except (FileNotFoundError, NotADirectoryError, orjson.JSONDecodeError, TypeError):
        return None


@contextmanager
def local_stack(
    settings: Settings, *, report: Callable[[str], None], stays_up: bool = False
) -> Iterator[str]:
    """Start server, worker and scheduler; stop them all on leaving, whatever the reason.

    A signal ends it; each further one ends the child that is being waited for at once.

    Args:
        settings: where to keep things and how many workers; with a `redis_url`, that server is used
            and none is started.
        report: takes a line for the user when something has to be said.
        stays_up: whether others may rely on it.

    Yields:
        The Redis URL that clients are to use.

    Raises:
        SettingsError: the data folder cannot be made.
        StackRunningError: another process runs a stack in this data folder.
        ServerStartError: the server did not come up.
    """
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError("data_dir", f"{settings.data_dir}: {error.strerror}") from error
    with _locked(settings.data_dir):
        mark = str(settings.data_dir)
        if left_overs := end_left_overs(mark, stop_s=_SERVER_STOP_S):
            report(f"ended {left_overs} processes that a killed command had left behind")
        redis_url = settings.redis_url or f"unix://{socket_path(settings.data_dir)}"
        child_settings = settings.model_copy(update={"redis_url": redis_url})
        environ = {**os.environ, **child_settings.to_environment()}
        supervisor = Supervisor(mark=mark, environ=environ, report=report)
        record = settings.data_dir / _RECORD

        def stop() -> None:
            try:
                record.unlink(missing_ok=True)
            finally:
                supervisor.stop()

        with tidied_up(tidy_up=stop, hurry=supervisor.hurry) as held_back:
            if settings.redis_url is None:
                with held_back():
                    supervisor.add(_server(settings))
                _wait_until_ready(child_settings, supervisor)
            with held_back():
                supervisor.add(_command(settings, "scheduler", stop_s=5.0))
                supervisor.add(_command(settings, "worker", stop_s=settings.stop_grace_s))
            supervisor.watch()
            stack = RunningStack(pid=os.getpid(), redis_url=redis_url, stays_up=stays_up)
            record.write_bytes(orjson.dumps(stack))
            yield redis_url


@contextmanager
def _locked(data_dir: Path) -> Iterator[None]:
    """Hold the data folder's lock; it goes with the process, however that ends."""
    with (data_dir / _LOCK).open("a") as lock:
        pause, deadline = Event(), monotonic() + _LOOK_S
        while not _try_lock(lock, fcntl.LOCK_EX):
            if monotonic() >= deadline:
                running = find_running_stack(data_dir)
                raise StackRunningError(str(data_dir), running.pid if running else 0)
            pause.wait(0.02)
        # That of a stack that was killed would be taken for this one's.
        (data_dir / _RECORD).unlink(missing_ok=True)
        yield


def _try_lock(lock: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _server(settings: Settings) -> ChildSpec:
    folder = settings.data_dir / "redis"
    folder.mkdir(exist_ok=True)
    socket = socket_path(settings.data_dir)
    socket.unlink(missing_ok=True)
    return ChildSpec(
        name="Redis server",
        command=server_command(find_server(), data_dir=folder, socket=socket),
        log=_log(settings, "redis"),
        stop_s=_SERVER_STOP_S,
        prepare=partial(mend_append_only_file, folder),
    )


def _command(settings: Settings, name: str, *, stop_s: float) -> ChildSpec:
    """Return how to start one of our own commands with the same interpreter and code."""
    return ChildSpec(
        name=name,
        command=[sys.executable, "-m", "summarizer", name],
        log=_log(settings, name),
        stop_s=stop_s,
    )


def _log(settings: Settings, name: str) -> Path:
    """Return the log of a child; that of the start before is kept beside it."""
    log = settings.data_dir / "logs" / f"{name}.log"
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
    return log


def _wait_until_ready(settings: Settings, supervisor: Supervisor) -> None:
    """Wait until the server answers; as long as it says so, it reads its append-only file first."""
    assert settings.redis_url is not None
    store = open_store(settings, redis_url=settings.redis_url, attempts=0)
    pause = Event()
    deadline = monotonic() + _START_S
    log = settings.data_dir / "logs" / "redis.log"
    try:
        while supervisor.is_alive("Redis server") and monotonic() < deadline:
            try:
                # Not by its clock, which it tells while it reads as well.
                store.queue_length()
                return
            except StoreRefusedError:
                deadline = monotonic() + _START_S
            except StoreUnavailableError:
                pass
            pause.wait(0.02)
    finally:
        store.close()
    last = log.read_text(errors="replace").splitlines()[-3:]
    raise ServerStartError("the Redis server", f"{' / '.join(last)} (see {log})")
