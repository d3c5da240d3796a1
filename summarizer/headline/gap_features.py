"""English sentences as the features by which gaps are judged: slots of tables.

It must not know what was learned of slots.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import add

import numpy as np
from numpy.typing import NDArray

from summarizer.headline.clauses import END as AFTER
from summarizer.headline.clauses import START as BEFORE
from summarizer.headline.fence_rules import RULES
from summarizer.headline.fences import Fences
from summarizer.headline.gap_templates import (
    COUNT_ROWS,
    EARLY_ROWS,
    END,
    FIRST,
    LATE_ROWS,
    OWN_NUMBERS,
    PADS,
    TOKEN_NUMBERS,
    TRIPLE_ROWS,
    Floats,
    Ints,
    all_pairs,
    product,
    slots_of,
)
from summarizer.headline.word_classes import Known, number_of

_Bytes = NDArray[np.uint8]

UNSEEN_TRIPLE = 16
"""Added to how likely two classes are, where the three were never seen together."""

_BEFORE, _AFTER = (
    [Known(name, False, number_of(name), number_of(name), name) for name in names]
    for names in (("^^^", "^^", "^"), ("$", "$$", "$$$"))
)
_BEFORE_MARKS, _AFTER_MARKS = (RULES.marks_of(known).packed * PADS for known in (BEFORE, AFTER))
_LAST_PLACE = 6
_FIRST_PLACES = [*range(_LAST_PLACE)]
_NO_PLACES = [0] * (2 * PADS)
_ROOM_BEFORE, _ROOM_AFTER = [0] * PADS, [0] * (PADS - 1)
_MOST_COUNTED = np.array([[2], [2], [2], [3]])
# No sentence has so many commas.
_MANY = 1 << 20


class Rows:
    """Sentences one after the other in columns, with room at the edges.

    Gaps are columns of a table: the first token; the token after the last; at which end of the
    sentence they are (1 first, 2 last, 0 neither); their length in steps; and the slot of both.

    Args:
        sentences: what is known of the words of each.
        triples: how unlikely three classes in a row are, by slot; 0 if never seen.
        pairs: the same of two.
    """

    def __init__(
        self, sentences: Sequence[Sequence[Known]], triples: _Bytes, pairs: _Bytes
    ) -> None:
        rows: list[Known] = []
        places: list[int] = []
        starts = []
        for sentence in sentences:
            starts.append(len(rows) + PADS)
            rows += _BEFORE
            rows += sentence
            rows += _AFTER
            places += (_FIRST_PLACES + [_LAST_PLACE] * len(sentence))[: len(sentence)] + _NO_PLACES
        self._triples, self._pairs = triples, pairs
        self.counts = [len(sentence) for sentence in sentences]
        self._sizes = [count + 2 * PADS for count in self.counts]
        self.starts: Ints = np.array(starts, dtype=np.int64)
        self._stops: Ints = np.array([*map(add, starts, self.counts)], dtype=np.int64)
        packed = np.frombuffer(b"".join([known.packed for known in rows]), dtype=np.int64)
        numbers = packed.reshape(-1, 4)
        self._is_comma = numbers[:, 3]
        # Finite verbs and commas before each token of its sentence.
        before = numbers[:, 2:].cumsum(axis=0) - numbers[:, 2:]
        if len(sentences) > 1:
            before -= before.take(self.starts, axis=0).repeat(self._sizes, axis=0)
        self._commas = before[:, 1]
        # From the third pad on, with what stands around; the end of the last sentence counts too.
        count = len(rows) - 2 * PADS + 1
        around = np.empty((TOKEN_NUMBERS.shape[1], count))
        around[0] = 1
        # Classes and words of as many tokens, from one, two ... tokens on: views of one buffer.
        windows: Ints = np.ndarray((2, 2 * PADS, count), np.int64, packed.data, strides=(8, 32, 32))
        around[1:-4].reshape(windows.shape)[:] = windows
        around[-4] = places[:count]
        around[-3:-1] = before[PADS : PADS + count].T
        around[-1] = self._spread(before[:, 0].take(self._stops))[PADS : PADS + count]
        sums = product(TOKEN_NUMBERS, around)
        self._edges, self._at_first, self._at_end = sums[:FIRST], sums[FIRST:END], sums[END:]

    def _spread(self, values: Ints) -> Ints:
        """Return a number of each sentence for each of its tokens."""
        return values.repeat(self._sizes)

    def lay_out(self, pairs: Sequence[Ints]) -> Ints:
        """Return the gaps of all sentences, given as `all_pairs` gives them for each."""
        table = np.concatenate(pairs, axis=1)
        table[:2] += self.starts.repeat([own.shape[1] for own in pairs])
        return table

    def possible_gaps(self, fences: Sequence[Fences]) -> Ints:
        """Return the gaps that cross no comma in their middle, and no fence.

        Args:
            fences: of each sentence; what their checks would find is left to them.
        """
        table = self.lay_out([all_pairs(count) for count in self.counts])
        firsts, ends = table[:2]
        before, opening, last, after = _marks(fences)
        met = (before[:-1] & opening[1:]).take(firsts - 1) & (last[:-1] & after[1:]).take(ends - 1)
        is_possible = met & RULES.packed == 0
        least, most = self._bounds(fences)
        is_possible &= least.take(ends) <= firsts
        is_possible &= most.take(firsts) >= ends
        # A gap at a comma, or at the end of the sentence, may have any number between.
        left = self._commas + (_MANY + 1) * self._is_comma
        right = self._commas - _MANY * self._is_comma
        right[self._stops - 1] = -_MANY
        is_possible &= right.take(ends - 1) <= left.take(firsts)
        possible: Ints = table.take(is_possible.nonzero()[0], axis=1)
        return possible

    def _bounds(self, fences: Sequence[Fences]) -> Ints:
        """Return the least first tokens of gaps by their ends, and the most ends by the first."""
        least, most = [], []
        for own in fences:
            least += _ROOM_BEFORE + own.least + _ROOM_AFTER
            most += _ROOM_BEFORE + own.most + _ROOM_AFTER
        bounds: Ints = np.array((least, most)) + self._spread(self.starts)
        return bounds

    def edge_slots(self) -> Ints:
        """Return the slots of each token, from the third pad on.

        Returns:
            Those of a first token that goes, `START` rows; then those of the first that stays.
        """
        return slots_of(self._edges)

    def early_slots(self, gaps: Ints) -> Ints:
        """Return the first slots of gaps."""
        firsts, ends, *_, at_edge = gaps
        sums = self._at_first[EARLY_ROWS].take(firsts - PADS, axis=1)
        sums += self._at_end[EARLY_ROWS].take(ends - PADS, axis=1)
        slots = np.empty((1 + len(sums), len(firsts)), dtype=np.int64)
        slots[0] = at_edge
        slots[1:] = slots_of(sums)
        return slots

    def late_slots(self, gaps: Ints) -> Ints:
        """Return the other slots of gaps."""
        firsts, ends, at_edge, lengths, _ = gaps
        sums = self._at_first[: EARLY_ROWS.start].take(firsts - PADS, axis=1)
        sums += self._at_end[: EARLY_ROWS.start].take(ends - PADS, axis=1)
        own = np.empty((OWN_NUMBERS.shape[1], len(firsts)))
        own[:2] = self._likelihoods(sums[TRIPLE_ROWS])
        own[2:4] = at_edge, lengths
        np.minimum(sums[COUNT_ROWS], _MOST_COUNTED, out=own[4:])
        late = sums[LATE_ROWS]
        late += product(OWN_NUMBERS, own)
        return slots_of(late)

    def _likelihoods(self, sums: Floats) -> Ints:
        """Return how likely "q p n" and "p n o" are, two rows."""
        slots = slots_of(sums)
        seen = self._triples.take(slots[:2])
        both = self._pairs.take(slots[2:]) + np.uint8(UNSEEN_TRIPLE)
        likelihoods: Ints = np.where(seen > 0, seen, both)
        return likelihoods


def _marks(fences: Sequence[Fences]) -> Ints:
    """Return by which rules tokens may stand before a gap, open it, end it and follow it."""
    parts = [part for own in fences for part in (_BEFORE_MARKS, own.marks, _AFTER_MARKS)]
    marks: Ints = np.frombuffer(b"".join(parts), dtype=np.int64).reshape(-1, 4).T
    return marks
