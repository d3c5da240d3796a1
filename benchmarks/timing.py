"""Measures time so that what else runs on the machine counts as little as can be."""

from __future__ import annotations

import time
from collections.abc import Callable


def thread_seconds(call: Callable[[], object]) -> float:
    """Return the time that this thread spends on the processor for a call."""
    start = time.thread_time()
    call()
    return time.thread_time() - start
