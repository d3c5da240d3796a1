"""How agencies open a story: place, date and their own name, in the forms they use.

Knows the beginning of one line only: not where in the article that line stands.
"""

from __future__ import annotations

import re
from typing import Final

# Agencies and outlets that put their name in brackets or before a dash at the head of a story.
_AGENCIES: Final = (
    r"AP|AFP|AAP|AGI|ANI|ANSA|APA(?:/AFP|/dpa|/Reuters|/sda)*|BUSINESS WIRE|Bloomberg(?: News)?|CBS(?: News)?|"
    r"CNN(?:[ /][A-Z][\w.]*){0,2}|CNNMoney(?:\.com)?|Canadian Press|Dow Jones|"
    r"(?:dpa|DPA)(?:[/-][\w/-]{1,20})?|EFE|EUROPA PRESS|Europa Press|GLOBE NEWSWIRE|IANS|KCNA|"
    r"Kyodo(?: News)?|Lusa|MarketWatch|PRNewswire|PTI|Rolling Stone|RNZ|"
    r"Reuters(?: Health| Life!)?|REUTERS|RIA Novosti|Sports Network|Sputnik|TASS|"
    r"The (?:Associated Press|Canadian Press|Hollywood Reporter|Guardian)|"
    r"Thomson Reuters Foundation|UPI|Xinhua|Yonhap|ТАСС|РИА Новости|Интерфакс|新华社"
)
_BEFORE_DASH: Final = (
    r"InfoWorld|MacCentral|NewsFactor|PC World|QĐND(?: Online)?|TTO|TechWeb|Ziff Davis|"
    r"[A-Za-z][\w-]{1,25}\.(?:com|net|org|co\.uk)"
)

_MONTHS: Final = (
    r"(?:jan|feb|f[eé]v|mar|m[aä]r|apr|avr|abr|may|mai|maj|jun|juin|jul|juil|aug|ao[uû]t|ago|sep|"
    r"set|oct|okt|out|ott|nov|dec|d[eé]c|dez|dic|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек)"
    r"\w{0,9}\.?"
)
_DATE: Final = (
    rf"(?i:(?:{_MONTHS} \d{{1,2}}|\d{{1,2}}(?:er|º|\.)? (?:de )?{_MONTHS})(?:,? (?:de )?\d{{4}})?)"
)
_CAPITAL: Final = r"[^\W\d_a-zß-öø-ÿа-я]"
_CAPITALS: Final = rf"{_CAPITAL}(?:{_CAPITAL}|[.'’/]){{1,25}}"
_WORD: Final = rf"(?:{_CAPITAL}[\w.'’/-]{{0,25}}|d[aeiou]s?|l[ae]s?|am|an|der|on|of|sur|upon)"
# "LONDON, England", "ST. PETERSBURG", "Rio de Janeiro, Brazil": capital words, a few at most.
_PLACE_IN_CAPITALS: Final = rf"{_CAPITALS}(?:[ -]{_CAPITALS}){{0,3}}(?:,? {_WORD}){{0,4}}"
_PLACE: Final = rf"{_CAPITAL}[\w.'’/-]{{1,25}}(?:,? {_WORD}){{0,5}}"

_DASH: Final = r"(?:-{1,2}|[–—―_:])"
_NEXT: Final = rf"(?=[\[\"“‘'«„¿¡(\d$€£]|{_CAPITAL})"

_BRACKETED: Final = re.compile(
    rf"(?:By [A-Z][A-Z .,'’-]{{3,60}}? )?"
    rf"(?:{_PLACE}(?: \([A-Z]{{2}}\))?(?:,? {_DATE})?,?\s{{0,2}})?"
    rf"\((?:{_AGENCIES})(?:/(?:{_AGENCIES}))?\)"
    rf"(?:\.?\s{{0,2}}{_DASH}(?!-)\s{{0,3}}|\s{{0,3}}{_NEXT})"
)
# A name that is not in the list counts where its surroundings leave no doubt.
_BRACKETED_UNKNOWN: Final = re.compile(
    rf"(?:(?:{_PLACE_IN_CAPITALS}(?:,? {_DATE})? |{_PLACE},? {_DATE} )?"
    rf"\([A-Z][\w .&/-]{{1,30}}\)(?:\.?\s{{0,2}}(?:--|[–—])|:|\.?\s{{1,2}}-)\s{{0,3}}"
    rf"|\([A-Z]{{2,6}}\)){_NEXT}"
)
_BARE: Final = re.compile(
    rf"(?:{_PLACE_IN_CAPITALS}(?:,? {_DATE})?|{_PLACE},? {_DATE}|{_DATE})"
    rf"(?:\s{{1,2}}(?:--|[-–—])\s{{1,3}}|\s{{0,2}}(?:--|—)\s{{0,2}}){_NEXT}"
)
_AGENCY_FIRST: Final = re.compile(
    rf"\((?:ANSA|AGI)\)\s?[-–—]\s?{_PLACE},? {_DATE}\s?[-–—]\s{{0,3}}"
    rf"|(?:{_AGENCIES}|{_BEFORE_DASH})\s{{1,2}}(?:--|[-–—])\s{{1,3}}(?=\S)"
)

_OPENING: Final = (_AGENCY_FIRST, _BRACKETED, _BRACKETED_UNKNOWN, _BARE)
_ANYWHERE: Final = (_BRACKETED,)

# Names in capitals that a sentence may well open with before a dash.
_NO_PLACE: Final = re.compile(
    r"(?:AIDS|ASEAN|BREXIT|COVID|ECOWAS|FIFA|HIV|IAEA|INTERPOL|ISIS|NASA|NATO|OPEC|UEFA|UNESCO|"
    r"UNHCR|UNICEF|UNRWA|USA|WHO|WTO)\b"
)


_MAX_CHARS: Final = 200
_HINT_CHARS: Final = 110
_HINT: Final = re.compile(r"[(—–]|-[- ]")


def dateline_chars(line: str, *, is_opening: bool) -> int:
    """Measure the dateline that a line begins with.

    Args:
        line: one line, trimmed of white space.
        is_opening: whether the story begins with this line; elsewhere only a dateline that names
            a known agency in brackets counts.

    Returns:
        How many characters of the line it takes, 0 where there is none or nothing else.

    The forms are those of the AP Stylebook and the Reuters Handbook of Journalism, with what the
    agencies of other languages make of them.
    """
    head = line[:_MAX_CHARS]
    if is_opening:
        patterns = _OPENING if _HINT.search(head, 0, _HINT_CHARS) else ()
    else:
        patterns = _ANYWHERE if "(" in head[:_HINT_CHARS] else ()
    for pattern in patterns:
        match = pattern.match(head)
        if match and not (pattern is _BARE and _NO_PLACE.match(head)):
            return match.end() if match.end() < len(line) else 0
    return 0
