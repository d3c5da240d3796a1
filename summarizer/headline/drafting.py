"""Which sentence of an English article makes its headline.

Must not know how a sentence is shortened, nor what becomes of an article without a headline.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.headline.editors import UNIT
from summarizer.headline.english import Draft, Level, draft_headlines
from summarizer.headline.reading import read_sentence
from summarizer.ranking import Ranking
from summarizer.text.parsed import ParsedArticle

# So many of the best sentences are tried; more where few sentences have so short a clause.
_CANDIDATES = 4
_SHORT_CANDIDATES = 12
_SHORT = 50
# So many, and with less sure gaps, before a sentence is cut.
_LAST_CANDIDATES = 20
# What speaks against a sentence for each before it, in likeness to an editor's headline.
_RANK_COST = round(0.018 * UNIT)
# An opening whose headline is less like an editor's has to be better than other sentences.
_WEAK = round(0.1 * UNIT)


def draft_all(
    parsed: Sequence[ParsedArticle], rankings: Sequence[Ranking], *, max_chars: int
) -> list[Draft | None]:
    """Draft headlines of the openings, then of the best sentences where there are none.

    Args:
        parsed: the articles; those in other languages get none.
        rankings: one an article.
        max_chars: at most so many code points.

    Returns:
        One for each article; None where no sentence can be brought to that length.
    """
    is_short = max_chars <= _SHORT
    drafts = _Drafts(parsed, rankings, max_chars=max_chars)
    openings = (Level.SURE,) if is_short else (Level.SURE, Level.LOOSE)
    drafts.try_openings(drafts.missing(), openings)
    count = _SHORT_CANDIDATES if is_short else _CANDIDATES
    drafts.try_others(drafts.missing(0 if is_short else _WEAK), count, (Level.SURE,))
    if is_short:
        drafts.try_openings(drafts.missing(), (Level.LOOSE,))
    drafts.try_others(drafts.missing(), _LAST_CANDIDATES, (Level.SURE, Level.LOOSE))
    return drafts.best


class _Drafts:
    """The best draft of each article so far.

    Attributes:
        best: one an article, or None.
    """

    def __init__(
        self, parsed: Sequence[ParsedArticle], rankings: Sequence[Ranking], *, max_chars: int
    ) -> None:
        self.best: list[Draft | None] = [None] * len(parsed)
        self._parsed = parsed
        self._rankings = rankings
        self._max_chars = max_chars
        self._english = [
            number for number, article in enumerate(parsed) if article.language == "en"
        ]

    def missing(self, least: int = 0) -> list[int]:
        """Return the articles without a draft that is worth so much."""
        best = self.best
        return [
            number
            for number in self._english
            if (draft := best[number]) is None or draft.worth < least
        ]

    def try_openings(self, numbers: Sequence[int], levels: Sequence[Level]) -> None:
        """Draft headlines of the first sentences of some articles."""
        self._try([(number, 0) for number in numbers], levels)

    def try_others(self, numbers: Sequence[int], count: int, levels: Sequence[Level]) -> None:
        """Draft headlines of the best other sentences of some articles, the best first."""
        wanted = [
            (number, index)
            for number in numbers
            for index in [index for index in self._rankings[number].best(count) if index][
                : count - 1
            ]
        ]
        self._try(wanted, levels)

    def _try(self, wanted: Sequence[tuple[int, int]], levels: Sequence[Level]) -> None:
        """Draft headlines of sentences of articles; a later one has to be better."""
        readings = [
            (number, read_sentence(self._parsed[number], index)) for number, index in wanted
        ]
        known = [(number, reading) for number, reading in readings if reading is not None]
        found = draft_headlines(
            [reading for _, reading in known], max_chars=self._max_chars, levels=levels
        )
        costs: dict[int, int] = {}
        for (number, reading), draft in zip(known, found, strict=True):
            cost = costs[number] = costs.get(number, 0) + (_RANK_COST if reading.index else 0)
            best = self.best[number]
            if draft is not None and (best is None or draft.worth - cost > best.worth):
                self.best[number] = draft._replace(worth=draft.worth - cost)
