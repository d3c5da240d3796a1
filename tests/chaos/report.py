"""What a chaos run found, as a record, as JSON and as a table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.chaos.course import Course
from tests.chaos.plan import Fault, Plan
from tests.chaos.poller import Poller
from tests.chaos.verdict import Verdict

_RESENT = re.compile(r"(\d+) leases expired, (\d+) hints sent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """A kind of fault: how often it was done, and seconds to the next finished chunk."""

    fault: Fault
    times: int
    p50_s: float | None
    max_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A chaos run's outcome.

    Attributes:
        rolled_back: batches whose commit a killed server lost within `appendfsync`'s promise; they
            were submitted again under their key.
        slowest_pulse_s: the longest that a worker took for a batch of its own after the storm.
        leases_expired: chunks taken back from workers that died or were slow.
        hints_resent: messages sent again, for those chunks and for lost messages.
        unacked: messages that killed workers had in hand at the end.
        violations: everything that must not be; empty when all is well.
    """

    deck: str
    seed: int
    fsync: str
    seconds: float
    batches: int
    articles: int
    ends: Mapping[str, int]
    poisoned: int
    lost: int
    doubled: int
    wrong: int
    polls: int
    rolled_back: int
    unacked: int
    slowest_pulse_s: float
    leases_expired: int
    hints_resent: int
    recoveries: Sequence[Recovery]
    violations: Sequence[str]

    def to_dict(self) -> dict[str, Any]:
        """Return the report as JSON has it."""
        return asdict(self)

    def to_text(self) -> str:
        """Return the report for people."""
        rows = [
            f"| {row.fault} | {row.times} | {_seconds(row.p50_s)} | {_seconds(row.max_s)} |"
            for row in self.recoveries
        ]
        return "\n".join(
            [
                f"{self.deck}, seed {self.seed}, appendfsync {self.fsync}, {self.seconds:.0f} s",
                "",
                "| articles | batches | succeeded | errored | cancelled | lost | doubled | wrong |",
                "|---|---|---|---|---|---|---|---|",
                f"| {self.articles:,} | {self.batches:,} | {self.ends.get('succeeded', 0):,} "
                f"| {self.ends.get('errored', 0):,} | {self.ends.get('cancelled', 0):,} "
                f"| {self.lost} | {self.doubled} | {self.wrong} |",
                "",
                "| polls | leases expired | hints re-sent | unacknowledged at the end "
                "| commits rolled back | slowest worker afterwards |",
                "|---|---|---|---|---|---|",
                f"| {self.polls:,} | {self.leases_expired:,} | {self.hints_resent:,} "
                f"| {self.unacked} | {self.rolled_back} | {self.slowest_pulse_s:.2f} s |",
                "",
                "| fault | times | recovery p50 | max |",
                "|---|---|---|---|",
                *rows,
                "",
                *(f"VIOLATION {violation}" for violation in self.violations[:20]),
                f"{len(self.violations)} violations; the seed is {self.seed}"
                if self.violations
                else "no violations",
            ]
        )


def make_report(
    plan: Plan,
    *,
    seconds: float,
    course: Course,
    unacked: int,
    pulses: Sequence[float],
    poller: Poller,
    faults: Mapping[Fault, int],
    logs: Path,
    violations: Sequence[str],
) -> Report:
    """Sum up a run; the numbers of leases and hints stand in the schedulers' logs."""
    total = sum(course.verdicts.values(), Verdict())
    resent = [
        (int(match[1]), int(match[2]))
        for log in logs.glob("scheduler-*.log")
        for match in _RESENT.finditer(log.read_text(errors="replace"))
    ]
    return Report(
        deck=plan.deck,
        seed=plan.seed,
        fsync=plan.fsync,
        seconds=round(seconds, 1),
        batches=len(course.verdicts),
        articles=total.articles,
        ends=dict(total.ends),
        poisoned=total.poisoned,
        lost=total.lost,
        doubled=total.doubled,
        wrong=total.wrong,
        polls=poller.polls,
        rolled_back=course.rolled_back,
        unacked=unacked,
        slowest_pulse_s=round(max(pulses), 2),
        leases_expired=sum(expired for expired, _ in resent),
        hints_resent=sum(hints for _, hints in resent),
        recoveries=[
            Recovery(
                fault=fault,
                times=faults[fault],
                p50_s=median(times) if (times := poller.recoveries.get(fault)) else None,
                max_s=max(times) if times else None,
            )
            for fault in Fault
            if faults.get(fault)
        ],
        violations=violations,
    )


def _seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f} s"
