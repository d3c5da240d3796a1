"""The methods that let sentences recommend each other: LexRank, TextRank, Reduction.

Must not know where a sentence stands.
"""

from __future__ import annotations

import numpy as np

from summarizer.ranking.counts import StemCounts, count_stems
from summarizer.ranking.method import FloatArray, Rating, reasons_above_mean
from summarizer.text.parsed import ParsedArticle

SIMILARITY_THRESHOLD = 0.1
LEX_RANK_EPSILON = 0.1
TEXT_RANK_EPSILON = 1e-4
DAMPING = 0.85
_ZERO_DIVISION_PREVENTION = 1e-7

_CENTRAL = "shares its words with many other sentences"


def rate_lex_rank(parsed: ParsedArticle) -> Rating:
    """Rate sentences by how many well-connected sentences they resemble.

    Sentences are linked where the cosine of their tf-idf vectors is above 0.1 (Erkan and Radev,
    LexRank, JAIR 22, 2004); the vector of the power method is taken as sumy takes it.
    """
    weights, counts = _tf_idf(count_stems(parsed.terms))
    dense = np.zeros((counts.sentence_count, counts.vocabulary_size))
    dense[counts.rows, counts.stems] = weights
    links = (dense @ dense.T > SIMILARITY_THRESHOLD).astype(np.float64)
    degrees = links.sum(axis=1)
    values = np.full(len(degrees), 1.0 / max(len(degrees), 1))
    change = 1.0
    while change > LEX_RANK_EPSILON and degrees.any():
        following = links @ (values / np.maximum(degrees, 1.0))
        following /= np.sqrt(following @ following)
        change = float(np.linalg.norm(following - values))
        values = following
    return Rating(values=values, reasons=reasons_above_mean(values, _CENTRAL))


def _tf_idf(counts: StemCounts) -> tuple[FloatArray, StemCounts]:
    """Return the entries of the tf-idf vectors, scaled to length 1."""
    frequencies = counts.document_frequencies()
    idf = np.log(max(counts.sentence_count, 1) / (1.0 + frequencies))
    weights = counts.counts / counts.row_maxima()[counts.rows] * idf[counts.stems]
    lengths = np.sqrt(counts.row_sums(weights**2))
    lengths[lengths == 0.0] = 1.0
    return weights / lengths[counts.rows], counts


def rate_text_rank(parsed: ParsedArticle) -> Rating:
    """Rate sentences by a random walk along shared words (Mihalcea and Tarau, EMNLP 2004)."""
    edges = _shared_words(count_stems(parsed.terms))
    count = len(edges)
    edges /= edges.sum(axis=1, keepdims=True) + _ZERO_DIVISION_PREVENTION
    values = np.full(count, 1.0 / max(count, 1))
    change = 1.0
    while change > TEXT_RANK_EPSILON and count:
        following = (1.0 - DAMPING) / count * values.sum() + DAMPING * (values @ edges)
        change = float(np.linalg.norm(following - values))
        values = following
    return Rating(values=values, reasons=reasons_above_mean(values, _CENTRAL))


def rate_reduction(parsed: ParsedArticle) -> Rating:
    """Rate sentences by the sum of what they share with each other one (Fabish, Reduction)."""
    counts = count_stems(parsed.terms)
    edges = _shared_words(counts)
    np.fill_diagonal(edges, 0.0)
    single = counts.lengths == 1
    edges[np.ix_(single, single)] = 0.0
    values = edges.sum(axis=1)
    return Rating(values=values, reasons=reasons_above_mean(values, _CENTRAL))


def _shared_words(counts: StemCounts) -> FloatArray:
    """Return for each two sentences their shared words over the logarithms of their lengths."""
    dense = np.zeros((counts.sentence_count, counts.vocabulary_size))
    dense[counts.rows, counts.stems] = counts.counts
    logs = np.log(np.maximum(counts.lengths, 1))
    norms = logs[:, None] + logs
    # Two sentences of one word each share it or do not.
    norms[norms == 0.0] = 1.0
    return dense @ dense.T / norms
