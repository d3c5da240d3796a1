"""Lines above a story that say who wrote it, and when.

Knows single lines only: whether one stands above a story is not its task.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from summarizer.models import RemovedKind
from summarizer.text.names import AGENCIES, AGENCY, CAPITAL_WORD, NAME

_MAX_CHARS: Final = 160

_AND: Final = r"(?:,? (?:and|und|et|y|e|en|och|og|i|и) |, ?| ?& ?|; ?| ?/ ?)"
_NAMES: Final = rf"{NAME}(?:{_AND}{NAME}){{0,6}}"
_PLACE: Final = rf"{CAPITAL_WORD}(?:,? {CAPITAL_WORD}){{0,3}}"
_NAME_AT_PLACE: Final = rf"{NAME} (?:in|à|from|en) {_PLACE}"
# What somebody is, and no sentence about somebody who is that.
_NO_SENTENCE: Final = (
    r"(?!.*\b(?:an?|are|as|had|has|have|he|her|his|is|it|said|says|she|they|to|was|were|will)\b)"
)
_ROLE_WORD: Final = (
    r"(?i:analyst|chief|columnist|contributor|correspondent|desk|editor|journalist|producer|"
    r"reporter|staff|writer|redakteur(?:in)?|korrespondent(?:in)?|journaliste|correspondante?|"
    r"corresponsal|redacción)\b"
)
_ROLE: Final = rf"(?:{_NO_SENTENCE}(?:.{{0,40}}\b)?{_ROLE_WORD}.{{0,50}})"
# Without a name before it a role must not look like the subject or object of a headline: its own
# words are those of a desk, and what follows is a name, a place or an outlet.
_DESK_WORD: Final = (
    r"(?i:acting|affairs|africa|american?|and|arts|asia|assistant|bbc|business|by|chief|city|"
    r"climate|consumer|culture|data|defen[cs]e|deputy|diplomatic|economics?|education|"
    r"entertainment|environment|europe|european|executive|foreign|graphic|health|home|indian?|"
    r"international|investigations|legal|local|managing|middle east|music|national|news|our|"
    r"parliamentary|photo|picture|political|politics|religious|reality|royal|science|security|"
    r"senior|series|special|sports?|staff|technology|the|tech|transport|travel|uk|unser|us|"
    r"video|visual|world)"
)
_ROLE_ALONE: Final = (
    rf"(?:{_NO_SENTENCE}(?:{_DESK_WORD},? |{AGENCY} ){{0,6}}{_ROLE_WORD}"
    rf"(?:\s?[:,|–-]\s?{CAPITAL_WORD}\b.{{0,80}}"
    rf"|(?: (?:and|at|for|in|à|au|en|für|of|the|{AGENCY}|{CAPITAL_WORD})\b){{0,8}}))"
)
_STOPS: Final = ".!?…,;:"
_NO_STOP: Final = rf"(?<![{_STOPS}])"

# These are compiled with the first line that is short enough: most articles have none.
# What follows the byline's first word: names, what and where they are, perhaps more behind a bar.
_WRITERS: Final = (
    rf"(?:{_NAMES}(?: ?[,|·•/–—-] ?[^.!?]{{2,60}}| {_ROLE}"
    rf"| (?:in|from|at|à) {_PLACE})?"
    rf"|{AGENCIES}|(?:our|a|the) {_ROLE}|{_ROLE})\s?\|?{_NO_STOP}"
)
_ALONE: Final = (
    rf"(?:{_NAME_AT_PLACE}(?:(?:,| and| et| y) {_NAME_AT_PLACE}){{0,4}}"
    rf"|{_NAMES} ?[,|·•–—-] ?(?:{_ROLE_ALONE}|{AGENCIES})"
    rf"|\(?{AGENCIES}\)?(?:,? (?:in )?{CAPITAL_WORD}| staff)?|{_ROLE_ALONE}){_NO_STOP}"
)
_BY: Final = ("By ", "BY ", "Story by ", "Text by ", "Words by ", "Analysis by ", "Written by ")
# How a byline begins in other languages; the English ones are met in all of them.
_NORWEGIAN_BY: Final = ("Av ", "Av: ")
_LOCAL_BY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "cs": ("Autor: ", "Autorka: "),
        "da": ("Af ", "Af: "),
        "de": ("Von ", "Ein Bericht von ", "Ein Kommentar von ", "Eine Analyse von "),
        "es": ("Por ", "Por: ", "Escrito por "),
        "fr": ("Par ", "Propos recueillis par ", "Texte par "),
        "hu": ("Írta: ",),
        "id": ("Oleh ", "Oleh: "),
        "it": ("Di ", "A cura di ", "Dal nostro inviato "),
        "nb": _NORWEGIAN_BY,
        "nl": ("Door ", "Door: "),
        "nn": _NORWEGIAN_BY,
        "no": _NORWEGIAN_BY,
        "pl": ("Autor: ", "Autorka: "),
        "pt": ("Por ", "Por: ", "Escrito por "),
        "ro": ("Autor: ",),
        "ru": ("Автор: ",),
        "sk": ("Autor: ", "Autorka: "),
        "sv": ("Av ", "Av: "),
        "sw": ("Na ",),
        "tr": ("Yazan: ",),
        "uk": ("Автор: ",),
    }
)

_CLOCK: Final = (
    r"(?:\d{1,2}[.:h]\d{2}(?:[.:]\d{2})?|\d{1,2})\s?(?:[ap]\.?m\.?)?"
    r"(?:\s?(?:GMT|UTC|BST|EST|EDT|ET|PST|PDT|PT|CET|CEST|IST|SGT|EAT|WAT|Uhr)(?:[+-]\d{1,2})?)?"
)
_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_STAMP_WORD: Final = (
    r"(?:(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thur|Thurs|Fri|Sat|Satur|Sun)(?:day)?,?|"
    rf"{_MONTH},?|\d{{1,2}}(?:st|nd|rd|th),?|\d{{4}}-\d\d-\d\d(?:T[\d:.+Z-]{{4,16}})?|"
    rf"\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|(?:19|20)\d\d,?|{_CLOCK}|at|on|[-–—|·•,]|"
    r"(?:hours?|minutes?|mins?|days?|weeks?) ago|min(?:ute)?s? read)"
)
_STAMP: Final = (
    r"(?:(?:First |Last )?(?i:published|updated|modified|posted|created|issued)(?: on| at)?:?\s?)?"
    rf"{_STAMP_WORD}(?: ?{_STAMP_WORD}){{0,12}}"
)
# Without one of these a line of figures is a row of a table.
_STAMP_SIGN: Final = re.compile(r"[A-Za-z]{2}|\d[:/]\d|\d-\d\d-\d")

# Byline and time of one newspaper as a corpus glued them to the story, each with a stop.
_GLUED_NAME: Final = r"(?:[\w'’.-]{1,20} ){2,6}\. "
_GLUED_STAMP: Final = (
    r"(?:\| \. )?(?:last )?(?:published|updated) ?(?:at|:)? (?:\. )?\d{1,2}[:.]\d\d[^.|]{4,40} \. "
)
_GLUED: Final = (
    rf"(?i:by \. {_GLUED_NAME}(?:and {_GLUED_NAME}){{0,3}}(?:{_GLUED_STAMP}){{0,2}}"
    rf"|(?:{_GLUED_STAMP}){{1,2}})"
)


def glued_byline_chars(line: str) -> int:
    """Measure byline and time before a story, in the same line; 0 where there are none."""
    if not line.startswith(("By . ", "by . ", "Last ", "last ", "PUBLISHED", "published")):
        return 0
    match = re.match(_GLUED, line)
    return match.end() if match and match.end() < len(line) else 0


def byline_kind(line: str, *, language: str) -> RemovedKind | None:
    """Say whether a line above or below a story names its writers, its desk or its time.

    Args:
        line: one line, trimmed of white space.
        language: ISO 639-1 code.

    Returns:
        BYLINE, TRASH_LINE for a time stamp, or None.
    """
    if len(line) > _MAX_CHARS:
        return None
    if line[-1] not in _STOPS and _is_byline(line, language):
        return RemovedKind.BYLINE
    return RemovedKind.TRASH_LINE if is_stamp(line) else None


def _is_byline(line: str, language: str) -> bool:
    for opening in (*_BY, *_LOCAL_BY.get(language, ())):
        if line.startswith(opening) and re.fullmatch(_WRITERS, line[len(opening) :].lstrip()):
            return True
    return re.fullmatch(_ALONE, line) is not None


def is_stamp(line: str) -> bool:
    """Say whether a line is only a date or a time of day."""
    if len(line) > _MAX_CHARS or not re.fullmatch(_STAMP, line):
        return False
    return bool(_STAMP_SIGN.search(line))
