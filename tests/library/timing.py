"""The processor time that something takes."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def thread_seconds(work: Callable[[], object]) -> float:
    """Return what some work takes of this thread, without what collecting garbage takes.

    The collector goes through all that other tests have left, again and again where much is made:
    it can make linear time look quadratic.
    """
    gc.disable()
    try:
        began = time.thread_time()
        work()
        return time.thread_time() - began
    finally:
        gc.enable()
