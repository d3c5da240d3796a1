"""The word that governs each token.

Knows tokens only: it must not know what a headline drops.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from summarizer.headline.network import load_networks

ROOT = -1


class Arc(NamedTuple):
    """What governs a token: the place of its head, -1 for the root, and the relation to it."""

    head: int
    relation: str


def parse_tokens(tokens: Sequence[str]) -> list[Arc]:
    """Return the dependency tree of an English sentence.

    Heads are chosen one by one (Dozat and Manning, "Deep biaffine attention for neural dependency
    parsing", ICLR 2017), then mended into a tree.

    Args:
        tokens: words and marks as the Penn Treebank cuts them, in order.

    Returns:
        One arc for each token, the relation named as in Universal Dependencies without subtypes.
        Exactly one head is `ROOT`, unless there are no tokens.
    """
    network = load_networks()
    reading = network.read(tokens)
    heads = make_tree(reading.heads)
    return [
        Arc(head, network.relations[number])
        for head, number in zip(heads, reading.relations, strict=True)
    ]


def make_tree(heads: Sequence[int]) -> list[int]:
    """Mend chosen heads so that every token hangs from one root, in linear time.

    Args:
        heads: the place of each token's head, negative for a root.

    Returns:
        The same heads, but for further roots and one token of each circle: these hang from the
        first root. Where there is no root the first token of the first circle becomes it.
    """
    tree = list(heads)
    # 0 is unseen; otherwise the number of the walk that came by first.
    walks = [0] * len(tree)
    roots = [place for place, head in enumerate(tree) if head < 0]
    for start in range(len(tree)):
        place = start
        while place >= 0 and not walks[place]:
            walks[place] = start + 1
            place = tree[place]
        if place >= 0 and walks[place] == start + 1:
            tree[place] = ROOT
            roots.append(place)
    for place in roots[1:]:
        tree[place] = roots[0]
    return tree
