"""What may be left out of a stretch of English, and what that costs the reader.

Knows grammar: it must not know how long the headline may be.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from summarizer.headline.lexicon import (
    AUXILIARIES,
    BE,
    DAY_PARTS,
    DAY_WORDS,
    DETERMINERS,
    GERUND_NOUNS,
    INTRANSITIVE,
    MONTHS,
    NEAR,
    NEGATIONS,
    PERIODS,
    PREPOSITIONS,
    SUBORDINATORS,
    UNITS,
    VERBS,
    WEEKDAYS,
)
from summarizer.headline.tokens import Tokens
from summarizer.headline.verbs import Strength, find_verb, is_past, strength
from summarizer.text.clauses import phrase_openers


class Deletion(NamedTuple):
    """Tokens first to end, and what a reader loses without them; below 0 it is mere ballast."""

    first: int
    end: int
    cost: float


_OPENERS = phrase_openers("en")
# Prepositions whose phrase may end a clause, and so go with it.
_LOOSE = frozenset(
    "in at on for over from by under against near outside across inside alongside".split()
)
# They belong to the passive before them: "was placed on".
_BOUND = frozenset("at on for over under against".split())
# After these "as" does not open a clause.
_BEFORE_AS = frozenset(
    "such same well as known described seen regarded served serve serves serving used named "
    "appointed elected viewed much many soon long far just act acts acted acting work works worked "
    "working dubbed hailed branded twice treated considered billed so".split()
)
# Adjectives that a "that" clause completes.
_BEFORE_THAT = frozenset(
    "confident aware sure clear worried concerned hopeful likely important possible true certain "
    "adamant convinced afraid glad proud sorry so fact day time".split()
)
_LEAST = frozenset("least most first last all once best worst".split())
_BALLAST, _TIME, _CLAUSE, _VERB_PHRASE, _RELATIVE, _REDUCED, _PHRASE = -0.4, 0.4, 2, 3.5, 4, 4.5, 5


def can_end(tokens: Tokens, index: int) -> bool:
    """Tell whether a phrase may end with a token, whatever follows it."""
    word = tokens.lower[index]
    if word in _OPENERS or word.endswith(("'s", "s'")) or not word[-1].isalnum() and word in ",;:-–—(":
        return False
    before = tokens.lower[index - 1] if index else ""
    if tokens.words[index][0].isupper():
        return True
    if word.endswith("ing"):
        return word in GERUND_NOUNS or before in DETERMINERS
    if word.endswith("ly"):
        return before not in AUXILIARIES
    if word in INTRANSITIVE or before in BE:
        return True
    if is_past(word) or word in VERBS:
        return strength(tokens, index) is Strength.NONE and before not in AUXILIARIES
    return True


def find_cuts(tokens: Tokens, first: int, end: int) -> Iterator[Deletion]:
    """Give the places at which a clause may end early, from left to right.

    Args:
        tokens: the sentence.
        first: the token after the clause's verb.
        end: the token after the clause.
    """
    for index in range(first, end):
        if not tokens.is_free(index) or not can_end(tokens, index - 1):
            continue
        cost = _cut_cost(tokens, index, end)
        if cost is not None:
            yield Deletion(index, end, cost)


def _cut_cost(tokens: Tokens, index: int, end: int) -> float | None:
    word, before = tokens.lower[index], tokens.lower[index - 1]
    after = tokens.lower[index + 1] if index + 1 < end else ""
    if not after or before in UNITS and before == "per":
        return None
    if word == "as":
        is_clause = before not in _BEFORE_AS and find_verb(tokens, index + 1, end) is not None
        return _CLAUSE if is_clause else None
    if word in SUBORDINATORS:
        return _CLAUSE if word != "without" else None
    if word == "ahead" and after == "of":
        return _CLAUSE
    if word in ("and", "but"):
        return _VERB_PHRASE if strength(tokens, index + 1) is not Strength.NONE else None
    if word in ("who", "which") or (word == "that" and before not in _BEFORE_THAT):
        return _RELATIVE
    if word in _LOOSE:
        is_bound = tokens.lower[index - 2] in BE and word in _BOUND
        return None if is_bound or after in _LEAST else _PHRASE
    if word.endswith("ing") and word not in GERUND_NOUNS:
        return _REDUCED if after in DETERMINERS or after[0].isdigit() else None
    if is_past(word):
        return _REDUCED if after in PREPOSITIONS and before not in AUXILIARIES else None
    return None


def find_asides(tokens: Tokens, first: int, end: int) -> Iterator[Deletion]:
    """Give the brackets and time phrases of a stretch, from left to right."""
    index = first
    while index < end:
        found = _bracket(tokens, index, end) or _time_phrase(tokens, index, first, end)
        if found:
            yield found
        index = found.end if found else index + 1


def _bracket(tokens: Tokens, index: int, end: int) -> Deletion | None:
    if tokens.words[index] not in "([" or not index or not tokens.is_free(index):
        return None
    stop = index + 1
    while stop < end and tokens.is_held[stop]:
        stop += 1
    return Deletion(index, stop, _BALLAST) if stop > index + 1 else None


def _time_phrase(tokens: Tokens, index: int, first: int, end: int) -> Deletion | None:
    """Return the words that say on which day or in which period it was, if they can go."""
    if tokens.is_held[index]:
        return None
    stop, cost = _time_end(tokens, index, end)
    if stop == index:
        return None
    before = tokens.lower[index - 1] if index > first else ""
    if before in _BEFORE_TIME or before in PREPOSITIONS or before in DETERMINERS:
        return None
    if stop < end:
        after = tokens.lower[stop]
        is_followed = (
            after in PREPOSITIONS
            or after in SUBORDINATORS
            or after in _AFTER_TIME
            or strength(tokens, stop) is not Strength.NONE
        )
        if not (is_followed or tokens.lower[index] == "on") or not tokens.is_free(stop):
            return None
    if before and not can_end(tokens, index - 1):
        return None
    return Deletion(index, stop, cost)


_BEFORE_TIME = frozenset("and or between from be is are was were due scheduled set".split())
_AFTER_TIME = frozenset("to that and but who which the a".split())


def _time_end(tokens: Tokens, index: int, end: int) -> tuple[int, float]:
    """Return where a time phrase that begins here ends; `index` if there is none."""
    lower = tokens.lower
    stop = index + (lower[index] == "on")
    while stop < end and (lower[stop] in NEAR or lower[stop] in ("early", "late")):
        stop += 1
    if stop >= end:
        return index, 0
    if lower[stop] in WEEKDAYS:
        stop += 1
        return (stop + 1 if stop < end and lower[stop] in DAY_PARTS else stop), _BALLAST
    if lower[stop] in PERIODS and stop > index and lower[stop - 1] in NEAR:
        return stop + 1, _TIME
    if lower[stop] in DAY_WORDS and stop == index:
        return stop + 1, _BALLAST
    return _date_end(tokens, index, end), _TIME


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


def holds_negation(tokens: Tokens, first: int, end: int) -> bool:
    """Tell whether a stretch denies something."""
    return any(
        word in NEGATIONS or word.endswith("n't") for word in tokens.lower[first:end]
    )
