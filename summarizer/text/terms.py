"""Words, stems and stop words of an article's sentences, laid out for array work.

Knows spans and words: it must not know how sentences are found, ranked or chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, pairwise

import numpy as np

from summarizer.models import Span
from summarizer.text.lexicon import BoolArray, IntArray, Lexicon, load_lexicon
from summarizer.text.words import Term

_NO_IDS: IntArray = np.zeros(0, np.int64)

__all__ = ["Term", "Terms", "extract_terms", "extract_terms_many", "read_words"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Terms:
    """The words of all sentences, one after the other, and those of title and query.

    Attributes:
        pointers: where each sentence begins in `words`, and the end of the last: sentence i is
            words[pointers[i]:pointers[i + 1]].
        forms: for each word its number as it is written, in `lexicon`.
        stem_ids: for each word the index of its stem in `vocabulary`.
        is_content: for each word whether it is no stop word.
        is_capital: for each word whether it is not written in lower case.
        stem_numbers: the different stems by first occurrence, as `lexicon` numbers them.
        stem_firsts: for each of them the first word that has it.
        title: the words of the title.
        title_ids: the title's content stems that the sentences have, ascending, each once.
        query: the words of the query.
        query_ids: the query's content stems that the sentences have, ascending, each once.
        sentences: their texts.
        lexicon: what they were read with.
    """

    pointers: IntArray
    forms: IntArray
    stem_ids: IntArray
    is_content: BoolArray
    is_capital: BoolArray
    stem_numbers: IntArray
    stem_firsts: IntArray
    title: tuple[Term, ...]
    title_ids: IntArray
    query: tuple[Term, ...]
    query_ids: IntArray
    sentences: Sequence[str]
    lexicon: Lexicon

    @property
    def stem_count(self) -> int:
        """Return the number of different stems."""
        return len(self.stem_numbers)

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """Return the different stems, by first occurrence."""
        return self.lexicon.stems(self.stem_numbers)

    @cached_property
    def lower_ids(self) -> IntArray:
        """Return numbers, from 0, that words share which differ by case only."""
        lowers = self.lexicon.lowers(self.forms)
        return self.lexicon.number_anew(lowers, [(0, len(lowers))])[0][0]

    @cached_property
    def words(self) -> tuple[Term, ...]:
        """Return every word of every sentence; few methods look at more than the arrays."""
        return self.lexicon.terms(self.forms)

    @property
    def sentence_count(self) -> int:
        """Return the number of sentences."""
        return len(self.pointers) - 1

    def sentence(self, index: int) -> tuple[Term, ...]:
        """Return the words of one sentence."""
        start, end = self.pointers[index : index + 2].tolist()
        return self.lexicon.terms(self.forms[start:end])


def extract_terms(
    text: str,
    spans: Sequence[Span],
    *,
    language: str,
    title: str | None = None,
    query: str | None = None,
) -> Terms:
    """Find the words of each sentence of an article, as `extract_terms_many` does.

    Args:
        text: the article as given.
        spans: its sentences, in order, as half-open code-point ranges of the text.
        language: ISO 639-1 code; one that is not known has no stems and no stop words.
        title: the publisher's headline.
        query: words that the summary should be about.
    """
    sentences = [text[start:end] for start, end in spans]
    return extract_terms_many([(sentences, title)], language=language, query=query)[0]


def extract_terms_many(
    articles: Sequence[tuple[Sequence[str], str | None]], *, language: str, query: str | None = None
) -> list[Terms]:
    """Find the words of each sentence of articles in one language.

    Words are runs of letters, digits and marks, joined by apostrophes and hyphens, and by points
    and commas between digits; dotted abbreviations are one word. Scripts without spaces are
    read as `load_segmenter` says. Time is linear in the length of the text.

    Args:
        articles: the sentences of each, and its publisher's headline, if any.
        language: ISO 639-1 code; one that is not known has no stems and no stop words.
        query: words that the summaries should be about.
    """
    lexicon = load_lexicon(language)
    forms, bounds = lexicon.read(chain.from_iterable([sentences for sentences, _ in articles]))
    stems, is_content, is_capital = lexicon.facts(forms)
    ends = list(accumulate([len(sentences) for sentences, _ in articles], initial=0))
    words = list(pairwise([bounds[end] for end in ends]))
    pointers = np.fromiter(bounds, np.int64, len(bounds))
    numbered = lexicon.number_anew(stems, words)
    query_words, query_forms = _find(lexicon, query)
    found = []
    for place, (sentences, title) in enumerate(articles):
        start, end = words[place]
        stem_ids, stem_firsts, stem_numbers = numbered[place]
        title_words, title_forms = _find(lexicon, title)
        found.append(
            Terms(
                pointers=pointers[ends[place] : ends[place + 1] + 1] - start,
                forms=forms[start:end],
                stem_ids=stem_ids,
                is_content=is_content[start:end],
                is_capital=is_capital[start:end],
                stem_numbers=stem_numbers,
                stem_firsts=stem_firsts,
                title=title_words,
                title_ids=_content_ids(lexicon, title_forms, stem_numbers),
                query=query_words,
                query_ids=_content_ids(lexicon, query_forms, stem_numbers),
                sentences=sentences,
                lexicon=lexicon,
            )
        )
    return found


def read_words(text: str, *, language: str) -> tuple[Term, ...]:
    """Return the words of any text, as `extract_terms` reads them.

    Args:
        text: running text or a list of words.
        language: ISO 639-1 code.
    """
    return _find(load_lexicon(language), text)[0]


def _find(lexicon: Lexicon, text: str | None) -> tuple[tuple[Term, ...], IntArray]:
    """Return the words of a text, and their numbers."""
    if not text:
        return (), _NO_IDS
    forms, _ = lexicon.read([text])
    return lexicon.terms(forms), forms


def _content_ids(lexicon: Lexicon, forms: IntArray, stem_numbers: IntArray) -> IntArray:
    if not len(forms):
        return _NO_IDS
    stems, is_content, _ = lexicon.facts(forms)
    wanted = set(stems[is_content].tolist())
    found = [index for index, stem in enumerate(stem_numbers.tolist()) if stem in wanted]
    return np.array(found, np.int64)
