"""What no headline may do to its sentence: a checker of deletions.

Knows the tokens of a sentence and which of them stay: it must not know why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

from summarizer.headline.endings import can_end, is_closed
from summarizer.headline.lexicon import (
    APPROXIMATE,
    CERTAINTY,
    CLAIMS,
    CLAUSE_OPENERS,
    COORDINATORS,
    DAY_WORDS,
    DOUBTS,
    FINITE_AUXILIARIES,
    HOLDING,
    MONTHS,
    NEGATIONS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    VERBS,
    WEEKDAYS,
)
from summarizer.headline.segments import Part, Segment, is_speaker, split_segments
from summarizer.headline.tokens import Tokens
from summarizer.headline.verbs import strengths
from summarizer.headline.wholes import (
    is_name_joint,
    is_number,
    is_number_with_unit,
    runs_together,
)

_RELATIVES = frozenset({"who", "which", "whose", "whom", "that", "where", "when"})
_ARTICLES = frozenset({"a", "an", "the"})
_INTRODUCING = PREPOSITIONS | _ARTICLES
# No phrase after a preposition or article begins so.
_NO_PHRASE = (PREPOSITIONS | FINITE_AUXILIARIES | COORDINATORS | VERBS) - {"about", "over", "past"}
_CLOSING = frozenset('"”’)]')
_COMMAS = frozenset(",;:")
_MARKS = frozenset(",;:.!?-–—")
_OPENERS_OF_CLAUSES = (CLAUSE_OPENERS | SUBORDINATORS | {"so"}) - {"that"}
_APPOSITIONS = frozenset({(",", ","), ("(", ")"), ("-", "-"), ("–", "–"), ("—", "—")})
_SPARE = frozenset({"has", "have", "had", "also", "already", "now", "a", "an", "the"})
# An article and two adjectives may go after a comma.
_LONGEST_DESCRIPTION = 4
_PAIRS = frozenset({"both", "either", "neither"})
_TIMES = WEEKDAYS | MONTHS | DAY_WORDS
# Other tokens dangle only if the one before them has gone.
_HOOKS = _COMMAS | _PAIRS | {"that"} | _RELATIVES | _INTRODUCING
_UNSURE = HOLDING | DOUBTS | CERTAINTY | APPROXIMATE
LONGEST_AUDIENCE = 6
"""With so many tokens from its verb on, "he told the BBC" says who said what stands before it."""


class Rule(StrEnum):
    """A rule that a deletion breaks."""

    ENDING = "ending"
    ENCLOSURE = "enclosure"
    DANGLING = "dangling"
    NEGATION = "negation"
    CERTAINTY = "certainty"
    ATTRIBUTION = "attribution"
    NUMBER = "number"
    NAME = "name"


def broken_rules(
    tokens: Tokens, keep: Sequence[bool], segments: Sequence[Segment] | None = None
) -> set[Rule]:
    """Return the rules that a headline breaks.

    Args:
        tokens: the sentence.
        keep: for each token whether it stays.
        segments: the sentence's segments, if they are known already.
    """
    if all(keep):
        return set()
    lower = tokens.lower
    dropped = [place for place, flag in enumerate(keep) if not flag]
    kept = [place for place, flag in enumerate(keep) if flag]
    edges = [place for place, (flag, after) in enumerate(pairwise(keep)) if flag != after]
    hooks = [place for place in kept if lower[place] in _HOOKS or not keep[place - 1]]
    unsure = [place for place in dropped if lower[place] in _UNSURE]
    found = {
        Rule.ENDING: not kept or not _ends_well(tokens, keep, kept[-1]),
        Rule.ENCLOSURE: any(tokens.is_held[place + 1] for place in edges),
        Rule.DANGLING: any(_dangles(tokens, keep, place) for place in hooks),
        Rule.NEGATION: any(is_negation(tokens, place) for place in dropped)
        or any(is_negation(tokens, place) and keep[place] for place in edges),
        Rule.CERTAINTY: any(_asserts(tokens, keep, place) for place in unsure),
        Rule.ATTRIBUTION: any(
            not any(keep[first:end]) and _leaves_claim(tokens, keep, first, end)
            for first, end in speakers(tokens, segments)
        ),
        Rule.NUMBER: any(is_number_with_unit(tokens, place) for place in edges),
        Rule.NAME: any(is_name_joint(tokens, place) for place in edges)
        or any(runs_together(tokens, *gap) for gap in pairwise(kept) if gap[1] > gap[0] + 1),
    }
    return {rule for rule, is_broken in found.items() if is_broken}


def is_negation(tokens: Tokens, place: int) -> bool:
    """Tell whether a token denies something."""
    return tokens.lower[place] in NEGATIONS or tokens.lower[place].endswith("n't")


def is_certainty(tokens: Tokens, place: int) -> bool:
    """Tell whether a token says how sure, or how exact, what follows is."""
    if tokens.lower[place] in CERTAINTY:
        return tokens.words[place] != "May"
    after = tokens.lower[place + 1] if place + 1 < len(tokens) else ""
    return tokens.lower[place] in APPROXIMATE and (is_number(after) or after == "all")


def _asserts(tokens: Tokens, keep: Sequence[bool], place: int) -> bool:
    """Tell whether a token goes that made what stays less than certain."""
    if tokens.lower[place] in HOLDING or tokens.lower[place] in DOUBTS:
        return True
    return is_certainty(tokens, place) and any(keep[place + 1 : place + 3])


def _ends_well(tokens: Tokens, keep: Sequence[bool], last: int) -> bool:
    is_phrase_end = last + 1 == len(tokens) or tokens.words[last + 1] in _COMMAS
    # "Police said" after a comma has said what there was to say.
    is_speaker_end = tokens.lower[last] in CLAIMS and any(
        keep[place] and tokens.words[place] == "," for place in range(max(0, last - 8), last)
    )
    if tokens.words[last] in _CLOSING and last and not is_closed(tokens, last - 1):
        return False
    return is_closed(tokens, last) if is_phrase_end or is_speaker_end else can_end(tokens, last)


def _dangles(tokens: Tokens, keep: Sequence[bool], place: int) -> bool:
    """Tell whether what a comma, relative pronoun, preposition or article introduces has gone."""
    word = tokens.lower[place]
    after = place + 1
    if after < len(tokens) and tokens.lower[after] in _ARTICLES and not keep[after]:
        # What follows an article is a noun.
        after += 1
    is_next_kept = after < len(tokens) and keep[after]
    if word in _COMMAS:
        return not (any(keep[:place]) and _goes_on(tokens, keep, place))
    if place > 0 and not keep[place - 1] and _leans_back(tokens, keep, place):
        return True
    if word in _PAIRS and _is_half(tokens, keep, place):
        return True
    if word == "that" and _has_no_end(tokens, keep, place):
        return True
    if is_next_kept:
        return False
    if word in _RELATIVES:
        return True
    return word in _INTRODUCING and not _can_follow(tokens, keep, place)


def _goes_on(tokens: Tokens, keep: Sequence[bool], comma: int) -> bool:
    """Tell whether what stays after a comma belongs after one: its next words, or a speaker."""
    after = next((place for place in range(comma + 1, len(tokens)) if keep[place]), None)
    if after is None:
        return False
    is_near = after <= comma + _LONGEST_DESCRIPTION
    if is_near and not any(is_comma(tokens, place) for place in range(comma + 1, after)):
        return True
    end = next((place for place in range(after, len(tokens)) if is_comma(tokens, place)), None)
    rest = Segment(after, len(tokens) if end is None else end, Part.OTHER, None)
    return is_comma(tokens, after - 1) and is_speaker(tokens, rest)


def _leans_back(tokens: Tokens, keep: Sequence[bool], place: int) -> bool:
    """Tell whether a token belongs to one before it that has gone."""
    word = tokens.lower[place]
    if word == "of" or (word in PREPOSITIONS and not any(keep[:place])):
        return True
    if word in ("and", "or"):
        return place + 1 < len(tokens) and tokens.words[place + 1][0].isupper()
    if tokens.lower[place - 1] in _OPENERS_OF_CLAUSES and word in SUBJECT_PRONOUNS:
        return True
    before = next((i for i in range(place - 1, -1, -1) if keep[i]), None)
    if before is None:
        return False
    if tokens.lower[before] in CLAIMS and (word in PREPOSITIONS or word == "to"):
        return tokens.lower[before + 1] not in _TIMES | {"on", "in", "at"}
    # Between a speaker and "said" no more may go than what belongs to the speaker, an adverb, a
    # time or an auxiliary.
    last = place - 1
    while last > before and _is_spare(tokens.lower[last]):
        last -= 1
    if word not in CLAIMS or last == before or tokens.lower[before + 1] in PREPOSITIONS:
        return False
    return (tokens.words[before + 1], tokens.words[last]) not in _APPOSITIONS


def _is_spare(word: str) -> bool:
    return word in _SPARE or word in _TIMES or word.endswith("ly")


def _has_no_end(tokens: Tokens, keep: Sequence[bool], place: int) -> bool:
    """Tell whether "that when it rains, we stay" has lost what comes after its comma."""
    after = tokens.lower[place + 1 : place + 2]
    if not after or after[0] not in _OPENERS_OF_CLAUSES | {"if"}:
        return False
    commas = (i for i in range(place, len(tokens)) if tokens.words[i] == ",")
    return not any(keep[next(commas, len(tokens)) :])


def _leaves_claim(tokens: Tokens, keep: Sequence[bool], first: int, end: int) -> bool:
    """Tell whether something that a speaker who has gone may have said is still there.

    A verb in the middle of a clause says what comes after it: where nothing of that is left,
    nothing is claimed any more. A speaker of its own ("police said") says what stands before it.
    """
    if end > first + 1 or tokens.lower[first] == "according":
        return True
    marks = [place for place in range(len(tokens)) if is_comma(tokens, place)]
    start = max((place + 1 for place in marks if place < first), default=0)
    stop = min((place for place in marks if place > first), default=len(tokens))
    is_short = stop < end + LONGEST_AUDIENCE and tokens.lower[start] not in _RELATIVES
    if tokens.lower[start] in COORDINATORS | SUBORDINATORS:
        # A clause of its own: "but shelling was reported".
        return any(keep[end:stop])
    if start and (is_short or is_speaker(tokens, Segment(start, stop, Part.OTHER, None))):
        return True
    return any(keep[end:stop])


def is_comma(tokens: Tokens, place: int) -> bool:
    """Tell whether a token is a comma, colon or semicolon outside quotations and brackets."""
    return tokens.words[place] in _COMMAS and not tokens.is_held[place]


def _is_half(tokens: Tokens, keep: Sequence[bool], place: int) -> bool:
    """Tell whether "both" has lost its "and", or "either" its "or"."""
    joints = (i for i in range(place + 1, len(tokens)) if tokens.lower[i] in ("and", "or", "nor"))
    joint = next(joints, None)
    return joint is not None and not keep[joint]


def _can_follow(tokens: Tokens, keep: Sequence[bool], place: int) -> bool:
    """Tell whether the next word that stays can be what a preposition or article introduces."""
    after = next((tokens.lower[i] for i in range(place + 1, len(tokens)) if keep[i]), None)
    if after is None:
        # The end has a rule of its own.
        return True
    if tokens.lower[place] in ("a", "an") and (tokens.lower[place] == "an") != (
        after[0] in "aeiou"
    ):
        return False
    return after[0] not in _MARKS and after not in _NO_PHRASE


def speakers(
    tokens: Tokens, segments: Sequence[Segment] | None = None
) -> Iterator[tuple[int, int]]:
    """Give the stretches that say whose words the others are: "police said"."""
    if segments is None:
        segments = split_segments(tokens, strengths(tokens))
    for segment in segments:
        if segment.part is Part.SPEAKER:
            yield segment.first, segment.end
    for place, word in enumerate(tokens.lower):
        if word in CLAIMS and place and not tokens.is_held[place]:
            yield place, place + 1
