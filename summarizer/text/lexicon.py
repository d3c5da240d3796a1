"""What every stretch between two spaces is made of, remembered from article to article.

Knows single words: it must not know of sentences, articles or ranking.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

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

# Marks that are part of the letter before them; `\w` knows none of them.
_MARKS = (
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    r"\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a"
    r"\u0900-\u0963\u0971-\u0d7f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
    r"\u0f71-\u0f84\u0f8d-\u0fbc\u102b-\u103e\u17b4-\u17d3\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
    r"\u00ad\u200c\u200d"
)
# Possessive: nothing is ever given back, so that endless words cost no memory.
_PART = rf"[^\W_]++(?:[{_MARKS}]++[^\W_]*+)*+"
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}+"  # U.S., a.m.
    # Hebrew acronyms have a quotation mark before their last letter.
    rf"|{_PART}(?:(?:['’ʼ‑-]|(?<=\d)[.,](?=\d)|(?<=[א-ת])[\"״׳](?=[א-ת])){_PART})*+"
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
    """The words of one language that came up, a row each, and the row of every stretch of text.

    A stretch that is not one word has a negative number instead: of its words in `_several`.
    Nothing depends on what is remembered. A full one is followed by another, which takes over what
    comes up again.

    Attributes:
        words: by row.
        is_content: by row, whether the word is no stop word.
        is_capital: by row, whether the word is not written in lower case.
    """

    def __init__(self, reader: _Reader, older: Lexicon | None = None) -> None:
        super().__init__()
        self.words: list[Term] = []
        self.is_content: BoolArray = np.zeros(_FIRST_CAPACITY, np.bool_)
        self.is_capital: BoolArray = np.zeros(_FIRST_CAPACITY, np.bool_)
        self._stems: dict[str, int] = {}
        self._stem_of: IntArray = np.zeros(_FIRST_CAPACITY, np.int64)
        self._first: IntArray = np.zeros(_FIRST_CAPACITY, np.int64)
        self._stem_list: list[str] = []
        self._several: list[tuple[int, ...]] = []
        self._reader = reader
        self._older = older

    def renewed(self) -> Lexicon:
        """Return the one to read the next article with: itself, or its successor if it is full."""
        size = max(len(self), len(self.words))
        if size < MAX_ENTRIES:
            return self
        self._older = None
        return Lexicon(self._reader, self if size < 2 * MAX_ENTRIES else None)

    def read(self, text: str, spans: Iterable[tuple[int, int]]) -> tuple[IntArray, IntArray]:
        """Find the words of some stretches of a text.

        Args:
            text: any text.
            spans: the stretches, as half-open code-point ranges.

        Returns:
            The rows of all words, and where each stretch begins among them; last the end.
        """
        found: list[int] = []
        pointers = [0]
        for start, end in spans:
            found += map(self.__getitem__, text[start:end].split())
            pointers.append(len(found))
        rows = np.fromiter(found, np.int64, len(found))
        bounds = np.fromiter(pointers, np.int64, len(pointers))
        odd = (rows < 0).nonzero()[0].tolist()
        if not odd:
            return rows, bounds
        lengths = np.ones(len(found) + 1, np.int64)
        several = [self._several[~found[place]] for place in odd]
        lengths[odd] = [len(words) for words in several]
        starts = lengths.cumsum() - lengths
        rows = rows.repeat(lengths[:-1])
        for start, words in zip(starts[odd].tolist(), several, strict=True):
            rows[start : start + len(words)] = words
        return rows, starts[bounds]

    def number_stems(self, rows: IntArray) -> tuple[IntArray, tuple[str, ...]]:
        """Number the stems of words by first occurrence.

        Args:
            rows: the words.

        Returns:
            For each word the number of its stem, and the stems.
        """
        places = np.arange(len(rows))
        with self._reader.lock:
            stems = self._stem_of[rows]
            # Written from the end, so that the first place stays.
            self._first[stems[::-1]] = places[::-1]
            first = self._first[stems]
        is_first = first == places
        known = self._stem_list
        vocabulary = tuple([known[stem] for stem in stems[is_first].tolist()])
        return (is_first.cumsum() - 1)[first], vocabulary

    def __missing__(self, token: str) -> int:
        with self._reader.lock:
            parts = self._reader.split(token)
            if parts == [token]:
                row = self._add(self._term(token))
            else:
                rows = tuple([self[part] for part in parts])
                row = rows[0] if len(rows) == 1 else ~len(self._several)
                if row < 0:
                    self._several.append(rows)
            if len(token) <= MAX_ENTRY_CHARS:
                self[token] = row
        return row

    def _term(self, word: str) -> Term:
        older = self._older
        row = older.get(word) if older is not None else None
        if older is None or row is None:
            return self._reader.make_term(word)
        return older.words[row]

    def _add(self, term: Term) -> int:
        row = len(self.words)
        if row == len(self._stem_of):
            for name in ("is_content", "is_capital", "_stem_of", "_first"):
                column = getattr(self, name)
                setattr(self, name, np.concatenate((column, np.zeros_like(column))))
        stem = self._stems.setdefault(term.stem, len(self._stems))
        if stem == len(self._stem_list):
            self._stem_list.append(term.stem)
        self._stem_of[row] = stem
        self.is_content[row] = not term.is_stop
        self.is_capital[row] = term.lower is not term.text
        self.words.append(term)
        return row


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
