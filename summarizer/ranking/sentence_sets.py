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
    LEAST,
    SUMMARY_WORDS,
    Sentences,
    log1p,
    make_table,
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

SET_FEATURES = (
    "score_sum", "score_least", "short_gain", "gain", "long_gain", "coverage", "words",
    "repetition", "likeness_to_article", "first_place", "last_place", "neighbours", "has_first",
    "is_lead", "loose_ends", "is_three",
)  # fmt: skip

WORDS = SET_FEATURES.index("words")
LOOSE_ENDS = SET_FEATURES.index("loose_ends")
IS_LEAD = SET_FEATURES.index("is_lead")

_MEMBERS = [members for size in SIZES for members in combinations(range(CANDIDATES), size)]
_PAIRS = sum(len(members) == SIZES[0] for members in _MEMBERS)
_OF_SIZE = {SIZES[0]: slice(0, _PAIRS), SIZES[1]: slice(_PAIRS, len(_MEMBERS))}
SET_SIZES = np.array([len(members) for members in _MEMBERS])
SET_MEMBERS = np.array([(*members, members[-1])[:3] for members in _MEMBERS])
# Candidates by sets: which belong together, and which two belong together with the next one.
_HAS = np.array([[float(place in members) for members in _MEMBERS] for place in range(CANDIDATES)])
_HAS_BOTH = _HAS[:-1] * _HAS[1:]
# Which of the candidates have a stem is a number from 0 to 255; how many of each set do.
_SHARED = ((np.arange(1 << CANDIDATES)[:, None] >> np.arange(CANDIDATES)) & 1) @ _HAS
_COVERS = np.minimum(_SHARED, 1.0)
_REPEATS = _SHARED - _COVERS
_BITS = 2.0 ** np.arange(CANDIDATES)
_IS_THREE = SET_SIZES == SIZES[-1]


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
        return np.asarray(self.counts[:, None] > SET_MEMBERS[:, -1])

    def members(self, values: FloatArray, *, size: int) -> IntArray:
        """Return the best set of so many sentences for each article, as rows.

        Args:
            values: articles by sets.
            size: one of `SIZES`.
        """
        sets = _OF_SIZE[size]
        best = values[:, sets].argmax(axis=1) + sets.start
        members: IntArray = SET_MEMBERS[best, :size]
        return np.asarray(self.rows[np.arange(len(best))[:, None], members])


def find_candidates(openings: Openings, order: IntArray) -> Candidates:
    """Take the best sentences of each article.

    Args:
        openings: the articles.
        order: all sentences, by article, then best first.
    """
    counts = np.minimum(openings.sizes, CANDIDATES)
    places = np.minimum(np.arange(CANDIDATES), counts[:, None] - 1)
    best = order[openings.first_rows[:, None] + places]
    if counts.min() < CANDIDATES:
        # What is repeated goes to the end.
        best[np.arange(CANDIDATES) > places] = len(order)
    best.sort(axis=1)
    rows = best[np.arange(len(best))[:, None], places]
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
        Features by sets, all sets of the first article first.
    """
    rows, stems, found = openings.rows, openings.stems, candidates.rows
    per_row = (scores, rows.length, sentences.features[CENTRALITY], sentences.is_loose)
    own = make_table(per_row, len(scores))[:, found]
    score, length, likeness, loose = own @ _HAS
    place = rows.place[found]
    is_next = (place[:, 1:] - place[:, :-1]) == 1
    neighbours, led = np.array([is_next, is_next * own[3, :, 1:]]) @ _HAS_BOTH

    # What the stems are worth that just these of the candidates have, for each article.
    bits = np.zeros(len(scores))
    bits[found] = _BITS[candidates.places]
    cells = openings.cells
    having = np.bincount(cells.stem, bits[cells.row], len(stems.article)).astype(np.int64)
    having += stems.article << CANDIDATES
    rarity = stems.facts[RARITY] * stems.is_content
    shared = np.array(
        [
            np.bincount(having, values, len(found) << CANDIDATES)
            for values in (importance, importance * stems.is_content, rarity)
        ]
    ).reshape(3, len(found), -1)
    expected, coverage, rarities = shared @ _COVERS
    expected *= 2.0
    table = np.empty((len(SET_FEATURES), *score.shape))
    columns = (
        score,
        own[0][:, SET_MEMBERS].min(axis=2),
        *(expected / (length + words) for words in SUMMARY_WORDS),
        coverage,
        length / WORDS_STEP,
        (shared[2] @ _REPEATS) / np.maximum(rarities, LEAST),
        likeness,
        (1.0 / (1.0 + place))[:, SET_MEMBERS[:, 0]],
        log1p(place)[:, SET_MEMBERS[:, 2]],
        neighbours,
        (place == 0)[:, SET_MEMBERS[:, 0]],
        place[:, SET_MEMBERS[:, 2]] == SET_SIZES - 1,
        loose - led,
        _IS_THREE,
    )
    for feature, column in zip(table, columns, strict=True):
        feature[:] = column
    return in_steps(table.reshape(len(table), -1))
