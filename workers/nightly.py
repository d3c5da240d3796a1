"""Runs of schedules: each slot once, whoever is killed; must not know Celery.

A run goes from due over collecting and submitted to its end. Every step can be done again: its
batch has an id that follows from schedule and slot, what was found lies beside the batch, and what
the schedule has had is noted only once the batch is safe.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event

from summarizer import SummarizerError
from workers.batches import Batch
from workers.collecting import Collected, collect
from workers.errors import (
    RunLostError,
    ScheduleNotFoundError,
    ServiceError,
    StoreFullError,
    StoreUnavailableError,
)
from workers.faults import Faults
from workers.findings import Findings
from workers.intake import Limits
from workers.leases import kept_lease
from workers.run_batches import RunBatches
from workers.run_outputs import delivered, findings_of, undelivered, write_run
from workers.schedule_store import ScheduleStore
from workers.schedules import RunState, Schedule, due_slots
from workers.service import Service
from workers.sources import SourceContext
from workers.sources.records import Extract, Fetcher

_log = logging.getLogger(__name__)

# What a step may end with: a newer version's records are among it, as KeyError or ValueError.
_FAULTS = (ServiceError, SummarizerError, OSError, LookupError, TypeError, ValueError)
_SUBMITTED = (RunState.SUBMITTED, RunState.UNDELIVERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """What fetches pages, and what extracts articles from them."""

    fetcher: Fetcher
    extract: Extract


class Nightly:
    """Looks which slots are due, and brings runs to their end."""

    def __init__(
        self,
        schedules: ScheduleStore,
        service: Service,
        *,
        web: Web,
        limits: Limits,
        lease_s: float,
        stop: Event,
    ) -> None:
        self._schedules = schedules
        self._service = service
        self._batches = RunBatches(schedules, service)
        self._web = web
        self._limits = limits
        self._lease_s = lease_s
        self._stop = stop
        self._faults = Faults()
        self._token = secrets.token_hex(8)

    def open_due_slots(self, *, now: float | None = None) -> int:
        """Note the slots that have come; each is noted once, however many schedulers look.

        Args:
            now: the instant; the store's own time if not given.

        Returns:
            How many were new.
        """
        moment = self._schedules.now() if now is None else now
        new = 0
        for schedule in self._schedules.all():
            slots = due_slots(schedule, now=moment)
            is_ahead = schedule.handled_until > moment
            if slots.run or slots.missed or is_ahead:
                # It may be removed at this moment.
                with suppress(ScheduleNotFoundError):
                    new += self._schedules.open_slots(schedule.name, slots, until=moment)
        return new

    def open_runs(self) -> tuple[tuple[str, float], ...]:
        """Return schedule and slot of the runs that can go on now: one of each schedule.

        The next one waits until what the one before found is noted as had.
        """
        first: dict[str, float] = {}
        others: list[tuple[str, float]] = []
        for name, slot in self._schedules.open_runs():
            what = f"reading the run of {name} at {slot}"
            run = self._faults.contain(what, partial(self._schedules.run, name, slot))
            if run is not None and run.state in _SUBMITTED:
                others.append((name, slot))
            else:
                first.setdefault(name, slot)
        return (*others, *first.items())

    def advance(self, name: str, slot: float) -> RunState | None:
        """Bring a run one step further.

        Args:
            name: the schedule.
            slot: the slot.

        Returns:
            The state that it came to; None if it is not ours to bring further.
        """
        state = self._take(name, slot)
        if state is None:
            return None
        try:
            with kept_lease(
                lambda: self._keep(name, slot),
                what=f"the run of {name}",
                every_s=self._lease_s / 4,
            ) as lost:
                outcome = self._step(name, slot, state, lost=lost)
        except RunLostError:
            return None
        except ScheduleNotFoundError:
            self._schedules.drop_run(name, slot)
            return None
        return self._write(name, slot, **outcome)

    # Steps; each returns what the run came to, as the store takes it.

    def _step(
        self, name: str, slot: float, state: RunState, *, lost: Event
    ) -> Mapping[str, object]:
        try:
            if state in _SUBMITTED:
                return self._finish(self._schedules.get(name), slot)
            self._batches.fence(name, slot)
            return self._submit(self._schedules.get(name), slot, lost=lost)
        except (RunLostError, ScheduleNotFoundError):
            raise
        except StoreUnavailableError as error:
            if state in _SUBMITTED or not isinstance(error, StoreFullError):
                raise  # the lease runs out, and the step is done again
            # Its sources are not to be asked again and again until there is room.
            _log.warning("run of %s at %s is put off: %s", name, slot, error)
            return {"state": RunState.COLLECTING, "error": str(error)}
        except _FAULTS as error:
            _log.exception("run of %s at %s failed", name, slot)
            return {"state": RunState.FAILED, "error": str(error)}

    def _submit(self, schedule: Schedule, slot: float, *, lost: Event) -> Mapping[str, object]:
        """Collect and submit, or go on with the batch that an earlier attempt submitted."""
        batch = self._batches.of(schedule.name, slot)
        if batch is None:
            self._service.refuse_if_full()
            collected = self._collect(schedule, lost=lost)
            if not collected.items:
                return self._end_without_batch(schedule, slot, collected.findings)
            batch = self._batches.submit(
                schedule,
                slot,
                collected,
                keep=lambda load: self._keep(schedule.name, slot, load=load),
            )
        findings = findings_of(self._schedules, schedule.name, batch)
        self._note(schedule, slot, findings)
        return {
            **_submitted(batch),
            "batch_id": batch.id,
            "found": len(findings.items),
            "skipped": findings.skipped,
            "sources": list(findings.sources),
            "error": "",
        }

    def _finish(self, schedule: Schedule, slot: float) -> Mapping[str, object]:
        """Write the outputs once the batch has ended."""
        batch = self._batches.of(schedule.name, slot)
        if batch is None:
            return {"state": RunState.FAILED, "error": "its batch was deleted, or has expired"}
        if not batch.state.is_final:
            return _submitted(batch)
        try:
            outputs = self._write_outputs(schedule, slot, batch)
        except StoreUnavailableError:
            raise
        except _FAULTS as error:
            _log.exception("outputs of the run of %s at %s are owed", schedule.name, slot)
            return undelivered(schedule, slot, batch=batch, error=error)
        return delivered(batch, outputs)

    def _end_without_batch(
        self, schedule: Schedule, slot: float, findings: Findings
    ) -> Mapping[str, object]:
        """End a run that has nothing to summarise: nothing new, or no source could be read."""
        self._note(schedule, slot, findings)
        has_failed = findings.has_failed
        return {
            "state": RunState.FAILED if has_failed else RunState.COMPLETED,
            "skipped": findings.skipped,
            "sources": list(findings.sources),
            "error": "no source could be read" if has_failed else "",
        }

    # Parts of steps.

    def _take(self, name: str, slot: float) -> RunState | None:
        return self._schedules.take_run(name, slot, token=self._token, lease_s=self._lease_s)

    def _keep(self, name: str, slot: float, *, load: str = "") -> bool:
        return self._schedules.keep_run(
            name, slot, token=self._token, lease_s=self._lease_s, load=load
        )

    def _write(self, name: str, slot: float, **fields: object) -> RunState | None:
        """Write what became of a run; None if another scheduler has taken it over."""
        if not self._schedules.write_run(name, slot, token=self._token, **fields):
            return None
        return RunState(str(fields["state"]))

    def _collect(self, schedule: Schedule, *, lost: Event) -> Collected:
        name = schedule.name
        context = SourceContext(
            now=datetime.fromtimestamp(self._schedules.now(), UTC),
            fetcher=self._web.fetcher,
            extract=self._web.extract,
            pause=self._stop.wait,
            states=self._schedules.source_states(name),
            had=lambda keys: self._schedules.seen(name, keys),
            limits=self._limits,
        )
        return collect(
            schedule,
            context=context,
            seen_sketches=self._schedules.sketches(name),
            is_ours=lambda: not (self._stop.is_set() or lost.is_set()),
            ask_every_s=self._lease_s / 4,
        )

    def _write_outputs(self, schedule: Schedule, slot: float, batch: Batch) -> tuple[Path, ...]:
        if schedule.output is None:
            return ()
        findings = findings_of(self._schedules, schedule.name, batch)
        lines = self._service.result_lines(batch.id)
        folder = Path(schedule.output)
        return write_run(schedule, slot, batch=batch, findings=findings, lines=lines, folder=folder)

    def _note(self, schedule: Schedule, slot: float, findings: Findings) -> None:
        """Note what the schedule has had; to be done once the articles are safe."""
        self._schedules.note(
            schedule.name,
            slot,
            token=self._token,
            keys=findings.keys,
            sketches=findings.sketches,
            states=findings.states,
        )


def _submitted(batch: Batch) -> Mapping[str, object]:
    """Return what a run is whose batch is there; what that is of is to stay as long as the run."""
    return {"state": RunState.SUBMITTED, "findings": batch.metadata.get("found", "")}
