from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.keywords import MAX_OCCURRENCES, MAX_WORDS, extract_keywords
from tests.library.parsing import parse_lines

STORY = """Orland Steel will close its rolling mill in Brenn, the company said.
The rolling mill employs 900 people and Orland Steel has run it since 1921.
The mayor of Brenn, Greta Holm, called the decision a blow to the town.
Unions want the government to buy the rolling mill.
Orland Steel's shares rose after the announcement.
Holm will meet union leaders and the government on Monday."""


def test_keywords_are_what_the_article_is_about() -> None:
    texts = [keyword.text for keyword in extract_keywords(parse_lines(STORY), count=6)]
    assert {"Orland Steel", "rolling mill", "Brenn"} <= set(texts)
    assert not {"the", "company said", "its"} & set(texts)


def test_the_best_scores_one_and_the_others_less_in_order() -> None:
    scores = [keyword.score for keyword in extract_keywords(parse_lines(STORY), count=50)]
    assert scores[0] == 1.0
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 < score <= 1.0 for score in scores)


def test_every_occurrence_is_given_in_whatever_case_and_without_a_possessive() -> None:
    parsed = parse_lines(STORY + "\nWorkers fear that ORLAND STEEL may go.")
    steel = extract_keywords(parsed, count=1)[0]
    texts = [parsed.text[start:end] for start, end in steel.spans]
    assert texts == ["Orland Steel", "Orland Steel", "Orland Steel", "ORLAND STEEL"]


def test_no_article_is_about_a_weekday_or_a_month() -> None:
    story = "Orland closed on Tuesday. The town met on Tuesday, in November. Tuesday was wet."
    texts = {keyword.text for keyword in extract_keywords(parse_lines(story), count=50)}
    assert "Orland" in texts
    assert not {"Tuesday", "November"} & texts


def test_a_phrase_does_not_run_over_a_mark_or_a_stop_word() -> None:
    parsed = parse_lines("Storm, flood. Storm, flood. Storm and flood. Storm, flood.")
    texts = {keyword.text for keyword in extract_keywords(parsed, count=9)}
    assert texts == {"Storm", "flood"}


def test_no_two_keywords_share_most_of_their_words() -> None:
    taken = [
        set(keyword.text.lower().split())
        for keyword in extract_keywords(parse_lines(STORY), count=50)
    ]
    for index, words in enumerate(taken):
        assert all(len(words & other) <= min(len(words), len(other)) / 2 for other in taken[:index])


def test_a_word_that_opens_sentences_is_not_taken_for_a_name() -> None:
    parsed = parse_lines("Veteran England players met.")
    assert "Veteran England" not in {keyword.text for keyword in extract_keywords(parsed, count=20)}


@pytest.mark.parametrize("text", ["The of and.", "12 34 56.", "!!!"])
def test_text_about_nothing_has_no_keywords(text: str) -> None:
    assert extract_keywords(parse_lines(text), count=5) == ()


def test_scripts_without_spaces_give_phrases_that_come_again() -> None:
    parsed = parse_lines("渡轮码头将于周一开放。\n渡轮码头因维修关闭。", language="zh")
    best = extract_keywords(parsed, count=1)[0]
    assert best.text == "渡轮码头"
    assert [parsed.text[start:end] for start, end in best.spans] == ["渡轮码头"] * 2


def test_long_articles_are_read_in_part() -> None:
    text = "Flood waters rose.\n" * (MAX_WORDS // 3 + 1) + "Zebras fled.\n" * 300
    keywords = extract_keywords(parse_lines(text), count=20)
    assert "Zebras" not in {keyword.text for keyword in keywords}
    assert max(len(keyword.spans) for keyword in keywords) == MAX_OCCURRENCES


@given(st.text(max_size=300).map(lambda text: " ".join(text.split()) or "x"), st.integers(1, 20))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_keywords_that_stand_in_it(text: str, count: int) -> None:
    parsed = parse_lines(text)
    keywords = extract_keywords(parsed, count=count)
    assert len(keywords) <= count
    for keyword in keywords:
        assert 0.0 < keyword.score <= 1.0
        assert text[slice(*keyword.spans[0])] == keyword.text
        assert list(keyword.spans) == sorted(keyword.spans)
        assert all(0 <= start < end <= len(text) for start, end in keyword.spans)
    assert keywords == extract_keywords(parsed, count=count)
