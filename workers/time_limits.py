"""A limit in seconds on a stretch of Python code; must not know what the code does.

Uses the interval timer and SIGALRM, so it works in a process's main thread, which is where Celery's
prefork children run their tasks. Code that never returns to the interpreter is beyond it: for that
there is the chunk's own limit, which kills the process.
"""

from __future__ import annotations

import signal
from types import FrameType
from typing import Any

_AGAIN_S = 0.05
"""The alarm rings again: Python swallows what is raised in a finaliser or collector callback."""


class TimeLimitReachedError(BaseException):
    """The time is up; no `except Exception` on the way may swallow it."""

    def __init__(self, limit_s: float) -> None:
        super().__init__(limit_s)
        self.limit_s = limit_s

    def __str__(self) -> str:
        return f"it took longer than {self.limit_s:g} s"


class time_limit:
    """Raise `TimeLimitReachedError` in the block when it takes longer than so many seconds.

    Args:
        limit_s: the limit.
    """

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self._is_armed = False
        self._before: Any = None

    def __enter__(self) -> None:
        self._before = signal.signal(signal.SIGALRM, self._ring)
        self._is_armed = True
        signal.setitimer(signal.ITIMER_REAL, self._limit_s, _AGAIN_S)

    def __exit__(self, *_: object) -> None:
        # First of all: an alarm that is on its way must not ring outside the block.
        self._is_armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self._before)

    def _ring(self, number: int, frame: FrameType | None) -> None:
        # On entering `__exit__` it would keep the alarm from being turned off.
        is_leaving = frame is not None and frame.f_code is time_limit.__exit__.__code__
        if self._is_armed and not is_leaving:
            raise TimeLimitReachedError(self._limit_s)
