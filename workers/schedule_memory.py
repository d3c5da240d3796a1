"""What a schedule remembers in Redis: articles it has had, what its sources said, what runs found.

All of it may be lost without harm to a run under way; must not know runs or slots.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

import orjson

from workers.connection import Connection
from workers.keys import Keys
from workers.settings import Settings

MARKS_AT_ONCE = 5_000
"""The server answers for so many marks in one command; others wait meanwhile."""


class ScheduleMemory:
    """The memory of schedules."""

    def __init__(self, connection: Connection, keys: Keys, *, settings: Settings) -> None:
        self._connection = connection
        self._redis = connection.client
        self._keys = keys
        self._settings = settings

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()

    def now(self) -> float:
        """Return the server's time, in seconds since the epoch."""
        with self._connection.translated():
            seconds, microseconds = self._redis.time()
        return seconds + microseconds / 1e6

    def seen(self, name: str, marks: Sequence[str]) -> frozenset[str]:
        """Return those of the marks that the schedule has had."""
        key = self._keys.schedule(name).seen
        had: set[str] = set()
        for start in range(0, len(marks), MARKS_AT_ONCE):
            page = marks[start : start + MARKS_AT_ONCE]
            with self._connection.translated():
                scores = self._redis.zmscore(key, list(page))
            had.update(mark for mark, at in zip(page, scores, strict=True) if at is not None)
        return frozenset(had)

    def sketches(self, name: str) -> tuple[bytes, ...]:
        """Return what tells near-copies of what the schedule has had."""
        with self._connection.translated():
            stored = cast(
                list[bytes], self._redis.zrange(self._keys.schedule(name).sketches, 0, -1)
            )
        return tuple(bytes.fromhex(sketch.decode()) for sketch in stored)

    def source_states(self, name: str) -> dict[str, dict[str, Any]]:
        """Return what each source of a schedule said last."""
        with self._connection.translated():
            stored = cast(
                dict[bytes, bytes], self._redis.hgetall(self._keys.schedule(name).sources)
            )
        return {source.decode(): orjson.loads(state) for source, state in stored.items()}

    def save_found(self, name: str, token: str, blobs: Iterable[bytes]) -> None:
        """Keep what a submitter of a run found as long as results; longer once it is the run's."""
        key = self._keys.schedule(name).found(token)
        for number, blob in enumerate(blobs):
            # By number: the client sends a command again where it has lost the reply.
            with self._connection.translated(), self._redis.pipeline() as pipe:
                pipe.hset(key, str(number), blob)
                pipe.expire(key, self._settings.results_ttl_s)
                pipe.execute()

    def forget_found(self, name: str, token: str) -> None:
        """Drop what a submitter of a run found, or as much as was kept of it."""
        with self._connection.translated():
            self._redis.unlink(self._keys.schedule(name).found(token))

    def found(self, name: str, token: str) -> tuple[bytes, ...]:
        """Return what a submitter of a run found, as it was kept; nothing if it has expired."""
        key = self._keys.schedule(name).found(token)
        with self._connection.translated():
            if self._redis.type(key) == b"string":  # of the version before
                blob = cast(bytes | None, self._redis.get(key))
                return () if blob is None else (blob,)
            count = self._redis.hlen(key)
            # One by one: together they may be more than a reply should be.
            blobs = [self._redis.hget(key, str(number)) for number in range(count)]
        # Where it expires meanwhile, it has expired.
        return () if None in blobs else cast(tuple[bytes, ...], tuple(blobs))


def in_ms(instant: float) -> int:
    """Return an instant in milliseconds, as the keys and scripts of schedules have it."""
    return round(instant * 1000)
