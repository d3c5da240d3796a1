"""Ends a command at its first signal, all tidied up; must not know what the command does.

An exception that a second signal raises in the midst of tidying up would leave the rest undone.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def tidied_up(
    *, tidy_up: Callable[[], None], hurry: Callable[[], None]
) -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Run a block and tidy up after it, which no signal breaks off.

    The first signal ends the block as the handler that stood before would, or with 128 and its
    number as the exit code. One that is ignored stays so: nohup and shells ask for that.

    Args:
        tidy_up: is called after the block, however that ends.
        hurry: is called for every signal while `tidy_up` runs, in the midst of it.

    Yields:
        What holds the signals back in a block of its own, which has to be short: one that is
        broken off leaves what `tidy_up` does not know of, a process that has just been started.
    """
    signals = _Signals(hurry)
    signals.watch()
    try:
        try:
            yield signals.held_back
        finally:
            signals.has_ended = True
    finally:
        # A signal at the very end of the block is raised above, and tidied up after as well.
        try:
            tidy_up()
        finally:
            signals.leave()


class _Signals:
    """What becomes of signals: the first ends the block, later ones hurry its end.

    Attributes:
        has_ended: whether the block has ended, or is being ended.

    Args:
        hurry: is called for each signal once the block has ended.
    """

    def __init__(self, hurry: Callable[[], None]) -> None:
        self.has_ended = False
        self._hurry = hurry
        self._before = {number: signal.getsignal(number) for number in _SIGNALS}
        self._is_held_back = False
        self._waiting: list[int] = []

    def watch(self) -> None:
        """Take the signals that are not ignored."""
        for number, handler in self._before.items():
            if handler is not signal.SIG_IGN:
                signal.signal(number, self._receive)

    def leave(self) -> None:
        """Give the signals back to the handlers that stood before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @contextmanager
    def held_back(self) -> Iterator[None]:
        """Let a signal wait for the end of a block."""
        self._is_held_back = True
        try:
            yield
        finally:
            self._is_held_back = False
            if self._waiting:
                self._receive(self._waiting.pop(), None)

    def _receive(self, number: int, frame: FrameType | None) -> None:
        if self.has_ended:
            self._hurry()
        elif self._is_held_back:
            self._waiting.append(number)
        else:
            self.has_ended = True
            handler = self._before[signal.Signals(number)]
            if callable(handler):
                handler(number, frame)
            sys.exit(128 + number)
