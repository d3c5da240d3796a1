"""Sentences: where they end, and that their spans are true on any text."""

from __future__ import annotations

import json
import textwrap
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer.models import Removed, RemovedKind
from summarizer.text import sentence_ends
from summarizer.text.sentence_ends import PUNKT_LANGUAGES, load_tokenizer
from summarizer.text.sentences import split_sentences
from tests.library.abbreviation_cases import ABBREVIATIONS, ORDINARY_WORDS
from tests.library.sentence_cases import ENGLISH, OTHER_LANGUAGES
from tests.library.timing import seconds_without_collector

STORY = (
    "The harbour at Port Ellis was closed on Tuesday after a ferry struck the northern pier, "
    "injuring four people, the U.S. Coast Guard said.",
    "Capt. Joan R. Meyer said the 9.15 a.m. crossing had been running late because of fog. "
    "“We saw the pier. Then we hit it,” she told reporters.",
    "It was the third accident there since Jan. 3, when a freighter owned by Marlin Bros. Ltd. "
    "ran aground. Nobody was hurt then.",
    "An inquiry will open on Friday. Will it find anything? The Mayor, Sam Ortiz Jr., said he "
    "hoped so.",
)


def sentences(text: str, language: str = "en", removed: tuple[Removed, ...] = ()) -> list[str]:
    spans = split_sentences(text, removed=removed, language=language)
    return [text[span.start : span.end] for span in spans]


def words(text: str) -> list[list[str]]:
    return [sentence.split() for sentence in sentences(text)]


def take_out(text: str, *pieces: str) -> tuple[Removed, ...]:
    starts = [text.index(piece) for piece in pieces]
    return tuple(
        Removed(kind=RemovedKind.TRASH_LINE, start=start, end=start + len(piece))
        for start, piece in zip(starts, pieces, strict=True)
    )


TABLE = [("en", case) for cases in ENGLISH.values() for case in cases]
for table in (OTHER_LANGUAGES, ABBREVIATIONS, ORDINARY_WORDS):
    TABLE += [(language, case) for language, cases in table.items() for case in cases]


@pytest.mark.parametrize(("language", "case"), TABLE)
def test_sentences_begin_at_the_marks_and_nowhere_else(language: str, case: str) -> None:
    assert sentences(case.replace("¦", ""), language) == [part.strip() for part in case.split("¦")]


def test_the_table_is_not_thinned_out() -> None:
    assert sum(map(len, ENGLISH.values())) >= 200


def test_every_language_with_parameters_has_cases() -> None:
    assert {language for language, _ in TABLE} >= PUNKT_LANGUAGES


class TestBlocks:
    def test_an_empty_line_ends_a_sentence_without_a_stop(self) -> None:
        assert sentences("On Tuesday,\n\nthe bank said no.") == ["On Tuesday,", "the bank said no."]

    @pytest.mark.parametrize(
        "gap", ["\n\n", "\r\n\r\n", "\n \t\n", "\r\r", "\n\n\n", "\u2029", "\f"]
    )
    def test_an_empty_line_may_be_written_in_many_ways(self, gap: str) -> None:
        assert sentences(f"Bank rates{gap}the pound") == ["Bank rates", "the pound"]

    def test_a_line_holds_a_paragraph_where_lines_are_long(self) -> None:
        lines = [f"{line.rstrip('.')}" for line in STORY]
        assert words("\n".join(lines)) == words("\n\n".join(lines))

    def test_a_quotation_ends_its_line_without_a_stop(self) -> None:
        text = "\n".join((STORY[0], "He hailed “the common line held at the UN”", STORY[1]))
        assert "He hailed “the common line held at the UN”" in sentences(text)

    @pytest.mark.parametrize("width", [40, 60, 72, 80])
    @pytest.mark.parametrize("gap", ["\n\n", "\n    "])
    def test_wrapped_lines_are_put_together(self, width: int, gap: str) -> None:
        wrapped = gap.join(textwrap.fill(paragraph, width) for paragraph in STORY)
        assert words(wrapped) == words("\n\n".join(STORY))

    def test_wrapped_lines_may_all_be_indented(self) -> None:
        wrapped = "\n\n".join(textwrap.indent(textwrap.fill(part, 66), "   ") for part in STORY)
        assert words(wrapped) == words("\n\n".join(STORY))

    @pytest.mark.parametrize(
        "lines",
        [
            "the northern pier, injuring four people, said Captain Joan\nMeyer, who saw it.",
            "the northern pier, owned by the old town and by\nInternational Ferries.",
        ],
    )
    def test_wrapped_lines_need_not_be_quite_full(self, lines: str) -> None:
        first = "The harbour at Port Ellis was closed on Tuesday after a ferry struck"
        assert len(sentences(f"{first}\n{lines}")) == 1

    def test_a_short_line_among_wrapped_ones_is_a_heading(self) -> None:
        heading = "Fears for the old ferry"
        wrapped = "\n".join((textwrap.fill(STORY[0], 70), heading, textwrap.fill(STORY[2], 70)))
        assert heading in sentences(wrapped)
        assert len(sentences(wrapped)) == 4

    def test_an_indented_line_begins_a_paragraph(self) -> None:
        text = (
            "The harbour at Port Ellis was closed on Tuesday after a ferry hit it\n"
            "    Nobody was hurt in the accident, the second there in two years, but\n"
            "the pier was damaged"
        )
        assert len(sentences(text)) == 2

    def test_one_long_line_among_many_does_not_undo_the_wrapping(self) -> None:
        wrapped = "\n\n".join(textwrap.fill(paragraph, 48) for paragraph in STORY * 4)
        address = f"https://example.com/{'x' * 150}\nhas more."
        assert words(f"{wrapped}\n\n{address}")[:-1] == words("\n\n".join(STORY * 4))

    def test_writing_without_spaces_is_wrapped_anywhere(self) -> None:
        first = "央行周二宣布将基准利率上调至百分之四以应对持续上升的通货膨胀压力并警告未"
        assert len(sentences(f"{first}\n来可能进一步加息市场反应平淡股价小幅下跌。", "zh")) == 1

    def test_a_heading_above_a_paragraph_is_not_wrapped(self) -> None:
        heading = "Ferry strikes the northern pier of Port Ellis"
        assert sentences(f"{heading}\n{STORY[0]}") == [heading, STORY[0]]
        assert sentences(f"{heading}\nNobody was hurt.") == [heading, "Nobody was hurt."]

    def test_headlines_in_a_list_were_not_wrapped(self) -> None:
        lines = [
            "Bank raises rates to the highest level in ten years",
            "Pound falls against the dollar and the euro",
            "Ferry strikes the northern pier of Port Ellis",
            "Leeds beat Hull to go top of the league",
        ]
        assert sentences("\n".join(lines)) == lines

    def test_a_small_letter_does_not_make_paragraphs_wrapped_lines(self) -> None:
        lines = [
            "Nobody was hurt when the ferry struck the northern pier on Monday.",
            "The harbour will be closed until Friday, the coast guard has said.",
            "An inquiry will be opened by the Mayor of Port Ellis next Tuesday.",
            "Auction houses fear for the trade in old boats from the island, as",
            "eBay declined to comment on the accident or on the harbour's fate.",
            "Rates rise as the coast counts what the accident has cost the town",
            "Insurers declined to comment.",
        ]
        assert sentences("\n".join(lines))[-2:] == lines[-2:]

    def test_a_small_letter_does_not_make_headlines_wrapped_lines(self) -> None:
        lines = [
            "Online auction houses fear for the trade in boats",
            "eBay declines to comment",
            "Pound falls",
            "Leeds beat Hull",
            "Bank raises rates to the highest level in a decade",
            "Rain",
        ]
        assert sentences("\n".join(lines))[-4:] == lines[-4:]

    def test_two_wrapped_lines_are_one_sentence(self) -> None:
        assert len(sentences("The bank said on Tuesday that it would\nraise its rates.")) == 1

    def test_a_sentence_runs_on_in_lower_case_over_a_short_line(self) -> None:
        assert len(sentences("The bank\nsaid on Tuesday that it would raise rates.")) == 1

    def test_a_line_that_has_ended_is_not_continued_in_lower_case(self) -> None:
        assert len(sentences("He hailed “the line held at the UN”\neBay said nothing.")) == 2

    def test_lines_of_different_lengths_were_not_wrapped(self) -> None:
        hailed = (
            "He hailed “the very long and common line that both had held at the UN in New York”"
        )
        lines = [hailed, "Aides agreed", "Others did not", "Rain fell"]
        assert sentences("\n".join(lines)) == lines

    def test_lower_case_paragraphs_stay_apart(self) -> None:
        lines = ["rates rose to the highest level in ten years", "pounds fell to the lowest level"]
        assert sentences("\n".join(lines)) == lines

    def test_bullets_stay_apart(self) -> None:
        text = "• cheaper bread for everybody in the capital\n• dearer petrol for all the others"
        assert len(sentences(text)) == 2

    def test_a_list_of_results_stays_apart(self) -> None:
        assert len(sentences("Leeds 2 Hull 1\nDerby 0 Luton 0\nBury 1 Stoke 3")) == 3


class TestRemoved:
    def test_a_sentence_begins_after_what_was_removed(self) -> None:
        text = "PORT ELLIS (AP) — The harbour was closed. Nobody was hurt."
        assert sentences(text, removed=take_out(text, "PORT ELLIS (AP) —")) == [
            "The harbour was closed.",
            "Nobody was hurt.",
        ]

    def test_no_sentence_crosses_what_was_removed(self) -> None:
        text = "The harbour (see map) was closed. (Adds detail) Nobody was hurt. AFP"
        removed = take_out(text, "(see map)", "(Adds detail)", "AFP")
        assert sentences(text, removed=removed) == [
            "The harbour",
            "was closed.",
            "Nobody was hurt.",
        ]

    def test_a_removed_stretch_may_span_paragraphs(self) -> None:
        text = "It closed.\n\nRead more\n\nFollow us\n\nIt rained."
        removed = take_out(text, "Read more\n\nFollow us\n\n")
        assert sentences(text, removed=removed) == ["It closed.", "It rained."]

    def test_removed_stretches_may_overlap_in_any_order(self) -> None:
        text = "It closed. Read more now Follow us. It rained."
        removed = take_out(text, "Follow us.", "more", "Read more now")
        assert sentences(text, removed=removed) == ["It closed.", "It rained."]

    def test_many_removed_stretches_take_time_in_proportion(self) -> None:
        def seconds(count: int) -> float:
            gaps = [
                Removed(kind=RemovedKind.MARKUP, start=8 * i + 2, end=8 * i + 4)
                for i in range(count)
            ]
            text = "Ab<>cd\n\n" * count
            assert len(split_sentences(text, removed=gaps)) == 2 * count
            return seconds_without_collector(lambda: split_sentences(text, removed=gaps))

        small, large = (min(seconds(count) for _ in range(3)) for count in (1_000, 10_000))
        assert large < 40 * max(small, 0.002)

    def test_nothing_is_left_where_all_was_removed(self) -> None:
        text = "Read more"
        assert sentences(text, removed=take_out(text, text)) == []


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u3000\t\r\n"])
def test_text_without_characters_has_no_sentences(text: str) -> None:
    assert split_sentences(text) == ()


@pytest.mark.parametrize("text", ["a", "...", "。", "\x00", "\ud800", "“", "?!"])
def test_a_single_character_is_a_sentence(text: str) -> None:
    assert sentences(text) == [text]


class TestLanguages:
    def test_a_region_is_no_other_language(self) -> None:
        assert load_tokenizer("en-GB") is load_tokenizer("EN") is load_tokenizer("en")

    def test_bokmal_and_nynorsk_are_norwegian(self) -> None:
        assert load_tokenizer("nb") is load_tokenizer("nn") is load_tokenizer("no")

    @pytest.mark.parametrize("language", ["xx", "", "../../en", "e" * 1000])
    def test_an_unknown_language_gets_neutral_parameters(self, language: str) -> None:
        assert load_tokenizer(language) is load_tokenizer("default")

    def test_every_parameter_file_is_loaded(self) -> None:
        data = Path(sentence_ends.__file__).parents[1] / "data"
        names = {path.stem.removeprefix("punkt_") for path in data.glob("punkt_*.json")}
        assert names == PUNKT_LANGUAGES | {"default"}
        keys = [set(json.loads(path.read_text("utf-8"))) for path in data.glob("punkt_*.json")]
        assert all(found == keys[0] for found in keys)


class TestPunkt:
    @pytest.mark.parametrize("following", ["The", "Smith", "the", "X", "1", "-"])
    def test_ordinary_words_are_judged_as_punkt_would(self, following: str) -> None:
        punkt = load_tokenizer("en")
        found = {word.strip("“”,.") for line in STORY for word in line.split()}
        ordinary = [word for word in found if punkt.is_ordinary(word)]
        assert len(ordinary) > 30
        assert all(punkt.decide(word, following) for word in ordinary)

    def test_its_own_interface_gives_the_same_sentences(self) -> None:
        assert load_tokenizer("en").tokenize(STORY[2]) == sentences(STORY[2])


# Text of the kinds that the rules look at, in any order, and characters of every other kind.
ANY_TEXT = st.lists(
    st.one_of(
        st.sampled_from(["The", "bank", "U.S.", "a.m.", "Mr.", "No.", "3.5", "x@y.Z", "J.", "yes"]),
        st.sampled_from(list(".?!…。“”\"'‘’»«()[]-–*•,;:")),
        st.sampled_from([" ", " ", " ", "\n", "\n\n", "\r\n", "\t", "\u2028", "\xa0"]),
        st.characters(),
    ),
    max_size=60,
).map("".join)


def covered(text: str, spans: tuple[tuple[int, int], ...]) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if not text[i].isspace()}


@given(text=ANY_TEXT, language=st.sampled_from(["en", "de", "ja", ""]))
@settings(max_examples=400, deadline=None)
@example(text='. " A."B "', language="en")
def test_every_character_is_in_one_sentence(text: str, language: str) -> None:
    spans = split_sentences(text, language=language)
    assert covered(text, spans) == {i for i, char in enumerate(text) if not char.isspace()}
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))


@given(text=ANY_TEXT, cuts=st.lists(st.integers(0, 100), max_size=6))
@settings(max_examples=400, deadline=None)
def test_sentences_and_removed_stretches_share_the_text(text: str, cuts: list[int]) -> None:
    edges = sorted(min(cut, len(text)) for cut in cuts)
    removed = tuple(
        Removed(kind=RemovedKind.MARKUP, start=start, end=end)
        for start, end in zip(edges[::2], edges[1::2], strict=False)
    )
    spans = split_sentences(text, removed=removed)
    gone = {i for gap in removed for i in range(gap.start, gap.end)}
    kept = {i for i, char in enumerate(text) if not char.isspace()} - gone
    assert covered(text, spans) == kept
    assert all(gone.isdisjoint(range(*span)) for span in spans)


HOSTILE = [
    *(
        ".",
        "a.b.c.",
        '"',
        "\n",
        '."',
        '." ',
        ". ",
        " .",
        "a. B ",
        "ab.Cd",
        "?",
        ".)",
        " ",
        "a\n",
        "a \n\n",
    ),
    *(
        "U.S. The ",
        '?" Aa ',
        ". “ ",
        "。",
        "… ",
        "1. ",
        " \t\n \u2028",
        ". \ud800\0",
        ".- ",
        ". 」",
    ),
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_grows_no_faster_than_hostile_text(unit: str) -> None:
    def seconds(size: int) -> float:
        text = "x" + unit * (size // len(unit)) + "y"
        return seconds_without_collector(lambda: split_sentences(text))

    # Ten times the text; quadratic time would be a hundredfold. A floor keeps clock noise out.
    small, large = (min(seconds(size) for _ in range(3)) for size in (30_000, 300_000))
    assert large < 40 * max(small, 0.002)
