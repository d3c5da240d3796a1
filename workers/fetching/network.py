"""Connections to checked addresses only, each step within a deadline; must not know HTTP.

A name is resolved once, all its addresses are checked, and the connection is made to one of them:
a name that changes its address in between (DNS rebinding) changes nothing. TLS still gets the name,
so certificates are verified against it.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import httpcore

from workers.fetching.addresses import Network, literal_address, refusal
from workers.fetching.records import Resolve

_MAX_TRIED = 4
"""So many addresses of a name are tried, one after the other."""


class AddressRefusedError(Exception):
    """The host's address is one that is not connected to."""


class NotResolvedError(Exception):
    """The host has no address that could be found."""


class DeadlineReachedError(Exception):
    """All the time that there was is used up."""


class Deadline:
    """An instant by which everything must be done; may be moved for pauses that do not count."""

    def __init__(self, seconds: float, *, now: Callable[[], float]) -> None:
        self._now = now
        self._end = now() + seconds

    def extend(self, seconds: float) -> None:
        """Move it further away."""
        self._end += seconds

    @property
    def is_reached(self) -> bool:
        """Whether there is no time left."""
        return self._end <= self._now()

    def limit(self, timeout_s: float | None) -> float:
        """Return the time that the next step may take.

        Args:
            timeout_s: what the step may take by itself.

        Raises:
            DeadlineReachedError: there is no time left.
        """
        left = self._end - self._now()
        if left <= 0:
            raise DeadlineReachedError
        return left if timeout_s is None else min(left, timeout_s)


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections for httpcore.

    Args:
        resolve: names to addresses.
        allowed: networks that may be connected to though they are not public.
        deadline: when everything must be done.
    """

    def __init__(
        self, resolve: Resolve, *, allowed: tuple[Network, ...], deadline: Deadline
    ) -> None:
        self._resolve = resolve
        self._allowed = allowed
        self._deadline = deadline
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to one of the host's addresses, once all of them are checked.

        Raises:
            AddressRefusedError: one of the addresses is refused, so the host is.
            NotResolvedError: there is no address.
            DeadlineReachedError: there is no time left.
            httpcore.ConnectError, httpcore.ConnectTimeout: no address could be connected to.
        """
        *others, last = self._checked_addresses(host, port, timeout)[:_MAX_TRIED]
        for address in others:
            with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return self._connect(address, port, timeout)
        return self._connect(last, port, timeout)

    def _connect(self, address: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
        stream = self._sockets.connect_tcp(address, port, timeout=self._deadline.limit(timeout))
        return _TimedStream(stream, self._deadline)

    def _checked_addresses(self, host: str, port: int, timeout: float | None) -> Sequence[str]:
        try:
            literal = literal_address(host)
        except ValueError as error:
            raise AddressRefusedError(str(error)) from error
        if literal is not None:
            addresses: Sequence[str] = (str(literal),)
        else:
            addresses = self._resolved(host, port, self._deadline.limit(timeout))
        for address in addresses:
            kind = refusal(ip_address(address), allowed=self._allowed)
            if kind:
                named = host if host == address else f"{host} is at {address}"
                raise AddressRefusedError(f"{named}, {kind}")
        return addresses

    def _resolved(self, host: str, port: int, timeout_s: float) -> Sequence[str]:
        """Resolve in a thread that is left behind if it takes too long: resolvers have no limit."""
        answers: SimpleQueue[Sequence[str] | Exception] = SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolve(host, port))
            # A name that cannot be encoded is one that nobody has.
            except (OSError, UnicodeError) as error:
                answers.put(error)

        Thread(target=ask, name="resolve", daemon=True).start()
        try:
            answer = answers.get(timeout=timeout_s)
        except Empty:
            raise NotResolvedError(f"{host} was not resolved within {timeout_s:.3g} s") from None
        if isinstance(answer, Exception) or not answer:
            detail = f": {answer}" if answer else ""
            raise NotResolvedError(f"{host} has no address{detail}")
        return answer


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every step ends by the deadline, however slowly bytes drip in."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.limit(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.limit(timeout))

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        try:
            limit_s = self._deadline.limit(timeout)
        except DeadlineReachedError:
            # Before TLS is up, httpcore leaves closing to its backend.
            self._stream.close()
            raise
        stream = self._stream.start_tls(ssl_context, server_hostname, limit_s)
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def close(self) -> None:
        self._stream.close()
