"""Small words that headlines do without; in the table they stand between `~`."""

from __future__ import annotations

import re

import pytest

from summarizer.headline.english import find_small_words
from summarizer.headline.reading import read_sentence
from tests.library.parsing import parse_lines

CASES = (
    "~The~ mayor ~has~ resigned over ~the~ affair.",
    "~The~ bank ~has~ said it will close ~the~ branch.",
    "Three men ~have been~ jailed for fraud in Leeds.",
    "~A~ teacher ~was~ jailed for six years.",
    "~The~ premier ~is~ urging voters to stay calm.",
    "~The~ firm ~is~ to cut 900 jobs in ~the~ north.",
    "~The~ minister was told about ~the~ plan in May.",
    "~The~ editor was given ~a~ medal in Rome.",
    "He is urging voters to stay calm.",
    "~The~ airline has taken ~the~ blame for ~the~ delay.",
    "~The~ river has ~now~ risen by ~a~ metre.",
    "~The~ court said ~that~ ~the~ plan was illegal.",
    "~The~ fact that ~the~ plan was illegal came out late.",
    "~The~ court said that day that it would rise.",
    "~The~ fare is £5 a day for ~the~ poor.",
    "A few of ~the~ farmers left ~the~ valley.",
    "The rest of ~the~ fleet returned on Sunday.",
    "The other bridge ~was~ built by ~the~ army.",
    "~A~ ~29-year-old~ farmer found ~the~ coins.",
    "~The~ ~new~ bridge is open to ~the~ public.",
    "~A~ ~rare~ bird ~was~ seen near ~the~ coast.",
    "~The~ crash caused no serious injuries in ~the~ town.",
    "~The~ union fears for only ~the~ big mines.",
    "~The~ former minister won ~the~ seat.",
    "~The~ firm is waiting for ~a~ permit and hopes for luck.",
    "Such a storm ~has~ hit ~the~ coast before.",
    "~The~ play opens at The Globe in May.",
    "Two executives were the latest.",
)


def marked(case: str) -> tuple[str, set[tuple[int, int]]]:
    """The sentence without its marks, and the stretches between them."""
    text, found = "", set()
    for number, part in enumerate(case.split("~")):
        if number % 2:
            found.add((len(text), len(text) + len(part)))
        text += part
    return text, found


@pytest.mark.parametrize("case", CASES)
def test_small_words_can_go_where_nothing_hangs_on_them(case: str) -> None:
    text, expected = marked(case)
    reading = read_sentence(parse_lines(text), 0)
    assert reading is not None
    tokens = reading.tokens
    small = {
        (tokens.starts[first], tokens.ends[end - 1])
        for first, end, _, _ in find_small_words(reading)
        if end - first == 1 or tokens.lower[first:end] in (["has", "been"], ["have", "been"])
        if not re.fullmatch(r"\w+day", tokens.lower[first])
    }
    assert small == expected
