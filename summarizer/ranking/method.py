"""What a ranking method is and what it returns.

Records only: it must not know any one method.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from summarizer.models import SummaryWarning
from summarizer.text.parsed import ParsedArticle

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

Reasons = tuple[str, ...]
"""What spoke for one sentence, in words a reader understands."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rating:
    """What a method thinks of each sentence, on a scale of its own: more is better.

    Attributes:
        values: one finite number a sentence.
        reasons: for each sentence what spoke for it, in words a reader understands.
    """

    values: FloatArray
    reasons: tuple[Reasons, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A way to rank sentences.

    Attributes:
        name: as users write it.
        title: what it does, in one line.
        reference: where it was published.
        cost: time per character relative to `lead`, to size chunks of work.
        rate: the method itself.
        work: estimates how much is to be done, in units of `max_work`; None for a linear method.
        max_work: more than this would take longer than a second: `lead` ranks instead.
    """

    name: str
    title: str
    reference: str
    cost: float
    rate: Callable[[ParsedArticle], Rating]
    work: Callable[[ParsedArticle], float] | None = None
    max_work: float = float("inf")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ranking:
    """How a method ranked the sentences of one article.

    Attributes:
        scores: one number a sentence, 0 to 1, more is better; equal scores rank by position.
        reasons: for each sentence what spoke for it, in words a reader understands.
        method: the method that really ranked.
        warnings: what the reader should know of it.
    """

    scores: FloatArray
    reasons: tuple[Reasons, ...]
    method: str
    warnings: tuple[SummaryWarning, ...] = ()

    def best(self, count: int) -> list[int]:
        """Return the indexes of the best sentences, best first.

        Args:
            count: at most so many.
        """
        scores = self.scores.tolist()
        return sorted(range(len(scores)), key=scores.__getitem__, reverse=True)[:count]
