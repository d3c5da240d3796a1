"""How a worker ends: within its grace period, and with its exit code; must not know what it does.

Celery waits for its processes without end. One that never returns, in a library's C code for
example, would keep the worker until somebody else kills it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Timer
from typing import Any

import psutil
from celery.signals import worker_shutdown, worker_shutting_down

_log = logging.getLogger(__name__)

_SHARE = 0.8
"""Of the grace period; the rest is for the main process to end."""


def stop_in_time(grace_s: float) -> None:
    """Kill the worker's processes that still run when most of the grace period is over.

    What they held goes to another worker, as it does when the whole worker is killed.

    Args:
        grace_s: how long the worker may take from the signal to its end.
    """

    def watch(**_: object) -> None:
        timer = Timer(grace_s * _SHARE, _kill_children)
        timer.daemon = True
        timer.start()

    worker_shutting_down.connect(watch, weak=False)


def exit_code() -> Callable[[], int]:
    """Return what tells the exit code that a worker came to; Celery keeps it to itself."""
    codes = [0]

    def note(*, sender: Any, **_: object) -> None:
        codes.append(sender.exitcode or 0)

    worker_shutdown.connect(note, weak=False)
    return lambda: codes[-1]


def _kill_children() -> None:
    for child in psutil.Process().children(recursive=True):
        _log.warning("process %d does not end, and is killed", child.pid)
        child.kill()
