from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from rouge_score.rouge_scorer import RougeScorer

from summarizer import Article, InvalidArticleError, Options, summarize
from summarizer.evaluation import Reference, bootstrap, evaluate, read_reference
from summarizer.rouge import METRICS, find_oracle, score_text
from tests.commands import run_command
from workers.cli.floors import below_floors, means_of_methods

STORY = (
    "The bridge at Lower Sennen was closed on Friday after divers found cracks in two piers. "
    "Buses will take the coast road, which adds half an hour. "
    "Engineers from the county began to survey the piers at dawn. "
    "It was a cold day. "
    "The county council expects the bridge to stay closed until March, a spokeswoman said."
)
SUMMARY = (
    "The bridge at Lower Sennen is closed after divers found cracks.",
    "It will stay closed until March.",
)


def reference(**changes: object) -> Reference:
    return read_reference({"text": STORY, "summary": list(SUMMARY), **changes})


def test_scores_are_those_of_rouge_score_with_stemming() -> None:
    text = "The bridges closed on Friday.\nDivers found a crack."
    expected = RougeScorer([*METRICS], use_stemmer=True).score("\n".join(SUMMARY), text)
    found = score_text(text, ["\n".join(SUMMARY)])
    assert found == {name: pytest.approx(100 * expected[name].fmeasure) for name in METRICS}
    assert 0 < found["rouge2"] < found["rouge1"] < 100


def test_of_several_references_the_nearest_counts() -> None:
    far, near = "Snow fell on Leeds.", "The bridge closed."
    assert score_text("The bridge closed.", [far, near])["rouge1"] == pytest.approx(100.0)
    assert score_text("The bridge closed.", [far])["rouge1"] == 0.0


def test_letters_of_every_language_count() -> None:
    wanted, alike = "Đường hầm đóng cửa.", "Đưong ham đong cưa."
    assert score_text(wanted, [wanted], language="vi")["rouge2"] == pytest.approx(100.0)
    assert score_text(alike, [wanted], language="vi")["rouge1"] == 0.0
    german = score_text("Die Brücken", ["Der Brücke"], language="de")
    assert german["rouge1"] == pytest.approx(50.0)
    assert find_oracle(["Buổi sáng có mưa.", wanted], [wanted], count=1, language="vi") == [1]


def test_the_oracle_takes_what_gains_and_no_more() -> None:
    sentences = ["It rained.", "The bridge was closed.", "Divers found cracks.", "Buses ran."]
    wanted = ["The bridge was closed.\nDivers found cracks."]
    assert find_oracle(sentences, wanted, count=3) == [1, 2]
    assert find_oracle(sentences, wanted, count=1) == [1]
    assert find_oracle(sentences, ["Buses ran.", "zebra"], count=3) == [3]
    assert find_oracle([], wanted, count=3) == []


def test_a_row_names_its_set_its_articles_and_the_gain_over_the_lead() -> None:
    rows = evaluate([reference(set="a"), reference(set="b")], methods=["news", "lex-rank"])
    assert [(row.group, row.method) for row in rows] == [
        (group, method)
        for group in ("a", "b", "all")
        for method in ("lead", "news", "lex-rank", "oracle")
    ]
    assert [row.articles for row in rows] == [1] * 8 + [2] * 4
    lead, news = rows[0], rows[1]
    assert lead.gain is None
    assert news.gain is not None
    assert news.gain.mean == pytest.approx(news.scores["rouge1"].mean - lead.scores["rouge1"].mean)


def test_no_method_is_far_above_the_oracle() -> None:
    rows = evaluate([reference()], methods=["news"], options=Options(sentences=2))
    first = {row.method: row.scores["rouge1"].mean for row in rows}
    assert first["oracle"] > first["lead"]


def test_what_is_scored_is_the_paragraph_and_the_headline() -> None:
    summary = summarize(Article(text=STORY), Options(sentences=2))
    rows = evaluate(
        [reference(headline="Bridge closed after divers find cracks")],
        methods=["news"],
        options=Options(sentences=2),
    )
    scores = next(row for row in rows if row.method == "news").scores
    paragraph = "\n".join(STORY[start:end] for start, end in summary.paragraph.spans)
    assert scores["rouge1"].mean == score_text(paragraph, ["\n".join(SUMMARY)])["rouge1"]
    headline = score_text(summary.headline.text, ["Bridge closed after divers find cracks"])
    assert scores["headline_rouge1"].mean == headline["rouge1"]


def test_articles_without_a_sentence_are_left_out_and_counted_as_seen() -> None:
    seen: list[None] = []
    rows = evaluate(
        [reference(), reference(text="* * *")], methods=[], on_article=lambda: seen.append(None)
    )
    assert {row.articles for row in rows} == {1}
    assert len(seen) == 2


def test_what_is_left_out_is_told_with_its_place_and_the_reason() -> None:
    told: list[tuple[int, str]] = []
    evaluate(
        [reference(text="* * *"), reference(), reference(text="")],
        methods=[],
        on_left_out=lambda place, error: told.append((place, str(error))),
    )
    assert told == [
        (0, "the article holds no sentence in its 5 characters"),
        (2, "the article is empty"),
    ]


def test_the_headline_is_never_given_to_the_method() -> None:
    assert reference(headline="Bridge closed").article.title is None


@pytest.mark.parametrize(
    ("values", "summaries"),
    [
        ({"summary": "One. Two."}, ("One. Two.",)),
        ({"summary": ["One.", "Two."]}, ("One.\nTwo.",)),
        ({"references": ["One.", ["Two.", "Three."]]}, ("One.", "Two.\nThree.")),
    ],
)
def test_summaries_come_as_text_as_sentences_or_as_several(
    values: dict[str, object], summaries: tuple[str, ...]
) -> None:
    assert read_reference({"text": STORY, **values}).summaries == summaries


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"text": 3, "summary": "x"},
        {"text": "x"},
        {"text": "x", "summary": 3},
        {"text": "x", "summary": ["a", 1]},
        {"text": "x", "references": []},
        {"text": "x", "references": "one"},
        {"text": "x", "summary": " "},
        {"text": "x", "references": ["one", []]},
    ],
)
def test_a_line_that_means_nothing_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(InvalidArticleError):
        read_reference(values)


def test_articles_of_no_set_count_with_all_others_and_these_come_last() -> None:
    rows = [
        {"text": STORY, "summary": "The pool closed."} | more
        for more in ({"set": None}, {"set": "wire"})
    ]
    found = evaluate([read_reference(row) for row in rows], methods=["news"])
    assert [(row.group, row.articles) for row in found[::3]] == [("wire", 1), ("all", 2)]


def test_the_interval_holds_the_mean_and_narrows_with_more_articles() -> None:
    few = bootstrap(np.array([10.0, 20.0, 30.0, 40.0]))
    many = bootstrap(np.tile([10.0, 20.0, 30.0, 40.0], 25))
    assert few.low < few.mean == 25.0 < few.high
    assert few.low < many.low < 25.0 < many.high < few.high
    assert bootstrap(np.array([10.0, 20.0, 30.0, 40.0])) == few
    assert bootstrap(np.array([5.0])).low == 5.0


def test_floors_name_what_fell_below_or_was_not_measured() -> None:
    rows = evaluate([reference()], methods=["news"])
    means = means_of_methods(rows)
    reached = rows[1].scores["rouge1"].mean
    fine = {"all": {"news": {"rouge1": reached - 1.0}}}
    low = {"all": {"news": {"rouge1": reached + 1.0}}}
    assert below_floors(means, fine) == []
    assert len(below_floors(means, low)) == 1
    assert f"{reached:.2f}, below" in below_floors(means, low)[0]
    missing = {"other": {"news": {"gain_over_lead": 0.0}}}
    assert below_floors(means, missing) == ["other: gain_over_lead of news was not measured"]


GOOD_LINE = {"text": "The pool closed. It rained.", "summary": "The pool closed."}


@pytest.mark.parametrize(
    ("lines", "floors", "code", "message"),
    [
        ([GOOD_LINE], {}, 0, ""),
        ([GOOD_LINE, {"text": "No summary."}], {}, 3, "references.jsonl:2: summary"),
        ([GOOD_LINE, {"text": "", "summary": "."}], {}, 3, "references.jsonl:2: the article is em"),
        ([GOOD_LINE], {"all": {"news": {"rouge1": float("nan")}}}, 2, "no JSON of sets"),
        ([GOOD_LINE], {"all": {"news": {"rouge1": 99.9}}}, 1, "below the floor: all: rouge1"),
        ([], {}, 1, "no article with a summary"),
        ([GOOD_LINE], ["all"], 2, "no JSON of sets"),
        ([GOOD_LINE], {"all": {"news": 20.0}}, 2, "no JSON of sets"),
    ],
)
def test_the_command_says_what_is_wrong_in_one_line(
    tmp_path: Path, lines: list[object], floors: object, code: int, message: str
) -> None:
    file, least = tmp_path / "references.jsonl", tmp_path / "floors.json"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    least.write_text(json.dumps(floors), encoding="utf-8")
    done = run_command("evaluate", str(file), "--floors", str(least), data_dir=tmp_path)
    assert done.returncode == code, done.stderr
    assert message in done.stderr.decode()
    assert len(done.stderr.splitlines()) == bool(message)


def test_lines_are_read_from_standard_input_and_named_with_their_place(tmp_path: Path) -> None:
    both = {"summary": "The pool closed.", "headline": "Pool is shut"}
    objects: list[object] = [{}, {"text": "* *", **both}, {**GOOD_LINE, **both}]
    lines = b"\n".join([b'{"text": oops}', b"", *(json.dumps(one).encode() for one in objects)])
    for words in ([], ["--headlines"]):
        done = run_command("evaluate", "-", "--json", *words, data_dir=tmp_path, stdin=lines)
        assert done.returncode == 3
        assert json.loads(done.stdout)["file"] == "stdin"
        assert done.stderr.decode().splitlines() == [
            "stdin:1: not valid JSON: unexpected character, expected a JSON value at column 10",
            "stdin:3: text must be a string",
            "stdin:4: the article holds no sentence in its 3 characters",
        ]


def test_a_file_of_nothing_but_empty_articles_cannot_be_measured(tmp_path: Path) -> None:
    lines = json.dumps({"text": " ", "summary": "Nothing."}).encode()
    done = run_command("evaluate", "-", data_dir=tmp_path, stdin=lines)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines()[1:] == ["stdin: no article with a sentence"]
    for name, said in ((str(tmp_path), "is a folder"), ("nowhere.jsonl", "is not there")):
        done = run_command("evaluate", name, data_dir=tmp_path)
        assert done.returncode == 2
        assert f"'{name}' {said}" in done.stderr.decode()


@pytest.mark.parametrize(
    ("line", "given", "code", "message"),
    [
        ({"text": "...", "headline": "Rain"}, [], 1, "no article with a sentence"),
        ({"text": "Rain fell.", "headline": " "}, [], 1, "no article with a headline"),
        ({"text": "Rain fell.", "headline": "Rain"}, ["-m", "lead"], 2, "takes no method"),
    ],
)
def test_headlines_that_cannot_be_measured_are_an_error(
    tmp_path: Path, line: dict[str, str], given: list[str], code: int, message: str
) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_text(json.dumps(line))
    done = run_command("evaluate", str(file), "--headlines", *given, data_dir=tmp_path)
    assert done.returncode == code
    assert message in done.stderr.decode()


@pytest.mark.parametrize(
    ("metric", "least", "code"),
    [("rouge1", 99.0, 1), ("rouge1", 1.0, 0), ("gain_over_opening", 99.0, 1), ("unbroken", 100, 0)],
)
def test_headlines_have_floors_too(tmp_path: Path, metric: str, least: float, code: int) -> None:
    file, floors = tmp_path / "articles.jsonl", tmp_path / "floors.json"
    text = "The town of Velm has closed its pool. It rained."
    file.write_text(json.dumps({"text": text, "headline": "Pool is shut"}) + "\n")
    floors.write_text(json.dumps({"all": {"headline": {metric: least}}}))
    done = run_command(
        "evaluate", str(file), "--headlines", "--floors", str(floors), data_dir=tmp_path
    )
    assert done.returncode == code, done.stderr
    assert (b"below the floor: all: " + metric.encode() in done.stderr) == bool(code)
