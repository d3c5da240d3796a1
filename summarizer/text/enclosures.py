"""Where quotations and brackets begin and end.

Knows marks only: it must not know what their contents are wanted for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from summarizer.models import Span

_BRACKETS = ("()", "[]", "{}", "（）", "「」", "『』", "《》", "〈〉", "【】")
_SINGLE = "'‘’"
_MARKS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {mark: re.compile(re.escape(mark)) for mark in ('"“”„«»‹›' + "".join(_BRACKETS))}
    # "``" and two single marks are the quotation marks of the Penn Treebank and of TeX.
    | {"`": re.compile("``")}
    # Agencies put the codes of shares so: "<ORL.N>".
    | {"<": re.compile(r"<(?=[A-Z][^<>\n]{0,60}>)"), ">": re.compile(r"(?<=[^\s-])>")}
    # Single marks inside a word are apostrophes.
    | {mark: re.compile(rf"{mark}(?:(?<!\w.)|(?!\w))") for mark in _SINGLE}
)
_ASCII_MARKS = MappingProxyType({mark: _MARKS[mark] for mark in _MARKS if mark.isascii()})
_OPENING_BRACKETS = frozenset(pair[0] for pair in _BRACKETS)
_OPENING = _OPENING_BRACKETS | {"„", "`", "<"}
_TWO_SIDED = frozenset('"”' + _SINGLE)
_FAMILIES: Mapping[str, str] = MappingProxyType(
    {mark: pair for pair in _BRACKETS for mark in pair}
    | dict.fromkeys(_SINGLE, "'")
    | dict.fromkeys('"“”„`', '"')
    | dict.fromkeys("«»", "«")
    | dict.fromkeys("‹›", "‹")
    | dict.fromkeys("<>", "<")
)
_ALONE = frozenset(_SINGLE + "<>")
_BEFORE_OPENING = frozenset("([{（«‘'“—–-/")


class Enclosures(NamedTuple):
    """The quotations and brackets of a stretch of text.

    Attributes:
        pairs: from each opening mark to the end of its closing mark, by their ends.
        unclosed: places of opening marks without a closing one, ascending.
        unopened: places of closing marks without an opening one, ascending.
    """

    pairs: tuple[Span, ...]
    unclosed: tuple[int, ...]
    unopened: tuple[int, ...]


_NONE = Enclosures((), (), ())


def find_enclosures(text: str, *, start: int = 0, end: int | None = None) -> Enclosures:
    """Pair the quotation marks and brackets of a stretch of text, in linear time.

    A quotation does not hold another one of its own kind. Single marks without a partner are taken
    for apostrophes, "<" and ">" for arrows, and not reported.

    Args:
        text: the article as given.
        start: where the stretch begins.
        end: where it ends; the end of the text when not given.
    """
    stop = len(text) if end is None else end
    places = _find_marks(text, start, stop)
    if not places:
        return _NONE
    pairs: list[Span] = []
    unclosed: list[int] = []
    unopened: list[int] = []
    waiting: dict[str, list[int]] = defaultdict(list)
    for place in places:
        mark = text[place]
        quoted = waiting['"']
        if mark == "'" and quoted and text[quoted[-1]] == "`":
            # The second of two that close it.
            if text[place - 1 : place] == "'":
                pairs.append(Span(quoted.pop(), place + 1))
            continue
        open_places = waiting[_FAMILIES[mark]]
        opened_by = text[open_places[-1]] if open_places else ""
        if _is_opening(text, place, opened_by=opened_by):
            if opened_by and mark not in _OPENING_BRACKETS:
                unclosed.append(open_places.pop())
            open_places.append(place)
        elif opened_by:
            pairs.append(Span(open_places.pop(), place + 1))
        else:
            unopened.append(place)
    unclosed += chain.from_iterable(waiting.values())
    return Enclosures(tuple(pairs), _reported(text, unclosed), _reported(text, unopened))


def _find_marks(text: str, start: int, stop: int) -> list[int]:
    """Return the places of all marks, ascending.

    Few of the marks come up in a text: each is looked for by itself, which takes a fraction of the
    time that one expression for all of them takes.
    """
    places: list[int] = []
    for mark, pattern in (_ASCII_MARKS if text.isascii() else _MARKS).items():
        if (first := text.find(mark, start, stop)) >= 0:
            # What follows the last character tells whether that is inside a word.
            places += [match.start() for match in pattern.finditer(text, first, stop + 1)]
    places.sort()
    if places and places[-1] >= stop:
        places.pop()
    return places


def _is_opening(text: str, place: int, *, opened_by: str) -> bool:
    """Tell whether the mark opens, given the mark of its family that waits to be closed."""
    mark = text[place]
    if mark not in _TWO_SIDED:
        if mark == "“":
            return opened_by != "„"
        return not opened_by if mark in "«»‹›" else mark in _OPENING
    # These are the same on both sides: what stands around them decides.
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    precedes_gap = not after or after.isspace()
    if opened_by and (precedes_gap or mark in "”’"):
        return False
    if before and not before.isspace() and before not in _BEFORE_OPENING:
        return False
    if mark in _SINGLE:
        # No quotation begins with a digit as often as a decade does.
        return not (precedes_gap or after.isdigit())
    return mark == '"' or not precedes_gap


def _reported(text: str, places: Iterable[int]) -> tuple[int, ...]:
    """Leave out the marks that without a partner are apostrophes or arrows."""
    return tuple(sorted([place for place in places if text[place] not in _ALONE]))
