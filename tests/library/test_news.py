from __future__ import annotations

import json
from dataclasses import replace
from importlib import resources

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import Options
from summarizer.ranking import METHODS, rank
from summarizer.ranking.features import (
    MAX_SENTENCES,
    SENTENCE_FEATURES,
    WORD_FEATURES,
    read_sentences,
    read_stems,
)
from summarizer.ranking.networks import LIMIT, Network, join_networks
from summarizer.ranking.news import (
    NETWORKS_FILE,
    RARITIES_FILE,
    candidate_sets,
    choose,
    load_model,
    rate_plainly,
)
from summarizer.ranking.sentence_sets import SET_FEATURES, read_sets
from summarizer.ranking.stem_facts import Stems
from summarizer.selection import select
from tests.library.parsing import parse_lines

STORY = """\
The council of Marrowby voted on Monday to close the town's only swimming pool in September.
He had hoped for another outcome, he said.
The pool, built in 1931, needs repairs of 4.2 million pounds that the council says it cannot pay.
"I learned to swim here and so did you," said Edith Garrow, who started a petition.
More than 9,000 people have signed the petition to keep the pool open.
It rained on Monday.
The leader of the council, Tom Ferris, said talks with a private company had failed in May.
Schools in Marrowby will send pupils to the pool at Halden, 20 miles away, from October.
Would anyone pay for that?"""

FLAT = Network(
    mean=np.zeros(2),
    scale=np.ones(2),
    hidden=np.array([[1.0, -1.0], [0.0, 2.0]]),
    hidden_bias=np.array([0.0, 1.0]),
    output=np.array([2.0, 3.0]),
    linear=np.array([0.5, -0.5]),
    bias=0.25,
)


def column(name: str) -> int:
    return SENTENCE_FEATURES.index(name)


def test_the_parameters_are_plain_small_and_fit_the_features() -> None:
    folder = resources.files("summarizer") / "data"
    texts = [(folder / name).read_text(encoding="utf-8") for name in (NETWORKS_FILE, RARITIES_FILE)]
    assert sum(len(text.encode()) for text in texts) < 2_000_000
    networks, rarities = (json.loads(text) for text in texts)
    assert len(networks["words"]["mean"]) == len(WORD_FEATURES)
    assert len(networks["sentences"]["mean"]) == len(SENTENCE_FEATURES)
    assert len(networks["sets"]["mean"]) == len(SET_FEATURES)
    assert all(0.0 <= rarity <= 1.0 for rarity in rarities.values())
    assert rarities["the"] < rarities["govern"] < rarities["swim"]


def test_a_network_adds_a_linear_path_to_rectified_units() -> None:
    # Hidden: max(1, 0) and max(-1 + 2 * 2 + 1, 0).
    expected = 2.0 * 1.0 + 3.0 * 4.0 + 0.5 * 1.0 - 0.5 * 2.0 + 0.25
    assert FLAT(np.array([[1.0, 2.0]])).tolist() == [expected]


def test_a_network_takes_no_input_for_more_than_the_limit() -> None:
    far = FLAT(np.array([[1e9, -1e9]]))
    assert far.tolist() == FLAT(np.array([[LIMIT, -LIMIT]])).tolist()


def test_joined_networks_give_their_mean() -> None:
    other = replace(FLAT, output=np.array([0.0, 1.0]), bias=1.0)
    rows = np.array([[1.0, 2.0], [-3.0, 0.5]])
    assert join_networks([FLAT, other])(rows) == pytest.approx((FLAT(rows) + other(rows)) / 2)


def test_a_network_survives_its_json() -> None:
    rows = np.array([[0.3, -1.0]])
    assert Network.from_json(FLAT.to_json())(rows).tolist() == FLAT(rows).tolist()


def test_the_shares_of_the_inputs_are_what_raises_the_value() -> None:
    rows = np.array([[1.0, 2.0]])
    moved = FLAT(rows + 1e-6) - FLAT(rows)
    assert (FLAT.shares(rows) / rows).sum() * 1e-6 == pytest.approx(moved[0])


def test_stems_that_are_unknown_count_as_rare() -> None:
    facts = Stems({"the": 0.1, "2024": 0.6}).look_up(("the", "zyx", "2024", "77"))
    assert facts[:, 0].tolist() == [0.1, 1.0, 0.6, 1.0]
    assert facts[:, 1].tolist() == [1.0, 0.0, 1.0, 0.0]
    assert facts[:, 2].tolist() == [0.0, 0.0, 1.0, 1.0]


def test_sentences_are_described_as_they_stand() -> None:
    parsed = parse_lines(STORY)
    words = read_stems(parsed, Stems({"the": 0.1}))
    table = read_sentences(parsed, words, importance=np.full(words.has.shape[1], 0.5)).features
    assert np.flatnonzero(table[:, column("is_first")]).tolist() == [0]
    assert np.flatnonzero(table[:, column("leans_back")]).tolist() == [1, 5]
    assert np.flatnonzero(table[:, column("has_quotation")]).tolist() == [3]
    assert np.flatnonzero(table[:, column("opens_with_quotation")]).tolist() == [3]
    assert np.flatnonzero(table[:, column("speaks_as_i")]).tolist() == [3]
    assert np.flatnonzero(table[:, column("addresses_you")]).tolist() == [3]
    assert np.flatnonzero(table[:, column("is_question")]).tolist() == [8]
    assert np.flatnonzero(table[:, column("numbers")]).tolist() == [2, 4, 7]
    assert np.exp(table[5, column("words")]) == pytest.approx(4.0)
    assert table[0, column("likeness_to_first")] == 0.0
    assert table[2, column("likeness_to_first")] > table[6, column("likeness_to_first")]


def test_sets_are_described_as_wholes() -> None:
    parsed = parse_lines(STORY)
    words = read_stems(parsed, Stems({"the": 0.1}))
    worth = np.full(words.has.shape[1], 0.5)
    sentences = read_sentences(parsed, words, importance=worth)
    sets = np.array([[0, 1], [1, 4]])
    table = read_sets(words, sentences, sets=sets, scores=np.arange(9.0), importance=worth)
    found = dict(zip(SET_FEATURES, table.T.tolist(), strict=True))
    assert found["score_sum"] == [1.0, 5.0]
    assert found["neighbours"] == [1.0, 0.0]
    assert found["loose_ends"] == [0.0, 1.0]
    assert found["has_first"] == [1.0, 0.0]
    assert np.exp(found["words"]) == pytest.approx([24.0, 21.0])


def test_candidate_sets_are_those_of_the_best_sentences() -> None:
    scores = np.array([5.0, 0.0, 9.0, 8.0, 7.0, 6.0, 5.5])
    sets = candidate_sets(scores, size=3)
    assert len(sets) == 20
    assert 1 not in sets
    assert (np.diff(sets, axis=1) > 0).all()
    assert candidate_sets(scores[:2], size=3).tolist() == [[0, 1]]


def test_the_first_three_are_the_set_that_the_model_likes_best() -> None:
    parsed = parse_lines(STORY)
    model = load_model()
    choice = choose(parsed, model)
    assert sorted(choice.order) == list(range(9))
    words = read_stems(parsed, model.stems)
    importance = 1.0 / (1.0 + np.exp(-model.words(words.features)))
    sentences = read_sentences(parsed, words, importance=importance)
    sets = candidate_sets(choice.scores, size=3)
    table = read_sets(words, sentences, sets=sets, scores=choice.scores, importance=importance)
    is_whole = table[:, SET_FEATURES.index("loose_ends")] == 0.0
    values = np.where(is_whole, model.sets(table), -np.inf)
    assert sorted(choice.order[:3]) == sets[int(values.argmax())].tolist()


def test_the_scores_follow_the_order_of_choice() -> None:
    parsed = parse_lines(STORY)
    ranking = rank(parsed, "news")
    assert ranking.best(9) == choose(parsed, load_model()).order
    chosen = select(parsed, ranking, options=Options(sentences=3)).indexes
    assert chosen == tuple(sorted(ranking.best(3)))


def test_what_opens_the_article_goes_before_the_weather() -> None:
    ranking = rank(parse_lines(STORY), "news")
    assert 0 in ranking.best(3)
    assert not {5, 8} & set(ranking.best(3))


def test_words_of_the_title_raise_a_sentence() -> None:
    title = "Schools send pupils to Halden"
    without, with_title = (
        rank(parse_lines(STORY, title=given), "news").best(9).index(7) for given in (None, title)
    )
    assert with_title < without
    reasons = rank(parse_lines(STORY, title=title), "news").reasons[7]
    assert "shares words with the title" in reasons


def test_reasons_name_what_raised_the_score() -> None:
    reasons = rank(parse_lines(STORY), "news").reasons
    assert "holds words that summaries tend to have" in reasons[0]
    assert "holds words that summaries tend to have" not in reasons[5]
    assert all(len(set(found)) == len(found) <= 2 for found in reasons)
    assert not any("opens the article" in found for found in reasons[1:])


def test_sentences_far_down_follow_by_their_place() -> None:
    lines = [f"Ward {number} elected Anna Berg{number} as mayor." for number in range(200)]
    ranking = rank(parse_lines("\n".join(lines)), "news")
    assert ranking.method == "news"
    assert ranking.best(200)[MAX_SENTENCES:] == list(range(MAX_SENTENCES, 200))


def test_lower_case_text_is_ranked_without_capitals() -> None:
    ranking = rank(parse_lines(STORY.lower()), "news")
    assert 0 in ranking.best(3)


def test_languages_without_a_model_go_by_place_and_centrality() -> None:
    text = "Der Rat schließt das Bad.\nEs regnete.\nDas Bad braucht neue Rohre, so der Rat."
    parsed = parse_lines(text, language="de")
    assert METHODS["news"].rate(parsed).values.tolist() == rate_plainly(parsed).values.tolist()
    assert rank(parsed, "news").best(3) == [0, 1, 2]


line = st.lists(
    st.sampled_from(["The", "pool", "he", '"I', "?", "—", "4.2", "\ud800", "closed,", "\x00"]),
    max_size=6,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(lines=st.lists(line, max_size=8))
def test_no_text_is_too_odd(lines: list[str]) -> None:
    parsed = parse_lines("\n".join(lines))
    with np.errstate(all="raise"):
        ranking = rank(parsed, "news")
    assert sorted(ranking.best(9)) == list(range(len(parsed.spans)))
    assert np.isfinite(ranking.scores).all()


def test_words_only_below_the_opening_are_no_matter() -> None:
    text = "\n".join(["—"] * (MAX_SENTENCES + 1) + ["The pool closed."])
    assert len(rank(parse_lines(text), "news").scores) == MAX_SENTENCES + 2
