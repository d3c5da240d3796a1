"""Which deletions bring one English sentence down to a length, and leave most of what matters.

Knows tokens, deletions and what words are worth: it must not know other sentences or grammar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from summarizer.headline.tokens import Tokens

_STATES = 8
"""So many ways to come to a token are followed up."""

# What stands before a token: nothing that stays, without a gap, with one, or with one that leads up
# to the subject; a token that stays; a gap of small words only; another gap.
_START, _START_GAP, _LEAD, _KEPT, _BALLAST, _GAP = range(6)
# What stands there after another gap, by what stood there before; none where two would meet.
_AFTER_BALLAST = (_START, _START_GAP, _LEAD, _BALLAST, _BALLAST, _GAP)
_COMMAS = frozenset({",", ";", ":", "-", "–", "—"})
_AFTER_GAP = (_START_GAP, None, None, _GAP, _GAP, None)
_AFTER_LEAD = (_LEAD, None, None, None, None, None)
# What describes a name may go after what leads up to it.
_AFTER_DESCRIPTION = (_START_GAP, None, _START_GAP, _GAP, _GAP, None)


class Deletion(NamedTuple):
    """Tokens first to end, what is lost without them, and whether they are only small words."""

    first: int
    end: int
    cost: int
    is_ballast: bool


Runs = tuple[tuple[int, int], ...]
# What the way to a token is worth, below 0 (so that the best sorts first); its length; what it
# ends with; and the gaps: those before, the first and end of the last.
_Made = tuple[()] | tuple["_Made", int, int]
_State = tuple[int, int, int, _Made]
# Where a deletion ends, its cost, what ways to there end with, and these ways.
_Gap = tuple[int, int, Sequence[int | None], list[_State]]


def fit_deletions(
    tokens: Tokens, values: Sequence[int], deletions: Sequence[Deletion], *, max_chars: int
) -> Iterator[Runs]:
    """Return the best ways to shorten a sentence: the stretches that stay.

    Dynamic programming from left to right over what is worth most at each length, with a beam.
    Two deletions that are not ballast have a word between them, but for what leads up to a subject
    and what describes this.

    Args:
        tokens: the sentence.
        values: what each token is worth to the headline, below 0 if it is better without.
        deletions: what may be left out.
        max_chars: at most so many code points.
    """
    count = len(tokens.words)
    starts, ends = tokens.starts, tokens.ends
    worth = [*accumulate(values, initial=0)]
    states: dict[int, list[_State]] = {0: [(0, 0, _START, ())], count: []}
    gaps_at: dict[int, list[_Gap]] = {}
    endings: Sequence[int | None]
    for first, end, cost, is_ballast in deletions:
        states.setdefault(first, [])
        endings = _AFTER_BALLAST if is_ballast else _endings(tokens, first, end)
        gap = end, cost, endings, states.setdefault(end, [])
        gaps_at.setdefault(first, []).append(gap)
    places = sorted(states)
    room = _room(tokens, places, gaps_at, max_chars=max_chars)
    # Between places where gaps begin or end, all ways to a place go on alike.
    for place, following in pairwise(places):
        if not states[place]:
            continue
        value = worth[following] - worth[place]
        width = ends[following - 1] - starts[place]
        joined = ends[following - 1] - ends[place - 1] if place else width
        may_begin = tokens.words[place] not in _COMMAS
        after, gaps = states[following], gaps_at.get(place, ())
        for loss, chars, mode, made in _best(states[place]):
            longer = chars + (joined if mode == _KEPT else width + (mode > _KEPT))
            if longer <= room[following] and (mode >= _KEPT or may_begin):
                after.append((loss - value, longer, _KEPT, made))
            for end, cost, endings, beyond in gaps:
                ending = endings[mode]
                if ending is not None and chars <= room[end]:
                    beyond.append((loss + cost, chars, ending, (made, place, end)))
    found = [state for state in states[count] if state[2] >= _KEPT]
    return (_runs(made, count) for _, _, _, made in _best(found))


def _endings(tokens: Tokens, first: int, end: int) -> Sequence[int | None]:
    """Return what stands after a gap: "asked why, the singer Ann Lee left" can lose two."""
    if first == 0 and tokens.words[end - 1] == ",":
        return _AFTER_LEAD
    is_before_name = end < len(tokens.words) and tokens.words[end][0].isupper()
    return _AFTER_DESCRIPTION if is_before_name else _AFTER_GAP


def _room(
    tokens: Tokens,
    places: Sequence[int],
    gaps_at: Mapping[int, Sequence[_Gap]],
    *,
    max_chars: int,
) -> dict[int, int]:
    """Return how long a way to each place may be at most, so that the rest can still fit."""
    starts, ends = tokens.starts, tokens.ends
    room = {places[-1]: max_chars}
    for place, following in reversed([*pairwise(places)]):
        kept = room[following] - (ends[following - 1] - starts[place])
        room[place] = max([kept, *[room[gap[0]] for gap in gaps_at.get(place, ())]])
    return room


def _best(states: list[_State]) -> list[_State]:
    """Return the states that none beats both in worth and in length, the best first.

    One after which no gap can be made beats only its like.
    """
    if len(states) == 1:
        return states
    states.sort()
    best: list[_State] = []
    least = least_after_gap = 1 << 30
    for state in states:
        chars = state[1]
        if chars >= least:
            continue
        if _AFTER_GAP[state[2]] is not None:
            least = chars
        elif chars >= least_after_gap:
            continue
        best.append(state)
        least_after_gap = min(least_after_gap, chars)
        if len(best) == _STATES:
            break
    return best


def _runs(made: _Made, count: int) -> Runs:
    """Return the stretches between the gaps, from left to right."""
    runs = []
    end = count
    while made:
        made, first, stop = made
        if stop < end:
            runs.append((stop, end))
        end = first
    if end:
        runs.append((0, end))
    return tuple(reversed(runs))
