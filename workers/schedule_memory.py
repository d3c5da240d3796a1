"""What a schedule remembers in Redis: articles it has had, what its sources said, what runs found.

All of it may be lost without harm to a run under way; must not know runs or slots.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import orjson

from workers.connection import Connection
from workers.keys import Keys
from workers.settings import Settings

_MAX_SKETCHES = 20_000

_MARKS_AT_ONCE = 5_000
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
        for start in range(0, len(marks), _MARKS_AT_ONCE):
            page = marks[start : start + _MARKS_AT_ONCE]
            with self._connection.translated():
                scores = self._redis.zmscore(key, list(page))
            had.update(mark for mark, at in zip(page, scores, strict=True) if at is not None)
        return frozenset(had)

    def add_seen(self, name: str, marks: Iterable[str], *, now: float) -> None:
        """Remember marks; those not met for `seen_ttl_s` are forgotten."""
        key = self._keys.schedule(name).seen
        scores = dict.fromkeys(marks, now)
        with self._connection.translated(), self._redis.pipeline() as pipe:
            if scores:
                pipe.zadd(key, scores)
            pipe.zremrangebyscore(key, "-inf", now - self._settings.seen_ttl_s)
            pipe.expire(key, self._settings.seen_ttl_s)
            pipe.execute()

    def sketches(self, name: str) -> tuple[bytes, ...]:
        """Return what tells near-copies of what the schedule has had."""
        with self._connection.translated():
            stored = cast(
                list[bytes], self._redis.zrange(self._keys.schedule(name).sketches, 0, -1)
            )
        return tuple(bytes.fromhex(sketch.decode()) for sketch in stored)

    def add_sketches(self, name: str, sketches: Iterable[str], *, now: float) -> None:
        """Remember sketches, in hexadecimal digits; the newest `_MAX_SKETCHES` are kept."""
        key = self._keys.schedule(name).sketches
        scores = {sketch: now for sketch in sketches if sketch}
        with self._connection.translated(), self._redis.pipeline() as pipe:
            if scores:
                pipe.zadd(key, scores)
            pipe.zremrangebyrank(key, 0, -_MAX_SKETCHES - 1)
            pipe.zremrangebyscore(key, "-inf", now - self._settings.seen_ttl_s)
            pipe.expire(key, self._settings.seen_ttl_s)
            pipe.execute()

    def source_states(self, name: str) -> dict[str, dict[str, Any]]:
        """Return what each source of a schedule said last."""
        with self._connection.translated():
            stored = cast(
                dict[bytes, bytes], self._redis.hgetall(self._keys.schedule(name).sources)
            )
        return {source.decode(): orjson.loads(state) for source, state in stored.items()}

    def save_source_states(self, name: str, states: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep what sources said last."""
        key = self._keys.schedule(name).sources
        with self._connection.translated(), self._redis.pipeline() as pipe:
            for source, state in states.items():
                pipe.hset(key, source, orjson.dumps(dict(state)).decode())
            pipe.expire(key, self._settings.seen_ttl_s)
            pipe.execute()

    def save_found(self, name: str, token: str, blob: bytes) -> None:
        """Keep what a submitter of a run found as long as results; longer once it is the run's."""
        key = self._keys.schedule(name).found(token)
        with self._connection.translated():
            self._redis.set(key, blob, ex=self._settings.results_ttl_s)

    def found(self, name: str, token: str) -> bytes | None:
        """Return what a submitter of a run found, or None if it has expired."""
        with self._connection.translated():
            return cast(bytes | None, self._redis.get(self._keys.schedule(name).found(token)))


def in_ms(instant: float) -> int:
    """Return an instant in milliseconds, as the keys and scripts of schedules have it."""
    return round(instant * 1000)
