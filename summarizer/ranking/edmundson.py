"""Edmundson's method of cues, title and location.

Must not know how often words occur.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from importlib.resources import files

import numpy as np

from summarizer.ranking.counts import sentence_of_words
from summarizer.ranking.method import BoolArray, Rating, Reasons
from summarizer.ranking.position import OPENS
from summarizer.text.parsed import ParsedArticle
from summarizer.text.stopwords import stop_words
from summarizer.text.terms import read_words

CUE_LANGUAGES = frozenset({"en"})

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def rate_edmundson(parsed: ParsedArticle) -> Rating:
    """Rate sentences by cue words, words of the title, and place in article and paragraph.

    Edmundson, New methods in automatic extracting, JACM 16, 1969, weighted as in sumy: a bonus
    word counts 1, a stigma word -1, a word of the title 2, standing in the first or last
    paragraph 1, opening or closing a paragraph 1.
    """
    terms = parsed.terms
    language = parsed.language
    bonus = _stems(cue_words("bonus", language=language), language)
    stigma = _stems(cue_words("stigma", language=language), language)
    title = {word.stem for word in terms.title} - _stems(stop_words(language), language)
    marks = [(stem in bonus) - (stem in stigma) for stem in terms.vocabulary]
    in_title = [stem in title for stem in terms.vocabulary]
    rows = sentence_of_words(terms)
    count = terms.sentence_count

    def per_sentence(weights: list[int] | list[bool]) -> np.typing.NDArray[np.float64]:
        by_word = np.array(weights, dtype=np.float64)[terms.stem_ids]
        return np.bincount(rows, weights=by_word, minlength=count)

    cue, shared = per_sentence(marks), per_sentence(in_title)
    starts = paragraph_starts(parsed)
    opens_or_closes = starts | np.append(starts[1:], True)
    paragraph = np.cumsum(starts)
    at_edge = (paragraph == 1) | (paragraph == paragraph[-1:])
    reasons = tuple(
        _reasons(is_first=not index, cue=has_cue, title=has_title)
        for index, (has_cue, has_title) in enumerate(zip(cue > 0, shared > 0, strict=True))
    )
    return Rating(values=cue + 2.0 * shared + at_edge + opens_or_closes, reasons=reasons)


def _reasons(*, is_first: bool, cue: bool, title: bool) -> Reasons:
    found = (
        (is_first, OPENS),
        (title, "shares words with the title"),
        (cue, "uses words that announce news"),
    )
    return tuple(phrase for is_true, phrase in found if is_true)


def paragraph_starts(parsed: ParsedArticle) -> BoolArray:
    """Return for each sentence whether it opens a paragraph.

    Paragraphs are parted by blank lines; in a text without any, by line breaks.
    """
    gaps = [
        parsed.text[before.end : after.start]
        for before, after in zip(parsed.spans, parsed.spans[1:], strict=False)
    ]
    blank = [_BLANK_LINE.search(gap) is not None for gap in gaps]
    breaks = blank if any(blank) else ["\n" in gap for gap in gaps]
    return np.array([True, *breaks], dtype=np.bool_)[: len(parsed.spans)]


@cache
def cue_words(kind: str, *, language: str) -> tuple[str, ...]:
    """Return the cue words of a language.

    Args:
        kind: "bonus" or "stigma".
        language: ISO 639-1 code; there are none for a language without lists.
    """
    if language not in CUE_LANGUAGES:
        return ()
    path = files("summarizer") / "data" / "cue_words" / f"{language}_{kind}.txt"
    return tuple(path.read_text(encoding="utf-8").split())


@cache
def _stems(words: Collection[str], language: str) -> frozenset[str]:
    """Return the stems of a list of words; the lists are few, so all are remembered."""
    return frozenset(word.stem for word in read_words(" ".join(words), language=language))
