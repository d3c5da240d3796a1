"""The best words of a sentence that fit a budget and hang together.

Whole branches of the dependency tree go; what stays keeps its head and what its head calls for.
Knows places, scores and lengths: it must not know text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# So many prices for a character are tried between none and the highest.
_STEPS = 7
_HIGHEST_PRICE = 2.0


@dataclass(frozen=True, slots=True)
class Branches:
    """A sentence as a tree of units, each a run of tokens that stay or go together.

    Attributes:
        heads: the place of each unit's head; -1 for the root.
        gains: what each is worth; below 0 it is better left out.
        chars: how many characters each takes, with the space before it.
        is_required: whether each has to stay where its head stays.
    """

    heads: Sequence[int]
    gains: Sequence[float]
    chars: Sequence[int]
    is_required: Sequence[bool]


def choose_units(branches: Branches, *, max_chars: int) -> list[bool] | None:
    """Return for each unit whether it stays, so that their characters fit.

    A character costs the lowest price at which the best subtree fits (Lagrangian relaxation, after
    Clarke and Lapata, "Global inference for sentence compression", JAIR 2008).

    Args:
        branches: the sentence.
        max_chars: at most so many characters, the first space not counted.

    Returns:
        None where not even the highest price brings it under the budget.
    """
    order = _from_leaves(branches.heads)
    flags = _choose(branches, order, price=0.0)
    if _size(branches, flags) <= max_chars:
        return flags
    low, high = 0.0, _HIGHEST_PRICE
    best: list[bool] | None = None
    for step in range(_STEPS):
        price = high if step == 0 else (low + high) / 2
        flags = _choose(branches, order, price=price)
        if _size(branches, flags) <= max_chars:
            best, high = flags, price
        elif step == 0:
            return None
        else:
            low = price
    return best


def _size(branches: Branches, flags: Sequence[bool]) -> int:
    return sum(size for size, flag in zip(branches.chars, flags, strict=True) if flag) - 1


def _from_leaves(heads: Sequence[int]) -> list[int]:
    """Return the places so that every unit comes before its head."""
    children: list[list[int]] = [[] for _ in heads]
    order = []
    for place, head in enumerate(heads):
        if head < 0:
            order.append(place)
        else:
            children[head].append(place)
    for place in order:
        order.extend(children[place])
    return order[::-1]


def _choose(branches: Branches, order: Sequence[int], *, price: float) -> list[bool]:
    """Return the subtree at the root that is worth most."""
    heads, is_required = branches.heads, branches.is_required
    worth = [gain - price * size for gain, size in zip(branches.gains, branches.chars, strict=True)]
    for place in order:
        if heads[place] >= 0 and (worth[place] > 0 or is_required[place]):
            worth[heads[place]] += worth[place]
    flags = [False] * len(heads)
    for place in reversed(order):
        head = heads[place]
        flags[place] = head < 0 or (flags[head] and (worth[place] > 0 or is_required[place]))
    return flags
