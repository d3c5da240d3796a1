"""Files, folders and patterns to what was found in them; must not know the web."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from workers.batches import Item
from workers.intake import Problem, ProblemCode, read_paths
from workers.intake.files import InputFile, find_files
from workers.sources.links import is_global, read_instant, stable_uri
from workers.sources.progress import SourceProgress
from workers.sources.records import Found, SourceProblem

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
    place = str(path)
    try:
        status = path.stat()
    except OSError:
        # Gone since the folder was listed.
        return
    # The stamp is taken before reading: what is written meanwhile is read next time.
    stamp = f"{status.st_mtime_ns:x}-{status.st_size:x}"
    if progress.before(place).get("etag") == stamp:
        progress.pass_over(place)
        return
    is_complete, articles = True, 0
    for item in _read(progress, place, base=path.resolve().as_uri()):
        is_complete &= isinstance(item, Found) or not item.is_temporary
        articles += isinstance(item, Found)
        yield item
    if is_complete:
        progress.renew(place, etag=stamp, articles=articles)


def _read(progress: SourceProgress, path: str, *, base: str) -> Iterator[Found | SourceProblem]:
    context = progress.context
    items = read_paths([path], limits=context.limits, now=context.now, stdin=context.stdin)
    for item in items:
        if isinstance(item, Problem):
            if item.code not in _NOTES:
                yield _problem(progress, item)
        elif item.article.text.strip():
            yield _found(progress, item, base=base)


def _found(progress: SourceProgress, item: Item, *, base: str) -> Found:
    # The same text in the same file is the same article, wherever it stands there. An identifier
    # that is a URI, as ninjs has them, counts everywhere; "17" counts nowhere.
    digest = hashlib.blake2b(item.article.text.encode(), digest_size=8).hexdigest()
    return Found(
        uri=stable_uri(item.custom_id if is_global(item.custom_id) else f"{base}#{digest}"),
        article=item.article,
        source=progress.source,
        place=item.source,
        version_at=read_instant(item.article.published_at),
        options=item.options,
    )


def _problem(progress: SourceProgress, problem: Problem) -> SourceProblem:
    return progress.problem(
        problem.place,
        code=problem.code.value,
        message=problem.message,
        is_temporary=problem.code in _TEMPORARY,
    )
