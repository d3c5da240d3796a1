"""Lines that publishers put between the paragraphs of a story: what they are, by their wording.

Knows single lines only: not where in the article they stand, and nothing of names, places and
agencies that stand for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from typing import Final

from summarizer.models import RemovedKind
from summarizer.text.desk_notes import DESK_NOTES
from summarizer.text.invitations import INVITATIONS
from summarizer.text.line_rules import ADDRESS, KEY_CHARS, Index, indexed
from summarizer.text.local_boilerplate import LOCAL_DESK, LOCAL_RULES

# A longer line is a paragraph, whatever it begins with.
_MAX_CHARS: Final = 600
_DESK_CHARS: Final = 300

# A line that is only addresses, handles or links, whatever separates them.
_ADDRESSES: Final = (
    rf"(?:\(\((?=.{{0,200}}@)[^()]{{0,300}}\)\)"
    rf"|(?:(?:{ADDRESS}|https?://[^\s|,]{{1,400}}|www\.[^\s|,]{{1,400}}|@\w{{2,30}})[\s|,;/·•]*+)+)"
)

_ADDRESS_STARTS: Final = {key: ((RemovedKind.CONTACT, _ADDRESSES),) for key in ("htt", "www")}
_SHARED: Final[Index] = {**_ADDRESS_STARTS, **indexed((*INVITATIONS, *DESK_NOTES))}


def line_starts(language: str) -> Container[str]:
    """Return the first characters of the lines that `may_be_boilerplate` is true of.

    Args:
        language: ISO 639-1 code.
    """
    return _index(language)


def may_be_boilerplate(line: str, starts: Container[str]) -> bool:
    """Say at little cost whether a line deserves a look by `line_kind`.

    Args:
        line: one line, trimmed of white space.
        starts: those of the language.
    """
    return line[:KEY_CHARS] in starts or ("@" in line and len(line) <= _MAX_CHARS)


def line_kind(line: str, *, language: str) -> RemovedKind | None:
    """Say what kind of boilerplate a line is.

    Args:
        line: one line, trimmed of white space.
        language: ISO 639-1 code; English wording is met in all languages.

    Returns:
        The kind, None for a line of the story.
    """
    if len(line) > _MAX_CHARS:
        return None
    for kind, pattern in _index(language).get(line[:KEY_CHARS], ()):
        if re.fullmatch(pattern, line):
            return kind
    desk = LOCAL_DESK.get(language)
    if desk and len(line) <= _DESK_CHARS and re.fullmatch(desk, line):
        return RemovedKind.TRASH_LINE
    return RemovedKind.CONTACT if "@" in line and re.fullmatch(_ADDRESSES, line) else None


def _index(language: str) -> Index:
    return _load_index(language) if language in LOCAL_RULES else _SHARED


@lru_cache(maxsize=len(LOCAL_RULES))
def _load_index(language: str) -> Index:
    return {
        **_ADDRESS_STARTS,
        **indexed((*LOCAL_RULES[language], *INVITATIONS, *DESK_NOTES)),
    }
