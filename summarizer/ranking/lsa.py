"""The method of latent topics, as sumy computes it.

Must not know where a sentence stands.
"""

from __future__ import annotations

import numpy as np

from summarizer.ranking.counts import sentence_of_words
from summarizer.ranking.method import Rating, reasons_above_mean
from summarizer.text.parsed import ParsedArticle

SMOOTHING = 0.4


def rate_lsa(parsed: ParsedArticle) -> Rating:
    """Rate sentences by their length in the space of latent topics (Steinberger and Jezek, 2004).

    The rating is the root of the sum, over all topics, of squared singular value times squared
    weight in the topic. sumy keeps every topic; the sum over all of them is by definition of the
    singular value decomposition the squared length of the sentence's own column, so nothing has
    to be decomposed: the result is the same and the time linear.
    """
    terms = parsed.terms
    stems = terms.stem_ids
    size = max(len(terms.vocabulary), 1)
    in_dictionary = np.zeros(size, dtype=np.bool_)
    in_dictionary[stems[terms.is_content]] = True
    # Stop words count where they have the stem of a content word.
    counted = in_dictionary[stems]
    keys, counts = np.unique(
        sentence_of_words(terms)[counted] * size + stems[counted], return_counts=True
    )
    rows = keys // size
    maxima = np.zeros(terms.sentence_count)
    np.maximum.at(maxima, rows, counts.astype(np.float64))
    cells = (SMOOTHING + (1.0 - SMOOTHING) * counts / maxima[rows]) ** 2 - SMOOTHING**2
    squares = np.bincount(rows, weights=cells, minlength=terms.sentence_count)
    squares[maxima > 0] += SMOOTHING**2 * in_dictionary.sum()
    values = np.sqrt(squares)
    return Rating(
        values=values, reasons=reasons_above_mean(values, "touches many of the article's topics")
    )
