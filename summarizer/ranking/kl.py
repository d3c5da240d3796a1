"""The method that brings the summary's words near the article's: KL.

Must not know where a sentence stands.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

import numpy as np

from summarizer.ranking.counts import count_stems, sentence_of_words
from summarizer.ranking.frequency import rating_of_order
from summarizer.ranking.method import IntArray, Rating
from summarizer.ranking.pairs import pair_work
from summarizer.text.parsed import ParsedArticle
from summarizer.text.terms import Terms

_TIE = 1e-12
"""Divergences that differ by less are equal: the rest is the order of summation."""


MAX_WORK = 6_000_000
"""Updates that are made within about a second."""


def kl_work(parsed: ParsedArticle) -> float:
    """Estimate the work: each pick looks at all candidates and changes those with its words."""
    return parsed.terms.sentence_count**2 + 2.0 * pair_work(count_stems(parsed.terms))


def rate_kl(parsed: ParsedArticle) -> Rating:
    """Pick again and again the sentence that brings the summary's words nearest the article's.

    Haghighi and Vanderwende, Exploring content models for multi-document summarization, NAACL
    2009, with words instead of stems, as sumy has it. Rates the order of picking.
    """
    summary = _GrowingSummary(parsed.terms)
    order = [summary.add_best() for _ in range(parsed.terms.sentence_count)]
    return rating_of_order(order, "mirrors the article's choice of words")


class _GrowingSummary:
    """A summary and how far it would be from the article with each candidate added.

    The divergence is the sum of p(w) log(p(w) / q(w)) over the words w of the summary, where p is
    the word's share of the article and q its share of the summary. With c(w) for the summary's
    count and L for its length, it is the sum of p(w) (log p(w) - log c(w)) plus log L times the
    sum of p(w): both sums are kept for the summary, and for each candidate what it would add to
    them, and are brought up to date word by word.

    sumy leaves stop words out of a candidate, but once in the summary they count, and there only
    words in lower case match the article's. Both decide what is picked, so both are kept.
    """

    def __init__(self, terms: Terms) -> None:
        counts = Counter(
            [word.lower for word in terms.words if not word.is_stop or word.text != word.lower]
        )
        total = max(counts.total(), 1)
        ids = {word: index for index, word in enumerate(counts)}
        shares = np.array(list(counts.values())) / total
        parts = shares * np.log(shares)
        rows, words, numbers = _content_counts(terms, ids)
        logs = np.log(np.maximum(np.arange(2 * len(terms.words) + 1), 1))
        size = terms.sentence_count
        # Of the candidates, over their content words.
        own = parts[words] - shares[words] * logs[numbers]
        self._sums = np.bincount(rows, weights=own, minlength=size).tolist()
        self._masses = np.bincount(rows, weights=shares[words], minlength=size).tolist()
        self._lengths = np.bincount(rows, weights=numbers, minlength=size).astype(int).tolist()
        # Of each word: its part of the sums, and who uses it how often.
        self._shares, self._parts = shares.tolist(), parts.tolist()
        self._users: list[list[tuple[int, int]]] = [[] for _ in ids]
        for row, word, count in zip(rows.tolist(), words.tolist(), numbers.tolist(), strict=True):
            self._users[word].append((row, count))
        # Of the summary.
        self._counts = [0] * len(ids)
        self._length = 0
        self._mass = 0.0
        self._logs: list[float] = logs.tolist()
        self._sentences = [[word.text for word in terms.sentence(index)] for index in range(size)]
        self._ids = ids

    def add_best(self) -> int:
        """Add the candidate that brings the summary nearest the article, and return its index."""
        logs, length, mass = self._logs, self._length, self._mass
        divergences = [
            weighted + logs[own_length + length] * (own_mass + mass)
            for weighted, own_length, own_mass in zip(
                self._sums, self._lengths, self._masses, strict=True
            )
        ]
        limit = min(divergences) + _TIE
        best = next(row for row, divergence in enumerate(divergences) if divergence <= limit)
        for word in self._sentences[best]:
            if word in self._ids:
                self._add_word(self._ids[word])
        self._length += len(self._sentences[best])
        self._sums[best] = math.inf
        return best

    def _add_word(self, word: int) -> None:
        share, count = self._shares[word], self._counts[word] + 1
        self._counts[word] = count
        if count == 1:
            self._mass += share
        users = self._users[word]
        if len(users) < 2:
            # The sentence that was just picked: nobody is left to care.
            return
        logs, sums = self._logs, self._sums
        if count > 1:
            step = logs[count] - logs[count - 1]
            for row, own in users:
                sums[row] += share * (step + logs[own + count - 1] - logs[own + count])
            return
        part = self._parts[word]
        for row, own in users:
            # What was its own part becomes a change to the summary's.
            self._masses[row] -= share
            sums[row] -= part - share * (logs[own] - logs[own + 1])


def _content_counts(terms: Terms, ids: Mapping[str, int]) -> tuple[IntArray, IntArray, IntArray]:
    """Return sentence, word and count for each word that a sentence has, stop words left out."""
    rows = sentence_of_words(terms)[terms.is_content]
    words = [ids[word.lower] for word in terms.words if not word.is_stop]
    size = max(len(ids), 1)
    keys, counts = np.unique(rows * size + np.array(words, dtype=np.int64), return_counts=True)
    return keys // size, keys % size, counts
