"""The methods that let sentences recommend each other: LexRank, TextRank, Reduction.

Must not know where a sentence stands.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from summarizer.ranking.counts import count_matrix, count_stems
from summarizer.ranking.method import FloatArray, IntArray, Rating
from summarizer.ranking.pairs import Pairs, multiply_pairs, pair_work
from summarizer.ranking.reasons import CENTRAL, reasons_above_mean
from summarizer.text.parsed import ParsedArticle
from summarizer.text.terms import Terms

SIMILARITY_THRESHOLD = 0.1
LEX_RANK_EPSILON = 0.1
TEXT_RANK_EPSILON = 1e-4
DAMPING = 0.85
_ZERO_DIVISION_PREVENTION = 1e-7

MAX_WORK = 8_000_000
"""Pairs of words that are compared within about a second."""

MATRIX_CELLS = 40_000
"""Up to so many sentences times stems a filled matrix is faster than lists of pairs."""

Multiply = Callable[[FloatArray], FloatArray]
"""Multiplication of a vector by the matrix of links."""


def graph_work(parsed: ParsedArticle) -> float:
    """Estimate the work of a graph method, as the pairs of words that it compares."""
    return pair_work(parsed.terms)


def rate_lex_rank(parsed: ParsedArticle) -> Rating:
    """Rate sentences by how many well-connected sentences they resemble.

    Sentences are linked where the cosine of their tf-idf vectors is above 0.1 (Erkan and Radev,
    LexRank: graph-based lexical centrality as salience in text summarization, JAIR 22, 2004). The
    power method is undamped, scaled to length 1 and stopped at a change of 0.1, as in sumy.
    """
    terms = parsed.terms
    multiply = _link_matrix(terms) if _is_small(terms) else _link_pairs(terms)
    size = terms.sentence_count
    degrees = multiply(np.ones(size))
    values = np.full(size, 1.0 / max(size, 1))
    # Without any link there is nothing to walk along: all stay equal.
    change = float(degrees.sum())
    np.maximum(degrees, 1.0, out=degrees)
    while change > LEX_RANK_EPSILON:
        following = multiply(values / degrees)
        following /= _norm(following)
        change = _norm(following - values)
        values = following
    return Rating(values=values, reasons=reasons_above_mean(values, CENTRAL))


def _link_matrix(terms: Terms) -> Multiply:
    """Link similar sentences in a filled matrix.

    A sentence is linked to itself too, unless no word of it is rarer than the rest. The vectors
    are not divided by their highest count, for no cosine changes with the length of a vector.
    """
    counts = count_matrix(terms)
    frequencies = np.ones(len(counts)).dot(np.minimum(counts, 1.0))
    weights = counts * _idf(frequencies, len(counts))
    products = weights.dot(weights.T)
    lengths = np.sqrt(products.diagonal())
    is_link = products > (SIMILARITY_THRESHOLD * lengths)[:, None] * lengths
    return _multiplication(is_link.astype(np.float64))


def _link_pairs(terms: Terms) -> Multiply:
    """Link similar sentences as `_link_matrix` does, in space for the links only."""
    counts = count_stems(terms)
    weights = counts.counts * _idf(counts.document_frequencies(), counts.height)[counts.columns]
    lengths = np.sqrt(counts.row_sums(weights**2))
    lengths[lengths == 0.0] = 1.0
    cosines = multiply_pairs(counts, weights / lengths[counts.rows])
    is_link = cosines.values > SIMILARITY_THRESHOLD
    return Pairs(
        left=cosines.left[is_link],
        right=cosines.right[is_link],
        values=np.ones(np.count_nonzero(is_link)),
        diagonal=(cosines.diagonal > SIMILARITY_THRESHOLD).astype(np.float64),
    ).dot


def _idf(frequencies: IntArray | FloatArray, size: int) -> FloatArray:
    return np.log(max(size, 1) / (1.0 + frequencies))


def rate_text_rank(parsed: ParsedArticle) -> Rating:
    """Rate sentences by a random walk along shared words.

    Mihalcea and Tarau, TextRank: bringing order into texts, EMNLP 2004; a sentence also shares its
    words with itself, as in sumy.
    """
    multiply = _shared_words(parsed.terms, single=1.0)
    size = parsed.terms.sentence_count
    damped = DAMPING / (multiply(np.ones(size)) + _ZERO_DIVISION_PREVENTION)
    values = np.full(size, 1.0 / max(size, 1))
    jump = (1.0 - DAMPING) * values
    change = 1.0 if size else 0.0
    while change > TEXT_RANK_EPSILON:
        following = multiply(damped * values) + jump.dot(values)
        change = _norm(following - values)
        values = following
    return Rating(values=values, reasons=reasons_above_mean(values, CENTRAL))


def rate_reduction(parsed: ParsedArticle) -> Rating:
    """Rate sentences by the sum of what they share with each other one (Fabish, Reduction)."""
    # sumy gives two sentences of one word no edge here, though it does in TextRank.
    multiply = _shared_words(parsed.terms, single=math.inf, has_loops=False)
    values = multiply(np.ones(parsed.terms.sentence_count))
    return Rating(values=values, reasons=reasons_above_mean(values, CENTRAL))


def _shared_words(terms: Terms, *, single: float, has_loops: bool = True) -> Multiply:
    """Link each two sentences by their shared words over the logarithms of their lengths.

    Args:
        terms: the article's words.
        single: what is divided by between two sentences of one word each.
        has_loops: whether a sentence is linked to itself.
    """
    if _is_small(terms):
        counts = count_matrix(terms)
        products = counts.dot(counts.T)
        logs = np.log(np.maximum(counts.sum(axis=1), 1.0))
        products /= _edge_norms(logs[:, None] + logs, single)
        if not has_loops:
            np.fill_diagonal(products, 0.0)
        return _multiplication(products)
    entries = count_stems(terms)
    logs = np.log(np.maximum(entries.row_sums(entries.counts), 1.0))
    pairs = multiply_pairs(entries, entries.counts.astype(np.float64))
    return Pairs(
        left=pairs.left,
        right=pairs.right,
        values=pairs.values / _edge_norms(logs[pairs.left] + logs[pairs.right], single),
        diagonal=pairs.diagonal / _edge_norms(2.0 * logs, single) * has_loops,
    ).dot


def _multiplication(matrix: FloatArray) -> Multiply:
    dot: Multiply = matrix.dot
    return dot


def _edge_norms(norms: FloatArray, single: float) -> FloatArray:
    norms[norms == 0.0] = single
    return norms


def _is_small(terms: Terms) -> bool:
    return terms.sentence_count * len(terms.vocabulary) <= MATRIX_CELLS


def _norm(vector: FloatArray) -> float:
    return math.sqrt(vector.dot(vector))
