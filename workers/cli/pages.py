"""Articles for a command: those in its files, and those on pages that the files name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event
from typing import BinaryIO

from workers.batches import Item
from workers.cli.wiring import limits_of, make_fetcher
from workers.extraction import extract_article
from workers.intake import Problem, read_paths
from workers.settings import Settings
from workers.sources import SourceContext, read_again, read_pages


def read_articles(
    paths: Sequence[str], *, settings: Settings, stdin: BinaryIO | None
) -> Iterator[Item | Problem]:
    """Read articles lazily; a page that cannot be read is a problem, and an item with its error.

    Args:
        paths: files and folders; "-" is standard input.
        settings: the limits, and how pages are fetched.
        stdin: where "-" is read from, if there is one.

    Raises:
        BatchTooLargeError: there are more articles, or bytes, than one submit may hold.
        SettingsError: a network or the user agent means nothing.
    """
    with _context(settings) as context:
        found = read_paths(paths, limits=context.limits, now=context.now, stdin=stdin)
        yield from read_pages(found, context=context)


def renew_pages(items: Iterable[Item], *, settings: Settings) -> Iterator[Item]:
    """Read the pages of a batch again that could not be read.

    Args:
        items: items of the batch.
        settings: the limits, and how pages are fetched.

    Raises:
        SettingsError: a network or the user agent means nothing.
    """
    with _context(settings) as context:
        yield from read_again(items, context=context)


@contextmanager
def _context(settings: Settings) -> Iterator[SourceContext]:
    """Give what pages are read with; what is still being asked for at the end is given up."""
    stop = Event()
    with make_fetcher(settings) as fetcher:
        try:
            yield SourceContext(
                now=datetime.now(UTC),
                fetcher=fetcher,
                extract=extract_article,
                pause=stop.wait,
                limits=limits_of(settings),
            )
        finally:
            stop.set()
