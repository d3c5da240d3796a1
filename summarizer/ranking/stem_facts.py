"""What is known of stems beside any article: how common they are in news, and their closed classes.

Must not know articles.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from summarizer.ranking.method import FloatArray, IntArray

_LONGEST_STEM = 12
_UNKNOWN_RARITY = 1.0
_STEPS = 256.0

_I = frozenset("i we me us my our mine ours myself".split())
_YOU = frozenset("you your yours yourself".split())
_SPEECH = frozenset(
    "said say told tell add accord announc claim report warn insist explain confirm admit ask "
    "wrote tweet deni state note".split()
)
_BACK = frozenset(
    "he she it they his her their it this that these those but and or so howev also then him "
    "them here there meanwhil still yet such anoth".split()
)
# What is known of a stem beside the article, a row each.
RARITY, IS_KNOWN, IS_NUMBER, LENGTH, IS_I, IS_YOU, IS_SPEECH, IS_BACK = range(8)


class Stems:
    """What is known of stems beside any article."""

    def __init__(self, rarities: Mapping[str, float]) -> None:
        """Make the table.

        Args:
            rarities: stems of news with their inverse document frequency, 0 to 1.
        """
        # Of unknown stems only their length and whether they are numbers is known.
        unknown = [
            _facts(start * length, _UNKNOWN_RARITY, is_known=False)
            for start in "a0"
            for length in range(_LONGEST_STEM + 1)
        ]
        closed = sorted((_I | _YOU | _SPEECH | _BACK).difference(rarities))
        known = [_facts(stem, rarity, is_known=True) for stem, rarity in rarities.items()]
        known += [_facts(stem, _UNKNOWN_RARITY, is_known=False) for stem in closed]
        stems = [*rarities, *closed]
        self._places = {stem: i for i, stem in enumerate(stems, start=len(unknown))}
        # Exact sums need whole numbers of such parts; small ones, for the table is read at random.
        self._table = np.rint(np.array(unknown + known) * _STEPS).astype(np.int16)

    def place_of(self, stem: str) -> int:
        """Return the column of `facts` that a stem has.

        Args:
            stem: as the library stems words.
        """
        known = self._places.get(stem)
        if known is not None:
            return known
        return min(len(stem), _LONGEST_STEM) + (_LONGEST_STEM + 1) * stem[:1].isdigit()

    def facts(self, places: IntArray) -> FloatArray:
        """Return a row for each kind of fact, a column a stem.

        Args:
            places: what `place_of` says of each stem.
        """
        return self._table[places].T / _STEPS


def _facts(stem: str, rarity: float, *, is_known: bool) -> tuple[float, ...]:
    return (
        rarity,
        is_known,
        stem[:1].isdigit(),
        min(len(stem), _LONGEST_STEM) / _LONGEST_STEM,
        stem in _I,
        stem in _YOU,
        stem in _SPEECH,
        stem in _BACK,
    )
