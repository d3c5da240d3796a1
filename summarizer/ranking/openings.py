"""The openings of several articles as flat arrays, one article after the other.

Knows parsed articles: it must not know features or weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import add

import numpy as np

from summarizer.ranking.method import BoolArray, FloatArray, IntArray, total_by
from summarizer.ranking.stem_facts import Stems
from summarizer.text.parsed import ParsedArticle
from summarizer.text.terms import Terms

MAX_SENTENCES = 120
MAX_WORDS = 8_000
"""So much of an article is looked at, from the top; the first sentence always."""

EARLY_SENTENCES = 5

COMMA, QUESTION, QUOTATION, OPENS_QUOTATION = range(4)
_QUOTATION_MARKS = '"“”`'


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """The sentences of all openings.

    Attributes:
        article: the article of each.
        place: its index in the article.
        length: the number of its words.
        before: the number of words before it.
        capitals: the number of its capitalised words; the first counts half.
        opener: its first stem, or any if it has no words.
        marks: commas, question marks and quotation marks, and whether one of these opens it.
    """

    article: IntArray
    place: IntArray
    length: IntArray
    before: IntArray
    capitals: FloatArray
    opener: IntArray
    marks: IntArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Vocabulary:
    """The stems of all openings, each article's by first occurrence.

    Attributes:
        article: the article of each.
        total: how often the article has it.
        early: how often its first sentences have it.
        capitals: how often it is capitalised.
        before: how many words stand before it.
        is_content: whether it is no stop word's, 0 or 1.
        facts: what is known of it beside the articles, a column each.
        spread: the number of sentences that have it.
        first: the place of the first of them.
        last: the place of the last of them.
    """

    article: IntArray
    total: IntArray
    early: IntArray
    capitals: FloatArray
    before: IntArray
    is_content: FloatArray
    facts: FloatArray
    spread: IntArray
    first: IntArray
    last: IntArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cells:
    """Which sentence has which stem, sentence by sentence.

    Attributes:
        stem: the stem of each.
        row: its sentence.
        count: how often the sentence has the stem.
        start: the first cell of each sentence.
        filled: the sentences that have a cell; None if all have.
    """

    stem: IntArray
    row: IntArray
    count: IntArray
    start: IntArray
    filled: IntArray | None

    def total(self, values: FloatArray) -> FloatArray:
        """Sum up what the stems of each sentence are worth.

        Args:
            values: kinds of worth by cells; whole numbers of some part of 1, so that their sum is
                exact.

        Returns:
            Kinds of worth by sentences.
        """
        if self.filled is None:
            return np.asarray(np.add.reduceat(values, self.start, axis=1))
        sums = np.zeros((len(values), len(self.start)))
        sums[:, self.filled] = np.add.reduceat(values, self.start[self.filled], axis=1)
        return sums


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Openings:
    """The openings of several articles.

    Attributes:
        sizes: for each article how many of its sentences are looked at.
        totals: for each article how many sentences it has.
        words: for each article how many words are looked at.
        first_rows: for each article the row of its first sentence.
        is_cased: for each article 1 if it has any capital, else 0.
        rows: the sentences.
        stems: the stems.
        cells: which sentence has which stem.
    """

    sizes: IntArray
    totals: IntArray
    words: IntArray
    first_rows: IntArray
    is_cased: FloatArray
    rows: Rows
    stems: Vocabulary
    cells: Cells


def has_words(parsed: ParsedArticle) -> bool:
    """Tell whether there is a word in the part of the article that is looked at.

    Args:
        parsed: the article.
    """
    return bool(parsed.terms.pointers[_size(parsed.terms)] > 0)


def _size(terms: Terms) -> int:
    pointers = terms.pointers
    count = min(len(pointers) - 1, MAX_SENTENCES)
    if pointers[count] <= MAX_WORDS:
        return count
    return max(int(np.searchsorted(pointers, MAX_WORDS, side="right")) - 1, 1)


def read_openings(parsed: Sequence[ParsedArticle], stems: Stems) -> Openings:
    """Lay out the openings of articles.

    Args:
        parsed: at least one article, each one that `has_words`.
        stems: what is known beside the articles.
    """
    terms = [article.terms for article in parsed]
    size = [_size(own) for own in terms]
    pointers = [own.pointers[: count + 1] for own, count in zip(terms, size, strict=True)]
    words = np.array([own[-1] for own in pointers])
    sizes = np.array(size)
    article = np.arange(len(sizes)).repeat(sizes)
    first_rows = sizes.cumsum() - sizes
    length = np.concatenate([own[1:] - own[:-1] for own in pointers])
    is_capital = _of_words([own.is_capital for own in terms], words).astype(np.float64)
    starts = length.cumsum() - length
    is_capital[starts[length > 0]] *= 0.5
    row = np.arange(len(length)).repeat(length)
    capitals = total_by(row, is_capital, len(length))
    ids = [own.stem_ids[:count] for own, count in zip(terms, words.tolist(), strict=True)]
    widths = np.array([own.max() + 1 for own in ids])
    first_stems = widths.cumsum() - widths
    stem = np.concatenate(ids) + first_stems.repeat(words)
    place = np.arange(len(length)) - first_rows[article]
    article_of_stem = np.arange(len(sizes)).repeat(widths)
    cells = _read_cells(stem, row, widths=widths[article], first_stems=first_stems[article])
    rows = Rows(
        article=article,
        place=place,
        length=length,
        before=np.concatenate([own[:-1] for own in pointers]),
        capitals=capitals,
        opener=stem[np.minimum(starts, len(stem) - 1)],
        marks=_read_marks(parsed, size),
    )
    is_content = _of_words([own.is_content for own in terms], words)
    places = [
        own.lexicon.look_up(own.stem_numbers[:count], stems.place_of)
        for own, count in zip(terms, widths.tolist(), strict=True)
    ]
    first_word = np.empty(len(article_of_stem), dtype=np.int64)
    # Written from the end, so that the earliest word stays.
    first_word[stem[::-1]] = np.arange(len(stem) - 1, -1, -1)
    place_of_cell = place[cells.row]
    first, last = np.empty_like(first_word), np.empty_like(first_word)
    first[cells.stem[::-1]] = place_of_cell[::-1]
    last[cells.stem] = place_of_cell
    return Openings(
        sizes=sizes,
        totals=np.array([len(own.pointers) - 1 for own in terms]),
        words=words,
        first_rows=first_rows,
        is_cased=(np.maximum.reduceat(capitals, first_rows) > 0.0).astype(np.float64),
        rows=rows,
        stems=Vocabulary(
            article=article_of_stem,
            total=np.bincount(stem),
            early=np.bincount(stem[place[row] < EARLY_SENTENCES], minlength=len(first_word)),
            capitals=total_by(stem, is_capital, len(first_word)),
            before=first_word - (words.cumsum() - words)[article_of_stem],
            is_content=(np.bincount(stem, is_content) > 0.0).astype(np.float64),
            facts=stems.facts(np.concatenate(places)),
            spread=np.bincount(cells.stem),
            first=first,
            last=last,
        ),
        cells=cells,
    )


def _of_words(flags: Sequence[BoolArray], words: IntArray) -> BoolArray:
    return np.concatenate([own[:count] for own, count in zip(flags, words.tolist(), strict=True)])


def _read_cells(stem: IntArray, row: IntArray, *, widths: IntArray, first_stems: IntArray) -> Cells:
    """Count which sentence has which stem.

    Args:
        stem: for each word its stem.
        row: for each word its sentence.
        widths: for each sentence how many stems its article has.
        first_stems: for each sentence the first stem of its article.
    """
    # A table has a line for each sentence, and there a place for each stem of the article.
    lines = widths.cumsum() - widths
    shift = lines - first_stems
    table = np.bincount(stem + shift[row])
    found = np.flatnonzero(table > 0)
    start = found.searchsorted(lines)
    sizes = np.empty_like(start)
    sizes[:-1] = start[1:]
    sizes[-1] = len(found)
    sizes -= start
    row_of_cell = np.arange(len(lines)).repeat(sizes)
    return Cells(
        stem=found - shift[row_of_cell],
        row=row_of_cell,
        count=table[found],
        start=start,
        filled=None if sizes.all() else np.flatnonzero(sizes),
    )


def _read_marks(parsed: Sequence[ParsedArticle], sizes: Sequence[int]) -> IntArray:
    """Return how often each sentence has each kind of mark, a row a kind."""
    marks: tuple[list[int], ...] = ([], [], [], [])
    for article, size in zip(parsed, sizes, strict=True):
        text, spans = article.text, article.spans[:size]
        count = text.count
        none = [0] * size
        questions, quotations, opens = none, none, none
        if "?" in text:
            questions = [count("?", start, end) for start, end in spans]
        for mark in _QUOTATION_MARKS:
            if mark in text:
                found = [count(mark, start, end) for start, end in spans]
                quotations = list(map(add, quotations, found)) if any(quotations) else found
                opens = [text[start] in _QUOTATION_MARKS for start, _ in spans]
        commas = [count(",", start, end) for start, end in spans]
        for kind, own in zip(marks, (commas, questions, quotations, opens), strict=True):
            kind += own
    return np.array(marks, dtype=np.int64)
