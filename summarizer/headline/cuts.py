"""Where an English clause may end early.

Knows grammar and what a reader loses: it must not know how long the headline may be.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from summarizer.headline.endings import can_end
from summarizer.headline.lexicon import (
    AUXILIARIES,
    BE,
    BEFORE_AS,
    BEFORE_INFINITIVE,
    BEFORE_THAT,
    BEFORE_TO,
    CONDITIONS,
    CONTROL_VERBS,
    DETERMINERS,
    GERUND_NOUNS,
    NOT_SUPERLATIVE,
    PREPOSITIONS,
    SPEECH_VERBS,
    SUBORDINATORS,
    SUPERLATIVES,
    TITLES,
)
from summarizer.headline.tokens import Tokens
from summarizer.headline.verbs import Strength, find_verb, is_past, strength

# Prepositions whose phrase may go; those that belong to a passive before them ("was placed on");
# and those that the verb more often calls for.
_LOOSE = frozenset(
    "in at on for over from by under against near outside across inside alongside".split()
)
_BOUND = frozenset("at on for over under against to with".split())
_TIGHT = frozenset("to with into onto through throughout via towards toward between around".split())
_SUBJECTS = frozenset("the it he she they".split())
_BEFORE_PAIR = frozenset("that between both from".split())
_COMPLETING = frozenset("to of than that".split())
# They open "at least", "at first", "at all".
_FIXED = frozenset("least most first last all once best worst".split())

CLAUSE_COST = 2.0
_VERB_PHRASE_COST = 3.5
_RELATIVE_COST = 4.0
_REDUCED_COST = 4.5
_PURPOSE_COST = 5.5
_PHRASE_COST = 5.0
_COMPLEMENT_COST = 6.0
_ANYWHERE_COST = 9.0


class Cut(NamedTuple):
    """The token before which a clause may end, and what a reader loses with the rest."""

    place: int
    cost: float


def find_cuts(tokens: Tokens, verb: int, end: int, *, anywhere: bool) -> Iterator[Cut]:
    """Give the places at which a clause may end early, from left to right.

    Args:
        tokens: the sentence.
        verb: the clause's verb.
        end: the token after the clause.
        anywhere: also where what is left is no whole clause, but ends with a whole phrase.
    """
    verb = _innermost_verb(tokens, verb, end)
    # "Had a conviction overturned" is not "had a conviction".
    is_causative = tokens.lower[verb + 1 : verb + 2] in (["had"], ["seen"])
    needs_of = False
    for place in range(verb + 1, end):
        before = tokens.lower[place - 1]
        needs_of = before.startswith("accus") or (needs_of and before != "of")
        # A capital is part of a name: "The View From Brenn".
        is_name = tokens.words[place][0].isupper()
        if needs_of or is_name or not tokens.is_free(place) or not can_end(tokens, place - 1):
            continue
        cost = _cost(tokens, place, verb=verb, end=end)
        if cost is not None and cost > CLAUSE_COST and _is_superlative(tokens, place):
            cost = None
        if not is_causative or cost == CLAUSE_COST:
            if cost is not None:
                yield Cut(place, cost)
            elif anywhere and _is_loose(tokens, place):
                yield Cut(place, _ANYWHERE_COST)


def _innermost_verb(tokens: Tokens, verb: int, end: int) -> int:
    """Return the verb of what is said, thought or hoped: the clause is not complete without."""
    index = verb
    while index + 1 < end and (
        tokens.lower[index] in AUXILIARIES or tokens.lower[index].endswith("ly")
    ):
        index += 1
    if tokens.lower[index] not in SPEECH_VERBS:
        return verb
    opening = tokens.lower[index + 1 : min(end, index + 8)]
    first = index + 2 + opening.index("that") if "that" in opening else index + 1
    said = find_verb(tokens, first, end)
    if said is None:
        quoted = [place for place in range(index + 1, end) if tokens.is_held[place]]
        return quoted[-1] if quoted else verb
    if not CONDITIONS.isdisjoint(tokens.lower[index + 1 : min(said, index + 3)]):
        # "Warned that if he wins" says nothing yet.
        return end
    return _innermost_verb(tokens, said, end)


def _cost(tokens: Tokens, place: int, *, verb: int, end: int) -> float | None:
    """Return what is lost with the rest of the clause; None where it cannot be parted there."""
    word = tokens.lower[place]
    before = tokens.lower[place - 1]
    after = tokens.lower[place + 1] if place + 1 < end else ""
    if not after or after in _FIXED:
        return None
    if word in SUBORDINATORS or (word == "ahead" and after == "of"):
        return CLAUSE_COST if _opens_clause(tokens, place, end) else None
    if word in ("and", "but"):
        return _VERB_PHRASE_COST if _joins_verbs(tokens, place, verb=verb, end=end) else None
    if word in ("who", "which") or (word == "that" and before not in BEFORE_THAT):
        return _RELATIVE_COST
    if word in _LOOSE or word in _TIGHT:
        return _phrase_cost(tokens, place, verb=verb)
    if word.endswith("ing") and word not in GERUND_NOUNS:
        return _REDUCED_COST if after in DETERMINERS or after[0].isdigit() else None
    if is_past(word):
        return _REDUCED_COST if after in PREPOSITIONS and before not in AUXILIARIES else None
    return None


def _opens_clause(tokens: Tokens, place: int, end: int) -> bool:
    if tokens.lower[place] != "as":
        return tokens.lower[place] != "without"
    is_clause = (
        tokens.lower[place + 1] in _SUBJECTS or find_verb(tokens, place + 1, end) is not None
    )
    return is_clause and tokens.lower[place - 1] not in BEFORE_AS


def _joins_verbs(tokens: Tokens, place: int, *, verb: int, end: int) -> bool:
    """Tell whether "and" joins a verb to the verb before it, or a clause to the main clause."""
    if strength(tokens, place + 1) is not Strength.NONE:
        return True
    # It may be part of what was said, or of a pair.
    if tokens.lower[verb] in SPEECH_VERBS or not _BEFORE_PAIR.isdisjoint(tokens.lower[verb:place]):
        return False
    found = find_verb(tokens, place + 1, end)
    return (
        found is not None
        and strength(tokens, found) is Strength.STRONG
        and SUBORDINATORS.isdisjoint(tokens.lower[place:found])
    )


def _phrase_cost(tokens: Tokens, place: int, *, verb: int) -> float | None:
    word, before, after = tokens.lower[place], tokens.lower[place - 1], tokens.lower[place + 1]
    if word == "to" and before in BEFORE_INFINITIVE:
        return _PHRASE_COST
    if word == "to" and after not in DETERMINERS and not tokens.words[place + 1][0].isupper():
        return _PURPOSE_COST if _is_purpose(tokens, place, verb=verb) else None
    if tokens.lower[place - 2] in BE and word in _BOUND:
        return None
    if after.endswith("ing") and after not in GERUND_NOUNS:
        # "Banned from buying": the verb calls for it.
        return None
    return _PHRASE_COST if word in _LOOSE else _COMPLEMENT_COST


def _is_purpose(tokens: Tokens, place: int, *, verb: int) -> bool:
    """Tell whether "to" says what for, and completes neither the word before it nor the verb."""
    return (
        place - verb > 3
        and tokens.lower[place - 1] not in BEFORE_TO
        and "for" not in tokens.lower[place - 4 : place]
        and not any(word.startswith(CONTROL_VERBS) for word in tokens.lower[verb:place])
    )


def _is_superlative(tokens: Tokens, place: int) -> bool:
    """Tell whether the words before a cut are the first or the most of what would follow."""
    return any(
        word in SUPERLATIVES or (word.endswith("est") and word not in NOT_SUPERLATIVE)
        for word in tokens.lower[max(0, place - 5) : place]
    )


def _is_loose(tokens: Tokens, place: int) -> bool:
    """Tell whether a token neither completes the one before it nor is one name with it."""
    before, word = tokens.words[place - 1], tokens.words[place]
    is_name = before[0].isdigit() or (before[0].isupper() and word[0].isupper())
    return not is_name and word not in _COMPLETING and word not in TITLES
