"""What the learned ranker knows of each word, each sentence and each set of sentences.

Knows one parsed article and how common words are in news: it must not know any learned weight.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from summarizer.ranking.method import FloatArray, IntArray
from summarizer.text.parsed import ParsedArticle

MAX_SENTENCES = 120
MAX_WORDS = 8_000
"""So much of an article is looked at, from the top; the first sentence always."""

WORD_FEATURES = (
    "frequency", "spread", "earliness", "in_first", "in_second", "in_third", "in_opening",
    "in_later", "rarity", "is_known", "is_stop", "is_capital",
    "is_number", "length", "sentences", "is_cased",
)  # fmt: skip

SENTENCE_FEATURES = (
    "is_first", "is_second", "is_third", "earliness", "depth", "logarithm_of_place",
    "closeness_to_end", "words", "is_short", "is_long", "content_share", "stem_rarity",
    "importance_sum", "importance_mean", "importance_peak", "novel_importance",
    "likeness_to_article", "likeness_to_later", "likeness_to_earlier", "likeness_to_first",
    "likeness_to_opening", "repeats_earlier", "echoed_later", "capitals", "numbers", "commas", "has_quotation", "opens_with_quotation", "is_question",
    "leans_back", "speaks_as_i", "addresses_you", "reports_speech", "sentences", "is_cased",
    "expected_gain",
)  # fmt: skip

SET_FEATURES = (
    "score_sum", "score_least", "score_best", "expected_gain", "coverage", "words", "repetition",
    "likeness_to_article", "first_place", "last_place", "neighbours", "has_first", "loose_ends",
)  # fmt: skip

_CENTRALITY = SENTENCE_FEATURES.index("likeness_to_article")

EXPECTED_SUMMARY_WORDS = 45.0
"""How long a reference summary is taken to be where its overlap with sentences is estimated."""

_I = frozenset("i we me us my our i'm i've we're we've i'll we'll mine ours myself".split())
_YOU = frozenset("you your you're you'll you've yours yourself".split())
_SPEECH = frozenset(
    "said says say told tells added adds according told announced claimed claims reported warned "
    "insisted explained confirmed admitted asked wrote tweeted denied stated noted".split()
)
_BACK = frozenset(
    "he she it they his her their its this that these those but and or so however also then him "
    "them here there meanwhile still yet such another".split()
)
_KINDS: Mapping[str, int] = {
    **dict.fromkeys(_BACK, 8),
    **dict.fromkeys(_SPEECH, 4),
    **dict.fromkeys(_YOU, 2),
    **dict.fromkeys(_I, 1),
}
_MARK = re.compile(r"[,?\"“”]|``|''")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Words:
    """The opening of an article as arrays; sentences are rows, stems are columns.

    Attributes:
        counts: how often each sentence has each stem.
        has: the same, 0 or 1.
        is_stop: for each stem whether it is a stop word's.
        rarity: for each stem its inverse document frequency in news, 0 to 1.
        first: for each stem the first sentence that has it.
        lengths: the number of words of each sentence.
        is_number: for each stem whether it begins with a digit.
        is_cased: 1 where the opening has any capital, 0 where it has none.
        capitals: for each sentence the number of its capitalised words.
        kinds: for each word which closed classes it belongs to, as bits.
        rows: for each word its sentence.
        features: stems by `WORD_FEATURES`.
    """

    counts: FloatArray
    has: FloatArray
    is_stop: FloatArray
    rarity: FloatArray
    first: IntArray
    lengths: FloatArray
    is_number: FloatArray
    is_cased: float
    capitals: FloatArray
    kinds: IntArray
    rows: IntArray
    features: FloatArray


def opening_sentences(parsed: ParsedArticle) -> int:
    """Return how many sentences from the top the learned ranker looks at.

    Args:
        parsed: the article.
    """
    within = int(np.searchsorted(parsed.terms.pointers[1:], MAX_WORDS, side="right"))
    return min(parsed.terms.sentence_count, MAX_SENTENCES, max(within, 1))


def read_stems(parsed: ParsedArticle, *, rarities: Mapping[str, float]) -> Words:
    """Describe every stem of the article's opening.

    Args:
        parsed: the article, with at least one sentence.
        rarities: stems of news with their inverse document frequency, 0 to 1.
    """
    terms = parsed.terms
    size = opening_sentences(parsed)
    end = int(terms.pointers[size])
    ids = terms.stem_ids[:end]
    width = int(ids.max(initial=-1)) + 1
    words = terms.words[:end]
    lengths = np.diff(terms.pointers[: size + 1])
    rows = np.repeat(np.arange(size), lengths)
    counts = np.bincount(rows * width + ids, minlength=size * width).reshape(size, width)
    counts = counts.astype(np.float64)
    has = np.minimum(counts, 1.0)
    vocabulary = terms.vocabulary[:width]
    known = np.array([rarities.get(stem, -1.0) for stem in vocabulary], dtype=np.float64)
    is_known = (known >= 0.0).astype(np.float64)
    rarity = np.where(known >= 0.0, known, 1.0)
    is_stop = np.ones(width)
    is_stop[ids[terms.is_content[:end]]] = 0.0
    is_capital_word = np.array([word.lower is not word.text for word in words], dtype=np.float64)
    is_capital_word[terms.pointers[:size][lengths > 0]] *= 0.5
    totals = counts.sum(axis=0)
    spread = has.sum(axis=0)
    capital = np.bincount(ids, is_capital_word, width) / np.maximum(totals, 1.0)
    is_cased = float(is_capital_word.any())
    first = has.argmax(axis=0)
    is_number = np.array([stem[:1].isdigit() for stem in vocabulary], dtype=np.float64)
    stem_lengths = np.array([len(stem) for stem in vocabulary], dtype=np.float64)
    features = np.empty((width, len(WORD_FEATURES)))
    columns = (
        np.log(totals),
        spread / size,
        1.0 / (1.0 + first),
        has[0],
        has[1] if size > 1 else 0.0,
        has[2] if size > 2 else 0.0,
        np.log1p(counts[:5].sum(axis=0)),
        np.log1p(counts[5:].sum(axis=0)),
        rarity,
        is_known,
        is_stop,
        capital,
        is_number,
        np.minimum(stem_lengths, 12.0) / 12.0,
        np.log(size),
        is_cased,
    )
    for place, column in enumerate(columns):
        features[:, place] = column
    kinds = np.array([_KINDS.get(word.lower, 0) for word in words], dtype=np.int64)
    return Words(
        counts=counts,
        has=has,
        is_stop=is_stop,
        rarity=rarity,
        first=first,
        lengths=lengths.astype(np.float64),
        is_number=is_number,
        is_cased=is_cased,
        capitals=np.bincount(rows, is_capital_word, size),
        kinds=kinds,
        rows=rows,
        features=features,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sentences:
    """What is known of each sentence of the opening.

    Attributes:
        features: sentences by `SENTENCE_FEATURES`.
        likeness: cosine of every two sentences, by stems weighted by rarity.
        loose: for each sentence whether it points to the one before it.
    """

    features: FloatArray
    likeness: FloatArray
    loose: FloatArray


def read_sentences(parsed: ParsedArticle, words: Words, *, importance: FloatArray) -> Sentences:
    """Describe every sentence of the article's opening.

    Args:
        parsed: the article.
        words: its stems.
        importance: for each stem how likely a summary has it, 0 to 1.
    """
    size = len(words.lengths)
    total = len(parsed.spans)
    places = np.arange(size, dtype=np.float64)
    lengths = np.maximum(words.lengths, 1.0)
    content = 1.0 - words.is_stop
    weights = words.rarity * content
    vectors = words.counts * weights
    norms = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    vectors /= np.maximum(norms, 1e-9)[:, None]
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, 0.0)
    later = np.triu(likeness)
    earlier = np.tril(likeness)
    centre = vectors.sum(axis=0)
    centre /= max(float(np.sqrt(centre @ centre)), 1e-9)
    worth = importance * content
    sums = words.has @ worth
    contents = words.has @ content
    novel = words.has * (words.first == places[:, None])
    peaks = (words.has * worth).max(axis=1, initial=0.0)
    marks = _read_marks(parsed, size)
    row_kinds = [np.bincount(words.rows, words.kinds & bit, size) > 0 for bit in (1, 2, 4)]
    starts = np.minimum(parsed.terms.pointers[:size], max(len(words.kinds) - 1, 0))
    if len(words.kinds):
        loose = ((words.kinds[starts] == 8) & (words.lengths > 0)).astype(np.float64)
    else:
        loose = np.zeros(size)
    loose[0] = 0.0
    share = words.has @ importance
    columns = (
        places == 0,
        places == 1,
        places == 2,
        1.0 / (1.0 + places),
        places / total,
        np.log1p(places),
        1.0 / (total - places),
        np.log(lengths),
        lengths < 10,
        lengths > 35,
        contents / lengths,
        (words.has @ weights) / np.maximum(contents, 1.0),
        sums,
        sums / np.maximum(contents, 1.0),
        peaks,
        novel @ worth,
        vectors @ centre,
        later.sum(axis=1) / np.maximum(size - 1.0 - places, 1.0),
        earlier.sum(axis=1) / np.maximum(places, 1.0),
        likeness[0],
        likeness[:, :3].mean(axis=1),
        earlier.max(axis=1),
        later.max(axis=1),
        words.capitals / lengths,
        words.has @ words.is_number,
        marks[:, 0] / lengths,
        marks[:, 1] > 0,
        marks[:, 2],
        marks[:, 3] > 0,
        loose,
        row_kinds[0],
        row_kinds[1],
        row_kinds[2],
        np.log(total),
        words.is_cased,
        2.0 * share / (lengths + EXPECTED_SUMMARY_WORDS),
    )
    features = np.empty((size, len(SENTENCE_FEATURES)))
    for place, column in enumerate(columns):
        features[:, place] = column
    return Sentences(features=features, likeness=likeness, loose=loose)


def _read_marks(parsed: ParsedArticle, size: int) -> FloatArray:
    """Count commas, quotation marks, opening quotation marks and question marks a sentence."""
    marks = np.zeros((size, 4))
    for index, (start, end) in enumerate(parsed.spans[:size]):
        found = _MARK.findall(parsed.text, start, end)
        if found:
            row = marks[index]
            row[0] = found.count(",")
            row[3] = found.count("?")
            row[1] = len(found) - row[0] - row[3]
            row[2] = _MARK.match(parsed.text, start, end) is not None
    return marks


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
        sets: one row a set, ascending sentence indexes.
        scores: one number a sentence.
        importance: for each stem how likely a summary has it, 0 to 1.
    """
    content = 1.0 - words.is_stop
    has = words.has[sets[:, 0]]
    for column in range(1, sets.shape[1]):
        has = np.maximum(has, words.has[sets[:, column]])
    lengths = words.lengths[sets].sum(axis=1)
    chosen = scores[sets]
    pairs = [(a, b) for a in range(sets.shape[1]) for b in range(a)]
    repeated = np.array([sentences.likeness[sets[:, a], sets[:, b]] for a, b in pairs])
    follows = np.diff(sets, axis=1) == 1
    loose = sentences.loose[sets]
    loose_ends = loose.sum(axis=1) - (loose[:, 1:] * follows).sum(axis=1)
    columns = (
        chosen.sum(axis=1),
        chosen.min(axis=1),
        chosen.max(axis=1),
        2.0 * (has @ importance) / (lengths + EXPECTED_SUMMARY_WORDS),
        has @ (importance * content) / 10.0,
        np.log(np.maximum(lengths, 1.0)),
        repeated.max(axis=0, initial=0.0) if pairs else np.zeros(len(sets)),
        sentences.features[:, _CENTRALITY][sets].mean(axis=1),
        1.0 / (1.0 + sets[:, 0]),
        np.log1p(sets[:, -1]),
        follows.sum(axis=1),
        sets[:, 0] == 0,
        loose_ends,
    )
    features = np.empty((len(sets), len(SET_FEATURES)))
    for place, column in enumerate(columns):
        features[:, place] = column
    return features
