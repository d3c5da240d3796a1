"""A run's results to files in a folder of its own; must not know where results are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from workers.outputs.atom import AtomWriter
from workers.outputs.folders import replaced_folder
from workers.outputs.markdown import MarkdownWriter
from workers.outputs.page import PageWriter
from workers.outputs.records import OutputFormat, OutputItem, RunInfo
from workers.outputs.writers import CsvWriter, JsonLinesWriter, NinjsWriter, Writer

FILE_NAMES: Mapping[OutputFormat, str] = MappingProxyType(
    {
        OutputFormat.JSONL: "results.jsonl",
        OutputFormat.CSV: "summaries.csv",
        OutputFormat.MARKDOWN: "digest.md",
        OutputFormat.HTML: "digest.html",
        OutputFormat.ATOM: "feed.atom",
        OutputFormat.NINJS: "ninjs.jsonl",
    }
)

_WRITERS: Mapping[OutputFormat, Callable[..., Writer]] = MappingProxyType(
    {
        OutputFormat.JSONL: JsonLinesWriter,
        OutputFormat.CSV: CsvWriter,
        OutputFormat.MARKDOWN: MarkdownWriter,
        OutputFormat.HTML: PageWriter,
        OutputFormat.ATOM: AtomWriter,
        OutputFormat.NINJS: NinjsWriter,
    }
)


def make_writer(kind: OutputFormat, stream: BinaryIO, *, run: RunInfo) -> Writer:
    """Return a writer of one format to a stream.

    Args:
        kind: the format.
        stream: takes bytes; stays open.
        run: the run.
    """
    return _WRITERS[kind](stream, run=run)


def write_outputs(
    items: Iterable[OutputItem],
    *,
    formats: Sequence[OutputFormat],
    folder: Path,
    run: RunInfo,
) -> tuple[Path, ...]:
    """Write a run's results in each of the formats, into a folder of the run's own in `folder`.

    The folder appears when all files in it are complete and on the disk; one that an earlier
    attempt left is replaced. Equal results give equal bytes.

    Args:
        items: the results, read once, in the order in which they are to stand.
        formats: what to write.
        folder: where the run's folder goes; made where it is missing.
        run: the run.

    Returns:
        The files, in the order of the formats.

    Raises:
        OSError: the folder cannot be written.
    """
    target = folder / run.folder_name
    chosen = tuple(dict.fromkeys(formats))
    with replaced_folder(target) as partial, ExitStack() as files:
        writers = []
        for kind in chosen:
            stream = files.enter_context((partial / FILE_NAMES[kind]).open("xb"))
            writers.append(make_writer(kind, stream, run=run))
        for item in items:
            for writer in writers:
                writer.add(item)
        for writer in writers:
            writer.finish()
    return tuple(target / FILE_NAMES[kind] for kind in chosen)
