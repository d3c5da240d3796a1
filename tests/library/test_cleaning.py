from __future__ import annotations

import random

import pytest

from summarizer.models import Removed, RemovedKind
from summarizer.text.cleaning import find_removed
from tests.library.cleaning_cases import (
    HEADLINES,
    KEPT,
    LOCAL_KEPT,
    REMOVED,
    STORY,
    Case,
    Place,
)
from tests.library.local_cleaning_cases import LOCAL_REMOVED, LOCAL_SENTENCES
from tests.library.timing import seconds_without_collector

SEPARATORS = ("\n", "\n\n", "\r\n")
FIRST, SECOND, THIRD = STORY


def parts(text: str, removed: tuple[Removed, ...]) -> list[tuple[RemovedKind, str]]:
    return [(span.kind, text[span.start : span.end]) for span in removed]


def kept(text: str, *, language: str = "en") -> str:
    for span in reversed(find_removed(text, language=language)):
        text = text[: span.start] + text[span.end :]
    return text


def story_with(case: Case, separator: str) -> str:
    inserted = case.inserted
    paragraphs = {
        Place.HEAD: (inserted, FIRST, SECOND, THIRD),
        Place.OPENING: (inserted + FIRST, SECOND, THIRD),
        Place.BETWEEN: (FIRST, SECOND, inserted, THIRD),
        Place.ENDING: (FIRST, SECOND + inserted, THIRD),
        Place.FOOT: (FIRST, SECOND, THIRD, inserted),
        Place.CLOSING: (FIRST, SECOND, THIRD + inserted),
    }
    return separator.join(paragraphs[case.place])


@pytest.mark.parametrize("separator", SEPARATORS, ids=("lines", "paragraphs", "crlf"))
@pytest.mark.parametrize("case", REMOVED, ids=lambda case: f"{case.place.name}-{case.inserted}")
def test_what_is_not_the_story_is_removed_and_nothing_else(case: Case, separator: str) -> None:
    text = story_with(case, separator)
    removed = find_removed(text, language=case.language)
    assert [(kind, part.strip()) for kind, part in parts(text, removed)] == [
        (case.kind, case.removed)
    ]


@pytest.mark.parametrize("separator", SEPARATORS, ids=("lines", "paragraphs", "crlf"))
@pytest.mark.parametrize("sentence", KEPT)
def test_sentence_that_looks_alike_stays_wherever_it_stands(sentence: str, separator: str) -> None:
    for place in range(len(STORY) + 1):
        text = separator.join([*STORY[:place], sentence, *STORY[place:]])
        assert find_removed(text) == ()


@pytest.mark.parametrize("sentence", KEPT)
def test_sentence_that_looks_alike_stays_in_a_text_of_one_line(sentence: str) -> None:
    assert find_removed(f"{FIRST} {SECOND} {sentence}") == ()
    assert find_removed(f"{sentence} {FIRST} {SECOND}") == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Corrected maps of the harbour went to all pilots on Friday.",
        "Updates of the charts are sent out every month.",
    ],
)
def test_an_item_of_a_list_is_no_note_of_the_desk(sentence: str) -> None:
    text = f"{FIRST}\n* {sentence}\n{SECOND}"
    assert parts(text, find_removed(text)) == [(RemovedKind.MARKUP, "* ")]


@pytest.mark.parametrize(("language", "sentence"), LOCAL_KEPT)
def test_sentence_of_another_language_that_looks_alike_stays(language: str, sentence: str) -> None:
    for text in (f"{FIRST} {SECOND} {sentence}", f"{FIRST}\n{SECOND}\n{THIRD} {sentence}"):
        assert find_removed(text, language=language) == ()


@pytest.mark.parametrize("separator", SEPARATORS, ids=("lines", "paragraphs", "crlf"))
@pytest.mark.parametrize("language", sorted({case.language for case in LOCAL_REMOVED}))
def test_what_a_language_writes_around_stories_is_removed(language: str, separator: str) -> None:
    cases = [case for case in LOCAL_REMOVED if case.language == language]
    found = {}
    for case in cases:
        text = story_with(case, separator)
        removed = parts(text, find_removed(text, language=language))
        found[case] = [(kind, part.strip()) for kind, part in removed]
    assert found == {case: [(case.kind, case.removed)] for case in cases}


@pytest.mark.parametrize(
    "separator", [*SEPARATORS, " "], ids=("lines", "paragraphs", "crlf", "one")
)
@pytest.mark.parametrize(
    ("language", "sentence"),
    [(language, sentence) for language, own in LOCAL_SENTENCES.items() for sentence in own],
)
def test_sentence_of_a_language_that_looks_alike_stays_wherever_it_stands(
    language: str, sentence: str, separator: str
) -> None:
    for place in range(len(STORY) + 1):
        text = separator.join([*STORY[:place], sentence, *STORY[place:]])
        assert find_removed(text, language=language) == ()


def test_labels_go_from_within_a_paragraph() -> None:
    text = f"{FIRST} Lire aussi sur Radio Port : {SECOND} A regarder : {THIRD}"
    assert kept(text, language="fr") == f"{FIRST} {SECOND} {THIRD}"
    text = f"{FIRST} Ảnh: AFP {SECOND} - Ảnh: Reuters {THIRD} (Ảnh: Minh Hải) {FIRST}"
    assert kept(text, language="vi") == f"{FIRST}  {SECOND}  {THIRD}  {FIRST}"


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_headline_below_the_story_is_no_byline(headline: str) -> None:
    assert find_removed("\n".join([*STORY, headline])) == ()
    assert find_removed("\n".join([*STORY, *HEADLINES, headline])) == ()


def test_the_table_is_as_long_as_promised() -> None:
    assert len(REMOVED) >= 80
    assert len({case.inserted for case in REMOVED}) >= 80
    assert len(set(KEPT)) >= 80


def test_a_wire_story_loses_all_that_is_around_it() -> None:
    text = (
        "UPDATE 2-Port to close terminals for dredging\n\n"
        "(Adds reaction in paragraph 3)\n\n"
        "By Jane Doe and John Roe\n\n"
        f"HARBOUR CITY, Nov 3 (Reuters) - {FIRST}\n\n"
        f"{SECOND}\n\n"
        "- Unions wary -\n\n"
        f"{THIRD} (Reporting by Jane Doe; Editing by John Roe)\n\n"
        "((jane.doe@example.com; +44 20 7946 0000))\n\n"
        "Our Standards: The Thomson Reuters Trust Principles.\n"
    )
    assert kept(text).split("\n\n") == [*([""] * 3), FIRST, SECOND, "", f"{THIRD} ", "", "\n"]
    assert [kind for kind, _ in parts(text, find_removed(text))] == [
        RemovedKind.SUB_HEAD,
        RemovedKind.TRASH_LINE,
        RemovedKind.BYLINE,
        RemovedKind.DATELINE,
        RemovedKind.SUB_HEAD,
        RemovedKind.TRASH_LINE,
        RemovedKind.CONTACT,
        RemovedKind.SIGN_OFF,
    ]


def test_a_page_loses_its_tags_but_those_inside_a_sentence() -> None:
    text = (
        "<html><body><h1>Port to close terminals</h1>"
        f"<p><b>{FIRST}</b></p><p>Ships will be <a href='/x'>sent up</a> the coast, it said.</p>"
        "<ul><li>Nobody will lose a day's pay over any of this, the authority added.</li></ul>"
        "</body></html>"
    )
    lines = [line for line in kept(text).split("\n") if line]
    assert lines == [
        f"{FIRST}Ships will be <a href='/x'>sent up</a> the coast, it said."
        "Nobody will lose a day's pay over any of this, the authority added."
    ]


def test_markdown_loses_its_marks() -> None:
    text = f"# Port to close\n\n**{FIRST}**\n\n* {SECOND}\n* {THIRD}\n\n[{SECOND}](https://example.com)"
    assert kept(text) == f"\n\n{FIRST}\n\n{SECOND}\n{THIRD}\n\n{SECOND}"


def test_a_headline_above_the_story_is_a_sub_head() -> None:
    for story in (f"{FIRST}\n\n{SECOND}", f"{FIRST} {SECOND}"):
        text = f"Port to close two terminals\n\n{story}"
        assert parts(text, find_removed(text)) == [
            (RemovedKind.SUB_HEAD, "Port to close two terminals")
        ]


@pytest.mark.parametrize(
    "text",
    [
        "Police have arrested a man",
        "By Jane Doe",
        "AFP",
        "Photo: A ship leaves the port in March",
        "Read more: The harbour master has resigned\nAFP",
        "(Adds that the harbour master has resigned)",
        "– US concern –",
        "<!-- The harbour master has resigned. -->",
        "",
        " \n\t ",
    ],
)
def test_a_text_of_which_nothing_would_be_left_keeps_its_lines(text: str) -> None:
    assert find_removed(text) == ()


def test_a_dateline_goes_even_when_the_rest_must_stay() -> None:
    text = "OSLO (AP) — Photo: A ship leaves the port"
    assert kept(text) == "Photo: A ship leaves the port"


def test_a_byline_glued_to_a_lower_cased_story_goes() -> None:
    story = "a ship came in today . its crew had not been paid for a year ."
    assert kept("by . jane doe . published : . 05:58 est , 6 may 2012 . " + story) == story


def test_lines_of_a_list_are_no_sub_heads() -> None:
    text = f"{FIRST}\nThe ships are:\nNorth Star\nSouth Star\nEvening Star\n{SECOND}\n{THIRD}"
    assert find_removed(text) == ()


def test_a_sentence_that_lost_its_stop_is_no_sub_head() -> None:
    assert find_removed(f"{FIRST}\nNobody has been hurt so far\n{SECOND}\n{THIRD}") == ()


def test_a_long_first_line_without_a_stop_is_the_lead() -> None:
    assert find_removed(f"{FIRST[:-1]}\n\n{SECOND}\n\n{THIRD}") == ()


def test_a_line_close_under_a_paragraph_is_no_sub_head_where_empty_lines_part_them() -> None:
    assert find_removed(f"{FIRST}\nUnions wary\n\n{SECOND}\n\n{THIRD}") == ()


def test_wrapped_text_has_no_sub_heads() -> None:
    words = f"{FIRST} {SECOND} {THIRD}".split()
    lines = [" ".join(words[at : at + 5]) for at in range(0, len(words), 5)]
    assert find_removed("\n".join(lines)) == ()
    assert find_removed("\n\n".join(["\n".join(lines)] * 3)) == ()


def test_wrapping_never_makes_boilerplate_of_a_sentence() -> None:
    text = (
        f"{FIRST}\nThe harbour master urged the dockers to\nfollow him on Twitter, and to\n"
        f"read more: books, he meant.\n{SECOND}"
    )
    assert find_removed(text) == ()


def test_a_question_between_paragraphs_stays() -> None:
    assert find_removed(f"{FIRST}\n\nWhat happens now?\n\n{SECOND}\n\n{THIRD}") == ()


def test_positions_count_code_points_of_the_text_as_given() -> None:
    text = f"\ufeff \U0001f6a2\U0001f6a2\n{FIRST}\n\n– Vorläufiges –\n\n{SECOND}\n\n{THIRD}\nAFP \n"
    assert parts(text, find_removed(text)) == [
        (RemovedKind.SUB_HEAD, "– Vorläufiges –"),
        (RemovedKind.SIGN_OFF, "AFP"),
    ]


@pytest.mark.parametrize("seed", range(20))
def test_any_text_gives_spans_in_order_that_never_overlap(seed: int) -> None:
    source = random.Random(seed)
    pieces = [
        *(case.inserted for case in REMOVED),
        *KEPT,
        *STORY,
        *("\n", "\r", "\u2028", "\x00", "\ud800", "(", ")", "<", ">", "<p", "&", "*", "#", "-- "),
    ]
    for _ in range(30):
        text = "".join(
            source.choice(pieces) + source.choice(("", " ", "\n", "\n\n"))
            for _ in range(source.randrange(1, 30))
        )
        end = 0
        for span in find_removed(text, language=source.choice(("en", "fr", "xx"))):
            assert end <= span.start < span.end <= len(text)
            end = span.end


@pytest.mark.parametrize(
    "unit",
    ["(", ")", "-", "- ", " ", "\n", "<", ">", "<!--", "<script>", "&", "&nbsp;", "*", "[", "](",
     "a", "A", "A ", "A. ", "1", "1 ", ".", "©", "@", "a@", "\"", "By A", "(AP) ", "AP - ", "AFP\n",
     "– x –\n", "Read more: x\n", "a\n", "A b\n", "<b>", "</b>", "x.\n\n", "# ", "((",
     "\u0130", "\ud800", "A lire : ", "(Ảnh: ", "A - A - ", "AAAAA - ", "(red, "],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "de", "fr", "vi"])
def test_time_grows_with_the_length_of_hostile_text(unit: str, language: str) -> None:
    def seconds(chars: int) -> float:
        text = unit * (chars // len(unit))
        return seconds_without_collector(lambda: find_removed(text, language=language))

    seconds(1_000)
    small, large = (min(seconds(chars) for _ in range(3)) for chars in (10_000, 200_000))
    assert large < 60 * small + 0.05
