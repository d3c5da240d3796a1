"""Lines around stories in single languages: links, editors, sources, credits.

Knows single lines only: it must not know where in the article they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from summarizer.models import RemovedKind
from summarizer.text.line_rules import IN_BRACKETS, NO_STOPPED_BRACKET, Rule
from summarizer.text.local_wording import WORDINGS, Wording
from summarizer.text.names import AGENCY, CAPITAL, NAME

# A title ends without a full stop; what ends with one is rather a sentence.
_TITLE: Final = r"(?:\s{0,2}[:：|»>→]\s{0,2}\S.{0,250}(?<![.,;。।]))?[:\s>»→…]{0,5}"
_ABOUT: Final = r"\b.{0,120}(?<![.!?:…])"
_ALONE: Final = r"[.…:：\s>»→]{0,5}"
# A trial goes on as well; with a full stop it must be said below what the text does.
_BELOW: Final = (
    r"\b(?:advertentie|afbeelding|annoncen|annonsen|bildet|billedet|foto|kuvan|mainoksen|"
    r"publicidade|reklamą|telegram|tweet|video|videoen|wideo|zdjęciem)"
)
_WHERE: Final = rf"\b[^.,:!?]{{0,60}}(?:(?i:{_BELOW})\.?\)?|(?<!\.))"
# A colon, or the stop of an abbreviation.
_BEHIND: Final = r"(?:\s?[:：]|(?<=\.))\s?"
_SOURCE: Final = rf"{_BEHIND}(?:{AGENCY}|{CAPITAL}|[©\d])[^.!?。]{{0,80}}"
_OF_PICTURE: Final = r"[^().]{0,60}\)\.?"
_EAST_ASIAN: Final = r"[\u4e00-\u9fff\uac00-\ud7a3]{2,5}"
_AND: Final = r"(?:,|;| /| und| et| y| e| en| och| og| i| и| та)"
_PEOPLE: Final = (
    rf"(?:{NAME}|{_EAST_ASIAN})"
    rf"(?:{_AND} (?:{NAME}|{CAPITAL}\w{{1,25}})|[、，,/ ]{_EAST_ASIAN}){{0,6}}"
)
# "Reporte de Ana Ruiz; Editado por Juan Vega"
_NEXT_DEED: Final = r"\s?[;,.] ?"
_BRACKETED: Final = rf"{NO_STOPPED_BRACKET}{IN_BRACKETS}\)\.?"
_OPEN: Final = ("", "(", "（", "【", "[")


def _rules(wording: Wording) -> Iterator[Rule]:
    """Return the rules for what a language has words for."""
    links, pictures = wording.links, wording.pictures
    if links:
        yield Rule(RemovedKind.READ_MORE, links, _TITLE)
    if links and wording.about:
        yield Rule(RemovedKind.READ_MORE, links, rf" (?:{wording.about}){_ABOUT}")
    if wording.alone:
        yield Rule(RemovedKind.READ_MORE, wording.alone, _ALONE)
    if wording.notices:
        yield Rule(RemovedKind.READ_MORE, wording.notices, _WHERE)
    if wording.sources:
        yield Rule(RemovedKind.CREDIT, wording.sources, _SOURCE)
    if pictures:
        yield Rule(RemovedKind.CREDIT, pictures, r"\.?")
        yield Rule(RemovedKind.CREDIT, "(" + pictures.replace("|", "|("), _OF_PICTURE)
    if wording.roles:
        roles = wording.roles.split("|")
        openings = "|".join(bracket + role for bracket in _OPEN for role in roles)
        yield Rule(
            RemovedKind.TRASH_LINE, openings, rf"(?:\s?[:：]|(?<=\.))\s?{_PEOPLE}[)）\]】]?\.?"
        )


LOCAL_RULES: Final[Mapping[str, tuple[Rule, ...]]] = MappingProxyType(
    {language: tuple(_rules(wording)) for language, wording in WORDINGS.items()}
)
"""Lines that begin with words of single languages, those that are met first first."""

LOCAL_DESK: Final[Mapping[str, str]] = MappingProxyType(
    {
        language: rf"\((?=(?:[^\n]{{0,300}}[ ,;.(-])?(?i:{wording.desk}) {CAPITAL}){_BRACKETED}"
        rf"|(?:(?i:{wording.desk}) {_PEOPLE}(?:{_NEXT_DEED}|\.?\Z))+(?<! )"
        for language, wording in WORDINGS.items()
        if wording.desk
    }
)
"""Who reported, wrote or edited a story, by language: patterns for all of a line or a bracket."""
