"""Which deletions bring one English sentence down to a length, and leave most of what matters.

Knows clauses, ratings and lengths: it must not know other sentences.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from summarizer.headline.clauses import Clause, Option
from summarizer.headline.cuts import CLAUSE_COST, Cut, find_cuts
from summarizer.headline.deletions import holds_negation
from summarizer.headline.endings import can_end, is_closed
from summarizer.headline.grammar import breaks_rules
from summarizer.headline.segments import Part, Segment
from summarizer.headline.tokens import Tokens

_LIST_COST = 0.5
_INTRODUCING = frozenset(
    "said says say told added adds warned warns claimed insisted insists announced confirmed "
    "argued believes thinks thought knew knows wrote".split()
)
# With fewer words a headline says too little to lose ballast.
_MIN_WORDS = 4
# What one unit of cost weighs against words taken.
_PRICE = 0.04
_PAR = 0.14


class Tail(NamedTuple):
    """A way to end: the last segment that stays, the token after its last, and the cost."""

    place: int
    end: int
    cost: float


class Fit(NamedTuple):
    """Stretches of tokens that make a headline, and what the reader loses."""

    runs: tuple[tuple[int, int], ...]
    cost: float
    worth: float
    chars: int


class Weighed(NamedTuple):
    """An option, what is lost with it (below 0 it is better left out), and its length."""

    loss: float
    chars: int
    option: Option


class _Scale:
    """What stretches of a sentence are worth.

    A word adds to the likeness to an editor's headline if it is likelier in it than `_PAR`, about
    half the F1 that headlines reach (Lewis, "Evaluating and optimizing autonomous text
    classification systems", SIGIR 1995).
    """

    def __init__(self, tokens: Tokens, ratings: Sequence[float] | None) -> None:
        self.price = 1.0 if ratings is None else _PRICE
        values = [0.0] * len(tokens)
        if ratings is not None:
            values = [
                rating - _PAR if word[0].isalnum() or word[-1].isalnum() else 0.0
                for rating, word in zip(ratings, tokens.words, strict=True)
            ]
        self._sums = list(accumulate(values, initial=0.0))
        self._most = list(accumulate((max(0.0, value) for value in values), initial=0.0))

    def total(self, first: int, end: int) -> float:
        """Return what a stretch is worth."""
        return self._sums[end] - self._sums[first]

    def most(self, first: int, end: int) -> float:
        """Return what the best of a stretch is worth."""
        return self._most[end] - self._most[first]


def fit_clause(
    clause: Clause,
    *,
    max_chars: int,
    ratings: Sequence[float] | None = None,
    is_complete: bool = True,
) -> Fit | None:
    """Return the deletions that leave most of what an editor would take.

    Args:
        clause: the sentence.
        max_chars: at most so many code points.
        ratings: for each token how likely an editor takes it; without them as little is deleted
            as the length allows.
        is_complete: whether the headline has to be a whole clause.

    Returns:
        None where no way was found.
    """
    scale = _Scale(clause.tokens, ratings)
    options = [_weigh(clause, option, scale) for option in clause.options]
    best: Fit | None = None
    for bound, tail in sorted(
        (
            (scale.most(clause.segments[0].first, tail.end) - scale.price * tail.cost, tail)
            for tail in _tails(clause, is_complete=is_complete)
        ),
        reverse=True,
    ):
        if best is not None and bound < best.worth:
            break
        fit = _fit_tail(clause, tail, options, max_chars=max_chars, scale=scale)
        # Of two that are worth the same the one that says more.
        if fit is None or (best and (fit.worth, fit.chars) <= (best.worth, best.chars)):
            continue
        if not is_complete or not breaks_rules(clause.tokens, fit.runs, clause.segments):
            best = fit
    return best


def _weigh(clause: Clause, option: Option, scale: _Scale) -> Weighed:
    first, end = (
        (option.deletion.first, option.deletion.end)
        if option.deletion
        else (clause.segments[option.place].first, clause.segments[option.place].end)
    )
    tokens = clause.tokens
    loss = scale.total(first, end) + scale.price * option.cost
    return Weighed(loss, tokens.ends[end - 1] - tokens.starts[first] + 1, option)


def _tails(clause: Clause, *, is_complete: bool) -> Iterator[Tail]:
    """Give the ways to end the sentence, the later ones first."""
    tokens, segments = clause.tokens, clause.segments
    dropped = listed = 0.0
    for place in range(len(segments) - 1, clause.main - 1, -1):
        segment = segments[place]
        if not listed:
            yield Tail(place, segment.end, dropped)
        is_known = place == clause.main and is_complete
        cuts = clause.cuts if is_known else _segment_cuts(tokens, segment, is_complete=is_complete)
        for cut in cuts:
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


def _fit_tail(
    clause: Clause, tail: Tail, options: Sequence[Weighed], *, max_chars: int, scale: _Scale
) -> Fit | None:
    """Leave out what is better left out, then what costs least, until the rest fits."""
    tokens = clause.tokens
    options = [weighed for weighed in options if _is_before(weighed.option, tail)]
    length = tokens.ends[tail.end - 1] - tokens.starts[clause.segments[0].first]
    if length - sum(weighed.chars for weighed in options) > max_chars:
        return None
    if not _ends_well(clause, tail, tail.end - 1):
        return None
    runs = _runs(clause, tail, ())
    chosen: list[Option] = []
    cost = tail.cost
    for loss, _, option in sorted(options, key=_loss_of_char):
        if loss >= 0 and runs is not None and _chars(tokens, runs) <= max_chars:
            break
        shorter = _runs(clause, tail, (*chosen, option))
        if shorter is not None and sum(end - first for first, end in shorter) >= _MIN_WORDS:
            runs = shorter
            chosen.append(option)
            cost += max(0.0, option.cost)
    if runs is None or (chars := _chars(tokens, runs)) > max_chars:
        return None
    if not _ends_well(clause, tail, runs[-1][1] - 1):
        return None
    worth = sum(scale.total(*run) for run in runs) - scale.price * cost
    return Fit(tuple(runs), cost, worth, chars)


def _ends_well(clause: Clause, tail: Tail, last: int) -> bool:
    tokens = clause.tokens
    if tail.place == clause.main and tokens.lower[last] in _INTRODUCING:
        # What they said has gone.
        return False
    # Before a comma or the full stop nothing is left to come.
    is_segment_end = tail.end == clause.segments[tail.place].end
    return is_closed(tokens, last) if is_segment_end else can_end(tokens, last)


def _loss_of_char(weighed: Weighed) -> tuple[bool, float, int]:
    """Order what is better left out before the rest, which goes by what each character costs."""
    is_loss = weighed.loss >= 0
    rate = weighed.loss / weighed.chars if is_loss else weighed.loss
    return is_loss, rate, weighed.option.place


def _is_before(option: Option, tail: Tail) -> bool:
    if option.place < tail.place:
        return True
    deletion = option.deletion
    return option.place == tail.place and deletion is not None and deletion.end <= tail.end


def _runs(clause: Clause, tail: Tail, chosen: Collection[Option]) -> list[tuple[int, int]] | None:
    """Return the stretches that stay; None where a comma would lose what it belongs to."""
    dropped = {option.place for option in chosen if option.deletion is None}
    deletions = sorted(option.deletion for option in chosen if option.deletion)
    ends = {deletion.end for deletion in deletions}
    runs: list[tuple[int, int]] = []
    previous = -1
    for place in range(tail.place + 1):
        if place in dropped:
            continue
        segment = clause.segments[place]
        end = tail.end if place == tail.place else segment.end
        if runs:
            is_first = runs[0][0] == clause.segments[previous].first
            mark = _mark(clause, previous, place, is_first=is_first)
            if mark is None:
                return None
            is_cut = runs[-1][1] < clause.segments[previous].end
            if is_cut and not (mark in ends and segment.part is Part.SPEAKER):
                return None
            _extend(runs, mark, mark + 1 if mark < segment.first else mark)
        start = segment.first
        for deletion in deletions:
            if start <= deletion.first < end:
                _extend(runs, start, deletion.first)
                start = deletion.end
        _extend(runs, start, end)
        previous = place
    return runs


def _mark(clause: Clause, previous: int, place: int, *, is_first: bool) -> int | None:
    """Return the comma between two segments that stay.

    Where there is to be none it is the place of the later segment itself; None where the later
    cannot follow the earlier.
    """
    segment, before = clause.segments[place], clause.segments[previous]
    if is_first and previous and segment.part is Part.MAIN:
        # The name that stands for a description needs no comma.
        return segment.first
    if place == previous + 1:
        return before.end
    if segment.part is Part.MAIN and before.part in (Part.MAIN, Part.LEADING):
        return segment.first
    # What follows a dropped segment may depend on it, unless it says who is speaking.
    is_free = segment.part in (Part.SPEAKER, Part.MAIN)
    is_comma = clause.tokens.words[segment.first - 1] == ","
    return segment.first - 1 if is_free and is_comma else None


def _extend(runs: list[tuple[int, int]], first: int, end: int) -> None:
    if first >= end:
        return
    if runs and runs[-1][1] == first:
        first = runs.pop()[0]
    runs.append((first, end))


def _chars(tokens: Tokens, runs: Sequence[tuple[int, int]]) -> int:
    lengths = [tokens.ends[end - 1] - tokens.starts[first] for first, end in runs]
    return sum(lengths) + len(lengths) - 1
