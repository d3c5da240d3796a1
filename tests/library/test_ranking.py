from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import InvalidOptionsError
from summarizer.models import WarningCode
from summarizer.ranking import METHODS, Ranking, graph, rank
from summarizer.ranking.counts import count_matrix, count_stems
from summarizer.ranking.graph import rate_lex_rank, rate_reduction, rate_text_rank
from summarizer.ranking.links import link_similar
from summarizer.ranking.method import Rating
from summarizer.ranking.news import title_overlap
from summarizer.text.parsed import ParsedArticle
from tests.library.parsing import parse_lines

NAMES = ("news lead luhn edmundson lsa text-rank lex-rank sum-basic kl reduction random").split()

STORY = """\
The harbour authority closed the port of Kelling on Tuesday after a freighter struck the main pier.
The freighter, the Marta Lind, was leaving the harbour with grain when it struck the pier at noon.
Two dock workers were taken to hospital with broken bones, police said.
Ferries to the islands were sent to Osterby, forty kilometres along the coast.
"We heard a bang and the whole pier moved," said Anna Rolf, who sells tickets there.
The harbour authority said that engineers would inspect the pier on Wednesday.
It was the third accident in the harbour since the authority cut its pilots last year.
Pilots had warned in March that freighters would strike the pier sooner or later.
The weather was calm.
The company that owns the Marta Lind did not answer its telephone."""


def long_story(sentences: int) -> str:
    """Sentences that share words in ever new ways."""
    return "\n".join(
        f"Ward{number % 41} officials met union{number % 17} leaders about route{number % 29} and "
        f"depot{number} near bridge{number % 53}."
        for number in range(sentences)
    )


def test_the_methods_are_those_that_the_documentation_names() -> None:
    assert list(METHODS) == NAMES
    for name, method in METHODS.items():
        assert method.name == name
        assert method.title
        assert method.reference
        assert method.cost > 0


def test_an_unknown_method_is_refused_by_name() -> None:
    with pytest.raises(InvalidOptionsError, match=r"'pagerank'.*known: news, lead.*random"):
        rank(parse_lines(STORY), "pagerank")


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_gets_a_score_from_nought_to_one(name: str) -> None:
    ranking = rank(parse_lines(STORY, title="Freighter strikes pier"), name)
    assert [type(score) for score in ranking.scores] == [float] * 10
    assert max(ranking.scores) == 1.0
    assert min(ranking.scores) >= 0.0
    assert len(ranking.reasons) == 10
    assert ranking.method == name
    assert ranking.warnings == ()


@pytest.mark.parametrize("name", NAMES)
def test_the_only_sentence_is_the_best(name: str) -> None:
    assert rank(parse_lines("The mayor said the bridge would close in May."), name).scores == [1.0]


@pytest.mark.parametrize("name", NAMES)
def test_the_best_sentence_comes_with_a_reason(name: str) -> None:
    ranking = rank(parse_lines(STORY, title="Freighter strikes pier"), name)
    reasons = ranking.reasons[ranking.best(1)[0]]
    assert reasons
    assert all(reason == reason.lower() and " " in reason for reason in reasons)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ships",
        "the of and",
        "the of\nand but",
        "Ships\nShips\nShips",
        "the\nShips sail",
        "1\n2\n3",
        "\ud800\n\x00",
        "...\n—",
        "京都\n東京",
    ],
)
def test_odd_texts_are_ranked_without_a_murmur(name: str, text: str) -> None:
    with np.errstate(all="raise"):
        ranking = rank(parse_lines(text, title=text, query=text), name)
    assert np.isfinite(ranking.scores).all()
    assert all(0.0 <= score <= 1.0 for score in ranking.scores)


line = st.lists(
    st.sampled_from("the a Ship ship ships sail Sails pier 4.5 of said Kelling".split()),
    max_size=7,
).map(" ".join)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40, deadline=None)
@given(lines=st.lists(line, max_size=9), title=line)
def test_any_few_words_are_ranked(name: str, lines: list[str], title: str) -> None:
    parsed = parse_lines("\n".join(lines), title=title, query=title)
    with np.errstate(all="raise"):
        ranking = rank(parsed, name)
    assert len(ranking.scores) == len(ranking.reasons) == len(parsed.spans)
    assert all(0.0 <= score <= 1.0 for score in ranking.scores)


def test_lead_falls_with_every_sentence() -> None:
    ranking = rank(parse_lines(STORY), "lead")
    assert (np.diff(ranking.scores) < 0).all()
    assert ranking.best(3) == [0, 1, 2]
    assert ranking.reasons[0] == ("opens the article",)


def test_equal_scores_rank_by_position() -> None:
    ranking = Ranking(scores=[0.5, 1.0, 0.5, 1.0], reasons=((),) * 4, method="lead")
    assert ranking.best(4) == [1, 3, 0, 2]
    assert ranking.best(2) == [1, 3]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("random", "edmundson")])
def test_sentences_that_say_the_same_rank_by_position(name: str) -> None:
    twins = "Rain fell on Kelling.\nShips left the harbour.\nShips left the harbour.\nSnow fell."
    best = rank(parse_lines(twins), name).best(4)
    assert best.index(1) < best.index(2)


def test_random_differs_from_text_to_text_but_not_from_run_to_run() -> None:
    first, again = (rank(parse_lines(STORY), "random").best(10) for _ in range(2))
    other = rank(parse_lines(STORY + " It sank."), "random").best(10)
    assert first == again
    assert sorted(first) == list(range(10))
    assert other != first


def test_luhn_values_runs_of_frequent_words_by_their_density() -> None:
    parsed = parse_lines(
        "Pilots strike pier.\nPilots met here today with angry strike heads.\nSnow hit pier roads."
    )
    # Frequent are pilots, strike and pier. The second run is broken: five words lie between.
    values = METHODS["luhn"].rate(parsed).values
    assert values == [3.0, 0.0, 0.0]
    nearer = parse_lines("Pilots strike.\nPilots met angry union strike leaders.")
    assert METHODS["luhn"].rate(nearer).values == [2.0, 4 / 5]


def test_sum_basic_leaves_a_told_story_for_another() -> None:
    parsed = parse_lines(
        "Pilots strike harbour.\nPilots strike harbour again today.\nSnow closes schools.\n"
        "Pilots strike."
    )
    assert rank(parsed, "sum-basic").best(2) == [3, 0]
    twins = parse_lines("Pilots strike.\nSnow falls.\nPilots strike.")
    assert rank(twins, "sum-basic").best(3) == [0, 1, 2]


def test_sum_basic_picks_from_the_first_candidates_and_leaves_the_others_in_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parsed = parse_lines(long_story(60))
    everything = rank(parsed, "sum-basic").best(60)
    monkeypatch.setattr("summarizer.ranking.frequency.MAX_CANDIDATES", 60)
    assert rank(parsed, "sum-basic").best(60) == everything
    monkeypatch.setattr("summarizer.ranking.frequency.MAX_CANDIDATES", 20)
    stems = parsed.terms.stem_ids[parsed.terms.is_content]
    shares = np.bincount(stems) / len(stems)
    counts = count_matrix(parsed.terms)
    means = (counts @ shares / counts.sum(axis=1)).round(12)
    order = rank(parsed, "sum-basic").best(60)
    assert min(means[order[:20]]) >= max(means[order[20:]])
    assert means[order[20:]].tolist() == sorted(means[order[20:]], reverse=True)
    assert order[:20] != everything[:20]


def test_edmundson_counts_cues_title_and_place() -> None:
    parsed = parse_lines(
        "Snow fell.\nPilots struck the pier.\nPerhaps it rained.\n\nIt was a record.\nNobody came.",
        title="Pilots leave",
    )
    # First of the first paragraph 2; pilots 2 and "struck" 1 and first paragraph 1; perhaps -1,
    # first paragraph 1, closes it 1; "record" 1, last paragraph 1, opens it 1; last 1, closes 1.
    assert METHODS["edmundson"].rate(parsed).values == [2.0, 4.0, 1.0, 3.0, 2.0]


def test_lsa_is_the_sum_over_all_singular_values() -> None:
    parsed = parse_lines(STORY)
    counts = count_matrix(parsed.terms).T
    counts = counts[counts.any(axis=1)]
    matrix = 0.4 + 0.6 * counts / counts.max(axis=0)
    _, sigma, topics = np.linalg.svd(matrix, full_matrices=False)
    expected = np.sqrt((sigma[:, None] ** 2 * topics**2).sum(axis=0))
    assert METHODS["lsa"].rate(parsed).values == pytest.approx(expected)


def test_kl_begins_with_the_words_nearest_the_article() -> None:
    parsed = parse_lines("Snow fell on Kelling.\npilots strike.\npilots strike pilots strike snow.")
    shares = {"snow": 2 / 10, "fell": 1 / 10, "kelling": 1 / 10, "pilots": 3 / 10, "strike": 3 / 10}

    def divergence(words: list[str]) -> float:
        return sum(
            shares[word] * math.log(shares[word] * len(words) / words.count(word))
            for word in set(words)
        )

    divergences = [
        divergence(["snow", "fell", "kelling"]),
        divergence(["pilots", "strike"]),
        divergence(["pilots", "strike", "pilots", "strike", "snow"]),
    ]
    assert rank(parsed, "kl").best(1) == [divergences.index(min(divergences))]


def test_the_scores_of_picking_methods_are_the_order_of_picking() -> None:
    for name in ("sum-basic", "kl"):
        scores = rank(parse_lines(STORY), name).scores
        assert sorted(scores) == pytest.approx([number / 10 for number in range(1, 11)])


@pytest.mark.parametrize("rate", [rate_lex_rank, rate_text_rank, rate_reduction])
@pytest.mark.parametrize(
    "text", [STORY, long_story(60), "Pier\nPier\nShip sails\nthe\nPier", "Ships\nthe", "the\nof"]
)
def test_short_and_long_articles_are_rated_alike(
    rate: Callable[[ParsedArticle], Rating], text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed = parse_lines(text)
    monkeypatch.setattr(graph, "MATRIX_CELLS", 10**9)
    by_matrix = rate(parsed).values
    monkeypatch.setattr(graph, "MATRIX_CELLS", 0)
    assert rate(parsed).values == pytest.approx(by_matrix, rel=1e-12)


@pytest.mark.parametrize("block", [1, 100, 10**9])
@pytest.mark.parametrize("threshold", [0.0, 1.0, 2.5])
@pytest.mark.parametrize("reach", [1, 7, 79, 500])
def test_links_are_the_products_above_the_threshold(
    block: int, threshold: float, reach: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.ranking.links._BLOCK_SIZE", block)
    terms = parse_lines(long_story(80)).terms
    counts = count_stems(terms)
    links = link_similar(counts, counts.counts / 2.0, threshold=threshold, reach=reach)
    found = np.diag(links.loops)
    found[links.left, links.right] = 1.0
    found[links.right, links.left] = 1.0
    matrix = count_matrix(terms) / 2.0
    assert (links.left < links.right).all()
    places = np.arange(80)
    is_near = abs(places - places[:, None]) <= reach
    assert (found == is_near & (matrix @ matrix.T > threshold)).all()
    vector = np.arange(80.0)
    assert links.dot(vector) == pytest.approx(found @ vector)


CROWD = "\n".join(f"Ships left pier number{number}." for number in range(4000))
ECHOES = "\n".join([" ".join(f"word{place}" for place in range(300))] * 400)
STAIRS = "\n".join(
    " ".join(f"word{number}x{place}" for place in range(number)) for number in range(300)
)


@pytest.mark.parametrize(
    ("name", "text"),
    [("lex-rank", ECHOES), ("kl", CROWD), ("text-rank", STAIRS), ("reduction", STAIRS)],
)
def test_a_method_that_would_take_too_long_leaves_the_article_to_lead(name: str, text: str) -> None:
    ranking = rank(parse_lines(text), name)
    assert ranking.method == "lead"
    assert [warning.code for warning in ranking.warnings] == [WarningCode.METHOD_DOWNGRADED]
    assert name in ranking.warnings[0].message
    assert ranking.best(3) == [0, 1, 2]


@pytest.mark.parametrize("name", ["lex-rank", "text-rank", "reduction"])
def test_many_sentences_of_one_word_need_no_matrix_of_sentences(name: str) -> None:
    parsed = parse_lines("\n".join(["Yes."] * 6000))
    tracemalloc.start()
    rank(parsed, method=name)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 150_000_000, "a number for each two sentences takes 288 MB"


@pytest.mark.parametrize("name", NAMES)
def test_a_long_ordinary_article_is_not_downgraded(name: str) -> None:
    assert rank(parse_lines(long_story(400)), name).method == name


@pytest.mark.parametrize("name", NAMES)
def test_a_query_brings_its_sentences_forward(name: str) -> None:
    ranking = rank(parse_lines(STORY, query="ferries to the islands"), name)
    assert ranking.scores[3] >= 0.5
    assert "is about the query" in ranking.reasons[3]
    without = rank(parse_lines(STORY), name)
    assert ranking.best(10).index(3) <= without.best(10).index(3)
    assert "is about the query" not in ranking.reasons[8]


def test_a_query_that_the_article_does_not_know_changes_no_order() -> None:
    assert rank(parse_lines(STORY, query="zebra"), "luhn").best(10) == (
        rank(parse_lines(STORY), "luhn").best(10)
    )


def test_news_keeps_the_lead_and_knows_the_title() -> None:
    parsed = parse_lines(STORY, title="Freighter strikes pier in Kelling")
    ranking = rank(parsed, "news")
    assert ranking.best(1) == [0]
    assert "shares words with the title" in ranking.reasons[0]
    assert title_overlap(parsed)[:3].tolist() == [0.75, 0.5, 0.0]


def test_scores_are_the_same_in_every_process() -> None:
    code = (
        "import json, sys; from summarizer.ranking import METHODS, rank; "
        "from tests.library.parsing import parse_lines; "
        "from tests.library.test_ranking import STORY; "
        "parsed = parse_lines(STORY, title='Pier struck', query='pier'); "
        "print(json.dumps({name: rank(parsed, name).scores for name in METHODS}))"
    )
    outputs = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1
    here = {
        name: rank(parse_lines(STORY, title="Pier struck", query="pier"), name).scores
        for name in METHODS
    }
    assert json.loads(outputs.pop()) == here


def test_ranking_loads_no_summarizer_of_sumy() -> None:
    code = (
        "import sys; import summarizer.ranking; "
        "print([name for name in sys.modules if name.startswith(('sumy.', 'requests'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
