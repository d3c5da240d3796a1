"""Frozen records of fetching: limits, surroundings, the document; must not know how it is done."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event
from time import monotonic

Resolve = Callable[[str, int], Sequence[str]]
"""A host name and a port to the addresses behind them; raises OSError if there are none."""


def resolve_host(host: str, port: int) -> Sequence[str]:
    """Return the addresses that the system's resolver gives, in its order, each once.

    Args:
        host: a name.
        port: the port that will be connected to.

    Raises:
        OSError: the name has no address, or no server could be asked.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(place[0]) for *_, place in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """How long, how large and how often.

    Attributes:
        connect_s: one attempt to connect, and the TLS handshake, may each take so long.
        read_s: the server may be silent for so long.
        write_s: the server may refuse to take our bytes for so long.
        total_s: robots.txt, redirects and body together may take so long, pauses not counted.
        max_wire_bytes: a body has at most so many bytes as it is sent.
        max_content_bytes: a body has at most so many bytes when it is unpacked.
        max_redirects: so many redirects are followed.
        max_url_chars: a URL has at most so many characters.
        ports: the ports that may be connected to.
        pause_s: between two fetches from one host there is at least this pause.
        max_pause_s: a longer pause that a site asks for is cut to this.
        robots_ttl_s: how long a robots.txt is kept.
    """

    connect_s: float = 5.0
    read_s: float = 10.0
    write_s: float = 10.0
    total_s: float = 30.0
    max_wire_bytes: int = 10_000_000
    max_content_bytes: int = 20_000_000
    max_redirects: int = 5
    max_url_chars: int = 4_000
    ports: frozenset[int] = frozenset((80, 443, 8080, 8443))
    pause_s: float = 1.0
    max_pause_s: float = 30.0
    robots_ttl_s: float = 3_600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a fetcher finds around it; the defaults are the real ones.

    Attributes:
        resolve: names to addresses.
        now: seconds that go on steadily.
        wait: waits for an event for at most so many seconds; true if it happened.
        trust: which certificates are trusted; without it, those of the `certifi` package.
    """

    resolve: Resolve = resolve_host
    now: Callable[[], float] = monotonic
    wait: Callable[[Event, float], bool] = Event.wait
    trust: ssl.SSLContext | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A document as a server gave it.

    Attributes:
        url: the URL that was asked for, without credentials.
        final_url: where it was in the end.
        status: the HTTP status of the last response.
        content: the body, unpacked; empty if it is not modified.
        content_type: the media type that the server named, in lower case, without parameters.
        charset: the charset that the server named, in lower case; it need not be right.
        etag: to be given back next time.
        last_modified: to be given back next time.
        is_not_modified: whether the server said that it is as it was.
    """

    url: str
    final_url: str
    status: int
    content: bytes
    content_type: str | None
    charset: str | None
    etag: str | None
    last_modified: str | None
    is_not_modified: bool
