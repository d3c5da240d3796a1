"""Which deletions bring one English sentence down to a length, at the least cost.

Knows segments, costs and lengths: it must not know other sentences.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from summarizer.headline.cuts import CLAUSE_COST, Cut, find_cuts
from summarizer.headline.deletions import (
    Deletion,
    find_asides,
    find_places,
    find_restriction,
    find_title,
    holds_negation,
)
from summarizer.headline.endings import can_end, is_closed
from summarizer.headline.segments import Part, Segment, split_segments
from summarizer.headline.tokens import Tokens

# No news sentence has more; others would take quadratic time.
MAX_SEGMENTS = 24
MAX_OPTIONS = 24

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
_LIST_COST = 0.5
_AFTERTHOUGHT_COST = 1.0
_NEGATION_COST = 4.0
_AFTERTHOUGHT_MARKS = frozenset({";", ":", "-", "–", "—", "--"})
# With fewer words a headline says too little to lose ballast.
_MIN_WORDS = 5


class Tail(NamedTuple):
    """A way to end: the last segment that stays, the token after its last, and the cost."""

    place: int
    end: int
    cost: float


class Option(NamedTuple):
    """A deletion, or a whole segment by its place."""

    cost: float
    place: int
    deletion: Deletion | None


class Fit(NamedTuple):
    """Stretches of tokens that make a headline, and what the reader loses."""

    runs: tuple[tuple[int, int], ...]
    cost: float


@dataclass(frozen=True, slots=True)
class Clause:
    """An English sentence in segments.

    Attributes:
        tokens: its words and marks.
        segments: its stretches between commas.
        main: the place of the segment with the main verb.
        costs: for each segment that can go, by its place, what is lost with it.
        options: all that can be left out of the middle, the cheapest first.
    """

    tokens: Tokens
    segments: Sequence[Segment]
    main: int
    costs: Mapping[int, float]
    options: Sequence[Option]


def make_clause(tokens: Tokens) -> Clause | None:
    """Find the segments of a sentence; None where it has too many to be prose."""
    segments = split_segments(tokens)
    if len(segments) > MAX_SEGMENTS:
        return None
    mains = [place for place, segment in enumerate(segments) if segment.part is Part.MAIN]
    if not mains:
        # Nothing can be left out where nothing is understood.
        return Clause(tokens, [Segment(0, len(tokens), Part.OTHER, None)], 0, {}, ())
    main = mains[-1]
    costs = {
        place: cost
        for place in range(len(segments))
        if (cost := _segment_cost(tokens, segments, place, main)) is not None
    }
    options = [Option(cost, place, None) for place, cost in costs.items()]
    for place, segment in enumerate(segments):
        options += _segment_options(tokens, segment, place, is_main=place == main)
    options.sort(key=lambda option: option[:2])
    return Clause(tokens, segments, main, costs, options[:MAX_OPTIONS])


def _segment_options(
    tokens: Tokens, segment: Segment, place: int, *, is_main: bool
) -> Iterator[Option]:
    deletions = [*find_asides(tokens, segment.first, segment.end)]
    if segment.part is Part.MAIN:
        deletions += find_places(tokens, segment.first, segment.end)
        deletions += find_title(tokens, segment.first, segment.end)
    if is_main and segment.verb is not None:
        deletions += find_restriction(tokens, segment.first, segment.verb)
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


def fit_clause(clause: Clause, *, max_chars: int, is_complete: bool = True) -> Fit | None:
    """Return the cheapest deletions that bring a sentence down to a length.

    Args:
        clause: the sentence.
        max_chars: at most so many code points.
        is_complete: whether the headline has to be a whole clause.

    Returns:
        None where no way was found.
    """
    best: Fit | None = None
    chars = 0
    for tail in sorted(_tails(clause, is_complete=is_complete), key=lambda tail: tail.cost):
        if best is not None and tail.cost > best.cost:
            break
        fit = _fit_tail(clause, tail, max_chars=max_chars)
        # Of two that cost the same the one that says more.
        if fit is not None and (
            best is None or (fit.cost, -_chars(clause.tokens, fit.runs)) < (best.cost, -chars)
        ):
            best, chars = fit, _chars(clause.tokens, fit.runs)
    return best


def _tails(clause: Clause, *, is_complete: bool) -> Iterator[Tail]:
    """Give the ways to end the sentence, the later ones first."""
    tokens, segments = clause.tokens, clause.segments
    dropped = listed = 0.0
    for place in range(len(segments) - 1, clause.main - 1, -1):
        segment = segments[place]
        if not listed:
            yield Tail(place, segment.end, dropped)
        for cut in _segment_cuts(tokens, segment, is_complete=is_complete):
            if not holds_negation(tokens, cut.place, segment.end):
                yield Tail(place, cut.place, dropped + listed + cut.cost)
        if place in clause.costs:
            dropped += max(0.0, clause.costs[place])
        elif _is_list_item(tokens, segment):
            # The rest of a list can go only with its first item.
            listed += _LIST_COST
        else:
            return


def _segment_cuts(tokens: Tokens, segment: Segment, *, is_complete: bool) -> Iterator[Cut]:
    verb, end = segment.verb, segment.end
    if segment.part is Part.SPEAKER and tokens.lower[segment.first] == "according":
        verb = segment.first + 1
    if segment.part is Part.OTHER:
        # The rest of a list, perhaps with a clause after it.
        cuts = find_cuts(tokens, segment.first, end, anywhere=False)
        yield from (cut for cut in cuts if cut.cost <= CLAUSE_COST)
    elif verb is not None and segment.part in (Part.MAIN, Part.SPEAKER):
        yield from find_cuts(tokens, verb, end, anywhere=not is_complete)


def _is_list_item(tokens: Tokens, segment: Segment) -> bool:
    is_phrase = segment.part is Part.OTHER and segment.verb is None
    return is_phrase and not holds_negation(tokens, segment.first, segment.end)


def _fit_tail(clause: Clause, tail: Tail, *, max_chars: int) -> Fit | None:
    """Leave out ballast, then what costs least, until the rest fits."""
    tokens = clause.tokens
    runs = _runs(clause, tail, ())
    chosen: list[Option] = []
    cost = tail.cost
    for option in clause.options:
        if option.cost >= 0 and runs is not None and _chars(tokens, runs) <= max_chars:
            break
        if not _is_before(option, tail):
            continue
        shorter = _runs(clause, tail, (*chosen, option))
        if shorter is not None and sum(end - first for first, end in shorter) >= _MIN_WORDS:
            runs = shorter
            chosen.append(option)
            cost += max(0.0, option.cost)
    if runs is None or _chars(tokens, runs) > max_chars:
        return None
    end = runs[-1][1]
    # Before a comma or the full stop nothing is left to come.
    is_segment_end = tail.end == clause.segments[tail.place].end
    is_good_end = is_closed(tokens, end - 1) if is_segment_end else can_end(tokens, end - 1)
    return Fit(tuple(runs), cost) if is_good_end else None


def _is_before(option: Option, tail: Tail) -> bool:
    if option.place < tail.place:
        return True
    deletion = option.deletion
    return option.place == tail.place and deletion is not None and deletion.end <= tail.end


def _runs(clause: Clause, tail: Tail, chosen: Collection[Option]) -> list[tuple[int, int]] | None:
    """Return the stretches that stay; None where a comma would lose what it belongs to."""
    dropped = {option.place for option in chosen if option.deletion is None}
    deletions = sorted(option.deletion for option in chosen if option.deletion)
    runs: list[tuple[int, int]] = []
    previous = -1
    for place in range(tail.place + 1):
        if place in dropped:
            continue
        segment = clause.segments[place]
        end = tail.end if place == tail.place else segment.end
        if runs:
            if not _join(clause, runs, previous, place):
                return None
        start = segment.first
        for deletion in deletions:
            if start <= deletion.first < end:
                _extend(runs, start, deletion.first)
                start = deletion.end
        _extend(runs, start, end)
        previous = place
    return runs


def _join(clause: Clause, runs: list[tuple[int, int]], previous: int, place: int) -> bool:
    """Set the comma between two segments that stay; tell whether that was possible."""
    mark = clause.segments[previous].end
    part = clause.segments[place].part
    if place > previous + 1:
        if part is Part.MAIN and clause.segments[previous].part in (Part.MAIN, Part.LEADING):
            return True
        part = Part.SPEAKER if part is Part.MAIN else part
        # What follows a dropped segment may depend on it, unless it says who is speaking.
        if part is not Part.SPEAKER or clause.tokens.words[mark] != ",":
            return False
    if runs[-1][1] != mark:
        return False
    _extend(runs, mark, mark + 1)
    return True


def _extend(runs: list[tuple[int, int]], first: int, end: int) -> None:
    if first >= end:
        return
    if runs and runs[-1][1] == first:
        first = runs.pop()[0]
    runs.append((first, end))


def _chars(tokens: Tokens, runs: Sequence[tuple[int, int]]) -> int:
    lengths = [tokens.ends[end - 1] - tokens.starts[first] for first, end in runs]
    return sum(lengths) + len(lengths) - 1
