"""What a language makes of a stretch of text between two spaces: its words, their stems.

Knows single stretches: it must not know what is remembered of them, nor of sentences.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from string import punctuation

from summarizer.text.stems import fold, make_stemmer
from summarizer.text.stopwords import stop_words
from summarizer.text.unspaced import UNSPACED, load_segmenter

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


class WordReader:
    """What a language does to a stretch of text; `lock` is to be held by who asks."""

    def __init__(self, language: str) -> None:
        # NLTK's stemmers keep the word they work on in themselves: one thread at a time.
        self.lock = threading.RLock()
        self._language = language
        self._stops = stop_words(language)
        self._stem = make_stemmer(language)
        self._segment = load_segmenter(language)

    def split(self, token: str) -> list[str]:
        """Return the words of a stretch of text without spaces."""
        # Most are one word of plain letters, perhaps with marks at its edges.
        if token.isascii() and (word := token.strip(punctuation)).isalpha():
            return [word]
        words: list[str] = _WORD.findall(token)
        if token.isascii() or _UNSPACED.search(token) is None:
            return words
        runs = [run for word in words for run in _UNSPACED.split(word) if run]
        return [
            part for run in runs for part in (self._segment(run) if _UNSPACED.match(run) else [run])
        ]

    def make_term(self, word: str) -> Term:
        """Return a word with what it counts as."""
        lower = word.lower()
        if lower == word:
            lower = word
        folded = fold(word, language=self._language)
        is_stop = lower in self._stops or folded in self._stops
        return Term(text=word, lower=lower, stem=self._stem(folded), is_stop=is_stop)
