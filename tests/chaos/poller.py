"""Polls every open batch all the time and checks what each poll says; writes nothing.

Its own thread with its own connection, so that polls go on while things are killed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Event, Lock, Thread
from time import monotonic

from tests.chaos.plan import Fault
from workers.batches import TRANSITIONS, Batch, BatchState
from workers.errors import BatchNotFoundError, StoreUnavailableError
from workers.store import Store


@dataclass(slots=True)
class _Injected:
    """A fault, and the articles finished when it was first looked for a recovery from it."""

    fault: Fault
    at: float
    base: int | None = None


class Poller(Thread):
    """Follows batches from their commit to their end.

    Attributes:
        polls: how many polls were answered.
        ended: batches that reached their end since somebody looked.
        recoveries: seconds from each fault to the next chunk that was finished.
    """

    def __init__(
        self,
        store: Store,
        *,
        pause_s: float,
        may_roll_back: Callable[[float], bool],
        report: Callable[[str], None],
    ) -> None:
        super().__init__(name="poller", daemon=True)
        self._store = store
        self._pause_s = pause_s
        self._may_roll_back = may_roll_back
        self._report = report
        self._halt = Event()
        self._lock = Lock()
        self._injected: list[_Injected] = []
        self._live: dict[str, tuple[Batch, float]] = {}
        self._finished_before = 0
        self.polls = 0
        self.accepted = 0
        self.ended: SimpleQueue[Batch] = SimpleQueue()
        self.recoveries: dict[Fault, list[float]] = {}

    def note(self, fault: Fault, *, at: float) -> None:
        """Take the time from this fault to the next finished chunk."""
        with self._lock:
            self._injected.append(_Injected(fault, at))

    def stop(self) -> None:
        """End the thread."""
        self._halt.set()
        self.join()

    @property
    def live(self) -> list[Batch]:
        """The batches that have not ended, as last seen."""
        return [batch for batch, _ in list(self._live.values())]

    def run(self) -> None:
        """Poll until stopped."""
        while not self._halt.wait(self._pause_s):
            started = monotonic()
            try:
                self._round()
            except StoreUnavailableError:
                continue
            self._take_times(started)

    def _round(self) -> None:
        for batch_id in {*self._store.open_batches(), *self._live}:
            before, seen_at = self._live.get(batch_id, (None, 0.0))
            try:
                batch = self._store.batch(batch_id)
            except BatchNotFoundError:
                del self._live[batch_id]
                if not self._may_roll_back(seen_at):
                    self._report(f"{batch_id} is gone, and was open when last seen")
                continue
            self.polls += 1
            self._check(batch)
            if before is None:
                self.accepted += batch.counts.total
            else:
                self._compare(before, batch, seen_at)
            self._live[batch_id] = (batch, monotonic())
            if batch.state.is_final:
                del self._live[batch_id]
                self._finished_before += batch.counts.total
                self.ended.put(batch)

    def _check(self, batch: Batch) -> None:
        counts = batch.counts
        parts = (counts.queued, counts.processing, counts.succeeded, counts.errored)
        if sum(parts) + counts.cancelled + counts.expired != counts.total or min(parts) < 0:
            self._report(f"{batch.id}: the counts do not sum to the total: {counts}")
        if batch.state.is_final and counts.finished != counts.total:
            self._report(f"{batch.id} is {batch.state} with unfinished items: {counts}")

    def _compare(self, before: Batch, batch: Batch, seen_at: float) -> None:
        goes_back = batch.counts.finished < before.counts.finished
        is_legal = batch.state in _reachable(before.state)
        if batch.counts.total != before.counts.total:
            self._report(f"{batch.id}: its total changed")
        if (goes_back or not is_legal) and not self._may_roll_back(seen_at):
            self._report(f"{batch.id} went back: {before.state} {before.counts} -> {batch.counts}")

    def _take_times(self, started: float) -> None:
        finished = self._finished_before + sum(batch.counts.finished for batch in self.live)
        with self._lock:
            waiting = []
            for injected in self._injected:
                if injected.at > started or injected.base is None or finished < injected.base:
                    if injected.at <= started:
                        injected.base = finished
                    waiting.append(injected)
                elif finished > injected.base:
                    took = monotonic() - injected.at
                    self.recoveries.setdefault(injected.fault, []).append(took)
                else:
                    waiting.append(injected)
            self._injected = waiting


def _reachable(state: BatchState) -> set[BatchState]:
    """Return the state and all that legal moves lead to."""
    found, waiting = {state}, [state]
    while waiting:
        for target in TRANSITIONS[waiting.pop()] - found:
            found.add(target)
            waiting.append(target)
    return found
