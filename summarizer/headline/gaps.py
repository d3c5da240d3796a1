"""What may be left out of English sentences, as learned from sentences that editors cut.

A logistic model over the words and classes at both edges of what goes, as in R. McDonald,
"Discriminative sentence compression with soft syntactic evidence" (EACL 2006), and a second one
that tells whether phrases are whole. It must not know lengths, or what an editor would take.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from summarizer.headline.fences import Fences
from summarizer.headline.gap_features import Rows
from summarizer.headline.gap_templates import PADS, START, Ints
from summarizer.headline.word_classes import Known

SCALE = 32
"""So many units of a weight are one in log odds."""
_APART = 1 << 16
# What being a phrase counts beside the editors.
_LEAST_PHRASE, _MOST_PHRASE = -4 * SCALE, 2 * SCALE
_PHRASE_SHARE = 2

Scores = tuple[float, float, float]
Gap = tuple[int, int, int]
"""Tokens first to end, and how sure it is that they may go: log odds in units of `SCALE`."""


class Tables(NamedTuple):
    """What was learned.

    Attributes:
        weights: for each slot the weight with the editors and for being a whole phrase, packed.
        bias: the same of nothing.
        triples: how unlikely three classes in a row are, by slot; 0 if never seen.
        pairs: the same of two.
    """

    weights: NDArray[np.int32]
    bias: NDArray[np.int32]
    triples: NDArray[np.uint8]
    pairs: NDArray[np.uint8]

    def total(self, slots: Ints) -> NDArray[np.int32]:
        """Return the sums of the weights over each column of slots."""
        sums: NDArray[np.int32] = np.add.reduce(self.weights.take(slots), axis=0, dtype=np.int32)
        return sums


def pack_weights(editor: Ints, phrase: Ints) -> NDArray[np.int32]:
    """Store two weights of 8 bits in one number, so that sums of a hundred can be parted again."""
    return (editor * _APART + phrase).astype(np.int32)


def part_sums(sums: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the sums of both weights."""
    editor = (sums + _APART // 2) // _APART
    return editor, sums - editor * _APART


# Below this (-3 in log odds with the editors, and less) the first features rule a gap out.
_LEAST_EARLY = (1 - 3 * SCALE) * _APART - _APART // 2


class FoundGaps:
    """The gaps of some sentences, by the first of some levels that allows them.

    Args:
        gaps: for each level the first tokens, ends and odds, three rows, in the order of sentences.
        starts: where each sentence begins, counted as the first tokens are.
    """

    def __init__(self, gaps: Sequence[Ints], starts: Ints) -> None:
        self._gaps = gaps
        self._starts = starts

    def of(self, level: int) -> list[list[Gap]]:
        """Return of each sentence the gaps that a level allows, and none before it."""
        firsts, ends, odds = self._gaps[level]
        bounds = [*firsts.searchsorted(self._starts).tolist(), len(firsts)]
        shifts = self._starts.repeat(np.diff(bounds))
        columns = (firsts - shifts).tolist(), (ends - shifts).tolist(), odds.tolist()
        gaps = list(zip(*columns, strict=True))
        return [gaps[start:end] for start, end in pairwise(bounds)]


def find_gaps(
    sentences: Sequence[Sequence[Known]], fences: Sequence[Fences], *, levels: Sequence[Scores]
) -> FoundGaps:
    """Find what may be left out of each of some sentences.

    Args:
        sentences: what is known of the words of each, in order.
        fences: where they let no gap be made, none is looked for.
        levels: the least score with the editors, as a phrase, and of both, in units of `SCALE`; the
            strictest first, and each allows what those before it do.
    """
    tables = load_tables()
    rows = Rows(sentences, tables.triples, tables.pairs)
    gaps = rows.possible_gaps(fences)
    edges = tables.weights.take(rows.edge_slots())
    starts, stops = np.add.reduceat(edges, (0, START), axis=0)
    firsts, ends, *_ = gaps
    scores = starts.take(firsts - PADS) + stops.take(ends - PADS) + tables.bias
    scores += tables.total(rows.early_slots(gaps))
    is_near = (scores >= _LEAST_EARLY).nonzero()[0]
    gaps = gaps.take(is_near, axis=1)
    editor, phrase = part_sums(scores.take(is_near) + tables.total(rows.late_slots(gaps)))
    # A phrase that editors never let go is none to leave out.
    both = editor + np.minimum(np.maximum(phrase, _LEAST_PHRASE), _MOST_PHRASE) // _PHRASE_SHARE
    columns = np.array((*gaps[:2], both))
    is_good = np.greater_equal((editor, phrase, both), np.array(levels)[:, :, None]).all(axis=1)
    # What a level allows, all after it do.
    failed = len(levels) - is_good.sum(axis=0)
    found = [columns.take((failed == level).nonzero()[0], axis=1) for level in range(len(levels))]
    return FoundGaps(found, rows.starts)


@cache
def load_tables() -> Tables:
    """Load what comes with the package; once in each process."""
    path = files("summarizer") / "data" / "headline_gaps.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        editor, phrase = arrays["weights"].astype(np.int64)
        biases = arrays["biases"].reshape(2, 1)
        return Tables(
            pack_weights(editor, phrase), pack_weights(*biases), arrays["triples"], arrays["pairs"]
        )
