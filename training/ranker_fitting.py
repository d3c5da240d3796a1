"""Fitting of the ranker's three networks one after the other.

Knows lessons and networks: it must not know files.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from summarizer.ranking.choice import Model, tabulate
from summarizer.ranking.features import Sentences, read_sentences, word_table
from summarizer.ranking.method import FloatArray
from summarizer.ranking.networks import Network, join_networks
from summarizer.ranking.sentence_sets import (
    LOOSE_ENDS,
    MISFIT,
    SET_MEMBERS,
    SET_SIZES,
    SIZES,
    WORDS_STEP,
    find_candidates,
    read_sets,
)
from summarizer.ranking.stem_facts import Stems
from training.networks import (
    Plan,
    fit_network,
    likelihood_loss,
    reward_loss,
    scales,
    squared_loss,
)
from training.ranker_lessons import (
    REWARD_SCALE,
    USUAL_WORDS,
    Lessons,
    rewards,
    sentence_gains,
)

LOOSE_END_COST = 100.0
MISFIT_COST = 0.1
"""What a word too many costs beside the reward."""

REST_WEIGHT = 0.1
"""What an article counts whose reference is its own first sentence."""

WORD_PLAN = Plan(hidden=12, epochs=20, batch=1024, rate=7e-3, decay=1e-3, dropout=0.0)
SENTENCE_PLAN = Plan(hidden=16, epochs=8, batch=256)
SET_PLAN = Plan(hidden=8, epochs=15, batch=32)
WORD_ENSEMBLE = 4
SET_SEED = 12
"""Added to the seed of the set network: seeds differ by what chance gives, and no mean of the
development set may fall."""


def train(lessons: Lessons, *, stems: Stems, seed: int) -> Model:
    """Fit the three networks one after the other.

    Each sentence that the set network is fitted on is scored by networks that have not seen it.

    Args:
        lessons: the articles to learn from.
        stems: what is known beside the articles.
        seed: of all that is random.
    """
    words = _fit_words(lessons, seed=seed)
    importance = tabulate(words).take(lessons.cells)
    sentences = read_sentences(lessons.openings, importance=importance)
    fitted = _fit_sentences(lessons, sentences.features, seed=seed)
    half = lessons.half[lessons.openings.rows.article]
    # The first was fitted on the first half.
    scores = np.where(half == 1, *(network(sentences.features) for network in fitted))
    sets = _fit_sets(lessons, sentences, importance=importance, scores=scores, seed=seed)
    return Model(stems=stems, words=words, sentences=join_networks(fitted), sets=sets)


def _fit_words(lessons: Lessons, *, seed: int) -> Network:
    is_known = lessons.is_known[lessons.openings.stems.article]
    cells, cell = np.unique(lessons.cells[is_known], return_inverse=True)
    counts = np.bincount(cell).astype(np.float64)
    inputs = word_table().T[cells]
    loss = likelihood_loss(
        np.bincount(cell, lessons.labels[is_known]) / counts, counts / counts.mean()
    )
    scaling = scales(inputs, counts)
    plans = (replace(WORD_PLAN, seed=seed + member) for member in range(WORD_ENSEMBLE))
    return join_networks([fit_network(inputs, loss, plan=plan, scaling=scaling) for plan in plans])


def _fit_sentences(lessons: Lessons, table: FloatArray, *, seed: int) -> list[Network]:
    """Fit a network on each half of the articles."""
    features = table.T
    article = lessons.openings.rows.article
    gains = sentence_gains(lessons)
    weights = lessons.openings.sizes[article] ** -0.5
    is_known = lessons.is_known[article]
    scaling = scales(features[is_known])
    networks = []
    for half in (0, 1):
        rows = is_known & (lessons.half[article] == half)
        loss = squared_loss(gains[rows], weights[rows] / weights[rows].mean())
        plan = replace(SENTENCE_PLAN, seed=seed)
        networks.append(fit_network(features[rows], loss, plan=plan, scaling=scaling))
    return networks


def _fit_sets(
    lessons: Lessons,
    sentences: Sentences,
    *,
    importance: FloatArray,
    scores: FloatArray,
    seed: int,
) -> Network:
    openings = lessons.openings
    candidates = find_candidates(openings, scores)
    table = read_sets(
        openings, sentences, candidates=candidates, scores=scores, importance=importance
    )
    inputs = table.transpose(1, 2, 0)[:, :, :MISFIT]
    places = candidates.places
    weights = REWARD_SCALE * np.where(lessons.is_rest, REST_WEIGHT, 1.0)
    worth = np.full((len(SIZES), *inputs.shape[:2]), np.nan)
    for of_size, size in zip(worth, SIZES, strict=True):
        has_set = candidates.has_set() & (SET_SIZES == size)
        for number, example in enumerate(lessons.examples):
            own = np.flatnonzero(has_set[number])
            if len(own) > 1:
                sets = places[number][SET_MEMBERS[own, :size]]
                reward = rewards(example, sets, words=USUAL_WORDS)
                of_size[number, own] = weights[number] * (reward - reward.mean())
    wanted = worth.reshape(-1, inputs.shape[1])
    inputs = np.concatenate([inputs] * len(SIZES))
    scaling = scales(inputs[~np.isnan(wanted)])
    plan = replace(SET_PLAN, seed=seed + SET_SEED)
    return _with_costs(fit_network(inputs, reward_loss(wanted), plan=plan, scaling=scaling))


def _with_costs(sets: Network) -> Network:
    """Add what holds beside what was learned; how well the length fits was not among its inputs."""
    linear = np.append(sets.linear, -MISFIT_COST * WORDS_STEP)
    # A sentence that leans on one that is missing would not be taken anyway.
    linear[LOOSE_ENDS] -= LOOSE_END_COST
    hidden = np.pad(sets.hidden, ((0, 0), (0, 1)))
    return replace(sets, mean=np.append(sets.mean, 0.0), hidden=hidden, linear=linear).rounded()
