"""What every stretch between two spaces is made of, remembered from article to article.

Knows single words: it must not know of sentences, articles or ranking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from summarizer.text.words import Term, WordReader

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
Thing = TypeVar("Thing")

MAX_ENTRIES = 40_000
MAX_ENTRY_CHARS = 60
MAX_LANGUAGES = 8
"""What is remembered at most: two generations of entries a language, some 25 MB each language."""

_FIRST_CAPACITY = 4096

# Stands for a stretch that is not one word.
_SEVERAL = -1


class Lexicon(dict[str, int]):
    """The number of the word that a stretch of text between two spaces is, for all that came up.

    Words are numbered as they are written, and what counts of each stands in columns. A stretch
    that is not one word has the numbers of its words in `_several`. Nothing depends on what is
    remembered. A full one is followed by another, which takes over what comes up again.
    """

    def __init__(self, reader: WordReader, older: Lexicon | None = None) -> None:
        super().__init__()
        self._reader = reader
        self._older = older
        self._several: dict[str, tuple[int, ...]] = {}
        # What `read` came across of them since its last piece.
        self._met: list[tuple[int, ...]] = []
        self._terms: list[Term] = []
        self._stems = _Numbers()
        self._lowers = _Numbers()
        self._stem_of = _Column[Term](lambda term: self._stems[term.stem])
        self._lower_of = _Column[Term](lambda term: self._lowers[term.lower])
        self._is_content = _Column[Term](lambda term: not term.is_stop, dtype=np.bool_)
        self._is_capital = _Column[Term](lambda term: term.lower is not term.text, dtype=np.bool_)
        self._first = np.zeros(_FIRST_CAPACITY, np.int64)
        self._values: dict[Callable[[str], int], _Column[str]] = {}

    def renewed(self) -> Lexicon:
        """Return the one to read the next article with: itself, or its successor if it is full."""
        size = max(len(self), len(self._several), len(self._terms))
        if size < MAX_ENTRIES:
            return self
        self._older = None
        return Lexicon(self._reader, self if size < 2 * MAX_ENTRIES else None)

    def read(self, pieces: Iterable[str]) -> tuple[IntArray, list[int]]:
        """Find the words of some pieces of text.

        Args:
            pieces: any texts.

        Returns:
            The numbers of all words, and where each piece begins among them; last the end.
        """
        found: list[int] = []
        bounds = [0]
        number_of = self.__getitem__
        with self._reader.lock:
            met = self._met = list[tuple[int, ...]]()
            for piece in pieces:
                found += map(number_of, piece.split())
                if met:
                    found[bounds[-1] :] = _in_place(found[bounds[-1] :], met)
                    met.clear()
                bounds.append(len(found))
        return np.fromiter(found, np.int64, len(found)), bounds

    def facts(self, words: IntArray) -> tuple[IntArray, BoolArray, BoolArray]:
        """Return the words' stems, which are no stop words, which are not in lower case."""
        terms = self._terms
        with self._reader.lock:
            return (
                self._stem_of.filled(terms)[words],
                self._is_content.filled(terms)[words],
                self._is_capital.filled(terms)[words],
            )

    def lowers(self, words: IntArray) -> IntArray:
        """Return for each word a number that it shares with what differs from it by case only."""
        with self._reader.lock:
            return self._lower_of.filled(self._terms)[words]

    def number_anew(
        self, numbers: IntArray, spans: Sequence[tuple[int, int]]
    ) -> list[tuple[IntArray, IntArray, IntArray]]:
        """Number what words have in common by first occurrence, in each span from 0.

        Args:
            numbers: of each word what `facts` or `lowers` say.
            spans: stretches of words.

        Returns:
            For each span the new number of each word, where each number first occurs in it, and
            the old numbers, each once.
        """
        places = np.arange(max([end - start for start, end in spans], default=0))
        found = []
        with self._reader.lock:
            if len(self._terms) > len(self._first):
                self._first = np.zeros(2 * len(self._terms), np.int64)
            first = self._first
            for start, end in spans:
                own, at = numbers[start:end], places[: end - start]
                # Written from the end, so that the first place stays.
                first[own[::-1]] = at[::-1]
                (firsts,) = (first[own] == at).nonzero()
                different = own.take(firsts)
                first[different] = places[: len(different)]
                found.append((first[own], firsts, different))
        return found

    def stems(self, numbers: IntArray) -> tuple[str, ...]:
        """Return the stems that have these numbers."""
        return tuple(map(self._stems.texts.__getitem__, numbers.tolist()))

    def terms(self, words: IntArray) -> tuple[Term, ...]:
        """Return the words that have these numbers."""
        return tuple(map(self._terms.__getitem__, words.tolist()))

    def look_up(self, numbers: IntArray, value_of: Callable[[str], int]) -> IntArray:
        """Return what a function says of each stem; it is asked about each only once.

        Args:
            numbers: the stems.
            value_of: tells a whole number of a stem, always the same.
        """
        with self._reader.lock:
            column = self._values.get(value_of)
            if column is None:
                column = self._values[value_of] = _Column(value_of)
            return column.filled(self._stems.texts)[numbers]

    def __missing__(self, token: str) -> int:
        with self._reader.lock:
            words = self._several.get(token)
            if words is None:
                words = self._read(token)
            if len(words) == 1:
                return words[0]
            self._met.append(words)
            return _SEVERAL

    def _read(self, token: str) -> tuple[int, ...]:
        """Return the words of what has not come up yet, and remember them."""
        texts = self._reader.split(token)
        if texts == [token]:
            words: tuple[int, ...] = (len(self._terms),)
            self._terms.append(self._inherited(token) or self._reader.make_term(token))
        elif len(texts) == 1:
            words = self._words_of(texts[0])
        else:
            words = tuple(chain.from_iterable(map(self._words_of, texts)))
        if len(token) > MAX_ENTRY_CHARS:
            pass
        elif len(words) == 1:
            self[token] = words[0]
        else:
            self._several[token] = words
        return words

    def _words_of(self, text: str) -> tuple[int, ...]:
        word = self.get(text)
        return (word,) if word is not None else self._several.get(text) or self._read(text)

    def _inherited(self, text: str) -> Term | None:
        if self._older is None or text not in self._older:
            return None
        return self._older._terms[self._older[text]]


def _in_place(words: Iterable[int], several: Iterable[tuple[int, ...]]) -> Iterator[int]:
    """Put the words of stretches that are not one word where `_SEVERAL` stands for each."""
    following = iter(several)
    for word in words:
        if word == _SEVERAL:
            yield from next(following)
        else:
            yield word


class _Numbers(dict[str, int]):
    """Texts, numbered as they come up."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        self.texts.append(text)
        return number


class _Column(Generic[Thing]):
    """A value for each of some things of which there are ever more."""

    def __init__(
        self, value_of: Callable[[Thing], int], *, dtype: npt.DTypeLike = np.int64
    ) -> None:
        self._value_of = value_of
        self._array = np.zeros(_FIRST_CAPACITY, dtype)
        self._size = 0

    def filled(self, things: Sequence[Thing]) -> npt.NDArray[Any]:
        """Return the values of all, asking for those that are new."""
        if self._size < len(things):
            new = list(map(self._value_of, things[self._size :]))
            if len(things) > len(self._array):
                self._array = np.concatenate(
                    (self._array, np.zeros_like(self._array, shape=len(things)))
                )
            self._array[self._size : len(things)] = new
            self._size = len(things)
        return self._array


def load_lexicon(language: str) -> Lexicon:
    """Return what is remembered of a language, not full.

    Args:
        language: ISO 639-1 code; one that is not known has no stems and no stop words.
    """
    newest = _newest(language)
    newest[0] = lexicon = newest[0].renewed()
    return lexicon


@lru_cache(maxsize=MAX_LANGUAGES)
def _newest(language: str) -> list[Lexicon]:
    return [Lexicon(WordReader(language))]
