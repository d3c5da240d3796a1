"""Everything is killed, and every article still has exactly one result."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos.harness import run_chaos
from tests.chaos.network import reason_not_to
from tests.chaos.plan import Deck, Plan

# One after the other: each takes the whole machine.
pytestmark = [pytest.mark.xdist_group("chaos"), pytest.mark.timeout(480)]


def test_every_article_has_one_result_though_every_process_is_killed(tmp_path: Path) -> None:
    report = run_chaos(Plan(seed=20, seconds=25, pause_s=0.9, poison_every=6), tmp_path)
    assert not report.violations, report.to_text()
    assert (report.lost, report.doubled, report.wrong) == (0, 0, 0)
    assert report.articles > 1000
    assert report.poisoned
    assert sum(row.times for row in report.recoveries) > 10


def test_every_article_has_one_result_though_networks_are_cut(tmp_path: Path) -> None:
    if reason := reason_not_to():
        pytest.skip(reason)
    report = run_chaos(Plan(seed=21, seconds=15, pause_s=1.5, deck=Deck.NETWORK), tmp_path)
    assert not report.violations, report.to_text()
    assert (report.lost, report.doubled, report.wrong) == (0, 0, 0)
    assert report.articles > 300


def test_every_article_has_one_result_though_the_servers_file_loses_its_end(
    tmp_path: Path,
) -> None:
    report = run_chaos(Plan(seed=22, seconds=12, pause_s=2, deck=Deck.POWER), tmp_path)
    assert not report.violations, report.to_text()
    assert (report.lost, report.doubled, report.wrong) == (0, 0, 0)
    assert report.articles > 300
