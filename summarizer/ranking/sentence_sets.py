"""What the learned ranker knows of each set of sentences as a whole.

Must not know any learned weight. What is the same for all articles stands in a few matrices over
the sets that so many candidates allow, so that describing sets is multiplying by them.
"""

from __future__ import annotations

from itertools import combinations
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from summarizer.ranking.features import (
    CENTRALITY,
    EARLINESS,
    LEAST,
    SUMMARY_WORDS,
    Sentences,
)
from summarizer.ranking.method import BoolArray, FloatArray, IntArray
from summarizer.ranking.networks import in_steps
from summarizer.ranking.openings import Openings
from summarizer.ranking.stem_facts import RARITY

CANDIDATES = 8
"""Sets are made of so many of the best sentences."""

SIZES = (2, 3)

WORDS_STEP = 16.0
"""Lengths of sets are given in so many words."""

FITTING_WORDS = (50, 65)
"""Summaries by editors have about so many words; a word too few counts as two too many."""

SET_FEATURES = (
    "score_sum", "words", "likeness_to_article", "loose_ends", "repetition",
    "short_gain", "gain", "long_gain", "score_least", "first_place", "is_lead", "is_three",
    "misfit",
)  # fmt: skip

WORDS = SET_FEATURES.index("words")
LOOSE_ENDS = SET_FEATURES.index("loose_ends")
MISFIT = SET_FEATURES.index("misfit")
IS_LEAD = SET_FEATURES.index("is_lead")

_MEMBERS = [members for size in SIZES for members in combinations(range(CANDIDATES), size)]
_PAIRS = sum(len(members) == SIZES[0] for members in _MEMBERS)
_OF_SIZE = {SIZES[0]: slice(0, _PAIRS), SIZES[1]: slice(_PAIRS, len(_MEMBERS))}
SET_SIZES = np.array([len(members) for members in _MEMBERS])
SET_MEMBERS = np.array([(*members, members[-1])[:3] for members in _MEMBERS])
# Functions that take the members of each set out of a list of the candidates.
_TAKE_MEMBERS = {
    size: [itemgetter(*members) for members in _MEMBERS[sets]] for size, sets in _OF_SIZE.items()
}
_FIRSTS, _MIDDLES, _LASTS = SET_MEMBERS.T.copy()
# Only the first set of a size may be the lead: that of the first sentences.
_MAY_LEAD = slice(0, _PAIRS + 1, _PAIRS)
_ENDS_OF_LEAD = np.array([size - 1 for size in SIZES])
# No lead so far, and which sets have three.
_LEAD_AND_THREE = np.array([np.zeros(len(_MEMBERS)), SET_SIZES == SIZES[-1]])[:, None]
# Candidates by sets: which belong together; and which two belong together with the next one.
_HAS = np.array([[float(place in members) for members in _MEMBERS] for place in range(CANDIDATES)])
_HAS_ONE_OR_TWO = np.vstack([_HAS, _HAS[:-1] * _HAS[1:]])
# Which of the candidates have a stem is a number of two digits to the base 16, and so is which of
# them a set has. What a set has nothing of is summed up digit by digit, by whether two digits have
# nothing in common: a table of numbers by sets would take the place of much else in the cache.
_BASE = 1 << CANDIDATES // 2
_IS_APART = np.array([[float(not one & other) for one in range(_BASE)] for other in range(_BASE)])
_NUMBERS_OF_SETS = np.array([sum(1 << place for place in members) for members in _MEMBERS])
# What each candidate that has a stem adds to that number, then other sentences, then the article.
_BITS = np.append(2.0 ** np.arange(CANDIDATES), [0.0, 2.0**CANDIDATES])
_ALL = np.arange(CANDIDATES)
_WORDS = np.arange(1 << 10)
_MISFITS = np.maximum(2 * (FITTING_WORDS[0] - _WORDS), 0) + np.maximum(_WORDS - FITTING_WORDS[1], 0)
_MISFITS = _MISFITS / WORDS_STEP
_WORD = np.array(1.0 / WORDS_STEP)
_LENGTHS = np.array(SUMMARY_WORDS)[:, None, None]


class Candidates(NamedTuple):
    """The best sentences of each article, those that stand first first.

    Attributes:
        rows: articles by candidates; the last is repeated where an article has fewer.
        numbers: the number of each among the best of its article.
        places: the place of each in its article.
        counts: how many each article has.
    """

    rows: IntArray
    numbers: IntArray
    places: IntArray
    counts: list[int]

    def has_set(self) -> BoolArray:
        """Return for each article which sets it has sentences for."""
        return np.asarray(np.array(self.counts)[:, None] > _LASTS)

    def best_sets(self, values: FloatArray) -> list[dict[int, tuple[int, ...]]]:
        """Return for each article the best set of each size, by places in the article.

        Args:
            values: articles by sets.
        """
        if self.numbers is not _ALL:
            values = np.where(self.has_set(), values, -np.inf)
        best = [
            (size, _TAKE_MEMBERS[size], values[:, sets].argmax(axis=1).tolist())
            for size, sets in _OF_SIZE.items()
        ]
        return [
            {size: take[sets[article]](places) for size, take, sets in best if size <= count}
            for article, (places, count) in enumerate(
                zip(self.places.tolist(), self.counts, strict=True)
            )
        ]


def find_candidates(openings: Openings, scores: FloatArray) -> Candidates:
    """Take the best sentences of each article, of equal ones those that stand first.

    Args:
        openings: the articles.
        scores: one number a sentence.
    """
    # Plain lists: there are few of them in an article.
    values, found, counts = scores.tolist(), [], []
    for start, size in zip(openings.first_rows.tolist(), openings.sizes.tolist(), strict=True):
        own = values[start : start + size]
        best = sorted(sorted(range(size), key=own.__getitem__, reverse=True)[:CANDIDATES])
        found.append(best + best[-1:] * (CANDIDATES - len(best)))
        counts.append(len(best))
    places = np.array(found)
    rows = places + openings.first_rows[:, None]
    numbers = _ALL
    if min(counts) < CANDIDATES:
        numbers = np.minimum(_ALL, np.array(counts)[:, None] - 1)
    return Candidates(rows=rows, numbers=numbers, places=places, counts=counts)


def read_sets(
    openings: Openings,
    sentences: Sentences,
    *,
    candidates: Candidates,
    scores: FloatArray,
    importance: FloatArray,
) -> FloatArray:
    """Describe the sets that the candidates allow, by `SET_FEATURES`.

    Args:
        openings: the articles.
        sentences: their sentences.
        candidates: the best of them.
        scores: one number a sentence.
        importance: for each stem how likely a summary has it, 0 to 1.

    Returns:
        Features by articles by sets.
    """
    rows, place = openings.rows, candidates.places
    known = [
        scores, rows.length, sentences.features[CENTRALITY], rows.is_loose, sentences.rarities,
    ]  # fmt: skip
    found = np.array(known).take(candidates.rows, axis=1)
    own = np.zeros((len(known), len(place), len(_HAS_ONE_OR_TWO)))
    own[:, :, :CANDIDATES] = found
    # Where the sentence is there that it points to, it is loose no more.
    is_next = place[:, 1:] - place[:, :-1] == 1
    np.multiply(is_next, -found[LOOSE_ENDS, :, 1:], out=own[LOOSE_ENDS, :, CANDIDATES:])
    table = np.empty((len(SET_FEATURES), len(place), len(SET_SIZES)))
    np.matmul(own, _HAS_ONE_OR_TWO, out=table[: len(known)])
    expected, covered = _read_coverage(openings, candidates, importance=importance)
    length, repetition = table[WORDS], table[4]
    repetition -= covered
    repetition /= np.maximum(covered, LEAST)
    np.divide(expected, length + _LENGTHS, out=table[5:8])
    _MISFITS.take(length.astype(np.int64), out=table[MISFIT], mode="clip")
    length *= _WORD
    score = found[0]
    least = np.minimum(score.take(_FIRSTS, axis=1), score.take(_MIDDLES, axis=1))
    np.minimum(least, score.take(_LASTS, axis=1), out=table[8])
    EARLINESS.take(place).take(_FIRSTS, axis=1, out=table[9], mode="clip")
    table[10:12] = _LEAD_AND_THREE
    table[IS_LEAD, :, _MAY_LEAD] = place.take(_ENDS_OF_LEAD, axis=1) == _ENDS_OF_LEAD
    return in_steps(table)


def _read_coverage(
    openings: Openings, candidates: Candidates, *, importance: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Tell what the stems are worth that each set has, each counted once.

    Returns:
        The overlap with a summary that is to be expected, and the rarity; articles by sets.
    """
    stems, found = openings.stems, candidates.rows
    # Which stems each candidate has; those of other sentences go to the line below, and the
    # number of the article to the last.
    has = np.zeros((len(_BITS), len(importance)))
    line = np.empty(len(openings.rows.place), dtype=np.int64)
    line.fill(CANDIDATES)
    line[found] = candidates.numbers
    line *= len(importance)
    cells = line.take(openings.row)
    cells += openings.stem
    has.reshape(-1)[cells] = 1.0
    has[-1] = stems.article
    having = (_BITS @ has).astype(np.int64)
    bins = len(found) << CANDIDATES
    worth = np.empty((2, len(found), 1 << CANDIDATES))
    worth[0] = np.bincount(having, importance, bins).reshape(len(found), -1)
    worth[1] = np.bincount(having, stems.facts[:, RARITY], bins).reshape(len(found), -1)
    missed = (worth.reshape(-1, _BASE) @ _IS_APART).reshape(-1, _BASE, _BASE)
    missed = (_IS_APART @ missed).reshape(worth.shape)
    # The set without members has nothing of all that there is.
    expected, covered = missed[:, :, :1] - missed.take(_NUMBERS_OF_SETS, axis=2)
    return expected, covered
