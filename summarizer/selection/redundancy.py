"""Which sentences say what another one already says.

Knows stems only: it must not know scores or positions.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from itertools import compress, islice, repeat

import numpy as np

from summarizer.text.terms import Terms

# Two sentences are near-duplicates when they share this much of all their stems, ...
JACCARD_THRESHOLD = 0.62
# ... or when one holds this much of a shorter one that is long enough to say something.
CONTAINMENT_THRESHOLD = 0.9
MIN_CONTAINED_STEMS = 5
# Enough for any prose; keeps text made of one phrase in endless variation from taking n² steps.
MAX_COMPARISONS = 200
MAX_DIRECT = 32


class Redundancy:
    """The sentences taken so far, ready to be compared with another.

    A few are compared one by one. Of many, only those that share a rare stem are: a pair that is
    similar enough shares one of its rarest (prefix filtering: Chaudhuri, Ganti & Kaushik, "A
    primitive operator for similarity joins in data cleaning", ICDE 2006).
    """

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._pointers: list[int] = terms.pointers.tolist()
        self._known: dict[int, frozenset[int]] = {}
        self._taken: dict[frozenset[int], None] = {}
        self._frequency: list[int] = []
        self._by_stem: dict[int, list[frozenset[int]]] = defaultdict(list)
        self._by_rare_stem: dict[int, list[frozenset[int]]] = defaultdict(list)

    def is_near_duplicate(self, index: int) -> bool:
        """Tell whether the sentence repeats one that was taken."""
        if not self._taken:
            return False
        stems = self._stems(index)
        if stems in self._taken:
            return True
        others = self._taken if len(self._taken) <= MAX_DIRECT else self._alike(stems)
        return any(map(is_similar, repeat(stems), islice(others, MAX_COMPARISONS)))

    def are_similar(self, index: int, other: int) -> bool:
        """Tell whether two sentences repeat each other, taken or not."""
        return is_similar(self._stems(index), self._stems(other))

    def take(self, index: int) -> None:
        """Remember a sentence that was taken."""
        stems = self._stems(index)
        self._taken[stems] = None
        if len(self._taken) == MAX_DIRECT + 1:
            self._frequency = np.bincount(self._terms.stem_ids).tolist()
            for early in self._taken:
                self._index(early)
        elif len(self._taken) > MAX_DIRECT:
            self._index(stems)

    def _index(self, stems: frozenset[int]) -> None:
        for stem in stems:
            self._by_stem[stem].append(stems)
        for stem in self._rarest(stems, CONTAINMENT_THRESHOLD):
            self._by_rare_stem[stem].append(stems)

    def _alike(self, stems: frozenset[int]) -> Iterator[frozenset[int]]:
        """Give every taken sentence that may be similar, some of them more than once."""
        for stem in self._rarest(stems, JACCARD_THRESHOLD):
            yield from self._by_stem.get(stem, ())
        for stem in stems:
            yield from self._by_rare_stem.get(stem, ())

    def _stems(self, index: int) -> frozenset[int]:
        """Return the content stems of a sentence; all its stems where it has no others."""
        known = self._known.get(index)
        if known is None:
            start, end = self._pointers[index : index + 2]
            stems = self._terms.stem_ids[start:end].tolist()
            is_content = self._terms.is_content[start:end].tolist()
            known = frozenset(compress(stems, is_content)) or frozenset(stems)
            self._known[index] = known
        return known

    def _rarest(self, stems: frozenset[int], share: float) -> list[int]:
        """Return as many of the rarest stems as any set with this share of `stems` must hit."""
        count = len(stems) - math.ceil(share * len(stems)) + 1
        return sorted(stems, key=lambda stem: (self._frequency[stem], stem))[:count]


def is_similar(stems: frozenset[int], other: frozenset[int]) -> bool:
    """Tell whether two sets of stems are those of near-duplicates."""
    shared = len(stems & other)
    shorter = min(len(stems), len(other))
    if shared >= JACCARD_THRESHOLD * (len(stems) + len(other) - shared):
        return True
    return shorter >= MIN_CONTAINED_STEMS and shared >= CONTAINMENT_THRESHOLD * shorter
