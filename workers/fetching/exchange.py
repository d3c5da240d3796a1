"""One HTTP request and its response, guarded; must not know redirects, robots.txt or pauses.

httpcore, the engine of httpx, is driven directly: httpx's client unpacks bodies without a bound,
keeps cookies from one article to the next, and has no public place for a backend that checks
addresses.
"""

from __future__ import annotations

import re
import ssl
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote_to_bytes

import httpcore
import httpx

from workers.errors import FetchBlockedError, FetchFailedError
from workers.fetching.addresses import Network
from workers.fetching.decoding import ACCEPTED_CODINGS, ContentError, read_content
from workers.fetching.network import (
    AddressRefusedError,
    Deadline,
    DeadlineReachedError,
    GuardedBackend,
    NotResolvedError,
)
from workers.fetching.records import FetchLimits, Surroundings
from workers.fetching.urls import port_of, shown

_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:+-]{1,40})""", re.IGNORECASE)

# What did not happen in time, and the limit that says so.
_TIMEOUTS: Mapping[type[Exception], tuple[str, str]] = {
    httpcore.ConnectTimeout: ("no connection", "connect_s"),
    httpcore.ReadTimeout: ("no answer", "read_s"),
    httpcore.WriteTimeout: ("the request was not taken", "write_s"),
    DeadlineReachedError: ("not finished", "total_s"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A response. Names in `headers` are in lower case; of a repeated header, the first counts."""

    url: httpx.URL
    status: int
    headers: Mapping[str, str]
    content: bytes


class Exchange:
    """Makes requests one by one, each on a connection of its own.

    Args:
        limits: how long and how large.
        allowed: networks that may be connected to though they are not public.
        user_agent: what we call ourselves.
        surroundings: resolver, clock and certificates.
    """

    def __init__(
        self,
        limits: FetchLimits,
        *,
        allowed: tuple[Network, ...],
        user_agent: str,
        surroundings: Surroundings,
    ) -> None:
        self._limits = limits
        self._allowed = allowed
        self._surroundings = surroundings
        self._trust = surroundings.trust or _public_trust()
        self._headers = {
            "User-Agent": user_agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": ACCEPTED_CODINGS,
            "Connection": "close",
        }
        self._timeouts = {
            "connect": limits.connect_s,
            "read": limits.read_s,
            "write": limits.write_s,
        }

    def get(self, url: httpx.URL, *, headers: Mapping[str, str], deadline: Deadline) -> Answer:
        """Ask for a URL; the body is read only if the status is 2xx.

        Args:
            url: what to ask for; its credentials are left alone, see `authorization`.
            headers: further headers.
            deadline: when everything must be done.

        Raises:
            FetchBlockedError: its address is refused.
            FetchFailedError: no whole response came within the limits.
        """
        backend = GuardedBackend(
            self._surroundings.resolve, allowed=self._allowed, deadline=deadline
        )
        # The host of an IPv6 address takes brackets here, and none in httpcore's URL.
        fields = {"Host": url.netloc.decode(), **self._headers, **headers}
        with (
            self._translated(url, deadline),
            httpcore.ConnectionPool(ssl_context=self._trust, network_backend=backend) as pool,
            pool.stream(
                "GET",
                httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=port_of(url), target=url.raw_path
                ),
                headers=[
                    (name.encode(), value.encode("latin-1")) for name, value in fields.items()
                ],
                extensions={"timeout": self._timeouts},
            ) as response,
        ):
            received = _read_headers(response)
            content = b""
            if response.status // 100 == 2:
                content = self._read_body(response, received)
        return Answer(url=url, status=response.status, headers=received, content=content)

    def _read_body(self, response: httpcore.Response, headers: Mapping[str, str]) -> bytes:
        declared = headers.get("content-length", "")
        limit = self._limits.max_wire_bytes
        if declared.isdecimal() and len(declared) < 20 and int(declared) > limit:
            raise ContentError(f"it has {declared} bytes, the limit is {limit}")
        return read_content(
            response.iter_stream(),
            coding=headers.get("content-encoding", ""),
            limits=self._limits,
        )

    @contextmanager
    def _translated(self, url: httpx.URL, deadline: Deadline) -> Iterator[None]:
        """Turn what the layers below raise into our errors."""
        place = shown(url)
        try:
            yield
        except AddressRefusedError as error:
            raise FetchBlockedError(place, str(error)) from error
        except ContentError as error:
            raise FetchFailedError(place, str(error)) from error
        except (NotResolvedError, httpcore.NetworkError, httpcore.ProtocolError) as error:
            # httpcore makes its errors of those that it got, and drops the chain between them.
            is_tls = isinstance(next(iter(error.args), None), ssl.SSLError)
            reason = f"TLS failed: {error}" if is_tls else str(error) or "the connection broke off"
            raise FetchFailedError(place, reason, None, not is_tls) from error
        except (DeadlineReachedError, httpcore.TimeoutException) as error:
            # A step that was cut short by the deadline looks like any that took too long.
            kind = DeadlineReachedError if deadline.is_reached else type(error)
            event, limit = _TIMEOUTS[kind]
            reason = f"{event} within {getattr(self._limits, limit):g} s"
            raise FetchFailedError(place, reason, None, True) from error


def authorization(url: httpx.URL) -> Mapping[str, str]:
    """Return the header that gives the URL's credentials, or none if it has none."""
    if not url.userinfo:
        return {}
    return {"Authorization": f"Basic {b64encode(unquote_to_bytes(url.userinfo)).decode()}"}


def media_type(headers: Mapping[str, str]) -> str | None:
    """Return the media type that a response names, in lower case, without parameters."""
    return headers.get("content-type", "").partition(";")[0].strip().lower() or None


def charset(headers: Mapping[str, str]) -> str | None:
    """Return the charset that a response names, in lower case."""
    named = _CHARSET.search(headers.get("content-type", ""))
    return named[1].lower() if named else None


@cache
def _public_trust() -> ssl.SSLContext:
    """Read the certificates of the `certifi` package, which takes a while, once a process."""
    return httpx.create_ssl_context(trust_env=False)


def _read_headers(response: httpcore.Response) -> Mapping[str, str]:
    headers: dict[str, str] = {}
    for name, value in response.headers:
        headers.setdefault(name.decode("ascii").lower(), value.decode("latin-1").strip())
    return headers
