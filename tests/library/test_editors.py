"""Which words an editor would take: the sums that the library makes beforehand."""

from __future__ import annotations

from summarizer.headline.editors import Editors, load_editors
from summarizer.headline.segments import split_segments
from summarizer.headline.tokens import tokenize
from summarizer.headline.verbs import strengths
from summarizer.headline.word_features import (
    ALL_MENTIONS,
    LAST_FROM_END,
    LAST_PLACE,
    UNSEEN,
    Mentions,
    count_mentions,
)
from tests.library.parsing import parse_lines

TEXT = (
    "The harbour town of Velmora will reopen its ferry terminal after a long closure.\n"
    "Traders in Velmora said the ferry could not come soon enough.\n"
    "A bakery opens early."
)


def ratings(editors: Editors, index: int, text: str = TEXT) -> dict[str, int]:
    parsed = parse_lines(text)
    tokens = tokenize(parsed.text, parsed.spans[index])
    segments = split_segments(tokens, strengths(tokens))
    return dict(zip(tokens.words, editors.rate(parsed, index, tokens, segments), strict=True))


def test_without_weights_every_word_is_as_likely_as_not_but_for_articles_and_marks() -> None:
    found = ratings(Editors({}), 0, "Rain, snow and a hail fell.")
    assert (found.pop(","), found.pop("a")) == (0, 1)
    assert found == dict.fromkeys(["Rain", "snow", "and", "hail", "fell"], 5_000)


def test_each_kind_of_feature_weighs_on_the_words_that_have_it() -> None:
    for name, first, second in (
        ("w=ferry", "ferry", "terminal"),
        ("p=ferry", "terminal", "ferry"),
        ("n=ferry", "its", "ferry"),
        ("sf=own", "town", "ferry"),
        ("c=of", "of", "town"),
        ("cp=of", "Velmora", "of"),
        ("cn=of", "town", "of"),
        ("l8", "terminal", "town"),
        ("cp=^", "The", "harbour"),
        ("n=$", "closure", "long"),
        ("i1", "harbour", "town"),
        ("e1", "closure", "long"),
        ("hlT", "Velmora", "harbour"),
        ("stop", "will", "ferry"),
        ("m1T", "Velmora", "town"),
        ("m1,0", "ferry", "terminal"),
        ("m0i0", "town", "ferry"),
        ("sp1T", "Velmora", "ferry"),
        ("sp1,1", "ferry", "town"),
        ("t1,1", "ferry", "town"),
        ("f3,0", "ferry", "terminal"),
        ("nb1,1", "its", "terminal"),
        ("nb-2,1", "after", "ferry"),
        ("d8", "Velmora", "town"),
        ("d8TFalse", "Velmora", "town"),
    ):
        found = ratings(Editors({name: 100}), 0)
        if first != "The":
            assert found[first] > 7_000, name
        assert found[second] == 5_000, name


def test_segments_weigh_on_their_words() -> None:
    text = "The town, a port, will reopen its ferry.\nIt rained."
    for name, first, second in (("sg1", "port", "ferry"), ("pa1", "ferry", "port")):
        found = ratings(Editors({name: 100}), 0, text)
        assert (found[first], found[second]) == (7_311, 5_000), name


def test_what_the_whole_sentence_has_in_common_weighs_on_all_its_words() -> None:
    found = ratings(Editors({"b": -100, "N2,0": 100}), 0)
    assert {rating for word, rating in found.items() if word not in ("The", "a")} == {5_000}
    found = ratings(Editors({"N2,1": 100}), 1)
    assert {rating for word, rating in found.items() if word != "the"} == {7_311}


def test_a_sentence_without_an_article_is_rated_as_the_brief_that_it_is() -> None:
    found = ratings(Editors({"alone": 100, "m0l": -500, "stop": -500}), 0, TEXT.splitlines()[0])
    assert (found["ferry"], found["will"]) == (7_311, 7_311)


def test_mentions_are_counted_in_the_other_sentences() -> None:
    def mentions(index: int) -> dict[str, Mentions]:
        numbers = count_mentions(parse_lines(TEXT), index)
        return {word: ALL_MENTIONS[number] for word, number in numbers.items()}

    assert mentions(0)["velmora"] == mentions(0)["ferry"] == Mentions(1, 1, 3)
    assert mentions(0)["terminal"] == Mentions(0, 0, 1)
    assert mentions(1)["velmora"] == Mentions(1, 1, 1)
    assert mentions(1)["traders"] == Mentions(0, 0, 0)


def test_a_word_mentioned_very_often_is_not_one_that_was_never_seen() -> None:
    for times in (UNSEEN, UNSEEN + 1):
        text = "\n".join(["The ferry sank."] * (times + 1))
        assert ratings(Editors({"m6,0": 100}), 0, text)["ferry"] == 7_311


def test_long_sentences_and_late_ones_have_places_too() -> None:
    line = " ".join(["Rain fell"] * (LAST_PLACE + LAST_FROM_END))
    assert ratings(load_editors(), 5, "\n".join([line + "."] * 6)).keys() == {"Rain", "fell"}


def test_names_are_likelier_than_articles() -> None:
    found = ratings(load_editors(), 0)
    assert found["Velmora"] > found["The"]
    assert found["ferry"] > found["its"]
