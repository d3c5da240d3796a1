"""English sentences as the features by which gaps are judged: slots of tables, by hash.

Whole numbers only, so that a sentence has the same slots in every company. It must not know what
was learned of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

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
_BEFORE = tuple(number_of(name) for name in ("^^^", "^^", "^"))
_AFTER = tuple(number_of(name) for name in ("$", "$$", "$$$"))
# Products of columns and multipliers, and their sums, are exact in floating point: whole numbers
# below 2 ** 53.
_COLUMN_BITS = 20
_MULTIPLIER_BITS = 28
_MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15
_MIX = np.uint64(0xD6E8FEB86659FD93)
# OpenBLAS divides products of more multiplications than this among threads.
_ONE_THREAD = 500_000
_LAST_PLACE = 6
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
_START_NUMBERS = _multipliers(_STARTS, _EDGE_COLUMNS, 1)
_END_NUMBERS = _multipliers(_ENDS, _EDGE_COLUMNS, 2)
_EARLY_NUMBERS = _multipliers(_EARLY_PAIRS, _EARLY_COLUMNS, 6)
_LATE_NUMBERS = _multipliers(_LATE_PAIRS, _LATE_COLUMNS, 3)
EARLY = sum(len(numbers) for numbers in (_START_NUMBERS, _END_NUMBERS, _EARLY_NUMBERS))
"""So many features of a gap tell already that most will not do."""
_ROW_NUMBERS = _multipliers("x y z|y z", "xyz", 4)


def _slots(numbers: _Floats, columns: Sequence[Ints]) -> Ints:
    """Return for each template a row with the places of columns in a table."""
    values = np.empty((len(columns) + 1, len(columns[0])))
    values[0] = 1
    for place, column in enumerate(columns, start=1):
        values[place] = column
    width = _ONE_THREAD // numbers.size
    parts = [
        numbers @ values[:, start : start + width]
        for start in range(0, max(1, values.shape[1]), width)
    ]
    hashes = (parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)).astype(np.uint64)
    hashes ^= hashes >> np.uint64(19)
    hashes *= _MIX
    hashes >>= np.uint64(64 - BITS)
    return hashes.astype(np.int64)


def row_slots(x: Ints, y: Ints, z: Ints) -> Ints:
    """Return where the tables have three classes in a row, and the last two of them."""
    return _slots(_ROW_NUMBERS, (x, y, z))


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
        words: list[int] = []
        kinds: list[int] = []
        finite: list[int] = []
        commas: list[int] = []
        places: list[int] = []
        starts = []
        for sentence in sentences:
            starts.append(len(words) + PADS)
            words += [*_BEFORE, *(known.word for known in sentence), *_AFTER]
            kinds += [*_BEFORE, *(known.kind for known in sentence), *_AFTER]
            finite += [0] * PADS + [known.is_finite for known in sentence] + [0] * PADS
            commas += [0] * PADS + [known.is_comma for known in sentence] + [0] * PADS
            places += [0] * PADS + [*range(len(sentence))] + [0] * PADS
        self.starts = np.array(starts)
        self.counts = np.array([len(sentence) for sentence in sentences])
        self._triples, self._pairs = triples, pairs
        self._words, self._kinds = np.array(words), np.array(kinds)
        self._finite = np.concatenate([[0], np.cumsum(finite)])
        self._commas = np.concatenate([[0], np.cumsum(commas)])
        # The end of the last sentence counts too.
        last = len(words) - PADS + 1
        self._edges = [
            column[PADS + place : last + place]
            for column in (self._kinds, self._words)
            for place in range(-PADS, PADS)
        ] + [np.minimum(places[PADS:last], _LAST_PLACE)]

    def possible_gaps(self, joints: Sequence[Sequence[bool]]) -> tuple[Ints, Ints, Ints]:
        """Return the firsts, ends and sentences of the gaps that cross no comma in their middle.

        Args:
            joints: for each token of each sentence, and its end, whether no gap may begin or end
                before it.
        """
        pairs = [all_pairs(count) for count in self.counts.tolist()]
        owners = np.repeat(np.arange(len(pairs)), [len(firsts) for firsts, _ in pairs])
        begins = self.starts[owners]
        firsts = np.concatenate([firsts for firsts, _ in pairs]) + begins
        ends = np.concatenate([ends for _, ends in pairs]) + begins
        is_joint = np.zeros(len(self._words), dtype=bool)
        for begin, own in zip(self.starts.tolist(), joints, strict=True):
            is_joint[begin : begin + len(own)] = own
        commas = self._commas
        is_last = ends == begins + self.counts[owners]
        is_whole = (
            is_last
            | (commas[ends - 1] <= commas[firsts + 1])
            | (commas[firsts + 1] > commas[firsts])
            | (commas[ends] > commas[ends - 1])
        )
        possible = np.flatnonzero(is_whole & ~is_joint[firsts] & ~is_joint[ends])
        return firsts[possible], ends[possible], owners[possible]

    def start_slots(self) -> Ints:
        """Return the slots of each token, from the third pad on, as the first that goes."""
        return _slots(_START_NUMBERS, self._edges)

    def end_slots(self) -> Ints:
        """Return the slots of each, from the third pad on, as the first that stays again."""
        return _slots(_END_NUMBERS, self._edges)

    def early_slots(self, firsts: Ints, ends: Ints, sentences: Ints) -> Ints:
        """Return the first slots of gaps by their first token, the token after them, sentence."""
        kinds = self._kinds
        columns = [kinds[firsts - 2], kinds[firsts - 1], kinds[firsts], kinds[ends]]
        columns += self._shape(firsts, ends, sentences)
        return _slots(_EARLY_NUMBERS, columns)

    def _shape(self, firsts: Ints, ends: Ints, sentences: Ints) -> list[Ints]:
        """Return at which end of the sentence each gap is, and its length."""
        begins = self.starts[sentences]
        is_last = ends >= begins + self.counts[sentences]
        lengths = _LENGTHS[np.minimum(ends - firsts, len(_LENGTHS) - 1)]
        return [np.where(is_last, 2, (firsts == begins).astype(np.int64)), lengths]

    def late_slots(self, firsts: Ints, ends: Ints, sentences: Ints) -> Ints:
        """Return the other slots of gaps."""
        kinds, words = self._kinds, self._words
        begins = self.starts[sentences]
        stops = begins + self.counts[sentences]
        q, p, f = kinds[firsts - 2], kinds[firsts - 1], kinds[firsts]
        last, n, o = kinds[ends - 1], kinds[ends], kinds[ends + 1]
        finite = self._finite
        inside = finite[ends] - finite[firsts]
        left = finite[stops] - finite[begins] - inside
        columns = [q, p, f, last, n, o, words[firsts - 1], words[firsts], words[ends]]
        likelihoods = self._likelihoods(
            np.concatenate([q, p]), np.concatenate([p, n]), np.concatenate([n, o])
        )
        columns += [likelihoods[: len(q)], likelihoods[len(q) :]]
        columns += self._shape(firsts, ends, sentences)
        columns += [np.minimum(inside, 2), np.minimum(left, 2)]
        columns.append(np.minimum(finite[firsts] - finite[begins], 2))
        columns.append(np.minimum(self._commas[ends] - self._commas[firsts], 3))
        return _slots(_LATE_NUMBERS, columns)

    def _likelihoods(self, x: Ints, y: Ints, z: Ints) -> Ints:
        triple, pair = row_slots(x, y, z)
        seen = self._triples[triple]
        both = self._pairs[pair] + np.uint8(UNSEEN_TRIPLE)
        likelihoods: Ints = np.where(seen > 0, seen, both).astype(np.int64)
        return likelihoods


@lru_cache(maxsize=256)
def all_pairs(count: int) -> tuple[Ints, Ints]:
    """Return the first and end of every gap that a sentence of so many tokens can have."""
    firsts, ends = np.triu_indices(count + 1, 1)
    is_part = ends - firsts < count
    return firsts[is_part], ends[is_part]
