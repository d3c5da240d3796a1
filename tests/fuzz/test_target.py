"""The fuzzer's target on what hypothesis makes up: no atheris needed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summarizer import Options, summarize
from tests.fuzz.inputs import read_case, write_case
from tests.fuzz.promises import check_summary
from tests.fuzz.target import run_one

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))
TEXT = "The ferry sank at dawn. All 31 people on board were saved. Divers found the wreck."


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
@example(
    bytes([0, 0, 1, 0, 0, 0, 0, 0, 25, 11])
)  # marks alone before the only word there is room for
def test_any_bytes_keep_the_promises(data: bytes) -> None:
    run_one(data)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("header", [b"\0" * 8, bytes([2, 1, 2, 40, 13, 3, 4, 9])])
def test_the_examples_keep_the_promises(path: Path, header: bytes) -> None:
    text = path.read_text(encoding="utf-8")
    data = write_case(text, title="A title")
    assert read_case(data).article.text == text
    assert read_case(data).article.title == "A title"
    run_one(header + data[8:])


@pytest.mark.parametrize("options", [{"sentences": 1}, {"words": 6}, {"chars": 30}, {"ratio": 0.2}])
def test_a_summary_of_other_options_breaks_them(options: dict[str, object]) -> None:
    summary = summarize(TEXT, Options(sentences=3))
    with pytest.raises(AssertionError):
        check_summary(TEXT, Options.from_mapping(options), summary)


def test_a_summary_of_another_text_breaks_them() -> None:
    with pytest.raises(AssertionError):
        check_summary(TEXT.replace("dawn", "noon"), Options(), summarize(TEXT))
