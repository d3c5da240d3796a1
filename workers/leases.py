"""A lease, kept while the work under it goes on; must not know what is leased or worked on."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

from workers.errors import StoreUnavailableError
from workers.faults import Faults

_log = logging.getLogger(__name__)


@contextmanager
def kept_lease(
    lengthen: Callable[[], bool],
    *,
    what: str,
    every_s: float,
    limit_s: float = math.inf,
    is_awaited: bool = True,
) -> Iterator[Event]:
    """Lengthen a lease from a thread until the block ends; give what is set once it is lost.

    So it is kept through code that does not return for long, in a library below Python for example,
    unless that holds the interpreter's lock. What else becomes of it changes nothing in the block.

    Args:
        lengthen: lengthens the lease; False when it is ours no more.
        what: names what is leased, for the log.
        every_s: how often.
        limit_s: it is kept for no longer than this.
        is_awaited: the block ends only when nothing more is asked for; needed where what is asked
            for later would not be refused.
    """
    lost, over = Event(), Event()
    ends_at = monotonic() + limit_s

    def keep() -> None:
        faults = Faults()
        while not over.wait(every_s) and monotonic() < ends_at:
            try:
                # None is a fault, which may pass.
                if faults.contain(f"keeping the lease of {what}", lengthen) is False:
                    lost.set()
                    return
            except StoreUnavailableError as error:
                # It may be back before the lease ends, or nobody else may see that it has ended.
                _log.warning("%s; the lease of %s may end early", error, what)

    thread = Thread(target=keep, name="lease", daemon=True)
    thread.start()
    try:
        yield lost
    finally:
        over.set()
        if is_awaited:
            thread.join()
