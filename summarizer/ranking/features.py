"""What the learned ranker knows of each stem and each sentence of the openings of articles.

Must not know any learned weight. Every feature is a row of a table with a column a stem or
sentence, and needs time in proportion to the words.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from summarizer.ranking.method import FloatArray, IntArray
from summarizer.ranking.networks import in_steps
from summarizer.ranking.openings import MAX_SENTENCES, Openings
from summarizer.ranking.stem_facts import (
    IS_CONTENT,
    IS_I,
    IS_NUMBER,
    IS_SPEECH,
    KINDS,
    RARITY,
    RARITY_LEVELS,
)

SUMMARY_WORDS = (25.0, 45.0, 70.0)
"""How long a summary is taken to be where its overlap with sentences is estimated."""

WORD_FEATURES = (
    "article_words", "rarity", "is_stop", "is_rarest", "is_number", "frequency", "early",
    "later", "is_once", "earliness", "place", "is_in_first", "is_capital", "is_cased",
)  # fmt: skip

SENTENCE_FEATURES = (
    "is_first", "earliness", "place", "depth", "before", "words", "is_short",
    "commas", "capitals", "content_share", "is_question", "has_quotation", "opens_with_quotation",
    "leans_back", "rarity", "importance_mean", "importance_sum", "novel_importance",
    "short_gain", "gain", "long_gain",
    "likeness_to_article", "likeness_to_opening", "told_before", "told_again",
    "numbers", "speaks_as_i", "addresses_you", "reports_speech",
    "sentences", "is_cased",
)  # fmt: skip

CENTRALITY = SENTENCE_FEATURES.index("likeness_to_article")
_SHORT_WORDS = 10
# Arrays of one number: NumPy takes them in half the time that it takes other numbers in.
_MOST_NUMBERS = np.array(5.0)
_MOST_WORTH = np.array(10.0)
_ONE = np.array(1.0)
LEAST = np.array(1e-9)
"""Keeps what may be nothing from being divided by."""

# What is no whole number of steps is rounded to such parts of 1, so that sums are exact.
_FINE = 2.0**16
_COUNTS = np.arange(1 << 14)
_LOGS = np.round(np.log1p(_COUNTS) * 256.0) / 256.0
# One over the square root of so many content words.
_NORMS = np.rint(_FINE / np.sqrt(np.maximum(_COUNTS, 1))) / _FINE
EARLINESS = in_steps(np.divide(1.0, 1 + _COUNTS))
"""By place, from 0."""

# Of stems are told apart: the length of the article, their kind, how often they occur, how often
# of these in the first sentences, in which sentence first, and whether they are capitalised: 0
# where nothing is. Each level stands for the numbers from it to below the next.
_WORDS = np.array([0, 150, 250, 400, 600, 1000])
_TOTALS = np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 13])
_EARLIES = np.arange(4)
_FIRSTS = np.array([0, 1, 2, 3, 4, 5, 6, 8, 11, 15, 21, 31])
_CELLS = (len(_WORDS), KINDS, len(_TOTALS), len(_EARLIES), len(_FIRSTS), 3)
_STRIDES = tuple(math.prod(_CELLS[place + 1 :]) for place in range(len(_CELLS)))


def _steps(levels: IntArray, stride: int) -> IntArray:
    """Return what a number adds to the number of the cell, up to the last level's."""
    numbers = np.arange(levels[-1] + 1)
    level = np.maximum(levels.searchsorted(numbers, side="right") - 1, 0)
    return level * stride


_WORD_STEPS = _steps(_WORDS, _STRIDES[0])
_TOTAL_STEPS = _steps(_TOTALS, _STRIDES[2])
_EARLY_STEPS = _steps(_EARLIES, _STRIDES[3])
_FIRST_STEPS = _steps(_FIRSTS, _STRIDES[4])
# The features that a place gives, and those that a number of words gives.
_OF_PLACES = np.array([_COUNTS == 0, EARLINESS, _LOGS])[:, :MAX_SENTENCES].copy()
_OF_LENGTHS = np.array([_LOGS, _COUNTS < _SHORT_WORDS])[:, : 1 << 10].copy()
_LENGTHS = np.array(SUMMARY_WORDS)[:, None]


def log1p(counts: np.ndarray[tuple[int, ...], np.dtype[np.integer]]) -> FloatArray:
    """Return the logarithm of one more than each count, the same on every machine.

    Args:
        counts: whole numbers from 0.
    """
    return _LOGS.take(counts, mode="clip")


def word_table() -> FloatArray:
    """Describe every stem that there may be, by `WORD_FEATURES`; `read_stems` gives the columns."""
    words, kind, total, early, first, capital = np.indices(_CELLS).reshape(len(_CELLS), -1)
    is_number = kind >= RARITY_LEVELS
    number_rarity = (kind - RARITY_LEVELS) / (KINDS - RARITY_LEVELS)
    total, early, first = _TOTALS[total], _EARLIES[early], _FIRSTS[first]
    table = [
        words / 2.0,
        np.where(is_number, number_rarity, kind / RARITY_LEVELS),
        kind == 0,
        kind == RARITY_LEVELS - 1,
        is_number,
        log1p(total),
        log1p(early),
        log1p(np.maximum(total - early, 0)),
        total == 1,
        EARLINESS.take(first),
        log1p(first),
        first == 0,
        capital == 2,
        capital > 0,
    ]
    return in_steps(np.array(table, dtype=np.float64))


def read_stems(openings: Openings) -> IntArray:
    """Return the column of `word_table` that describes each stem.

    Args:
        openings: the articles.
    """
    stems = openings.stems
    of_articles = _WORD_STEPS.take(openings.words, mode="clip") + openings.is_cased
    cell = stems.kind * _STRIDES[1]
    cell += _TOTAL_STEPS.take(stems.total, mode="clip")
    cell += _EARLY_STEPS.take(stems.early, mode="clip")
    cell += _FIRST_STEPS.take(openings.rows.place.take(stems.first), mode="clip")
    cell += 2 * stems.capitals >= stems.total
    cell += of_articles.take(stems.article)
    return cell


class Sentences(NamedTuple):
    """What is known of each sentence.

    Attributes:
        features: `SENTENCE_FEATURES` by sentences.
        rarities: for each sentence the sum of its words' rarities.
    """

    features: FloatArray
    rarities: FloatArray


def read_sentences(openings: Openings, *, importance: FloatArray) -> Sentences:
    """Describe every sentence.

    Args:
        openings: the articles.
        importance: for each stem how likely a summary has it, 0 to 1.
    """
    rows, stems, place = openings.rows, openings.stems, openings.rows.place
    totals = openings.total(stems.facts).T
    contents, rarities, rarity = totals[IS_CONTENT], totals[RARITY], stems.facts[:, RARITY]
    norm = _NORMS.take(contents.astype(np.int64), mode="clip")
    traits = np.empty((len(rarity), 4))
    traits[:, 0] = importance
    worth = np.multiply(importance, stems.facts[:, IS_CONTENT], out=traits[:, 1])
    _read_likeness(openings, rarity=rarity, norm=norm, out=traits[:, 2:])
    expected, worths, to_all, to_opening = openings.total(traits).T
    length = np.maximum(rows.length, 1)
    # What is divided by is never nothing.
    some_contents, some_rarity = np.maximum(contents, _ONE), np.maximum(rarities, LEAST)
    # Written in place; clipping changes nothing, but spares `take` a copy.
    table = np.empty((len(SENTENCE_FEATURES), len(place)))
    _OF_PLACES.take(place, axis=1, out=table[:3], mode="clip")
    np.divide(place, openings.totals.take(rows.article), out=table[3])
    _LOGS.take(rows.before, out=table[4], mode="clip")
    _OF_LENGTHS.take(length, axis=1, out=table[5:7], mode="clip")
    np.divide(rows.commas, length, out=table[7])
    np.divide(rows.capitals, length, out=table[8])
    np.divide(contents, length, out=table[9])
    table[10:13] = rows.marks
    table[13] = rows.is_loose
    np.divide(rarities, some_contents, out=table[14])
    np.divide(worths, some_contents, out=table[15])
    np.minimum(worths, _MOST_WORTH, out=table[16])
    np.minimum(np.bincount(stems.first, worth, len(place)), _MOST_WORTH, out=table[17])
    np.divide(expected, length + _LENGTHS, out=table[18:21])
    likeness = np.multiply(to_all, norm, out=table[21])
    mass = np.add.reduceat(likeness, openings.first_rows)
    likeness /= np.sqrt(np.maximum(mass, LEAST)).take(rows.article)
    np.multiply(to_opening, norm, out=table[22])
    for feature, sentence in ((23, stems.first), (24, stems.last)):
        own = np.bincount(sentence, rarity, len(place))
        np.divide(rarities - own, some_rarity, out=table[feature])
    np.minimum(totals[IS_NUMBER], _MOST_NUMBERS, out=table[25])
    np.minimum(totals[IS_I : IS_SPEECH + 1], _ONE, out=table[26:29])
    _LOGS.take(openings.totals, mode="clip").take(rows.article, out=table[29], mode="clip")
    table[30] = openings.is_cased.take(rows.article)
    return Sentences(features=in_steps(table), rarities=rarities)


def _read_likeness(
    openings: Openings, *, rarity: FloatArray, norm: FloatArray, out: FloatArray
) -> None:
    """Tell how much each stem makes a sentence like its article, and like the opening.

    Likeness is the cosine of content words that are weighted by their rarity, summed up over the
    others.

    Args:
        openings: the articles.
        rarity: for each stem.
        norm: for each sentence one over the length of its vector, the weights being left aside.
        out: where to, stems by two.
    """
    by_word = norm.take(openings.row)
    weight = rarity * rarity
    np.multiply(np.bincount(openings.stem, by_word, len(rarity)), weight, out=out[:, 0])
    by_word *= openings.is_early
    np.multiply(np.bincount(openings.stem, by_word, len(rarity)), weight, out=out[:, 1])
