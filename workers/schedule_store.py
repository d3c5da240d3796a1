"""Schedules and their runs in Redis; must not know sources or outputs.

A run is held by one scheduler at a time, by a lease. What a scheduler writes is refused once
another has taken the run over, so a slow one never undoes what was done since.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any, cast

import orjson

from summarizer import SummarizerError
from workers.connection import Connection
from workers.errors import ScheduleExistsError, ScheduleNotFoundError, ServiceError
from workers.keys import Keys
from workers.schedule_memory import ScheduleMemory
from workers.schedules import DueSlots, Run, RunState, Schedule, ScheduleState
from workers.settings import Settings

_log = logging.getLogger(__name__)

_SCRIPTS = ("put_schedule", "open_slots", "take_run", "write_run")
_JSON_FIELDS = ("sources", "outputs")


class ScheduleStore(ScheduleMemory):
    """Schedules in Redis."""

    # Schedules.

    def add(self, schedule: Schedule, *, now: float) -> Schedule:
        """Add a schedule; its slots begin after the instant `now`.

        Raises:
            ScheduleExistsError: the name is taken.
        """
        if not self._put(schedule, after=now, is_new=True):
            raise ScheduleExistsError(schedule.name)
        return self.get(schedule.name)

    def edit(self, schedule: Schedule, *, now: float) -> Schedule:
        """Replace a schedule; slots from before the instant `now` are not caught up by a change.

        Raises:
            ScheduleNotFoundError: no schedule of this name.
        """
        before = self.get(schedule.name)
        has_new_slots = (before.cron, before.timezone) != (schedule.cron, schedule.timezone)
        begins_anew = before.state is ScheduleState.PAUSED or has_new_slots
        if not self._put(schedule, after=now if begins_anew else None, is_new=False):
            raise ScheduleNotFoundError(schedule.name)
        return self.get(schedule.name)

    def _put(self, schedule: Schedule, *, after: float | None, is_new: bool) -> bool:
        """Write a schedule, and the instant that its slots begin after unless that is to stay."""
        keys = [self._keys.schedules, self._keys.handled]
        instant = "" if after is None else _ms(after)
        arguments = [schedule.name, _stored(schedule), instant, int(is_new)]
        return bool(self._connection.run("put_schedule", keys=keys, arguments=arguments))

    def get(self, name: str) -> Schedule:
        """Return a schedule.

        Raises:
            ScheduleNotFoundError: no schedule of this name.
        """
        with self._connection.translated():
            stored = cast(bytes | None, self._redis.hget(self._keys.schedules, name))
            handled = cast(bytes | None, self._redis.hget(self._keys.handled, name))
        if stored is None:
            raise ScheduleNotFoundError(name)
        return _schedule(stored, handled)

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
        """Remove a schedule with its history; its batches stay.

        Raises:
            ScheduleNotFoundError: no schedule of this name.
        """
        keys = self._keys.schedule(name)
        with self._connection.translated():
            slots = cast(list[bytes], self._redis.zrange(keys.runs, 0, -1))
            with self._redis.pipeline() as pipe:
                pipe.hdel(self._keys.schedules, name)
                pipe.hdel(self._keys.handled, name)
                pipe.unlink(keys.runs, keys.seen, keys.sketches, keys.sources)
                for slot in slots:
                    pipe.unlink(keys.run(int(slot)))
                    pipe.srem(self._keys.open_runs, f"{name}|{int(slot)}")
                removed, *_ = pipe.execute()
        if not removed:
            raise ScheduleNotFoundError(name)

    # Runs.

    def open_slots(self, name: str, slots: DueSlots, *, until: float) -> int:
        """Note slots as due or missed, each once, however many schedulers look; return the new.

        Args:
            name: the schedule.
            slots: its slots.
            until: the instant that it was looked at.
        """
        states = [(slot, RunState.MISSED) for slot in slots.missed]
        states += [(slot, RunState.DUE) for slot in slots.run]
        keys = self._keys.schedule(name)
        return cast(
            int,
            self._connection.run(
                "open_slots",
                keys=[
                    self._keys.handled, keys.runs, self._keys.open_runs,
                    *(keys.run(_ms(slot)) for slot, _ in states),
                ],
                arguments=[
                    name, _ms(until), self._settings.history_ttl_s,
                    *(part for slot, state in states for part in (_ms(slot), state)),
                ],
            ),
        )  # fmt: skip

    def open_runs(self) -> tuple[tuple[str, float], ...]:
        """Return schedule and slot of the runs that have not ended, oldest first."""
        with self._connection.translated():
            members = cast(set[bytes], self._redis.smembers(self._keys.open_runs))
        pairs = (member.decode().rsplit("|", 1) for member in members)
        runs = ((name, int(slot) / 1000) for name, slot in pairs)
        return tuple(sorted(runs, key=lambda run: (run[1], run[0])))

    def take_run(
        self, name: str, slot: float, *, token: str, lease_s: float, is_urgent: bool = False
    ) -> RunState | None:
        """Lease a run, or lengthen the lease; None if it is not to be had.

        Another may hold it, it may have ended, or its outputs are to be tried again later; the
        last does not count when it is urgent.
        """
        key = self._keys.schedule(name).run(_ms(slot))
        arguments = [token, int(lease_s * 1000), int(is_urgent)]
        state = self._connection.run("take_run", keys=[key], arguments=arguments).decode()
        return RunState(state) if state else None

    def write_run(self, name: str, slot: float, *, token: str, **fields: Any) -> bool:
        """Write what became of a run and lay it down; False if another scheduler took it over."""
        key = self._keys.schedule(name).run(_ms(slot))
        arguments = [token, f"{name}|{_ms(slot)}", self._settings.history_ttl_s]
        for field, value in fields.items():
            is_json = field in _JSON_FIELDS
            arguments += [field, orjson.dumps(value).decode() if is_json else value]
        keys = [key, self._keys.open_runs]
        return bool(self._connection.run("write_run", keys=keys, arguments=arguments))

    def run(self, name: str, slot: float) -> Run | None:
        """Return one run, or None if there is none for this slot."""
        key = self._keys.schedule(name).run(_ms(slot))
        with self._connection.translated():
            fields = cast(dict[bytes, bytes], self._redis.hgetall(key))
        return _run(name, slot, fields) if fields else None

    def runs(
        self, name: str, *, limit: int, states: Collection[RunState] = tuple(RunState)
    ) -> tuple[Run, ...]:
        """Return runs of a schedule, newest first.

        Args:
            name: the schedule.
            limit: at most so many.
            states: only those in one of these states.
        """
        keys = self._keys.schedule(name)
        oldest = _ms(self.now() - self._settings.history_ttl_s)
        found: list[Run] = []
        with self._connection.translated():
            self._redis.zremrangebyscore(keys.runs, "-inf", oldest)
            for member in cast(list[bytes], self._redis.zrevrange(keys.runs, 0, -1)):
                if len(found) == limit:
                    break
                run = self.run(name, int(member) / 1000)
                if run is not None and run.state in states:
                    found.append(run)
        return tuple(found)


def open_schedule_store(settings: Settings, *, redis_url: str, attempts: int) -> ScheduleStore:
    """Return a schedule store on a new connection.

    Args:
        settings: the prefix of keys and their times to live.
        redis_url: redis://, rediss:// or unix://.
        attempts: how often a command is tried again while Redis is away.
    """
    connection = Connection(redis_url, attempts=attempts, prelude="local LEGAL", scripts=_SCRIPTS)
    return ScheduleStore(connection, Keys(settings.key_prefix), settings=settings)


def _ms(instant: float) -> int:
    return round(instant * 1000)


def _stored(schedule: Schedule) -> bytes:
    fields = asdict(schedule)
    del fields["handled_until"]
    return orjson.dumps(fields)


def _schedule(stored: bytes, handled: bytes | None) -> Schedule:
    fields = orjson.loads(stored)
    for name in ("sources", "formats"):
        fields[name] = tuple(fields[name])
    return Schedule(**fields, handled_until=int(handled or 0) / 1000)


def _run(name: str, slot: float, stored: Mapping[bytes, bytes]) -> Run:
    fields = {field.decode(): value.decode() for field, value in stored.items()}

    def instant(field: str) -> float | None:
        return int(fields[field]) / 1000 if field in fields else None

    counts = {
        field: int(fields.get(field, 0)) for field in ("found", "skipped", "succeeded", "errored")
    }
    return Run(
        schedule=name,
        slot=slot,
        state=RunState(fields["state"]),
        started_at=instant("started_at"),
        ended_at=instant("ended_at"),
        batch_id=fields.get("batch_id"),
        sources=tuple(orjson.loads(fields.get("sources", "[]"))),
        outputs=tuple(orjson.loads(fields.get("outputs", "[]"))),
        error=fields.get("error") or None,
        **counts,
    )
