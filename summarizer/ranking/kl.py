"""The method that brings the summary's words near the article's: KL.

Must not know where a sentence stands.
"""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np

from summarizer.ranking.counts import count_stems, sentence_of_words
from summarizer.ranking.frequency import rating_of_order
from summarizer.ranking.method import Rating
from summarizer.text.parsed import ParsedArticle
from summarizer.text.terms import Terms

MAX_WORK = 5_000_000
"""Updates that are made within about a second."""

_TIE = 1e-12
"""Divergences that differ by less are equal: the rest is the order of summation."""


def kl_work(parsed: ParsedArticle) -> float:
    """Estimate the work: each pick looks at all candidates and changes those with its words."""
    terms = parsed.terms
    size = terms.sentence_count
    bound = size**2 + 2 * size * len(terms.stem_ids)
    if bound <= MAX_WORK:
        return bound
    frequencies = count_stems(terms).document_frequencies()
    return float(size**2 + 2 * frequencies @ frequencies)


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
    the word's share of the article and q its share of the summary. With n(w) for the article's
    count and N for its length, c(w) for the summary's count and L for its length, N times that is
    the sum of n(w) (log(n(w) / N) - log c(w)) plus log L times the mass, the sum of n(w): for each
    candidate both sums, as far as they differ from the summary's own, are kept and brought up to
    date word by word. A word that stands once in the article changes for no other sentence.

    sumy leaves stop words out of a candidate, but once in the summary they count, and there only
    words in lower case match the article's, whose stop words are those not in lower case. All that
    decides what is picked, so all that is kept.
    """

    def __init__(self, terms: Terms) -> None:
        is_content, words = terms.is_content, terms.lower_ids
        is_stop = ~is_content
        width = int(words.max(initial=0)) + 1
        counts = np.bincount(words[is_content], minlength=width)
        # The stop words that the article has in capitals.
        stops = np.bincount(words[is_stop & terms.is_capital], minlength=width)
        total = max(int(counts.sum() + stops.sum()), 1)
        # The logarithm of every count of a word that can come up.
        self._logs = [0.0, *map(math.log, range(1, 2 * int(counts.max()) + 1))]
        self._tie = total * _TIE
        # Of each content word: its count and its part of the sum.
        self._counts: list[int] = counts.tolist()
        self._parts: list[float] = (counts * np.log(np.maximum(counts, 1) / total)).tolist()
        # Of the summary: the stop words that it does not have, how often it has which word.
        self._length, self._mass = 0, 0
        self._stops: list[int] = stops.tolist()
        self._held = [0] * width
        # What each candidate adds to the summary: its length, how many content words in lower
        # case, which of them come up again, which stop words count.
        rows, size = sentence_of_words(terms), terms.sentence_count
        is_written = ~terms.is_capital
        self._all_lengths = (terms.pointers[1:] - terms.pointers[:-1]).tolist()
        self._written = np.bincount(rows[is_content & is_written], minlength=size).tolist()
        self._again: list[list[int]] = [[] for _ in range(size)]
        self._counted: list[list[int]] = [[] for _ in range(size)]
        chosen = is_stop & is_written & (stops[words] > 0)
        for row, word in zip(rows[chosen].tolist(), words[chosen].tolist(), strict=True):
            self._counted[row].append(word)
        # Of each content word that comes up again: who of the candidates uses it how often.
        self._users: dict[int, dict[int, int]] = defaultdict(dict)
        chosen = is_content & (counts[words] > 1)
        uses = (rows[chosen].tolist(), words[chosen].tolist(), is_written[chosen].tolist())
        for row, word, is_lower in zip(*uses, strict=True):
            users = self._users[word]
            users[row] = users.get(row, 0) + 1
            if is_lower:
                self._again[row].append(word)
        # The candidates: their lengths, masses and sums, at first as if no word came up again.
        self._left = list(range(size))
        self._lengths: list[int] = np.bincount(rows[is_content], minlength=size).tolist()
        self._masses = self._lengths.copy()
        single = math.log(1 / total)
        self._sums = [length * single for length in self._lengths]
        for word, users in self._users.items():
            count, part = self._counts[word], self._parts[word]
            for row, own in users.items():
                self._masses[row] += count - own
                self._sums[row] += part - count * self._logs[own] - own * single

    def add_best(self) -> int:
        """Add the candidate that brings the summary nearest the article, and return its index."""
        log, length, mass = math.log, self._length, self._mass
        lengths, masses, sums = self._lengths, self._masses, self._sums
        divergences = [
            # Where there is no word, there is no mass either.
            sums[row] + log(lengths[row] + length or 1) * (masses[row] + mass)
            for row in self._left
        ]
        limit = min(divergences) + self._tie
        place = 0
        while divergences[place] > limit:
            place += 1
        best = self._left.pop(place)
        self._add(best)
        return best

    def _add(self, row: int) -> None:
        """Add a sentence to the summary and bring the candidates up to date."""
        stops, held, logs = self._stops, self._held, self._logs
        masses, sums, shared = self._masses, self._sums, self._again[row]
        self._length += self._all_lengths[row]
        self._mass += self._written[row] - len(shared)
        for word in self._counted[row]:
            self._mass += stops[word]
            stops[word] = 0
        for word in shared:
            count, users = self._counts[word], self._users[word]
            users.pop(row, None)
            now = held[word] = held[word] + 1
            if now > 1:
                step = logs[now] - logs[now - 1]
                for user, own in users.items():
                    sums[user] += count * (step + logs[own + now - 1] - logs[own + now])
                continue
            # What the word was to a candidate becomes a change to the summary's part.
            self._mass += count
            part = self._parts[word]
            for user, own in users.items():
                masses[user] -= count
                sums[user] -= part - count * (logs[own] - logs[own + 1])
