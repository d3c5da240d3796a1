"""Waits for a batch with a progress bar, and writes its results; shared by run and batch."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import Event
from time import monotonic

from workers.batches import Batch
from workers.blobs import read_result
from workers.cli.console import batch_progress, print_result, say, write_line
from workers.cli.exits import ExitCode
from workers.cli.targets import STDOUT, save_lines
from workers.service import Service

_POLL_S = 0.1


def watch(
    service: Service, batch_id: str, *, timeout_s: float | None = None, is_quiet: bool = False
) -> Batch:
    """Poll a batch until it ends or the time is out, showing a progress bar.

    Args:
        service: the service.
        batch_id: the batch.
        timeout_s: how long to wait; None waits for ever.
        is_quiet: show nothing.

    Returns:
        The batch as it stood last; not in a final state if the time ran out.
    """
    deadline = None if timeout_s is None else monotonic() + timeout_s
    pause = Event()
    with batch_progress(is_quiet=is_quiet) as progress:
        while True:
            batch = service.get(batch_id)
            progress.show(batch)
            if batch.state.is_final:
                return batch
            if deadline is not None and monotonic() >= deadline:
                break
            pause.wait(_POLL_S)
    say(f"the time is out, and the batch goes on: summarizer batch watch {batch_id}")
    return batch


def write_results(lines: Iterable[bytes], *, out: Path | None, as_json: bool) -> None:
    """Write result lines to a file or pipe, or to stdout as JSONL or for a reader.

    Args:
        lines: result lines.
        out: where `--out` leads; None stands for stdout.
        as_json: on stdout, whether to write JSONL; `--out -` does in any case.
    """
    if out not in (None, STDOUT):
        save_lines(lines, out)
        return
    for line in lines:
        if as_json or out == STDOUT:
            write_line(line)
        else:
            print_result(read_result(line))


def exit_code(batch: Batch, *, problems: int) -> ExitCode:
    """Return what the command ends with, once the batch has ended or the time is out."""
    if not batch.state.is_final:
        return ExitCode.TIMED_OUT
    if problems or batch.counts.succeeded < batch.counts.total:
        return ExitCode.SOME_ERRORED
    return ExitCode.OK
