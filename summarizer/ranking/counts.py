"""How often each sentence uses each content stem, in the row format the rankers compute on.

Knows terms only: it must not know what the counts are used for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from summarizer.ranking.method import BoolArray, FloatArray, IntArray
from summarizer.text.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StemCounts:
    """A sparse matrix, sentences by stems; entries in order of sentence, then stem.

    Attributes:
        rows: for each entry its sentence.
        stems: for each entry its stem's index in the vocabulary.
        counts: for each entry how often the sentence has the stem, at least 1.
        lengths: for each sentence the sum of its counts.
        vocabulary_size: the number of columns, at least 1.
    """

    rows: IntArray
    stems: IntArray
    counts: FloatArray
    lengths: IntArray
    vocabulary_size: int

    @property
    def sentence_count(self) -> int:
        """Return the number of rows."""
        return len(self.lengths)

    def document_frequencies(self) -> IntArray:
        """Return for each stem the number of sentences that have it."""
        return np.bincount(self.stems, minlength=self.vocabulary_size)

    def row_sums(self, values: FloatArray) -> FloatArray:
        """Return for each sentence the sum over its entries.

        Args:
            values: one number an entry.
        """
        sums = np.bincount(self.rows, weights=values, minlength=self.sentence_count)
        return sums.astype(np.float64, copy=False)

    def row_maxima(self) -> FloatArray:
        """Return for each sentence its highest count; 1 where it has none."""
        maxima = np.ones(self.sentence_count)
        np.maximum.at(maxima, self.rows, self.counts)
        return maxima


def sentence_of_words(terms: Terms) -> IntArray:
    """Return for each word of the article the index of its sentence."""
    return np.repeat(np.arange(terms.sentence_count), np.diff(terms.pointers))


def count_stems(terms: Terms, *, counted: BoolArray | None = None) -> StemCounts:
    """Count the stems of each sentence.

    Args:
        terms: the article's words.
        counted: for each word whether to count it; only content words by default.
    """
    counted = terms.is_content if counted is None else counted
    size = max(len(terms.vocabulary), 1)
    rows = sentence_of_words(terms)[counted]
    keys = np.sort(rows * size + terms.stem_ids[counted])
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    rows_of_entries, stems = np.divmod(keys[starts], size)
    return StemCounts(
        rows=rows_of_entries,
        stems=stems,
        counts=np.diff(starts, append=len(keys)).astype(np.float64),
        lengths=np.bincount(rows, minlength=terms.sentence_count),
        vocabulary_size=size,
    )
