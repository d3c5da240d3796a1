"""Real HTTP servers on loopback for tests, well-behaved and hostile ones."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Lock, Thread

_HEAD_BYTES = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a client asked for; header names are in lower case."""

    path: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A client's connection, as a responder gets it."""

    socket: socket.socket
    stopping: Event

    def drip(self, pieces: Iterable[bytes], *, pause_s: float) -> None:
        """Send the pieces one by one, as long as anybody listens."""
        for piece in pieces:
            self.socket.sendall(piece)
            if self.stopping.wait(pause_s):
                return


Responder = Callable[[Request, Connection], None]
Route = bytes | Responder


def reply(body: bytes = b"", *, status: str = "200 OK", **headers: str | bytes) -> bytes:
    """Make a whole response; underscores in header names stand for hyphens."""
    fields = {"Content-Length": str(len(body)), "Connection": "close"}
    fields |= {name.replace("_", "-").title(): _text(value) for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + body


def redirect(target: str, *, status: str = "302 Found") -> bytes:
    """Make a response that leads somewhere else."""
    return reply(status=status, location=target.encode())


def accepted(listener: socket.socket) -> Iterator[socket.socket]:
    """Give the connections that come in, until the listener is closed."""
    with suppress(OSError):
        while True:
            yield listener.accept()[0]


class Site:
    """A server that answers from a table of paths, and remembers what it was asked.

    A path that is not in the table is answered with 404, so a site has no robots.txt unless it is
    given one.
    """

    def __init__(self, listener: socket.socket, *, tls: ssl.SSLContext | None = None) -> None:
        self._listener = listener
        self._tls = tls
        self._lock = Lock()
        self._threads: list[Thread] = []
        self.port: int = listener.getsockname()[1]
        self.routes: dict[str, Route] = {}
        self.requests: list[Request] = []
        self.connections = 0
        self.stopping = Event()

    def url(self, path: str = "/", *, host: str = "127.0.0.1") -> str:
        """Return the URL of a path, under one of the server's names."""
        return f"http{'s' if self._tls else ''}://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """Return what was asked for, in order."""
        with self._lock:
            return [request.path for request in self.requests]

    def serve(self) -> None:
        """Answer until the listener is closed."""
        for client in accepted(self._listener):
            self.connections += 1
            thread = Thread(target=self._answer, args=(client,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Let every responder end, and wait for them."""
        self.stopping.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    def _answer(self, client: socket.socket) -> None:
        client.settimeout(20)
        # Clients that hang up are what hostile servers are for.
        with suppress(OSError), client:
            if self._tls:
                client = self._tls.wrap_socket(client, server_side=True)
            with client:
                request = _read_request(client)
                with self._lock:
                    self.requests.append(request)
                path = request.path.partition("?")[0]
                route = self.routes.get(path, reply(status="404 Not Found"))
                if isinstance(route, bytes):
                    client.sendall(route)
                else:
                    route(request, Connection(socket=client, stopping=self.stopping))


@contextmanager
def start_site(*, tls: ssl.SSLContext | None = None, address: str = "127.0.0.1") -> Iterator[Site]:
    """Run a site on a free port of a loopback address.

    Raises:
        OSError: the machine has no such address.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.create_server((address, 0), family=family)
    site = Site(listener, tls=tls)
    thread = Thread(target=site.serve, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.stop()
        thread.join(10)


def _read_request(client: socket.socket) -> Request:
    head = b""
    while b"\r\n\r\n" not in head:
        received = client.recv(65_536)
        if not received or len(head) > _HEAD_BYTES:
            raise ConnectionResetError("the client hung up")
        head += received
    first, *lines = head.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    fields = (line.partition(": ") for line in lines)
    return Request(
        path=first.split(" ")[1], headers={name.lower(): value for name, _, value in fields}
    )


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")
