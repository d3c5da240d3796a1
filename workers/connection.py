"""A connection to Redis: patience, server-side scripts, errors in our own words.

Must not know what the scripts are about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import redis
from redis.backoff import ExponentialBackoff
from redis.retry import Retry

from workers.errors import StoreFullError, StoreRefusedError, StoreUnavailableError

# What a sound command meets at a server that does not take it, not now or not from us.
_REFUSALS = (
    redis.exceptions.NoPermissionError,
    redis.exceptions.ReadOnlyError,
    redis.exceptions.AskError,
    redis.exceptions.ClusterDownError,
    redis.exceptions.MasterDownError,
    redis.exceptions.TryAgainError,
)
# The client has no classes for these, nor for any that comes out of a script of Redis 6.
_REFUSAL = re.compile(
    r"\b(?:BUSY|LOADING|MISCONF|NOPERM|NOREPLICAS|READONLY|TRYAGAIN|DB index is out of range)\b"
)


CLIENT_ERRORS = (redis.exceptions.RedisError,)
"""What the client raises, for those whose own client of Redis is another library's."""


class Connection:
    """A client of one Redis, with the scripts that run there."""

    def __init__(self, url: str, *, attempts: int, prelude: str, scripts: Sequence[str]) -> None:
        """Open a client that waits for Redis with growing pauses, up to a second each.

        Args:
            url: redis://, rediss:// or unix://.
            attempts: how often a command is tried again before it fails; 25 are about 20 seconds.
            prelude: Lua source to put before every script.
            scripts: names of files in `lua/`.
        """
        self.where = without_password(url)
        self.client: redis.Redis = redis.Redis.from_url(
            url,
            retry=Retry(ExponentialBackoff(cap=1, base=0.05), attempts),
            retry_on_error=[
                redis.exceptions.ConnectionError,
                redis.exceptions.TimeoutError,
                redis.exceptions.BusyLoadingError,
            ],
            # And no PING beforehand: a Redis that cannot write to its disk refuses it, and answers
            # what only reads.
            socket_timeout=5,
        )
        shared = f"{prelude}\n{_read('prelude')}"
        self._scripts = {
            name: self.client.register_script(f"{shared}\n{_read(name)}") for name in scripts
        }

    def run(self, script: str, *, keys: Sequence[str], arguments: Sequence[Any]) -> Any:
        """Run a script and return its reply.

        Raises:
            StoreUnavailableError: Redis cannot be reached, is full, or refuses.
        """
        with self.translated():
            return self._scripts[script](keys=keys, args=arguments)

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Turn the client's errors into ours."""
        try:
            yield
        except redis.exceptions.OutOfMemoryError as error:
            raise StoreFullError(self.where, str(error)) from error
        except redis.exceptions.BusyLoadingError as error:
            # To the client, a failure of the connection.
            raise StoreRefusedError(self.where, str(error)) from error
        except (redis.exceptions.ConnectionError, redis.exceptions.TimeoutError) as error:
            raise StoreUnavailableError(self.where, str(error)) from error
        except redis.exceptions.ResponseError as error:
            if not (isinstance(error, _REFUSALS) or _REFUSAL.search(str(error))):
                raise  # a fault of ours
            raise StoreRefusedError(self.where, str(error)) from error

    def close(self) -> None:
        """Close the client's connections."""
        self.client.close()


def without_password(url: str) -> str:
    """Return the URL as messages may show it."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{parts.username or ''}:***@{host}"))


def _read(name: str) -> str:
    return (resources.files("workers") / "lua" / f"{name}.lua").read_text(encoding="utf-8")
