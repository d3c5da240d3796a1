"""What the documentation shows is what happens: its commands are run, its output is compared.

A `console` block holds commands after `$ ` and what they print. `…` stands for anything within a
line, and alone on a line for any number of lines.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.commands import child_environ, started
from tests.waiting import wait_until
from workers.embedded import find_running_stack

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_NOT_RUN = re.compile(
    r"(make|docker|git|cd|source|summarizer (up|worker|scheduler)|python -m benchmarks)\b"
)
"""Commands that stay up, need an engine, or are run by `make` targets with tests of their own."""


@dataclass(frozen=True)
class Shown:
    """One command as a document shows it."""

    command: str
    output: tuple[str, ...]


def shown_in(document: Path) -> Iterator[Shown]:
    """Yield the commands of a document, with the output that follows each."""
    for block in _BLOCK.findall(document.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *output = part.rstrip("\n").split("\n")
            while command.endswith("\\"):
                command = command[:-1] + output.pop(0).strip()
            yield Shown(command, tuple(output))


def pattern(output: tuple[str, ...]) -> re.Pattern[str]:
    """Return what the output has to match; an empty one matches all."""
    if not output:
        return re.compile(r".*", re.DOTALL)
    lines = [
        r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line).replace("…", ".*") + r"\n"
        for line in output
    ]
    return re.compile("".join(lines))


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Path]:
    """A folder like a fresh checkout, with a stack up."""
    shutil.copytree(ROOT / "examples", tmp_path / "work" / "examples")
    data_dir = tmp_path / "data"
    with started("up", data_dir=data_dir):
        wait_until(lambda: find_running_stack(data_dir))
        yield tmp_path


TO_RUN = {
    document: [shown for shown in shown_in(document) if not _NOT_RUN.match(shown.command)]
    for document in DOCUMENTS
}


@pytest.mark.parametrize("document", [*filter(TO_RUN.get, DOCUMENTS)], ids=lambda path: path.name)
def test_the_commands_of_a_document_do_what_it_shows(document: Path, workplace: Path) -> None:
    to_run = TO_RUN[document]
    mark = "@@end of command@@"
    script = "\n".join(f"{shown.command}\nprintf '\\n%s %s\\n' '{mark}' $?" for shown in to_run)
    environ = child_environ(workplace / "data") | {"COLUMNS": "100"}
    environ["PATH"] = f"{Path(sys.executable).parent}:{environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", f"exec 2>&1\n{script}"],
        cwd=workplace / "work",
        env=environ,
        capture_output=True,
        timeout=100,
        check=False,
    )
    printed = re.split(rf"\n{mark} (\d+)\n", done.stdout.decode())
    assert len(printed) // 2 == len(to_run)
    for shown, output, status in zip(to_run, printed[::2], printed[1::2], strict=False):
        assert status == "0", f"{shown.command}\n{output}"
        tidy = "\n".join(line.rstrip() for line in output.split("\n"))
        assert pattern(shown.output).fullmatch(f"{tidy}\n".replace("\n\n\n", "\n\n")) or pattern(
            shown.output
        ).fullmatch(f"{tidy.rstrip()}\n"), f"{shown.command}\n{output}"


def test_every_command_that_is_not_run_is_of_a_kind_that_cannot_be() -> None:
    """Or else a document whose commands are no longer found would pass."""
    for document in DOCUMENTS:
        written = re.findall(r"^\$ (\w.*)", document.read_text(encoding="utf-8"), re.MULTILINE)
        run = {shown.command.split()[0] for shown in TO_RUN[document]}
        assert {command.split()[0] for command in written if not _NOT_RUN.match(command)} == run


def test_every_make_target_that_is_mentioned_exists() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        for target in re.findall(r"`make (\w+)|^\$ make (\w+)", text, re.MULTILINE):
            assert set(target) - {""} <= targets, f"{document.name}: make {target}"


def test_links_between_documents_lead_somewhere() -> None:
    for document in DOCUMENTS:
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text("utf-8")):
            assert (document.parent / link).exists(), f"{document.name}: {link}"
