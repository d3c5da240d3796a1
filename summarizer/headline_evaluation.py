"""How near headlines come to those of editors, and which rules of grammar they break.

Knows articles with headlines, and the public way to summarise: it must not know how headlines are
made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from summarizer.errors import (
    EmptyArticleError,
    InvalidArticleError,
    SummarizerError,
    TextTooLongError,
)
from summarizer.evaluation import ALL_SETS, Interval, bootstrap, read_article
from summarizer.headline.grammar import GrammarRule, broken_rules
from summarizer.headline.tokens import tokenize
from summarizer.models import Article, Span, Summary, WarningCode
from summarizer.options import Options
from summarizer.pipeline import summarize
from summarizer.rouge import score_text


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineRow:
    """What the headlines of one set came to.

    Attributes:
        group: the set, or "all".
        articles: how many there were.
        rouge1: ROUGE-1 F1 against the editors' headlines, in points, with stems.
        opening: the same of the first sentence, cut off at the length of a headline.
        gain: ours above the opening's, article by article.
        from_opening: how many headlines are made of the first sentence.
        cuts: how many are marked as cut; no rule is asked of them.
        violations: how many of the others break each rule of `summarizer.headline.grammar`.
    """

    group: str
    articles: int
    rouge1: Interval
    opening: Interval
    gain: Interval
    from_opening: int
    cuts: int
    violations: Mapping[str, int]

    def to_dict(self) -> dict[str, Any]:
        """Return the numbers as JSON has them."""
        return {
            "set": self.group,
            "articles": self.articles,
            "rouge1": self.rouge1.to_dict(),
            "opening": self.opening.to_dict(),
            "gain_over_opening": self.gain.to_dict(),
            "from_opening": self.from_opening,
            "cuts": self.cuts,
            "violations": dict(self.violations),
        }


@dataclass(frozen=True, slots=True)
class _Score:
    group: str
    rouge1: float
    opening: float
    is_opening: bool
    is_cut: bool
    broken: frozenset[GrammarRule]


def read_headline(values: Mapping[str, Any]) -> tuple[Article, str, str]:
    """Read one object of a file of articles with headlines.

    Args:
        values: `headline`, and what `read_article` reads.

    Returns:
        The article, its headline, and the set it belongs to.

    Raises:
        InvalidArticleError: text or headline is missing or of another type.
    """
    article, group = read_article(values)
    headline = values.get("headline")
    if not isinstance(headline, str) or not headline.strip():
        raise InvalidArticleError("headline must be a string, and not empty")
    return article, headline, group


def evaluate_headlines(
    articles: Iterable[tuple[Article, str, str]],
    *,
    options: Options | None = None,
    on_article: Callable[[], object] | None = None,
    on_left_out: Callable[[int, SummarizerError], object] | None = None,
) -> list[HeadlineRow]:
    """Make headlines and compare them with the editors'.

    Articles without a sentence are left out.

    Args:
        articles: what `read_headline` gives.
        options: the length of headlines.
        on_article: called after each article.
        on_left_out: called with the place, from 0, of an article that is left out, and why it is.

    Returns:
        A row for each set, then for all sets together if there are several.
    """
    options = options or Options()
    scores: dict[str, list[_Score]] = {}
    for place, (article, headline, group) in enumerate(articles):
        try:
            score = _score(article, headline, group, options)
        except (EmptyArticleError, TextTooLongError) as error:
            if on_left_out is not None:
                on_left_out(place, error)
            continue
        finally:
            if on_article is not None:
                on_article()
        scores.setdefault(group, []).append(score)
    if len(scores) > 1:
        scores[ALL_SETS] = [score for group in scores.values() for score in group]
    return [_row(group, own) for group, own in scores.items()]


def _score(article: Article, headline: str, group: str, options: Options) -> _Score:
    summary = summarize(article, options)
    is_cut = any(warning.code is WarningCode.HEADLINE_CUT for warning in summary.warnings)
    opening = summary.sentences[0].text[: options.headline_chars]
    language = summary.language
    return _Score(
        group=group,
        rouge1=score_text(summary.headline.text, [headline], language=language)["rouge1"],
        opening=score_text(opening, [headline], language=language)["rouge1"],
        is_opening=summary.headline.sentence_index == 0,
        is_cut=is_cut,
        broken=frozenset() if is_cut else frozenset(find_violations(article.text, summary)),
    )


def find_violations(text: str, summary: Summary) -> Iterator[GrammarRule]:
    """Give the rules that the headline of an English article breaks.

    Args:
        text: the article as given.
        summary: its summary.
    """
    if summary.language != "en":
        return
    sentence = summary.sentences[summary.headline.sentence_index]
    tokens = tokenize(text, Span(sentence.start, sentence.end))
    keep = [
        any(start <= place < end for start, end in summary.headline.spans)
        for place in tokens.starts
    ]
    yield from sorted(broken_rules(tokens, keep))


def _row(group: str, scores: Sequence[_Score]) -> HeadlineRow:
    ours = np.array([score.rouge1 for score in scores])
    opening = np.array([score.opening for score in scores])
    return HeadlineRow(
        group=group,
        articles=len(scores),
        rouge1=bootstrap(ours),
        opening=bootstrap(opening),
        gain=bootstrap(ours - opening),
        from_opening=sum(score.is_opening for score in scores),
        cuts=sum(score.is_cut for score in scores),
        violations=dict(Counter(rule.value for score in scores for rule in sorted(score.broken))),
    )
