"""How agencies open a story: place, date and their own name, in the forms they use.

Knows the beginning of one line only: not where in the article that line stands.
"""

from __future__ import annotations

import re
from typing import Final

from summarizer.text.names import AGENCY, CAPITAL, CAPITAL_WORD
from summarizer.text.places import begins_like_place, is_city, is_region

_OUTLET: Final = (
    rf"(?:{AGENCY}(?:[/-]{AGENCY})*|CNN(?:[ /][A-Z][\w.]*){{1,2}}|CNNMoney(?:\.com)?|"
    r"(?:dpa|DPA)[/-][\w/-]{1,20}|BUSINESS WIRE|GLOBE NEWSWIRE|MarketWatch|PRNewswire|"
    r"Reuters (?:Health|Life!)|Rolling Stone|Sports Network|The (?:Guardian|Hollywood Reporter))"
)
_OUTLET_BEFORE_DASH: Final = (
    rf"(?:{_OUTLET}|European Space Agency|InfoWorld|Jet Propulsion Lab|MacCentral|NewsFactor|"
    r"PC World|QĐND(?: Online)?|TTO|TechWeb|UC Berkeley|U\.S\. News World Report|Ziff Davis|"
    r"[A-Za-z][\w-]{1,25}\.(?:com|net|org|co\.uk)|"
    r"[A-Z]{2,10}(?: [A-Z]{2,10})? (?:NEWS|ONLINE|SPORTS))"
)

_MONTH: Final = (
    r"(?:jan|feb|f[eé]v|mar|m[aä]r|apr|avr|abr|may|mai|maj|jun|juin|jul|juil|aug|ao[uû]t|ago|sep|"
    r"set|oct|okt|out|ott|nov|dec|d[eé]c|dez|dic|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек)"
    r"\w{0,9}\.?"
)
_DATE: Final = (
    rf"(?i:(?:{_MONTH} \d{{1,2}}|\d{{1,2}}(?:er|º|\.)? (?:de )?{_MONTH})(?:,? (?:de )?\d{{4}})?)"
)
_CAPITALS: Final = rf"{CAPITAL}(?:{CAPITAL}|[.'’/]){{1,25}}"
_WORD: Final = rf"(?:{CAPITAL}[\w.'’/-]{{0,25}}|d[aeiou]s?|l[ae]s?|am|an|der|on|of|sur|upon)"
_CAPITAL_NAME: Final = rf"{_CAPITALS}(?:[ -]{_CAPITALS}){{0,3}}"
# "LONDON, England", "ST. PETERSBURG", "Rio de Janeiro, Brazil": capital words, a few at most.
_PLACE_IN_CAPITALS: Final = rf"{_CAPITAL_NAME}(?:,? {_WORD}){{0,4}}"
_PLACE: Final = rf"{CAPITAL}[\w.'’/-]{{1,25}}(?:,? {_WORD}){{0,5}}"
# "Port Ellery", "Norwick, Ohio": of more words it is rather somebody, or something else.
_NAME: Final = rf"{CAPITAL}[\w.'’-]{{2,25}}(?: {CAPITAL}[\w.'’-]{{1,25}}){{0,2}}"

_SPACED_DASH: Final = r"\s{1,2}(?:--|[-–—])\s{1,3}"
_STORY: Final = rf"(?=[\[\"“‘'«„¿¡(\d$€£]|{CAPITAL})"

# These are compiled with the first line that has one of the signs in `_HINT`.
_BRACKETED: Final = (
    r"(?:By [A-Z][A-Z .,'’-]{3,60}? )?"
    rf"(?P<place>{_PLACE}(?: \([A-Z]{{2}}\))?,?\s{{0,2}})?(?P<date>{_DATE},?\s{{0,2}})?"
    rf"\((?P<outlet>{_OUTLET})\)"
    # One agency sets place and date behind its name.
    rf"(?P<dash>\s?[-–—]\s?{_PLACE},? {_DATE}\s?[-–—]|\.?\s{{0,2}}(?:-{{1,2}}|[–—―_:])(?!-))?"
    r"\s{0,3}"
)
# A name that is not in the list counts where its surroundings leave no doubt.
_BRACKETED_UNKNOWN: Final = (
    rf"(?:(?:{_PLACE_IN_CAPITALS}(?:,? {_DATE})? |{_PLACE},? {_DATE} )?"
    rf"\({CAPITAL}[\w .&/-]{{1,30}}\)(?:\.?\s{{0,2}}(?:--|[–—])|:|\.?\s{{1,2}}-)\s{{0,3}}"
    rf"|\([A-Z]{{2,6}}\)){_STORY}"
)
_AGENCY_FIRST: Final = rf"{_OUTLET_BEFORE_DASH}{_SPACED_DASH}(?=\S)"
# "МОСКВА, 4 мар — РИА Новости. ", "МОСКВА, 4 марта. /ТАСС/. "
_RUSSIAN: Final = (
    rf"{_PLACE},? {_DATE}(?:\s?[-–—]\s?{AGENCY}\.|\.? /{AGENCY}/\.?)"
    rf"\s{{1,3}}{_STORY}"
)
# As "新华社北京3月4日电（记者李明）", "［東京　４日　ロイター］ - ",
# "(서울=연합뉴스) 김철수 기자 = ".
_EAST_ASIAN: Final = (
    r"(?:[\u4e00-\u9fff]{1,6}[社网網报報][\u4e00-\u9fff]{0,12}\d{1,2}月\d{1,2}日[电電讯訊]"
    r"(?:\s?[（(][^（）()]{2,60}[）)])?[\s:：]{0,3}"
    r"|[［\[【][^\[\]［］【】]{1,20}(?:共同|時事|ロイター|AFP|AP|CNN)[^\[\]［］【】]{0,6}[］\]】]"
    r"(?:\s{0,2}[-–—])?\s{0,3}"
    r"|[(\[][가-힣·]{1,10}=(?:연합뉴스|뉴시스|뉴스1)[)\]]\s{0,2}"
    r"(?:[가-힣]{2,4}(?:[·, ]{1,2}[가-힣]{2,4}){0,3} (?:특파원|기자)\s?=\s?)?)(?=\S)"
)
# What is dated needs no other sign; what is not is judged by its name.
_DATED: Final = (
    rf"(?:{_PLACE_IN_CAPITALS},? {_DATE}|{_PLACE},? {_DATE}|{_DATE}(?<=\d{{4}})(?!:))"
    rf"(?:{_SPACED_DASH}|\s{{0,2}}(?:--|—)\s{{0,2}}|:\s{{1,3}})"
    rf"(?:\({_OUTLET}\)\s{{1,3}})?{_STORY}"
)
_BARE: Final = (
    rf"(?:(?P<capitals>{_CAPITAL_NAME})(?P<more>(?:,? {_WORD}){{0,4}})"
    rf"(?:{_SPACED_DASH}|\s{{0,2}}(?:--|—)\s{{0,2}}|(?P<colon>:)\s{{1,3}})"
    rf"|(?P<name>{_NAME})(?:, (?P<region>{CAPITAL}[\w.]{{1,25}}(?: {CAPITAL}\w{{1,25}})?))?"
    r"\s{1,2}(?:--|—)\s{1,3})"
    # Two sides and a result are no place and a story.
    rf"(?:\({_OUTLET}\)\s{{1,3}})?{_STORY}"
    rf"(?!{CAPITAL_WORD}(?: {CAPITAL_WORD}){{0,2}}(?::| \d{{1,3}}[-–:]\d))"
)
# A second dash before a small letter: what the two enclose is an aside, and the name its subject.
_ASIDE: Final = r"[^.!?]{1,160}?[^.!?\s]\s{0,2}(?:--|—|\s[-–])\s{0,2}[a-zß-öø-ÿа-я]"
_SPEECH: Final = r"(?:I|My|Our|We)\b"
# In capitals many shorter names are acronyms.
_LONG_NAME: Final = 5
_LONG_WITH_REGION: Final = 4
# Names in capitals that a sentence may well open with before a dash, or a line before a colon.
_NO_PLACE: Final = (
    r"(?:AIDS|ASEAN|BREXIT|COVID|ECOWAS|FIFA|HIV|IAEA|INTERPOL|ISIS|NASA|NATO|OPEC|UEFA|UNESCO|"
    r"UNHCR|UNICEF|UNRWA|USA|WHO|WTO|ANALYSIS|BREAKING|CORRECTION|EXCLUSIVE|EXPLAINER|FACTBOX|LIVE|"
    r"NOTE|OPINION|REVIEW|UPDATE|VIDEO|WARNING|WATCH|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|"
    r"SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY)"
    r"\b"
)

_MAX_CHARS: Final = 200
_HINT: Final = re.compile(r"[(\[（［【电電讯訊—–]|-[- ]|[^a-z]: | /")
_BARE_HINT: Final = re.compile(r"—|--|\s[-–]|[^a-z]: ")
_HINT_CHARS: Final = 110


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
    if not _HINT.search(head, 0, _HINT_CHARS):
        return 0
    match = _match_bracketed(head)
    if match is None and is_opening:
        match = re.match(_AGENCY_FIRST, head) or re.match(_BRACKETED_UNKNOWN, head)
        if match is None and not head.isascii():
            match = re.match(_RUSSIAN, head) or re.match(_EAST_ASIAN, head)
        if match is None and _BARE_HINT.search(head, 0, _HINT_CHARS):
            match = re.match(_DATED, head) or _match_bare(head)
    return match.end() if match and match.end() < len(line) else 0


def _match_bracketed(head: str) -> re.Match[str] | None:
    match = re.match(_BRACKETED, head)
    if match is None or match["dash"]:
        return match
    # Without a dash, `Jane Doe (PA)` may be a politician.
    place = match["place"]
    is_dateline = not place or match["date"] or match["outlet"].startswith("CNN")
    if is_dateline or place.partition(",")[0].isupper():
        return match if re.match(_STORY, head[match.end() :]) else None
    return None


def _match_bare(head: str) -> re.Match[str] | None:
    """Match a place without date and agency: more than its shape must speak for it."""
    match = None if re.match(_NO_PLACE, head) else re.match(_BARE, head)
    if match is None:
        return None
    capitals = match["capitals"]
    # A speaker and a subject stand before a colon in capitals too.
    if match["colon"] or (capitals and is_city(capitals)):
        return match if is_city(capitals) else None
    if capitals:
        is_place = _is_place_in_capitals(capitals, match["more"])
    elif region := match["region"]:
        is_place = is_region(region)
    else:
        is_place = is_city(match["name"]) or begins_like_place(match["name"])
    rest = head[match.end() :]
    return match if is_place and not re.match(f"{_ASIDE}|{_SPEECH}", rest) else None


def _is_place_in_capitals(name: str, more: str) -> bool:
    """Judge a name in capitals that is not known, with the words that follow it."""
    before, comma, region = more.rpartition(",")
    if comma and is_region(region.strip()):
        return True
    if before or (region and not comma):
        return False
    first = re.split(r"[ /-]", name, maxsplit=1)[0]
    return begins_like_place(name) or len(first) >= (_LONG_WITH_REGION if comma else _LONG_NAME)
