"""Lets a worker that was asked to stop end within its grace period; must not know what it does.

Celery waits for its processes without end. One that never returns, in a library's C code for
example, would keep the worker until somebody else kills it.
"""

from __future__ import annotations

import logging
from threading import Timer

import psutil
from celery.signals import worker_shutting_down

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


def _kill_children() -> None:
    for child in psutil.Process().children(recursive=True):
        _log.warning("process %d does not end, and is killed", child.pid)
        child.kill()
