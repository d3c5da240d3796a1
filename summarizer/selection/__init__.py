"""Scores and a length budget to chosen sentences; it must not know how scores came about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

import numpy as np

from summarizer.models import Span, SummaryWarning, WarningCode
from summarizer.options import Options
from summarizer.ranking import Ranking
from summarizer.selection.budget import Budget, Unit, make_budget
from summarizer.selection.coherence import MAX_GROUP_SENTENCES, Coherence, is_avoided
from summarizer.selection.redundancy import Redundancy
from summarizer.text.cuts import CutKind, cut_sentence
from summarizer.text.parsed import ParsedArticle

__all__ = ["Selection", "select"]

# The baseline takes the first sentences whatever they hold: that is its definition.
_BASELINE = "lead"
# So many sentences in a row may turn out too long before the paragraph is taken for full.
_PATIENCE = 8
# A sentence is taken for its neighbour's sake only if it is worth nearly as much.
_COMPANION_WORTH = 0.75
_COMPANION_REASON = "gives a chosen sentence its context"
# Set-off marks that a sentence begins with are not cut off from its words.
_SPACED_MARKS = re.compile(r"(?:[^\w\s]++\s++)++(?=.*\w)", re.DOTALL)
_CUT_AT: Mapping[CutKind, str] = MappingProxyType(
    {
        CutKind.WHOLE: "after the marks it begins with",  # what follows them fits
        CutKind.CLAUSE: "at a clause boundary",
        CutKind.WORD: "after a word",
        CutKind.CHARACTER: "inside a word",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The sentences of a paragraph.

    Attributes:
        indexes: which they are, ascending.
        spans: their places; shorter than the sentence where that had to be cut.
        reasons: for each of them what spoke for it, in words a reader understands.
        warnings: what the reader should know.
    """

    indexes: tuple[int, ...]
    spans: tuple[Span, ...]
    reasons: tuple[tuple[str, ...], ...]
    warnings: tuple[SummaryWarning, ...] = ()


def select(parsed: ParsedArticle, ranking: Ranking, *, options: Options) -> Selection:
    """Choose the best sentences that fit the budget.

    Greedy by score, ties by position. A near-duplicate of a chosen sentence is never taken. A
    sentence that leans on one that is missing, or holds part of a quotation, is taken together
    with the missing part where that is worth its room, and otherwise after all others; but the best
    about the query is taken also alone. A budget of sentences is used up as long as there are any;
    words and characters are upper limits.

    Args:
        parsed: the article, with at least one sentence.
        ranking: a score and reasons for each of its sentences.
        options: the budget, the kinds to avoid.
    """
    budget = make_budget(parsed, options)
    order = ranking.order(budget.limit if budget.unit is Unit.SENTENCES else None)
    unwanted = _unwanted(parsed, options)
    wanted = [index for index in order if index not in unwanted] if unwanted else order
    is_baseline = ranking.method == _BASELINE and not parsed.terms.query
    paragraph = _Paragraph(
        parsed,
        budget=budget,
        worth=ranking.scores,
        patience=0 if is_baseline else _PATIENCE,
        coherence=None if is_baseline else Coherence(parsed),
        excluded=unwanted,
        asked=_about_query(parsed),
    )
    deferred = paragraph.fill(wanted)
    warnings: list[SummaryWarning] = []
    if deferred and (budget.unit is Unit.SENTENCES or not paragraph.reasons):
        paragraph.fill(deferred, alone=True)
    if unwanted and (budget.unit is Unit.SENTENCES or not wanted):
        paragraph.fill([index for index in order if index in unwanted], alone=True)
    spans = {index: parsed.spans[index] for index in paragraph.reasons}
    if not spans:
        best = (wanted or order)[0]
        spans[best], warning = _cut(parsed, best, budget=budget)
        warnings.append(warning)
    if unwanted and (relaxed := len(unwanted & spans.keys())):
        message = f"too few other sentences: {relaxed} of a kind to avoid had to be taken"
        warnings.append(SummaryWarning(code=WarningCode.AVOID_RELAXED, message=message))
    indexes = tuple(sorted(spans))
    return Selection(
        indexes=indexes,
        spans=tuple([spans[index] for index in indexes]),
        reasons=tuple(
            [
                (ranking.reasons[index] or _rank_reason(ranking, order.index(index)))
                + paragraph.reasons.get(index, ())
                for index in indexes
            ]
        ),
        warnings=tuple(warnings),
    )


class _Paragraph:
    """The sentences taken so far and the room that is left.

    Attributes:
        reasons: for each taken sentence what its score does not say.
    """

    def __init__(
        self,
        parsed: ParsedArticle,
        *,
        budget: Budget,
        worth: Sequence[float],
        patience: int,
        coherence: Coherence | None,
        excluded: Collection[int],
        asked: frozenset[int],
    ) -> None:
        self.reasons: dict[int, tuple[str, ...]] = {}
        self._parsed = parsed
        self._budget = budget
        self._worth = worth
        self._patience = patience
        self._coherence = coherence
        self._excluded = excluded
        self._asked = asked
        self._redundancy = Redundancy(parsed.terms)
        self._room = budget.room
        # Taken, or said by one that was taken.
        self._covered: set[int] = set()

    def fill(self, order: Sequence[int], *, alone: bool = False) -> list[int]:
        """Take sentences as long as there is room.

        Args:
            order: the sentences, best first.
            alone: take them without what they lean on.

        Returns:
            Those that were passed over because what they lean on was not to be had.
        """
        deferred: set[int] = set()
        misses = 0
        for index in order:
            if self._room <= 0 or misses > self._patience:
                break
            if index in self._covered or self._is_repeated(index):
                continue
            group = (index,) if alone else self._group(index)
            if len(group) == 1 and self._cost(index) > self._room:
                misses += 1
            elif len(group) == 1 or self._is_worthwhile(group, index):
                self._take(group, index)
                self._catch_up(deferred, group[-1] + 1)
            elif self._is_answer(index) and self._cost(index) <= self._room:
                self._take((index,), index)
            else:
                deferred.add(index)
        return [index for index in order if index in deferred] if deferred else []

    def _catch_up(self, deferred: set[int], following: int) -> None:
        """Take what was passed over for want of the sentence before it."""
        while following in deferred:
            group = self._group(following)
            if self._is_repeated(following) or not self._is_worthwhile(group, following):
                break
            self._take(group, following)
            deferred.remove(following)
            following += 1

    def _group(self, index: int) -> tuple[int, ...]:
        if self._coherence is None:
            return (index,)
        return self._coherence.group(index, covered=self._covered)

    def _is_repeated(self, index: int) -> bool:
        is_repeated = self._redundancy.is_near_duplicate(index)
        if is_repeated:
            self._covered.add(index)
        return is_repeated

    def _cost(self, index: int) -> int:
        return self._budget.cost(self._parsed.text, self._parsed.spans[index])

    def _is_worthwhile(self, group: tuple[int, ...], index: int) -> bool:
        """Tell whether there is room for all of them and the companions are worth it."""
        if len(group) > MAX_GROUP_SENTENCES or sum(map(self._cost, group)) > self._room:
            return False
        least = 0.0 if self._is_answer(index) else _COMPANION_WORTH * self._worth[index]
        are_wanted = all(
            place not in self._excluded
            and self._worth[place] >= least
            and not self._redundancy.is_near_duplicate(place)
            for place in group
            if place != index
        )
        return are_wanted and not any(
            self._redundancy.are_similar(*pair) for pair in combinations(group, 2)
        )

    def _is_answer(self, index: int) -> bool:
        """Tell whether the sentence would be the first about what was asked for."""
        return index in self._asked and self._asked.isdisjoint(self.reasons)

    def _take(self, group: Iterable[int], index: int) -> None:
        for place in group:
            self.reasons[place] = () if place == index else (_COMPANION_REASON,)
            self._room -= self._cost(place)
            self._covered.add(place)
            self._redundancy.take(place)


def _unwanted(parsed: ParsedArticle, options: Options) -> frozenset[int]:
    """Return the sentences of a kind to avoid."""
    if not options.avoid:
        return frozenset()
    sentences = range(len(parsed.spans))
    return frozenset(i for i in sentences if is_avoided(parsed.sentence_text(i), options.avoid))


def _about_query(parsed: ParsedArticle) -> frozenset[int]:
    """Return the sentences that have a word of the query."""
    terms = parsed.terms
    if not len(terms.query_ids):
        return frozenset()
    (places,) = np.isin(terms.stem_ids, terms.query_ids).nonzero()
    return frozenset((np.searchsorted(terms.pointers, places, side="right") - 1).tolist())


def _cut(parsed: ParsedArticle, index: int, *, budget: Budget) -> tuple[Span, SummaryWarning]:
    """Shorten a sentence that alone is longer than the budget."""
    span = parsed.spans[index]
    if marks := _SPACED_MARKS.match(parsed.text, *span):
        span = Span(marks.end(), span.end)
    max_chars = budget.chars_of(parsed.text, span)
    cut = cut_sentence(parsed.text, span, max_chars=max_chars, language=parsed.language)
    message = f"no sentence fits {budget}: sentence {index + 1} was cut {_CUT_AT[cut.kind]}"
    return cut.span, SummaryWarning(code=WarningCode.SENTENCE_CUT, message=message)


def _rank_reason(ranking: Ranking, place: int) -> tuple[str]:
    """Return the sentence's rank, for the method gives no reason."""
    return (f"ranked {place + 1} of {len(ranking.scores)} by {ranking.method}",)
