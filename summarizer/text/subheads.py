"""Titles between or above the paragraphs of a story.

Knows the shape of a line and of its neighbours; what publishers write there is not its task.
"""

from __future__ import annotations

import re
from typing import Final

MAX_SUB_HEAD_CHARS: Final = 60
MAX_TITLE_CHARS: Final = 120
MIN_PARAGRAPH_CHARS: Final = 80
"""A line that ends like a sentence and has as many characters is a paragraph."""

_MAX_SUB_HEAD_WORDS: Final = 8

_FRAMED: Final = re.compile(
    r"(?:[-–—]{1,4}\s?(?=[\w\"'‘“«„¿¡(])[^\n]{0,98}[^\s–—-]\s?[-–—]{1,4}"
    r"|(?P<mark>\*{1,4}|={1,6}|_{2}|~{1,3})\s?[\w\"'‘“«„¿¡(][^\n]{0,98}\s?(?P=mark)"
    r"|#{1,6}\s{1,3}[^\n]{1,200})"
)
_ENDS: Final = frozenset(".!?…:;,\"”’»)]}。！？؟۔।|")
_STOPS: Final = frozenset(".!?…\"”’»)。！？؟۔।")
_OPENING: Final = re.compile(r"[\"'‘“«„¿¡]?[^\W_]")
_NO_TITLE: Final = re.compile(r"\t|\s{3}|[<>|=@\\]|\d[\d.,]*\s+\d|://")
# A line with one of these is rather a sentence that lost its stop.
_SENTENCE_WORD: Final = re.compile(
    r"\b(?:am|are|is|was|were|has|have|had|said|says|told|added|will|would|can|could|did|does|do|"
    r"he|she|they|we|it|I|you)\b"
)


def is_framed(text: str, *, start: int, end: int) -> bool:
    """Say whether a line is marked as a title: `– US concern –`, `*** Sport ***`, `## Reaction`."""
    return bool(_FRAMED.fullmatch(text, start, end))


def ends_like_sentence(text: str, *, end: int) -> bool:
    """Say whether the line that ends there ends with a stop, a quotation or a bracket."""
    return text[end - 1] in _STOPS


def is_paragraph(text: str, *, start: int, end: int) -> bool:
    """Say whether a line is running text: long enough, and ending like a sentence."""
    return end - start >= MIN_PARAGRAPH_CHARS and text[end - 1] in _STOPS


def is_title_like(text: str, *, start: int, end: int, max_chars: int) -> bool:
    """Say whether a line could be a title by its length, its beginning and its end.

    Args:
        text: the article.
        start: where the line begins.
        end: where it ends.
        max_chars: the longest title.
    """
    if end - start > max_chars or text[end - 1] in _ENDS and not _is_quoted(text, start, end):
        return False
    first = _OPENING.match(text, start, end)
    if first is None or text[first.end() - 1].islower():
        return False
    return not _NO_TITLE.search(text, start, end)


def is_sub_head_like(text: str, *, start: int, end: int, language: str) -> bool:
    """Say whether a line could be a title between paragraphs: a few words, and no sentence.

    Args:
        text: the article.
        start: where the line begins.
        end: where it ends.
        language: ISO 639-1 code.
    """
    if not is_title_like(text, start=start, end=end, max_chars=MAX_SUB_HEAD_CHARS):
        return False
    line = text[start:end]
    if line.count(" ") >= _MAX_SUB_HEAD_WORDS or not any(map(str.isalpha, line)):
        return False
    if language != "en" or line.isupper() or _is_quoted(text, start, end):
        return True
    return not _SENTENCE_WORD.search(line)


def _is_quoted(text: str, start: int, end: int) -> bool:
    return text[start] in "\"'‘“«„" and text[end - 1] in "\"'’”»“" and text[end - 2] not in ".!?,"
