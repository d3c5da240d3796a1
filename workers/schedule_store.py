"""Schedules in Redis; must not know sources or outputs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import asdict
from typing import cast

import orjson

from summarizer import SummarizerError
from workers.connection import Connection
from workers.errors import ScheduleExistsError, ScheduleNotFoundError, ServiceError
from workers.keys import Keys
from workers.run_store import RunStore
from workers.schedule_memory import in_ms
from workers.schedules import Schedule, ScheduleState
from workers.settings import Settings

_log = logging.getLogger(__name__)

_SCRIPTS = (
    "put_schedule", "remove_schedule",
    "open_slots", "take_run", "keep_run", "write_run", "drop_run",
    "note_had", "note_sources",
)  # fmt: skip


class ScheduleStore(RunStore):
    """Schedules and their runs in Redis."""

    def add(self, schedule: Schedule, *, now: float) -> Schedule:
        """Add a schedule; its slots begin after the instant `now`.

        Raises:
            ScheduleExistsError: the name is taken.
        """
        if not self._put(schedule, after=now, read=b""):
            raise ScheduleExistsError(schedule.name)
        return self.get(schedule.name)

    def edit(self, name: str, change: Callable[[Schedule], Schedule], *, now: float) -> Schedule:
        """Change a schedule; slots from before the instant `now` are not caught up by a change.

        Args:
            name: the schedule.
            change: returns what becomes of it; called again where another change came between.
            now: the instant.

        Raises:
            ScheduleNotFoundError: no schedule of this name.
        """
        is_written = False
        while not is_written:
            stored, handled = self._stored(name)
            before = _schedule(stored, handled)
            changed = change(before)
            has_new_slots = (before.cron, before.timezone) != (changed.cron, changed.timezone)
            begins_anew = before.state is ScheduleState.PAUSED or has_new_slots
            is_written = self._put(changed, after=now if begins_anew else None, read=stored)
        return self.get(name)

    def _put(self, schedule: Schedule, *, after: float | None, read: bytes) -> bool:
        """Write a schedule, and the instant that its slots begin after unless that is to stay.

        False if what is stored is not what was read.
        """
        keys = [self._keys.schedules, self._keys.handled]
        instant = "" if after is None else in_ms(after)
        arguments = [schedule.name, _to_store(schedule), instant, read]
        return bool(self._connection.run("put_schedule", keys=keys, arguments=arguments))

    def get(self, name: str) -> Schedule:
        """Return a schedule.

        Raises:
            ScheduleNotFoundError: no schedule of this name.
        """
        return _schedule(*self._stored(name))

    def _stored(self, name: str) -> tuple[bytes, bytes | None]:
        """Return a schedule, and until when its slots were looked at, as they are stored."""
        with self._connection.translated():
            stored = cast(bytes | None, self._redis.hget(self._keys.schedules, name))
            handled = cast(bytes | None, self._redis.hget(self._keys.handled, name))
        if stored is None:
            raise ScheduleNotFoundError(name)
        return stored, handled

    def all(self) -> tuple[Schedule, ...]:
        """Return all schedules, by name; one that cannot be read is logged and left out.

        It may come from another version, or name a zone that this machine does not know.
        """
        with self._connection.translated():
            stored = cast(dict[bytes, bytes], self._redis.hgetall(self._keys.schedules))
            handled = cast(dict[bytes, bytes], self._redis.hgetall(self._keys.handled))
        readable = []
        for name in sorted(stored):
            try:
                readable.append(_schedule(stored[name], handled.get(name)))
            except (ServiceError, SummarizerError, LookupError, TypeError, ValueError) as error:
                _log.error("schedule %s cannot be read: %s", name.decode(), error)
        return tuple(readable)

    def remove(self, name: str) -> None:
        """Remove a schedule with its history, in one step; its batches stay.

        Raises:
            ScheduleNotFoundError: no schedule of this name.
        """
        own = self._keys.schedule(name)
        keys = [
            self._keys.schedules, self._keys.handled, self._keys.open_runs,
            own.runs, own.seen, own.sketches, own.sources,
        ]  # fmt: skip
        arguments = [name, own.run_prefix, own.found_prefix]
        if not self._connection.run("remove_schedule", keys=keys, arguments=arguments):
            raise ScheduleNotFoundError(name)


def open_schedule_store(settings: Settings, *, redis_url: str, attempts: int) -> ScheduleStore:
    """Return a schedule store on a new connection.

    Args:
        settings: the prefix of keys and their times to live.
        redis_url: redis://, rediss:// or unix://.
        attempts: how often a command is tried again while Redis is away.
    """
    connection = Connection(redis_url, attempts=attempts, prelude="local LEGAL", scripts=_SCRIPTS)
    return ScheduleStore(connection, Keys(settings.key_prefix), settings=settings)


def _to_store(schedule: Schedule) -> bytes:
    fields = asdict(schedule)
    del fields["handled_until"]
    return orjson.dumps(fields)


def _schedule(stored: bytes, handled: bytes | None) -> Schedule:
    fields = orjson.loads(stored)
    for name in ("sources", "formats"):
        fields[name] = tuple(fields[name])
    return Schedule(**fields, handled_until=int(handled or 0) / 1000)
