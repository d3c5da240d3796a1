"""How long a paragraph may be, and what a sentence takes of that.

Knows lengths only: it must not know scores.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from summarizer.models import Span
from summarizer.options import Options
from summarizer.text.parsed import ParsedArticle
from summarizer.text.unspaced import UNSPACED

_WORD = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")


class Unit(StrEnum):
    """What a budget counts."""

    SENTENCES = "sentences"
    WORDS = "words"
    CHARS = "characters"


@dataclass(frozen=True, slots=True)
class Budget:
    """A length in one unit.

    Attributes:
        unit: what is counted.
        limit: at most so many of them, at least 1.
    """

    unit: Unit
    limit: int

    def __str__(self) -> str:
        return f"{self.limit} {self.unit.removesuffix('s') if self.limit == 1 else self.unit}"

    def cost(self, text: str, span: Span) -> int:
        """Return what a sentence takes, the space that joins it to its neighbour included."""
        if self.unit is Unit.SENTENCES:
            return 1
        if self.unit is Unit.CHARS:
            return span.end - span.start + 1
        return count_words(text[span.start : span.end])

    @property
    def room(self) -> int:
        """Return what all costs together may come to: the last sentence joins no other."""
        return self.limit + 1 if self.unit is Unit.CHARS else self.limit

    def chars_of(self, text: str, span: Span) -> int:
        """Return how many characters of a sentence that is too long are within the budget."""
        if self.unit is not Unit.WORDS:
            return self.limit
        words = _WORD.finditer(text, span.start, span.end)
        last = next(islice(words, self.limit - 1, None), None)
        return (last.end() if last else span.end) - span.start


def count_words(text: str) -> int:
    """Count what stands between white space, and each character of scripts without spaces."""
    return len(text.split()) if text.isascii() else len(_WORD.findall(text))


def make_budget(parsed: ParsedArticle, options: Options) -> Budget:
    """Return the budget that the options ask for; a ratio counts the words of the sentences."""
    if options.words is not None:
        return Budget(Unit.WORDS, options.words)
    if options.chars is not None:
        return Budget(Unit.CHARS, options.chars)
    if options.ratio is not None:
        words = sum(count_words(parsed.text[start:end]) for start, end in parsed.spans)
        return Budget(Unit.WORDS, max(1, int(words * options.ratio)))
    return Budget(Unit.SENTENCES, options.sentences or 1)
