"""Paths to the files that they stand for, in one order; must not know what is in a file."""

from __future__ import annotations

import re
import stat
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from workers.intake.problems import Problem, ProblemCode, RefusalError, printable, unreadable

_NAMED_SUFFIXES = 5
_URL = re.compile(r"https?:/", re.IGNORECASE)


class Form(StrEnum):
    """How a file holds its articles."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    JSON_LINES = "json_lines"
    UNKNOWN = "unknown"


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        ".txt": Form.TEXT,
        ".md": Form.MARKDOWN,
        ".jsonl": Form.JSON_LINES,
        ".ndjson": Form.JSON_LINES,
        ".json": Form.JSON,
    }
)

_KNOWN = ", ".join(FORMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """A file to read.

    Attributes:
        path: where it is.
        place: how messages call it: the path as it was given, printable.
        name: how its articles are called: its path in the folder given, printable.
        form: by its ending; one without any is told by its content.
    """

    path: Path
    place: str
    name: str
    form: Form


def find_files(path: str) -> Iterator[InputFile | Problem]:
    """Yield the files that a path stands for: itself, or what is in the folder.

    Folders are read to their depths, by name, each once however many links lead to it. Hidden
    files are passed over; files of other types are counted in one note at the end.
    """
    root = Path(path)
    try:
        if not path:
            # To pathlib, no path is the current folder.
            raise ValueError("the path is empty")
        is_folder = stat.S_ISDIR(root.stat().st_mode)
    except (OSError, ValueError) as error:
        refusal = unreadable(error)
        if _URL.match(path):
            message = 'URLs are read from lines of JSON, such as {"url": "https://…"}, not as paths'
            refusal = RefusalError(ProblemCode.UNSUPPORTED_SOURCE, message)
        yield refusal.at(printable(path))
        return
    if is_folder:
        yield from _find_in(root)
        return
    form = _form(root, without_suffix=Form.UNKNOWN)
    if form is None:
        yield Problem(
            place=printable(path),
            code=ProblemCode.UNSUPPORTED_SOURCE,
            message=f"{printable(root.suffix)} files are not read, only {_KNOWN}",
        )
    else:
        yield InputFile(path=root, place=printable(path), name=printable(root.name), form=form)


def _find_in(root: Path) -> Iterator[InputFile | Problem]:
    waiting = [root]
    seen: set[tuple[int, int]] = set()
    skipped: Counter[str] = Counter()
    is_empty = True
    # A stack and not a recursion: folders may nest deeper than Python calls.
    while waiting:
        path = waiting.pop()
        try:
            status = path.stat()
            if stat.S_ISDIR(status.st_mode):
                if (status.st_dev, status.st_ino) not in seen:
                    seen.add((status.st_dev, status.st_ino))
                    waiting.extend(sorted(_visible(path), reverse=True))
                continue
        except OSError as error:
            yield unreadable(error).at(printable(str(path)))
            continue
        form = _form(path, without_suffix=None) if stat.S_ISREG(status.st_mode) else None
        if form is None:
            skipped[path.suffix.lower() or path.name] += 1
            continue
        is_empty = False
        name = path.relative_to(root).as_posix()
        yield InputFile(path=path, place=printable(str(path)), name=printable(name), form=form)
    yield from _notes(printable(str(root)), skipped, is_empty=is_empty)


def _notes(place: str, skipped: Counter[str], *, is_empty: bool) -> Iterator[Problem]:
    if is_empty:
        message = f"holds no {_KNOWN} file"
        yield Problem(place=place, code=ProblemCode.NO_ARTICLES, message=message)
    if skipped:
        named = [f"{printable(suffix)} ({n})" for suffix, n in skipped.most_common(_NAMED_SUFFIXES)]
        more = ", …" if len(skipped) > _NAMED_SUFFIXES else ""
        message = f"{skipped.total()} files of other types passed over: {', '.join(named)}{more}"
        yield Problem(place=place, code=ProblemCode.SKIPPED_FILES, message=message)


def _visible(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if not path.name.startswith("."))


def _form(path: Path, *, without_suffix: Form | None) -> Form | None:
    return FORMS.get(path.suffix.lower()) if path.suffix else without_suffix
