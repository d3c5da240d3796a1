"""Lines above a story that say who wrote it, and when.

Knows single lines only: whether one stands above a story is not its task.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from summarizer.models import RemovedKind
from summarizer.text.agencies import AGENCIES

MAX_SIGNATURE_CHARS: Final = 160
"""A longer line signs nothing."""

_CAPITAL: Final = r"[^\W\d_a-zß-öø-ÿа-я]"
_CAPITAL_WORD: Final = rf"{_CAPITAL}[\w.'’-]{{0,24}}"
_NAME: Final = (
    rf"{_CAPITAL_WORD}(?: (?:{_CAPITAL_WORD}|al|bin|da|de|del|der|di|dos|el|la|le|van|von)){{1,4}}"
)
_AND: Final = r"(?:,? (?:and|und|et|y|e|en|och|og|i|и) |, ?| ?& ?|; ?| ?/ ?)"
_NAMES: Final = rf"{_NAME}(?:{_AND}{_NAME}){{0,6}}"
# A role and no sentence about somebody who has one.
_TITLE: Final = (
    r"(?:(?!.*\b(?:an?|and his|and her|are|as|had|has|have|he|is|it|said|says|she|they|to|was|were|"
    r"will)\b)(?:.{0,40}\b)?(?i:analyst|chief|columnist|contributor|correspondent|desk|editor|journalist|"
    r"producer|reporter|staff|writer|redakteur(?:in)?|korrespondent(?:in)?|journaliste|"
    r"correspondante?|corresponsal|redacción)\b.{0,50})"
)
_AFTER_NAME: Final = (
    rf"(?: ?[,|·•/–—-] ?(?:{_TITLE}|{AGENCIES}|(?:in|à|en|em|a|at) .{{2,30}}|{_CAPITAL_WORD}.{{0,40}})"
    rf"| {_TITLE}| (?:in|from|at|à) {_CAPITAL_WORD}(?:,? {_CAPITAL_WORD}){{0,3}})?"
)

# How a byline begins in each language; English ones are met in every language.
_BY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "da": "Af",
        "de": "Von",
        "es": "Por",
        "fr": "Par",
        "it": "Di|A cura di",
        "nl": "Door",
        "no": "Av",
        "pl": "Autor:",
        "pt": "Por",
        "ru": "Автор:",
        "sv": "Av",
        "sw": "Na",
        "uk": "Автор:",
    }
)


def _byline(words: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:{words})\s{{1,2}}(?:{_NAMES}{_AFTER_NAME}|{AGENCIES}|(?:our|a|the) .{{0,40}}{_TITLE}"
        rf"|{_TITLE})|{_NAME} (?:in|à|from) {_CAPITAL_WORD}(?: {_CAPITAL_WORD}){{0,2}}"
        rf"(?:(?:,| and| et) {_NAME} (?:in|à|from) {_CAPITAL_WORD}(?: {_CAPITAL_WORD}){{0,2}}){{0,4}}"
        rf"|{_NAMES} ?[,|·•–—-] ?(?:{_TITLE}|{AGENCIES}))"
        r"(?:\s?[|·•–—-]\s?[^.!?]{0,60})?\s?\|?(?<![.!?,;:])"
    )


_ENGLISH_BY: Final = "By|BY|Story by|Text by|Words by|Analysis by|From|Written by"
_BYLINES: Final = MappingProxyType(
    {"": _byline(_ENGLISH_BY)}
    | {language: _byline(f"{_ENGLISH_BY}|{words}") for language, words in _BY.items()}
)

_HEAD_LINE: Final = re.compile(rf"\(?{AGENCIES}\)?(?:,? (?:in )?{_CAPITAL_WORD}| staff)?|{_TITLE}(?<![.!?…])")

_CLOCK: Final = (
    r"(?:\d{1,2}[.:h]\d{2}(?:[.:]\d{2})?|\d{1,2})\s?(?:[ap]\.?m\.?)?"
    r"(?:\s?(?:GMT|UTC|BST|EST|EDT|ET|PST|PDT|PT|CET|CEST|IST|SGT|EAT|WAT|Uhr)(?:[+-]\d{1,2})?)?"
)
_WEEKDAY: Final = r"(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thur|Thurs|Fri|Sat|Satur|Sun)(?:day)?,?"
_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?,?"
)
_STAMP_WORD: Final = (
    rf"(?:{_WEEKDAY}|{_MONTH}|\d{{1,2}}(?:st|nd|rd|th),?|\d{{4}}-\d\d-\d\d(?:T[\d:.+Z-]{{4,16}})?|"
    rf"\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|(?:19|20)\d\d,?|{_CLOCK}|at|on|[-–—|·•,]|"
    r"(?:hours?|minutes?|mins?|days?|weeks?) ago|min(?:ute)?s? read)"
)
_STAMP: Final = re.compile(
    rf"(?:(?:First |Last )?(?i:published|updated|modified|posted|created|added|issued)(?: on| at)?:?\s?)?"
    rf"{_STAMP_WORD}(?: ?{_STAMP_WORD}){{0,12}}"
)
_STAMP_SIGN: Final = re.compile(r"[A-Za-z]{2}|\d[:/]\d|\d-\d\d-\d")

def byline_kind(line: str, *, language: str) -> RemovedKind | None:
    """Say whether a line above or below a story names its writers, its desk or its time.

    Args:
        line: one line, trimmed of white space.
        language: ISO 639-1 code.

    Returns:
        BYLINE, TRASH_LINE for a time stamp, or None.
    """
    if len(line) > MAX_SIGNATURE_CHARS:
        return None
    pattern = _BYLINES.get(language, _BYLINES[""])
    if pattern.fullmatch(line) or _HEAD_LINE.fullmatch(line):
        return RemovedKind.BYLINE
    return RemovedKind.TRASH_LINE if is_stamp(line) else None


def is_stamp(line: str) -> bool:
    """Say whether a line is only a date or a time of day."""
    return (
        len(line) <= MAX_SIGNATURE_CHARS
        and bool(_STAMP.fullmatch(line))
        and bool(_STAMP_SIGN.search(line))
    )
