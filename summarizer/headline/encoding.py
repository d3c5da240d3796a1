"""Words as the numbers that the headline network reads.

Knows how a word is spelt: it must not know what it means or whether it will be kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

PAD = 0
UNKNOWN = 1
FIRST_FREE = 2
SUFFIX_CHARS = 3
SHAPES = 18

_SUBTOKEN = re.compile(
    r"\w+?(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|(?:[^\W\d_]\.){2,}"
    r"|\d+(?:[.,:]\d+)*\w*|\w+(?:[-&/.@‑]\w+)*|\.\.\.|--+|\S",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d")
_MARKS: Mapping[str, str] = MappingProxyType(
    {"``": '"', "''": '"', "“": '"', "”": '"', "‘": "'", "-lrb-": "(", "-rrb-": ")", "–": "--"}
)
_CACHED_WORDS = 1 << 16
# Longer strings are no words; they would only fill the cache.
_LONGEST_WORD = 64


class Subtoken(NamedTuple):
    """A word or mark as treebanks cut them, and where it stands."""

    text: str
    start: int
    end: int


def split_subtokens(text: str, *, start: int, end: int) -> list[Subtoken]:
    """Cut a stretch of text as the Penn Treebank does: "can't" is "ca" and "n't".

    Args:
        text: the article as given.
        start: where to begin in it.
        end: where to end.
    """
    return [Subtoken(match[0], *match.span()) for match in _SUBTOKEN.finditer(text, start, end)]


@lru_cache(maxsize=_CACHED_WORDS)
def _spelling(token: str) -> tuple[str, int]:
    lower = token.lower()
    lower = _MARKS.get(lower, lower)
    return _DIGITS.sub("0", lower).replace("’", "'"), _shape(token)


def spelling(token: str) -> tuple[str, int]:
    """Return the form that a token is looked up by, and the number of its shape.

    The form is in lower case, every digit a zero, quotation marks straight.
    """
    return _spelling(token[:_LONGEST_WORD])


def _shape(token: str) -> int:
    if token.islower():
        return 1
    if token.istitle():
        return 2 if len(token) > 1 else 3
    if token.isupper():
        return 4
    if any(char.isdigit() for char in token):
        return 5 if not any(char.isalpha() for char in token) else 6
    return 7 if token[:1].isalpha() else 8


class Encoded(NamedTuple):
    """A sentence as three rows of numbers, one of each for every token."""

    words: list[int]
    suffixes: list[int]
    shapes: list[int]


def encode(
    tokens: Sequence[str], *, words: Mapping[str, int], suffixes: Mapping[str, int]
) -> Encoded:
    """Look up the tokens of one sentence.

    Args:
        tokens: words and marks in order.
        words: the number of each known form.
        suffixes: the number of each known ending of `SUFFIX_CHARS` letters.
    """
    spellings = [spelling(token) for token in tokens]
    shapes = [shape for _, shape in spellings]
    if shapes:
        # A capital says less at the beginning of a sentence.
        shapes[0] += SHAPES // 2
    return Encoded(
        [words.get(form, UNKNOWN) for form, _ in spellings],
        [suffixes.get(form[-SUFFIX_CHARS:], UNKNOWN) for form, _ in spellings],
        shapes,
    )
