"""The settings table of the docs says what the code says."""

from __future__ import annotations

from pathlib import Path

from workers.settings import ENV_PREFIX, Settings

_PAGE = Path(__file__).parents[2] / "docs" / "operations.md"


def test_the_settings_table_is_that_of_the_code() -> None:
    section = _PAGE.read_text().partition("\n## Settings\n")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    assert rows == [
        f"| `{ENV_PREFIX}{name.upper()}` | {_default(name)} | {_says(name)} |"
        for name in Settings.model_fields
    ]


def _says(name: str) -> str:
    return " ".join((Settings.model_fields[name].description or "").split())


def _default(name: str) -> str:
    """Return a default as the table shows it."""
    field = Settings.model_fields[name]
    if field.default_factory is not None:
        return "cores"
    return "–" if field.default is None else f"`{field.default}`"
