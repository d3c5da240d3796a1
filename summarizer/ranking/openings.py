"""The openings of several articles as flat arrays, one article after the other.

Knows parsed articles: it must not know features or weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from summarizer.ranking.method import BoolArray, FloatArray, IntArray
from summarizer.ranking.stem_facts import IS_BACK, Stems
from summarizer.text.parsed import ParsedArticle
from summarizer.text.terms import Terms

MAX_SENTENCES = 120
MAX_WORDS = 8_000
"""So much of an article is looked at, from the top; the first sentence always."""

EARLY_SENTENCES = 5
_PLACES = np.arange(MAX_SENTENCES)

# A column for each combination of the three marks, for lists become arrays slowly.
_MARKS_OF_CODES = np.array([[code >> place & 1 for code in range(8)] for place in (2, 1, 0)], float)
_Array = npt.NDArray[Any]
_QUOTATION_MARKS = '"“”`'


class Rows(NamedTuple):
    """The sentences of all openings.

    Attributes:
        article: the article of each.
        place: its index in the article.
        length: the number of its words.
        before: the number of words before it.
        capitals: the number of its capitalised words below the first.
        is_loose: whether it points to the one before it, 0 or 1.
        commas: the number of its commas.
        marks: whether it has question and quotation marks, and whether one of these opens it; a
            row each.
    """

    article: IntArray
    place: IntArray
    length: IntArray
    before: IntArray
    capitals: IntArray
    is_loose: FloatArray
    commas: IntArray
    marks: FloatArray


class Vocabulary(NamedTuple):
    """The stems of all openings, each article's by first occurrence.

    Attributes:
        article: the article of each.
        total: how often the article has it.
        early: how often its first sentences have it.
        capitals: how often it is capitalised below the first word of a sentence.
        first: the first sentence that has it.
        last: the last sentence that has it.
        facts: what is known of it beside the articles, a row each.
        kind: the kind of stems it is of.
    """

    article: IntArray
    total: IntArray
    early: IntArray
    capitals: IntArray
    first: IntArray
    last: IntArray
    facts: FloatArray
    kind: IntArray


class Openings(NamedTuple):
    """The openings of several articles.

    Attributes:
        sizes: for each article how many of its sentences are looked at.
        totals: for each article how many sentences it has.
        words: for each article how many words are looked at.
        first_rows: for each article the row of its first sentence.
        is_cased: for each article 1 if it has a capital below the first word of a sentence, or 0.
        rows: the sentences.
        stems: the stems.
        stem: the stem of each word.
        row: the sentence of each word.
        is_early: whether each word stands in one of its article's first sentences.
        starts: the first word of each sentence that has any.
        filled: the sentences that have words; None if all have.
    """

    sizes: IntArray
    totals: IntArray
    words: IntArray
    first_rows: IntArray
    is_cased: IntArray
    rows: Rows
    stems: Vocabulary
    stem: IntArray
    row: IntArray
    is_early: BoolArray
    starts: IntArray
    filled: IntArray | None

    def total(self, values: FloatArray) -> FloatArray:
        """Sum up what the words of each sentence are worth.

        Args:
            values: stems by kinds of worth; whole numbers of some part of 1, so that their sum is
                exact.

        Returns:
            Sentences by kinds of worth.
        """
        sums = np.add.reduceat(values.take(self.stem, axis=0), self.starts)
        return _spread(sums, self.filled, len(self.rows.place))


def _spread(values: _Array, filled: IntArray | None, count: int) -> _Array:
    if filled is None:
        return values
    spread = np.zeros((count, *values.shape[1:]), values.dtype)
    spread[filled] = values
    return spread


def has_words(parsed: ParsedArticle) -> bool:
    """Tell whether there is a word in the part of the article that is looked at.

    Args:
        parsed: the article.
    """
    pointers, words = parsed.terms.pointers, len(parsed.terms.stem_ids)
    return words > 0 and (len(pointers) <= MAX_SENTENCES or bool(pointers[_size(parsed.terms)] > 0))


def _size(terms: Terms) -> int:
    pointers = terms.pointers
    count = min(len(pointers) - 1, MAX_SENTENCES)
    if len(terms.stem_ids) <= MAX_WORDS or pointers[count] <= MAX_WORDS:
        return count
    return max(int(np.searchsorted(pointers, MAX_WORDS, side="right")) - 1, 1)


def _starts(sizes: Iterable[int]) -> list[int]:
    return [0, *accumulate(sizes)][:-1]


def _joined(arrays: Sequence[_Array]) -> _Array:
    return np.concatenate(arrays) if len(arrays) > 1 else arrays[0]


def read_openings(parsed: Sequence[ParsedArticle], stems: Stems) -> Openings:
    """Lay out the openings of articles.

    Args:
        parsed: at least one article, each one that `has_words`.
        stems: what is known beside the articles.
    """
    terms = [article.terms for article in parsed]
    size = [_size(own) for own in terms]
    sentences = [
        sentence
        for own, count in zip(terms, size, strict=True)
        for sentence in own.sentences[:count]
    ]
    ends = [own.pointers[1 : count + 1] for own, count in zip(terms, size, strict=True)]
    words = [int(own[-1]) for own in ends]
    total = [len(own.pointers) - 1 for own in terms]
    sizes, first_rows, totals, word_counts = np.array([size, _starts(size), total, words])
    article = np.arange(len(size)).repeat(sizes)
    place = _joined([_PLACES[:count] for count in size])
    before = _joined([own.pointers[:count] for own, count in zip(terms, size, strict=True)])
    length = _joined(ends) - before
    starts, filled = np.add.accumulate(length) - length, None
    if 0 in length.tolist():
        filled = np.flatnonzero(length)
        starts = starts.take(filled)
    row = np.arange(len(place)).repeat(length)
    # Any word that opens a sentence has a capital.
    is_capital = _joined([own.is_capital[:count] for own, count in zip(terms, words, strict=True)])
    is_capital = is_capital.astype(np.int64)
    is_capital[starts] = 0
    capitals = _spread(np.add.reduceat(is_capital, starts), filled, len(length))
    is_early = (place < EARLY_SENTENCES).take(row)
    stem, vocabulary = _read_stems(
        terms, words, stems, row=row, is_early=is_early, is_capital=is_capital
    )
    is_loose = vocabulary.facts[:, IS_BACK].take(stem.take(starts))
    is_loose = _spread(is_loose, filled, len(length))
    # The first sentence has none before it.
    is_loose[first_rows] = 0.0
    return Openings(
        sizes=sizes,
        totals=totals,
        words=word_counts,
        first_rows=first_rows,
        is_cased=np.minimum(np.add.reduceat(capitals, first_rows), 1),
        rows=Rows(
            article=article,
            place=place,
            length=length,
            before=before,
            capitals=capitals,
            is_loose=is_loose,
            commas=np.array([sentence.count(",") for sentence in sentences]),
            marks=_read_marks(sentences),
        ),
        stems=vocabulary,
        stem=stem,
        row=row,
        is_early=is_early,
        starts=starts,
        filled=filled,
    )


def _read_stems(
    terms: Sequence[Terms],
    words: Sequence[int],
    stems: Stems,
    *,
    row: IntArray,
    is_early: BoolArray,
    is_capital: IntArray,
) -> tuple[IntArray, Vocabulary]:
    """Number the stems of all articles one after the other, and say where they stand."""
    ids = [own.stem_ids[:count] for own, count in zip(terms, words, strict=True)]
    width = [
        len(own.stem_numbers) if count == len(own.stem_ids) else int(own_ids.max()) + 1
        for own, own_ids, count in zip(terms, ids, words, strict=True)
    ]
    place_of = stems.place_of
    found = [
        own.lexicon.look_up(own.stem_numbers[:count], place_of)
        for own, count in zip(terms, width, strict=True)
    ]
    firsts = [own.stem_firsts[:count] for own, count in zip(terms, width, strict=True)]
    stem, places, first = _joined(ids), _joined(found), _joined(firsts)
    article = np.arange(len(width)).repeat(width)
    if len(ids) > 1:
        stem += np.array(_starts(width)).repeat(words)
        first += np.array(_starts(words)).take(article)
    last = np.empty(len(first), dtype=np.int64)
    last[stem] = row
    return stem, Vocabulary(
        article=article,
        total=np.bincount(stem),
        early=np.bincount(stem[is_early], minlength=len(first)),
        capitals=np.bincount(stem[is_capital > 0], minlength=len(first)),
        first=row.take(first),
        last=last,
        facts=stems.facts(places),
        kind=stems.kinds(places),
    )


def _read_marks(sentences: Sequence[str]) -> FloatArray:
    codes = [
        ("?" in sentence) * 4
        + ('"' in sentence or "“" in sentence or "”" in sentence or "`" in sentence) * 2
        + (sentence[0] in _QUOTATION_MARKS)
        for sentence in sentences
    ]
    return _MARKS_OF_CODES.take(codes, axis=1)
