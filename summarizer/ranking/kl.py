"""The method that brings the summary's words near the article's: KL.

Must not know where a sentence stands.
"""

from __future__ import annotations

import math
from collections import Counter
from itertools import compress, pairwise

import numpy as np

from summarizer.ranking.counts import count_stems
from summarizer.ranking.frequency import rating_of_order
from summarizer.ranking.method import Rating
from summarizer.text.parsed import ParsedArticle
from summarizer.text.terms import Term, Terms

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
        content = list(compress(terms.words, terms.is_content.tolist()))
        lowers = [word.lower for word in content]
        counts = Counter(lowers)
        singles = {word for word, count in counts.items() if count == 1}
        stops = Counter(
            [word.lower for word in terms.words if word.is_stop and word.lower is not word.text]
        )
        total = max(counts.total() + stops.total(), 1)
        self._tie = total * _TIE
        # The logarithm of every count of a word that can come up.
        self._logs = [0.0, *map(math.log, range(1, 2 * max(counts.values(), default=0) + 1))]
        # Of each content word that comes up again: its count, its part of the sum, who of the
        # candidates uses it how often.
        self._words: dict[str, tuple[int, float, dict[int, int]]] = {
            word: (count, count * math.log(count / total), {})
            for word, count in counts.items()
            if count > 1
        }
        # Of the summary: the stop words that it does not have, how often it has which word.
        self._length, self._mass = 0, 0
        self._stops = dict(stops)
        self._held = dict.fromkeys(self._words, 0)
        # Of the candidates: their lengths, masses and sums.
        self._left = list(range(terms.sentence_count))
        self._lengths: list[int] = []
        self._masses: list[int] = []
        self._sums: list[float] = []
        # What each adds: its words, which of them come up again, how many others count.
        self._additions: list[tuple[tuple[Term, ...], list[str], int]] = []
        is_shared, written = self._words.__contains__, [word.text for word in content]
        content_before = np.append(0, np.cumsum(terms.is_content))
        bounds = zip(terms.pointers.tolist(), content_before[terms.pointers].tolist(), strict=True)
        for (first, start), (last, end) in pairwise(bounds):
            self._add_candidate(lowers[start:end], single=math.log(1 / total))
            own = written[start:end]
            shared = list(filter(is_shared, own))
            self._additions.append((terms.words[first:last], shared, len(singles & {*own})))

    def _add_candidate(self, words: list[str], *, single: float) -> None:
        row, logs = len(self._sums), self._logs
        shared = list(filter(self._words.__contains__, words))
        own_mass = len(words) - len(shared)
        own_sum = own_mass * single
        for word in shared:
            count, part, users = self._words[word]
            own = users[row] = users.get(row, 0) + 1
            if own == 1:
                own_mass += count
                own_sum += part
            else:
                own_sum += count * (logs[own - 1] - logs[own])
        self._lengths.append(len(words))
        self._masses.append(own_mass)
        self._sums.append(own_sum)

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
        words, shared, singles = self._additions[row]
        stops, held, logs = self._stops, self._held, self._logs
        masses, sums = self._masses, self._sums
        self._length += len(words)
        self._mass += singles + sum(map(stops.pop, stops.keys() & [word.text for word in words]))
        for word in shared:
            count, part, users = self._words[word]
            users.pop(row, None)
            now = held[word] = held[word] + 1
            if now > 1:
                step = logs[now] - logs[now - 1]
                for user, own in users.items():
                    sums[user] += count * (step + logs[own + now - 1] - logs[own + now])
                continue
            # What the word was to a candidate becomes a change to the summary's part.
            self._mass += count
            for user, own in users.items():
                masses[user] -= count
                sums[user] -= part - count * (logs[own] - logs[own + 1])
