"""The scheduler's loops: leases and hints in one, schedules in the other.

They do their work themselves and do not send it as Celery tasks: what brings lost messages back
must not be a message. Any number of schedulers may run; each look is idempotent.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

from workers.errors import LoopEndedError, StoreUnavailableError
from workers.faults import Faults
from workers.nightly import Nightly
from workers.presence import Presence, Program
from workers.reaping import reap
from workers.schedules import RunState
from workers.service import Dispatch
from workers.settings import Settings
from workers.store import Store

_log = logging.getLogger(__name__)

_PARALLEL_RUNS = 4


def run_reaper(
    store: Store, *, dispatch: Dispatch, presence: Presence, settings: Settings, stop: Event
) -> None:
    """Return expired leases and send lost hints every `reap_interval_s`, until told to stop.

    Args:
        store: where batches are.
        dispatch: sends hints.
        presence: where the scheduler says that it is up.
        settings: the settings.
        stop: ends the loop.
    """
    faults = Faults()

    def look(was_away: bool) -> None:
        age_s = settings.hint_age_s
        reap(store, dispatch=dispatch, hint_age_s=age_s, was_away=was_away, faults=faults)
        presence.note(Program.SCHEDULER)

    _repeat(look, every_s=settings.reap_interval_s, stop=stop)


def run_schedules(nightly: Nightly, *, settings: Settings, stop: Event) -> None:
    """Look for due slots and bring runs further every `tick_interval_s`, until told to stop.

    Args:
        nightly: what does it.
        settings: the settings.
        stop: ends the loop.
    """
    active: dict[tuple[str, float], Future[RunState | None]] = {}
    faults = Faults()
    with ThreadPoolExecutor(_PARALLEL_RUNS, thread_name_prefix="run") as pool:

        def look(_was_away: bool) -> None:
            for run in [run for run, future in active.items() if future.done()]:
                faults.contain(f"a run of {run[0]}", active.pop(run).result)
            faults.contain("the look for due slots", nightly.open_due_slots)
            for run in faults.contain("the look for open runs", nightly.open_runs) or ():
                if run not in active:
                    active[run] = pool.submit(nightly.advance, *run)

        _repeat(look, every_s=settings.tick_interval_s, stop=stop)


def run_beside(main: Callable[[], None], other: Callable[[], None], *, stop: Event) -> None:
    """Run two loops until both have ended; where one ends, it ends the other too.

    A process with one of its loops gone would count as up and not do its work.

    Args:
        main: runs in this thread.
        other: runs in one of its own.
        stop: ends both.

    Raises:
        LoopEndedError: the other one has failed.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="beside") as pool:
        beside = pool.submit(other)
        beside.add_done_callback(lambda _: stop.set())
        try:
            main()
        finally:
            stop.set()
    if error := beside.exception():
        raise LoopEndedError(f"{type(error).__name__}: {error}") from error


def _repeat(look: Callable[[bool], None], *, every_s: float, stop: Event) -> None:
    """Call a function again and again; wait out a Redis that is away, and tell it of that."""
    is_away = False
    while not stop.is_set():
        try:
            look(is_away)
            if is_away:
                _log.warning("Redis is back")
            is_away = False
        except StoreUnavailableError as error:
            if not is_away:
                _log.warning("%s; waiting for it", error)
            is_away = True
        stop.wait(every_s)
