"""The method of latent topics, as sumy computes it.

Must not know where a sentence stands.
"""

from __future__ import annotations

import numpy as np

from summarizer.ranking.counts import count_stems
from summarizer.ranking.method import Rating
from summarizer.ranking.reasons import reasons_above_mean
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
    in_dictionary = np.zeros(max(terms.stem_count, 1), dtype=np.bool_)
    in_dictionary[terms.stem_ids[terms.is_content]] = True
    # Stop words count where they have the stem of a content word.
    counts = count_stems(terms, is_counted=in_dictionary[terms.stem_ids])
    frequencies = counts.counts / counts.row_maxima()[counts.rows]
    # Every stem that a sentence lacks counts as smoothing alone, unless it has no stem at all.
    squares = counts.row_sums((SMOOTHING + (1.0 - SMOOTHING) * frequencies) ** 2 - SMOOTHING**2)
    squares[squares > 0.0] += SMOOTHING**2 * np.count_nonzero(in_dictionary)
    values = np.sqrt(squares)
    return Rating(
        values=values.tolist(),
        reasons=reasons_above_mean(values, "touches many of the article's topics"),
    )
