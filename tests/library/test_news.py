from __future__ import annotations

import json
from dataclasses import replace
from importlib import resources

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import Options
from summarizer.ranking import METHODS, rank, rank_many
from summarizer.ranking.choice import NETWORKS_FILE, RARITIES_FILE, load_model
from summarizer.ranking.features import (
    SENTENCE_FEATURES,
    WORD_FEATURES,
    read_sentences,
    read_stems,
    word_table,
)
from summarizer.ranking.networks import (
    INPUT_STEPS,
    WEIGHT_STEPS,
    Network,
    chances,
    in_steps,
    join_networks,
)
from summarizer.ranking.news import rate_plainly
from summarizer.ranking.openings import MAX_SENTENCES, MAX_WORDS, read_openings
from summarizer.ranking.sentence_sets import (
    CANDIDATES,
    FITTING_WORDS,
    SET_FEATURES,
    SET_MEMBERS,
    SET_SIZES,
    WORDS_STEP,
    find_candidates,
    read_sets,
)
from summarizer.ranking.stem_facts import IS_CONTENT, IS_NUMBER, RARITY, RARITY_LEVELS, Stems
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
    mean=np.array([1.0, 0.0]),
    hidden=np.array([[1.0, 0.0], [-1.0, 2.0]]),
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


def test_sums_with_the_shipped_parameters_are_exact() -> None:
    """Whole numbers below 2**53 are exact: the largest sum possible must stay below that."""
    most = 64.0
    model = load_model()
    for network in (model.words, model.sentences, model.sets):
        # Biases may be taken off first and added in the end.
        units = np.abs(network.hidden).sum(axis=1) * most + 2.0 * np.abs(network.hidden_bias)
        value = np.abs(network.output) @ units + np.abs(network.linear).sum() * most
        steps = INPUT_STEPS * WEIGHT_STEPS * WEIGHT_STEPS
        assert (value + abs(network.bias)) * steps < 2.0**53
        assert network.rounded().to_json() == network.to_json()


def test_a_network_adds_a_linear_path_to_rectified_units() -> None:
    # Hidden: max(1, 0) and max(-1 + 2 * 2 + 1, 0).
    expected = 2.0 * 1.0 + 3.0 * 4.0 + 0.5 * 1.0 - 0.5 * 2.0 + 0.25
    assert FLAT(np.array([[1.0], [2.0]])).tolist() == [expected]


def test_joined_networks_give_their_mean() -> None:
    other = replace(FLAT, output=np.array([0.0, 1.0]), bias=1.0)
    rows = np.array([[1.0, -3.0], [2.0, 0.5]])
    assert join_networks([FLAT, other])(rows) == pytest.approx((FLAT(rows) + other(rows)) / 2)


def test_a_network_survives_its_json() -> None:
    rows = np.array([[0.25], [-1.0]])
    written = json.loads(json.dumps(FLAT.to_json()))
    assert Network.from_json(written)(rows).tolist() == FLAT(rows).tolist()


def test_the_shares_of_the_inputs_are_what_raises_the_value() -> None:
    rows = np.array([[1.5], [2.0]])
    values, shares = FLAT.explain(rows)
    assert values.tolist() == FLAT(rows).tolist()
    # Both units are active: 2 - 3 + 0.5 for the first input, 6 - 0.5 for the second.
    assert shares.tolist() == [[-0.5 * 0.5], [5.5 * 2.0]]


def test_chances_go_from_none_to_one() -> None:
    found = chances(np.array([-1e9, -1.0, 0.0, 1.0, 1e9]))
    assert found == pytest.approx([0.0, 0.2689, 0.5, 0.7311, 1.0], abs=1e-3)
    assert (found * WEIGHT_STEPS == np.rint(found * WEIGHT_STEPS)).all()


def test_stems_that_are_unknown_count_as_rare() -> None:
    stems = Stems({"the": 0.125, "pool": 0.25, "2024": 0.5})
    places = np.array([stems.place_of(stem) for stem in ("the", "pool", "zyx", "2024", "77")])
    facts = stems.facts(places)
    # Stop words have no rarity.
    assert facts[:, RARITY].tolist() == [0.0, 0.25, 1.0, 0.5, 1.0]
    assert facts[:, IS_CONTENT].tolist() == [0.0, 1.0, 1.0, 1.0, 1.0]
    assert facts[:, IS_NUMBER].tolist() == [0.0, 0.0, 0.0, 1.0, 1.0]
    words, numbers = np.split(stems.kinds(places), [3])
    assert words.tolist() == [0, RARITY_LEVELS // 4 - 1, RARITY_LEVELS - 1]
    assert (numbers >= RARITY_LEVELS).all()


def test_importance_is_what_the_network_says_of_every_stem_there_may_be() -> None:
    model = load_model()
    assert model.importance.shape == word_table().shape[1:]
    columns = [0, 1, 70_001, len(model.importance) - 1]
    expected = chances(model.words(word_table()[:, columns]))
    assert model.importance[columns].tolist() == expected.tolist()


def test_openings_count_what_stands_in_the_article() -> None:
    lines = "The pool closed.\nThe Pool of the town.\n—\nA Town pool."
    openings = read_openings([parse_lines(STORY), parse_lines(lines)], Stems({}))
    assert openings.sizes.tolist() == [9, 4]
    own = openings.rows.article == 1
    assert openings.rows.length[own].tolist() == [3, 5, 0, 3]
    assert openings.rows.before[own].tolist() == [0, 3, 8, 8]
    assert openings.rows.capitals[own].tolist() == [0, 1, 0, 1]
    # the, pool, close, of, town, a
    stems = openings.stems
    own = stems.article == 1
    assert stems.total[own].tolist() == [3, 3, 1, 1, 2, 1]
    assert stems.early[own].tolist() == [3, 3, 1, 1, 2, 1]
    assert stems.capitals[own].tolist() == [0, 1, 0, 0, 1, 0]
    assert (stems.first[own] - 9).tolist() == [0, 0, 0, 1, 1, 3]
    assert (stems.last[own] - 9).tolist() == [1, 3, 0, 1, 3, 3]


def test_stems_are_described_by_what_the_article_does_with_them() -> None:
    openings = read_openings([parse_lines(STORY)], Stems({"the": 0.125, "pool": 0.5}))
    described = word_table()[:, read_stems(openings)]
    vocabulary = parse_lines(STORY).terms.vocabulary
    the, pool, marrowby, number = (vocabulary.index(s) for s in ("the", "pool", "marrowbi", "4.2"))
    found = {name: row for name, row in zip(WORD_FEATURES, described, strict=True)}
    assert found["is_stop"][[the, pool, marrowby]].tolist() == [1.0, 0.0, 0.0]
    assert found["rarity"][the] < found["rarity"][pool] < found["rarity"][marrowby]
    assert found["is_capital"][[the, pool, marrowby]].tolist() == [0.0, 0.0, 1.0]
    assert found["is_number"][[pool, number]].tolist() == [0.0, 1.0]
    assert found["is_in_first"][[pool, number]].tolist() == [1.0, 0.0]
    assert found["frequency"][marrowby] == pytest.approx(np.log(3.0), abs=0.01)
    assert found["frequency"][the] > found["frequency"][pool] > found["frequency"][marrowby]
    assert found["is_cased"].all()


def test_an_opening_ends_with_its_words() -> None:
    lines = "\n".join([" ".join(["word"] * (MAX_WORDS // 2 + 1))] * 3)
    assert read_openings([parse_lines(lines)], Stems({})).sizes.tolist() == [1]


def test_a_sentence_keeps_all_its_words_above_one_without_words() -> None:
    openings = read_openings([parse_lines("Dogs bark.\nCats Purr.\n—")], Stems({}))
    assert openings.total(np.ones((4, 1))).tolist() == [[2.0], [2.0], [0.0]]
    assert openings.rows.capitals.tolist() == [0, 1, 0]


def describe(text: str) -> np.ndarray:
    openings = read_openings([parse_lines(text)], Stems({"the": 0.125}))
    importance = np.full(len(openings.stems.total), 0.5)
    return read_sentences(openings, importance=importance).features


def test_sentences_are_described_as_they_stand() -> None:
    table = describe(STORY)
    assert np.flatnonzero(table[column("is_first")]).tolist() == [0]
    assert np.flatnonzero(table[column("leans_back")]).tolist() == [1, 5]
    assert np.flatnonzero(table[column("has_quotation")]).tolist() == [3]
    assert np.flatnonzero(table[column("opens_with_quotation")]).tolist() == [3]
    assert np.flatnonzero(table[column("speaks_as_i")]).tolist() == [3]
    assert np.flatnonzero(table[column("addresses_you")]).tolist() == [3]
    assert np.flatnonzero(table[column("is_question")]).tolist() == [8]
    assert np.flatnonzero(table[column("numbers")]).tolist() == [2, 4, 7]
    assert np.expm1(table[column("words"), 5]) == pytest.approx(4.0, abs=0.03)
    assert table[column("likeness_to_opening"), 2] > table[column("likeness_to_opening"), 6]
    assert table[column("told_before"), 0] == 0.0
    assert table[column("told_again"), 8] == 0.0


def test_likeness_is_that_of_cosines() -> None:
    table = describe("Dogs bark.\nDogs bark.\nCats purr.\nDogs purr.\nBirds sing.\nDogs bark.")
    expected = [2.5, 2.5, 1.5, 2.5, 1.0, 2.5]
    assert table[column("likeness_to_opening")] == pytest.approx(expected, abs=2e-3)
    central = table[column("likeness_to_article")]
    assert central[0] == central[1] > central[3] > central[2] > central[4]


def test_features_are_whole_steps() -> None:
    table = describe(STORY)
    assert (in_steps(table.copy()) == table).all()


def describe_sets(text: str) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    openings = read_openings([parse_lines(text)], Stems({"the": 0.125}))
    importance = np.full(len(openings.stems.total), 0.5)
    sentences = read_sentences(openings, importance=importance)
    scores = np.arange(float(len(openings.rows.place)))
    candidates = find_candidates(openings, scores)
    table = read_sets(
        openings, sentences, candidates=candidates, scores=scores, importance=importance
    )
    sets = np.where(candidates.has_set()[0], np.arange(len(SET_SIZES)), -1)
    return sets, dict(zip(SET_FEATURES, table[:, 0], strict=True))


def set_of(*members: int) -> int:
    rows = [
        tuple(row[:size])
        for row, size in zip(SET_MEMBERS.tolist(), SET_SIZES.tolist(), strict=True)
    ]
    return rows.index(members)


def test_sets_are_described_as_wholes() -> None:
    # The best eight of nine are the sentences 1 to 8: candidate 0 is sentence 1.
    _, found = describe_sets(STORY)
    pair, far, three = set_of(0, 1), set_of(0, 3), set_of(0, 1, 2)
    assert found["score_sum"][[pair, far, three]].tolist() == [3.0, 5.0, 6.0]
    assert found["score_least"][[pair, far, three]].tolist() == [1.0, 1.0, 1.0]
    assert found["loose_ends"][[pair, far, three]].tolist() == [1.0, 1.0, 1.0]
    assert found["loose_ends"][set_of(3, 4)] == 0.0
    assert found["first_place"][[pair, set_of(2, 3)]].tolist() == [0.5, 0.25]
    assert found["words"][pair] * WORDS_STEP == 8 + 18
    assert found["is_three"].sum() == (SET_SIZES == 3).sum()
    # 26 words are 24 fewer than fit.
    assert found["misfit"][pair] * WORDS_STEP == 2 * (FITTING_WORDS[0] - 26)


def test_sets_count_a_stem_once() -> None:
    _, found = describe_sets("Dogs bark.\nDogs bark.\nCats purr loud.")
    same, other = set_of(0, 1), set_of(0, 2)
    assert found["gain"][same] * 49 == pytest.approx(1.0, abs=0.05)
    assert found["gain"][other] * 50 == pytest.approx(2.5, abs=0.05)
    assert found["repetition"][same] == 1.0
    assert found["repetition"][other] == 0.0
    assert found["is_lead"][[same, other, set_of(0, 1, 2)]].tolist() == [1.0, 0.0, 1.0]


def test_only_sets_of_sentences_that_are_there_count() -> None:
    sets, _ = describe_sets("Dogs bark.\nDogs bark.\nCats purr loud.")
    assert [row for row in sets.tolist() if row >= 0] == sorted(
        [set_of(0, 1), set_of(0, 2), set_of(1, 2), set_of(0, 1, 2)]
    )


def test_candidates_are_the_best_in_the_order_of_the_article() -> None:
    openings = read_openings([parse_lines("One.\nTwo."), parse_lines(STORY)], Stems({}))
    candidates = find_candidates(openings, np.array([0.0, 1.0, *range(9)]))
    assert candidates.counts == [2, CANDIDATES]
    assert candidates.rows.tolist() == [[0] + [1] * 7, [3, 4, 5, 6, 7, 8, 9, 10]]


def test_the_best_sets_go_first_for_their_size() -> None:
    parsed = parse_lines(STORY)
    ranking = rank(parsed, "news")
    assert sorted(ranking.sets) == [2, 3]
    for size, members in ranking.sets.items():
        assert sorted(ranking.order(size)[:size]) == sorted(members)
        chosen = select(parsed, ranking, options=Options(sentences=size)).indexes
        assert chosen == tuple(sorted(members))
    assert sorted(ranking.best(3)) == sorted(ranking.sets[3])
    assert ranking.order(None) == ranking.order(5) == ranking.best(9)


def test_no_article_sees_its_neighbours() -> None:
    """Same bits alone and in company, in any company."""
    articles = [
        parse_lines(STORY),
        parse_lines("Der Rat schließt das Bad.\nEs regnete.", language="de"),
        parse_lines(STORY.lower(), title="Pool to close"),
        parse_lines("One sentence only."),
        parse_lines("—\nNo words above."),
        parse_lines("The mayor closed the Pool.\nNo words below the Ward.\n—"),
        parse_lines("They say so.\nHe reopened it.", title="Reopened: what they, and he, say now"),
        parse_lines("\n".join(f"Ward {n} elected Anna Berg{n}." for n in range(200))),
    ]
    alone = [rank(article, "news") for article in articles]
    for chosen in (articles, articles[::-1], articles * 3):
        for article, ranking in zip(chosen, rank_many(chosen, "news"), strict=True):
            expected = alone[articles.index(article)]
            assert ranking.scores == expected.scores
            assert ranking.reasons == expected.reasons
            assert ranking.sets == expected.sets


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
    assert METHODS["news"].rate(parsed).values == rate_plainly(parsed).values
    assert rank(parsed, "news").best(3) == [0, 1, 2]


def test_languages_without_a_model_prefer_short_sentences_where_places_are_near() -> None:
    long = "Der Rat der Stadt schließt das Bad" + ", und der Rat braucht Rohre" * 9 + "."
    text = f"Der Rat schließt das Bad.\nEs regnete in der Stadt.\n{long}\nDas Bad braucht Rohre."
    assert rank(parse_lines(text, language="de"), "news").best(3) == [0, 1, 3]
    assert rank(parse_lines(text, language="de"), "lead").best(3) == [0, 1, 2]


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
    before, _, after = rank_many([parsed, parse_lines(STORY), parsed], "news")
    assert before.scores == after.scores == ranking.scores


def test_words_only_below_the_opening_are_no_matter() -> None:
    text = "\n".join(["—"] * (MAX_SENTENCES + 1) + ["The pool closed."])
    assert len(rank(parse_lines(text), "news").scores) == MAX_SENTENCES + 2
