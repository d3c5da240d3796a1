"""What the learned ranker knows of each word, each sentence and each set of sentences.

Knows one parsed article and how common words are in news: it must not know any learned weight.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat

import numpy as np
import numpy.typing as npt

from summarizer.ranking.method import FloatArray, IntArray
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

SET_FEATURES = (
    "score_sum", "score_least", "score_best", "expected_gain", "coverage", "words", "repetition",
    "likeness_to_article", "first_place", "last_place", "neighbours", "has_first", "loose_ends",
)  # fmt: skip

LOOSE_ENDS = SET_FEATURES.index("loose_ends")
_CENTRALITY = SENTENCE_FEATURES.index("likeness_to_article")
_SHORT_WORDS = 10
_OPENING_SENTENCES = 5
_LONGEST_STEM = 12

_I = frozenset("i we me us my our mine ours myself".split())
_YOU = frozenset("you your yours yourself".split())
_SPEECH = frozenset(
    "said say told tell add accord announc claim report warn insist explain confirm admit ask "
    "wrote tweet deni state note".split()
)
_BACK = frozenset(
    "he she it they his her their it this that these those but and or so howev also then him "
    "them here there meanwhil still yet such anoth".split()
)
# Columns of what is known of a stem beside the article.
_RARITY, _IS_KNOWN, _IS_NUMBER, _LENGTH, _IS_I, _IS_YOU, _IS_SPEECH, _IS_BACK = range(8)


class Stems:
    """What is known of stems beside any article."""

    def __init__(self, rarities: Mapping[str, float]) -> None:
        """Make the table.

        Args:
            rarities: stems of news with their inverse document frequency, 0 to 1.
        """
        self._rows = {stem: row for row, stem in enumerate(rarities, start=1)}
        unknown = [_facts("", 1.0, is_known=False)]
        known = [_facts(stem, rarity, is_known=True) for stem, rarity in rarities.items()]
        self._table = np.array(unknown + known)

    def look_up(self, stems: tuple[str, ...]) -> FloatArray:
        """Return one row of facts a stem.

        Args:
            stems: each once.
        """
        rows = np.fromiter(map(self._rows.get, stems, repeat(0)), np.int64, len(stems))
        facts = self._table.take(rows, axis=0)
        for place in np.flatnonzero(rows == 0).tolist():
            facts[place] = _facts(stems[place], 1.0, is_known=False)
        return facts


def _facts(stem: str, rarity: float, *, is_known: bool) -> tuple[float, ...]:
    return (
        rarity,
        is_known,
        stem[:1].isdigit(),
        min(len(stem), _LONGEST_STEM) / _LONGEST_STEM,
        stem in _I,
        stem in _YOU,
        stem in _SPEECH,
        stem in _BACK,
    )


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
    written = bytes([word.lower is not word.text for word in terms.words[:end]])
    is_capital = np.frombuffer(written, np.uint8).astype(np.float64)
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
    features[9:13] = facts[:, :_IS_I].T
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
    traits[1] = words.facts[:, _RARITY] * words.is_content
    traits[2] = importance * words.is_content
    traits[3] = importance
    traits[4:] = words.facts[:, [_IS_NUMBER, _IS_I, _IS_YOU, _IS_SPEECH]].T
    sums = (words.has @ traits.T).T
    contents = np.maximum(sums[0], 1.0)
    weighted = words.counts * traits[1]
    likeness = weighted @ weighted.T
    norms = np.sqrt(np.maximum(likeness.diagonal(), 1e-9))
    likeness /= norms
    likeness /= norms[:, None]
    totals = likeness.sum(axis=1)
    centrality = totals / max(float(totals.sum()), 1e-9) ** 0.5
    is_later = _later(size)
    later = likeness * is_later
    earlier = likeness * is_later.T
    is_loose = words.facts[:, _IS_BACK][words.opens]
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
    return Sentences(features=_table(columns, size), likeness=likeness, is_loose=is_loose)


def _table(columns: tuple[npt.ArrayLike, ...], size: int) -> FloatArray:
    table = np.empty((len(columns), size))
    for place, column in enumerate(columns):
        table[place] = column
    return table.T


@lru_cache(maxsize=MAX_SENTENCES)
def _later(size: int) -> FloatArray:
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


def read_sets(
    words: Words,
    sentences: Sentences,
    *,
    sets: IntArray,
    scores: FloatArray,
    importance: FloatArray,
) -> FloatArray:
    """Describe sets of sentences, by `SET_FEATURES`.

    Args:
        words: the article's stems.
        sentences: the article's sentences.
        sets: one row a set, at least two ascending sentence indexes each.
        scores: one number a sentence.
        importance: for each stem how likely a summary has it, 0 to 1.
    """
    members = sets.T
    has = words.has[members].max(axis=0)
    worth = np.array([importance, importance * words.is_content])
    coverage = worth @ has.T
    lengths = np.maximum(words.lengths[members].sum(axis=0), 1.0)
    chosen = scores[members]
    pairs = sentences.likeness[members[:, None], members[None]] * _later(len(members))[:, :, None]
    follows = (members[1:] - members[:-1]) == 1
    is_loose = sentences.is_loose[members]
    columns = (
        chosen.sum(axis=0),
        chosen.min(axis=0),
        chosen.max(axis=0),
        2.0 * coverage[0] / (lengths + EXPECTED_SUMMARY_WORDS),
        coverage[1],
        np.log(lengths),
        pairs.max(axis=(0, 1)),
        sentences.features[members, _CENTRALITY].sum(axis=0),
        1.0 / (1.0 + members[0]),
        np.log1p(members[-1]),
        follows.sum(axis=0),
        members[0] == 0,
        is_loose.sum(axis=0) - (is_loose[1:] * follows).sum(axis=0),
    )
    return _table(columns, len(sets))
