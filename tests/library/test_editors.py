"""Which words an editor would take: the sums that the library makes beforehand."""

from __future__ import annotations

from summarizer.headline.editors import (
    LAST_FROM_END,
    LAST_PLACE,
    Editors,
    count_mentions,
    load_editors,
)
from summarizer.headline.tokens import tokenize
from tests.library.parsing import parse_lines

TEXT = (
    "The harbour town of Velmora will reopen its ferry terminal after a long closure.\n"
    "Traders in Velmora said the ferry could not come soon enough.\n"
    "A bakery opens early."
)


def ratings(editors: Editors, index: int) -> dict[str, int]:
    parsed = parse_lines(TEXT)
    tokens = tokenize(parsed.text, parsed.spans[index])
    return dict(zip(tokens.words, editors.rate(parsed, index, tokens), strict=True))


def test_without_weights_every_word_is_as_likely_as_not_and_marks_are_none() -> None:
    parsed = parse_lines("Rain, snow and hail fell.")
    tokens = tokenize(parsed.text, parsed.spans[0])
    found = Editors({}).rate(parsed, 0, tokens)
    assert [rating for rating, word in zip(found, tokens.words, strict=True) if word != ","] == [
        5_000
    ] * 5
    assert found[tokens.words.index(",")] == 0


def test_each_kind_of_feature_weighs_on_the_words_that_have_it() -> None:
    for name, first, second in (
        ("w=ferry", "ferry", "terminal"),
        ("p=ferry", "terminal", "ferry"),
        ("n=ferry", "its", "ferry"),
        ("sf=own", "town", "ferry"),
        ("p=^", "The", "harbour"),
        ("n=$", "closure", "long"),
        ("i1", "harbour", "town"),
        ("e1", "closure", "long"),
        ("hTT", "Velmora", "harbour"),
        ("stop", "will", "ferry"),
        ("m1T", "Velmora", "town"),
        ("m1,0", "ferry", "terminal"),
        ("m0i0", "town", "ferry"),
        ("fTrueTrue0", "ferry", "terminal"),
    ):
        found = ratings(Editors({name: 100}), 0)
        if name == "hTT":
            # No two capitals stand side by side.
            assert set(found.values()) == {5_000}
            continue
        assert found[first] > 7_000, name
        assert found[second] == 5_000, name


def test_what_the_whole_sentence_has_in_common_weighs_on_all_its_words() -> None:
    assert set(ratings(Editors({"b": -100, "N2,0": 100}), 0).values()) == {5_000}
    assert set(ratings(Editors({"N2,1": 100}), 1).values()) == {7_311}


def test_mentions_are_counted_in_the_other_sentences() -> None:
    mentions = count_mentions(parse_lines(TEXT), 0)
    assert mentions.elsewhere["velmora"] == mentions.elsewhere["ferry"] == 1
    assert mentions.elsewhere["terminal"] == 0
    assert "ferry" in mentions.next_one
    assert "terminal" not in mentions.next_one
    later = count_mentions(parse_lines(TEXT), 1)
    assert "velmora" in later.opening
    assert "traders" not in later.opening


def test_long_sentences_and_late_ones_have_places_too() -> None:
    line = " ".join(["Rain fell"] * (LAST_PLACE + LAST_FROM_END))
    parsed = parse_lines("\n".join([line + "."] * 6))
    tokens = tokenize(parsed.text, parsed.spans[5])
    assert len(load_editors().rate(parsed, 5, tokens)) == len(tokens)


def test_names_are_likelier_than_articles() -> None:
    found = ratings(load_editors(), 0)
    assert found["Velmora"] > found["The"]
    assert found["ferry"] > found["its"]
