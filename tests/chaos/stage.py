"""The service under test: its processes, kept up as a deployment's supervisor keeps them.

Does no fault and judges nothing.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from time import monotonic

import orjson
import psutil

from tests.chaos.actors import Actor
from tests.chaos.network import Host
from tests.chaos.plan import Plan
from tests.chaos.submitter import SUBMITTERS, Accepted, Ledger
from workers.settings import Settings

_STOP_MARGIN_S = 20.0
"""What a slow machine may take beyond the grace period until a worker has stopped."""


class Stage:
    """Workers, schedulers and submitters of one run, and what is to be undone later."""

    def __init__(
        self,
        plan: Plan,
        settings: Settings,
        *,
        hosts: Sequence[Host],
        folder: Path,
        report: Callable[[str], None],
    ) -> None:
        """Start all processes.

        Args:
            plan: the run.
            settings: the settings of every process.
            hosts: where workers and schedulers run, in turn.
            folder: for logs and ledgers.
            report: takes what is wrong, in words.
        """
        self.settings = settings
        self.hosts = hosts
        self._report = report
        self._later: list[tuple[float, Callable[[], None]]] = []
        self._stop_submitting = folder / "stop"
        self._ledgers = [Ledger(folder / f"ledger-{who}.jsonl") for who in range(SUBMITTERS)]

        def start(name: str, host: Host, *arguments: str, log_level: str = "warning") -> Actor:
            own = settings.model_copy(update={"redis_url": host.redis_url, "log_level": log_level})
            return Actor(
                name,
                arguments,
                before=host.before,
                environ=own.to_environment(),
                log=folder / f"{name}.log",
            )

        here = Host("here", str(settings.redis_url))
        self.workers = [
            start(
                f"worker-{number}", hosts[number % len(hosts)],
                "tests.chaos.worker", str(plan.slow_s),
            )
            for number in range(plan.workers)
        ]  # fmt: skip
        self.schedulers = [
            # Their log says how many leases expired and how many hints were sent again.
            start(f"scheduler-{number}", host, "summarizer", "scheduler", log_level="info")
            for number, host in enumerate((here, hosts[0]))
        ]
        self.submitters = [
            start(
                f"submitter-{who}", here, "tests.chaos.submitter",
                orjson.dumps(asdict(plan)).decode(), str(who), str(ledger.path),
                str(self._stop_submitting),
            )
            for who, ledger in enumerate(self._ledgers)
        ]  # fmt: skip

    @property
    def is_all_submitted(self) -> bool:
        """Whether every submitter has ended, having got every id that it asked for."""
        return all(actor.exit_code == 0 for actor in self.submitters)

    def accepted(self) -> list[Accepted]:
        """Return what the submitters have got."""
        return [accepted for ledger in self._ledgers for accepted in ledger.accepted()]

    def later(self, after_s: float, undo: Callable[[], None]) -> None:
        """Undo a fault after a time, or when calm is wanted."""
        self._later.append((monotonic() + after_s, undo))

    def tick(self) -> None:
        """Undo what is due, start again what has ended."""
        self._undo(monotonic())
        for actor in (*self.workers, *self.schedulers, *self.submitters):
            if actor in self.submitters and actor.exit_code == 0:
                continue  # it was told to end
            if problem := actor.keep_up():
                self._report(problem)

    def _undo(self, now: float) -> None:
        due = [entry for entry in self._later if entry[0] <= now]
        self._later = [entry for entry in self._later if entry[0] > now]
        for _, undo in due:
            undo()

    def ask_to_stop(self, worker: Actor, number: signal.Signals, *, pause_s: float) -> None:
        """Ask a worker to stop within its grace period; it may be paused for some of that time."""
        within_s = self.settings.stop_grace_s + pause_s + _STOP_MARGIN_S
        worker.ask_to_stop(number, within_s=within_s)

    @contextmanager
    def only(self, worker: Actor) -> Iterator[None]:
        """Pause all other workers."""
        others = [
            process
            for other in self.workers
            if other is not worker
            for process in other.running.family()
        ]
        send_signal(others, signal.SIGSTOP)
        try:
            yield
        finally:
            send_signal(others, signal.SIGCONT)

    def calm(self) -> None:
        """Undo every fault and tell the submitters to finish what they have begun."""
        self._stop_submitting.touch()
        self._undo(float("inf"))

    def close(self) -> None:
        """Ask everything to stop; what does not is a violation, and is killed."""
        self.calm()
        actors = (*self.submitters, *self.schedulers, *self.workers)
        for actor in actors:
            actor.ask_to_stop(signal.SIGTERM, within_s=0)
        for actor in actors:
            if problem := actor.end(within_s=self.settings.stop_grace_s + _STOP_MARGIN_S):
                self._report(problem)


def send_signal(processes: Sequence[psutil.Process], number: signal.Signals) -> None:
    """Send a signal to those of the processes that are still there."""
    for process in processes:
        try:
            process.send_signal(number)
        except psutil.NoSuchProcess:
            continue
