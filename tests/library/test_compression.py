"""Learned compression: flags for given tokens, and headlines from it."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from summarizer import Options, summarize
from summarizer.headline import compress_tokens
from summarizer.headline.decoding import Branches, choose_units
from summarizer.headline.encoding import UNKNOWN, encode, split_subtokens
from summarizer.headline.grammar import broken_rules
from summarizer.headline.learned import compress_sentence
from summarizer.headline.network import load_network
from summarizer.headline.tokens import tokenize
from summarizer.models import Span

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
    reading = load_network().read(tokens)
    assert len(reading.keep) == len(tokens)
    assert reading.keep[:160] == load_network().read(tokens[:160]).keep
    assert all(-1 <= head < len(tokens) for head in reading.heads)


@pytest.mark.parametrize("max_chars", [33, 64, 75, 100])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_compressed_sentence_fits_and_breaks_no_rule(sentence: str, max_chars: int) -> None:
    tokens = tokenize(sentence, Span(0, len(sentence)))
    runs = compress_sentence(tokens, max_chars=max_chars)
    if runs is None:
        return
    text = " ".join(sentence[tokens.starts[a] : tokens.ends[b - 1]] for a, b in runs)
    assert len(text) <= max_chars
    keep = [any(a <= place < b for a, b in runs) for place in range(len(tokens))]
    assert broken_rules(tokens, keep) == set()


def test_most_sentences_are_compressed_to_the_usual_length() -> None:
    found = [
        compress_sentence(tokenize(sentence, Span(0, len(sentence))), max_chars=75)
        for sentence in SENTENCES
    ]
    assert sum(runs is not None for runs in found) >= 3


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


def test_units_that_pay_stay_with_their_heads() -> None:
    branches = Branches([-1, 0, 1, 0], [1.0, -1.0, 3.0, -2.0], [5, 5, 5, 5], [False] * 4)
    assert choose_units(branches, max_chars=50) == [True, True, True, False]


def test_a_required_unit_stays_at_a_loss() -> None:
    branches = Branches([-1, 0], [1.0, -9.0], [5, 5], [False, True])
    assert choose_units(branches, max_chars=50) == [True, True]


def test_a_budget_takes_the_branch_that_pays_least() -> None:
    branches = Branches([-1, 0, 0], [5.0, 4.0, 0.5], [5, 5, 5], [False] * 3)
    assert choose_units(branches, max_chars=9) == [True, True, False]


def test_no_choice_where_what_is_required_does_not_fit() -> None:
    assert choose_units(Branches([-1, 0], [1.0, 1.0], [9, 9], [False, True]), max_chars=10) is None


def test_an_unknown_word_has_the_number_of_unknown_words() -> None:
    encoded = encode(["Zzyzxic"], words={}, suffixes={"xic": 7})
    assert (encoded.words, encoded.suffixes) == ([UNKNOWN], [7])


def test_parameters_are_plain_arrays_under_ten_megabytes() -> None:
    network = load_network()
    assert sum(array.nbytes for array in network.weights.values()) < 10_000_000
    assert all(np.isfinite(array).all() for array in network.weights.values())
