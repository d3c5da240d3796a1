"""One sentence as words and marks with their places.

Must not know grammar.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from summarizer.models import Span
from summarizer.text.enclosures import find_enclosures

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|[£$€¥₹#]?\w+(?:(?:[.'’&@/+‐‑-]|(?<=\d)[,:](?=\d))\w+)*[%°]?|\.\.\.|--+|\S"
)
_MARK = re.compile(r"[\"“”„«»‹›'‘’()\[\]{}]")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words and marks of a sentence, without its full stop; columns of equal length.

    Attributes:
        text: the article.
        starts: where each token begins in it.
        ends: where each ends.
        words: each as written.
        lower: each in lower case, with straight apostrophes.
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


def tokenize(text: str, span: Span) -> Tokens:
    """Find the words and marks of a sentence.

    Args:
        text: the article as given.
        span: the sentence in it.
    """
    matches = list(_TOKEN.finditer(text, span.start, span.end))
    if len(matches) > 1 and matches[-1].group() == ".":
        matches.pop()
    starts = [match.start() for match in matches]
    words = [match.group() for match in matches]
    is_held = [False] * len(words)
    is_whole = True
    if _MARK.search(text, span.start, span.end):
        marks = find_enclosures(text, start=span.start, end=span.end)
        is_whole = not (marks.unclosed or marks.unopened)
        for start, end in marks.pairs:
            first, last = bisect_right(starts, start), bisect_left(starts, end)
            is_held[first:last] = [True] * (last - first)
    return Tokens(
        text=text,
        starts=starts,
        ends=[match.end() for match in matches],
        words=words,
        lower="\n".join(words).lower().replace("’", "'").split("\n"),
        is_held=is_held,
        is_whole=is_whole,
    )
