"""Chaos in the suite: a minute of kills, cut networks, power cuts. `make chaos` does more of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos.harness import run_chaos
from tests.chaos.network import reason_not_to
from tests.chaos.plan import Deck, Fault, Plan
from tests.chaos.report import Report

pytestmark = [pytest.mark.xdist_group("chaos"), pytest.mark.timeout(600)]

SEED = 20


def run(plan: Plan, folder: Path, *, faults: set[Fault]) -> Report:
    """Run chaos; the report stands in the test's output, with the seed.

    Args:
        plan: the run.
        folder: for its files.
        faults: those that must have been done; others may have met a victim that was down already.
    """
    report = run_chaos(plan, folder)
    print(report.to_text())
    assert report.violations == []
    assert (report.lost, report.doubled, report.wrong) == (0, 0, 0)
    assert report.articles == sum(report.ends.values()) > 0
    assert faults <= {recovery.fault for recovery in report.recoveries}
    return report


def test_a_minute_in_which_every_process_is_killed(tmp_path: Path) -> None:
    killed = {Fault.CHILD, Fault.WORKER, Fault.REDIS, Fault.SCHEDULER, Fault.SUBMITTER}
    report = run(Plan(seed=SEED, seconds=60), tmp_path, faults=killed)
    assert report.polls > 1000


def test_networks_that_are_cut(tmp_path: Path) -> None:
    if reason := reason_not_to():
        pytest.skip(reason)
    run(Plan(seed=SEED, seconds=25, deck=Deck.NETWORK), tmp_path, faults={Fault.CUT})


def test_power_cuts_of_redis(tmp_path: Path) -> None:
    run(Plan(seed=SEED, seconds=20, deck=Deck.POWER), tmp_path, faults={Fault.POWER})
