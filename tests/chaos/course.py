"""The course of a chaos run: the storm of faults, the calm after it, and what is judged on the way.

Everything here runs in one thread; only the poller has its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event
from time import monotonic

from tests.chaos.faults import FaultMaker
from tests.chaos.material import BatchPlan, plan_batch
from tests.chaos.plan import Plan
from tests.chaos.poller import Poller
from tests.chaos.stage import Stage
from tests.chaos.submitter import Accepted
from tests.chaos.verdict import Verdict, judge
from tests.waiting import wait_until
from workers.batches import Batch
from workers.errors import BatchNotFoundError, IllegalTransitionError, StoreUnavailableError
from workers.service import Service

_TICK_S = 0.02
_SAY_S = 10.0
_LOOK_S = 2.0
_DRAIN_S = 240.0
_PULSE_S = 90.0
_PULSES_FROM = 1_000_000_000
"""The numbers of batches that no submitter will reach."""


class Course:
    """A chaos run in its course.

    Attributes:
        verdicts: by batch; a batch that a killed server brought back is judged again.
        rolled_back: batches whose commit was lost within `appendfsync`'s promise.
    """

    def __init__(
        self,
        plan: Plan,
        stage: Stage,
        faults: FaultMaker,
        poller: Poller,
        service: Service,
        *,
        stock: Sequence[bytes],
        report: Callable[[str], None],
    ) -> None:
        self._plan = plan
        self._stage = stage
        self._faults = faults
        self._poller = poller
        self._service = service
        self._stock = stock
        self._report = report
        self._look_at = 0.0
        self._pause = Event()
        self._waiting: list[tuple[Batch, float]] = []
        self._cancelled: set[str] = set()
        self._submitted_again: dict[str, float] = {}
        self.verdicts: dict[str, Verdict] = {}
        self.rolled_back = 0

    def storm(self, say: Callable[[str], None], *, watch: Callable[[float], None]) -> None:
        """Do one fault after another until the time is over or enough was accepted.

        Args:
            say: takes a line now and then.
            watch: called often, with the time.
        """
        ends_at = monotonic() + self._plan.seconds
        say_at = 0.0
        for pause_s, fault in self._plan.faults():
            at = monotonic() + pause_s
            while (now := monotonic()) < at:
                self._tick()
                watch(now)
            if now > ends_at or self._poller.accepted >= self._plan.articles:
                return
            if now > say_at:
                say_at = now + _SAY_S
                say(f"{self._poller.accepted:,} articles, {self._faults.done.total()} faults")
            if self._faults.do(fault):
                self._poller.note(fault, at=now)

    def settle(self) -> None:
        """Stop the faults and wait until every batch that was accepted has ended."""
        self._stage.calm()
        deadline = monotonic() + _DRAIN_S
        while not self._stage.is_all_submitted or self._unjudged():
            self._tick()
            if monotonic() > deadline:
                left = [accepted.batch_id for accepted in self._unjudged()]
                self._report(f"not ended {_DRAIN_S} s after the last fault: {left}")
                return

    def feel_pulses(self) -> list[float]:
        """Return the seconds that each worker takes for a batch while the others are paused.

        A worker that lives and takes no work is seen in no other way: the others do its share.
        """
        return [self._pulse(number) for number in range(len(self._stage.workers))]

    def judge_again(self) -> None:
        """Look again at every batch that has not expired: late finishers may have touched it."""
        for batch_id in list(self.verdicts):
            try:
                self._judge(self._service.get(batch_id), seen_at=monotonic())
            except BatchNotFoundError:
                continue

    def _pulse(self, number: int) -> float:
        worker = self._stage.workers[number]
        plan = plan_batch(self._plan, _PULSES_FROM + number)
        started = monotonic()
        with self._stage.only(worker):
            batch_id = self._submit(plan)
            try:
                wait_until(lambda: self._service.get(batch_id).state.is_final, timeout_s=_PULSE_S)
            except AssertionError:
                problem = f"the {worker.name} takes no work after the storm"
                self._report(f"{problem}; {worker.stacks()}")
        return monotonic() - started

    def _unjudged(self) -> list[Accepted]:
        return [
            accepted
            for accepted in self._stage.accepted()
            if accepted.batch_id not in self.verdicts
        ]

    def _tick(self) -> None:
        self._pause.wait(_TICK_S)
        self._stage.tick()
        if not self._faults.is_redis_up:
            return
        try:
            self._judge_ended()
            self._cancel_some()
            self._look_for_unseen()
        except StoreUnavailableError:
            return  # it goes on when Redis is back

    def _judge_ended(self) -> None:
        while not self._poller.ended.empty():
            self._waiting.append((self._poller.ended.get(), monotonic()))
        while self._waiting:
            batch, seen_at = self._waiting[-1]
            try:
                self._judge(batch, seen_at=seen_at)
            except BatchNotFoundError:
                pass  # a killed server has lost it; it is looked for
            self._waiting.pop()

    def _judge(self, batch: Batch, *, seen_at: float) -> None:
        lines = list(self._service.result_lines(batch.id))
        if self._service.get(batch.id).completed_at != batch.completed_at:
            # A killed server has lost the end that was seen. It is judged when it has ended again.
            if not self._faults.may_roll_back(seen_at):
                self._report(f"{batch.id} had ended, and has not")
            return
        self.verdicts[batch.id] = judge(
            self._plan_of(batch), batch, lines, stock=self._stock, report=self._report
        )

    def _cancel_some(self) -> None:
        for batch in self._poller.live:
            is_due = batch.counts.finished and batch.id not in self._cancelled
            if is_due and self._plan_of(batch).is_cancelled:
                try:
                    self._service.cancel(batch.id)
                except (IllegalTransitionError, BatchNotFoundError):
                    pass  # it has ended, or a killed server has lost it
                self._cancelled.add(batch.id)

    def _look_for_unseen(self) -> None:
        """Find batches that began and ended between two polls, and those that are gone."""
        if monotonic() < self._look_at:
            return
        self._look_at = monotonic() + _LOOK_S
        live = {batch.id for batch in self._poller.live}
        for accepted in self._unjudged():
            if accepted.batch_id in live or monotonic() - accepted.at < _LOOK_S:
                continue
            try:
                batch = self._service.get(accepted.batch_id)
            except BatchNotFoundError:
                self._submit_again(accepted)
            else:
                if batch.state.is_final:
                    self._waiting.append((batch, monotonic()))

    def _submit_again(self, accepted: Accepted) -> None:
        """Submit again what a killed server lost; it is a violation where that must not be."""
        at = self._submitted_again.get(accepted.batch_id, accepted.at)
        if not self._faults.may_roll_back(at):
            self._report(f"batch {accepted.batch_id} was accepted and is lost")
        self.rolled_back += 1
        self._submitted_again[accepted.batch_id] = monotonic()
        self._submit(plan_batch(self._plan, accepted.number))

    def _submit(self, plan: BatchPlan) -> str:
        submission = self._service.submit(
            plan.items(), idempotency_key=plan.key, metadata=plan.metadata
        )
        return submission.batch.id

    def _plan_of(self, batch: Batch) -> BatchPlan:
        return plan_batch(self._plan, int(batch.metadata["number"]))
