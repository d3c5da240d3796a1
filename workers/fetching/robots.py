"""What a site's robots.txt allows (RFC 9309); must not know how it is fetched.

Protego decides which rule matches. Groups for other robots are first renamed to one: its work and
memory would otherwise grow with the number of robots times the number of rules.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from protego import Protego

MAX_ROBOTS_BYTES = 512_000
"""What follows after so many bytes is not read; the RFC asks for 500 KiB."""

# Many sites of the usual kind, or a few whose rules are many: a rule takes some 60 times its text.
_MAX_KEPT_BYTES = 4_000_000
_SITE_BYTES = 1_000
# As lenient as Protego is.
_AGENT_LINE = re.compile(r"user(?:-|\s*)agent\s*[:\s]([^#/]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """What one site asks of us.

    Attributes:
        rules: what it allows; None if it allows everything, or if there is a refusal.
        refusal: why nothing may be fetched at all; None if that is not so.
        pause_s: the pause between two requests that it asks for, 0 if none.
        size: how many bytes of its robots.txt were read.
    """

    rules: Protego | None = None
    refusal: str | None = None
    pause_s: float = 0.0
    size: int = 0

    def allows(self, url: str, *, robot: str) -> bool:
        """Return whether a URL may be fetched.

        Args:
            url: scheme, host and path.
            robot: our product token.
        """
        return self.rules is None or self.rules.can_fetch(url, robot)


def read_robots(content: bytes, *, robot: str) -> Robots:
    """Read a robots.txt.

    Args:
        content: its bytes; anything that is no rule is passed over.
        robot: our product token; groups bear it in any case.
    """
    content = content[:MAX_ROBOTS_BYTES]
    text = content.decode("utf-8-sig", "replace")
    lines = (_rename_others(line.strip(), robot=robot.lower()) for line in text.splitlines())
    rules = Protego.parse("\n".join(lines))
    rate = rules.request_rate(robot)
    pauses = (rules.crawl_delay(robot) or 0.0, rate.seconds / rate.requests if rate else 0.0)
    return Robots(rules=rules, pause_s=max(pauses), size=len(content))


class RobotsCache:
    """The robots.txt of the sites asked last, by origin; may be used by several threads.

    Args:
        now: seconds that go on steadily.
    """

    def __init__(self, *, now: Callable[[], float]) -> None:
        self._now = now
        self._lock = Lock()
        self._kept: OrderedDict[str, tuple[float, Robots]] = OrderedDict()
        self._bytes = 0

    def find(self, origin: str) -> Robots | None:
        """Return what the site asked for, if that is kept and not too old."""
        with self._lock:
            until, robots = self._kept.get(origin, (0.0, None))
            if robots is None or until <= self._now():
                return None
            self._kept.move_to_end(origin)
            return robots

    def keep(self, origin: str, robots: Robots, *, ttl_s: float) -> None:
        """Keep what a site asks for, and forget the sites asked longest ago if it gets too much."""
        with self._lock:
            self._forget(self._kept.pop(origin, None))
            self._kept[origin] = (self._now() + ttl_s, robots)
            self._bytes += _SITE_BYTES + robots.size
            while self._bytes > _MAX_KEPT_BYTES:
                self._forget(self._kept.popitem(last=False)[1])

    def _forget(self, kept: tuple[float, Robots] | None) -> None:
        if kept:
            self._bytes -= _SITE_BYTES + kept[1].size


def _rename_others(line: str, *, robot: str) -> str:
    agent = _AGENT_LINE.match(line)
    if not agent:
        return line
    name = agent[1].strip().lower()
    if name != "*" and name.rstrip("*") != robot:
        name = "another"
    return f"User-agent: {name}"
