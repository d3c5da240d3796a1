"""How a story ends after its last sentence: agency names, initials, helpers, rights, credits.

Knows single lines and their ends only: whether one is the last is not its task.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from summarizer.models import RemovedKind
from summarizer.text.boilerplate import line_kind
from summarizer.text.local_boilerplate import LOCAL_DESK
from summarizer.text.local_signoffs import is_signature, signature_start
from summarizer.text.names import AGENCIES, AGENCY

_MAX_CHARS: Final = 300
_TAIL_CHARS: Final = 500
_AGENCY_CHARS: Final = 60
_CREDIT_CHARS: Final = 120

_LINE: Final = re.compile(
    rf"(?:[-–—]{{1,3}} ?|[(\[])?(?:(?i:with|from|source:|via|theo) )?{AGENCIES}"
    r"(?: (?i:staff|news service|inputs?))?[)\]]?\.?"
    # AFP's initials: desk, writers, editors.
    r"|(?:bur[-/])?[a-z]{2,4}(?:-[a-z]{2,4}){0,3}/[a-z]{2,4}(?:[/-][a-z]{2,4}){0,4}"
    r"|(?:[-–—]{1,3} ?|[(\[])?"
    r"(?i:with (?:reporting|files|inputs|assistance|additional reporting) (?:by|from)) .{2,100}"
    # PTI's initials.
    r"|PTI(?: [A-Z]{2,4}){1,6}"
    r"|#{2,4}|-? ?(?:30|END|ENDS|Ends) ?-?|\(?(?i:more to follow|more)\)|(?i:more to follow)\.?"
)

_AGENCY_TAIL: Final = re.compile(
    rf"[.!?…\"”’»)]\s{{0,3}}(?P<tail>"
    rf"(?:[-–—]{{1,3}} ?|[(\[](?:with |Theo )?){AGENCIES}[)\]]?\.?|(?<=\s){AGENCY})\Z"
)
# Compiled with the first line that ends with a bracket.
_BRACKET_TAIL: Final = (
    r"[.!?…\"”’»)]\s{0,3}(?P<tail>\((?i:(?:additional reporting|reporting|writing|"
    r"edited|editing|compiled|reportage|with inputs|with agency|with reporting)|"
    rf"photo|(?:{AGENCY}) photo|reuters/|getty|image|foto|ảnh|nguồn)\b"
    r"[^()]*+(?:\([^()]*+\)[^()]*+)*\)\.?)\Z"
)
_ANY_BRACKET_TAIL: Final = r"[.!?…\"”’»“)]\s{0,3}(?P<tail>\([^()]*+(?:\([^()]*+\)[^()]*+)*\)\.?)\Z"
_AGENCY_PHOTO: Final = rf"\({AGENCY} [Pp]hotos?\)\.?"

_RIGHTS: Final = re.compile(
    r"(?:The |Any )?(?:[Oo]pinions|[Vv]iews) expressed (?:(?:by|herein|here|in|on|this)\b.{0,60} )?"
    r"(?:are|belong|do not|may not|represent)\b.{0,80}\b(?:author|contributor|writer)s?\b.{0,100}"
    r"|This (?:article|piece|report|story) (?:has |is |was |been )*(?:"
    r"(?:first|originally) (?:appeared|posted|published)|"
    r"(?:appeared|posted|published) (?:first|originally)|reposted|republished|syndicated)"
    r" (?:at|by|from|here|in|on|under)\b[^,;]{0,200}"
    r"|This material may not be published.{0,200}"
)

_SENTENCE_START: Final = re.compile(
    r"[.!?](?<![ .][^\W\d_][.!?])[\"”’)]{0,2}\s{1,3}(?=[^\W_]|[©(@\"“‘])"
)
# "CNN's Jane Doe reported from Kyiv, and John Roe contributed to this report from London."
_HELPERS_END: Final = re.compile(r" contributed to this\s{1,2}(?:article|report|story)\s?\.?\Z")
_HELPING: Final = re.compile(r"(?:contributed|reported|wrote)\b")
# What helpers did: for this story, or from somewhere. What else was written is story.
_HELPED: Final = (
    r"\b(?:contributed|reported|wrote)(?:,? and (?:reported|wrote))*"
    r"(?P<own> (?:to )?(?:the|this) (?:article|report|story))?"
    r"(?: (?P<where>from|in) (?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\b"
    r"|[A-Z][a-z]{2,5}day)(?:the )?[A-Z])?"
)
# "CNN's Jane Doe", "Journalist Jane Doe", "Jane Doe": who helps has two names, and no title.
_HELPERS: Final = (
    rf"(?:The )?{AGENCY}(?:['’]s)? [A-Z]|(?i:journalist|correspondent|producer|reporter)s? [A-Z]"
    r"|(?!(?:The|President|Premier|Prime|Minister|Chancellor|Foreign|Mr|Mrs|Ms|Dr|Sir|Lord|Lady|"
    r"King|Queen|Prince|Princess|Pope|Mayor|Judge|Justice|General|Gen|Col|Sen|Senator|Gov|Governor|"
    r"Rep|Prof|Professor|St)\b)[A-Z][\w.'’-]+ [A-Z]"
)
_HELPING_WORDS: Final = frozenset(
    "additional also and article at by contributed contributor contributors correspondent "
    "correspondents from for in journalist journalists of producer producers report reported "
    "reporter reporters reporting staff story the this to was while with writer writers written "
    "wrote".split()
)


class Tail(NamedTuple):
    """What a line carries from `start` to its end, and what that is."""

    kind: RemovedKind
    start: int


def is_sign_off(line: str, *, language: str) -> bool:
    """Say whether a line below a story only signs it off.

    Args:
        line: one line, trimmed of white space.
        language: ISO 639-1 code.
    """
    if len(line) > _MAX_CHARS:
        return False
    if _LINE.fullmatch(line) or is_signature(line, language=language):
        return True
    return _is_closing_note(line) and not _SENTENCE_START.search(line)


def may_have_tail(line: str) -> bool:
    """Say at little cost whether a line that is not the last deserves a look by `find_tail`."""
    return ")" in line[-2:]


def find_tail(line: str, *, is_last: bool, language: str) -> Tail | None:
    """Find what a paragraph carries after its last sentence.

    Args:
        line: one line, trimmed of white space.
        is_last: whether the story ends with it; elsewhere only a bracket is looked for.
        language: ISO 639-1 code.

    Returns:
        What to take off its end, or None. There may be more before it.
    """
    offset = max(0, len(line) - _TAIL_CHARS)
    window = line[offset:]
    if may_have_tail(line) and (found := _find_bracket(window, language)):
        # Judged as on a line of its own: a sentence in brackets may begin so too.
        tail = found["tail"]
        is_photo = re.fullmatch(_AGENCY_PHOTO, tail) is not None
        kind = RemovedKind.CREDIT if is_photo else line_kind(tail, language=language)
        return Tail(kind, offset + found.start("tail")) if kind else None
    if not is_last:
        return None
    if found := _AGENCY_TAIL.search(window, max(0, len(window) - _AGENCY_CHARS)):
        return Tail(RemovedKind.SIGN_OFF, offset + found.start("tail"))
    if (start := signature_start(line, language=language)) is not None:
        return Tail(RemovedKind.SIGN_OFF, start)
    return _last_sentence(window, offset, language)


def _find_bracket(window: str, language: str) -> re.Match[str] | None:
    """Find a bracket at the end that may be a note."""
    desk = LOCAL_DESK.get(language)
    found = re.search(_ANY_BRACKET_TAIL, window) if desk else None
    if desk and found and re.fullmatch(desk, found["tail"]):
        return found
    return re.search(_BRACKET_TAIL, window)


def _last_sentence(window: str, offset: int, language: str) -> Tail | None:
    """Take the last sentence for what it would be on a line of its own, if it is no story."""
    start = 0
    for match in _SENTENCE_START.finditer(window):
        start = match.end()
    if offset and not start:
        return None
    sentence = window[start:]
    kind = (
        RemovedKind.SIGN_OFF
        if _is_closing_note(sentence)
        else line_kind(sentence, language=language)
    )
    if kind is RemovedKind.CREDIT and len(sentence) > _CREDIT_CHARS:
        # Without a line of its own a credit may have run into a sentence.
        return None
    return Tail(kind, offset + start) if kind else None


def _is_closing_note(sentence: str) -> bool:
    """Say whether a sentence is about the story: whose it is, or who helped with it.

    The latter is known by how it ends, or by all of its words.
    """
    if _RIGHTS.fullmatch(sentence):
        return True
    if not _HELPING.search(sentence):
        return False
    if _HELPERS_END.search(sentence):
        return True
    words = [word.rstrip(".,;") for word in sentence.split()]
    if not all(word in _HELPING_WORDS or word[:1].isupper() for word in words if word):
        return False
    return _tells_of_help(sentence)


def _tells_of_help(sentence: str) -> bool:
    """Say whether all that was reported or written was so for this story, or from a place."""
    if not re.match(_HELPERS, sentence):
        return False
    deeds = list(re.finditer(_HELPED, sentence))
    if all(deed["where"] for deed in deeds):
        return len(deeds) > 1 or deeds[0]["where"] == "from" or bool(deeds[0]["own"])
    # "AP's Jane Doe in Oslo and John Roe in Bergen also contributed."
    return len(deeds) == 1 and bool(
        re.search(rf"{AGENCY}['’]s .* in [A-Z].* also contributed\s?\.?\Z", sentence)
    )
