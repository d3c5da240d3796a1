"""English sentences as the features by which gaps are judged: slots of tables, by hash.

Whole numbers only, so that a sentence has the same slots in every company. It must not know what
was learned of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from summarizer.headline.word_classes import Known, number_of

Ints = NDArray[np.int64]
_Floats = NDArray[np.float64]
_Bytes = NDArray[np.uint8]

BITS = 20
"""Each table has 2 to this power of slots."""
UNSEEN_TRIPLE = 16
"""Added to how likely two classes are, where the three were never seen together."""

PADS = 3
"""So many columns stand before and after the words of a sentence."""
_BEFORE, _AFTER = (
    [Known(number_of(name), number_of(name), name, False, False, 0, False, False) for name in names]
    for names in (("^^^", "^^", "^"), ("$", "$$", "$$$"))
)
# Products of columns and multipliers, and their sums, are exact in floating point: whole numbers
# below 2 ** 53.
_COLUMN_BITS = 20
_MULTIPLIER_BITS = 28
_MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15
_MIX = np.uint64(0xD6E8FEB86659FD93)
_FOLD, _DROP = np.uint64(19), np.uint64(64 - BITS)
# OpenBLAS divides products of more multiplications than this among threads.
_ONE_THREAD = 500_000
_LAST_PLACE = 6
_FIRST_PLACES = [*range(_LAST_PLACE)]
_NO_PLACES = [0] * (2 * PADS)
_LENGTHS = np.array([0, 1, 2, 3, 4, 5, 5] + [6] * 3 + [7] * 5 + [8] * 7 + [9], dtype=np.int64)

# Columns by name: c is a class, w a word, and the number where it stands from the edge.
_STARTS = (
    "c0|c-1|c-1 c0|c-2 c-1 c0|c-1 c0 c1|c0 c1|c0 c1 c2|w-1|w0|w-1 w0|w0 w1|w-1 c0|c-1 w0|place c0"
    "|c-3 c-2 c-1 c0"
)
_ENDS = "c0|c-1|c-1 c0|c-2 c-1 c0|c-1 c0 c1|c0 c1|c0 c1 c2|w-1|w0|w-1 w0|w-1 c0|c-1 w0"
# p: the class before what goes, q before that; f, l: its first and last; n: the next that stays, o
# after that; P, F, N: the words; r, s: how likely "q p n" and "p n o" are; e: at which end it is.
_EARLY_PAIRS = "e len|p n|q p n|f n"
_LATE_PAIRS = (
    "p l|f l e|f e len|f e verbs commas|e verbs left ahead|p n o|p f n|f l n|p f verbs commas"
    "|commas verbs len e|P F e verbs|f n ahead verbs|q p n o|P n|p N|P N"
    "|e r|e s|e r s|p r|f r e|n s|P r"
)
_EARLY_COLUMNS = ("q", "p", "f", "n", "e", "len")
_LATE_COLUMNS = (*"qpflnoPFNrse", "len", "verbs", "left", "ahead", "commas")


def _multipliers(templates: str, columns: Sequence[str], salt: int) -> _Floats:
    """Return a row for each template: a random odd number where it has a column, and a first."""
    rows = []
    state = salt
    for template in templates.split("|"):
        row = []
        for column in (None, *columns):
            state = (state + _GOLDEN) & _MASK
            mixed = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
            mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
            is_used = column is None or column in template.split()
            row.append((mixed >> (64 - _MULTIPLIER_BITS)) | 1 if is_used else 0)
        rows.append(row)
    return np.array(rows, dtype=np.float64)


_EDGE_COLUMNS = (*(f"{kind}{place}" for kind in "cw" for place in range(-3, 3)), "place")
_EDGE_NUMBERS = np.concatenate(
    [_multipliers(_STARTS, _EDGE_COLUMNS, 1), _multipliers(_ENDS, _EDGE_COLUMNS, 2)]
)
_EARLY_NUMBERS = _multipliers(_EARLY_PAIRS, _EARLY_COLUMNS, 6)
_LATE_NUMBERS = _multipliers(_LATE_PAIRS, _LATE_COLUMNS, 3)
START = len(_STARTS.split("|"))
"""So many of the slots of tokens are those of the first that goes."""
EARLY = len(_EDGE_NUMBERS) + len(_EARLY_NUMBERS)
"""So many features of a gap tell already that most will not do."""
_ROW_NUMBERS = _multipliers("x y z|y z", "xyz", 4)
# By which edge of a gap its first columns are found (0 is its first token, 1 its end), and how far
# from there: in the early ones classes, in the late ones from P on words.
_EARLY_EDGES, _EARLY_STEPS = np.array([0, 0, 0, 1]), np.array([[-2], [-1], [0], [0]])
_LATE_EDGES = np.array([0, 0, 0, 1, 1, 1, 0, 0, 1])
_LATE_STEPS = np.array([[-2], [-1], [0], [-1], [0], [1], [-1], [0], [0]])
_WORD_ROWS = 6
_QPN, _PNO = np.array([0, 1, 2, 5]), np.array([0, 2, 5, 6])
_EDGE_STEPS = np.arange(-PADS, PADS).reshape(-1, 1)
_MOST_COUNTED = np.array([[2], [2], [2], [3]])
# No sentence has so many commas.
_MANY = 1 << 20


def _slots(numbers: _Floats, values: _Floats) -> Ints:
    """Return for each template a row with the places of columns in a table.

    Args:
        numbers: the multipliers of each template.
        values: a row of ones, then the columns.
    """
    width = _ONE_THREAD // numbers.size
    if values.shape[1] <= width:
        sums = numbers @ values
    else:
        starts = range(0, values.shape[1], width)
        sums = np.concatenate([numbers @ values[:, at : at + width] for at in starts], axis=1)
    hashes = sums.astype(np.uint64)
    hashes ^= hashes >> _FOLD
    hashes *= _MIX
    hashes >>= _DROP
    return hashes.view(np.int64)


def row_slots(x: Ints, y: Ints, z: Ints) -> Ints:
    """Return where the tables have three classes in a row, and the last two of them."""
    return _slots(_ROW_NUMBERS, np.array((np.ones(len(x)), x, y, z)))


class Gaps(NamedTuple):
    """Gaps in columns.

    Attributes:
        table: the first token, the token after the last, at which end of the sentence they are (1
            first, 2 last, 0 neither), and their length in steps; a row each.
        owners: their sentences.
    """

    table: Ints
    owners: Ints

    def take(self, places: Ints) -> Gaps:
        """Return some of them."""
        return Gaps(self.table.take(places, axis=1), self.owners.take(places))


class Rows:
    """Sentences one after the other in columns, with room at the edges.

    Args:
        sentences: what is known of the words of each.
        triples: how unlikely three classes in a row are, by slot; 0 if never seen.
        pairs: the same of two.
    """

    def __init__(
        self, sentences: Sequence[Sequence[Known]], triples: _Bytes, pairs: _Bytes
    ) -> None:
        rows: list[Known] = []
        starts = []
        places: list[int] = []
        for sentence in sentences:
            starts.append(len(rows) + PADS)
            rows += _BEFORE
            rows += sentence
            rows += _AFTER
            places += (_FIRST_PLACES + [_LAST_PLACE] * len(sentence))[: len(sentence)] + _NO_PLACES
        words, kinds, _, finite, commas, *_ = zip(*rows, strict=True)
        self._triples, self._pairs = triples, pairs
        self.starts = np.array(starts)
        self.counts = [len(sentence) for sentence in sentences]
        self._stops = self.starts + self.counts
        # Classes, then words.
        self._values = np.array(kinds + words, dtype=np.float64)
        # How many finite verbs, and how many commas, stand before each.
        self._before = np.array((*accumulate(finite, initial=0), *accumulate(commas, initial=0)))
        self._before = self._before.reshape(2, -1)
        self._is_comma = np.array(commas)
        # From the third pad on; the end of the last sentence counts too.
        self._places = places[: 1 - 2 * PADS]

    def lay_out(self, pairs: Sequence[Ints]) -> Gaps:
        """Return the gaps of all sentences, given as `all_pairs` gives them for each."""
        owners = np.arange(len(pairs)).repeat([own.shape[1] for own in pairs])
        table = np.concatenate(pairs, axis=1)
        table[:2] += self.starts.take(owners)
        return Gaps(table, owners)

    def possible_gaps(self, joints: Sequence[Sequence[bool]]) -> Gaps:
        """Return the gaps that cross no comma in their middle.

        Args:
            joints: for each token of each sentence, and its end, whether no gap may begin or end
                before it.
        """
        gaps = self.lay_out([all_pairs(count) for count in self.counts])
        # The commas up to the second token, and those up to the last but one: a gap at a comma, or
        # at the end of the sentence, may have any number between.
        commas = self._before[1]
        left = np.where(self._is_comma, _MANY, commas[1:])
        right = np.where(self._is_comma, -_MANY, commas[:-1])
        flags: list[bool] = []
        for own in joints:
            flags += (False,) * PADS
            flags += own
            flags += (False,) * (PADS - 1)
        right[self._stops - 1] = -_MANY
        is_joint = np.array(flags)
        left[is_joint] = -2 * _MANY
        right[:-1][is_joint[1:]] = 2 * _MANY
        firsts, ends, *_ = gaps.table
        return gaps.take((right.take(ends - 1) <= left.take(firsts)).nonzero()[0])

    def edge_slots(self) -> Ints:
        """Return the slots of each token, from the third pad on.

        Returns:
            Those of a first token that goes, `START` rows; then those of the first that stays.
        """
        classes = _EDGE_STEPS + np.arange(PADS, PADS + len(self._places))
        values = np.ones((len(_EDGE_COLUMNS) + 1, len(self._places)))
        values[1 : PADS * 2 + 1] = self._values.take(classes)
        values[PADS * 2 + 1 : -1] = self._values.take(classes + len(self._is_comma))
        values[-1] = self._places
        return _slots(_EDGE_NUMBERS, values)

    def early_slots(self, gaps: Gaps) -> Ints:
        """Return the first slots of gaps."""
        values = np.ones((len(_EARLY_COLUMNS) + 1, len(gaps.owners)))
        values[1:5] = self._values.take(gaps.table.take(_EARLY_EDGES, axis=0) + _EARLY_STEPS)
        values[5:] = gaps.table[2:]
        return _slots(_EARLY_NUMBERS, values)

    def late_slots(self, gaps: Gaps) -> Ints:
        """Return the other slots of gaps."""
        firsts, ends, *_ = gaps.table
        owners = gaps.owners
        values = np.ones((len(_LATE_COLUMNS) + 1, len(owners)))
        places = gaps.table.take(_LATE_EDGES, axis=0) + _LATE_STEPS
        places[_WORD_ROWS:] += len(self._is_comma)
        values[1:10] = self._values.take(places)
        values[10:12] = self._likelihoods(values)
        values[12:14] = gaps.table[2:]
        before = self._before.take(firsts, axis=1)
        values[[14, 17]] = inside = self._before.take(ends, axis=1) - before
        finite = self._before[0]
        values[15] = finite.take(self._stops.take(owners)) - finite.take(self.starts.take(owners))
        values[15] -= inside[0]
        values[16] = before[0] - finite.take(self.starts.take(owners))
        np.minimum(values[14:], _MOST_COUNTED, out=values[14:])
        return _slots(_LATE_NUMBERS, values)

    def _likelihoods(self, values: _Floats) -> Ints:
        """Return how likely "q p n" and "p n o" are, two rows."""
        rows = np.concatenate((values.take(_QPN, axis=0), values.take(_PNO, axis=0)), axis=1)
        triple, pair = _slots(_ROW_NUMBERS, rows)
        seen = self._triples.take(triple)
        both = self._pairs.take(pair) + np.uint8(UNSEEN_TRIPLE)
        likelihoods: Ints = np.where(seen > 0, seen, both).reshape(2, -1)
        return likelihoods


@lru_cache(maxsize=256)
def all_pairs(count: int) -> Ints:
    """Return every gap that a sentence of so many tokens can have, as the columns of `Gaps`."""
    firsts, ends = np.triu_indices(count + 1, 1)
    is_part = ends - firsts < count
    firsts, ends = firsts[is_part], ends[is_part]
    at_edge = np.where(ends == count, 2, firsts == 0)
    lengths = _LENGTHS[np.minimum(ends - firsts, len(_LENGTHS) - 1)]
    return np.array((firsts, ends, at_edge, lengths))
