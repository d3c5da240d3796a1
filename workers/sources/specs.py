"""What a source is named by, as text, to a record; must not read anything."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from workers.errors import InvalidScheduleError
from workers.sources.records import SourceKind, SourceSpec

_GLOB = re.compile(r"[*?\[]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_MAX_CHARS: Final = 4_096


def parse_source(text: str, *, folder: Path) -> SourceSpec:
    """Return the source that a text names.

    `-` is standard input, `http://…` and `https://…` a feed, sitemap or page, a text with `*`, `?`
    or `[` a pattern, anything else a file or folder.

    Args:
        text: the text.
        folder: what relative paths are relative to.

    Raises:
        InvalidScheduleError: it names nothing that can be read.
    """
    text = text.strip()
    if text == "-":
        return SourceSpec(kind=SourceKind.STDIN, value="-")
    if not text or len(text) > _MAX_CHARS or not text.isprintable():
        limit = f"1 to {_MAX_CHARS} printable characters"
        raise InvalidScheduleError("source", text[:_MAX_CHARS], limit)
    scheme = _SCHEME.match(text)
    if scheme:
        return SourceSpec(kind=SourceKind.URL, value=_checked_url(text))
    path = folder / Path(text).expanduser()
    is_pattern = _GLOB.search(text) and not path.exists()
    return SourceSpec(kind=SourceKind.GLOB if is_pattern else SourceKind.PATH, value=str(path))


def _checked_url(text: str) -> str:
    try:
        parts = urlsplit(text)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web or " " in text:
        raise InvalidScheduleError("source", text, "an http or https URL, a path or a pattern")
    return text
