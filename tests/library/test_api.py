"""The library's contract: names, records, errors, determinism."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import pickle
import subprocess
import sys
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import summarizer
from summarizer import (
    HEADLINE_PRESETS,
    METHODS,
    Article,
    Avoid,
    EmptyArticleError,
    InvalidArticleError,
    InvalidOptionsError,
    Options,
    SummarizerError,
    TextTooLongError,
    WarningCode,
    summarize,
    summarize_many,
)
from summarizer.models import MAX_TEXT_CHARS
from summarizer.pipeline import BLOCK_ARTICLES, BLOCK_CHARS
from tests.articles import make_text
from tests.fuzz.promises import check_summary

SUMY = {"luhn", "edmundson", "lsa", "text-rank", "lex-rank", "sum-basic", "kl", "reduction"}

PIECES = st.sampled_from(
    ["The harbour reopened.", "“No,” she said.", "PARIS (AP) — ", "\n\n", " ", "...", "12.5", "–",
     "Read more:", "He left", "<b>", "AFP", "日本語。", "U.S. ", "\x00", "\ud800", "(", "”",
     "a" * 90]
)  # fmt: skip
ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20),
    st.binary(max_size=5), st.lists(st.text(max_size=9), max_size=3), st.builds(object),
    st.sampled_from(["lead", "en", "auto", "quotes", ("quotes",)]),
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=30).map("".join))


def test_the_public_names_are_sorted_and_there() -> None:
    assert all(hasattr(summarizer, name) for name in summarizer.__all__)
    assert len(set(summarizer.__all__)) == len(summarizer.__all__)
    assert {"summarize", "summarize_many", "Article", "Options", "METHODS"} < set(
        summarizer.__all__
    )


def test_methods_are_news_lead_and_all_of_sumys() -> None:
    assert set(METHODS) == {"news", "lead", "random"} | SUMY
    assert all(name == method.name for name, method in METHODS.items())


@pytest.mark.parametrize("method", sorted({"news", "lead", "random"} | SUMY))
def test_every_method_gives_headline_paragraph_and_scores(method: str) -> None:
    text = make_text(3, sentences=15)
    summary = summarize(Article(text=text, title="Ferry terminal"), Options(method=method))
    assert summary.method == method
    assert 0 < len(summary.headline.text) <= 75
    assert len(summary.paragraph.sentence_indexes) == 3
    assert len(summary.sentences) == 15
    assert all(0 <= sentence.score <= 1 for sentence in summary.sentences)
    assert all(sentence.reasons for sentence in summary.sentences if sentence.selected)


def test_defaults_are_news_three_sentences_and_a_headline_of_75() -> None:
    options = Options()
    assert (options.method, options.sentences, options.headline_chars) == ("news", 3, 75)
    assert (options.language, options.query, options.keywords, options.avoid) == (
        "auto", None, 0, (),
    )  # fmt: skip


def test_headline_presets() -> None:
    assert HEADLINE_PRESETS == {"ticker": 33, "wire": 64, "web": 75, "long": 100}
    assert Options.from_mapping({"headline_chars": "ticker"}).headline_chars == 33


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"sentences": 1, "words": 2}, "one length budget only"),
        ({"sentences": 0}, "from 1"),
        ({"sentences": True}, "whole number"),
        ({"words": 2.5}, "whole number"),
        ({"ratio": 0}, "above 0"),
        ({"ratio": "half"}, "above 0"),
        ({"ratio": True}, "above 0"),
        ({"ratio": 10**400}, "above 0"),
        (None, "None: a mapping"),
        ("x", "'x': a mapping"),
        ({"headline_chars": 5}, "from 20 to 500"),
        ({"headline_chars": "huge"}, "ticker, wire, web, long"),
        ({"keywords": -1}, "from 0"),
        ({"avoid": "quotes"}, "a list of quotes"),
        ({"avoid": ["puns"]}, "a list of quotes"),
        ({"method": ""}, "name of a method"),
        ({"language": 3}, "ISO 639-1"),
        ({"language": "english"}, "'english': an ISO 639-1 code such as"),
        ({"language": "!!"}, "'!!'"),
        ({"language": ""}, "''"),
        ({"language": "e"}, "'e'"),
        ({"language": "AUTO"}, "'AUTO'"),
        ({"query": 3}, "text"),
        ({"lenght": 3}, "known: avoid, chars"),
    ],
)
def test_an_option_out_of_range_names_option_value_and_limit(values: Any, said: str) -> None:
    with pytest.raises(InvalidOptionsError, match=said) as caught:
        Options.from_mapping(values)
    assert caught.value.code == "invalid_options"


@pytest.mark.parametrize(
    "options",
    [
        Options(),
        Options(words=50),
        Options(ratio=0.5, method="lsa"),
        Options(sentences=7, headline_chars=33, keywords=4, query="ferry", language="de"),
        Options(avoid=(Avoid.QUESTIONS, Avoid.QUOTES)),
    ],
)
def test_options_survive_the_way_through_json(options: Options) -> None:
    assert Options.from_mapping(orjson.loads(orjson.dumps(options.to_dict()))) == options


def test_an_unknown_method_is_named_with_the_known_ones() -> None:
    with pytest.raises(InvalidOptionsError, match="lex-rank"):
        summarize(make_text(1), Options(method="magic"))


@pytest.mark.parametrize("text", ["", "   \n\t", "... --- !!!", "\x00\x01"])
def test_an_article_without_a_sentence_is_a_typed_error(text: str) -> None:
    with pytest.raises(EmptyArticleError) as caught:
        summarize(text)
    assert caught.value.code == "empty_article"


def test_one_short_sentence_is_never_an_empty_summary() -> None:
    summary = summarize("Ferries resumed.")
    assert summary.headline.text == "Ferries resumed"
    assert summary.paragraph.text == "Ferries resumed."


def test_too_long_a_text_is_refused_with_the_limit() -> None:
    with pytest.raises(TextTooLongError, match=str(MAX_TEXT_CHARS)):
        summarize("a" * (MAX_TEXT_CHARS + 1))


@pytest.mark.parametrize("article", [None, 3, b"bytes", Article(text=3)])  # type: ignore[arg-type]
def test_what_is_no_text_is_a_typed_error(article: object) -> None:
    with pytest.raises(InvalidArticleError):
        summarize(article)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "error",
    [
        EmptyArticleError(7),
        TextTooLongError(9, 8),
        InvalidOptionsError("words", 0, "more"),
        InvalidArticleError("x"),
    ],
)
def test_errors_survive_pickling_between_processes(error: SummarizerError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), copy.code) == (type(error), str(error), error.code)


def test_summarize_many_gives_what_summarize_gives_in_input_order() -> None:
    texts = [make_text(number) for number in range(20)]
    together = [summary.to_dict() for summary in summarize_many(texts)]
    assert together == [summarize(text).to_dict() for text in texts]
    assert [s.to_dict() for s in summarize_many(reversed(texts))] == together[::-1]


def test_no_summary_depends_on_the_articles_beside_it() -> None:
    texts = [make_text(number, sentences=4 + 3 * number) for number in range(12)]
    alone = [next(summarize_many([text])).to_dict() for text in texts]
    for turn in range(0, 12, 5):
        order = [*range(turn, 12), *range(turn)]
        found = summarize_many((texts[place] for place in order), return_errors=True)
        assert [s.to_dict() for s in found] == [alone[place] for place in order]


def test_summarize_many_reads_a_block_ahead_and_no_more() -> None:
    numbers = itertools.count()
    next(summarize_many(make_text(number, sentences=2) for number in numbers))
    assert next(numbers) <= BLOCK_ARTICLES
    long = make_text(1, sentences=20) + " " * BLOCK_CHARS
    texts = iter([long, make_text(2)])
    next(summarize_many(texts))
    assert next(texts) == make_text(2)


def test_summarize_many_can_return_errors_in_their_place() -> None:
    texts = [make_text(1), "", make_text(2), 3, Article(text=None)]  # type: ignore[arg-type]
    found = list(summarize_many(texts, return_errors=True))
    codes = [getattr(outcome, "code", None) for outcome in found]
    assert codes == [None, "empty_article", None, "invalid_article", "invalid_article"]
    unknown = summarize_many(texts[:2], Options(method="pagerank"), return_errors=True)
    assert [outcome.code for outcome in unknown] == ["invalid_options"] * 2


def test_summarize_many_raises_an_error_after_the_summaries_before_it() -> None:
    found = summarize_many([make_text(1), "", make_text(2)])
    assert next(found) == summarize(make_text(1))
    with pytest.raises(EmptyArticleError):
        next(found)


def test_the_articles_own_language_wins_and_an_unknown_one_is_a_warning() -> None:
    german = summarize(Article(text=make_text(1), language="de"), Options(language="fr"))
    assert german.language == "de"
    assert summarize(Article(text=make_text(1), language="en-GB")).language == "en"
    for options in (Options(), Options(language="de")):
        assert summarize(Article(text=make_text(1), language="auto"), options).language == "en"
    unknown = summarize(make_text(1), Options(language="xx"))
    assert WarningCode.LANGUAGE_UNSUPPORTED in {warning.code for warning in unknown.warnings}


def test_summaries_are_byte_identical_in_any_process() -> None:
    program = (
        "import hashlib, orjson; from summarizer import *; from tests.articles import make_text\n"
        "texts = [make_text(n, sentences=30) for n in range(12)]\n"
        "found = [summarize(t, Options(method=m, keywords=5)).to_dict() for m in METHODS"
        " for t in texts]\n"
        "print(hashlib.sha256(orjson.dumps(found)).hexdigest())"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(hashes) == 1


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, method=st.sampled_from(sorted(METHODS)), chars=st.sampled_from([20, 33, 75]))
def test_any_text_gives_traceable_words_or_a_typed_error(
    text: str, method: str, chars: int
) -> None:
    options = Options(method=method, headline_chars=chars, keywords=3)
    try:
        summary = summarize(text, options)
    except SummarizerError:
        return
    check_summary(text, options, summary)


@settings(max_examples=300, deadline=None)
@given(
    article=ANYTHING,
    fields=st.dictionaries(st.sampled_from(["title", "language", "published_at"]), ANYTHING),
    options=ANYTHING,
    values=st.dictionaries(
        st.sampled_from([f.name for f in dataclasses.fields(Options)]), ANYTHING
    ),
)
def test_values_of_any_kind_give_a_summary_or_a_typed_error(
    article: Any, fields: dict[str, Any], options: Any, values: dict[str, Any]
) -> None:
    text = make_text(5)
    with contextlib.suppress(SummarizerError):
        summarize(article)
    with contextlib.suppress(SummarizerError):
        summarize(text, options)
    with contextlib.suppress(SummarizerError):
        assert summarize(Article(text=text, **fields)).sentences
    with contextlib.suppress(SummarizerError):
        assert summarize(text, Options(**values)).paragraph.text


def test_importing_the_library_loads_no_queue_network_or_settings() -> None:
    program = (
        "import sys, summarizer\n"
        "print([name for name in ('celery', 'kombu', 'redis', 'requests', 'httpx', 'pydantic', "
        "'typer', 'sumy.utils') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


def test_importing_the_library_takes_little_memory() -> None:
    program = "import psutil, summarizer; print(psutil.Process().memory_info().rss)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert int(done.stdout) < 80e6


@pytest.mark.parametrize("articles", ["One text.", Article(text="One text."), 5, None])
def test_several_articles_have_to_be_several(articles: Any) -> None:
    with pytest.raises(InvalidArticleError, match=r"as a list, not one \w+"):
        list(summarize_many(articles))
