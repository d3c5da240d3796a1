"""What was learned from human summaries, and which sentences it chooses.

Knows the features and the networks: it must not know how choices become ratings.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

import numpy as np

from summarizer.ranking.counts import count_stems
from summarizer.ranking.features import read_sentences, read_stems, word_table
from summarizer.ranking.method import FloatArray
from summarizer.ranking.networks import Network, chances, in_steps
from summarizer.ranking.openings import Openings, read_openings
from summarizer.ranking.sentence_sets import find_candidates, read_sets
from summarizer.ranking.stem_facts import Stems
from summarizer.text.parsed import ParsedArticle

TITLE_WEIGHT = 0.5
"""What all words of the title are worth, beside a score whose deviation is about 1."""

NETWORKS_FILE = "news_networks.json"
RARITIES_FILE = "news_rarities.json"

_PARTS = 64


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """What was learned.

    Attributes:
        stems: how common words are in news.
        words: tells how likely a summary has a word.
        sentences: tells what a sentence adds to a summary.
        sets: tells how good a summary a set of sentences is.
        importance: for each stem that there may be how likely a summary has it, 0 to 1.
    """

    stems: Stems
    words: Network
    sentences: Network
    sets: Network
    importance: FloatArray = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "importance", tabulate(self.words))


def tabulate(words: Network) -> FloatArray:
    """Return how likely a summary has each stem that there may be, by `word_table`.

    Args:
        words: the network that knows it.
    """
    # In parts that stay in the processor's memory.
    parts = np.array_split(word_table(), _PARTS, axis=1)
    return np.concatenate([chances(words(part)) for part in parts])


@lru_cache(maxsize=1)
def load_model() -> Model:
    """Read the parameters that are shipped; their origin stands in data/PROVENANCE.md."""
    folder = resources.files("summarizer") / "data"
    networks = json.loads((folder / NETWORKS_FILE).read_text(encoding="utf-8"))
    return Model(
        stems=Stems(json.loads((folder / RARITIES_FILE).read_text(encoding="utf-8"))),
        **{name: Network.from_json(values) for name, values in networks.items()},
    )


class Choice(NamedTuple):
    """What the model says of the openings of articles.

    Attributes:
        openings: the articles.
        shares: features by sentences, what they added to the score.
        titles: for each sentence the share of the title's content stems that it has; None if no
            article has a title.
        scores: one number a sentence.
        best: for each article the best set of each size that it has sentences for, by places.
    """

    openings: Openings
    shares: FloatArray
    titles: FloatArray | None
    scores: FloatArray
    best: list[dict[int, tuple[int, ...]]]


def choose(parsed: Sequence[ParsedArticle], model: Model) -> Choice:
    """Score the sentences of the openings, and choose the best set of each size.

    Args:
        parsed: articles with at least one word each.
        model: what was learned.
    """
    openings = read_openings(parsed, model.stems)
    importance = model.importance.take(read_stems(openings))
    sentences = read_sentences(openings, importance=importance)
    scores, shares = model.sentences.explain(sentences.features)
    titles = _title_shares(parsed, openings)
    if titles is not None:
        scores += in_steps(TITLE_WEIGHT * titles)
    candidates = find_candidates(openings, scores)
    table = read_sets(
        openings, sentences, candidates=candidates, scores=scores, importance=importance
    )
    values = model.sets(table.reshape(len(table), -1)).reshape(table.shape[1:])
    best = candidates.best_sets(values)
    return Choice(openings=openings, shares=shares, titles=titles, scores=scores, best=best)


def _title_shares(parsed: Sequence[ParsedArticle], openings: Openings) -> FloatArray | None:
    """Return for each sentence the share of the title's content stems; None without a title."""
    if not any(article.terms.title for article in parsed):
        return None
    shares = np.zeros(len(openings.rows.place))
    for number, article in enumerate(parsed):
        if article.terms.title:
            start = openings.first_rows[number]
            size = openings.sizes[number]
            shares[start : start + size] = title_overlap(article)[:size]
    return shares


def title_overlap(parsed: ParsedArticle) -> FloatArray:
    """Return for each sentence the share of the title's content stems that it has.

    Args:
        parsed: the article.
    """
    wanted = {word.stem for word in parsed.terms.title if not word.is_stop}
    if not wanted:
        return np.zeros(len(parsed.spans))
    counts = count_stems(parsed.terms)
    is_title = np.isin(counts.columns, parsed.terms.title_ids)
    return counts.row_sums(is_title.astype(np.float64)) / len(wanted)
