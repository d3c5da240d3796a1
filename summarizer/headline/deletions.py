"""What may be left out of the middle of an English clause.

Knows grammar and what a reader loses: it must not know how long the headline may be.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from summarizer.headline.endings import can_end
from summarizer.headline.lexicon import (
    ARTICLES,
    BE,
    DAY_PARTS,
    DAY_WORDS,
    DETERMINERS,
    MONTHS,
    NEAR,
    NEGATIONS,
    PARTICLES,
    PERIODS,
    PREPOSITIONS,
    SPEECH_VERBS,
    SUBORDINATORS,
    WEEKDAYS,
)
from summarizer.headline.tokens import Tokens
from summarizer.headline.verbs import Strength, is_past, strength

_BALLAST_COST = -0.4
_TIME_COST = 0.4
# Nobody prints the code of a share.
_CODE_COST = -10.0

_TIME_WORDS = NEAR | WEEKDAYS | DAY_WORDS | frozenset("on in early late".split())
_BEGINNINGS = _TIME_WORDS | {"(", "[", "<"}
# A time after these is what the clause is about; before these a time phrase is over.
_BEFORE_TIME = (
    PREPOSITIONS
    | DETERMINERS
    | frozenset("and or between from be is are was were due scheduled set early late".split())
) - PARTICLES
_AFTER_TIME = PREPOSITIONS | SUBORDINATORS | frozenset("to that and but who which the a".split())


class Stretch(NamedTuple):
    """Tokens first to end, and what a reader loses without them; below 0 they are ballast."""

    first: int
    end: int
    cost: float


def holds_negation(tokens: Tokens, first: int, end: int) -> bool:
    """Tell whether a stretch denies something: it is never left out."""
    words = tokens.lower[first:end]
    return not NEGATIONS.isdisjoint(words) or "n't" in " ".join(words)


def find_asides(tokens: Tokens, first: int, end: int) -> Iterator[Stretch]:
    """Give the brackets and time phrases of a stretch, from left to right."""
    done = first
    for index, word in enumerate(tokens.lower[first:end], start=first):
        if word not in _BEGINNINGS or index < done:
            continue
        if word in _TIME_WORDS:
            found = _time_phrase(tokens, index, first, end)
        else:
            found = _bracket(tokens, index, end)
        if found:
            yield _with_commas(tokens, found)
            done = found.end


def _with_commas(tokens: Tokens, found: Stretch) -> Stretch:
    """Take the commas on both sides too: "the two, on Monday, fled"."""
    first, end, cost = found
    is_parted = first and tokens.words[first - 1] == "," and tokens.words[end : end + 1] == [","]
    return Stretch(first - 1, end + 1, cost) if is_parted else found


def _bracket(tokens: Tokens, index: int, end: int) -> Stretch | None:
    stop = index + 1
    while stop < end and tokens.is_held[stop]:
        stop += 1
    if not index or stop == index + 1 or not tokens.is_free(index):
        return None
    return Stretch(index, stop, _CODE_COST if tokens.words[index] == "<" else _BALLAST_COST)


def _time_phrase(tokens: Tokens, index: int, first: int, end: int) -> Stretch | None:
    """Return the words that say on which day or in which period it was, if they can go."""
    stop, cost = _time_end(tokens, index, end)
    before = tokens.lower[index - 1] if index > first else ""
    is_inside = before in BE and stop < end and is_past(tokens.lower[stop])
    if stop == index or tokens.is_held[index] or (before in _BEFORE_TIME and not is_inside):
        return None
    if stop < end and not _is_after_time(tokens, index, stop):
        return None
    if tokens.lower[index] in WEEKDAYS and tokens.lower[max(0, index - 2)] in ARTICLES:
        # "On a slow Thursday night".
        return None
    if is_past(before) and stop < end and tokens.lower[stop] in SPEECH_VERBS:
        # "Papers filed on Monday said".
        return None
    # "Said on Monday that" loses nothing of its grammar.
    is_free = is_inside or before in SPEECH_VERBS
    if before and not is_free and not can_end(tokens, index - 1):
        return None
    return Stretch(index, stop, cost)


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
        is_year = len(lower[stop]) == 4 and lower[index] == "in"
        has_month = has_month or lower[stop] in MONTHS or is_year
        stop += 1
    return stop if has_month else index
