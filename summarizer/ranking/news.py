"""The default method: learned from summaries that people wrote, and choosing sentences as a set.

Must not know how the parameters were learned.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain

import numpy as np

from summarizer.ranking.choice import choose, load_model, title_overlap
from summarizer.ranking.explanation import explain
from summarizer.ranking.graph import lex_rank_work, rate_lex_rank
from summarizer.ranking.method import FloatArray, Rating
from summarizer.ranking.openings import has_words
from summarizer.ranking.position import rate_lead
from summarizer.ranking.reasons import SHARES_TITLE
from summarizer.ranking.sentence_sets import SIZES
from summarizer.text.parsed import ParsedArticle

CENTRALITY_WEIGHT = 0.2
PLAIN_TITLE_WEIGHT = 0.1
LENGTH_WEIGHT = 0.2
"""Of languages that nothing was learned for; the place of the first sentence is worth 1."""
_LEAST_LENGTH, _MOST_LENGTH = 0.5, 2.5

_TOGETHER = 40
_LEARNED_LANGUAGE = "en"
# Sentences of the best set are worth at least so much, others less.
_LEAST_CHOSEN = 0.8
_MOST_OTHER = 0.79
# Sentences below the opening are worth less than so much.
_LEAST_OPENING = 0.4
# Scores that differ by less differ by nothing.
_LEAST_RANGE = 1e-9


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
    if len(known) == len(parsed):
        return list(learned)
    return [next(learned) if _is_known(article) else rate_plainly(article) for article in parsed]


def _is_known(parsed: ParsedArticle) -> bool:
    return parsed.language == _LEARNED_LANGUAGE and has_words(parsed)


def _rate_learned(parsed: Sequence[ParsedArticle]) -> list[Rating]:
    choice = choose(parsed, load_model())
    openings = choice.openings
    reasons = explain(choice)
    scores = choice.scores.tolist()
    ratings = []
    for start, size, total, sets in zip(
        openings.first_rows.tolist(),
        openings.sizes.tolist(),
        openings.totals.tolist(),
        choice.best,
        strict=True,
    ):
        own = slice(start, start + size)
        values = _values(scores[own], sets.get(SIZES[-1], ()), total=total)
        below = ((),) * (total - size)
        ratings.append(Rating(values=values, reasons=(*reasons[own], *below), sets=sets))
    return ratings


# Plain numbers: for so few of them an array takes longer to make than to compute with.
def _values(scores: Sequence[float], chosen: Collection[int], *, total: int) -> list[float]:
    """Return one number a sentence of an article, 0 to 1, the best set of most sentences first.

    Args:
        scores: those of the sentences of the opening.
        chosen: the best set.
        total: how many sentences there are.
    """
    lowest = min(scores)
    range_ = max(max(scores) - lowest, _LEAST_RANGE)
    units = [(score - lowest) / range_ for score in scores]
    values = [_MOST_OTHER * unit for unit in units]
    for place in chosen:
        values[place] = _LEAST_CHOSEN + (1.0 - _LEAST_CHOSEN) * units[place]
    if total == len(values):
        return values
    values = [_LEAST_OPENING + (1.0 - _LEAST_OPENING) * value for value in values]
    return values + [_LEAST_OPENING * (total - i) / total for i in range(len(values), total)]


def rate_plainly(parsed: ParsedArticle) -> Rating:
    """Rate sentences by their place first, then by centrality, brevity and words of the title.

    Args:
        parsed: an article in any language.
    """
    lead = rate_lead(parsed)
    central = rate_lex_rank(parsed)
    title = title_overlap(parsed)
    values = (
        1.0 / (1.0 + np.arange(len(parsed.spans)))
        + CENTRALITY_WEIGHT * np.array(central.values) / max(max(central.values, default=0.0), 1e-9)
        + PLAIN_TITLE_WEIGHT * title
        - LENGTH_WEIGHT * _relative_lengths(parsed)
    )
    parts = zip(lead.reasons, title > 0.0, central.reasons, strict=True)
    reasons = tuple(
        first + ((SHARES_TITLE,) if has_title else ()) + last for first, has_title, last in parts
    )
    return Rating(values=values.tolist(), reasons=reasons)


def _relative_lengths(parsed: ParsedArticle) -> FloatArray:
    """Return how long each sentence is beside the mean, in words; those far from it are alike."""
    lengths = np.diff(parsed.terms.pointers)
    mean = max(float(lengths.sum()), 1.0) / max(len(lengths), 1)
    return np.clip(lengths / mean, _LEAST_LENGTH, _MOST_LENGTH)
