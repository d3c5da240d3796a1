"""The tables of dependencies in the docs name what the project declares."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_PROJECT = tomllib.loads((_ROOT / "pyproject.toml").read_text())["project"]


@pytest.mark.parametrize(
    ("heading", "declared"),
    [
        ("At run time", _PROJECT["dependencies"]),
        ("For development", _PROJECT["optional-dependencies"]["dev"]),
    ],
)
def test_a_table_names_what_the_project_declares(heading: str, declared: list[str]) -> None:
    page = (_ROOT / "docs" / "dependencies.md").read_text()
    section = page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    header, _, *rows = [line for line in section.splitlines() if line.startswith("|")]
    assert header.startswith("| package |")
    named = [row.split("|")[1].strip() for row in rows]
    assert sorted(named) == sorted(re.split(r"[^\w.-]", entry)[0] for entry in declared)
