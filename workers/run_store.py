"""Runs of schedules in Redis: each slot once, one scheduler at a time; must not know schedules.

A run is held by one scheduler at a time, by a lease. What a scheduler writes is refused once
another has taken the run over, so a slow one never undoes what was done since.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, cast

import orjson

from workers.errors import RunLostError, ScheduleNotFoundError
from workers.schedule_memory import MARKS_AT_ONCE, ScheduleMemory, in_ms
from workers.schedules import DueSlots, Run, RunState

_JSON_FIELDS = ("sources", "outputs")

_MAX_SKETCHES = 20_000


class RunStore(ScheduleMemory):
    """Runs in Redis, beside what their schedules remember."""

    def open_slots(self, name: str, slots: DueSlots, *, until: float) -> int:
        """Note slots as due or missed, each once, however many schedulers look; return the new.

        Args:
            name: the schedule.
            slots: its slots.
            until: the instant that it was looked at.

        Raises:
            ScheduleNotFoundError: it was removed meanwhile.
        """
        states = [(slot, RunState.MISSED) for slot in slots.missed]
        states += [(slot, RunState.DUE) for slot in slots.run]
        keys = self._keys.schedule(name)
        new = self._connection.run(
            "open_slots",
            keys=[
                self._keys.schedules, self._keys.handled, keys.runs, self._keys.open_runs,
                *(keys.run(in_ms(slot)) for slot, _ in states),
            ],
            arguments=[
                name, in_ms(until), self._settings.history_ttl_s, keys.run_prefix,
                *(part for slot, state in states for part in (in_ms(slot), state)),
            ],
        )  # fmt: skip
        if new < 0:
            raise ScheduleNotFoundError(name)
        return cast(int, new)

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

        Another may hold it, it may have ended, or it is to be tried again later; the last does
        not count when it is urgent.
        """
        key = self._keys.schedule(name).run(in_ms(slot))
        arguments = [token, int(lease_s * 1000), int(is_urgent)]
        state = self._connection.run("take_run", keys=[key], arguments=arguments).decode()
        return RunState(state) if state else None

    def keep_run(
        self, name: str, slot: float, *, token: str, lease_s: float, load: str = ""
    ) -> bool:
        """Lengthen the lease of a run; False if the scheduler holds it no more.

        Args:
            name: the schedule.
            slot: the slot.
            token: names the scheduler.
            lease_s: until when it is held.
            load: what the scheduler has loaded and is about to commit; noted for the next one.
        """
        key = self._keys.schedule(name).run(in_ms(slot))
        arguments = [token, int(lease_s * 1000), load]
        return bool(self._connection.run("keep_run", keys=[key], arguments=arguments))

    def load_of(self, name: str, slot: float) -> str | None:
        """Return the load that was noted last for a run, or None."""
        key = self._keys.schedule(name).run(in_ms(slot))
        with self._connection.translated():
            load = cast(bytes | None, self._redis.hget(key, "load"))
        return load.decode() if load else None

    def write_run(self, name: str, slot: float, *, token: str, **fields: Any) -> bool:
        """Write what became of a run and lay it down; False if another scheduler took it over.

        Args:
            name: the schedule.
            slot: the slot.
            token: names the scheduler.
            **fields: of the run; `findings` names what its batch is of, which is kept from then
                on, until results would expire after the run's end.
        """
        own = self._keys.schedule(name)
        arguments = [
            token, f"{name}|{in_ms(slot)}", self._settings.history_ttl_s,
            own.found_prefix, self._settings.results_ttl_s,
        ]  # fmt: skip
        for field, value in fields.items():
            is_json = field in _JSON_FIELDS
            arguments += [field, orjson.dumps(value).decode() if is_json else value]
        keys = [own.run(in_ms(slot)), self._keys.open_runs]
        return bool(self._connection.run("write_run", keys=keys, arguments=arguments))

    def note(
        self,
        name: str,
        slot: float,
        *,
        token: str,
        keys: Iterable[str],
        sketches: Iterable[str],
        states: Mapping[str, Mapping[str, Any]],
    ) -> None:
        """Note for a run what its schedule has had, and what its sources said.

        Marks not met for `seen_ttl_s` are forgotten; the newest `_MAX_SKETCHES` sketches are kept.

        Args:
            name: the schedule.
            slot: the slot.
            token: names the scheduler.
            keys: what articles are known by.
            sketches: what tells near-copies of them, in hexadecimal digits.
            states: what each source said.

        Raises:
            RunLostError: another scheduler took it over, or the schedule was removed, even if one
                of its name is there again: what follows the removal is not noted.
        """
        own = self._keys.schedule(name)
        run = own.run(in_ms(slot))
        now, ttl_s = self.now(), self._settings.seen_ttl_s

        def ask(script: str, key: str, *arguments: object) -> None:
            if not self._connection.run(script, keys=[run, key], arguments=[token, *arguments]):
                raise RunLostError(name)

        for key, marks, most in ((own.seen, keys, 0), (own.sketches, sketches, _MAX_SKETCHES)):
            kept = tuple(dict.fromkeys(mark for mark in marks if mark))
            # Page by page: no server takes a command of a million words.
            for start in range(0, max(len(kept), 1), MARKS_AT_ONCE):
                page = kept[start : start + MARKS_AT_ONCE]
                ask("note_had", key, now, now - ttl_s, ttl_s, most, *page)
        said = {source: orjson.dumps(dict(state)) for source, state in states.items()}
        ask("note_sources", own.sources, ttl_s, *(part for pair in said.items() for part in pair))

    def drop_run(self, name: str, slot: float) -> bool:
        """Drop a run whose schedule is gone; False if the schedule is there."""
        own = self._keys.schedule(name)
        keys = [
            self._keys.schedules, self._keys.handled, self._keys.open_runs,
            own.runs, own.run(in_ms(slot)),
        ]  # fmt: skip
        arguments = [name, f"{name}|{in_ms(slot)}", own.found_prefix]
        return bool(self._connection.run("drop_run", keys=keys, arguments=arguments))

    def run(self, name: str, slot: float) -> Run | None:
        """Return one run, or None if there is none for this slot."""
        key = self._keys.schedule(name).run(in_ms(slot))
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
        found: list[Run] = []
        with self._connection.translated():
            for member in cast(list[bytes], self._redis.zrevrange(keys.runs, 0, -1)):
                if len(found) == limit:
                    break
                run = self.run(name, int(member) / 1000)
                if run is not None and run.state in states:
                    found.append(run)
        return tuple(found)


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
