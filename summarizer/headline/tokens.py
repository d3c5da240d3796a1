"""One sentence as words and marks with their places.

Must not know grammar.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from summarizer.headline.lexicon import lowered
from summarizer.headline.remembering import Remembered
from summarizer.models import Span
from summarizer.text.enclosures import find_enclosures

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|[£$€¥₹#]?\w+(?:(?:[.'’&@/+‐‑-]|(?<=\d)[,:](?=\d))\w+)*[%°]?|\.\.\.|--+|\S"
)
_MARK = re.compile(r"[\"“”„«»‹›'‘’`()\[\]{}<>]")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words and marks of a sentence, without its full stop; columns of equal length.

    Attributes:
        text: the article.
        starts: where each token begins in it.
        ends: where each ends.
        words: each as written.
        lower: each as `lowered` writes it.
        is_held: whether a quotation or bracket runs across the gap before it.
        is_whole: whether every quotation and bracket of the sentence is closed.
    """

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    lower: list[str]
    is_held: list[bool]
    is_whole: bool

    def __len__(self) -> int:
        return len(self.words)

    def is_free(self, index: int) -> bool:
        """Tell whether the sentence may be parted before a token: white space, nothing held."""
        return not self.is_held[index] and self.text[self.starts[index] - 1].isspace()


class _Stretch(NamedTuple):
    """The tokens of a stretch of text without spaces.

    Attributes:
        starts: where each begins, counted from the beginning of the stretch.
        words: each as written.
        lower: each in lower case.
        has_marks: whether one is a quotation mark or bracket.
    """

    starts: tuple[int, ...]
    words: tuple[str, ...]
    lower: tuple[str, ...]
    has_marks: bool


def _split(stretch: str) -> _Stretch:
    matches = list(_TOKEN.finditer(stretch))
    words = tuple([match[0] for match in matches])
    return _Stretch(
        tuple([match.start() for match in matches]),
        words,
        tuple([lowered(word) for word in words]),
        _MARK.search(stretch) is not None,
    )


_SPLIT = Remembered(_split)


def _without_capitals(word: str) -> str:
    small = word.lower()
    return small if len(small) == len(word) else word


def tokenize(text: str, span: Span) -> Tokens:
    """Find the words and marks of a sentence.

    Args:
        text: the article as given.
        span: the sentence in it.
    """
    # No token goes across a space. What was split before is not only found sooner: its words are
    # the same objects, of which every set and dictionary knows at once whether it has them.
    stretches = text[span.start : span.end].split(" ")
    known = [_SPLIT[stretch] for stretch in stretches]
    begins = accumulate([len(stretch) + 1 for stretch in stretches], initial=span.start)
    starts = [begin + start for begin, own in zip(begins, known, strict=False) for start in own[0]]
    words = [word for own in known for word in own[1]]
    lower = [word for own in known for word in own[2]]
    if text[span.start : span.end].isupper():
        # Where everything has capitals, a capital says nothing.
        words = [_without_capitals(word) for word in words]
        lower = words.copy()
    # Some articles have lost the quotation mark after it: ".?".
    full_stop = 2 if words[-2:] == [".", "?"] else int(words[-1:] == ["."])
    if full_stop and len(words) > full_stop:
        for column in (starts, words, lower):
            del column[-full_stop:]
    is_held = [False] * len(words)
    is_whole = True
    if True in [own[3] for own in known]:
        marks = find_enclosures(text, start=span.start, end=span.end)
        is_whole = not (marks.unclosed or marks.unopened)
        for start, end in marks.pairs:
            first, last = bisect_right(starts, start), bisect_left(starts, end)
            is_held[first:last] = [True] * (last - first)
    return Tokens(
        text=text,
        starts=starts,
        ends=[start + len(word) for start, word in zip(starts, words, strict=True)],
        words=words,
        lower=lower,
        is_held=is_held,
        is_whole=is_whole,
    )
