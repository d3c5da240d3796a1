"""How a story ends after its last sentence: agency names, initials, helpers, rights, credits.

Knows single lines and their ends only: whether one is the last is not its task.
"""

from __future__ import annotations

import re
from typing import Final

from summarizer.models import Removed, RemovedKind
from summarizer.text.agencies import AGENCIES, AGENCY

MAX_SIGN_OFF_CHARS: Final = 300
"""A longer line signs nothing off."""

_TAIL_CHARS: Final = 500

_LINE: Final = re.compile(
    rf"(?:[-–—]{{1,3}} ?|[(\[])?(?:(?i:with|from|source:|via|theo) )?{AGENCIES}"
    r"(?: (?i:staff|news service|inputs?))?[)\]]?\.?"
    # AFP's initials: desk, writers, editors.
    r"|(?:bur[-/])?[a-z]{2,4}(?:-[a-z]{2,4}){0,3}/[a-z]{2,4}(?:[/-][a-z]{2,4}){0,4}"
    r"|[(\[]?(?i:with (?:reporting|files|inputs|additional reporting) (?:by|from)) .{2,100}"
    r"|#{2,4}|-? ?(?:30|END|ENDS|Ends) ?-?|\(?(?i:more to follow|more)\)|(?i:more to follow)\.?"
)

_AFTER: Final = r"(?<=[.!?…\"”’»)])"
_TAIL: Final = re.compile(
    rf"{_AFTER}\s{{0,3}}(?:"
    rf"(?:[-–—]{{1,3}} ?|[(\[](?:with |Theo )?){AGENCIES}[)\]]?\.?"
    rf"|(?<=\s){AGENCY}"
    r"|[(\[]?(?:©|\([cC]\)|Copyright)\s?[^.]{0,60}(?:19|20)\d\d.{0,250}"
    r"|[(\[]?Copyright (?:©|\([cC]\)).{0,250}"
    r")\Z"
)
_BRACKET: Final = re.compile(
    rf"{_AFTER}\s{{0,3}}\((?i:(?P<people>additional reporting|reporting|writing|edited|editing|"
    r"compiled|reportage|with inputs|with agency|with reporting)|photo|ap photo|afp photo|"
    r"reuters/|getty|image|foto|ảnh|nguồn)\b.{2,480}\)\.?\Z"
)
_HELPERS: Final = re.compile(r" contributed to this (?:report|story|article)\.?\Z")
_SENTENCE_START: Final = re.compile(r"(?<![ .][^\W\d_])[.!?][\"”’)]{0,2}\s{1,3}(?=[^\W\d_])")


def is_sign_off(text: str, *, start: int, end: int) -> bool:
    """Say whether a line below a story only signs it off.

    Args:
        text: the article.
        start: where the line begins.
        end: where it ends.
    """
    if end - start > MAX_SIGN_OFF_CHARS:
        return False
    if _LINE.fullmatch(text, start, end):
        return True
    return bool(_HELPERS.search(text, start, end)) and not _SENTENCE_START.search(text, start, end)


def find_tail(text: str, *, start: int, end: int, is_last: bool) -> Removed | None:
    """Find what a paragraph carries after its last sentence.

    Args:
        text: the article.
        start: where the paragraph begins.
        end: where it ends.
        is_last: whether the story ends with it; elsewhere only a bracket is looked for.

    Returns:
        What to take off the end, or None. There may be more before it.
    """
    start = max(start, end - _TAIL_CHARS)
    if text[end - 1] in ")." and (found := _BRACKET.search(text, start, end)):
        kind = RemovedKind.TRASH_LINE if found["people"] else RemovedKind.CREDIT
        return _removed(text, kind, found.start(), end)
    if not is_last:
        return None
    if found := _TAIL.search(text, start, end):
        return _removed(text, RemovedKind.SIGN_OFF, found.start(), end)
    if _HELPERS.search(text, start, end):
        starts = [match.end() for match in _SENTENCE_START.finditer(text, start, end)]
        if starts:
            return _removed(text, RemovedKind.SIGN_OFF, starts[-1], end)
    return None


def _removed(text: str, kind: RemovedKind, start: int, end: int) -> Removed:
    while text[start].isspace():
        start += 1
    return Removed(kind=kind, start=start, end=end)
