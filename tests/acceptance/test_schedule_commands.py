"""`summarizer schedule …`: what it shows of runs, what it takes, how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.articles import make_text
from tests.commands import run_command, started
from tests.waiting import wait_until
from workers.embedded import find_running_stack

pytestmark = pytest.mark.xdist_group("schedule-commands")


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder in which a stack is up."""
    data_dir = tmp_path_factory.mktemp("stack") / "data"
    with started("up", "--workers", "1", data_dir=data_dir):
        wait_until(lambda: find_running_stack(data_dir))
        yield data_dir


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder with one story."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "story.txt").write_text(make_text(1), encoding="utf-8")
    return folder


def test_sources_that_fail_are_shown_with_their_reason(stack: Path, inbox: Path) -> None:
    missing = str(inbox.parent / "feeds.txt")
    sources = ["--source", str(inbox), "--source", missing]
    run_command("schedule", "add", "half", *sources, data_dir=stack)
    done = run_command("schedule", "run", "half", "--wait", data_dir=stack)
    assert done.returncode == 3
    first, second = done.stdout.decode().splitlines()
    assert "completed    1 new, 0 had, 1 summarised, 0 errored" in first
    assert second.startswith(f"    1 of 2 sources failed: {missing}: ")
    history = run_command("schedule", "history", "half", data_dir=stack)
    assert (history.returncode, history.stdout) == (0, done.stdout)


def test_a_run_whose_sources_all_fail_names_a_few_of_them(stack: Path, tmp_path: Path) -> None:
    missing = [str(tmp_path / f"inbox-{n}") for n in range(5)]
    sources = [part for path in missing for part in ("--source", path)]
    run_command("schedule", "add", "none", *sources, data_dir=stack)
    done = run_command("schedule", "run", "none", "--wait", data_dir=stack)
    assert done.returncode == 1
    first, second = done.stdout.decode().splitlines()
    assert first.endswith("no source could be read")
    assert "    5 of 5 sources failed: " in second
    assert [path in second for path in missing] == [True, True, True, False, False]
    assert second.endswith("; and 2 more (see --json)")
