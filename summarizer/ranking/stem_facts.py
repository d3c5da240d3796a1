"""What is known of stems beside any article: how common they are in news, and their closed classes.

Must not know articles.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import repeat

import numpy as np

from summarizer.ranking.method import FloatArray

_LONGEST_STEM = 12

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
# Columns of what is known of a stem beside the article.
RARITY, IS_KNOWN, IS_NUMBER, LENGTH, IS_I, IS_YOU, IS_SPEECH, IS_BACK = range(8)


class Stems:
    """What is known of stems beside any article."""

    def __init__(self, rarities: Mapping[str, float]) -> None:
        """Make the table.

        Args:
            rarities: stems of news with their inverse document frequency, 0 to 1.
        """
        self._rows = {stem: row for row, stem in enumerate(rarities, start=1)}
        unknown = [_facts("", 1.0, is_known=False)]
        known = [_facts(stem, rarity, is_known=True) for stem, rarity in rarities.items()]
        self._table = np.array(unknown + known)

    def look_up(self, stems: tuple[str, ...]) -> FloatArray:
        """Return one row of facts a stem.

        Args:
            stems: each once.
        """
        rows = np.fromiter(map(self._rows.get, stems, repeat(0)), np.int64, len(stems))
        facts = self._table.take(rows, axis=0)
        for place in np.flatnonzero(rows == 0).tolist():
            facts[place] = _facts(stems[place], 1.0, is_known=False)
        return facts


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
