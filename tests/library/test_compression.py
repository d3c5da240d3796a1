"""Learned compression: flags for given tokens, and headlines from it."""

from __future__ import annotations

import subprocess
import sys
from importlib import resources
from typing import Any

import numpy as np
import pytest

from summarizer import InvalidArticleError, Options, summarize
from summarizer.headline import compress_tokens
from summarizer.headline.compression import choose_flags
from summarizer.headline.encoding import UNKNOWN, encode, split_subtokens
from summarizer.headline.network import load_networks

SENTENCES = (
    "The town council on Tuesday voted to close its oldest swimming pool, which opened in 1931, "
    "after engineers found cracks in the roof.",
    "A court in the capital has jailed three former ministers for taking bribes, officials said "
    "on Friday.",
    "Striker Ana Duarte, who joined the club from Porto last summer, scored twice as the visitors "
    "won a tense cup tie in heavy rain.",
    "Police did not say how the lorry, which was carrying 12 tonnes of grain, came to leave the "
    "road near the village late on Sunday.",
    "The airline said it would cut about 900 jobs by the end of the year because fuel prices had "
    "risen faster than expected.",
)


def words(sentence: str) -> list[str]:
    return [token.text for token in split_subtokens(sentence, start=0, end=len(sentence))]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_token_gets_a_flag_and_some_stay(sentence: str) -> None:
    tokens = words(sentence)
    flags = compress_tokens(tokens)
    assert len(flags) == len(tokens)
    assert all(type(flag) is bool for flag in flags)
    assert 0 < sum(flags) < len(tokens)


def test_what_a_headline_is_about_stays_and_what_it_leaves_out_goes() -> None:
    tokens = words(SENTENCES[0])
    kept = {token for token, flag in zip(tokens, compress_tokens(tokens), strict=True) if flag}
    assert {"council", "voted", "close", "pool"} <= kept
    assert kept.isdisjoint({"Tuesday", "1931", "which"})


def test_four_tokens_in_ten_stay_or_so() -> None:
    flags = [flag for sentence in SENTENCES for flag in compress_tokens(words(sentence))]
    assert 0.3 < sum(flags) / len(flags) < 0.6


@pytest.mark.parametrize(
    "tokens", [[], ["Rain"], [""], ["\ud800", "\x00", "…"], ["the"] * 700, ["x" * 100_000]]
)
def test_any_tokens_at_all_are_read(tokens: list[str]) -> None:
    flags = compress_tokens(tokens)
    assert len(flags) == len(tokens)
    assert any(flags) or not tokens


def test_flags_are_the_same_in_another_process() -> None:
    program = (
        "import json,sys;from summarizer.headline import compress_tokens;"
        "print(json.dumps([compress_tokens(t) for t in json.load(sys.stdin)]))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        input=str([words(sentence) for sentence in SENTENCES[:1]]).replace("'", '"'),
        capture_output=True,
        text=True,
        check=True,
    )
    expected = [compress_tokens(words(SENTENCES[0]))]
    assert result.stdout.strip() == str(expected).lower()


def test_long_input_is_read_in_stretches_of_its_own() -> None:
    tokens = words(SENTENCES[0]) * 20
    reading = load_networks().read(tokens)
    assert len(reading.keep) == len(tokens)
    assert reading.keep[:160] == load_networks().read(tokens[:160]).keep
    assert all(-1 <= head < len(tokens) for head in reading.heads)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_headline_spans_joined_by_spaces_are_the_headline(sentence: str) -> None:
    text = sentence + " Nothing more was known."
    headline = summarize(text, Options(language="en")).headline
    joined = " ".join(text[start:end] for start, end in headline.spans)
    joined = joined.replace(" ,", ",")
    assert headline.text == joined[0].upper() + joined[1:].removesuffix(".")
    assert len(headline.text) <= 75


def test_a_negation_is_not_lost() -> None:
    assert "not" in summarize(SENTENCES[3]).headline.text.split()


@pytest.mark.parametrize(
    ("chances", "flags"),
    [
        ([0.9, 0.1, 0.8], [True, False, True]),
        # With little to lose a word that is less likely than not is worth it.
        ([0.4, 0.05], [True, False]),
        ([0.3, 0.3, 0.3], [True, True, True]),
        ([], []),
    ],
)
def test_flags_have_the_greatest_expected_f1(chances: list[float], flags: list[bool]) -> None:
    assert choose_flags(chances) == flags


def test_a_word_far_away_reaches_the_network_from_both_sides() -> None:
    def odds(tokens: list[str]) -> list[float]:
        return load_networks().read(tokens).keep

    tokens = words(SENTENCES[0])[:8]
    plain, changed = odds(tokens), odds([*tokens[:-1], "murdered"])
    assert plain[0] != changed[0]
    assert odds(["Never", *tokens[1:]])[-1] != plain[-1]


def test_tokens_may_come_one_by_one_and_what_is_none_is_refused() -> None:
    tokens = words(SENTENCES[0])
    assert compress_tokens(token for token in tokens) == compress_tokens(tokens)
    wrong: list[Any] = [[None], ["Rain", 3], None, 3]
    for given in wrong:
        with pytest.raises(InvalidArticleError, match="each a str"):
            compress_tokens(given)


def test_an_unknown_word_has_the_number_of_unknown_words() -> None:
    encoded = encode(["Zzyzxic"], words={}, suffixes={"xic": 7})
    assert (encoded.words, encoded.suffixes) == ([UNKNOWN], [7])


def test_parameters_are_plain_arrays_under_ten_megabytes() -> None:
    folder = resources.files("summarizer") / "data"
    files = [path for path in folder.iterdir() if path.name.startswith("headline_")]
    assert len(files) == 7
    assert sum(len(path.read_bytes()) for path in files) < 10_000_000
    for weights in load_networks().weights:
        assert all(np.isfinite(array).all() for array in weights.values())
