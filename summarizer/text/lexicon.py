"""What every stretch between two spaces is made of, remembered from article to article.

Knows single words: it must not know of sentences, articles or ranking.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from summarizer.text.scripts import UNSPACED
from summarizer.text.segments import load_segmenter
from summarizer.text.stems import fold, make_stemmer
from summarizer.text.stopwords import stop_words

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

MAX_ENTRIES = 40_000
MAX_ENTRY_CHARS = 60
MAX_LANGUAGES = 8
"""What is remembered at most: two generations of entries a language, some 25 MB each language."""

_FIRST_CAPACITY = 4096

IS_CONTENT = 2
IS_CAPITAL = 1
"""The bits of a word's number; those above them number its stem."""
_FLAGS = 2

# Marks that are part of the letter before them; `\w` knows none of them.
_MARKS = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    r"\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a"
    r"\u0900-\u0963\u0971-\u0d7f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
    r"\u0f71-\u0f84\u0f8d-\u0fbc\u102b-\u103e\u17b4-\u17d3\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
    r"\u00ad\u200c\u200d"
)
# Groups are not possessive: Python before 3.11.5 (Debian 12 has 3.11.2) loses its place when a
# possessive group fails half-way (python/cpython#106052).
_PART = rf"[^\W_]++(?:[{_MARKS}]++[^\W_]*+)*"
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., a.m.
    # Hebrew acronyms have a quotation mark before their last letter.
    rf"|{_PART}(?:(?:['’ʼ‑-]|(?<=\d)[.,](?=\d)|(?<=[א-ת])[\"״׳](?=[א-ת])){_PART})*"
)
# Stretches of scripts that write words without spaces.
_UNSPACED = re.compile(rf"([{UNSPACED}]+)")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Term:
    """One word as it is written, and what it counts as.

    Attributes:
        text: the word as written.
        lower: the same in lower case; the very same object if it is written so.
        stem: what its other forms share with it.
        is_stop: whether it is a stop word of the language.
    """

    text: str
    lower: str
    stem: str
    is_stop: bool


class Lexicon(dict[str, int]):
    """What counts of every stretch of text between two spaces that came up, in one number each.

    The number of its stem, and two bits: whether it is no stop word, whether it is not written in
    lower case. A stretch that is not one word has a negative number, by which `_several` has those
    of its words. Nothing depends on what is remembered. A full one is followed by another, which
    takes over what comes up again.
    """

    def __init__(self, reader: _Reader, older: Lexicon | None = None) -> None:
        super().__init__()
        self._reader = reader
        self._terms: dict[str, tuple[Term, ...]] = {}
        self._older = older._terms if older is not None else {}
        self._numbers: dict[str, int] = {}
        self._stems: list[str] = []
        self._several: list[tuple[int, ...]] = []
        self._first = np.zeros(_FIRST_CAPACITY, np.int64)
        self._values: dict[Callable[[str], int], _Column] = {}

    def renewed(self) -> Lexicon:
        """Return the one to read the next article with: itself, or its successor if it is full."""
        size = max(len(self), len(self._terms), len(self._stems), len(self._several))
        if size < MAX_ENTRIES:
            return self
        return Lexicon(self._reader, self if size < 2 * MAX_ENTRIES else None)

    def read(self, pieces: Iterable[str]) -> tuple[IntArray, IntArray]:
        """Find the words of some pieces of text.

        Args:
            pieces: any texts.

        Returns:
            The numbers of all words, and where each piece begins among them; last the end.
        """
        found: list[int] = []
        pointers = [0]
        for piece in pieces:
            found += map(self.__getitem__, piece.split())
            pointers.append(len(found))
        codes = np.fromiter(found, np.int64, len(found))
        bounds = np.fromiter(pointers, np.int64, len(pointers))
        odd = (codes < 0).nonzero()[0].tolist()
        if not odd:
            return codes, bounds
        lengths = np.ones(len(found) + 1, np.int64)
        several = [self._several[~found[place]] for place in odd]
        lengths[odd] = [len(words) for words in several]
        starts = lengths.cumsum() - lengths
        codes = codes.repeat(lengths[:-1])
        for start, words in zip(starts[odd].tolist(), several, strict=True):
            codes[start : start + len(words)] = words
        return codes, starts[bounds]

    def number_stems(
        self, codes: IntArray, spans: Sequence[tuple[int, int]]
    ) -> list[tuple[IntArray, IntArray]]:
        """Number the stems of words by first occurrence, in each span anew.

        Args:
            codes: the numbers of the words.
            spans: stretches of them.

        Returns:
            For each span the place of each word's stem among its stems, and these, by their number
            here.
        """
        stems = codes >> _FLAGS
        places = np.arange(max([end - start for start, end in spans], default=0))
        found = []
        with self._reader.lock:
            if len(self._stems) > len(self._first):
                self._first = np.zeros(2 * len(self._stems), np.int64)
            for start, end in spans:
                own, at = stems[start:end], places[: end - start]
                # Written from the end, so that the first place stays.
                self._first[own[::-1]] = at[::-1]
                first = self._first[own]
                is_first = first == at
                found.append(((is_first.cumsum() - 1)[first], own[is_first]))
        return found

    def stems(self, numbers: IntArray) -> tuple[str, ...]:
        """Return the stems that have these numbers."""
        stems = self._stems
        return tuple([stems[number] for number in numbers.tolist()])

    def look_up(self, numbers: IntArray, value_of: Callable[[str], int]) -> IntArray:
        """Return what a function says of each stem; it is asked about each only once.

        Args:
            numbers: the stems.
            value_of: tells a whole number of a stem, always the same.
        """
        with self._reader.lock:
            values = self._values.setdefault(value_of, _Column())
            values.fill(self._stems, value_of)
            return values.array[numbers]

    def words(self, pieces: Iterable[str]) -> tuple[Term, ...]:
        """Return the words of some pieces of text, as `read` finds them.

        Args:
            pieces: any texts.
        """
        tokens = [token for piece in pieces for token in piece.split()]
        with self._reader.lock:
            known = self._terms.get
            return tuple(
                chain.from_iterable([known(token) or self._read(token) for token in tokens])
            )

    def __missing__(self, token: str) -> int:
        with self._reader.lock:
            terms = self._read(token)
            codes = tuple(map(self._code, terms))
            code = codes[0] if len(codes) == 1 else ~len(self._several)
            if code < 0:
                self._several.append(codes)
            if len(token) <= MAX_ENTRY_CHARS:
                self[token] = code
        return code

    def _read(self, token: str) -> tuple[Term, ...]:
        known = self._terms.get(token)
        if known is None:
            known = self._older.get(token) or self._read_anew(token)
            if len(token) <= MAX_ENTRY_CHARS:
                self._terms[token] = known
        return known

    def _read_anew(self, token: str) -> tuple[Term, ...]:
        words = self._reader.split(token)
        if words == [token]:
            return (self._reader.make_term(token),)
        return tuple(chain.from_iterable(map(self._read, words)))

    def _code(self, term: Term) -> int:
        stem = self._numbers.setdefault(term.stem, len(self._stems))
        if stem == len(self._stems):
            self._stems.append(term.stem)
        is_capital = term.lower is not term.text
        return stem << _FLAGS | (not term.is_stop) * IS_CONTENT | is_capital * IS_CAPITAL


class _Column:
    """A whole number for each stem, those that have come up."""

    def __init__(self) -> None:
        self.array: IntArray = np.zeros(_FIRST_CAPACITY, np.int64)
        self._size = 0

    def fill(self, stems: Sequence[str], value_of: Callable[[str], int]) -> None:
        new = list(map(value_of, stems[self._size :]))
        if len(stems) > len(self.array):
            self.array = np.concatenate((self.array, np.zeros(len(stems), np.int64)))
        self.array[self._size : len(stems)] = new
        self._size = len(stems)


class _Reader:
    """What a language does to a stretch of text; `lock` is to be held by who asks."""

    def __init__(self, language: str) -> None:
        # NLTK's stemmers keep the word they work on in themselves: one thread at a time.
        self.lock = threading.RLock()
        self._language = language
        self._stops = stop_words(language)
        self._stem = make_stemmer(language)
        self._segment = load_segmenter(language)

    def split(self, token: str) -> list[str]:
        words: list[str] = _WORD.findall(token)
        if _UNSPACED.search(token) is None:
            return words
        runs = [run for word in words for run in _UNSPACED.split(word) if run]
        return [
            part for run in runs for part in (self._segment(run) if _UNSPACED.match(run) else [run])
        ]

    def make_term(self, word: str) -> Term:
        lower = word.lower()
        if lower == word:
            lower = word
        folded = fold(word, language=self._language)
        is_stop = lower in self._stops or folded in self._stops
        return Term(text=word, lower=lower, stem=self._stem(folded), is_stop=is_stop)


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
    return [Lexicon(_Reader(language))]
