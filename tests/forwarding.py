"""A way to a server on a Unix socket that can go dead, as behind a router that forgets."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from tests.servers import accepted


class Forwarder:
    """Forwards connections to a server; those that were made when it goes dead hear no more."""

    def __init__(self, listener: socket.socket, target: str) -> None:
        self._listener = listener
        self._target = target
        self._sockets: list[socket.socket] = []
        self._dead = Event()
        self.port: int = listener.getsockname()[1]

    def go_dead(self) -> None:
        """Pass nothing more on, and close nothing; connections made from now on are well."""
        self._dead.set()
        self._dead = Event()

    def serve(self) -> None:
        """Forward until the listener is closed."""
        for client in accepted(self._listener):
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._target)
            self._sockets += [client, server]
            for source, sink in ((client, server), (server, client)):
                Thread(target=_pump, args=(source, sink, self._dead), daemon=True).start()

    def close(self) -> None:
        """Close everything."""
        for each in (self._listener, *self._sockets):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


def _pump(source: socket.socket, sink: socket.socket, dead: Event) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            if dead.is_set():
                return
            sink.sendall(data)
        if not dead.is_set():
            sink.shutdown(socket.SHUT_WR)


@contextmanager
def forward_to(url: str) -> Iterator[Forwarder]:
    """Forward a port of loopback to the server at this URL of a Unix socket."""
    forwarder = Forwarder(
        socket.create_server(("127.0.0.1", 0)), target=url.removeprefix("unix://")
    )
    thread = Thread(target=forwarder.serve, daemon=True)
    thread.start()
    try:
        yield forwarder
    finally:
        forwarder.close()
        thread.join(10)
