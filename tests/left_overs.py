"""Ends what a test run left behind that was killed before it could tidy up.

Every process that tests start inherits a mark that names the run's controlling process; a process
whose controller is gone is a left-over. A run that is still going is left alone.
"""

from __future__ import annotations

import os

import psutil

MARK = "NEWS_SUMMARIZER_TESTS"


def mark_run() -> None:
    """Mark this process and all that it starts; a process within a marked run keeps its mark."""
    if MARK not in os.environ:
        os.environ[MARK] = f"{os.getpid()}:{psutil.Process().create_time()}"


def end_left_overs() -> list[int]:
    """Kill the processes of runs whose controller is gone, and return their ids."""
    found = [process for process in psutil.process_iter() if _is_left_over(process)]
    for process in found:
        process.kill()
    psutil.wait_procs(found, timeout=10)
    return [process.pid for process in found]


def _is_left_over(process: psutil.Process) -> bool:
    try:
        mark = process.environ().get(MARK)
        if mark is None or process.status() == psutil.STATUS_ZOMBIE:
            return False
    except (psutil.Error, OSError):
        return False  # it ended, or is not ours to look into
    pid, _, started_at = mark.partition(":")
    try:
        return psutil.Process(int(pid)).create_time() != float(started_at)
    except psutil.NoSuchProcess:
        return True
