"""Files, folders and patterns to what was found in them; must not know the web."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterator
from pathlib import Path

from workers.batches import Item
from workers.fingerprints import article_keys
from workers.intake import PageItem, Problem, ProblemCode, read_paths
from workers.intake.files import InputFile, find_files
from workers.intake.problems import printable
from workers.sources.links import is_global, read_instant, stable_uri, without_credentials
from workers.sources.pages import read_page
from workers.sources.progress import SourceProgress
from workers.sources.records import Found, SourceCode, SourceProblem

# A folder without articles, or with pictures among them, is nothing to report night after night.
_NOTES = frozenset((ProblemCode.SKIPPED_FILES, ProblemCode.NO_ARTICLES))

# The file need not change for these to end.
_TEMPORARY = frozenset((ProblemCode.UNREADABLE, ProblemCode.EMBARGOED))


def read_stdin(progress: SourceProgress) -> Iterator[Found | SourceProblem]:
    """Yield the articles on standard input."""
    return _read(progress, "-", base="stdin:")


def read_pattern(progress: SourceProgress, pattern: str) -> Iterator[Found | SourceProblem]:
    """Yield the articles of the files that match a pattern and are new or changed.

    Args:
        progress: the source.
        pattern: as `Path.glob` has it; `**` stands for any folders.
    """
    whole = Path(pattern)
    root = Path(whole.anchor)
    for path in sorted(root.glob(str(whole.relative_to(root)))):
        if path.is_file() and not path.name.startswith("."):
            yield from read_path(progress, str(path))


def read_path(progress: SourceProgress, path: str) -> Iterator[Found | SourceProblem]:
    """Yield the articles of a file, or a folder's files, that are new or changed since last time.

    A file is known by its size and time of change.

    Args:
        progress: the source.
        path: the file or folder.
    """
    for file in find_files(path):
        if isinstance(file, InputFile):
            yield from _read_file(progress, file.path)
        elif file.code not in _NOTES:
            yield _problem(progress, file)


def _read_file(progress: SourceProgress, path: Path) -> Iterator[Found | SourceProblem]:
    place = _state_key(path)
    try:
        status = path.stat()
    except OSError:
        # Gone since the folder was listed.
        return
    if not stat.S_ISREG(status.st_mode):
        # Whoever opens a pipe waits for its other end, for ever perhaps.
        place, message = printable(str(path)), "cannot be read: it is no regular file"
        yield progress.problem(place, code=ProblemCode.UNREADABLE, message=message)
        return
    # The stamp is taken before reading: what is written meanwhile is read next time.
    stamp = f"{status.st_mtime_ns:x}-{status.st_size:x}"
    if progress.before(place).get("etag") == stamp:
        progress.pass_over(place)
        return
    is_complete, articles = True, -progress.had
    for item in _read(progress, str(path), base=path.resolve().as_uri()):
        is_complete &= isinstance(item, Found) or not item.is_temporary
        articles += isinstance(item, Found)
        yield item
    if is_complete:
        progress.renew(place, etag=stamp, articles=articles + progress.had)


def _state_key(path: Path) -> str:
    """Return what a file is known by in the source's state, which goes through JSON."""
    text = str(path)
    try:
        text.encode()
    except UnicodeEncodeError:
        # The name is not UTF-8. As a URI it can be told from every path, since paths are absolute.
        return path.absolute().as_uri()
    return text


def _read(progress: SourceProgress, path: str, *, base: str) -> Iterator[Found | SourceProblem]:
    context = progress.context
    items = read_paths([path], limits=context.limits, now=context.now, stdin=context.stdin)
    # For these, one question to the store what was had, and then the web.
    linked: list[tuple[str, PageItem]] = []
    for item in items:
        if isinstance(item, Problem):
            if item.code not in _NOTES:
                yield _problem(progress, item)
        elif not isinstance(item, PageItem):
            if item.article.text.strip():
                yield _found(progress, item, uri=_uri(item, base=base))
        elif item.url is None:
            read = read_page(item, progress=progress)
            if isinstance(read, Item):
                yield _found(progress, read, uri=_uri(read, base=base))
            else:
                yield read
        else:
            own = item.item.custom_id
            uri = own if is_global(own) else without_credentials(item.url)
            linked.append((stable_uri(uri), item))
    yield from _read_linked(progress, linked)


def _read_linked(
    progress: SourceProgress, linked: list[tuple[str, PageItem]]
) -> Iterator[Found | SourceProblem]:
    """Yield the articles of pages, by their identifiers, that were not had before."""
    limit = progress.context.web.max_pages
    keys = [article_keys(uri, url=page.url) for uri, page in linked]
    had = set(progress.context.had([key for ours in keys for key in ours]))
    for (uri, page), ours in zip(linked, keys, strict=True):
        if not had.isdisjoint(ours):
            progress.had += 1
            continue
        had.update(ours)
        if progress.pages >= limit:
            message = f"more pages to fetch than {limit}; the others are left to the next run"
            yield progress.problem(
                page.item.source, code=SourceCode.TOO_MANY, message=message, is_temporary=True
            )
            return
        progress.pages += 1
        read = read_page(page, progress=progress)
        yield _found(progress, read, uri=uri) if isinstance(read, Item) else read
        if progress.is_over:
            return


def _uri(item: Item, *, base: str) -> str:
    # The same text in the same file is the same article, wherever it stands there. An identifier
    # that is a URI, as ninjs has them, counts everywhere; "17" counts nowhere.
    digest = hashlib.blake2b(item.article.text.encode(), digest_size=8).hexdigest()
    return stable_uri(item.custom_id if is_global(item.custom_id) else f"{base}#{digest}")


def _found(progress: SourceProgress, item: Item, *, uri: str) -> Found:
    return Found(
        uri=uri,
        article=item.article,
        source=progress.source,
        place=item.source,
        url=item.page.url if item.page else None,
        version_at=read_instant(item.article.published_at),
        options=item.options,
        custom_id=item.custom_id if item.is_named else None,
    )


def _problem(progress: SourceProgress, problem: Problem) -> SourceProblem:
    return progress.problem(
        problem.place,
        code=problem.code.value,
        message=problem.message,
        is_temporary=problem.code in _TEMPORARY,
    )
