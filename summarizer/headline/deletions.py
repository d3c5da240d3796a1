"""What may be left out of the middle of an English clause.

Knows grammar and what a reader loses: it must not know how long the headline may be.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from summarizer.headline.endings import can_end
from summarizer.headline.lexicon import (
    AUXILIARIES,
    BE,
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
    VERBS,
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
_NOT_IN_TITLE = DETERMINERS | PREPOSITIONS | AUXILIARIES | {"to", "who", "which"}
_DESCRIBING = frozenset(
    "former late retired outgoing fellow new football rugby cricket tennis team club world company "
    "film pop rock record police party".split()
)
_PLACES = frozenset("in at near outside inside across from".split())
_ADDING = _PLACES | frozenset("for on over".split())
_AMOUNTS = frozenset(
    "number numbers amount proportion percentage share rate cost price prices value level majority "
    "hundreds thousands dozens most many few half only less more no not never".split()
)
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
    is_inside = before in BE and stop < end and is_past(tokens.lower[stop])
    if stop == index or tokens.is_held[index] or (before in _BEFORE_TIME and not is_inside):
        return None
    if stop < end and not _is_after_time(tokens, index, stop):
        return None
    # "Said on Monday that" loses nothing of its grammar.
    is_free = is_inside or before in SPEECH_VERBS
    if before and not is_free and not can_end(tokens, index - 1):
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
        is_year = len(lower[stop]) == 4 and lower[index] == "in"
        has_month = has_month or lower[stop] in MONTHS or is_year
        stop += 1
    return stop if has_month else index


def find_title(tokens: Tokens, first: int, end: int) -> Iterator[Deletion]:
    """Give the title or trade that a clause sets before the name that it begins with."""
    for index in range(first, min(end, first + _LONGEST_TITLE) - 1):
        word = tokens.lower[index]
        is_verb = word.endswith("ing") and tokens.words[index].islower()
        if tokens.is_held[index + 1] or word in _NOT_IN_TITLE or is_verb:
            return
        is_firm = index == first and tokens.lower[index] in ("general", "number", "star", "prince")
        if is_firm:
            return
        is_pair = "and" in tokens.lower[first:index] and any(
            tokens.words[place][0].isupper() for place in range(first + 1, index)
        )
        if is_pair:
            return
        if tokens.lower[index] in TITLES and tokens.words[index + 1][0].isupper():
            yield Deletion(first, index + 1, _TITLE_COST)
            return
        if strength(tokens, index) is not Strength.NONE:
            return


def find_description(tokens: Tokens, first: int, end: int) -> Iterator[Deletion]:
    """Give what a later name in a stretch is introduced with: "beat champion" Ann Lee."""
    for index in range(first + 1, end - 1):
        word, name = tokens.words[index], tokens.words[index + 1]
        if word not in TITLES or not name[0].isupper() or tokens.is_held[index + 1]:
            continue
        start = index
        while start - 1 > first and _describes(tokens, start - 1):
            start -= 1
        if tokens.lower[start - 1] in ("the", "a", "an") and start - 1 > first:
            start -= 1
        before = tokens.lower[start - 1]
        is_boundary = (
            (before in PREPOSITIONS or before in VERBS or before.endswith(("ed", "ing")))
            and tokens.words[start - 1].islower()
            and before not in TITLES
        )
        if is_boundary and tokens.is_free(start) and not tokens.is_held[start]:
            yield Deletion(start, index + 1, _TITLE_COST)


def _describes(tokens: Tokens, index: int) -> bool:
    word = tokens.words[index]
    is_compound = "-" in word and word[0].isalnum()
    is_name = word[0].isupper() and not tokens.lower[index].endswith("'s")
    return tokens.is_free(index + 1) and (is_compound or is_name or word in _DESCRIBING | TITLES)


def find_places(
    tokens: Tokens, first: int, end: int, verb: int | None = None
) -> Iterator[Deletion]:
    """Give the phrases that say where, as far as the next phrase or verb.

    Before the verb all other phrases, too: they only add to the subject.
    """
    is_counted = verb is not None and not _AMOUNTS.isdisjoint(tokens.lower[first:end])
    for index in range(first + 1, end - 1):
        if is_counted and tokens.lower[index] not in ("in", "at"):
            continue
        is_subject = verb is not None and index < verb
        if (
            tokens.lower[index] not in _ADDING
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
        if any(tokens.is_held[index:stop]):
            continue
        if not is_subject and tokens.lower[index] not in _PLACES:
            # Before another verb of the sentence such a phrase belongs to its subject.
            is_followed = is_followed and strength(tokens, stop) is Strength.STRONG
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
    after = tokens.lower[index + 1]
    # "Men carrying a bomb", but not "role playing games".
    has_object = (
        after in DETERMINERS or after in PREPOSITIONS or not tokens.words[index + 1].islower()
    )
    is_gerund = word.endswith("ing") and word not in GERUND_NOUNS and has_object
    return is_gerund or (is_past(word) and tokens.lower[index + 1] in PREPOSITIONS)
