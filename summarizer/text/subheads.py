"""Titles between or above the paragraphs of a story.

Knows the shape of a line and of its neighbours; what publishers write there is not its task.
"""

from __future__ import annotations

import re
from typing import Final

MAX_TITLE_CHARS: Final = 80
"""A longer line is no title, unless it is marked as one."""

_MAX_SUB_HEAD_CHARS: Final = 60
_MIN_PARAGRAPH_CHARS: Final = 80
_MAX_SUB_HEAD_WORDS: Final = 8
_MAX_FRAMED_CHARS: Final = 200

_FRAMED: Final = re.compile(
    r"(?:[-–—]{1,4}\s?(?=[\w\"'‘“«„¿¡(])[^\n]{0,98}[^\s.–—-]\s?[-–—]{1,4}"
    r"|(?P<mark>\*{1,4}|={1,6}|_{2}|~{1,3})\s?(?=[\w\"'‘“«„¿¡(])[^\n]{0,98}[^\s.*=_~]\s?(?P=mark)"
    r"|#{1,6}\s{1,3}[^\n]{1,200})"
)
_ENDS: Final = frozenset('.!?…:;,"”’»)]}。！？؟۔।|-–—')
_STOPS: Final = frozenset('.!?…"”’»)。！？؟۔।')
_QUOTES: Final = frozenset("\"'‘’“”«»„")
_NO_OPENING: Final = frozenset(".!?…:;,)]}")
_LETTERS: Final = re.compile(r"[^\W\d_]{2}")
_OPENING: Final = re.compile(r"[\"'‘“«„¿¡]?[^\W_]")
_NO_TITLE: Final = re.compile(r"\t|\s{3}|[<>|=@\\]|\d[\d.,]*\s+\d|\d[.,]\d|://")
# A line with one of these is rather a sentence that lost its stop.
_SENTENCE_WORD: Final = re.compile(
    r"\b(?:am|are|is|was|were|has|have|had|said|says|told|added|will|would|can|could|did|does|do|"
    r"he|she|they|we|it|I|you)\b"
)


def is_framed(line: str) -> bool:
    """Say whether a line is marked as a title: `– US concern –`, `*** Sport ***`, `## Reaction`."""
    return len(line) <= _MAX_FRAMED_CHARS and bool(_FRAMED.fullmatch(line))


def ends_like_sentence(line: str) -> bool:
    """Say whether a line ends with a stop, a quotation or a bracket."""
    return line[-1] in _STOPS


def is_paragraph(line: str) -> bool:
    """Say whether a line is running text: long enough, and beginning and ending like it."""
    return (
        len(line) >= _MIN_PARAGRAPH_CHARS
        and line[-1] in _STOPS
        and not line[0].islower()
        and line[0] not in _NO_OPENING
    )


def is_title(line: str) -> bool:
    """Say whether a line could be a title by its length, its beginning and its end."""
    if len(line) > MAX_TITLE_CHARS or (line[-1] in _ENDS and not _is_quoted(line)):
        return False
    first = _OPENING.match(line)
    if first is None or first.group()[-1].islower():
        return False
    return not _NO_TITLE.search(line)


def is_sub_head(line: str, *, language: str) -> bool:
    """Say whether a line could be a title between paragraphs: a few words, and no sentence.

    Args:
        line: one line, trimmed of white space.
        language: ISO 639-1 code.
    """
    if (
        len(line) > _MAX_SUB_HEAD_CHARS
        or line.count(" ") >= _MAX_SUB_HEAD_WORDS
        or not is_title(line)
        or not _LETTERS.search(line)
    ):
        return False
    if language != "en" or line.isupper() or _is_quoted(line):
        return True
    return not _SENTENCE_WORD.search(line)


def _is_quoted(line: str) -> bool:
    return line[0] in _QUOTES and line[-1] in _QUOTES and line[-2:-1] not in _STOPS
