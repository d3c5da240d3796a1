"""Words, stems and stop words of an article's sentences, laid out for array work.

Knows spans and words: it must not know how sentences are found, ranked or chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from summarizer.models import Span
from summarizer.text.lexicon import BoolArray, IntArray, Lexicon, Term, load_lexicon

__all__ = ["Term", "Terms", "extract_terms", "read_words"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Terms:
    """The words of all sentences, one after the other, and those of title and query.

    Attributes:
        pointers: where each sentence begins in `words`, and the end of the last: sentence i is
            words[pointers[i]:pointers[i + 1]].
        stem_ids: for each word the index of its stem in `vocabulary`.
        is_content: for each word whether it is no stop word.
        is_capital: for each word whether it is not written in lower case.
        vocabulary: the different stems, by first occurrence.
        title: the words of the title.
        title_ids: the title's content stems that the sentences have, ascending, each once.
        query: the words of the query.
        query_ids: the query's content stems that the sentences have, ascending, each once.
        rows: for each word its place in `known`.
        known: words, of this article and others.
    """

    pointers: IntArray
    stem_ids: IntArray
    is_content: BoolArray
    is_capital: BoolArray
    vocabulary: tuple[str, ...]
    title: tuple[Term, ...]
    title_ids: IntArray
    query: tuple[Term, ...]
    query_ids: IntArray
    rows: IntArray
    known: Sequence[Term]

    @cached_property
    def words(self) -> tuple[Term, ...]:
        """Return every word of every sentence; few methods look at more than the arrays."""
        known = self.known
        return tuple([known[row] for row in self.rows.tolist()])

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
    lexicon = load_lexicon(language)
    rows, pointers = lexicon.read(text, spans)
    stem_ids, vocabulary = lexicon.number_stems(rows)
    title_words = _words(lexicon, title)
    query_words = _words(lexicon, query)
    return Terms(
        pointers=pointers,
        stem_ids=stem_ids,
        is_content=lexicon.is_content[rows],
        is_capital=lexicon.is_capital[rows],
        vocabulary=vocabulary,
        title=title_words,
        title_ids=_content_ids(title_words, vocabulary),
        query=query_words,
        query_ids=_content_ids(query_words, vocabulary),
        rows=rows,
        known=lexicon.words,
    )


def read_words(text: str, *, language: str) -> tuple[Term, ...]:
    """Return the words of any text, as `extract_terms` reads them.

    Args:
        text: running text or a list of words.
        language: ISO 639-1 code.
    """
    return _words(load_lexicon(language), text)


def _words(lexicon: Lexicon, text: str | None) -> tuple[Term, ...]:
    if not text:
        return ()
    rows, _ = lexicon.read(text, [(0, len(text))])
    return tuple([lexicon.words[row] for row in rows.tolist()])


def _content_ids(words: Sequence[Term], vocabulary: tuple[str, ...]) -> IntArray:
    wanted = {word.stem for word in words if not word.is_stop}
    found = [index for index, stem in enumerate(vocabulary) if stem in wanted] if wanted else []
    return np.array(found, dtype=np.int64)
