"""Text files that list URLs; must not know what the URLs lead to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MAX_LIST_BYTES: Final = 4_000_000
"""A longer file is no list."""

_COMMENT = re.compile(r"(?:^|\s)#.*")
_URL = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine:
    """A line of a list that says something.

    Attributes:
        number: its number, from 1.
        text: what it says, without a comment.
        is_url: whether that is an http or https URL.
    """

    number: int
    text: str
    is_url: bool


def read_list(path: Path) -> tuple[ListLine, ...] | None:
    """Return the lines of a list of URLs; None where the file is none, or cannot be read.

    A list is a text file whose first line, blank lines and comments apart, is a URL and nothing
    else. A comment begins with `#`, on a line of its own or after white space.
    """
    try:
        if not path.is_file() or path.stat().st_size > MAX_LIST_BYTES:
            return None
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, ValueError):
        return None
    lines = tuple(
        ListLine(number=number, text=said, is_url=bool(_URL.fullmatch(said)))
        for number, line in enumerate(text.splitlines(), start=1)
        if (said := _COMMENT.sub("", line).strip())
    )
    return lines if lines and lines[0].is_url else None
