"""How stories of some languages are signed behind their last sentence.

Knows the words of single languages; whether a line is the last is not its task.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from summarizer.text.names import AGENCY, CAPITAL_WORD, NAME, VIETNAMESE_NAME

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

# A stop that ends a sentence, not a title or an initial before a name.
_STOP: Final = (
    r"(?:(?<![ (.][A-Z])(?<!\b[GT][PSX])(?<!\bPGS)(?<!\bThS)(?<!\bTp)[.!?…][\"”’»)]{0,2}|[\"”])"
    r"\s{0,3}"
)
_LINES: Final[Mapping[str, str]] = MappingProxyType(
    {"de": _DATED, "vi": rf"(?=[^\s]){_VIETNAMESE}"}
)
_TAILS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "de": rf"(?:{_STOP}(?P<tail>{_DATED})|\s(?P<office>{_OFFICE_DATED}))\Z",
        "vi": rf"(?:{_STOP}|\./)\.?\s{{0,3}}(?P<tail>(?=[^\s]){_VIETNAMESE})\Z",
    }
)
_TAIL_CHARS: Final = 90


def is_signature(line: str, *, language: str) -> bool:
    """Say whether a line below a story is a signature in the manner of its language.

    Args:
        line: one line, trimmed of white space.
        language: ISO 639-1 code.
    """
    pattern = _LINES.get(language)
    return pattern is not None and len(line) <= _TAIL_CHARS and bool(re.fullmatch(pattern, line))


def signature_start(line: str, *, language: str) -> int | None:
    """Find where the signature behind the last sentence of a story begins; None without one.

    Args:
        line: the last line, trimmed of white space.
        language: ISO 639-1 code.
    """
    pattern = _TAILS.get(language)
    if pattern is None:
        return None
    offset = max(0, len(line) - _TAIL_CHARS)
    found = re.search(pattern, line[offset:])
    if found is None:
        return None
    start = offset + found.start(found.lastgroup or 0)
    return start if start < len(line) else None
