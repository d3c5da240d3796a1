"""What is known of stems beside any article: how common they are in news, and their closed classes.

Must not know articles.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from summarizer.ranking.method import FloatArray, IntArray
from summarizer.text.stopwords import stop_words
from summarizer.text.terms import read_words

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
_STOPS = frozenset(
    word.stem for stop in stop_words("en") for word in read_words(stop, language="en")
)
# What is known of a stem beside the article, a column each. Stop words have no rarity.
IS_CONTENT, RARITY, IS_NUMBER, IS_I, IS_YOU, IS_SPEECH, IS_BACK = range(7)

RARITY_LEVELS = 16
_NUMBER_LEVELS = 4
KINDS = RARITY_LEVELS + _NUMBER_LEVELS
"""Stems are of so many kinds: words by rarity, then numbers by rarity."""


class Stems:
    """What is known of stems beside any article."""

    def __init__(self, rarities: Mapping[str, float]) -> None:
        """Make the table.

        Args:
            rarities: stems of news with their inverse document frequency, 0 to 1.
        """
        closed = sorted((_I | _YOU | _SPEECH | _BACK | _STOPS).difference(rarities))
        # Of unknown stems only whether they are numbers is known.
        table = [_facts(start, _UNKNOWN_RARITY) for start in ("", "0")]
        table += [_facts(stem, rarity) for stem, rarity in rarities.items()]
        table += [_facts(stem, _UNKNOWN_RARITY) for stem in closed]
        self._places = {stem: i for i, stem in enumerate([*rarities, *closed], start=2)}
        # Exact sums need whole numbers of such parts.
        steps = np.rint(np.array(table) * _STEPS)
        self._table = steps / _STEPS
        rarity = steps[:, RARITY] / (_STEPS + 1.0)
        self._kinds = np.where(
            self._table[:, IS_NUMBER] > 0,
            RARITY_LEVELS + (rarity * _NUMBER_LEVELS).astype(np.int64),
            (rarity * RARITY_LEVELS).astype(np.int64),
        )

    def place_of(self, stem: str) -> int:
        """Return the row of `facts` that a stem has.

        Args:
            stem: as the library stems words.
        """
        known = self._places.get(stem)
        return stem[:1].isdigit() if known is None else known

    def kinds(self, places: IntArray) -> IntArray:
        """Return the kind of each stem, 0 to `KINDS`.

        Args:
            places: what `place_of` says of each stem.
        """
        return np.asarray(self._kinds.take(places))

    def facts(self, places: IntArray) -> FloatArray:
        """Return a row for each stem, a column for each kind of fact.

        Args:
            places: what `place_of` says of each stem.
        """
        return np.asarray(self._table.take(places, axis=0))


def _facts(stem: str, rarity: float) -> tuple[float, ...]:
    is_content = stem not in _STOPS
    return (
        is_content,
        rarity * is_content,
        stem[:1].isdigit(),
        stem in _I,
        stem in _YOU,
        stem in _SPEECH,
        stem in _BACK,
    )
