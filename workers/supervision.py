"""Keeps child processes alive and ends them; must not know what they do.

A child that dies is started again after a growing pause. Every child carries a mark in its
environment, by which the children of a supervisor that was killed are found and ended.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import psutil

MARK = "NEWS_SUMMARIZER_STACK"
"""The environment variable that says whose child a process is."""

_POLL_S = 0.1
_FIRST_PAUSE_S = 0.5
_LAST_PAUSE_S = 30.0
_STEADY_S = 60.0
"""A child that ran so long is healthy again: its next death pauses from the start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildSpec:
    """How to start one child.

    Attributes:
        name: for messages and the log's file name.
        command: the program and its arguments.
        log: the file that takes its output.
        stop_s: how long it may take to stop when asked.
        prepare: what is to be done before every start, the first and those after a death.
    """

    name: str
    command: Sequence[str]
    log: Path
    stop_s: float
    prepare: Callable[[], object] = lambda: None


class _Child:
    """A running child, and when it may start again if it is not running."""

    def __init__(self, spec: ChildSpec, environ: Mapping[str, str]) -> None:
        self.spec = spec
        self._environ = environ
        self._pause_s = _FIRST_PAUSE_S
        self._start_at: float | None = None
        self._started_at = 0.0
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        self._started_at = monotonic()
        self.spec.prepare()
        with self.spec.log.open("ab") as log:
            # Its own session: Ctrl-C at the terminal is for the supervisor alone.
            process = subprocess.Popen(
                self.spec.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=dict(self._environ),
                start_new_session=True,
            )
        self._start_at = None
        return process

    def look(self, report: Callable[[str], None]) -> None:
        """Start the child again if it died and its pause is over."""
        status = self.process.poll()
        if status is None:
            return
        if self._start_at is None:
            if monotonic() - self._started_at > _STEADY_S:
                self._pause_s = _FIRST_PAUSE_S
            report(self._pause(f"ended ({_how(status)})"))
        elif monotonic() >= self._start_at:
            try:
                self.process = self._start()
            except OSError as error:
                report(self._pause(f"could not be started ({error})"))

    def _pause(self, what: str) -> str:
        """Put the next start off, longer each time; return what to say."""
        pause_s = self._pause_s
        self._start_at = monotonic() + pause_s
        self._pause_s = min(pause_s * 2, _LAST_PAUSE_S)
        return (
            f"the {self.spec.name} {what}; "
            f"starting it again in {pause_s:g} s, its log: {self.spec.log}"
        )

    def stop(self) -> None:
        """Ask the child to end, and end it with all its own children if it does not."""
        self.process.terminate()
        try:
            self.process.wait(self.spec.stop_s)
        except subprocess.TimeoutExpired:
            self.kill()
            self.process.wait()

    def kill(self) -> None:
        """End the child and all its own children at once; safe within a handler of signals."""
        for process in _family(self.process.pid):
            _kill(process)


class Supervisor:
    """Runs children until told to stop; restarts those that die and says so."""

    def __init__(
        self, *, mark: str, environ: Mapping[str, str], report: Callable[[str], None]
    ) -> None:
        self._environ = {**environ, MARK: mark}
        self._report = report
        self._children: list[_Child] = []
        self._stopping: _Child | None = None
        self._stop = Event()
        self._thread = Thread(target=self._watch, name="supervisor", daemon=True)

    def add(self, spec: ChildSpec) -> None:
        """Start a child; the last one added is the first to be stopped."""
        spec.log.parent.mkdir(parents=True, exist_ok=True)
        self._children.append(_Child(spec, self._environ))

    def watch(self) -> None:
        """Begin to restart children that die."""
        self._thread.start()

    def is_alive(self, name: str) -> bool:
        """Return whether the child of this name is running."""
        return any(
            child.spec.name == name and child.process.poll() is None for child in self._children
        )

    def stop(self) -> None:
        """End every child; returns when all are gone."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        while self._children:
            self._stopping = self._children.pop()
            self._stopping.stop()
        self._stopping = None

    def hurry(self) -> None:
        """End the child that `stop` waits for at once; safe within a handler of signals."""
        if self._stopping is not None:
            self._stopping.kill()

    def _watch(self) -> None:
        while not self._stop.wait(_POLL_S):
            for child in self._children:
                child.look(self._report)


def end_left_overs(mark: str, *, stop_s: float) -> int:
    """End the children that a killed supervisor left behind, and return how many there were.

    Args:
        mark: the mark that the supervisor gave them.
        stop_s: how long they may take to stop when asked; then they are killed.
    """
    found = [process for process in psutil.process_iter() if _carries(process, mark)]
    for process in found:
        _terminate(process)
    _, alive = psutil.wait_procs(found, timeout=stop_s)
    for process in alive:
        _kill(process)
    psutil.wait_procs(alive, timeout=stop_s)
    return len(found)


def _carries(process: psutil.Process, mark: str) -> bool:
    if process.pid == os.getpid():
        return False
    try:
        is_ours = process.uids().real == os.getuid()
        return is_ours and process.environ().get(MARK) == mark
    except (psutil.Error, OSError):
        return False  # it ended, or is not ours to look into


def _family(pid: int) -> list[psutil.Process]:
    try:
        parent = psutil.Process(pid)
        return [*parent.children(recursive=True), parent]
    except psutil.NoSuchProcess:
        return []


def _terminate(process: psutil.Process) -> None:
    try:
        process.terminate()
    except psutil.NoSuchProcess:
        pass


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.NoSuchProcess:
        pass


def _how(status: int) -> str:
    return f"exit code {status}" if status >= 0 else f"signal {-status}"
