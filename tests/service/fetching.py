"""What the tests of fetching share: names that are resolved here, a clock, fetchers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from threading import Event
from typing import Any

import pytest

from tests.servers import Site, start_site
from workers.fetching import Fetcher, FetchLimits, Surroundings

LOCAL = ("127.0.0.1/32",)
MakeFetcher = Callable[..., Fetcher]


def short(value: object) -> str:
    """Name a case by the beginning of its value."""
    return ascii(value)[:40]


@dataclass
class Names:
    """A resolver with a table; a name that is not in it has no address."""

    table: Mapping[str, Sequence[str]]
    asked: list[str] = field(default_factory=list)

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        if host not in self.table:
            raise OSError("name or service not known")
        return self.table[host]


@dataclass
class Clock:
    """A clock that goes on only while somebody waits."""

    seconds: float = 1000.0
    waits: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.seconds

    def wait(self, event: Event, seconds: float) -> bool:
        self.waits.append(seconds)
        self.seconds += seconds
        return event.is_set()


@pytest.fixture
def site() -> Iterator[Site]:
    with start_site() as running:
        yield running


@pytest.fixture
def make_fetcher(site: Site) -> Iterator[MakeFetcher]:
    """Make fetchers that may connect to the site's address, with short limits and no pauses."""
    with ExitStack() as fetchers:

        def make(
            *,
            allowed: Sequence[str] = LOCAL,
            surroundings: Surroundings | None = None,
            ports: frozenset[int] | None = None,
            robots: bool = True,
            **limits: Any,
        ) -> Fetcher:
            short: dict[str, Any] = {
                "connect_s": 2.0,
                "read_s": 2.0,
                "total_s": 10.0,
                "pause_s": 0.0,
            }
            fetcher = Fetcher(
                FetchLimits(ports=ports or frozenset((site.port,)), **(short | limits)),
                allowed_networks=allowed,
                respects_robots=robots,
                surroundings=surroundings,
            )
            return fetchers.enter_context(fetcher)

        yield make
