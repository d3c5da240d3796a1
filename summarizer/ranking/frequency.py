"""The methods that count stems: Luhn and SumBasic.

Must not know where a sentence stands.
"""

from __future__ import annotations

import heapq
from itertools import pairwise

import numpy as np

from summarizer.ranking.counts import sentence_of_words
from summarizer.ranking.method import Rating
from summarizer.ranking.reasons import reasons_above_mean
from summarizer.text.parsed import ParsedArticle

LUHN_MAX_GAP = 4


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
        values=values, reasons=reasons_above_mean(values, "packs frequent words close together")
    )


def rate_sum_basic(parsed: ParsedArticle) -> Rating:
    """Pick again and again the sentence with the most probable words, squaring theirs then.

    Nenkova and Vanderwende, The impact of frequency on summarization, 2005. Rates the order of
    picking.
    """
    terms = parsed.terms
    stems = terms.stem_ids[terms.is_content]
    probabilities = (np.bincount(stems) / max(len(stems), 1)).tolist()
    rows = sentence_of_words(terms)[terms.is_content]
    bounds = np.searchsorted(rows, np.arange(terms.sentence_count + 1)).tolist()
    ids = stems.tolist()
    words = [ids[start:end] for start, end in pairwise(bounds)]

    def mean(sentence: int) -> float:
        own = words[sentence]
        return sum(map(probabilities.__getitem__, own)) / len(own) if own else 0.0

    # Probabilities only fall, so a mean computed earlier is a bound: the best of the heap is the
    # best of all once its mean, computed anew, has not changed.
    heap = [(-mean(sentence), sentence) for sentence in range(len(words))]
    heapq.heapify(heap)
    order: list[int] = []
    while heap:
        bound, sentence = heap[0]
        now = -mean(sentence)
        if now > bound:
            heapq.heapreplace(heap, (now, sentence))
            continue
        heapq.heappop(heap)
        order.append(sentence)
        for stem in words[sentence]:
            probabilities[stem] *= probabilities[stem]
    return rating_of_order(order, "uses words that are frequent in the article")


def rating_of_order(order: list[int], phrase: str) -> Rating:
    """Rate sentences by when they were picked; the earlier half is given the phrase as reason.

    Args:
        order: sentence indexes, first pick first.
        phrase: the reason.
    """
    values = np.empty(len(order))
    values[order] = np.arange(len(order), 0, -1)
    return Rating(values=values, reasons=reasons_above_mean(values, phrase))
