"""How stories of some languages are signed behind their last sentence.

Knows the words of single languages; whether a line is the last is not its task.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from summarizer.text.local_agencies import OWNERS, Owners
from summarizer.text.names import AGENCIES, AGENCY, CAPITAL, CAPITAL_WORD, NAME, VIETNAMESE_NAME

# "(APA, red, 3.11.2024)", "(Jana Müller aus Kiel, 3.11.2024)": who and when, or initials alone.
_INITIALS: Final = r"(?:red|[a-zäöü]{2,4})\.?"
_SEPARATOR: Final = r"(?:\s?[,;/–-]\s?)"
_DATE: Final = r"\d{1,2}\.\s?\d{1,2}\.\s?(?:20)?\d\d"
_OFFICE: Final = rf"(?:{AGENCY}|{_INITIALS})"
_SOMEBODY: Final = rf"(?:{_OFFICE}|{NAME}(?: (?:aus|in) {CAPITAL_WORD}(?: {CAPITAL_WORD})?)?)"
_DATED: Final = (
    rf"\((?:{_SOMEBODY}(?:{_SEPARATOR}{_SOMEBODY}){{0,4}}{_SEPARATOR})?{_DATE}\)"
    rf"|\({_OFFICE}(?:{_SEPARATOR}{_OFFICE}){{1,6}}\)|\(red\.?\)"
)
_OFFICE_DATED: Final = rf"\({_OFFICE}(?:{_SEPARATOR}{_OFFICE}){{0,4}}{_SEPARATOR}{_DATE}\)"

# "Lê An (theo AFP)", "TTXVN/Tin tức", "An Bình Tổng hợp", "NGỌC LAN": a name is of a few words,
# each with a capital, and no stop behind them.
_MADE: Final = r"(?i:tổng hợp|lược dịch|biên dịch|dịch|ghi|thực hiện)"
# Sources are names, or the name of a site: "Theo Reuters, AP", "Nguồn: techport".
_NAMED: Final = r"[^\W\d_a-zß-öø-ÿăđĩũơưạ-ỹ][\w.’'&+-]{0,20}"
_AFTER: Final = (
    rf"(?i:theo|nguồn:?|ảnh:?) (?i:báo )?(?:{_NAMED}|[a-z]\w{{2,20}}(?=[,)]|\Z))"
    rf"(?:(?: ?[,/] ?| (?:of |the )?){_NAMED}){{0,7}}"
)
_SITE: Final = r"[a-z][\w-]{2,20}(?:\.[a-z]{2,3}){0,2}"
_VIETNAMESE: Final = (
    rf"(?:(?:Tin, ảnh: |Thực hiện: |Theo )?{VIETNAMESE_NAME}(?: ?[–-] {VIETNAMESE_NAME})?)?"
    rf"(?:/ ?(?:VOV|Tin tức|{VIETNAMESE_NAME})"
    rf"(?:[ -]{{1,3}}(?:online|Trung tâm Tin|TP HCM|{VIETNAMESE_NAME}))?)?"
    rf"(?:(?:\s?[–-])?\s?(?:\((?:(?:{_AFTER}|{_MADE}|{AGENCY})[^()]{{0,40}}|{_SITE})\)"
    rf"|{_MADE}|{_AFTER}))?"
)

# Forms of one language only. AFP's, EFE's and PAP's desks sign with initials, as do Lusa's.
_OWN_LINES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "de": rf"{_DATED}|(?:[a-zäöü]{{2,4}}/){{1,4}}{AGENCIES}",
        "es": r"EFE (?:[a-z]{2,5}[/-]?){1,4}",
        "fr": rf"(?:La rédaction|{CAPITAL_WORD}(?: (?:{CAPITAL_WORD}|du|de|des|la|le)){{0,4}}),? "
        rf"avec (?:l['’])?{AGENCIES}",
        "pl": r"(?:\(?PAP\)? )?(?:[a-ząćęłńóśźż]{2,5}/ ?){1,5}",
        "pt": r"Lusa/[Ff]im|[A-Z]{2,5} ?(?:\([A-Z/]{2,9}\) )?// ?[A-Z]{2,5}",
        "ro": r"AGERPRES/?\s?\([A-Z]{2,3}[^()]{0,120}\)",
        "vi": rf"(?=[^\s]){_VIETNAMESE}",
    }
)
# A stop that ends a sentence, not a title or an initial before a name.
_STOP: Final = (
    r"(?:(?<![ (.][A-Z])(?<!\b[GT][PSX])(?<!\bPGS)(?<!\bThS)(?<!\bTp)"
    r"[.!?…。！？][\"”’»“)」』]{0,2}|[\"”])\s{0,3}"
)
_OWN_TAILS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "de": rf"(?:{_STOP}(?P<tail>{_DATED})|\s(?P<office>{_OFFICE_DATED}))\Z",
        "es": rf"{_STOP}(?P<tail>{_OWN_LINES['es']})\Z",
        "pl": rf"{_STOP}(?P<tail>\(PAP\) (?:[a-ząćęłńóśźż]{{2,5}}/ ?){{1,5}})\Z",
        "vi": rf"(?:{_STOP}|\./)\.?\s{{0,3}}(?P<tail>(?=[^\s]){_VIETNAMESE})\Z",
    }
)

_MAX_CHARS: Final = 90
_NOTHING: Final = r"(?!)"
_AND: Final = r"(?:,? (?:and|und|et|y|e|en|och|og|i|и|та|και|ve|dan) |, ?| ?[/|–-] ?)"
_OWNER: Final = r"(?:©|\([cC]\)|[Cc]opyright)"


@lru_cache(maxsize=len(OWNERS))
def _notes(language: str) -> str:
    """Return the pattern of notes on agencies and rights, as they stand also behind a sentence.

    There a name without brackets is rather the beginning of another one.
    """
    owners = OWNERS[language]
    agencies = _agencies(owners)
    used = rf"(?i:{owners.helped or _NOTHING}) ?(?:{owners.many or _NOTHING}|{agencies})"
    owned = rf"{_OWNER}[^.!?©]{{0,60}}[.,–|-]? ?|{CAPITAL}[^.!?,]{{0,40}}[.–|-] "
    return (
        rf"{used}\.?|[(（\[【/](?:{agencies}|{used})[)）\]】/]?\.?"
        rf"|\(?{_OWNER} ?{agencies}(?:, [\w:/-]{{4,40}})?\)?\.?"
        rf"|(?:{owned})?(?i:{owners.rights or _NOTHING})(?: {_OWNER}[^.!?]{{0,40}})?\.?"
    )


def _agencies(owners: Owners) -> str:
    agency = f"(?:{AGENCY}|{owners.agencies})" if owners.agencies else AGENCY
    return rf"{agency}(?:{_AND}{agency}){{0,5}}"


@lru_cache(maxsize=len(OWNERS))
def _line(language: str) -> str:
    own = _OWN_LINES.get(language, _NOTHING)
    return rf"[*–—-]{{0,2}} ?(?:{_notes(language)}|{_agencies(OWNERS[language])})|{own}"


@lru_cache(maxsize=len(OWNERS))
def _tails(language: str) -> tuple[str, ...]:
    own = _OWN_TAILS.get(language)
    notes = rf"{_STOP}(?P<tail>{_notes(language)})\Z"
    return (own, notes) if own else (notes,)


def is_signature(line: str, *, language: str) -> bool:
    """Say whether a line below a story is a signature in the manner of its language.

    Args:
        line: one line, trimmed of white space.
        language: ISO 639-1 code.
    """
    if language not in OWNERS or len(line) > _MAX_CHARS:
        return False
    return re.fullmatch(_line(language), line) is not None


def signature_start(line: str, *, language: str) -> int | None:
    """Find where the signature behind the last sentence of a story begins; None without one.

    Args:
        line: the last line, trimmed of white space.
        language: ISO 639-1 code.
    """
    if language not in OWNERS:
        return None
    offset = max(0, len(line) - _MAX_CHARS)
    for pattern in _tails(language):
        if found := re.search(pattern, line[offset:]):
            start = offset + found.start(found.lastgroup or 0)
            return start if start < len(line) else None
    return None
