"""The methods that count stems: Luhn and SumBasic.

Must not know where a sentence stands.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping

import numpy as np

from summarizer.ranking.counts import sentence_of_words
from summarizer.ranking.method import FloatArray, IntArray, Rating
from summarizer.ranking.reasons import reasons_above_mean, reasons_where
from summarizer.text.parsed import ParsedArticle

LUHN_MAX_GAP = 4

MAX_CANDIDATES = 500
"""SumBasic picks from so many sentences, so that time is linear; sumy from all."""

# Stands for the words of a sentence that has none.
_NO_STEM = -1


def rate_luhn(parsed: ParsedArticle) -> Rating:
    """Rate sentences by their densest run of frequent words (Luhn, IBM Journal 2, 1958).

    Frequent is a stem that the article's content words have twice. A run begins and ends with one
    and has never more than three other words in a row; it counts as the square of its frequent
    words over all its words.
    """
    terms = parsed.terms
    counts = np.bincount(terms.stem_ids[terms.is_content], minlength=terms.stem_count)
    (places,) = np.nonzero((counts > 1)[terms.stem_ids])
    values = np.zeros(terms.sentence_count)
    if places.size:
        rows = sentence_of_words(terms)[places]
        breaks = (np.diff(places) > LUHN_MAX_GAP) | (np.diff(rows) > 0)
        starts = np.concatenate(([0], np.flatnonzero(breaks) + 1))
        ends = np.concatenate((starts[1:], [len(places)])) - 1
        frequent = ends - starts + 1
        ratings = frequent**2 / (places[ends] - places[starts] + 1)
        ratings[frequent == 1] = 0.0
        np.maximum.at(values, rows[starts], ratings)
    return Rating(
        values=values.tolist(),
        reasons=reasons_above_mean(values, "packs frequent words close together"),
    )


def rate_sum_basic(parsed: ParsedArticle) -> Rating:
    """Pick again and again the sentence with the most probable words, squaring theirs then.

    Nenkova and Vanderwende, The impact of frequency on summarization, 2005. Rates the order of
    picking. Of long articles `MAX_CANDIDATES` are picked from; the others follow as they would
    have stood at the first pick.
    """
    terms = parsed.terms
    stems = terms.stem_ids[terms.is_content]
    shares = np.bincount(stems) / max(len(stems), 1)
    bounds = np.concatenate(((0,), terms.is_content.cumsum()))[terms.pointers]
    first_order = _by_mean(shares[stems], bounds) if len(bounds) > MAX_CANDIDATES else []
    ids, ends = stems.tolist(), bounds.tolist()
    candidates = sorted(first_order[:MAX_CANDIDATES]) or range(terms.sentence_count)
    words = {place: ids[ends[place] : ends[place + 1]] or [_NO_STEM] for place in candidates}
    order = _pick_all(words, [*shares.tolist(), 0.0]) + first_order[MAX_CANDIDATES:]
    return rating_of_order(order, "uses words that are frequent in the article")


def _by_mean(values: FloatArray, bounds: IntArray) -> list[int]:
    """Order sentences by the mean of their words' values, highest first."""
    lengths = np.diff(bounds)
    sums = np.bincount(np.arange(len(lengths)).repeat(lengths), values, len(lengths))
    order: list[int] = np.argsort(-sums / np.maximum(lengths, 1), kind="stable").tolist()
    return order


def _pick_all(words: Mapping[int, list[int]], probabilities: list[float]) -> list[int]:
    """Return the sentences in the order of picking, given each one's stems and their chances."""
    chance = probabilities.__getitem__
    # Probabilities only fall, so a mean computed earlier is a bound: the best of the heap is the
    # best of all if, its mean computed anew, it is still the best.
    heap = [(-sum(map(chance, own)) / len(own), sentence) for sentence, own in words.items()]
    heapq.heapify(heap)
    picks_seen = dict.fromkeys(words, 0)
    order: list[int] = []
    while heap:
        bound, sentence = heap[0]
        own = words[sentence]
        if picks_seen[sentence] < len(order):
            picks_seen[sentence] = len(order)
            now = -sum(map(chance, own)) / len(own)
            if now > bound:
                heapq.heapreplace(heap, (now, sentence))
                continue
        heapq.heappop(heap)
        order.append(sentence)
        for stem in own:
            probabilities[stem] *= probabilities[stem]
    return order


def rating_of_order(order: list[int], phrase: str) -> Rating:
    """Rate sentences by when they were picked; the earlier half is given the phrase as reason.

    Args:
        order: sentence indexes, first pick first.
        phrase: the reason.
    """
    count = len(order)
    values = [0.0] * count
    for value, sentence in zip(range(count, 0, -1), order, strict=True):
        values[sentence] = value
    reasons = reasons_where([2 * value > count for value in values], phrase)
    return Rating(values=values, reasons=reasons)
