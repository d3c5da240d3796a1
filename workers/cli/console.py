"""What the user sees: messages and progress on stderr, summaries on stdout."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, TextIO

import orjson
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from workers.batches import Batch, Item, rfc3339
from workers.characters import one_line

_ESCAPES = {
    code: chr(code).encode("unicode_escape").decode()
    for code in (*range(0x20), *range(0x7F, 0xA0))
    if chr(code) not in "\t\n"
}
"""Articles and names come from anywhere: what would steer a terminal is shown and not done."""

_JSON_ESCAPES = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}
"""The control characters that JSON leaves as they are."""

_NAME_CHARS = 60


class _Messages(Console):
    """The console on stderr."""

    def on_broken_pipe(self) -> None:
        """Say nothing more; rich would end the thread, and close stdout."""
        self.quiet = True


_out = Console(highlight=False, markup=False, emoji=False)
_err = _Messages(stderr=True, highlight=False, markup=False, emoji=False)


def say(message: str) -> None:
    """Write a line for the user to stderr; what cannot be said ends no work."""
    with suppress(OSError):
        _err.print(message.translate(_ESCAPES), soft_wrap=True)


def write_line(line: bytes) -> None:
    """Write a line of data to stdout."""
    with _stdout() as out:
        if out.isatty():
            line = line.decode().translate(_JSON_ESCAPES).encode()
        out.buffer.write(line + b"\n")


def write_json(value: Any) -> None:
    """Write a value to stdout as JSON: indented for a terminal, one line for a pipe."""
    with _stdout() as out:
        option = orjson.OPT_INDENT_2 if out.isatty() else 0
        write_line(orjson.dumps(value, option=option))
        out.buffer.flush()


def print_text(text: str = "", *, style: str = "") -> None:
    """Write text to stdout, wrapped to the terminal, unwrapped for a pipe."""
    with _stdout() as out:
        _out.print(Text(text.translate(_ESCAPES), style=style), soft_wrap=not out.isatty())


def flush_stdout() -> None:
    """Have everything that was written with its reader, or raise what the system refuses."""
    if sys.stdout is not None:
        with _stdout() as out:
            out.flush()


def drop_stdout() -> None:
    """Forget what could not be written to stdout, so that the interpreter does not try again."""
    if sys.stdout is not None:
        _drop(sys.stdout)


def drop_unsaid() -> None:
    """Forget messages that could not be said, for which the interpreter would end with 120."""
    if sys.stderr is not None:
        try:
            sys.stderr.flush()
        except OSError:
            _drop(sys.stderr)


def _drop(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


@contextmanager
def naming(place: str) -> Iterator[None]:
    """Name the place in an error of writing there, which does not say it by itself."""
    try:
        yield
    except OSError as error:
        error.filename = place
        raise


@contextmanager
def _stdout() -> Iterator[TextIO]:
    with naming("standard output"):
        if sys.stdout is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        yield sys.stdout


def batch_line(batch: Batch) -> str:
    """Return a batch as one line for a reader, with its name cut to a readable length."""
    counts = batch.counts
    ended = {"errored": counts.errored, "cancelled": counts.cancelled, "expired": counts.expired}
    parts = [f"{count} {how}" for how, count in ended.items() if count or how == "errored"]
    name = one_line(batch.display_name or "")
    if len(name) > _NAME_CHARS:
        name = f"{name[: _NAME_CHARS - 1]}…"
    return (
        f"{batch.id}  {batch.state.value:<19}  {counts.done}/{counts.total} done, "
        f"{', '.join(parts)}  {rfc3339(batch.created_at)}  {name}"
    ).rstrip()


def print_result(record: Mapping[str, Any]) -> None:
    """Write one result line of a batch for a reader: name, headline, paragraph."""
    result = record["result"]
    if result["type"] == "succeeded":
        print_summary(record["custom_id"], result["summary"])
    else:
        error = result.get("error", {"code": result["type"], "message": "no summary was made"})
        print_text(record["custom_id"], style="dim")
        print_text(f"{error['code']}: {error['message']}", style="red")
        print_text()


def print_summary(name: str, summary: Mapping[str, Any]) -> None:
    """Write one summary for a reader."""
    print_text(name, style="dim")
    print_text(summary["headline"]["text"], style="bold")
    print_text(one_line(summary["paragraph"]["text"]))
    for warning in summary["warnings"]:
        print_text(f"note: {warning['message']}", style="yellow")
    if summary["keywords"]:
        words = ", ".join(keyword["text"] for keyword in summary["keywords"])
        print_text(f"keywords: {words}", style="dim")
    print_text()


def print_explanation(summary: Mapping[str, Any]) -> None:
    """Write every sentence with its score, and why the chosen ones were chosen."""
    for sentence in summary["sentences"]:
        mark = "*" if sentence["selected"] else " "
        text = one_line(sentence["text"])
        print_text(f"{mark} {sentence['score']:.3f}  {text}")
        if sentence["reasons"]:
            print_text(f"         {', '.join(sentence['reasons'])}", style="dim")
    print_text()


@contextmanager
def reading_progress(items: Iterable[Item], *, is_quiet: bool = False) -> Iterator[Iterable[Item]]:
    """Show on stderr how many of the items were read while the block runs."""
    with Progress(
        TextColumn("read {task.completed} articles"),
        TimeElapsedColumn(),
        console=_err,
        transient=True,
        disable=is_quiet or not _err.is_terminal,
    ) as progress:
        yield progress.track(items, total=None)


class BatchProgress:
    """A progress bar of one batch; on something that is no terminal, nothing."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("waiting", total=None)

    def show(self, batch: Batch) -> None:
        """Show the batch as it stands."""
        counts = batch.counts
        errored = f", {counts.errored} errored" if counts.errored else ""
        self._progress.update(
            self._task,
            total=counts.total,
            completed=counts.done,
            description=f"{batch.state.value.replace('_', ' ')}{errored}",
        )


@contextmanager
def batch_progress(*, is_quiet: bool = False) -> Iterator[BatchProgress]:
    """Show a progress bar on stderr while the block runs."""
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("articles"),
        TimeRemainingColumn(),
        console=_err,
        disable=is_quiet or not _err.is_terminal,
    ) as progress:
        yield BatchProgress(progress)
