"""What one English sentence can be without.

Knows segments and what a reader loses: it must not know how long the headline may be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from summarizer.headline.ballast import find_ballast
from summarizer.headline.cuts import Cut, find_cuts
from summarizer.headline.deletions import (
    Deletion,
    find_asides,
    find_description,
    find_places,
    find_restriction,
    find_title,
    holds_negation,
)
from summarizer.headline.segments import Part, Segment, split_segments
from summarizer.headline.tokens import Tokens

# No news sentence has more; others would take quadratic time.
MAX_SEGMENTS = 24
MAX_OPTIONS = 40

# What a reader loses with a whole segment; segments of other parts stay.
_COSTS: Mapping[Part, float] = MappingProxyType(
    {
        Part.LEADING: 0.3,
        Part.RELATIVE: -0.3,
        Part.PARTICIPLE: 0.3,
        Part.APPOSITION: -0.2,
        Part.PHRASE: 0.5,
        Part.SUBORDINATE: 0.7,
        Part.ASIDE: -0.5,
        Part.COORDINATE: 2.0,
    }
)
_AFTERTHOUGHT_COST = 1.0
_OPENING_COST = 0.5
_AFTERTHOUGHT_MARKS = frozenset({";", ":", "-", "–", "—", "--"})


class Option(NamedTuple):
    """A deletion, or a whole segment by its place."""

    cost: float
    place: int
    deletion: Deletion | None


@dataclass(frozen=True, slots=True)
class Clause:
    """An English sentence in segments.

    Attributes:
        tokens: its words and marks.
        segments: its stretches between commas.
        main: the place of the segment with the main verb.
        costs: for each segment that can go, by its place, what is lost with it.
        cuts: where the main segment may end early.
        options: all that can be left out of the middle, the cheapest first.
    """

    tokens: Tokens
    segments: Sequence[Segment]
    main: int
    costs: Mapping[int, float]
    cuts: Sequence[Cut]
    options: Sequence[Option]


def make_clause(tokens: Tokens) -> Clause | None:
    """Find the segments of a sentence; None where it has too many to be prose."""
    segments = split_segments(tokens)
    if len(segments) > MAX_SEGMENTS:
        return None
    mains = [place for place, segment in enumerate(segments) if segment.part is Part.MAIN]
    if not mains:
        # Nothing can be left out where nothing is understood.
        return Clause(tokens, [Segment(0, len(tokens), Part.OTHER, None)], 0, {}, (), ())
    main = mains[-1]
    costs = {
        place: cost
        for place in range(len(segments))
        if (cost := _segment_cost(tokens, segments, place, main)) is not None
    }
    verb, end = segments[main].verb, segments[main].end
    cuts = list(find_cuts(tokens, verb, end, anywhere=False)) if verb is not None else []
    options = [Option(cost, place, None) for place, cost in costs.items()]
    for place, segment in enumerate(segments):
        options += _segment_options(tokens, segment, place, cuts, is_main=place == main)
    options += _find_opening(tokens, segments)
    options.sort(key=lambda option: option[:2])
    return Clause(tokens, segments, main, costs, cuts, options[:MAX_OPTIONS])


def _find_opening(tokens: Tokens, segments: Sequence[Segment]) -> Iterator[Option]:
    """Give the description that a subject opens with, if its name follows between commas."""
    if len(segments) > 2 and segments[0].part is segments[2].part is Part.MAIN:
        first, end = segments[1].first, segments[1].end
        is_name = all(tokens.words[place][0].isupper() for place in range(first, end))
        if segments[1].part is Part.APPOSITION and is_name and tokens.words[end] == ",":
            yield Option(_OPENING_COST, 0, Deletion(0, first, _OPENING_COST))


def _segment_options(
    tokens: Tokens, segment: Segment, place: int, cuts: Sequence[Cut], *, is_main: bool
) -> Iterator[Option]:
    is_clause = is_main or segment.part is Part.SPEAKER
    deletions = [*find_asides(tokens, segment.first, segment.end)]
    deletions += find_ballast(
        tokens, segment.first, segment.end, segment.verb if is_clause else None
    )
    deletions += find_description(tokens, segment.first, segment.end)
    if segment.part is Part.MAIN:
        deletions += find_places(tokens, segment.first, segment.end, segment.verb)
        deletions += find_title(tokens, segment.first, segment.end)
    if is_main and segment.verb is not None:
        deletions += find_restriction(tokens, segment.first, segment.verb)
        if segment.end < len(tokens):
            # What a speaker or clause after the comma leaves room for.
            deletions += (
                Deletion(cut.place, segment.end, cut.cost)
                for cut in cuts
                if not any(tokens.is_held[cut.place : segment.end])
            )
    for deletion in deletions:
        if not holds_negation(tokens, deletion.first, deletion.end):
            yield Option(deletion.cost, place, deletion)


def _segment_cost(
    tokens: Tokens, segments: Sequence[Segment], place: int, main: int
) -> float | None:
    segment = segments[place]
    cost = _COSTS.get(segment.part)
    if segment.part is Part.LEADING and segment.end - segment.first <= 2:
        cost = _COSTS[Part.ASIDE]
    if segment.part is Part.COORDINATE and (segment.verb is None or place < main):
        return None
    if place > main and segment.part is not Part.SPEAKER:
        if tokens.words[segment.first - 1] in _AFTERTHOUGHT_MARKS:
            cost = _AFTERTHOUGHT_COST
    return None if holds_negation(tokens, segment.first, segment.end) else cost
