"""Words, stems and stop words of an article's sentences, laid out for array work.

Knows spans and words: it must not know how sentences are found, ranked or chosen.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from summarizer.models import Span
from summarizer.text.scripts import UNSPACED
from summarizer.text.segments import load_segmenter
from summarizer.text.stems import fold, make_stemmer
from summarizer.text.stopwords import stop_words

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

MAX_LEXICON_ENTRIES = 40_000
MAX_LEXICON_LANGUAGES = 8
MAX_ENTRY_CHARS = 60
"""What is remembered at most: two generations of entries a language, some 25 MB each language."""

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
    rf"|{_PART}(?:(?:['’ʼ‑-]|(?<=\d)[.,](?=\d)){_PART})*+"
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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terms:
    """The words of all sentences, one after the other, and those of title and query.

    Attributes:
        words: every word of every sentence.
        pointers: where each sentence begins in `words`, and the end of the last: sentence i is
            words[pointers[i]:pointers[i + 1]].
        stem_ids: for each word the index of its stem in `vocabulary`.
        is_content: for each word whether it is no stop word.
        vocabulary: the different stems, by first occurrence.
        title: the words of the title.
        title_ids: the title's content stems that the sentences have, ascending, each once.
        query: the words of the query.
        query_ids: the query's content stems that the sentences have, ascending, each once.
    """

    words: tuple[Term, ...]
    pointers: IntArray
    stem_ids: IntArray
    is_content: BoolArray
    vocabulary: tuple[str, ...]
    title: tuple[Term, ...]
    title_ids: IntArray
    query: tuple[Term, ...]
    query_ids: IntArray

    @property
    def sentence_count(self) -> int:
        """Return the number of sentences."""
        return len(self.pointers) - 1

    def sentence(self, index: int) -> tuple[Term, ...]:
        """Return the words of one sentence."""
        start, end = self.pointers[index : index + 2].tolist()
        return self.words[start:end]


def extract_terms(
    text: str,
    spans: Sequence[Span],
    *,
    language: str,
    title: str | None = None,
    query: str | None = None,
) -> Terms:
    """Find the words of each sentence.

    Words are runs of letters, digits and marks, joined by apostrophes and hyphens, and by points
    and commas between digits; dotted abbreviations are one word. Scripts without spaces are
    read as `load_segmenter` says. Time is linear in the length of the text.

    Args:
        text: the article as given.
        spans: its sentences, in order, as half-open code-point ranges of the text.
        language: ISO 639-1 code; one that is not known has no stems and no stop words.
        title: the publisher's headline.
        query: words that the summary should be about.
    """
    lexicon = _lexicon(language)
    words: list[Term] = []
    pointers = [0]
    for start, end in spans:
        words += lexicon.words(text[start:end])
        pointers.append(len(words))
    # Numbered by first occurrence, so that ids do not depend on what was cached.
    ids: dict[str, int] = {}
    stems = [ids.setdefault(word.stem, len(ids)) for word in words]
    is_content = [not word.is_stop for word in words]
    title_words = tuple(lexicon.words(title)) if title else ()
    query_words = tuple(lexicon.words(query)) if query else ()
    return Terms(
        words=tuple(words),
        pointers=np.fromiter(pointers, np.int64, len(pointers)),
        stem_ids=np.fromiter(stems, np.int64, len(stems)),
        is_content=np.fromiter(is_content, np.bool_, len(is_content)),
        vocabulary=tuple(ids),
        title=title_words,
        title_ids=_content_ids(title_words, ids),
        query=query_words,
        query_ids=_content_ids(query_words, ids),
    )


def read_words(text: str, *, language: str) -> tuple[Term, ...]:
    """Return the words of any text, as `extract_terms` reads them.

    Args:
        text: running text or a list of words.
        language: ISO 639-1 code.
    """
    return tuple(_lexicon(language).words(text))


def _content_ids(words: Iterable[Term], ids: dict[str, int]) -> IntArray:
    found = {ids[word.stem] for word in words if not word.is_stop and word.stem in ids}
    return np.array(sorted(found), dtype=np.int64)


class _Lexicon(dict[str, tuple[Term, ...]]):
    """What every stretch between two spaces is made of, remembered from article to article.

    Nothing depends on what is remembered. When full, it starts anew and takes over from the
    generation before only what comes up again.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._stops = stop_words(language)
        self._stem = make_stemmer(language)
        self._segment = load_segmenter(language)
        self._older: dict[str, tuple[Term, ...]] = {}
        # NLTK's stemmers keep the word they work on in themselves: one thread at a time.
        self._lock = threading.RLock()

    def words(self, text: str) -> Iterable[Term]:
        """Return the words of a text in order."""
        return chain.from_iterable(map(self.__getitem__, text.split()))

    def __missing__(self, token: str) -> tuple[Term, ...]:
        with self._lock:
            words = self._older.get(token) or self._read(token)
            if len(token) <= MAX_ENTRY_CHARS:
                if len(self) >= MAX_LEXICON_ENTRIES:
                    self._older = dict(self)
                    self.clear()
                self[token] = words
        return words

    def _read(self, token: str) -> tuple[Term, ...]:
        words = self._split(token)
        if words == [token]:
            return (self._make_term(token),)
        return tuple(chain.from_iterable(map(self.__getitem__, words)))

    def _split(self, token: str) -> list[str]:
        words: list[str] = _WORD.findall(token)
        if _UNSPACED.search(token) is None:
            return words
        runs = [run for word in words for run in _UNSPACED.split(word) if run]
        return [
            part for run in runs for part in (self._segment(run) if _UNSPACED.match(run) else [run])
        ]

    def _make_term(self, word: str) -> Term:
        lower = word.lower()
        if lower == word:
            lower = word
        folded = fold(word, language=self._language)
        is_stop = lower in self._stops or folded in self._stops
        return Term(text=word, lower=lower, stem=self._stem(folded), is_stop=is_stop)


@lru_cache(maxsize=MAX_LEXICON_LANGUAGES)
def _lexicon(language: str) -> _Lexicon:
    return _Lexicon(language)
