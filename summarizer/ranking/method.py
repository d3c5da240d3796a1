"""What a ranking method is and what it returns.

Records only: it must not know any one method.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from summarizer.models import SummaryWarning
from summarizer.text.parsed import ParsedArticle

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


NO_SETS: Mapping[int, tuple[int, ...]] = MappingProxyType({})

Reasons = tuple[str, ...]
"""What spoke for one sentence, in words a reader understands."""


class Rating(NamedTuple):
    """What a method thinks of each sentence, on a scale of its own: more is better.

    Attributes:
        values: one finite number a sentence.
        reasons: for each sentence what spoke for it, in words a reader understands.
        sets: for some numbers of sentences those that go together best, if that is known.
    """

    values: list[float]
    reasons: tuple[Reasons, ...]
    sets: Mapping[int, tuple[int, ...]] = NO_SETS


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A way to rank sentences.

    Attributes:
        name: as users write it.
        title: what it does, in one line.
        reference: where it was published.
        cost: time per character relative to `lead`, to size chunks of work.
        rate: the method itself.
        rate_many: the same for several articles at once, where that is quicker.
        work: estimates how much is to be done, in units of `max_work`; None for a linear method.
        max_work: more than this would take longer than a second: `lead` ranks instead.
    """

    name: str
    title: str
    reference: str
    cost: float
    rate: Callable[[ParsedArticle], Rating]
    rate_many: Callable[[Sequence[ParsedArticle]], list[Rating]] | None = None
    work: Callable[[ParsedArticle], float] | None = None
    max_work: float = float("inf")

    def rate_all(self, parsed: Sequence[ParsedArticle]) -> list[Rating]:
        """Rate the sentences of some articles.

        Args:
            parsed: the articles.
        """
        if self.rate_many is not None:
            return self.rate_many(parsed)
        return [self.rate(article) for article in parsed]


class Ranking(NamedTuple):
    """How a method ranked the sentences of one article.

    Attributes:
        scores: one number a sentence, 0 to 1, more is better; equal scores rank by position.
        reasons: for each sentence what spoke for it, in words a reader understands.
        method: the method that really ranked.
        warnings: what the reader should know of it.
        sets: for some numbers of sentences those that go together best, if that is known.
    """

    scores: list[float]
    reasons: tuple[Reasons, ...]
    method: str
    warnings: tuple[SummaryWarning, ...] = ()
    sets: Mapping[int, tuple[int, ...]] = NO_SETS

    def best(self, count: int) -> list[int]:
        """Return the indexes of the best sentences, best first.

        Args:
            count: at most so many.
        """
        scores = self.scores
        return sorted(range(len(scores)), key=scores.__getitem__, reverse=True)[:count]

    def order(self, size: int | None) -> list[int]:
        """Return the indexes of all sentences, best first, for a summary of so many.

        Args:
            size: how many sentences are wanted, if that is what is counted.
        """
        order = self.best(len(self.scores))
        chosen = self.sets.get(size or 0, ())
        if not chosen:
            return order
        return [index for index in order if index in chosen] + [
            index for index in order if index not in chosen
        ]
