"""Sentences to scores: `METHODS` maps each method's name to what ranks by it.

Knows parsed articles only: it must not know budgets, headlines or how text was split.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress
from types import MappingProxyType

import numpy as np

from summarizer.errors import InvalidOptionsError
from summarizer.models import SummaryWarning, WarningCode
from summarizer.ranking import edmundson, frequency, graph, kl, lsa, news, position
from summarizer.ranking.counts import count_stems
from summarizer.ranking.method import Method, Ranking, Rating
from summarizer.ranking.reasons import IS_ABOUT_QUERY, reasons_where
from summarizer.text.parsed import ParsedArticle

__all__ = ["METHODS", "Method", "Ranking", "find_method", "rank", "rank_many"]

SCORE_STEPS = 1e9
"""Scores are rounded to such parts of 1, to hide the last bits in which machines differ."""

QUERY_WEIGHT = 0.5

_METHODS = (
    Method(
        name="news",
        title="Learned from human summaries: what each sentence adds, and to which others",
        reference="docs/quality.md; after Zhong et al., Extractive summarization as matching, 2020",
        cost=1.4,
        rate=news.rate_news,
        rate_many=news.rate_news_many,
        work=news.news_work,
        max_work=graph.MAX_LINK_WORK,
    ),
    Method(
        name="lead",
        title="The first sentences",
        reference="the inverted pyramid of news writing",
        cost=1.0,
        rate=position.rate_lead,
    ),
    Method(
        name="luhn",
        title="Dense runs of frequent words",
        reference="Luhn, The automatic creation of literature abstracts, 1958",
        cost=1.3,
        rate=frequency.rate_luhn,
    ),
    Method(
        name="edmundson",
        title="Cue words, words of the title, place in the paragraph",
        reference="Edmundson, New methods in automatic extracting, 1969",
        cost=1.5,
        rate=edmundson.rate_edmundson,
    ),
    Method(
        name="lsa",
        title="Weight over all latent topics",
        reference="Steinberger and Jezek, Using latent semantic analysis in summarization, 2004",
        cost=1.4,
        rate=lsa.rate_lsa,
    ),
    Method(
        name="text-rank",
        title="A random walk along shared words",
        reference="Mihalcea and Tarau, TextRank: bringing order into texts, 2004",
        cost=1.6,
        rate=graph.rate_text_rank,
        work=graph.shared_words_work,
        max_work=graph.MAX_LENGTH_CELLS,
    ),
    Method(
        name="lex-rank",
        title="Resemblance to many well-connected sentences",
        reference="Erkan and Radev, LexRank: graph-based lexical centrality, 2004",
        cost=1.5,
        rate=graph.rate_lex_rank,
        work=graph.lex_rank_work,
        max_work=graph.MAX_LINK_WORK,
    ),
    Method(
        name="sum-basic",
        title="The most probable words, each idea once",
        reference="Nenkova and Vanderwende, The impact of frequency on summarization, 2005",
        cost=1.5,
        rate=frequency.rate_sum_basic,
    ),
    Method(
        name="kl",
        title="The summary whose words are distributed as the article's",
        reference="Haghighi and Vanderwende, Exploring content models, 2009",
        cost=2.6,
        rate=kl.rate_kl,
        work=kl.kl_work,
        max_work=kl.MAX_WORK,
    ),
    Method(
        name="reduction",
        title="The sum of words shared with every other sentence",
        reference="Fabish, Reduction, 2013",
        cost=1.4,
        rate=graph.rate_reduction,
        work=graph.shared_words_work,
        max_work=graph.MAX_LENGTH_CELLS,
    ),
    Method(
        name="random",
        title="Any sentences, always the same for the same text: a baseline",
        reference="none",
        cost=1.0,
        rate=position.rate_random,
    ),
)

METHODS: Mapping[str, Method] = MappingProxyType({method.name: method for method in _METHODS})
"""Every ranking method by name, the default first."""


def find_method(name: str) -> Method:
    """Return the method of this name.

    Args:
        name: as users write it.

    Raises:
        InvalidOptionsError: no method has this name.
    """
    method = METHODS.get(name)
    if method is None:
        raise InvalidOptionsError("method", name, f"known: {', '.join(METHODS)}")
    return method


def rank(parsed: ParsedArticle, method: str) -> Ranking:
    """Score every sentence of an article, as `rank_many` does.

    Args:
        parsed: the article, its sentences and their terms.
        method: a name in `METHODS`.

    Raises:
        InvalidOptionsError: no method has this name.
    """
    return rank_many([parsed], method)[0]


def rank_many(parsed: Sequence[ParsedArticle], method: str) -> list[Ranking]:
    """Score every sentence of some articles; none of them sees another.

    A method that would take more than about a second leaves the article to `lead`, with a warning.
    Where the article has a query, half of each score says how much of it the sentence has.

    Args:
        parsed: the articles, their sentences and their terms.
        method: a name in `METHODS`.

    Raises:
        InvalidOptionsError: no method has this name.
    """
    chosen = find_method(method)
    if chosen.work is None:
        suits = [True] * len(parsed)
    else:
        suits = [chosen.work(article) <= chosen.max_work for article in parsed]
    rated = iter(chosen.rate_all(list(compress(parsed, suits))))
    return [
        _make_ranking(article, next(rated), method=chosen.name)
        if suits_it
        else _leave_to_lead(article, chosen)
        for article, suits_it in zip(parsed, suits, strict=True)
    ]


def _leave_to_lead(parsed: ParsedArticle, chosen: Method) -> Ranking:
    message = f"the article is too long for {chosen.name}: its sentences are ranked by lead"
    warning = SummaryWarning(code=WarningCode.METHOD_DOWNGRADED, message=message)
    ranking = _make_ranking(parsed, METHODS["lead"].rate(parsed), method="lead")
    return ranking._replace(warnings=(warning,))


def _make_ranking(parsed: ParsedArticle, rating: Rating, *, method: str) -> Ranking:
    scores = _unit(rating.values)
    if parsed.terms.query:
        scores, rating = _with_query(parsed, scores=scores, rating=rating)
    return Ranking(
        scores=[round(score * SCORE_STEPS) / SCORE_STEPS for score in scores],
        reasons=rating.reasons,
        method=method,
        sets=rating.sets,
    )


def _unit(values: list[float]) -> list[float]:
    """Bring ratings to 0..1: the best, or the only one, is 1; 0 stays 0 where none is negative."""
    if len(values) == 1:
        return [1.0]
    lowest, highest = min(values, default=0.0), max(values, default=0.0)
    lowest = min(lowest, 0.0)
    if highest <= lowest:
        return [0.0] * len(values)
    range_ = highest - lowest
    return [(value - lowest) / range_ for value in values]


def _with_query(
    parsed: ParsedArticle, *, scores: list[float], rating: Rating
) -> tuple[list[float], Rating]:
    """Let the query's words count for half, the rare ones more than the frequent ones."""
    counts = count_stems(parsed.terms)
    frequencies = counts.document_frequencies()
    weights = np.zeros(counts.width)
    ids = parsed.terms.query_ids
    weights[ids] = np.log(1.0 + counts.height / np.maximum(frequencies[ids], 1))
    found = _unit(counts.row_sums(weights[counts.columns]).tolist())
    about = reasons_where([score > 0.0 for score in found], IS_ABOUT_QUERY)
    reasons = tuple([first + own for first, own in zip(about, rating.reasons, strict=True)])
    mixed = [
        (1.0 - QUERY_WEIGHT) * score + QUERY_WEIGHT * own
        for score, own in zip(scores, found, strict=True)
    ]
    return mixed, Rating(values=mixed, reasons=reasons)
