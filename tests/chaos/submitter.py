"""Submits a chaos run's batches until told to stop; killed at any moment, it goes on where it was.

Two submitters share the numbers, and every fifth is submitted by both: duplicates at the same time.
A number is done when its line stands in the ledger; without the line it is submitted again under
the same key.
"""

from __future__ import annotations

import os
import sys
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import orjson

from tests.chaos.material import plan_batch
from tests.chaos.plan import Plan
from workers.cli.wiring import open_service
from workers.errors import StoreUnavailableError
from workers.service import Service
from workers.settings import read_settings
from workers.store import Store, open_store

SUBMITTERS = 2


@dataclass(frozen=True, slots=True)
class Accepted:
    """A batch whose id the submitter has got, and when."""

    number: int
    batch_id: str
    at: float
    articles: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """What one submitter has begun and what it has got, in a file that outlives it."""

    path: Path

    def begin(self, number: int) -> None:
        """Note that the number is on its way."""
        self._write(number)

    def accept(self, accepted: Accepted) -> None:
        """Note the id that came back."""
        self._write(asdict(accepted))

    def accepted(self) -> list[Accepted]:
        """Return what has come back so far."""
        return [Accepted(**record) for record in self._records() if isinstance(record, dict)]

    def unfinished(self) -> int | None:
        """Return the number that was begun and did not come back."""
        records = self._records()
        return records[-1] if records and isinstance(records[-1], int) else None

    def _records(self) -> list[Any]:
        if not self.path.exists():
            return []
        # The last line is whole or absent: one write, which a kill does not divide.
        return [orjson.loads(line) for line in self.path.read_bytes().splitlines()]

    def _write(self, record: object) -> None:
        with self.path.open("ab", buffering=0) as file:
            file.write(orjson.dumps(record) + b"\n")


def _submit(service: Service, plan: Plan, number: int, ledger: Ledger) -> None:
    """Submit until the id is there, as a careful client does."""
    batch = plan_batch(plan, number)
    ledger.begin(number)
    while True:
        try:
            found = service.submit(
                batch.items(), idempotency_key=batch.key, metadata=batch.metadata
            ).batch
        except StoreUnavailableError:
            Event().wait(0.2)
        else:
            ledger.accept(Accepted(number, found.id, monotonic(), len(batch.content)))
            return


def _wait_for_room(store: Store, limit: int, stop: Path) -> None:
    while not stop.exists():
        try:
            if len(store.open_batches()) < limit:
                return
        except StoreUnavailableError:
            pass
        Event().wait(0.1)


def run(plan: Plan, who: int, ledger: Ledger, *, stop: Path) -> None:
    """Submit the numbers of one submitter until the file `stop` is there.

    Args:
        plan: the run.
        who: which submitter this is.
        ledger: its ledger.
        stop: the file.
    """
    settings = read_settings(os.environ)
    assert settings.redis_url is not None
    store = open_store(settings, redis_url=settings.redis_url, attempts=0)
    with open_service(settings) as service:
        done = {accepted.number for accepted in ledger.accepted()}
        unfinished = ledger.unfinished()
        if unfinished is not None:
            _submit(service, plan, unfinished, ledger)
            done.add(unfinished)
        for number in count(max(done, default=-1) + 1):
            if number % SUBMITTERS != who and number % 5:
                continue
            _wait_for_room(store, plan.open_batches, stop)
            if stop.exists():
                return
            _submit(service, plan, number, ledger)


if __name__ == "__main__":
    _, plan_json, who_text, ledger_path, stop_path = sys.argv
    run(
        Plan(**orjson.loads(plan_json)),
        int(who_text),
        Ledger(Path(ledger_path)),
        stop=Path(stop_path),
    )
