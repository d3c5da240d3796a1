"""Headlines against those of editors, and the rules they break."""

from __future__ import annotations

from dataclasses import replace

import pytest

from summarizer import Article, InvalidArticleError, summarize
from summarizer.headline.grammar import GrammarRule
from summarizer.headline_evaluation import evaluate_headlines, find_violations, read_headline
from summarizer.models import Headline, Span

TEXT = (
    "The harbour town of Velmora will reopen its ferry terminal on Monday. "
    "Traders did not lose money."
)


def test_the_editor_s_own_words_score_in_full() -> None:
    article = Article(text=TEXT, language="en")
    editor = summarize(article).headline.text
    (row,) = evaluate_headlines([(article, editor, "wire")])
    assert row.rouge1.mean == pytest.approx(100.0)
    assert (row.group, row.articles, row.from_opening, row.cuts) == ("wire", 1, 1, 0)
    assert row.violations == {}
    assert row.opening.mean < 100.0
    assert row.gain.mean == pytest.approx(100.0 - row.opening.mean)
    as_json = row.to_dict()
    assert (as_json["set"], as_json["rouge1"]["mean"]) == ("wire", 100.0)
    assert as_json["gain_over_opening"]["low"] == round(row.gain.low, 2)


def test_sets_are_told_apart_and_taken_together() -> None:
    article = Article(text=TEXT, language="en")
    rows = evaluate_headlines([(article, "Ferry terminal", name) for name in ("a", "b", "b")])
    assert [(row.group, row.articles) for row in rows] == [("a", 1), ("b", 2), ("all", 3)]


def test_a_broken_rule_is_found() -> None:
    summary = summarize(Article(text=TEXT, language="en"))
    start = TEXT.index("Traders")
    spans = (Span(start, start + 11), Span(start + 16, start + 26))
    broken = Headline(text="Traders did lose money", sentence_index=1, spans=spans)
    assert GrammarRule.NEGATION in set(find_violations(TEXT, replace(summary, headline=broken)))
    assert list(find_violations(TEXT, summary)) == []


@pytest.mark.parametrize("values", [{}, {"text": "Rain fell."}, {"text": 3, "headline": "Rain"}])
def test_a_row_needs_text_and_headline(values: dict[str, object]) -> None:
    with pytest.raises(InvalidArticleError):
        read_headline(values)


def test_articles_without_a_sentence_are_left_out() -> None:
    assert evaluate_headlines([(Article(text="..."), "Rain", "all")]) == []
