"""What the learned ranker knows of each word and each sentence of an article.

Knows one parsed article and how common words are in news: it must not know any learned weight.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from summarizer.ranking.method import FloatArray, IntArray
from summarizer.ranking.stem_facts import IS_BACK, IS_I, IS_NUMBER, IS_SPEECH, IS_YOU, RARITY, Stems
from summarizer.text.parsed import ParsedArticle

MAX_SENTENCES = 120
MAX_WORDS = 8_000
"""So much of an article is looked at, from the top; the first sentence always."""

EXPECTED_SUMMARY_WORDS = 45.0
"""How long a reference summary is taken to be where its overlap with sentences is estimated."""

WORD_FEATURES = (
    "frequency", "spread", "earliness", "in_first", "in_opening", "in_later", "capital",
    "sentences", "is_cased", "rarity", "is_known", "is_number", "length", "is_stop",
)  # fmt: skip

SENTENCE_FEATURES = (
    "is_first", "is_second", "is_third", "earliness", "depth", "place", "words", "is_short",
    "content_share", "rarity", "importance_sum", "importance_mean", "novel_importance",
    "expected_gain", "likeness_to_article", "likeness_to_later", "likeness_to_earlier",
    "likeness_to_first", "likeness_to_opening", "repeats_earlier", "echoed_later", "capitals",
    "numbers", "commas", "has_quotation", "opens_with_quotation", "is_question", "leans_back",
    "speaks_as_i", "addresses_you", "reports_speech", "sentences", "is_cased",
)  # fmt: skip

CENTRALITY = SENTENCE_FEATURES.index("likeness_to_article")
_SHORT_WORDS = 10
_OPENING_SENTENCES = 5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Words:
    """The opening of an article as arrays; sentences are rows, stems are columns.

    Attributes:
        counts: how often each sentence has each stem.
        has: the same, 0 or 1.
        is_content: for each stem whether it is no stop word's, 0 or 1.
        facts: for each stem what is known of it beside the article.
        first: for each stem the first sentence that has it.
        opens: for each sentence its first stem.
        lengths: the number of words of each sentence.
        capitals: for each sentence the number of its capitalised words; the first counts half.
        is_cased: 1 where the opening has any capital, 0 where it has none.
        features: stems by `WORD_FEATURES`.
    """

    counts: FloatArray
    has: FloatArray
    is_content: FloatArray
    facts: FloatArray
    first: IntArray
    opens: IntArray
    lengths: FloatArray
    capitals: FloatArray
    is_cased: float
    features: FloatArray


def read_stems(parsed: ParsedArticle, stems: Stems) -> Words:
    """Describe every stem of the article's opening.

    Args:
        parsed: the article, one that `has_words`.
        stems: what is known beside the article.
    """
    terms = parsed.terms
    size = _opening_size(parsed)
    pointers = terms.pointers[: size + 1]
    end = int(pointers[-1])
    ids = terms.stem_ids[:end]
    width = int(ids.max()) + 1
    lengths = pointers[1:] - pointers[:-1]
    rows = np.arange(size).repeat(lengths)
    cells = np.bincount(rows * width + ids, minlength=size * width)
    counts = cells.reshape(size, width).astype(np.float64)
    has = np.minimum(counts, 1.0)
    # Written from the end, so that the earliest sentence stays.
    first = np.empty(width, dtype=np.int64)
    first[ids[::-1]] = rows[::-1]
    is_content = np.zeros(width)
    is_content[ids[terms.is_content[:end]]] = 1.0
    is_capital = terms.is_capital[:end].astype(np.float64)
    starts = np.minimum(pointers[:-1], end - 1)
    is_capital[starts] *= 0.5
    is_cased = float(is_capital.any())
    facts = stems.look_up(terms.vocabulary[:width])
    totals = np.bincount(ids, minlength=width)
    early = np.bincount(ids[: pointers[: _OPENING_SENTENCES + 1][-1]], minlength=width)
    features = np.empty((len(WORD_FEATURES), width))
    features[0] = totals
    features[1] = has.sum(axis=0) / size
    features[2] = 1.0 / (1.0 + first)
    features[3] = has[0]
    features[4] = 1.0 + early
    features[5] = 1.0 + totals - early
    features[6] = np.bincount(ids, is_capital, width) / totals
    features[7] = np.log(size)
    features[8] = is_cased
    features[9:13] = facts[:, :IS_I].T
    features[13] = 1.0 - is_content
    for row in (0, 4, 5):
        np.log(features[row], out=features[row])
    return Words(
        counts=counts,
        has=has,
        is_content=is_content,
        facts=facts,
        first=first,
        opens=ids[starts],
        lengths=lengths.astype(np.float64),
        capitals=np.bincount(rows, is_capital, size).astype(np.float64, copy=False),
        is_cased=is_cased,
        features=features.T,
    )


def has_words(parsed: ParsedArticle) -> bool:
    """Tell whether there is a word in the part of the article that is looked at.

    Args:
        parsed: the article.
    """
    return bool(parsed.terms.pointers[_opening_size(parsed)] > 0)


def _opening_size(parsed: ParsedArticle) -> int:
    within = int(np.searchsorted(parsed.terms.pointers[1:], MAX_WORDS, side="right"))
    return min(parsed.terms.sentence_count, MAX_SENTENCES, max(within, 1))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sentences:
    """What is known of each sentence of the opening.

    Attributes:
        features: sentences by `SENTENCE_FEATURES`.
        likeness: cosine of every two sentences, by stems weighted by rarity.
        is_loose: for each sentence whether it points to the one before it, 0 or 1.
    """

    features: FloatArray
    likeness: FloatArray
    is_loose: FloatArray


def read_sentences(parsed: ParsedArticle, words: Words, *, importance: FloatArray) -> Sentences:
    """Describe every sentence of the article's opening.

    Args:
        parsed: the article.
        words: its stems.
        importance: for each stem how likely a summary has it, 0 to 1.
    """
    size, width = words.has.shape
    places = np.arange(size, dtype=np.float64)
    lengths = np.maximum(words.lengths, 1.0)
    traits = np.empty((8, width))
    traits[0] = words.is_content
    traits[1] = words.facts[:, RARITY] * words.is_content
    traits[2] = importance * words.is_content
    traits[3] = importance
    traits[4:] = words.facts[:, [IS_NUMBER, IS_I, IS_YOU, IS_SPEECH]].T
    sums = (words.has @ traits.T).T
    contents = np.maximum(sums[0], 1.0)
    weighted = words.counts * traits[1]
    likeness = weighted @ weighted.T
    norms = np.sqrt(np.maximum(likeness.diagonal(), 1e-9))
    likeness /= norms
    likeness /= norms[:, None]
    totals = likeness.sum(axis=1)
    centrality = totals / max(float(totals.sum()), 1e-9) ** 0.5
    is_later = later_matrix(size)
    later = likeness * is_later
    earlier = likeness * is_later.T
    is_loose = words.facts[:, IS_BACK][words.opens]
    is_loose[0] = 0.0
    marks = _read_marks(parsed, size)
    columns = (
        places == 0.0,
        places == 1.0,
        places == 2.0,
        1.0 / (1.0 + places),
        places / len(parsed.spans),
        np.log1p(places),
        np.log(lengths),
        lengths < _SHORT_WORDS,
        sums[0] / lengths,
        sums[1] / contents,
        sums[2],
        sums[2] / contents,
        np.bincount(words.first, traits[2], size),
        2.0 * sums[3] / (lengths + EXPECTED_SUMMARY_WORDS),
        centrality,
        later.sum(axis=1) / np.maximum(size - 1.0 - places, 1.0),
        earlier.sum(axis=1) / np.maximum(places, 1.0),
        earlier[:, 0],
        earlier[:, :3].sum(axis=1),
        earlier.max(axis=1),
        later.max(axis=1),
        words.capitals / lengths,
        sums[4],
        marks[0] / lengths,
        marks[2] > 0.0,
        marks[3],
        marks[1] > 0.0,
        is_loose,
        sums[5] > 0.0,
        sums[6] > 0.0,
        sums[7] > 0.0,
        np.log(len(parsed.spans)),
        words.is_cased,
    )
    return Sentences(features=make_table(columns, size), likeness=likeness, is_loose=is_loose)


def make_table(columns: tuple[npt.ArrayLike, ...], size: int) -> FloatArray:
    """Return a table of so many rows from its columns."""
    table = np.empty((len(columns), size))
    for place, column in enumerate(columns):
        table[place] = column
    return table.T


@lru_cache(maxsize=MAX_SENTENCES)
def later_matrix(size: int) -> FloatArray:
    """Return for each two sentences whether the second comes later, 0 or 1."""
    return np.triu(np.ones((size, size)), k=1)


def _read_marks(parsed: ParsedArticle, size: int) -> FloatArray:
    """Return commas, question marks, quotation marks and whether one opens, a row each."""
    text, count = parsed.text, parsed.text.count
    marks = [
        (
            count(",", start, end),
            count("?", start, end),
            count('"', start, end) + count("“", start, end) + count("``", start, end),
            text[start] in '"“`',
        )
        for start, end in parsed.spans[:size]
    ]
    return np.array(marks, dtype=np.float64).T
