"""Edmundson's method of cues, title and location.

Must not know how often words occur.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

import numpy as np

from summarizer.ranking.counts import sentence_of_words
from summarizer.ranking.method import BoolArray, FloatArray, Rating, Reasons
from summarizer.ranking.reasons import OPENS, SHARES_TITLE
from summarizer.text.parsed import ParsedArticle
from summarizer.text.stopwords import stop_words
from summarizer.text.terms import Terms, read_words

CUE_LANGUAGES = frozenset({"en"})

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def rate_edmundson(parsed: ParsedArticle) -> Rating:
    """Rate sentences by cue words, words of the title, and place in article and paragraph.

    Edmundson, New methods in automatic extracting, JACM 16, 1969, weighted as in sumy: a bonus
    word counts 1, a stigma word -1, a word of the title 2, standing in the first or last
    paragraph 1, opening or closing a paragraph 1.
    """
    terms = parsed.terms
    bonus, stigma, null = _stem_sets(parsed.language)
    title = {word.stem for word in terms.title} - null
    cue = _per_sentence(terms, [(stem in bonus) - (stem in stigma) for stem in terms.vocabulary])
    shared = _per_sentence(terms, [stem in title for stem in terms.vocabulary])
    starts = paragraph_starts(parsed)
    opens_or_closes = starts | np.append(starts[1:], True)
    paragraph = np.cumsum(starts)
    is_at_edge = (paragraph == 1) | (paragraph == paragraph[-1:])
    reasons = tuple(
        _reasons(is_first=not index, has_title=has_title, has_cue=has_cue)
        for index, (has_title, has_cue) in enumerate(zip(shared > 0, cue > 0, strict=True))
    )
    return Rating(values=cue + 2.0 * shared + is_at_edge + opens_or_closes, reasons=reasons)


def _per_sentence(terms: Terms, weights: Sequence[float]) -> FloatArray:
    """Return for each sentence the sum of its words' weights, given for each stem."""
    by_word = np.array(weights, dtype=np.float64)[terms.stem_ids]
    sums = np.bincount(sentence_of_words(terms), by_word, terms.sentence_count)
    return sums.astype(np.float64, copy=False)


def _reasons(*, is_first: bool, has_title: bool, has_cue: bool) -> Reasons:
    found = (
        (is_first, OPENS),
        (has_title, SHARES_TITLE),
        (has_cue, "uses words that announce news"),
    )
    return tuple(phrase for is_true, phrase in found if is_true)


def paragraph_starts(parsed: ParsedArticle) -> BoolArray:
    """Return for each sentence whether it opens a paragraph.

    Paragraphs are parted by blank lines; in a text without any, by line breaks.
    """
    gaps = [parsed.text[before.end : after.start] for before, after in pairwise(parsed.spans)]
    blank = [_BLANK_LINE.search(gap) is not None for gap in gaps]
    breaks = blank if any(blank) else ["\n" in gap for gap in gaps]
    return np.array([True, *breaks], dtype=np.bool_)[: len(parsed.spans)]


def cue_words(kind: str, *, language: str) -> list[str]:
    """Return the cue words of a language.

    Args:
        kind: "bonus" or "stigma".
        language: ISO 639-1 code; there are none for a language without lists.
    """
    if language not in CUE_LANGUAGES:
        return []
    path = files("summarizer") / "data" / "cue_words" / f"{language}_{kind}.txt"
    return path.read_text(encoding="utf-8").split()


@lru_cache(maxsize=64)
def _stem_sets(language: str) -> tuple[frozenset[str], ...]:
    """Return the stems of the bonus, the stigma and the null words, which are the stop words."""
    lists = (
        cue_words("bonus", language=language),
        cue_words("stigma", language=language),
        stop_words(language),
    )
    return tuple(
        frozenset(word.stem for word in read_words(" ".join(words), language=language))
        for words in lists
    )
