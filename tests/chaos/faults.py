"""Does faults to the service under test; each undoes itself after a while."""

from __future__ import annotations

import random
import signal
from collections import Counter
from collections.abc import Callable
from time import monotonic

from tests.chaos.plan import ROLLBACK_S, Fault, Plan
from tests.chaos.power import AppendOnlyTail
from tests.chaos.stage import Stage, send_signal
from tests.processes import RedisServer
from workers.redis_server import mend_append_only_file

_LONGEST_PAUSE = 1.4
"""In leases."""

_CLIENT_TIMEOUT_S = 5.0
"""After so long without an answer our client asks again."""


class FaultMaker:
    """Kills, pauses and cuts, with victims named by chance.

    Attributes:
        done: how often each fault was done.
        is_redis_up: whether the server is there to answer.
    """

    def __init__(self, plan: Plan, stage: Stage, server: RedisServer, tail: AppendOnlyTail) -> None:
        self._chance = random.Random(f"{plan.seed}/victims")
        self._plan = plan
        self._stage = stage
        self._server = server
        self._tail = tail
        self._losses: list[float] = []
        self._pause_s = stage.settings.lease_s * _LONGEST_PAUSE
        self.done: Counter[Fault] = Counter()
        self.is_redis_up = True
        self._deeds: dict[Fault, Callable[[], bool]] = {
            Fault.CHILD: self._kill_child,
            Fault.MAIN: self._kill_main,
            Fault.WORKER: self._kill_worker,
            Fault.TERM: lambda: self._stop_worker(signal.SIGTERM),
            Fault.QUIT: lambda: self._stop_worker(signal.SIGQUIT),
            Fault.PAUSE: self._pause_worker,
            Fault.REDIS: self._kill_redis,
            Fault.FREEZE: self._freeze_redis,
            Fault.POWER: self._cut_power,
            Fault.CUT: self._cut_network,
            Fault.SCHEDULER: self._kill_scheduler,
            Fault.SUBMITTER: self._kill_submitter,
        }

    def do(self, fault: Fault) -> bool:
        """Do one fault to a victim that chance names; False if the victim is down already."""
        is_done = self._deeds[fault]()
        self.done[fault] += is_done
        return is_done

    def may_roll_back(self, at: float) -> bool:
        """Return whether the server may have lost what it answered at this instant."""
        return self._plan.fsync != "always" and any(
            lost_at - ROLLBACK_S <= at <= lost_at + 0.5 for lost_at in self._losses
        )

    def _kill_child(self) -> bool:
        children = self._chance.choice(self._stage.workers).running.children()
        send_signal([self._chance.choice(children)] if children else [], signal.SIGKILL)
        return bool(children)

    def _kill_main(self) -> bool:
        self._chance.choice(self._stage.workers).kill_main()
        return True

    def _kill_worker(self) -> bool:
        self._chance.choice(self._stage.workers).kill()
        return True

    def _stop_worker(self, number: signal.Signals) -> bool:
        worker = self._chance.choice(self._stage.workers)
        self._stage.ask_to_stop(worker, number, pause_s=self._pause_s)
        return True

    def _pause_worker(self) -> bool:
        """Stop a worker's children, or all of it, for longer than a lease: late finishers."""
        worker = self._chance.choice(self._stage.workers).running
        victims = worker.family() if self._chance.random() < 0.5 else worker.children()
        send_signal(victims, signal.SIGSTOP)
        after_s = self._pause_s * self._chance.uniform(0.8, 1)
        self._stage.later(after_s, lambda: send_signal(victims, signal.SIGCONT))
        return bool(victims)

    def _kill_redis(self) -> bool:
        if not self.is_redis_up:
            return False
        self._server.kill()
        self._losses.append(monotonic())
        self._redis_comes_back(self._chance.uniform(0.1, 1.5), self._server.start)
        return True

    def _cut_power(self) -> bool:
        """Kill Redis and lose the end of its append-only file, mended as at every start."""
        if not self._kill_redis():
            return False
        self._tail.lose(self._chance)
        mend_append_only_file(self._tail.folder)
        return True

    def _freeze_redis(self) -> bool:
        """Let clients give up on commands that the server will carry out all the same."""
        if not self.is_redis_up:
            return False
        process = self._server.process
        process.send_signal(signal.SIGSTOP)
        after_s = _CLIENT_TIMEOUT_S * 1.2
        self._redis_comes_back(after_s, lambda: process.send_signal(signal.SIGCONT))
        return True

    def _redis_comes_back(self, after_s: float, bring: Callable[[], None]) -> None:
        def undo() -> None:
            bring()
            self.is_redis_up = True

        self.is_redis_up = False
        self._stage.later(after_s, undo)

    def _cut_network(self) -> bool:
        host = self._chance.choice(self._stage.hosts)
        if host.is_cut:
            return False
        host.cut()
        # Shorter and longer than clients wait, and than leases last.
        self._stage.later(self._chance.uniform(0.5, self._pause_s), host.heal)
        return True

    def _kill_scheduler(self) -> bool:
        self._chance.choice(self._stage.schedulers).kill()
        return True

    def _kill_submitter(self) -> bool:
        self._chance.choice(self._stage.submitters).kill()
        return True
