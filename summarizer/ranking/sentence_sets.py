"""What the learned ranker knows of each set of sentences as a whole.

Must not know any learned weight.
"""

from __future__ import annotations

import numpy as np

from summarizer.ranking.features import (
    CENTRALITY,
    EXPECTED_SUMMARY_WORDS,
    Sentences,
    Words,
    later_matrix,
    make_table,
)
from summarizer.ranking.method import FloatArray, IntArray

SET_FEATURES = (
    "score_sum", "score_least", "score_best", "expected_gain", "coverage", "words", "repetition",
    "likeness_to_article", "first_place", "last_place", "neighbours", "has_first", "loose_ends",
)  # fmt: skip

LOOSE_ENDS = SET_FEATURES.index("loose_ends")


def read_sets(
    words: Words,
    sentences: Sentences,
    *,
    sets: IntArray,
    scores: FloatArray,
    importance: FloatArray,
) -> FloatArray:
    """Describe sets of sentences, by `SET_FEATURES`.

    Args:
        words: the article's stems.
        sentences: the article's sentences.
        sets: one row a set, at least two ascending sentence indexes each.
        scores: one number a sentence.
        importance: for each stem how likely a summary has it, 0 to 1.
    """
    members = sets.T
    has = words.has[members].max(axis=0)
    worth = np.array([importance, importance * words.is_content])
    coverage = worth @ has.T
    lengths = np.maximum(words.lengths[members].sum(axis=0), 1.0)
    chosen = scores[members]
    pairs = (
        sentences.likeness[members[:, None], members[None]] * later_matrix(len(members))[:, :, None]
    )
    follows = (members[1:] - members[:-1]) == 1
    is_loose = sentences.is_loose[members]
    columns = (
        chosen.sum(axis=0),
        chosen.min(axis=0),
        chosen.max(axis=0),
        2.0 * coverage[0] / (lengths + EXPECTED_SUMMARY_WORDS),
        coverage[1],
        np.log(lengths),
        pairs.max(axis=(0, 1)),
        sentences.features[members, CENTRALITY].sum(axis=0),
        1.0 / (1.0 + members[0]),
        np.log1p(members[-1]),
        follows.sum(axis=0),
        members[0] == 0,
        is_loose.sum(axis=0) - (is_loose[1:] * follows).sum(axis=0),
    )
    return make_table(columns, len(sets))
