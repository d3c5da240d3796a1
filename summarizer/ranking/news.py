"""The default method: learned from summaries that people wrote, and choosing sentences as a set.

Must not know how the parameters were learned.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import chain

import numpy as np

from summarizer.ranking.counts import count_stems
from summarizer.ranking.features import (
    LEAST,
    SENTENCE_FEATURES,
    read_sentences,
    read_stems,
)
from summarizer.ranking.graph import lex_rank_work, rate_lex_rank
from summarizer.ranking.method import FloatArray, IntArray, Rating, Reasons
from summarizer.ranking.networks import Network, chances, in_steps
from summarizer.ranking.openings import Openings, has_words, read_openings
from summarizer.ranking.position import rate_lead
from summarizer.ranking.reasons import CENTRAL, NEAR_TOP, OPENS, SHARES_TITLE
from summarizer.ranking.sentence_sets import (
    IS_LEAD,
    LOOSE_ENDS,
    SIZES,
    WORDS,
    WORDS_STEP,
    find_candidates,
    read_sets,
)
from summarizer.ranking.stem_facts import Stems
from summarizer.text.parsed import ParsedArticle

TITLE_WEIGHT = 0.5
"""What all words of the title are worth, beside a score whose deviation is about 1."""

CENTRALITY_WEIGHT = 0.05
PLAIN_TITLE_WEIGHT = 0.1
"""Of languages that nothing was learned for; the place of the first sentence is worth 1."""

NETWORKS_FILE = "news_networks.json"
RARITIES_FILE = "news_rarities.json"

_TOGETHER = 40
_LEARNED_LANGUAGE = "en"
_LOOSE_END_COST = 100.0
_LEAD_MARGIN = 0.25
_WORD_COST = 0.07
# Sentences of the best set are worth at least so much, others less.
_LEAST_CHOSEN = 0.8
_MOST_OTHER = 0.79
# Sentences below the opening are worth less than so much.
_LEAST_OPENING = 0.4


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


def rate_news(parsed: ParsedArticle) -> Rating:
    """Rate the sentences of an article, as `rate_news_many` does.

    Args:
        parsed: the article.
    """
    return rate_news_many([parsed])[0]


def news_work(parsed: ParsedArticle) -> float:
    """Estimate the work of what is not linear: the centrality in languages without a model."""
    return 0.0 if _is_known(parsed) else lex_rank_work(parsed)


def rate_news_many(parsed: Sequence[ParsedArticle]) -> list[Rating]:
    """Rate sentences as a model learned it that was fitted on human summaries.

    A first network estimates which words a summary has (as Hong and Nenkova, Improving the
    estimation of word importance for news multi-document summarization, EACL 2014), a second one
    what each sentence adds, and a third compares sets of the best ones as a whole (as Zhong et
    al., Extractive summarization as text matching, ACL 2020). Sentences far down, and those of
    languages that nothing was learned for, are rated by their place and centrality.

    Args:
        parsed: articles; all arithmetic that mixes them is exact, so that none sees another.
    """
    known = [article for article in parsed if _is_known(article)]
    # So many at a time that what is computed of them stays in the processor's memory.
    parts = [known[start : start + _TOGETHER] for start in range(0, len(known), _TOGETHER)]
    learned = chain.from_iterable(map(_rate_learned, parts))
    return [next(learned) if _is_known(article) else rate_plainly(article) for article in parsed]


def _is_known(parsed: ParsedArticle) -> bool:
    return parsed.language == _LEARNED_LANGUAGE and has_words(parsed)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Choice:
    """What the model says of the openings of articles.

    Attributes:
        openings: the articles.
        shares: groups of features by sentences, what they added to the score.
        titles: for each sentence the share of the title's content stems that it has.
        scores: one number a sentence.
        best: for each size the best set of each article as rows of sentences; what it says
            of articles with fewer sentences is void.
    """

    openings: Openings
    shares: FloatArray
    titles: FloatArray
    scores: FloatArray
    best: Mapping[int, IntArray]


def choose(parsed: Sequence[ParsedArticle], model: Model) -> Choice:
    """Score the sentences of the openings, and choose the best set of each size.

    Args:
        parsed: articles with at least one word each.
        model: what was learned.
    """
    openings = read_openings(parsed, model.stems)
    importance = chances(model.words(read_stems(openings)))
    sentences = read_sentences(openings, importance=importance)
    titles = _title_shares(parsed, openings)
    scores, shares = model.sentences.explain(sentences.features)
    scores += in_steps(TITLE_WEIGHT * titles)
    order = np.lexsort((-scores, openings.rows.article))
    candidates = find_candidates(openings, order)
    table = read_sets(
        openings, sentences, candidates=candidates, scores=scores, importance=importance
    )
    values = model.sets(table)
    # A sentence that leans on one that is missing would not be taken anyway.
    values -= _LOOSE_END_COST * table[LOOSE_ENDS]
    # Summaries of other newspapers may be shorter than those that were learned from.
    values -= _WORD_COST * WORDS_STEP * table[WORDS]
    # News is written with the most important first: another set has to be better by something.
    values += _LEAD_MARGIN * table[IS_LEAD]
    values = np.where(candidates.has_set(), values.reshape(len(parsed), -1), -np.inf)
    best = {size: candidates.members(values, size=size) for size in SIZES}
    return Choice(
        openings=openings,
        shares=_GROUPS @ shares,
        titles=titles,
        scores=scores,
        best=best,
    )


def _title_shares(parsed: Sequence[ParsedArticle], openings: Openings) -> FloatArray:
    """Return for each sentence of the openings the share of the title's content stems it has."""
    shares = np.zeros(len(openings.rows.place))
    for number, article in enumerate(parsed):
        if article.terms.title:
            start = openings.first_rows[number]
            size = openings.sizes[number]
            shares[start : start + size] = title_overlap(article)[:size]
    return shares


def _rate_learned(parsed: Sequence[ParsedArticle]) -> list[Rating]:
    model = load_model()
    choice = choose(parsed, model)
    openings = choice.openings
    values = _values(choice)
    reasons = _reasons(choice)
    ratings = []
    for number, start in enumerate(openings.first_rows.tolist()):
        size, total = int(openings.sizes[number]), int(openings.totals[number])
        own = values[start : start + size]
        if total > size:
            below = _LEAST_OPENING * (total - np.arange(size, total)) / total
            own = np.concatenate([_LEAST_OPENING + (1.0 - _LEAST_OPENING) * own, below])
        sets = {
            members: tuple((rows[number] - start).tolist())
            for members, rows in choice.best.items()
            if members <= size
        }
        named = tuple(reasons[start : start + size]) + ((),) * (total - size)
        ratings.append(Rating(values=own, reasons=named, sets=sets))
    return ratings


def _values(choice: Choice) -> FloatArray:
    """Return one number a sentence, 0 to 1, the best set of most sentences first."""
    starts, article = choice.openings.first_rows, choice.openings.rows.article
    lowest = np.minimum.reduceat(choice.scores, starts)
    range_ = np.maximum(np.maximum.reduceat(choice.scores, starts) - lowest, LEAST)
    unit = (choice.scores - lowest[article]) / range_[article]
    is_chosen = np.zeros(len(unit), dtype=np.bool_)
    is_chosen[choice.best[SIZES[-1]][choice.openings.sizes >= SIZES[-1]]] = True
    values: FloatArray = _MOST_OTHER * unit
    values[is_chosen] = _LEAST_CHOSEN + (1.0 - _LEAST_CHOSEN) * unit[is_chosen]
    return values


_PHRASES: Mapping[str, tuple[str, ...]] = {
    NEAR_TOP: ("is_first", "earliness", "depth", "place", "before"),
    CENTRAL: ("likeness_to_article", "likeness_to_first", "likeness_to_opening", "told_again"),
    "holds words that summaries tend to have": (
        "importance_sum", "importance_mean", "short_gain", "gain", "long_gain",
    ),
    "brings in something new": ("novel_importance", "told_before"),
    "has a fitting length": ("words", "is_short", "content_share"),
    "names people, places or numbers": ("capitals", "numbers", "rarity"),
    "is told in plain prose": (
        "commas", "has_quotation", "opens_with_quotation", "is_question", "leans_back",
        "speaks_as_i", "addresses_you", "reports_speech",
    ),
}  # fmt: skip
_GROUPS = np.array(
    [[float(name in names) for name in SENTENCE_FEATURES] for names in _PHRASES.values()]
)
_NONE = len(_PHRASES)
_ONCE: tuple[Reasons, ...] = (*((phrase,) for phrase in _PHRASES), ())
# What is told of a sentence with these two strongest groups, the stronger one first.
_NAMED = [[(*one, *two) for two in _ONCE] for one in _ONCE]


def _reasons(choice: Choice) -> list[Reasons]:
    """Name for each sentence the two groups of features that raised its score most."""
    openings, shares = choice.openings, choice.shares
    # An article's sentences differ in what lies above its mean.
    means = np.add.reduceat(shares, openings.first_rows, axis=1) / openings.sizes
    shares = shares - means[:, openings.rows.article]
    columns = np.arange(shares.shape[1])
    named = []
    for _ in range(2):
        strongest = shares.argmax(axis=0)
        named.append(np.where(shares[strongest, columns] > 0.0, strongest, _NONE).tolist())
        shares[strongest, columns] = 0.0
    reasons = [_NAMED[one][two] for one, two in zip(*named, strict=True)]
    for row in openings.first_rows.tolist():
        reasons[row] = tuple([OPENS if phrase == NEAR_TOP else phrase for phrase in reasons[row]])
    for row in np.flatnonzero(choice.titles).tolist():
        reasons[row] = (SHARES_TITLE, *reasons[row])
    return reasons


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
