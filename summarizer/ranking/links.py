"""Which sentences resemble each other, found without looking at every two of them.

Knows weighted vectors only: it must not know what the weights mean or the links are used for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from summarizer.ranking.counts import Counts
from summarizer.ranking.method import FloatArray, IntArray

_BLOCK_SIZE = 60_000
"""So many products and sums are held at once: they stay in the cache of the processor."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Links:
    """A symmetric matrix of noughts and ones, sentences by sentences; each pair stands once.

    Attributes:
        left: for each pair the earlier sentence.
        right: for each pair the later sentence.
        loops: for each sentence 1.0 where it is linked to itself, otherwise 0.0.
    """

    left: IntArray
    right: IntArray
    loops: FloatArray

    def dot(self, vector: FloatArray) -> FloatArray:
        """Multiply the matrix by a vector.

        Args:
            vector: one number a sentence.
        """
        size = len(self.loops)
        onto_left = np.bincount(self.left, vector[self.right], size)
        onto_right = np.bincount(self.right, vector[self.left], size)
        return onto_left + onto_right + self.loops * vector


def link_similar(counts: Counts, weights: FloatArray, *, threshold: float, reach: int) -> Links:
    """Link every two sentences whose scalar product is above a threshold.

    An inverted index is joined with itself, some sentences at a time: time depends on the words
    that sentences within reach of each other share, memory on the links.

    Args:
        counts: the sentences' stems.
        weights: one number an entry of the counts.
        threshold: what a product has to exceed, not negative.
        reach: sentences that stand further apart are not linked.
    """
    width = max(min(reach, counts.height - 1), 1)
    # Half the width is half the time: these are gathered from again and again.
    rows = counts.rows.astype(np.int32)
    # Numbers of two bytes are sorted ten times as fast.
    columns = counts.columns.astype(np.min_scalar_type(counts.width))
    by_stem = np.argsort(columns, kind="stable").astype(np.int32)
    places = np.empty_like(by_stem)
    places[by_stem] = np.arange(len(by_stem), dtype=np.int32)
    # The entries of later sentences with the same stem follow each entry in `by_stem`.
    keys = (counts.columns * (counts.height + reach) + rows)[by_stem]
    last_within_reach = np.searchsorted(keys, keys + reach, side="right") - 1
    partners = last_within_reach[places] - places
    left, right = [], []
    for first, last in _blocks(counts, partners, width):
        block = slice(*np.searchsorted(counts.rows, (first, last)).tolist())
        times = partners[block]
        shift = (places[block] + 1 - (np.cumsum(times) - times)).astype(np.int32)
        other = by_stem[np.repeat(shift, times) + np.arange(times.sum(), dtype=np.int32)]
        # A row of cells for each sentence, a cell for each that follows within reach.
        own = counts.rows[block]
        cells = np.repeat((own - first) * width - own - 1, times) + rows[other]
        products = np.repeat(weights[block], times) * weights[other]
        sums = np.bincount(cells, products, (last - first) * width)
        found, distances = np.divmod(np.flatnonzero(sums > threshold), width)
        left.append(found + first)
        right.append(found + distances + (first + 1))
    return Links(
        left=np.concatenate([*left, np.zeros(0, dtype=np.int64)]),
        right=np.concatenate([*right, np.zeros(0, dtype=np.int64)]),
        loops=(counts.row_sums(weights**2) > threshold).astype(np.float64),
    )


def _blocks(counts: Counts, partners: IntArray, width: int) -> Iterator[tuple[int, int]]:
    """Cut the sentences into runs whose products and sums can be held at once."""
    totals = np.cumsum(counts.row_sums(partners) + width)
    cuts = np.flatnonzero(np.diff(totals // _BLOCK_SIZE)) + 1
    return pairwise([0, *cuts.tolist(), counts.height])
