"""What can be asked of schedules, one function each, for the command line.

Must not know how a run is done: it only makes slots due, and tells what became of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from workers.errors import InvalidScheduleError
from workers.outputs import OutputFormat
from workers.schedule_store import ScheduleStore
from workers.schedules import DueSlots, Run, RunState, Schedule, ScheduleState, next_slots
from workers.sources import SourceKind, parse_source


class ScheduleService:
    """Everything that can be asked of schedules."""

    def __init__(self, store: ScheduleStore) -> None:
        self._store = store

    def add(self, schedule: Schedule, *, folder: Path) -> Schedule:
        """Add a schedule; its first slot is the next one from now.

        Args:
            schedule: the schedule.
            folder: what relative paths of sources and output are relative to.

        Raises:
            ScheduleExistsError: the name is taken.
            InvalidScheduleError: a source or a format means nothing.
        """
        return self._store.add(_checked(schedule, folder), now=self._store.now())

    def list(self) -> tuple[Schedule, ...]:
        """Return all schedules, by name."""
        return self._store.all()

    def get(self, name: str) -> Schedule:
        """Return a schedule.

        Raises:
            ScheduleNotFoundError: no schedule of this name.
        """
        return self._store.get(name)

    def edit(self, name: str, changes: Mapping[str, Any], *, folder: Path = Path("/")) -> Schedule:
        """Change parts of a schedule.

        Args:
            name: the schedule.
            changes: its new parts, by field.
            folder: what relative paths among them are relative to.

        Raises:
            ScheduleNotFoundError: no schedule of this name.
            InvalidScheduleError: a change means nothing.
        """

        def change(before: Schedule) -> Schedule:
            return _checked(replace(before, **changes), folder)

        return self._store.edit(name, change, now=self._store.now())

    def pause(self, name: str) -> Schedule:
        """Run no more slots until it is resumed."""
        return self.edit(name, {"state": ScheduleState.PAUSED})

    def resume(self, name: str) -> Schedule:
        """Run slots again, from now on; those that passed in between are not caught up."""
        return self.edit(name, {"state": ScheduleState.ACTIVE})

    def run_now(self, name: str) -> Run:
        """Make a run due at once, beside the schedule's own slots.

        Raises:
            ScheduleNotFoundError: no schedule of this name.
        """
        slot = round(self._store.now(), 3)
        # Until instant 0: the schedule's own slots are not looked at by this.
        self._store.open_slots(name, DueSlots(run=(slot,), missed=()), until=0)
        return self._store.run(name, slot) or Run(schedule=name, slot=slot, state=RunState.DUE)

    def run(self, name: str, slot: float) -> Run | None:
        """Return one run, or None if there is none for this slot."""
        return self._store.run(name, slot)

    def remove(self, name: str) -> None:
        """Remove a schedule with its history; its batches stay until they expire.

        Raises:
            ScheduleNotFoundError: no schedule of this name.
        """
        self._store.remove(name)

    def history(
        self, name: str, *, limit: int = 20, states: Collection[RunState] = tuple(RunState)
    ) -> tuple[Run, ...]:
        """Return runs of a schedule, newest first.

        Raises:
            ScheduleNotFoundError: no schedule of this name.
        """
        self._store.get(name)
        return self._store.runs(name, limit=limit, states=states)

    def next_slots(self, name: str, *, count: int = 5) -> tuple[float, ...]:
        """Return the instants at which it is due next; none while it is paused.

        Raises:
            ScheduleNotFoundError: no schedule of this name.
        """
        schedule = self._store.get(name)
        if schedule.state is ScheduleState.PAUSED:
            return ()
        return next_slots(schedule, after=self._store.now(), count=count)


def _checked(schedule: Schedule, folder: Path) -> Schedule:
    """Return the schedule with whole paths; refuse sources and formats that mean nothing."""
    specs = [parse_source(source, folder=folder) for source in schedule.sources]
    if any(spec.kind is SourceKind.STDIN for spec in specs):
        raise InvalidScheduleError("source", "-", "standard input is for `run` alone")
    for name in schedule.formats:
        if name not in list(OutputFormat):
            raise InvalidScheduleError("format", name, f"known: {', '.join(OutputFormat)}")
    output = str(folder / Path(schedule.output).expanduser()) if schedule.output else None
    return replace(schedule, sources=tuple(spec.value for spec in specs), output=output)
