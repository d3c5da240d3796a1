"""The methods that let sentences recommend each other: LexRank, TextRank, Reduction.

Must not know where a sentence stands.
"""

from __future__ import annotations

import math

import numpy as np

from summarizer.ranking.counts import Counts, count_stems
from summarizer.ranking.method import FloatArray, Rating
from summarizer.ranking.pairs import Pairs, multiply_pairs, pair_work
from summarizer.ranking.reasons import CENTRAL, reasons_above_mean
from summarizer.text.parsed import ParsedArticle

SIMILARITY_THRESHOLD = 0.1
LEX_RANK_EPSILON = 0.1
TEXT_RANK_EPSILON = 1e-4
DAMPING = 0.85
_ZERO_DIVISION_PREVENTION = 1e-7

MAX_WORK = 8_000_000
"""Pairs of words that are compared within about a second."""


def graph_work(parsed: ParsedArticle) -> float:
    """Estimate the work of a graph method, as the pairs of words that it compares."""
    return pair_work(parsed.terms)


def rate_lex_rank(parsed: ParsedArticle) -> Rating:
    """Rate sentences by how many well-connected sentences they resemble.

    Sentences are linked where the cosine of their tf-idf vectors is above 0.1 (Erkan and Radev,
    LexRank: graph-based lexical centrality as salience in text summarization, JAIR 22, 2004). The
    power method is undamped, scaled to length 1 and stopped at a change of 0.1, as in sumy.
    """
    counts = count_stems(parsed.terms)
    unit = _unit_tf_idf(counts)
    cosines = multiply_pairs(counts, unit)
    is_link = cosines.values > SIMILARITY_THRESHOLD
    links = Pairs(
        left=cosines.left[is_link],
        right=cosines.right[is_link],
        values=np.ones(np.count_nonzero(is_link)),
        size=cosines.size,
    )
    # Every sentence is linked to itself, unless no word of it tells it from the rest.
    multiply = links.multiplier((counts.row_sums(unit**2) > SIMILARITY_THRESHOLD).astype(float))
    degrees = multiply(np.ones(links.size))
    values = np.full(links.size, 1.0 / max(links.size, 1))
    change = 1.0 if degrees.any() else 0.0
    degrees = np.maximum(degrees, 1.0)
    while change > LEX_RANK_EPSILON:
        following = multiply(values / degrees)
        following /= _norm(following)
        change = _norm(following - values)
        values = following
    return Rating(values=values, reasons=reasons_above_mean(values, CENTRAL))


def _unit_tf_idf(counts: Counts) -> FloatArray:
    """Return tf-idf weights of the entries, each sentence scaled to length 1."""
    idf = np.log(max(counts.height, 1) / (1.0 + counts.document_frequencies()))
    weights = counts.counts / counts.row_maxima()[counts.rows] * idf[counts.columns]
    lengths = np.sqrt(counts.row_sums(weights**2))
    lengths[lengths == 0.0] = 1.0
    return weights / lengths[counts.rows]


def rate_text_rank(parsed: ParsedArticle) -> Rating:
    """Rate sentences by a random walk along shared words.

    Mihalcea and Tarau, TextRank: bringing order into texts, EMNLP 2004; a sentence also shares its
    words with itself, as in sumy.
    """
    counts = count_stems(parsed.terms)
    edges, logs = _shared_words(counts)
    own = counts.row_sums(counts.counts**2) / np.where(logs > 0.0, 2.0 * logs, 1.0)
    multiply = edges.multiplier(own)
    damped = DAMPING / (multiply(np.ones(edges.size)) + _ZERO_DIVISION_PREVENTION)
    values = np.full(edges.size, 1.0 / max(edges.size, 1))
    jump = (1.0 - DAMPING) * values
    change = 1.0 if edges.size else 0.0
    while change > TEXT_RANK_EPSILON:
        following = multiply(damped * values) + jump.dot(values)
        change = _norm(following - values)
        values = following
    return Rating(values=values, reasons=reasons_above_mean(values, CENTRAL))


def rate_reduction(parsed: ParsedArticle) -> Rating:
    """Rate sentences by the sum of what they share with each other one (Fabish, Reduction)."""
    edges, logs = _shared_words(count_stems(parsed.terms))
    # sumy gives two sentences of one word no edge here, though it does in TextRank.
    edges.values[logs[edges.left] + logs[edges.right] == 0.0] = 0.0
    values = edges.multiplier(np.zeros(edges.size))(np.ones(edges.size))
    return Rating(values=values, reasons=reasons_above_mean(values, CENTRAL))


def _shared_words(counts: Counts) -> tuple[Pairs, FloatArray]:
    """Return for each two sentences their shared words over the logarithms of their lengths.

    Beside them the logarithm of each length. Two sentences of one word each either share it or do
    not: that counts as it is.
    """
    logs = np.log(np.maximum(counts.row_sums(counts.counts), 1.0))
    shared = multiply_pairs(counts, counts.counts.astype(np.float64))
    norms = logs[shared.left] + logs[shared.right]
    norms[norms == 0.0] = 1.0
    edges = Pairs(
        left=shared.left, right=shared.right, values=shared.values / norms, size=shared.size
    )
    return edges, logs


def _norm(vector: FloatArray) -> float:
    return math.sqrt(vector.dot(vector))
