"""The methods that let sentences recommend each other: LexRank, TextRank, Reduction.

Must not know where a sentence stands.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from summarizer.ranking.counts import count_matrix, count_stems
from summarizer.ranking.links import link_similar
from summarizer.ranking.method import FloatArray, IntArray, Rating
from summarizer.ranking.reasons import CENTRAL, reasons_above_mean
from summarizer.text.parsed import ParsedArticle
from summarizer.text.terms import Terms

SIMILARITY_THRESHOLD = 0.1
LEX_RANK_EPSILON = 0.1
TEXT_RANK_EPSILON = 1e-4
DAMPING = 0.85
_ZERO_DIVISION_PREVENTION = 1e-7
_STEPS_TO_SETTLE = 16
_PARALLEL_EPSILON = 1e-11

MATRIX_CELLS = 40_000
"""Up to so many sentences times stems, or sentences, a filled matrix is faster than what scales."""

LINK_REACH = 300
"""LexRank links no sentences that stand further apart, so that time is linear; sumy links all."""

MAX_LINK_WORK = 20_000_000
"""Products that LexRank computes within about half a second."""

MAX_LENGTH_CELLS = 4_000_000
"""Stems times lengths of sentences that TextRank goes over within about a second."""

Multiply = Callable[[FloatArray], FloatArray]
"""Multiplication of a vector by the matrix of links."""


def lex_rank_work(parsed: ParsedArticle) -> float:
    """Estimate the work of LexRank, in products of words that two sentences share."""
    terms = parsed.terms
    # No stem stands in more sentences than it has words.
    bound = _products(np.bincount(terms.stem_ids[terms.is_content]))
    return bound if bound <= MAX_LINK_WORK else _products(count_stems(terms).document_frequencies())


def _products(frequencies: IntArray) -> float:
    return float(frequencies @ np.minimum(frequencies, LINK_REACH))


def shared_words_work(parsed: ParsedArticle) -> float:
    """Estimate the work of TextRank and Reduction, in stems times lengths of sentences."""
    terms = parsed.terms
    if _is_small(terms):
        return 0.0
    return float(terms.stem_count * len(np.unique(np.diff(terms.pointers))))


def rate_lex_rank(parsed: ParsedArticle) -> Rating:
    """Rate sentences by how many well-connected sentences they resemble.

    Sentences are linked where the cosine of their tf-idf vectors is above 0.1 (Erkan and Radev,
    LexRank: graph-based lexical centrality as salience in text summarization, JAIR 22, 2004). The
    power method is undamped, scaled to length 1 and stopped at a change of 0.1, as in sumy.
    """
    terms = parsed.terms
    multiply = _link_matrix(terms) if _is_small(terms) else _link_lists(terms)
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
    return Rating(values=values.tolist(), reasons=reasons_above_mean(values, CENTRAL))


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


def _link_lists(terms: Terms) -> Multiply:
    """Link similar sentences as `_link_matrix` does, in room for the links only."""
    counts = count_stems(terms)
    weights = counts.counts * _idf(counts.document_frequencies(), counts.height)[counts.columns]
    lengths = np.sqrt(counts.row_sums(weights**2))
    lengths[lengths == 0.0] = 1.0
    unit = weights / lengths[counts.rows]
    return link_similar(counts, unit, threshold=SIMILARITY_THRESHOLD, reach=LINK_REACH).dot


def _idf(frequencies: IntArray | FloatArray, size: int) -> FloatArray:
    return np.log(max(size, 1) / (1.0 + frequencies))


def rate_text_rank(parsed: ParsedArticle) -> Rating:
    """Rate sentences by a random walk along shared words.

    Mihalcea and Tarau, TextRank: bringing order into texts, EMNLP 2004; a sentence also shares its
    words with itself, as in sumy.
    """
    terms = parsed.terms
    walk = _walk_matrix(terms) if _is_small(terms) else _walk_by_length(terms)
    values = np.full(terms.sentence_count, 1.0 / max(terms.sentence_count, 1))
    change, steps = float(len(values)), 0
    while change > TEXT_RANK_EPSILON:
        following = walk(values)
        change = _norm(following - values)
        steps += 1
        # Sentences without links lose what they are given: all may go on to shrink alike for long.
        if not steps % _STEPS_TO_SETTLE and _is_parallel(following, values):
            change = 0.0
        values = following
    return Rating(values=values.tolist(), reasons=reasons_above_mean(values, CENTRAL))


def _walk_matrix(terms: Terms) -> Multiply:
    matrix = _shared_words_matrix(terms, single=1.0)
    matrix *= DAMPING / (matrix.sum(axis=1) + _ZERO_DIVISION_PREVENTION)
    matrix += (1.0 - DAMPING) / max(len(matrix), 1)
    return _multiplication(matrix)


def _walk_by_length(terms: Terms) -> Multiply:
    multiply = _shared_words_by_length(terms, single=1.0, has_loops=True)
    size = terms.sentence_count
    damped = DAMPING / (multiply(np.ones(size)) + _ZERO_DIVISION_PREVENTION)
    jump = (1.0 - DAMPING) / size

    def walk(values: FloatArray) -> FloatArray:
        following = multiply(damped * values)
        following += jump * values.sum()
        return following

    return walk


def _is_parallel(one: FloatArray, other: FloatArray) -> bool:
    """Tell whether two vectors differ in length only."""
    scaled = other * (one.sum() / other.sum())
    return _norm(one - scaled) <= _PARALLEL_EPSILON * _norm(one)


def rate_reduction(parsed: ParsedArticle) -> Rating:
    """Rate sentences by the sum of what they share with each other one (Fabish, Reduction)."""
    # sumy gives two sentences of one word no edge here, though it does in TextRank.
    terms = parsed.terms
    if _is_small(terms):
        matrix = _shared_words_matrix(terms, single=math.inf)
        values = matrix.sum(axis=1) - matrix.diagonal()
    else:
        multiply = _shared_words_by_length(terms, single=math.inf, has_loops=False)
        values = multiply(np.ones(terms.sentence_count))
    return Rating(values=values.tolist(), reasons=reasons_above_mean(values, CENTRAL))


def _shared_words_matrix(terms: Terms, *, single: float) -> FloatArray:
    """Link each two sentences by their shared words over the logarithms of their lengths.

    Args:
        terms: the article's words.
        single: what is divided by between two sentences of one word each.
    """
    counts = count_matrix(terms)
    matrix: FloatArray = counts.dot(counts.T)
    logs = np.log(np.maximum(counts.sum(axis=1), 1.0))
    matrix /= _edge_norms(logs, single)
    return matrix


def _shared_words_by_length(terms: Terms, *, single: float, has_loops: bool) -> Multiply:
    """Multiply as by the matrix of shared words, in time linear in the number of words.

    What a link is divided by depends on the two lengths only, and there are few lengths. So what
    all sentences of one length bring to a stem is summed first, then divided for each length of a
    receiver, then handed to the receivers: the matrix itself is never made.
    """
    entries = count_stems(terms)
    frequencies = entries.document_frequencies()
    is_shared = frequencies[entries.columns] > 1
    lengths, kinds = np.unique(entries.row_sums(entries.counts), return_inverse=True)
    factors = 1.0 / _edge_norms(np.log(np.maximum(lengths, 1.0)), single)
    # Stems of one sentence only link it to itself; where there are no loops, shared ones must not.
    is_own = ~is_shared if has_loops else is_shared
    squares = entries.row_sums(entries.counts**2 * is_own) * factors.diagonal()[kinds]
    loops = squares if has_loops else -squares

    rows, numbers = entries.rows[is_shared], entries.counts[is_shared].astype(np.float64)
    height, width = int(np.count_nonzero(frequencies > 1)), len(lengths)
    stems = (np.cumsum(frequencies > 1) - 1)[entries.columns[is_shared]]
    cells = stems * width + kinds[rows]

    def multiply(vector: FloatArray) -> FloatArray:
        given = np.bincount(cells, numbers * vector[rows], height * width)
        taken = given.reshape(height, width).dot(factors).ravel()
        return np.bincount(rows, numbers * taken[cells], entries.height) + loops * vector

    return multiply


def _multiplication(matrix: FloatArray) -> Multiply:
    dot: Multiply = matrix.dot
    return dot


def _edge_norms(logs: FloatArray, single: float) -> FloatArray:
    norms = logs[:, None] + logs
    norms[norms == 0.0] = single
    return norms


def _is_small(terms: Terms) -> bool:
    return terms.sentence_count * max(terms.stem_count, terms.sentence_count) <= MATRIX_CELLS


def _norm(vector: FloatArray) -> float:
    return math.sqrt(vector.dot(vector))
