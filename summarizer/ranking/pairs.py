"""Which sentences share stems, and how much: the links that graph methods walk along.

Knows counts only: it must not know what the links are used for.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from summarizer.ranking.counts import Counts, count_stems, run_starts
from summarizer.ranking.method import FloatArray, IntArray
from summarizer.text.terms import Terms

_BLOCK_PAIRS = 100_000
"""So many pairs of entries are held at once: they stay in the cache of the processor."""

_SMALL_WORK = 1_000_000
"""Work that no caller would refuse: not worth counting more exactly."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """A symmetric matrix over sentences that is mostly zeros; each pair stands once.

    Attributes:
        left: for each pair the earlier sentence.
        right: for each pair the later sentence.
        values: for each pair what the matrix holds.
        diagonal: what the matrix holds for each sentence with itself.
    """

    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    values: FloatArray
    diagonal: FloatArray

    def dot(self, vector: FloatArray) -> FloatArray:
        """Multiply the matrix by a vector.

        Args:
            vector: one number a sentence.
        """
        size = len(self.diagonal)
        onto_left = np.bincount(self.left, self.values * vector[self.right], size)
        onto_right = np.bincount(self.right, self.values * vector[self.left], size)
        return onto_left + onto_right + self.diagonal * vector


def pair_work(terms: Terms) -> int:
    """Return how many pairs of entries `multiply_pairs` has to look at; for short texts a bound.

    Args:
        terms: the article's words.
    """
    bound = len(terms.words) * terms.sentence_count
    if bound <= _SMALL_WORK:
        return bound
    frequencies = count_stems(terms).document_frequencies()
    return int(frequencies @ frequencies)


def multiply_pairs(counts: Counts, weights: FloatArray) -> Pairs:
    """Return the scalar product of the weights of every two sentences.

    An inverted index joined with itself, some sentences at a time: time and memory depend on the
    pairs there are, not on the square of the number of sentences.

    Args:
        counts: the sentences' stems.
        weights: one number an entry of the counts.
    """
    size = counts.height
    # Half the width is half the time: these are gathered from again and again.
    rows = counts.rows.astype(np.int32)
    by_stem = np.argsort(counts.columns, kind="stable").astype(np.int32)
    places = np.empty_like(by_stem)
    places[by_stem] = np.arange(len(by_stem), dtype=np.int32)
    # The entries of later sentences with the same stem follow each entry in `by_stem`.
    partners = np.cumsum(counts.document_frequencies())[counts.columns] - places - 1
    left, right, values = [], [], []
    for block in _blocks(counts.rows, partners):
        times = partners[block]
        shift = (places[block] + 1 - (np.cumsum(times) - times)).astype(np.int32)
        steps = np.arange(times.sum(), dtype=np.int32)
        other = by_stem[np.repeat(shift, times) + steps]
        own_rows, other_rows = np.repeat(rows[block], times), rows[other]
        keys = own_rows * np.int64(size) + other_rows
        products = np.repeat(weights[block], times) * weights[other]
        order = np.argsort(keys, kind="stable")
        starts = run_starts(keys[order])
        values.append(np.add.reduceat(products[order], starts))
        left.append(own_rows[order[starts]])
        right.append(other_rows[order[starts]])
    return Pairs(
        left=np.concatenate(left),
        right=np.concatenate(right),
        values=np.concatenate(values),
        diagonal=counts.row_sums(weights**2),
    )


def _blocks(rows: IntArray, partners: IntArray) -> list[slice]:
    """Cut the entries between sentences, so that the pairs of each block can be held at once."""
    totals = np.cumsum(partners)
    if not totals.size or totals[-1] <= _BLOCK_PAIRS:
        return [slice(0, len(rows))]
    ends = np.searchsorted(rows, rows, side="right") - 1
    # A sentence belongs to the block in which its last pair falls.
    cuts = np.flatnonzero(np.diff(totals[ends] // _BLOCK_PAIRS)) + 1
    edges = [0, *cuts.tolist(), len(rows)]
    return [slice(start, stop) for start, stop in pairwise(edges)]
