"""How near summaries come to those that people wrote: ROUGE with bootstrap intervals.

Knows articles with references, and the public way to summarise: it must not know how methods work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from summarizer.errors import (
    EmptyArticleError,
    InvalidArticleError,
    SummarizerError,
    TextTooLongError,
)
from summarizer.models import Article, Summary
from summarizer.options import Options
from summarizer.pipeline import summarize
from summarizer.rouge import METRICS, find_oracle, score_text

HEADLINE_METRICS = ("headline_rouge1", "headline_rouge2")
BASELINE = "lead"
ORACLE = "oracle"
ALL_SETS = "all"

RESAMPLES = 1000
CONFIDENCE = 0.95
_SEED = 7

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An article and what people made of it.

    Attributes:
        article: the article; its headline is not in it, for it is what is asked for.
        summaries: reference summaries, one sentence a line; one is enough.
        headline: the publisher's headline, if there is one.
        group: which set it belongs to.
    """

    article: Article
    summaries: tuple[str, ...]
    headline: str | None = None
    group: str = ALL_SETS


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A mean, in points from 0 to 100, and the interval that holds it with 95 %."""

    mean: float
    low: float
    high: float

    def to_dict(self) -> dict[str, float]:
        """Return the numbers as JSON has them, to two places."""
        return {name: round(value, 2) for name, value in asdict(self).items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one method came to on one set.

    Attributes:
        group: the set, or "all".
        method: the method, or "oracle".
        articles: how many there were.
        scores: F1 of each metric.
        gain: ROUGE-1 F1 above the lead's, article by article; None for the lead itself.
    """

    group: str
    method: str
    articles: int
    scores: Mapping[str, Interval]
    gain: Interval | None

    def to_dict(self) -> dict[str, Any]:
        """Return the row as JSON has it."""
        return {
            "set": self.group,
            "method": self.method,
            "articles": self.articles,
            "scores": {name: interval.to_dict() for name, interval in self.scores.items()},
            "gain_over_lead": self.gain.to_dict() if self.gain else None,
        }


def read_article(values: Mapping[str, Any]) -> tuple[Article, str]:
    """Read the article of one object of a file, and the set that it belongs to.

    Args:
        values: `text`; `language` or `lang`, and `set`, if there are any.

    Raises:
        InvalidArticleError: the text is missing or of another type.
    """
    text = values.get("text")
    if not isinstance(text, str):
        raise InvalidArticleError("text must be a string")
    language, group = values.get("language", values.get("lang")), values.get("set")
    article = Article(text=text, language=language if isinstance(language, str) else None)
    return article, group if isinstance(group, str) else ALL_SETS


def read_reference(values: Mapping[str, Any]) -> Reference:
    """Read one object of a file of references.

    Args:
        values: `text`; `summary`, a text or the list of its sentences, or `references`, a list of
            such summaries; `headline` if there is one; and what `read_article` reads.

    Raises:
        InvalidArticleError: text or summary is missing or of another type.
    """
    article, group = read_article(values)
    given = values.get("references", [values["summary"]] if "summary" in values else None)
    if not isinstance(given, list) or not given:
        raise InvalidArticleError("summary, or a list of references, is missing")
    headline = values.get("headline")
    return Reference(
        article=article,
        summaries=tuple(_read_summary(summary) for summary in given),
        headline=headline if isinstance(headline, str) else None,
        group=group,
    )


def _read_summary(summary: object) -> str:
    if isinstance(summary, list) and all(isinstance(sentence, str) for sentence in summary):
        summary = "\n".join(summary)
    if not isinstance(summary, str) or not summary.strip():
        raise InvalidArticleError("a summary must be a string or a list of strings, and not empty")
    return summary


def evaluate(
    references: Iterable[Reference],
    *,
    methods: Sequence[str],
    options: Options | None = None,
    on_article: Callable[[], object] | None = None,
    on_left_out: Callable[[int, SummarizerError], object] | None = None,
) -> list[Row]:
    """Summarise articles by several methods and compare with what people wrote.

    The lead is always among the methods, and so is the oracle. Articles without a sentence and
    those that are too long are left out.

    Args:
        references: the articles.
        methods: names in `METHODS`.
        options: the budget; the method in it does not count.
        on_article: called after each article.
        on_left_out: called with the place, from 0, of an article that is left out, and why it is.

    Returns:
        A row for each method and set, then for all sets together if there are several.
    """
    options = options or Options()
    names = [*dict.fromkeys([BASELINE, *methods]), ORACLE]
    found: dict[str, list[dict[str, dict[str, float]]]] = {}
    for place, reference in enumerate(references):
        try:
            scores = _score_article(reference, names[:-1], options)
        except (EmptyArticleError, TextTooLongError) as error:
            if on_left_out is not None:
                on_left_out(place, error)
            continue
        finally:
            if on_article is not None:
                on_article()
        found.setdefault(reference.group, []).append(scores)
    if len(found) > 1:
        everything = [scores for group in found.values() for scores in group]
        found.pop(ALL_SETS, None)
        found[ALL_SETS] = everything
    return [row for group, scores in found.items() for row in _rows(group, scores, names)]


def _score_article(
    reference: Reference, methods: Sequence[str], options: Options
) -> dict[str, dict[str, float]]:
    scores = {}
    for method in methods:
        summary = summarize(reference.article, replace(options, method=method))
        text = reference.article.text
        lines = "\n".join(text[start:end] for start, end in summary.paragraph.spans)
        language = summary.language
        scores[method] = score_text(lines, reference.summaries, language=language)
        if reference.headline:
            scores[method] |= _score_headline(summary, reference.headline)
    sentences = [sentence.text for sentence in summary.sentences]
    count = options.sentences or len(summary.paragraph.sentence_indexes)
    best = find_oracle(sentences, reference.summaries, count=count, language=language)
    lines = "\n".join(sentences[i] for i in best)
    scores[ORACLE] = score_text(lines, reference.summaries, language=language)
    return scores


def _score_headline(summary: Summary, headline: str) -> dict[str, float]:
    scores = score_text(summary.headline.text, [headline], language=summary.language)
    return {name: scores[name.removeprefix("headline_")] for name in HEADLINE_METRICS}


def _rows(
    group: str, scores: Sequence[Mapping[str, Mapping[str, float]]], methods: Sequence[str]
) -> Iterator[Row]:
    lead = np.array([of_article[BASELINE]["rouge1"] for of_article in scores])
    for method in methods:
        own = [of_article[method] for of_article in scores]
        intervals = {
            metric: bootstrap(np.array(values))
            for metric in (*METRICS, *HEADLINE_METRICS)
            if (values := [score[metric] for score in own if metric in score])
        }
        first = np.array([score["rouge1"] for score in own])
        yield Row(
            group=group,
            method=method,
            articles=len(scores),
            scores=intervals,
            gain=None if method == BASELINE else bootstrap(first - lead),
        )


def bootstrap(values: FloatArray) -> Interval:
    """Return the mean and its 95 % interval by resampling, always the same for the same values.

    Efron, Bootstrap methods: another look at the jackknife, 1979; the percentile interval.

    Args:
        values: at least one number.
    """
    random = np.random.default_rng(_SEED)
    means = [random.choice(values, len(values)).mean() for _ in range(RESAMPLES)]
    edge = 50.0 * (1.0 - CONFIDENCE)
    low, high = np.percentile(means, [edge, 100.0 - edge])
    return Interval(mean=float(values.mean()), low=float(low), high=float(high))
