"""What was found out about words: asked for once, and never more than a bound is kept."""

from __future__ import annotations

from summarizer.headline.remembering import Remembered


def test_a_word_is_asked_for_once() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    known = Remembered(length)
    assert [known[word] for word in ("tide", "ebb", "tide")] == [4, 3, 4]
    assert asked == ["tide", "ebb"]


def test_what_is_too_long_for_a_word_is_not_kept() -> None:
    known = Remembered[str, int](len)
    assert known["a" * 65] == 65
    assert known["a" * 64] == 64
    assert list(known) == ["a" * 64]


def test_no_more_are_kept_than_a_bound() -> None:
    known = Remembered[int, int](abs)
    for number in range(100_000):
        assert known[-number] == number
        assert len(known) <= 1 << 15
