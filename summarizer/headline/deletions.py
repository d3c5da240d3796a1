"""What may be left out of the middle of an English clause.

Knows grammar and what a reader loses: it must not know how long the headline may be.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from summarizer.headline.endings import can_end
from summarizer.headline.lexicon import (
    AUXILIARIES,
    DAY_PARTS,
    DAY_WORDS,
    DETERMINERS,
    GERUND_NOUNS,
    MONTHS,
    NEAR,
    NEGATIONS,
    PARTICLES,
    PERIODS,
    PREPOSITIONS,
    SPEECH_VERBS,
    SUBORDINATORS,
    TITLES,
    WEEKDAYS,
)
from summarizer.headline.tokens import Tokens
from summarizer.headline.verbs import Strength, is_past, strength

_BALLAST_COST = -0.4
_TIME_COST = 0.4
_TITLE_COST = 1.5
_PLACE_COST = 3.5
_RESTRICTION_COST = 3.5

_LONGEST_TITLE = 9
_NOT_IN_TITLE = DETERMINERS | PREPOSITIONS | AUXILIARIES | {"and", "or", "to", "who", "which"}
_PLACES = frozenset("in at near outside inside".split())
_AFTER_PLACE = (PREPOSITIONS | SUBORDINATORS) - {"of"}
_FOLLOWS_NOUN = PREPOSITIONS - SUBORDINATORS - _PLACES
_FIXED = frozenset("least most first last all once best worst".split())
_TIME_WORDS = NEAR | WEEKDAYS | DAY_WORDS | frozenset("on in early late".split())
# A time after these is what the clause is about; before these a time phrase is over.
_BEFORE_TIME = (
    PREPOSITIONS
    | DETERMINERS
    | frozenset("and or between from be is are was were due scheduled set early late".split())
) - PARTICLES
_AFTER_TIME = PREPOSITIONS | SUBORDINATORS | frozenset("to that and but who which the a".split())


class Deletion(NamedTuple):
    """Tokens first to end, and what a reader loses without them; below 0 they are ballast."""

    first: int
    end: int
    cost: float


def holds_negation(tokens: Tokens, first: int, end: int) -> bool:
    """Tell whether a stretch denies something: it is never left out."""
    words = tokens.lower[first:end]
    return not NEGATIONS.isdisjoint(words) or "n't" in " ".join(words)


def find_asides(tokens: Tokens, first: int, end: int) -> Iterator[Deletion]:
    """Give the brackets and time phrases of a stretch, from left to right."""
    index = first
    while index < end:
        found = None
        if tokens.words[index] in "([":
            found = _bracket(tokens, index, end)
        elif tokens.lower[index] in _TIME_WORDS:
            found = _time_phrase(tokens, index, first, end)
        if found:
            yield found
        index = found.end if found else index + 1


def _bracket(tokens: Tokens, index: int, end: int) -> Deletion | None:
    stop = index + 1
    while stop < end and tokens.is_held[stop]:
        stop += 1
    if not index or stop == index + 1 or not tokens.is_free(index):
        return None
    return Deletion(index, stop, _BALLAST_COST)


def _time_phrase(tokens: Tokens, index: int, first: int, end: int) -> Deletion | None:
    """Return the words that say on which day or in which period it was, if they can go."""
    stop, cost = _time_end(tokens, index, end)
    before = tokens.lower[index - 1] if index > first else ""
    if stop == index or tokens.is_held[index] or before in _BEFORE_TIME:
        return None
    if stop < end and not _is_after_time(tokens, index, stop):
        return None
    # "Said on Monday that" loses nothing of its grammar.
    if before and before not in SPEECH_VERBS and not can_end(tokens, index - 1):
        return None
    return Deletion(index, stop, cost)


def _is_after_time(tokens: Tokens, index: int, stop: int) -> bool:
    """Tell whether a token is not part of one phrase with the time before it."""
    return tokens.is_free(stop) and (
        "on" in tokens.lower[index:stop]
        or tokens.lower[stop] in _AFTER_TIME
        or strength(tokens, stop) is not Strength.NONE
    )


def _time_end(tokens: Tokens, index: int, end: int) -> tuple[int, float]:
    """Return where a time phrase that begins here ends (`index` if there is none), and its cost."""
    lower = tokens.lower
    stop = index
    if lower[index] in ("early", "late") and lower[index + 1 : index + 2] == ["on"]:
        stop = index + 1
    stop += lower[stop] == "on"
    while stop < end and (lower[stop] in NEAR or lower[stop] in ("early", "late")):
        stop += 1
    if stop < end and lower[stop] in WEEKDAYS:
        has_part = stop + 1 < end and lower[stop + 1] in DAY_PARTS
        return stop + 1 + has_part, _BALLAST_COST
    if index < stop < end and lower[stop - 1] in NEAR and lower[stop] in PERIODS | MONTHS:
        return stop + 1, _TIME_COST
    if stop == index and lower[index] in DAY_WORDS:
        return index + 1, _BALLAST_COST
    return _date_end(tokens, index, end), _TIME_COST


def _date_end(tokens: Tokens, index: int, end: int) -> int:
    """Return where a date after "on" or "in" ends; `index` if there is none."""
    lower = tokens.lower
    if lower[index] not in ("on", "in"):
        return index
    stop = index + 1
    has_month = False
    while stop < end and (lower[stop] in MONTHS or lower[stop].isdecimal()):
        has_month = has_month or lower[stop] in MONTHS
        stop += 1
    return stop if has_month else index


def find_title(tokens: Tokens, first: int, end: int) -> Iterator[Deletion]:
    """Give the title or trade that a clause sets before the name that it begins with."""
    for index in range(first, min(end, first + _LONGEST_TITLE) - 1):
        if tokens.is_held[index + 1] or tokens.lower[index] in _NOT_IN_TITLE:
            return
        if tokens.lower[index] in TITLES and tokens.words[index + 1][0].isupper():
            yield Deletion(first, index + 1, _TITLE_COST)
            return
        if strength(tokens, index) is not Strength.NONE:
            return


def find_places(tokens: Tokens, first: int, end: int) -> Iterator[Deletion]:
    """Give the phrases that say where, as far as the next phrase or verb."""
    for index in range(first + 1, end - 1):
        if (
            tokens.lower[index] not in _PLACES
            or tokens.lower[index + 1] in _FIXED
            or not tokens.is_free(index)
            or not can_end(tokens, index - 1)
        ):
            continue
        stop = index + 1
        while stop < end and not _ends_place(tokens, stop):
            stop += 1
        # "In a row over fees" is one phrase, "in Leeds after a row" are two.
        is_followed = stop < end and tokens.lower[stop] not in _FOLLOWS_NOUN
        if stop > index + 1 and is_followed and can_end(tokens, stop - 1):
            yield Deletion(index, stop, _PLACE_COST)


def _ends_place(tokens: Tokens, index: int) -> bool:
    return tokens.is_free(index) and (
        tokens.lower[index] in _AFTER_PLACE or strength(tokens, index) is not Strength.NONE
    )


def find_restriction(tokens: Tokens, first: int, verb: int) -> Iterator[Deletion]:
    """Give what a subject that is named or counted says of itself before the main verb."""
    if tokens.lower[first] not in DETERMINERS and not tokens.words[first][0].isupper():
        return
    for index in range(first + 2, verb):
        if (
            _opens_restriction(tokens, index)
            and tokens.is_free(index)
            and can_end(tokens, index - 1)
        ):
            yield Deletion(index, verb, _RESTRICTION_COST)
            return


def _opens_restriction(tokens: Tokens, index: int) -> bool:
    word = tokens.lower[index]
    if word in ("who", "which", "that"):
        return True
    if tokens.lower[index - 1] in DETERMINERS:
        return False
    is_gerund = word.endswith("ing") and word not in GERUND_NOUNS
    return is_gerund or (is_past(word) and tokens.lower[index + 1] in PREPOSITIONS)
