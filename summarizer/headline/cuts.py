"""Where an English clause may end early.

Knows grammar and what a reader loses: it must not know how long the headline may be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from summarizer.headline.endings import can_end
from summarizer.headline.lexicon import (
    AUXILIARIES,
    BASE_VERBS,
    BE,
    BEFORE_AS,
    BEFORE_INFINITIVE,
    BEFORE_THAT,
    BEFORE_TO,
    CONDITIONS,
    CONTROL_VERBS,
    DAY_WORDS,
    DETERMINERS,
    GERUND_NOUNS,
    MIDDLE_ADVERBS,
    MONTHS,
    NEAR,
    NOT_SUPERLATIVE,
    OBJECT_PRONOUNS,
    PARTICIPLES,
    PAST_ONLY,
    PREPOSITIONS,
    SPEECH_VERBS,
    SUBORDINATORS,
    SUPERLATIVES,
    TITLES,
    VERBS,
    WEEKDAYS,
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
_SPEAKING = frozenset(
    "saying warning claiming arguing suggesting insisting hoping fearing believing urging "
    "predicting announcing indicate indicates indicated means".split()
)
_RELATIVES = frozenset({"who", "which", "whose", "where"})
_CLAUSE_WORDS = frozenset("that who which whose whether because how why what".split())
_ABOUT = frozenset({"about", "of", "against", "over"})
_BEFORE_WITH = frozenset("connection line accordance conjunction contact touch response".split())
_COPULAS = frozenset("seem seems seemed look looks looked appear appears appeared remains".split())
_COUNTS = frozenset("hundreds thousands millions dozens number lot".split())
# Verbs by their beginnings, and what has to follow: "accused him of", "put the economy at".
_AWAITED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "accus": frozenset({"of"}),
        "blam": frozenset({"on", "for"}),
        "guid": frozenset({"to"}),
        "putting": PREPOSITIONS,
    }
    | dict.fromkeys(("put", "puts", "placing"), PREPOSITIONS)
)
_SUBORDINATE = frozenset("after although as because before since though when while".split())
_CAUSES = frozenset({("ahead", "of"), ("due", "to"), ("thanks", "to"), ("owing", "to")})
_BETWEEN = (
    WEEKDAYS
    | MONTHS
    | DAY_WORDS
    | NEAR
    | MIDDLE_ADVERBS
    | frozenset("on in week also all both each".split())
)
_PARTICIPLES = frozenset(
    "asking saying leaving killing forcing calling prompting raising citing claiming accusing "
    "including boosting sparking causing ending bringing making worth".split()
)
_COMPLETING = frozenset("to of than that".split())
# They open "at least", "at first", "at all".
_FIXED = frozenset("least most first last all once best worst".split())

_BEFORE_THAT = BEFORE_THAT | VERBS | PAST_ONLY | BASE_VERBS
_SUPERLATIVES = SUPERLATIVES - {"same", "next"}
_OPENERS = (
    _LOOSE
    | _TIGHT
    | SUBORDINATORS
    | frozenset("of to and but who which whose where that due thanks owing ahead".split())
)

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
    for place in _complete_places(tokens, verb, end):
        if not anywhere and not _may_open(tokens.lower[place]):
            continue
        # A capital is part of a name: "The View From Brenn".
        is_name = tokens.words[place][0].isupper()
        if is_name or not tokens.is_free(place) or not can_end(tokens, place - 1):
            continue
        cost = _cost(tokens, place, verb=verb, end=end)
        is_phrase = cost is not None and (cost > CLAUSE_COST or tokens.lower[place] == "since")
        if is_phrase and _is_superlative(tokens, place):
            cost = None
        if not is_causative or cost == CLAUSE_COST:
            if cost is not None:
                yield Cut(place, cost)
            elif anywhere and _is_loose(tokens, place):
                yield Cut(place, _ANYWHERE_COST)


def _complete_places(tokens: Tokens, verb: int, end: int) -> Iterator[int]:
    """Give the places before which nothing is left open that a word has called for."""
    awaited: frozenset[str] = frozenset()
    # Where a clause within the clause has its verb.
    complete = verb
    for place in range(verb + 1, end):
        before = tokens.lower[place - 1]
        if before in _CLAUSE_WORDS and place - 1 > verb:
            complete = max(complete, _next_verb(tokens, place, end))
        if before in awaited:
            awaited = frozenset()
        for opening, words in _AWAITED.items():
            if before.startswith(opening):
                awaited = words
        if place > complete and not awaited:
            yield place


def _may_open(word: str) -> bool:
    """Tell whether what a clause can do without ever begins with a word."""
    return word in _OPENERS or word.endswith(("ing", "ed"))


def _next_verb(tokens: Tokens, first: int, end: int) -> int:
    """Return the next finite verb; the end where there is none."""
    verbs = (place for place in range(first, end) if strength(tokens, place) is not Strength.NONE)
    return next(verbs, end)


def _innermost_verb(tokens: Tokens, verb: int, end: int) -> int:
    """Return the verb of what is said, thought or hoped: the clause is not complete without."""
    index = verb
    while index + 1 < end and (
        tokens.lower[index] in AUXILIARIES or tokens.lower[index].endswith("ly")
    ):
        index += 1
    if tokens.lower[index] not in SPEECH_VERBS | _SPEAKING:
        return verb
    if tokens.lower[index + 1 : index + 2] and tokens.lower[index + 1] in _ABOUT:
        return verb
    opening = tokens.lower[index + 1 : min(end, index + 8)]
    first = index + 2 + opening.index("that") if "that" in opening else index + 1
    said = find_verb(tokens, first, _clause_end(tokens, first, end))
    if said is None:
        quoted = [place for place in range(index + 1, end) if tokens.is_held[place]]
        return quoted[-1] if quoted else verb
    if not CONDITIONS.isdisjoint(tokens.lower[index + 1 : min(said, index + 3)]):
        # "Warned that if he wins" says nothing yet.
        return end
    return _innermost_verb(tokens, said, end)


def _clause_end(tokens: Tokens, first: int, end: int) -> int:
    """Return where a subordinate clause begins: its verb is not what was said."""
    for place in range(first + 2, end):
        if tokens.lower[place] in _SUBORDINATE and not tokens.is_held[place]:
            return place
    return end


def _cost(tokens: Tokens, place: int, *, verb: int, end: int) -> float | None:
    """Return what is lost with the rest of the clause; None where it cannot be parted there."""
    word = tokens.lower[place]
    before = tokens.lower[place - 1]
    after = tokens.lower[place + 1] if place + 1 < end else ""
    if not after or (after in _FIXED and word in ("at", "for")):
        return None
    if word in SUBORDINATORS or (word, after) in _CAUSES:
        return CLAUSE_COST if _opens_clause(tokens, place, end) else None
    if word in ("and", "but"):
        return _VERB_PHRASE_COST if _joins_verbs(tokens, place, verb=verb, end=end) else None
    if word in _RELATIVES or (word == "that" and not _calls_for_that(before)):
        return _RELATIVE_COST
    if word in _LOOSE or word in _TIGHT or word == "of":
        return _phrase_cost(tokens, place, verb=verb)
    if word.endswith("ing") and word not in GERUND_NOUNS:
        is_object = after in DETERMINERS or after in OBJECT_PRONOUNS or after[0].isdigit()
        return _REDUCED_COST if is_object or word in _PARTICIPLES else None
    if is_past(word):
        is_phrase = (after in PREPOSITIONS or after == "to") and before not in OBJECT_PRONOUNS
        return _REDUCED_COST if is_phrase and not _awaits(tokens, verb, place) else None
    return None


def _calls_for_that(word: str) -> bool:
    """Tell whether a "that" clause completes a word: a verb, or a word like "fact"."""
    return word in _BEFORE_THAT or is_past(word)


def _awaits(tokens: Tokens, verb: int, place: int) -> bool:
    """Tell whether a participle belongs to an auxiliary: at most a time stands between them."""
    return (tokens.lower[verb] in AUXILIARIES or tokens.lower[verb] in _COPULAS) and all(
        word in _BETWEEN or word in AUXILIARIES or word.endswith("ly") or word.isdecimal()
        for word in tokens.lower[verb + 1 : place]
    )


def _opens_clause(tokens: Tokens, place: int, end: int) -> bool:
    word, after = tokens.lower[place], tokens.lower[place + 1]
    if word != "as":
        # "A following throughout the year".
        return word != "without" and not (word == "following" and after in PREPOSITIONS)
    is_clause = (
        tokens.lower[place + 1] in _SUBJECTS or find_verb(tokens, place + 1, end) is not None
    )
    return is_clause and tokens.lower[place - 1] not in BEFORE_AS


def _joins_verbs(tokens: Tokens, place: int, *, verb: int, end: int) -> bool:
    """Tell whether "and" joins a verb to the verb before it, or a clause to the main clause."""
    if strength(tokens, place + 1) is not Strength.NONE:
        return True
    if tokens.lower[place + 1] in _SUBJECTS - {"the"} and tokens.lower[verb] not in SPEECH_VERBS:
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
    if word == "of":
        is_second = "of" in tokens.lower[verb : place - 1] and before not in _COUNTS
        return _COMPLEMENT_COST if is_second else None
    if word in ("with", "to") and before in _BEFORE_WITH:
        return None
    is_amount = after[0].isdigit() or after[0] in "£$€"
    if word == "to" and is_amount:
        return _COMPLEMENT_COST
    if word == "to" and after not in DETERMINERS and not tokens.words[place + 1][0].isupper():
        return _PURPOSE_COST if _is_purpose(tokens, place, verb=verb) else None
    is_passive = tokens.lower[place - 2] in BE and (is_past(before) or before in PARTICIPLES)
    if is_passive and word in _BOUND:
        return None
    if after.endswith("ing") and after not in GERUND_NOUNS:
        # "Banned from buying": the verb calls for it.
        return _PURPOSE_COST if word in ("for", "by", "in") and place - verb > 2 else None
    return _PHRASE_COST if word in _LOOSE else _COMPLEMENT_COST


def _is_purpose(tokens: Tokens, place: int, *, verb: int) -> bool:
    """Tell whether "to" says what for, and completes neither the word before it nor the verb."""
    return (
        place - verb > 3
        and tokens.lower[place - 1] not in BEFORE_TO
        and "for" not in tokens.lower[place - 4 : place]
        and (
            "to" in tokens.lower[verb : place - 1]
            or not any(word.startswith(CONTROL_VERBS) for word in tokens.lower[verb:place])
        )
    )


def _is_superlative(tokens: Tokens, place: int) -> bool:
    """Tell whether the words before a cut are the first or the most of what would follow."""
    return any(
        word in _SUPERLATIVES or (word.endswith("est") and word not in NOT_SUPERLATIVE)
        for word in tokens.lower[max(0, place - 5) : place]
    )


def _is_loose(tokens: Tokens, place: int) -> bool:
    """Tell whether a token neither completes the one before it nor is one name with it."""
    before, word = tokens.words[place - 1], tokens.words[place]
    is_name = before[0].isdigit() or (before[0].isupper() and word[0].isupper())
    return not is_name and word not in _COMPLETING and word not in TITLES
