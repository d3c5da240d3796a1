"""Which workers and schedulers are up: each says so every few seconds; must not know their work.

Nothing hangs on it but what `doctor` tells: who is silent may still live, who spoke may be dead.
"""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from enum import StrEnum

from workers.connection import Connection
from workers.errors import StoreUnavailableError
from workers.keys import Keys
from workers.settings import Settings

_HEARD_S = 15
"""Who has said nothing for so long counts as gone; a worker speaks every two seconds."""


class Program(StrEnum):
    """The long-running processes of a deployment."""

    WORKER = "worker"
    SCHEDULER = "scheduler"


class Presence:
    """Notes who is up, and counts them."""

    def __init__(self, connection: Connection, keys: Keys) -> None:
        self._connection = connection
        self._redis = connection.client
        self._keys = keys
        self._name = f"{socket.gethostname()}-{os.getpid()}"

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()

    def note(self, program: Program) -> None:
        """Note that this process is up; where Redis is away or full, whoever looks sees that."""
        key = self._keys.up(program)
        with suppress(StoreUnavailableError):
            now = self._now()
            with self._connection.translated(), self._redis.pipeline() as pipe:
                pipe.zadd(key, {self._name: now})
                pipe.zremrangebyscore(key, "-inf", now - _HEARD_S)
                pipe.expire(key, _HEARD_S)
                pipe.execute()

    def count(self, program: Program) -> int:
        """Return how many are up.

        Raises:
            StoreUnavailableError: Redis cannot be reached.
        """
        since = self._now() - _HEARD_S
        with self._connection.translated():
            return int(self._redis.zcount(self._keys.up(program), since, "+inf"))

    def _now(self) -> int:
        with self._connection.translated():
            seconds, _ = self._redis.time()
        return int(seconds)


def open_presence(settings: Settings, *, redis_url: str) -> Presence:
    """Return the presence on a new connection, without patience.

    Args:
        settings: the prefix of keys.
        redis_url: redis://, rediss:// or unix://.
    """
    connection = Connection(redis_url, attempts=0, prelude="", scripts=())
    return Presence(connection, Keys(settings.key_prefix))
