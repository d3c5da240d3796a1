"""Sources to what was found in them; must not know what becomes of that."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

from workers.errors import StoreUnavailableError
from workers.sources.files import read_path, read_pattern, read_stdin
from workers.sources.lists import ListLine, read_list
from workers.sources.progress import SourceProgress
from workers.sources.records import (
    Found,
    SourceCode,
    SourceContext,
    SourceKind,
    SourceProblem,
    SourceReport,
    SourceSpec,
)
from workers.sources.web import read_web

_log = logging.getLogger(__name__)


def read_source(
    spec: SourceSpec, *, context: SourceContext
) -> Iterator[Found | SourceProblem | SourceReport]:
    """Read a source lazily: what it has, what cannot be had, and its report at the end.

    A text file that lists URLs is a source for each URL, with a report for each; then comes the
    report of the list. Whatever fails, the rest and other sources go on.

    Args:
        spec: the source.
        context: what it is read with.

    Raises:
        StoreUnavailableError: what was had before cannot be told.
    """
    progress = SourceProgress(spec.value, context=context)
    lines = read_list(Path(spec.value)) if spec.kind is SourceKind.PATH else None
    if lines:
        for url in dict.fromkeys(line.text for line in lines if line.is_url):
            yield from read_source(SourceSpec(kind=SourceKind.URL, value=url), context=context)
    items = _read_list(progress, lines) if lines else _read(spec, progress)
    for item in _guarded(items, progress):
        progress.count(item)
        yield item
    yield progress.report()


def _read(spec: SourceSpec, progress: SourceProgress) -> Iterator[Found | SourceProblem]:
    match spec.kind:
        case SourceKind.STDIN:
            return read_stdin(progress)
        case SourceKind.PATH:
            return read_path(progress, spec.value)
        case SourceKind.GLOB:
            return read_pattern(progress, spec.value)
        case SourceKind.URL:
            return read_web(progress, spec.value)


def _read_list(
    progress: SourceProgress, lines: tuple[ListLine, ...]
) -> Iterator[Found | SourceProblem]:
    for line in lines:
        if not line.is_url:
            place = f"{progress.source}:{line.number}"
            message = f"{line.text[:200]!r} is not an http or https URL"
            yield progress.problem(place, code=SourceCode.INVALID_LINE, message=message)


def _guarded(
    items: Iterator[Found | SourceProblem], progress: SourceProgress
) -> Iterator[Found | SourceProblem]:
    """Turn whatever goes wrong in a source into a problem of that source alone."""
    try:
        yield from items
    except StoreUnavailableError:
        raise
    except Exception as error:  # noqa: BLE001 - feeds are untrusted, and so is what parses them
        _log.exception("source %s failed", progress.source)
        yield progress.problem(
            progress.source,
            code=SourceCode.INTERNAL_ERROR,
            message=f"{type(error).__name__}: {error}",
        )
