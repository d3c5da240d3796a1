"""Which deletions bring one English sentence down to a length, at the least cost.

Knows segments, costs and lengths: it must not know other sentences.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.headline.deletions import Deletion, can_end, find_asides, find_cuts, holds_negation
from summarizer.headline.segments import Part, Segment, split_segments
from summarizer.headline.tokens import Tokens
from summarizer.models import Span

# What a reader loses with a whole segment; segments of other parts stay.
_COSTS = {
    Part.LEADING: 0.3,
    Part.RELATIVE: -0.3,
    Part.PARTICIPLE: 0.3,
    Part.APPOSITION: -0.2,
    Part.PHRASE: 0.5,
    Part.SUBORDINATE: 0.7,
    Part.ASIDE: -0.5,
    Part.COORDINATE: 2.0,
}
_NEGATION_COST = 4.0
# Below this many words a headline says too little for ballast to matter.
_MIN_WORDS = 5


@dataclass(frozen=True, slots=True)
class Fit:
    """A headline's stretches of a sentence and what the reader loses."""

    runs: tuple[Deletion, ...]
    cost: float


class Sentence:
    """A sentence in segments, and what each of them may lose."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.segments = split_segments(tokens)
        parts = [segment.part for segment in self.segments]
        mains = [place for place, part in enumerate(parts) if part is Part.MAIN]
        self.subject = mains[0] if mains else 0
        self.main = mains[-1] if mains else None
        self.droppable = {
            place: cost
            for place, segment in enumerate(self.segments)
            if (cost := self._segment_cost(place, segment)) is not None
        }

    def _segment_cost(self, place: int, segment: Segment) -> float | None:
        if self.main is None:
            return None
        cost = _COSTS.get(segment.part)
        before = self.tokens.words[segment.first - 1] if segment.first else ""
        if before in (";", "-", "–", "—", "--", ":") and place > self.main and segment.part is not Part.SPEAKER:
            cost = 1.0
        if segment.part is Part.COORDINATE and (segment.verb is None or place < self.main):
            return None
        if cost is not None and holds_negation(self.tokens, segment.first, segment.end):
            cost += _NEGATION_COST
        return cost

    def fits(self, max_chars: int) -> Fit | None:
        best = None
        for tail, end, cost in self._tails():
            fit = self._fit(tail, end, cost, max_chars)
            if fit and (best is None or fit[1] < best[1] - 1e-9):
                best = fit
        return best

    def _tails(self) -> Iterator[tuple[int, int, float]]:
        """Give the ways to end: the last segment that stays, where it ends, and the cost."""
        last = len(self.segments) - 1
        dropped = 0.0
        for place in range(last, -1, -1):
            segment = self.segments[place]
            yield place, segment.end, dropped
            start = segment.verb + 1 if segment.verb is not None else None
            if place == self.main or segment.part is Part.SPEAKER:
                if start is not None:
                    for cut in find_cuts(self.tokens, start, segment.end):
                        extra = _NEGATION_COST if holds_negation(self.tokens, cut.first, cut.end) else 0
                        yield place, cut.first, dropped + cut.cost + extra
            if self.main is None or place <= self.main:
                return
            if segment.part is Part.SPEAKER:
                return
            if place not in self.droppable:
                return
            dropped += max(0.0, self.droppable[place])

    def _fit(self, tail: int, end: int, cost: float, max_chars: int):
        options = []
        for place, price in self.droppable.items():
            if place < tail:
                segment = self.segments[place]
                options.append((price, place, None))
        for place in range(tail + 1):
            segment = self.segments[place]
            stop = end if place == tail else segment.end
            for aside in find_asides(self.tokens, segment.first, stop):
                options.append((aside.cost, place, aside))
        options.sort(key=lambda o: (o[0], o[1]))
        dropped, asides = set(), []
        runs = self._runs(tail, end, dropped, asides)
        for price, place, aside in options:
            long = runs is None or self._chars(runs) > max_chars
            if price >= 0 and not long:
                break
            d2 = dropped | ({place} if aside is None else set())
            a2 = asides + ([aside] if aside else [])
            r2 = self._runs(tail, end, d2, a2)
            if r2 is None or sum(b - a for a, b in r2) < _MIN_WORDS:
                continue
            dropped, asides, runs = d2, a2, r2
            cost += max(0, price)
        if runs is None or self._chars(runs) > max_chars:
            return None
        if not can_end(self.tokens, runs[-1][1] - 1):
            return None
        return runs, cost

    def _runs(self, tail, end, dropped, asides):
        runs = []
        kept = [p for p in range(tail + 1) if p not in dropped]
        previous = None
        for place in kept:
            segment = self.segments[place]
            stop = end if place == tail else segment.end
            if previous is not None:
                sep = self.segments[previous].end
                adjacent = place == previous + 1
                needs = segment.part is not Part.MAIN if not adjacent else True
                if needs:
                    if runs[-1][1] != sep or (not adjacent and self.tokens.words[sep] != ","):
                        return None
                    runs[-1][1] = sep + 1
            a = segment.first
            for aside in asides:
                if segment.first <= aside.first < stop:
                    if aside.first > a:
                        runs.append([a, aside.first])
                    a = aside.end
            if a < stop:
                runs.append([a, stop])
            merged = []
            previous = place
        out = []
        for a, b in runs:
            if out and out[-1][1] == a:
                out[-1][1] = b
            else:
                out.append([a, b])
        return out

    def _chars(self, runs):
        return sum(self.tokens.ends[b - 1] - self.tokens.starts[a] for a, b in runs) + len(runs) - 1
