"""A data folder of the test's own, an article, and a stack that is up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.articles import make_text
from tests.commands import started
from tests.waiting import wait_until
from workers.embedded import find_running_stack


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(make_text(1), encoding="utf-8")
    return path


@pytest.fixture
def stack(data_dir: Path) -> Iterator[Path]:
    """A data folder in which a stack is up."""
    with started("up", data_dir=data_dir):
        wait_until(lambda: find_running_stack(data_dir))
        yield data_dir
