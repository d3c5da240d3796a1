"""How often each sentence uses each word or stem, in the row format the rankers compute on.

Knows terms only: it must not know what the counts are used for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from summarizer.ranking.method import BoolArray, FloatArray, IntArray
from summarizer.text.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counts:
    """A sparse matrix of counts, sentences by words; entries in order of sentence, then word.

    Attributes:
        rows: for each entry its sentence.
        columns: for each entry its word, or stem.
        counts: for each entry how often the sentence has the word, at least 1.
        height: the number of sentences.
        width: the number of different words, at least 1.
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
        """Return for each word the number of sentences that have it."""
        return np.bincount(self.columns, minlength=self.width)


def count_words(rows: IntArray, columns: IntArray, *, height: int, width: int) -> Counts:
    """Count how often each row has each column.

    Args:
        rows: for each occurrence its sentence.
        columns: for each occurrence its word.
        height: the number of sentences.
        width: the number of different words.
    """
    width = max(width, 1)
    keys = np.sort(rows * width + columns)
    starts = run_starts(keys)
    entry_rows, entry_columns = np.divmod(keys[starts], width)
    return Counts(
        rows=entry_rows,
        columns=entry_columns,
        counts=np.append(starts[1:], len(keys)) - starts,
        height=height,
        width=width,
    )


def count_stems(terms: Terms, *, is_counted: BoolArray | None = None) -> Counts:
    """Count the stems of each sentence.

    Args:
        terms: the article's words.
        is_counted: for each word whether to count it; only content words by default.
    """
    is_counted = terms.is_content if is_counted is None else is_counted
    return count_words(
        sentence_of_words(terms)[is_counted],
        terms.stem_ids[is_counted],
        height=terms.sentence_count,
        width=len(terms.vocabulary),
    )


def count_matrix(terms: Terms) -> FloatArray:
    """Count the content stems of each sentence in a filled matrix, sentences by stems.

    Args:
        terms: the article's words; few, for the matrix is mostly zeros.
    """
    height, width = terms.sentence_count, len(terms.vocabulary)
    keys = (sentence_of_words(terms) * width + terms.stem_ids)[terms.is_content]
    counts = np.bincount(keys, minlength=height * width)
    return counts.reshape(height, width).astype(np.float64)


def sentence_of_words(terms: Terms) -> IntArray:
    """Return for each word of the article the index of its sentence."""
    return np.repeat(np.arange(terms.sentence_count), np.diff(terms.pointers))


def run_starts(keys: IntArray) -> IntArray:
    """Return where each different number begins.

    Args:
        keys: ascending numbers.
    """
    is_start = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=is_start[1:])
    return np.flatnonzero(is_start)
