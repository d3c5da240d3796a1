"""The processor time that something takes, in a process that holds much else."""

from __future__ import annotations

import gc
from collections.abc import Callable

from benchmarks.timing import thread_seconds


def seconds_without_collector(work: Callable[[], object]) -> float:
    """Return what some work takes of this thread, without what collecting garbage takes.

    The collector goes through all that other tests have left, again and again where much is made:
    it can make linear time look quadratic.
    """
    gc.disable()
    try:
        return thread_seconds(work)
    finally:
        gc.enable()
