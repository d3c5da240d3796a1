"""What no headline may do to its sentence: a checker of deletions.

Knows the tokens of a sentence and which of them stay: it must not know why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

from summarizer.headline.dangling import AHEAD, HOOKS, dangles
from summarizer.headline.endings import can_end, is_closed, lacks_object
from summarizer.headline.hedges import (
    CLAUSE_STARTS,
    HEDGES,
    asserts,
    is_in_name,
    verb_of_main,
)
from summarizer.headline.lexicon import (
    ARTICLES,
    CLAIMS,
    COORDINATORS,
    NEGATIONS,
    RELATIVES,
    SUBORDINATORS,
)
from summarizer.headline.remembering import Remembered
from summarizer.headline.segments import Part, Segment, is_comma, is_speaker, split_segments
from summarizer.headline.things_said import is_thing_said
from summarizer.headline.tokens import Tokens
from summarizer.headline.verbs import strengths
from summarizer.headline.wholes import (
    is_name_joint,
    is_number_with_unit,
    runs_together,
)

_CLOSING = frozenset('"”’)]')
_COMMAS = frozenset(",;:")
_RAISED = frozenset({"hopes", "fears", "claims", "reports"})
_LINKS = COORDINATORS | SUBORDINATORS
# What a word has to do with the rules, as bits.
_CALLS, _DENIES, _HEDGES, _CLAIMS = 1, 2, 4, 8
LONGEST_AUDIENCE = 6
"""With so many tokens from its verb on, "he told the BBC" says who said what stands before it."""


class GrammarRule(StrEnum):
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
) -> set[GrammarRule]:
    """Return the rules that a headline breaks.

    Args:
        tokens: the sentence.
        keep: for each token whether it stays.
        segments: the sentence's segments, if they are known already.
    """
    if all(keep):
        return set()
    if segments is None:
        segments = split_segments(tokens, strengths(tokens))
    edges = [place for place, (flag, after) in enumerate(pairwise(keep)) if flag != after]
    # Few words can break a rule wherever they stand; all others only at an edge.
    notes = [(place, note) for place, word in enumerate(tokens.lower) if (note := _NOTES[word])]
    return {
        *_broken_at_end(tokens, keep),
        *_broken_at_edges(tokens, keep, edges),
        *_broken_by_words(tokens, keep, notes, verb_of_main(segments)),
        *_broken_claims(tokens, keep, notes, segments),
    }


def _broken_at_end(tokens: Tokens, keep: Sequence[bool]) -> Iterator[GrammarRule]:
    if True not in keep:
        yield GrammarRule.ENDING
        return
    last = len(keep) - 1 - keep[::-1].index(True)
    if not _ends_well(tokens, keep, last):
        yield GrammarRule.ENDING
    if dangles(tokens, keep, last):
        yield GrammarRule.DANGLING


def _broken_at_edges(
    tokens: Tokens, keep: Sequence[bool], edges: Sequence[int]
) -> Iterator[GrammarRule]:
    """Give what is broken where a stretch that goes begins after a token, or ends with it."""
    for before, place in pairwise((0, *edges)):
        if tokens.is_held[place + 1]:
            yield GrammarRule.ENCLOSURE
        if is_number_with_unit(tokens, place):
            yield GrammarRule.NUMBER
        if is_name_joint(tokens, place):
            yield GrammarRule.NAME
        if keep[place] and _stops_short(tokens, keep, place):
            yield GrammarRule.ENDING
        yield from (_broken_before if keep[place] else _broken_after)(tokens, keep, before, place)


def _broken_before(
    tokens: Tokens, keep: Sequence[bool], _: int, place: int
) -> Iterator[GrammarRule]:
    """Give what is broken by the last token before a stretch that goes."""
    if tokens.lower[place] in AHEAD and dangles(tokens, keep, place):
        yield GrammarRule.DANGLING
    if is_negation(tokens, place) and not _is_article_alone(tokens, keep, place + 1):
        yield GrammarRule.NEGATION


def _stops_short(tokens: Tokens, keep: Sequence[bool], place: int) -> bool:
    """Tell whether a gap leaves a comma after a verb that calls for an object."""
    after = next((i for i in range(place + 1, len(keep)) if keep[i]), None)
    if after is None or tokens.words[after] != "," or tokens.is_held[after]:
        return False
    return lacks_object(tokens, place)


def _is_article_alone(tokens: Tokens, keep: Sequence[bool], place: int) -> bool:
    """Tell whether a stretch that goes is an article: "without a licence"."""
    return tokens.lower[place] in ARTICLES and keep[place + 1 : place + 2] == [True]


def _broken_after(
    tokens: Tokens, keep: Sequence[bool], before: int, place: int
) -> Iterator[GrammarRule]:
    """Give what is broken by the token after a stretch that goes, and by that before it."""
    if dangles(tokens, keep, place + 1):
        yield GrammarRule.DANGLING
    if keep[before] and runs_together(tokens, before, place + 1):
        yield GrammarRule.NAME


def _broken_by_words(
    tokens: Tokens, keep: Sequence[bool], notes: Sequence[tuple[int, int]], main: int
) -> Iterator[GrammarRule]:
    """Give what is broken by words that go though others stay, or stay though others go."""
    for place, note in notes:
        if keep[place]:
            if note & _CALLS and dangles(tokens, keep, place):
                yield GrammarRule.DANGLING
            continue
        if note & _DENIES and not is_in_name(tokens, place):
            yield GrammarRule.NEGATION
        if note & _HEDGES and asserts(tokens, keep, place, main):
            yield GrammarRule.CERTAINTY


def _broken_claims(
    tokens: Tokens,
    keep: Sequence[bool],
    notes: Sequence[tuple[int, int]],
    segments: Sequence[Segment],
) -> Iterator[GrammarRule]:
    """Give what is broken where those go who say whose words the others are: "police said"."""
    speakers = [(first, end) for first, end, part, _ in segments if part is Part.SPEAKER]
    speakers += [
        (place, place + 1)
        for place, note in notes
        if note & _CLAIMS and place and is_claim(tokens, place)
    ]
    for first, end in speakers:
        if not any(keep[first:end]) and _leaves_claim(tokens, keep, first, end):
            yield GrammarRule.ATTRIBUTION


def _note(word: str) -> int:
    return (
        _CALLS * (word in HOOKS)
        | _DENIES * _denies(word)
        | _HEDGES * (word in HEDGES)
        | _CLAIMS * (word in CLAIMS)
    )


def _denies(word: str) -> bool:
    return word in NEGATIONS or word.endswith("n't")


_NOTES = Remembered(_note)


def is_negation(tokens: Tokens, place: int) -> bool:
    """Tell whether a token denies something, and is no part of a name: "No 10"."""
    return _denies(tokens.lower[place]) and not is_in_name(tokens, place)


def is_claim(tokens: Tokens, place: int) -> bool:
    """Tell whether a word that may be a verb of saying is none of "raising hopes"."""
    is_raised = tokens.lower[place] in _RAISED and tokens.lower[place - 1].endswith("ing")
    return not (is_raised or tokens.is_held[place] or is_thing_said(tokens, place))


def is_inside_clause(tokens: Tokens, start: int, place: int) -> bool:
    """Tell whether a word opens a clause between a comma and a token: ", as they said"."""
    ahead = tokens.lower[start + 1 : place]
    return not CLAUSE_STARTS.isdisjoint(ahead)


def _ends_well(tokens: Tokens, keep: Sequence[bool], last: int) -> bool:
    is_phrase_end = last + 1 == len(tokens.words) or tokens.words[last + 1] in _COMMAS
    # "Police said" after a comma has said what there was to say.
    is_speaker_end = tokens.lower[last] in CLAIMS and any(
        keep[place] and tokens.words[place] == "," for place in range(max(0, last - 8), last)
    )
    if tokens.words[last] in _CLOSING and last and not is_closed(tokens, last - 1):
        return False
    return is_closed(tokens, last) if is_phrase_end or is_speaker_end else can_end(tokens, last)


def _leaves_claim(tokens: Tokens, keep: Sequence[bool], first: int, end: int) -> bool:
    """Tell whether something that a speaker who has gone may have said is still there.

    A verb in the middle of a clause says what comes after it: where nothing of that is left,
    nothing is claimed any more. A speaker of its own ("police said") says what stands before it.
    """
    if end > first + 1 or tokens.lower[first] == "according":
        return True
    start = next((i + 1 for i in range(first - 1, -1, -1) if is_comma(tokens, i)), 0)
    stop = next(
        (i for i in range(first + 1, len(tokens.words)) if is_comma(tokens, i)), len(tokens.words)
    )
    if tokens.lower[first - 1] == "to":
        # "As it tries to show progress" claims nothing.
        return any(keep[end:stop])
    is_short = stop < end + LONGEST_AUDIENCE and tokens.lower[start] not in RELATIVES
    if tokens.lower[start] in _LINKS or is_inside_clause(tokens, start, first):
        # A clause of its own: "but shelling was reported", "asking why they said so".
        return any(keep[end:stop])
    if start and (is_short or is_speaker(tokens, Segment(start, stop, Part.OTHER, None))):
        return True
    return any(keep[end:stop])
