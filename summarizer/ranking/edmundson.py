"""Edmundson's method of cues, title and location.

Must not know how often words occur.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

import numpy as np

from summarizer.ranking.counts import sentence_of_words
from summarizer.ranking.method import BoolArray, Rating, Reasons
from summarizer.ranking.reasons import OPENS, SHARES_TITLE
from summarizer.text.parsed import ParsedArticle
from summarizer.text.stopwords import stop_words
from summarizer.text.terms import Terms, read_words

CUE_LANGUAGES = frozenset({"en"})

_CUE = "uses words that announce news"
_REASONS: tuple[Reasons, ...] = ((), (_CUE,), (SHARES_TITLE,), (SHARES_TITLE, _CUE))

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def rate_edmundson(parsed: ParsedArticle) -> Rating:
    """Rate sentences by cue words, words of the title, and place in article and paragraph.

    Edmundson, New methods in automatic extracting, JACM 16, 1969, weighted as in sumy: a bonus
    word counts 1, a stigma word -1, a word of the title 2, standing in the first or last
    paragraph 1, opening or closing a paragraph 1.
    """
    terms = parsed.terms
    rows = sentence_of_words(terms)
    cues = terms.lexicon.look_up(terms.stem_numbers, _cue_of(parsed.language))
    cue = np.bincount(rows, cues[terms.stem_ids], terms.sentence_count)
    is_title = _is_title(terms, language=parsed.language)
    shared = np.bincount(rows, is_title[terms.stem_ids], terms.sentence_count)
    starts = paragraph_starts(parsed)
    opens_or_closes = starts | np.append(starts[1:], True)
    paragraph = np.cumsum(starts)
    is_at_edge = (paragraph == 1) | (paragraph == paragraph[-1:])
    reasons = [_REASONS[kind] for kind in (2 * (shared > 0.0) + (cue > 0.0)).tolist()]
    reasons[:1] = [(OPENS, *first) for first in reasons[:1]]
    values = cue + 2.0 * shared + is_at_edge + opens_or_closes
    return Rating(values=values.tolist(), reasons=tuple(reasons))


def _is_title(terms: Terms, *, language: str) -> BoolArray:
    """Return for each stem whether the title has it; stems of stop words do not count."""
    is_title = np.zeros(terms.stem_count, dtype=np.bool_)
    stems = terms.lexicon.stems(terms.stem_numbers[terms.title_ids])
    null = _stop_stems(language)
    is_title[terms.title_ids] = [stem not in null for stem in stems]
    return is_title


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
def _cue_of(language: str) -> Callable[[str], int]:
    """Return the function that says of a stem whether it is a bonus, 1, or a stigma, -1."""
    bonus, stigma = (
        _stems(cue_words(kind, language=language), language=language)
        for kind in ("bonus", "stigma")
    )
    return lambda stem: (stem in bonus) - (stem in stigma)


@lru_cache(maxsize=64)
def _stop_stems(language: str) -> frozenset[str]:
    return _stems(stop_words(language), language=language)


def _stems(words: Iterable[str], *, language: str) -> frozenset[str]:
    return frozenset(word.stem for word in read_words(" ".join(words), language=language))
