"""Whether a word that stays is left without what it calls for, or what it belongs to.

Knows the tokens of a sentence and which of them stay: it must not know why.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.headline.lexicon import (
    ARTICLES,
    BE,
    CLAIMS,
    CLAUSE_OPENERS,
    COORDINATORS,
    DAY_WORDS,
    DETERMINERS,
    FINITE_AUXILIARIES,
    MONTHS,
    PARTICLES,
    PREPOSITIONS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    VERBS,
    WEEKDAYS,
)
from summarizer.headline.segments import Part, Segment, is_comma, is_speaker
from summarizer.headline.tokens import Tokens
from summarizer.headline.verbs import is_past

_INTRODUCING = PREPOSITIONS | ARTICLES
# No phrase after a preposition or article begins so.
_NO_PHRASE = (PREPOSITIONS | FINITE_AUXILIARIES | COORDINATORS | VERBS) - {"about", "over", "past"}
_COMMAS = frozenset(",;:")
_MARKS = frozenset(",;:.!?-–—")
_OPENERS_OF_CLAUSES = (CLAUSE_OPENERS | SUBORDINATORS | {"so"}) - {"that"}
_APPOSITIONS = frozenset({(",", ","), ("(", ")"), ("-", "-"), ("–", "–"), ("—", "—")})
_SPARE = frozenset("has have had also already now just then later again on a an the".split())
# An article and two adjectives may go after a comma.
_LONGEST_DESCRIPTION = 4
# Without "was" nobody takes what stands before them for a speaker.
_PASSIVES = frozenset("revealed ruled added announced declared found confirmed estimated".split())
_OF_WHAT = frozenset(
    "accuse accuses accused accusing acquitted cleared convicted robbed stripped suspected".split()
)
_LONGEST_ACCUSED = 14
_PAIRS = frozenset({"both", "either", "neither"})
_OTHER_JOINTS = SUBORDINATORS | {"between"}
_TIMES = WEEKDAYS | MONTHS | DAY_WORDS
# "A lawyer who has resigned says".
_AFTER_SPEAKER = PREPOSITIONS | {"and", "who", "whose", "which"}
# "A source close to the family says", "a review led by the bank found".
_BESIDE_SPEAKER = frozenset("close familiar led".split())
_AFTER_PARTICIPLE = PREPOSITIONS | {"to"}
# Before a preposition they are part of a verb.
_PARTICLES = PARTICLES | {"in", "on", "over"}
_NO_OBJECTS = PREPOSITIONS | SUBORDINATORS | _COMMAS
HOOKS = _COMMAS | _PAIRS | {"that"}
"""They may dangle though both neighbours stay."""
AHEAD = HOOKS | RELATIVES | _INTRODUCING
"""They may dangle where the next token goes; every other only where the one before it has gone."""


def dangles(tokens: Tokens, keep: Sequence[bool], place: int) -> bool:
    """Tell whether what a comma, relative pronoun, preposition or article introduces has gone."""
    word = tokens.lower[place]
    after = place + 1
    if after < len(tokens.words) and tokens.lower[after] in ARTICLES and not keep[after]:
        # What follows an article is a noun.
        after += 1
    is_next_kept = after < len(tokens.words) and keep[after]
    if word in _COMMAS:
        return not (any(keep[:place]) and _goes_on(tokens, keep, place))
    if place > 0 and not keep[place - 1] and _leans_back(tokens, keep, place):
        return True
    if (word in _PAIRS and _is_half(tokens, keep, place)) or (
        word == "that" and _has_no_end(tokens, keep, place)
    ):
        return True
    if is_next_kept:
        return False
    if word in RELATIVES:
        return not _has_clause(tokens, keep, place)
    return word in _INTRODUCING and not _can_follow(tokens, keep, place)


def _goes_on(tokens: Tokens, keep: Sequence[bool], comma: int) -> bool:
    """Tell whether what stays after a comma belongs after one: its next words, or a speaker."""
    after = next((place for place in range(comma + 1, len(tokens.words)) if keep[place]), None)
    if after is None:
        return False
    is_near = after <= comma + _LONGEST_DESCRIPTION
    if is_near and not any(is_comma(tokens, place) for place in range(comma + 1, after)):
        return True
    end = next(
        (place for place in range(after, len(tokens.words)) if is_comma(tokens, place)), None
    )
    rest = Segment(after, len(tokens.words) if end is None else end, Part.OTHER, None)
    first = after - (tokens.lower[after - 1] in ARTICLES)
    return is_comma(tokens, first - 1) and is_speaker(tokens, rest)


def _leans_back(tokens: Tokens, keep: Sequence[bool], place: int) -> bool:
    """Tell whether a token belongs to one before it that has gone."""
    word = tokens.lower[place]
    if word in PREPOSITIONS and not any(keep[:place]):
        return True
    if word == "of":
        return not _is_accusation(tokens, keep, place)
    if word in ("and", "or"):
        return place + 1 < len(tokens.words) and tokens.words[place + 1][0].isupper()
    if tokens.lower[place - 1] in _OPENERS_OF_CLAUSES and word in SUBJECT_PRONOUNS:
        return True
    before = next((i for i in range(place - 1, -1, -1) if keep[i]), None)
    if before is None:
        return False
    if tokens.lower[before] in CLAIMS and (word in PREPOSITIONS or word == "to"):
        # "The show is to be" says nothing, other than "they show that it is to be".
        return tokens.lower[before + 1] not in _TIMES | BE | {"on", "in", "at"}
    return word in CLAIMS and _has_lost_speaker(tokens, before, place)


def _has_lost_speaker(tokens: Tokens, before: int, place: int) -> bool:
    """Tell whether what stands before a gap and "said" is not who said it.

    No more may go between them than what belongs to the speaker, an adverb, a time or an auxiliary.
    """
    last = place - 1
    while last > before and _is_spare(tokens.lower[last]):
        last -= 1
    if (
        _is_passive(tokens, place)
        or last == before
        or tokens.lower[before + 1] in _AFTER_SPEAKER
        or (tokens.words[last] != "," and _is_described(tokens, before + 1))
    ):
        return False
    return (tokens.words[before + 1], tokens.words[last]) not in _APPOSITIONS


def _is_accusation(tokens: Tokens, keep: Sequence[bool], place: int) -> bool:
    """Tell whether "of" says what somebody did: "accused the rulers in Norvia of theft"."""
    ahead = range(max(0, place - _LONGEST_ACCUSED), place)
    return any(keep[i] and tokens.lower[i] in _OF_WHAT for i in ahead)


def _is_described(tokens: Tokens, place: int) -> bool:
    """Tell whether a token begins what was done with a speaker: "a poll made for a paper says"."""
    word, after = tokens.lower[place : place + 2]
    return (is_past(word) or word in _BESIDE_SPEAKER) and after in _AFTER_PARTICIPLE


def _is_passive(tokens: Tokens, place: int) -> bool:
    """Tell whether "was" stands before a word and no claim after it: "were announced in May"."""
    if tokens.lower[place - 1] not in BE:
        return False
    # "Workers believed to be held" believe nothing.
    after = tokens.lower[place + 1 : place + 3]
    return after == ["to", "be"] or (tokens.lower[place] in _PASSIVES and after[:1] != ["that"])


def _is_spare(word: str) -> bool:
    return word in _SPARE or word in _TIMES or word.endswith("ly")


def _has_no_end(tokens: Tokens, keep: Sequence[bool], place: int) -> bool:
    """Tell whether "that when it rains, we stay" has lost what comes after its comma."""
    after = tokens.lower[place + 1 : place + 2]
    if not after or after[0] not in _OPENERS_OF_CLAUSES:
        return False
    commas = (i for i in range(place, len(tokens.words)) if tokens.words[i] == ",")
    return not any(keep[next(commas, len(tokens.words)) :])


def _is_half(tokens: Tokens, keep: Sequence[bool], place: int) -> bool:
    """Tell whether "both" has lost its "and", or "either" its "or"."""
    joints = (
        i for i in range(place + 1, len(tokens.words)) if tokens.lower[i] in ("and", "or", "nor")
    )
    joint = next(joints, None)
    if joint is None or keep[joint]:
        return False
    # "They have both closed as the row between bank and union goes on".
    return _OTHER_JOINTS.isdisjoint(tokens.lower[place:joint])


def _has_clause(tokens: Tokens, keep: Sequence[bool], place: int) -> bool:
    """Tell whether a relative has the clause that it opens, but for a word or two before it."""
    word = tokens.lower[place]
    if word == "that" and _is_named_next(tokens, keep, place):
        return True
    near = range(place + 1, min(place + _LONGEST_DESCRIPTION, len(tokens.words)))
    after = next((i for i in near if keep[i]), None)
    if after is None:
        return False
    if all(tokens.lower[i].endswith("ly") for i in range(place + 1, after)):
        # "A game that deliberately scares".
        return True
    is_place = word in ("when", "where") or (
        word == "which" and tokens.lower[place - 1] in PREPOSITIONS
    )
    return is_place and _can_follow(tokens, keep, place)


def _is_named_next(tokens: Tokens, keep: Sequence[bool], place: int) -> bool:
    """Tell whether a name comes next, without what it was: "fears that the writer Ann Lee"."""
    after = next((i for i in range(place + 1, len(tokens.words)) if keep[i]), None)
    return after is not None and tokens.words[after][0].isupper()


def _can_follow(tokens: Tokens, keep: Sequence[bool], place: int) -> bool:
    """Tell whether the next word that stays can be what a preposition or article introduces."""
    after = next((tokens.lower[i] for i in range(place + 1, len(tokens.words)) if keep[i]), None)
    beyond = tokens.lower[place + 1 : place + 2]
    if after is None or (tokens.lower[place] in _PARTICLES and not _NO_OBJECTS.isdisjoint(beyond)):
        # The end has a rule of its own; "blew himself up after the raid, police said".
        return True
    if not DETERMINERS.isdisjoint(beyond) and keep[place + 2 : place + 3] == [True]:
        # "In their bid".
        return True
    if tokens.lower[place] in ("a", "an") and (tokens.lower[place] == "an") != (
        after[0] in "aeiou"
    ):
        return False
    return after[0] not in _MARKS and after not in _NO_PHRASE
