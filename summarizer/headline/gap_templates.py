"""The features by which gaps are judged: which columns each has, and its slot by their hash.

Whole numbers only, so that a sentence has the same slots in every company. It must not know words,
nor what was learned of slots.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

BITS = 20
"""Each table has 2 to this power of slots."""
PADS = 3
"""So many tokens before and after a place are columns of it."""
# Products of columns and multipliers, and their sums, are exact in floating point: whole numbers
# below 2 ** 53. So it does not matter in which order they are added up.
_MULTIPLIER_BITS = 28
_MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15
_MIX = np.uint64(0xD6E8FEB86659FD93)
_FOLD, _DROP = np.uint64(19), np.uint64(64 - BITS)
# OpenBLAS divides products of more multiplications than this among threads.
_ONE_THREAD = 500_000
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


def _multipliers(templates: str, columns: Sequence[str], salt: int) -> Floats:
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


_AROUND = (*(f"{kind}{place}" for kind in "cw" for place in range(-PADS, PADS)), "place")
# What is counted up to a token: finite verbs and commas before it, and the verbs of its sentence.
_COUNTED = 3
# What is inside a gap stands before its end, but not before its first token. In rows: verbs inside,
# left and ahead, and commas inside.
_FIRST_COUNTS = [[-1, 0, 0], [1, 0, 0], [1, 0, 0], [0, -1, 0]]
_END_COUNTS = [[1, 0, 0], [-1, 0, 1], [0, 0, 0], [0, 1, 0]]
# Where columns of gaps stand from their first token, and from their end.
_AT_FIRST = {"q": "c-2", "p": "c-1", "f": "c0", "P": "w-1", "F": "w0"}
_AT_END = {"l": "c-1", "n": "c0", "o": "c1", "N": "w0"}


def _at(places: Mapping[str, str], numbers: Floats, columns: Sequence[str]) -> Floats:
    """Return what multiplies the columns around a token, of those that multiply columns of gaps."""
    found = np.zeros((len(numbers), 1 + len(_AROUND) + _COUNTED))
    for column, place in places.items():
        if column in columns:
            found[:, 1 + _AROUND.index(place)] = numbers[:, 1 + columns.index(column)]
    if places is _AT_FIRST:
        found[:, 0] = numbers[:, 0]
    return found


_EDGE_NUMBERS = np.concatenate([_multipliers(_STARTS, _AROUND, 1), _multipliers(_ENDS, _AROUND, 2)])
_EARLY_NUMBERS = _multipliers(_EARLY_PAIRS, _EARLY_COLUMNS, 6)
_LATE_NUMBERS = _multipliers(_LATE_PAIRS, _LATE_COLUMNS, 3)
_ROW_NUMBERS = _multipliers("x y z|y z", "xyz", 4)
START = len(_STARTS.split("|"))
"""So many of the slots of tokens are those of the first that goes."""
EARLY = len(_EDGE_NUMBERS) + len(_EARLY_NUMBERS)
"""So many features of a gap tell already that most will not do."""
_LATE = len(_LATE_NUMBERS)
TRIPLE_ROWS, LATE_ROWS = slice(0, 4), slice(4, 4 + _LATE)
COUNT_ROWS, EARLY_ROWS = slice(4 + _LATE, 8 + _LATE), slice(8 + _LATE, None)
"""What a gap adds up of a row of its first token and one of its end.

Sums of products: of "q p n" and "p n o", then of "p n" and "n o"; of late features; then verbs
inside, left and ahead, and commas inside; sums of products of early features.
"""
_FIRST_NUMBERS, _END_NUMBERS = (
    np.concatenate(
        [
            *[
                _at(places, numbers, columns)
                for numbers in (_ROW_NUMBERS[:1], _ROW_NUMBERS[1:])
                for columns in ("qpn", "pno")
            ],
            _at(places, _LATE_NUMBERS, _LATE_COLUMNS),
            np.pad(counts, ((0, 0), (1 + len(_AROUND), 0))),
            _at(places, _EARLY_NUMBERS[1:], _EARLY_COLUMNS),
        ]
    )
    for places, counts in ((_AT_FIRST, _FIRST_COUNTS), (_AT_END, _END_COUNTS))
)
TOKEN_NUMBERS = np.concatenate(
    [np.pad(_EDGE_NUMBERS, ((0, 0), (0, _COUNTED))), _FIRST_NUMBERS, _END_NUMBERS]
)
"""What multiplies a one, the classes and words around a token, its place, and what is counted up to
it: for the slots of the token; for what a gap adds up if it begins there; and if it ends there."""
FIRST = len(_EDGE_NUMBERS)
"""Where the second of these begin."""
END = FIRST + len(_FIRST_NUMBERS)
"""Where the third begin."""
OWN_NUMBERS = np.ascontiguousarray(_LATE_NUMBERS[:, 1 + _LATE_COLUMNS.index("r") :])
"""What multiplies the other columns of late features: r, s, e, len, verbs, left, ahead, commas."""


def product(numbers: Floats, values: Floats) -> Floats:
    """Return a matrix product, made by one thread."""
    width = _ONE_THREAD // numbers.size
    if values.shape[1] <= width:
        return numbers @ values
    starts = range(0, values.shape[1], width)
    return np.concatenate([numbers @ values[:, at : at + width] for at in starts], axis=1)


def slots_of(sums: Floats) -> Ints:
    """Return the places in a table of sums of products of columns and multipliers."""
    hashes: NDArray[np.uint64] = sums.astype(np.int64).view(np.uint64)
    hashes ^= hashes >> _FOLD
    hashes *= _MIX
    hashes >>= _DROP
    return hashes.view(np.int64)


def row_slots(x: Ints, y: Ints, z: Ints) -> Ints:
    """Return where the tables have three classes in a row, and the last two of them."""
    return slots_of(product(_ROW_NUMBERS, np.array((np.ones(len(x)), x, y, z))))


@lru_cache(maxsize=256)
def all_pairs(count: int) -> Ints:
    """Return every gap that a sentence of so many tokens can have, as columns of a table."""
    firsts, ends = np.triu_indices(count + 1, 1)
    is_part = ends - firsts < count
    firsts, ends = firsts[is_part], ends[is_part]
    at_edge = np.where(ends == count, 2, firsts == 0)
    lengths = _LENGTHS[np.minimum(ends - firsts, len(_LENGTHS) - 1)]
    columns = np.array([np.ones(len(firsts)), *np.zeros((4, len(firsts))), at_edge, lengths])
    slots = slots_of(product(_EARLY_NUMBERS[:1], columns))
    return np.array((firsts, ends, at_edge, lengths, slots[0]))
