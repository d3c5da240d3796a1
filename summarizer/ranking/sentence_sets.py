"""What the learned ranker knows of each set of sentences as a whole.

Must not know any learned weight. What is the same for all articles stands in a few matrices over
the sets that so many candidates allow, so that describing sets is multiplying by them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

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
_MEMBERS_OF = {size: SET_MEMBERS[sets, :size].copy() for size, sets in _OF_SIZE.items()}
_IS_THREE = SET_SIZES == SIZES[-1]
_FIRSTS, _MIDDLES, _LASTS = SET_MEMBERS.T.copy()
# Candidates by sets: which belong together; and which two belong together with the next one.
_HAS = np.array([[float(place in members) for members in _MEMBERS] for place in range(CANDIDATES)])
_HAS_ONE_OR_TWO = np.vstack([_HAS, _HAS[:-1] * _HAS[1:]])
# Which of the candidates have a stem is a number from 0 to 255; whether any of a set has it.
_HAVING = (np.arange(1 << CANDIDATES)[:, None] >> np.arange(CANDIDATES)) & 1
_COVERS = np.minimum(_HAVING @ _HAS, 1.0)
_BITS = np.append(2.0 ** np.arange(CANDIDATES), 0.0)
_ALL = np.arange(CANDIDATES)
_WORDS = np.arange(1 << 10)
_MISFITS = np.maximum(2 * (FITTING_WORDS[0] - _WORDS), 0) + np.maximum(_WORDS - FITTING_WORDS[1], 0)
_MISFITS = _MISFITS / WORDS_STEP
_LENGTHS = np.array(SUMMARY_WORDS)[:, None]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidates:
    """The best sentences of each article, those that stand first first.

    Attributes:
        rows: articles by candidates; the last is repeated where an article has fewer.
        places: the place of each among the best of its article.
        counts: how many each article has.
    """

    rows: IntArray
    places: IntArray
    counts: IntArray

    def has_set(self) -> BoolArray:
        """Return for each article which sets it has sentences for."""
        return np.asarray(self.counts[:, None] > _LASTS)

    def best_sets(self, values: FloatArray) -> dict[int, IntArray]:
        """Return for each size the best set of each article, by rows.

        Args:
            values: articles by sets.
        """
        if self.places is not _ALL:
            values = np.where(self.has_set(), values, -np.inf)
        first = np.arange(0, self.rows.size, CANDIDATES)[:, None]
        best = {}
        for size, sets in _OF_SIZE.items():
            members = _MEMBERS_OF[size].take(values[:, sets].argmax(axis=1), axis=0)
            members += first
            best[size] = self.rows.take(members)
        return best


def find_candidates(openings: Openings, scores: FloatArray) -> Candidates:
    """Take the best sentences of each article, of equal ones those that stand first.

    Args:
        openings: the articles.
        scores: one number a sentence.
    """
    order = np.lexsort((-scores, openings.rows.article))
    counts = np.minimum(openings.sizes, CANDIDATES)
    if np.minimum.reduce(counts) == CANDIDATES:
        rows = order.take(openings.first_rows[:, None] + _ALL)
        rows.sort(axis=1)
        return Candidates(rows=rows, places=_ALL, counts=counts)
    places = np.minimum(_ALL, counts[:, None] - 1)
    rows = order.take(openings.first_rows[:, None] + places)
    # What is repeated goes to the end.
    rows[places < _ALL] = len(order)
    rows.sort(axis=1)
    rows = np.take_along_axis(rows, places, axis=1)
    return Candidates(rows=rows, places=places, counts=counts)


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
        Articles by features by sets.
    """
    rows, found = openings.rows, candidates.rows
    place, score, loose = rows.place.take(found), scores.take(found), rows.is_loose.take(found)
    own = np.zeros((len(found), 5, 2 * CANDIDATES - 1))
    one = own[:, :, :CANDIDATES]
    one[:, 0] = score
    one[:, 1] = rows.length.take(found)
    one[:, 2] = sentences.features[CENTRALITY].take(found)
    one[:, 3] = loose
    one[:, 4] = sentences.rarities.take(found)
    # Where the sentence is there that it points to, it is loose no more.
    is_next = place[:, 1:] == place[:, :-1] + 1
    np.multiply(is_next, -loose[:, 1:], out=own[:, 3, CANDIDATES:])
    table = np.empty((len(found), len(SET_FEATURES), len(SET_SIZES)))
    np.matmul(own, _HAS_ONE_OR_TWO, out=table[:, :5])
    expected, covered = _read_coverage(openings, candidates, importance=importance)
    length, repetition = table[:, WORDS], table[:, 4]
    repetition -= covered
    repetition /= np.maximum(covered, LEAST)
    np.divide(expected[:, None], length[:, None] + _LENGTHS, out=table[:, 5:8])
    table[:, MISFIT] = _MISFITS.take(length.astype(np.int64), mode="clip")
    length *= 1.0 / WORDS_STEP
    least = np.minimum(score.take(_FIRSTS, axis=1), score.take(_MIDDLES, axis=1))
    np.minimum(least, score.take(_LASTS, axis=1), out=table[:, 8])
    table[:, 9] = EARLINESS.take(place).take(_FIRSTS, axis=1)
    # Only the first set of a size may be the lead.
    table[:, IS_LEAD] = 0.0
    for size, sets in _OF_SIZE.items():
        table[:, IS_LEAD, sets.start] = place[:, size - 1] == size - 1
    table[:, 11] = _IS_THREE
    return in_steps(table)


def _read_coverage(
    openings: Openings, candidates: Candidates, *, importance: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Tell what the stems are worth that each set has, each counted once.

    Returns:
        The overlap with a summary that is to be expected, and the rarity; articles by sets.
    """
    stems, found = openings.stems, candidates.rows
    # Which stems each candidate has; those of other sentences go to the last line.
    line = np.empty(len(openings.rows.place), dtype=np.int64)
    line.fill(CANDIDATES)
    line[found] = candidates.places
    has = np.zeros((CANDIDATES + 1, len(importance)))
    has[line.take(openings.row), openings.stem] = 1.0
    having = (_BITS @ has).astype(np.int64)
    having += stems.article << CANDIDATES
    bins = len(found) << CANDIDATES
    worth = np.empty((2, len(found), 1 << CANDIDATES))
    worth[0] = np.bincount(having, importance, bins).reshape(len(found), -1)
    worth[1] = np.bincount(having, stems.facts[:, RARITY], bins).reshape(len(found), -1)
    expected, covered = worth @ _COVERS
    return expected, covered
