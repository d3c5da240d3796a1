"""Pauses between requests to one host; must not know what is requested."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

_MAX_HOSTS = 10_000


class Pauses:
    """Gives each request to a host its turn, in the order of asking; threads may share it.

    Args:
        now: seconds that go on steadily.
    """

    def __init__(self, *, now: Callable[[], float]) -> None:
        self._now = now
        self._lock = Lock()
        self._free_at: dict[str, float] = {}

    def take_turn(self, host: str, *, pause_s: float) -> float:
        """Take the host's next turn.

        Args:
            host: whose turn.
            pause_s: how long after this turn the next one is.

        Returns:
            In how many seconds the turn comes.
        """
        with self._lock:
            now = self._now()
            turn = max(now, self._free_at.get(host, now))
            self._free_at[host] = turn + pause_s
            if len(self._free_at) > _MAX_HOSTS:
                # A host whose next turn is now needs no entry.
                self._free_at = {name: at for name, at in self._free_at.items() if at > now}
            return turn - now

    def hold(self, host: str, *, seconds: float) -> None:
        """Let no turn of the host come before so many seconds."""
        with self._lock:
            self._free_at[host] = max(self._free_at.get(host, 0.0), self._now() + seconds)
