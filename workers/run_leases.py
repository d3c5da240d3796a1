"""A run's lease, kept for as long as a step takes; must not know what the step does."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

from workers.errors import StoreUnavailableError

_log = logging.getLogger(__name__)


@contextmanager
def kept_lease(lengthen: Callable[[], bool], *, every_s: float) -> Iterator[Event]:
    """Lengthen a lease from a thread until the block ends; give what is set once it is lost.

    A thread, since no step can say how long it computes or writes.

    Args:
        lengthen: lengthens the lease; False when it is ours no more.
        every_s: how often.
    """
    lost, over = Event(), Event()

    def keep() -> None:
        while not over.wait(every_s):
            try:
                if not lengthen():
                    lost.set()
                    return
            except StoreUnavailableError as error:
                # It may be back before the lease ends, or nobody else may see that it has ended.
                _log.warning("a run's lease is not kept at the moment: %s", error)

    thread = Thread(target=keep, name="lease", daemon=True)
    thread.start()
    try:
        yield lost
    finally:
        over.set()
        # What is written of the run after this must not be followed by a lease.
        thread.join()
