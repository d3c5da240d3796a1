"""The batch of a run: there is one at most, whoever is killed or stopped; must not know sources.

Its id follows from schedule and slot. What it is of is kept before it is submitted, and its load is
noted in the run before it is committed, so that whoever takes the run over can do away with it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator

from summarizer import Options
from workers.batches import Batch
from workers.collecting import Collected
from workers.errors import (
    BatchNotFoundError,
    IdempotencyKeyReusedError,
    RunLostError,
    StoreFullError,
)
from workers.run_outputs import local_time
from workers.schedule_store import ScheduleStore
from workers.schedules import Schedule
from workers.service import Service


class RunBatches:
    """The batches of runs."""

    def __init__(self, schedules: ScheduleStore, service: Service) -> None:
        self._schedules = schedules
        self._service = service

    def of(self, name: str, slot: float) -> Batch | None:
        """Return the batch of a run, or None if there is none."""
        try:
            return self._service.get_by_key(_key(name, slot))
        except BatchNotFoundError:
            return None

    def fence(self, name: str, slot: float) -> None:
        """Keep whoever held the run before from committing a batch from now on.

        It may be stopped between its last look at the lease and the commit, and the run may end
        without a batch meanwhile: that batch would be nobody's, and its articles taken once more.
        """
        load = self._schedules.load_of(name, slot)
        if load is not None:
            self._service.discard(_key(name, slot), token=load)

    def submit(
        self,
        schedule: Schedule,
        slot: float,
        collected: Collected,
        *,
        keep: Callable[[str], bool],
    ) -> Batch:
        """Submit what was collected for a run, and return the run's batch.

        Args:
            schedule: the schedule.
            slot: the run's slot.
            collected: what was collected.
            keep: keeps the lease and notes the load in the run; False when the run is lost.

        Raises:
            RunLostError: the run is ours no more.
            StoreFullError: Redis is too full to take more.
            StoreUnavailableError: Redis cannot be reached.
        """
        token = secrets.token_hex(8)
        is_loaded = False

        def check_lease() -> None:
            nonlocal is_loaded
            if not keep(token):
                raise RunLostError(schedule.name)
            is_loaded = True

        try:
            blobs = self._while_there_is_room(collected.findings.pack())
            self._schedules.save_found(schedule.name, token, blobs)
            return self._service.submit(
                collected.items,
                options=Options.from_mapping(schedule.options),
                display_name=f"{schedule.name} {local_time(schedule, slot):%Y-%m-%d %H:%M %Z}",
                metadata={"schedule": schedule.name, "slot": repr(slot), "found": token},
                idempotency_key=_key(schedule.name, slot),
                token=token,
                before_commit=check_lease,
            ).batch
        except IdempotencyKeyReusedError as error:
            # Another scheduler collected something else and was first: its batch is the run's.
            return self._service.get(error.batch_id)
        except StoreFullError:
            if not is_loaded:
                # It is found again; many times over, it would be what fills the server.
                self._schedules.forget_found(schedule.name, token)
            raise

    def _while_there_is_room(self, blobs: Iterable[bytes]) -> Iterator[bytes]:
        for blob in blobs:
            self._service.refuse_if_full()
            yield blob


def _key(name: str, slot: float) -> str:
    return f"run of {name} at {slot!r}"
