"""How often each sentence uses each stem, in the row format the rankers compute on.

Knows terms only: it must not know what the counts are used for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from summarizer.ranking.method import BoolArray, FloatArray, IntArray
from summarizer.text.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counts:
    """A sparse matrix of counts, sentences by stems; entries in order of sentence, then stem.

    Attributes:
        rows: for each entry its sentence.
        columns: for each entry its stem.
        counts: for each entry how often the sentence has the stem, at least 1.
        height: the number of sentences.
        width: the number of different stems, at least 1.
    """

    rows: IntArray
    columns: IntArray
    counts: IntArray
    height: int
    width: int

    def row_sums(self, values: FloatArray | IntArray) -> FloatArray:
        """Return for each sentence the sum over its entries.

        Args:
            values: one number an entry.
        """
        sums = np.bincount(self.rows, values, self.height)
        return sums.astype(np.float64, copy=False)

    def row_maxima(self) -> FloatArray:
        """Return for each sentence its highest count; 1 where it has none."""
        maxima = np.ones(self.height)
        np.maximum.at(maxima, self.rows, self.counts)
        return maxima

    def document_frequencies(self) -> IntArray:
        """Return for each stem the number of sentences that have it."""
        return np.bincount(self.columns, minlength=self.width)


def count_stems(terms: Terms, *, is_counted: BoolArray | None = None) -> Counts:
    """Count the stems of each sentence.

    Args:
        terms: the article's words.
        is_counted: for each word whether to count it; only content words by default.
    """
    chosen = terms.is_content if is_counted is None else is_counted
    width = max(terms.stem_count, 1)
    keys = np.sort((sentence_of_words(terms) * width + terms.stem_ids)[chosen])
    is_start = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=is_start[1:])
    (starts,) = is_start.nonzero()
    counts = -starts
    counts[:-1] += starts[1:]
    counts[-1:] += len(keys)
    rows, columns = np.divmod(keys[starts], width)
    return Counts(
        rows=rows,
        columns=columns,
        counts=counts,
        height=terms.sentence_count,
        width=width,
    )


def count_matrix(terms: Terms) -> FloatArray:
    """Count the content stems of each sentence in a filled matrix, sentences by stems.

    Args:
        terms: the article's words; few, for the matrix is mostly zeros.
    """
    height, width = terms.sentence_count, terms.stem_count
    keys = (sentence_of_words(terms) * width + terms.stem_ids)[terms.is_content]
    counts = np.bincount(keys, minlength=height * width)
    return counts.reshape(height, width).astype(np.float64)


def sentence_of_words(terms: Terms) -> IntArray:
    """Return for each word of the article the index of its sentence."""
    pointers = terms.pointers
    return np.arange(terms.sentence_count).repeat(pointers[1:] - pointers[:-1])
