"""A limit in seconds on a stretch of Python code; must not know what the code does.

Uses the interval timer and SIGALRM, so it works in a process's main thread, which is where Celery's
prefork children run their tasks. Code that never returns to the interpreter is beyond it: for that
there is the chunk's own limit, which kills the process.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TimeLimitReachedError(BaseException):
    """The time is up; no `except Exception` on the way may swallow it."""

    def __init__(self, limit_s: float) -> None:
        super().__init__(limit_s)
        self.limit_s = limit_s

    def __str__(self) -> str:
        return f"it took longer than {self.limit_s:g} s"


@contextmanager
def time_limit(limit_s: float) -> Iterator[None]:
    """Raise when the block takes longer than so many seconds.

    Args:
        limit_s: the limit.

    Raises:
        TimeLimitReachedError: in the block, when the time is up.
    """

    def ring(number: int, frame: FrameType | None) -> None:
        raise TimeLimitReachedError(limit_s)

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
