"""Runs the real command line as a user does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from workers.supervision import MARK


def command(*arguments: str) -> list[str]:
    """Return the command line that runs `summarizer` with these arguments."""
    return [sys.executable, "-m", "summarizer", *arguments]


def run_command(
    *arguments: str,
    data_dir: Path,
    stdin: bytes = b"",
    timeout_s: float = 60,
    environ: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run a command to its end and return what it wrote and its exit code."""
    return subprocess.run(
        command(*arguments),
        input=stdin,
        capture_output=True,
        timeout=timeout_s,
        check=False,
        env=child_environ(data_dir) | (environ or {}),
    )


def run_script(
    script: str,
    *,
    data_dir: Path,
    timeout_s: float = 60,
    environ: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run a bash script that calls `summarizer`, in the folder of the data folder."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", script],
        cwd=data_dir.parent,
        env=child_environ(data_dir) | {"PATH": path} | (environ or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=timeout_s,
        check=False,
    )


@contextmanager
def started(
    *arguments: str,
    data_dir: Path,
    environ: dict[str, str] | None = None,
    stderr: int | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a command; it is killed at the end of the block if it still runs.

    Its messages go to the file `stderr` beside the data folder, or where they are wanted.
    """
    with (data_dir.parent / "stderr").open("wb") as messages:
        process = subprocess.Popen(
            command(*arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=messages if stderr is None else stderr,
            env=child_environ(data_dir) | (environ or {}),
            start_new_session=True,
        )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
        for left_over in processes_of(data_dir):
            left_over.kill()


def child_environ(data_dir: Path) -> dict[str, str]:
    """Return the environment of a command that keeps everything in a folder of the test's."""
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SUMMARIZER_", "PYTHON"))
    }
    return {**ours, "SUMMARIZER_DATA_DIR": str(data_dir)}


def processes_of(data_dir: Path) -> list[psutil.Process]:
    """Return the live processes that a stack of this data folder has started."""
    found = []
    for process in psutil.process_iter():
        try:
            is_ours = process.environ().get(MARK) == str(data_dir)
            if is_ours and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (psutil.Error, OSError):
            continue
    return found
