"""Ends a command at its first signal, all tidied up; must not know what the command does.

An exception that a second signal raises in the midst of tidying up would leave the rest undone.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def tidied_up(*, tidy_up: Callable[[], None], hurry: Callable[[], None]) -> Iterator[None]:
    """Run a block and tidy up after it, which no signal breaks off.

    The first signal ends the block as the handler that stood before would, or with 128 and its
    number as the exit code. One that is ignored stays so: nohup and shells ask for that.

    Args:
        tidy_up: is called after the block, however that ends.
        hurry: is called for every signal while `tidy_up` runs, in the midst of it.
    """
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    has_ended = False

    def end(number: int, frame: FrameType | None) -> None:
        nonlocal has_ended
        if has_ended:
            hurry()
            return
        has_ended = True
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)
        sys.exit(128 + number)

    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, end)
    try:
        yield
    finally:
        has_ended = True
        tidy_up()
        for number, handler in before.items():
            signal.signal(number, handler)
