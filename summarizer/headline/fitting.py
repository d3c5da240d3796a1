"""Which deletions bring one English sentence down to a length, and leave most of what matters.

Knows tokens, deletions and what words are worth: it must not know other sentences or grammar.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from summarizer.headline.tokens import Tokens

_STATES = 8
"""So many ways to come to a token are followed up."""

# What stands before a token: nothing that stays, with or without a gap; a token that stays; a gap
# of small words only; another gap.
_START, _START_GAP, _KEPT, _BALLAST, _GAP = range(5)
# What stands there after another gap, by what stood there before; none where two would meet.
_AFTER_BALLAST = (_START, _START_GAP, _BALLAST, _BALLAST, _GAP)
_COMMAS = frozenset({",", ";", ":", "-", "–", "—"})
_AFTER_GAP = (_START_GAP, None, _GAP, _GAP, None)


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


def fit_deletions(
    tokens: Tokens, values: Sequence[int], deletions: Sequence[Deletion], *, max_chars: int
) -> Iterator[tuple[int, Runs]]:
    """Return the best ways to shorten a sentence: what they are worth, and the stretches that stay.

    Dynamic programming from left to right over what is worth most at each length, with a beam.
    Two deletions that are not ballast have a word between them.

    Args:
        tokens: the sentence.
        values: what each token is worth to the headline, below 0 if it is better without.
        deletions: what may be left out.
        max_chars: at most so many code points.
    """
    count = len(tokens.words)
    starts, ends = tokens.starts, tokens.ends
    gaps_at: list[list[Deletion]] = [[] for _ in range(count)]
    for deletion in deletions:
        gaps_at[deletion[0]].append(deletion)
    states: list[list[_State]] = [[] for _ in range(count + 1)]
    states[0].append((0, 0, _START, ()))
    for place in range(count):
        here = states[place]
        if not here:
            continue
        value, width = values[place], ends[place] - starts[place]
        joined = ends[place] - ends[place - 1] if place else width
        after, gaps = states[place + 1], gaps_at[place]
        for state in _best(here):
            loss, chars, mode, made = state
            longer = chars + (joined if mode == _KEPT else width + (mode > _KEPT))
            if longer <= max_chars and (mode >= _KEPT or tokens.words[place] not in _COMMAS):
                after.append((loss - value, longer, _KEPT, made))
            for _, end, cost, is_ballast in gaps:
                ending = _AFTER_BALLAST[mode] if is_ballast else _AFTER_GAP[mode]
                if ending is not None:
                    states[end].append((loss + cost, chars, ending, (made, place, end)))
    found = [state for state in states[count] if state[2] >= _KEPT]
    return ((-loss, _runs(made, count)) for loss, _, _, made in _best(found))


def _best(states: list[_State]) -> list[_State]:
    """Return the states that none beats both in worth and in length, the best first."""
    if len(states) == 1:
        return states
    states.sort()
    best: list[_State] = []
    least = 1 << 30
    for state in states:
        if state[1] < least:
            best.append(state)
            least = state[1]
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
