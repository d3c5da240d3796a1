"""The default method: learned from summaries that people wrote, and choosing sentences as a set.

Must not know how many sentences will be taken, nor how the parameters were learned.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import combinations

import numpy as np

from summarizer.ranking.counts import count_stems
from summarizer.ranking.features import (
    SENTENCE_FEATURES,
    has_words,
    read_sentences,
    read_stems,
)
from summarizer.ranking.graph import rate_lex_rank
from summarizer.ranking.method import FloatArray, IntArray, Rating, Reasons
from summarizer.ranking.networks import Network
from summarizer.ranking.position import rate_lead
from summarizer.ranking.reasons import CENTRAL, NEAR_TOP, OPENS, SHARES_TITLE
from summarizer.ranking.sentence_sets import LOOSE_ENDS, read_sets
from summarizer.ranking.stem_facts import Stems
from summarizer.text.parsed import ParsedArticle

CANDIDATES = 6
"""Sets are made of so many of the best sentences."""

TITLE_WEIGHT = 0.5
"""What all words of the title are worth, beside a score whose deviation is about 1."""

CENTRALITY_WEIGHT = 0.05
PLAIN_TITLE_WEIGHT = 0.1
"""Of languages that nothing was learned for; the place of the first sentence is worth 1."""

NETWORKS_FILE = "news_networks.json"
RARITIES_FILE = "news_rarities.json"

_LEARNED_LANGUAGE = "en"
_DROP = 0.02
_LOOSE_END_COST = 100.0
_LEAD_MARGIN = 1.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """What was learned.

    Attributes:
        stems: how common words are in news.
        words: tells how likely a summary has a word.
        sentences: tells what a sentence adds to a summary.
        sets: tells how good a summary a set of sentences is.
    """

    stems: Stems
    words: Network
    sentences: Network
    sets: Network


@lru_cache(maxsize=1)
def load_model() -> Model:
    """Read the parameters that are shipped; their origin stands in data/PROVENANCE.md."""
    folder = resources.files("summarizer") / "data"
    networks = json.loads((folder / NETWORKS_FILE).read_text(encoding="utf-8"))
    return Model(
        stems=Stems(json.loads((folder / RARITIES_FILE).read_text(encoding="utf-8"))),
        **{name: Network.from_json(values) for name, values in networks.items()},
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Choice:
    """What the model says of an article's opening.

    Attributes:
        order: sentence indexes, best first; the first three are the best set.
        scores: one number a sentence, not yet as a set.
        features: sentences by `SENTENCE_FEATURES`.
    """

    order: list[int]
    scores: FloatArray
    features: FloatArray


def rate_news(parsed: ParsedArticle) -> Rating:
    """Rate sentences as a model learned it that was fitted on human summaries.

    A first network estimates which words a summary has (as Hong and Nenkova, Improving the
    estimation of word importance for news multi-document summarization, EACL 2014), a second one
    what each sentence adds, and a third compares sets of the best ones as a whole (as Zhong et
    al., Extractive summarization as text matching, ACL 2020). Sentences far down, and those of
    languages that nothing was learned for, are rated by their place and centrality.
    """
    if parsed.language != _LEARNED_LANGUAGE or not has_words(parsed):
        return rate_plainly(parsed)
    model = load_model()
    title = title_overlap(parsed)
    choice = choose(parsed, model, bonus=TITLE_WEIGHT * title)
    values = _spread(choice, total=len(parsed.spans))
    return Rating(values=values, reasons=_reasons(choice, model, title=title))


def choose(parsed: ParsedArticle, model: Model, *, bonus: FloatArray | None = None) -> Choice:
    """Order the sentences of an article's opening, the best set of three first.

    Args:
        parsed: the article, with at least one word.
        model: what was learned.
        bonus: for each sentence what to add to its score.
    """
    words = read_stems(parsed, model.stems)
    importance = 1.0 / (1.0 + np.exp(-model.words(words.features)))
    sentences = read_sentences(parsed, words, importance=importance)
    scores = model.sentences(sentences.features)
    if bonus is not None:
        scores += bonus[: len(scores)]

    order: list[int] = np.argsort(-scores, kind="stable").tolist()
    sets = candidate_sets(scores, size=3)
    if len(sets) > 1:
        described = read_sets(words, sentences, sets=sets, scores=scores, importance=importance)
        values = model.sets(described)
        # A sentence that leans on one that is missing would not be taken anyway.
        values -= _LOOSE_END_COST * described[:, LOOSE_ENDS]
        # News is written with the most important first: another set has to be clearly better.
        values += _LEAD_MARGIN * (sets[:, -1] == 2)
        best = set(sets[int(values.argmax())].tolist())
        order.sort(key=lambda index: index not in best)
    return Choice(order=order, scores=scores, features=sentences.features)


def candidate_sets(scores: FloatArray, *, size: int) -> IntArray:
    """Return every set of the best sentences, one ascending row each.

    Args:
        scores: one number a sentence.
        size: how many sentences a set has.
    """
    best = np.sort(np.argsort(-scores, kind="stable")[:CANDIDATES])
    return best[_combinations(len(best), min(size, len(best)))]


@cache
def _combinations(count: int, size: int) -> IntArray:
    return np.array(list(combinations(range(count), size)), dtype=np.int64)


def _spread(choice: Choice, *, total: int) -> FloatArray:
    """Turn an order into values from 1 down; sentences far down follow by their place."""
    size = len(choice.order)
    values = np.empty(total)
    lowest = float(choice.scores.min())
    range_ = max(float(choice.scores.max()) - lowest, 1e-9)
    ordered = 0.5 + 0.5 * (choice.scores[choice.order] - lowest) / range_
    # No sentence is worth more than the one before it in the order.
    drops = _DROP * np.arange(size) / size
    values[choice.order] = np.minimum.accumulate(ordered) - drops
    values[size:] = 0.4 * (total - np.arange(size, total)) / total
    return values


_PHRASES: Mapping[str, tuple[str, ...]] = {
    NEAR_TOP: ("is_first", "is_second", "is_third", "earliness", "depth", "place"),
    CENTRAL: (
        "likeness_to_article", "likeness_to_later", "likeness_to_earlier", "likeness_to_first",
        "likeness_to_opening", "echoed_later",
    ),
    "holds words that summaries tend to have": (
        "importance_sum", "importance_mean", "expected_gain",
    ),
    "brings in something new": ("novel_importance", "repeats_earlier"),
    "has a fitting length": ("words", "is_short", "content_share"),
    "names people, places or numbers": ("capitals", "numbers", "rarity"),
    "is told in plain prose": (
        "commas", "has_quotation", "opens_with_quotation", "is_question", "leans_back",
        "speaks_as_i", "addresses_you", "reports_speech",
    ),
}  # fmt: skip
_GROUPS = np.array(
    [[float(name in names) for names in _PHRASES.values()] for name in SENTENCE_FEATURES]
)
_REASONS: tuple[Reasons, ...] = (*((phrase,) for phrase in _PHRASES), ())


def _reasons(choice: Choice, model: Model, *, title: FloatArray) -> tuple[Reasons, ...]:
    """Name for each sentence the two groups of features that raised its score most."""
    shares = model.sentences.shares(choice.features) @ _GROUPS
    shares -= shares.mean(axis=0)
    rows = np.arange(len(shares))
    named = []
    for _ in range(2):
        strongest = shares.argmax(axis=1)
        named.append(np.where(shares[rows, strongest] > 0.0, strongest, -1).tolist())
        shares[rows, strongest] = 0.0
    reasons = [_REASONS[first] + _REASONS[second] for first, second in zip(*named, strict=True)]
    reasons[0] = tuple([OPENS if phrase == NEAR_TOP else phrase for phrase in reasons[0]])
    for index in np.flatnonzero(title[: len(reasons)]).tolist():
        reasons[index] = (SHARES_TITLE, *reasons[index])
    return (*reasons, *((),) * (len(title) - len(reasons)))


def rate_plainly(parsed: ParsedArticle) -> Rating:
    """Rate sentences by their place first, then by centrality and words of the title.

    Args:
        parsed: an article in any language.
    """
    lead = rate_lead(parsed)
    central = rate_lex_rank(parsed)
    title = title_overlap(parsed)
    values = (
        1.0 / (1.0 + np.arange(len(parsed.spans)))
        + CENTRALITY_WEIGHT * central.values / max(float(central.values.max(initial=0.0)), 1e-9)
        + PLAIN_TITLE_WEIGHT * title
    )
    parts = zip(lead.reasons, title > 0.0, central.reasons, strict=True)
    reasons = tuple(
        first + ((SHARES_TITLE,) if has_title else ()) + last for first, has_title, last in parts
    )
    return Rating(values=values, reasons=reasons)


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
