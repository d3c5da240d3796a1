"""The method that brings the summary's words near the article's: KL.

Must not know where a sentence stands.
"""

from __future__ import annotations

import math
from collections import Counter
from itertools import chain, pairwise

from summarizer.ranking.counts import count_stems
from summarizer.ranking.frequency import rating_of_order
from summarizer.ranking.method import Rating
from summarizer.text.parsed import ParsedArticle
from summarizer.text.terms import Terms

MAX_WORK = 5_000_000
"""Updates that are made within about a second."""

_TIE = 1e-12
"""Divergences that differ by less are equal: the rest is the order of summation."""

_TINY = 1e-300


def kl_work(parsed: ParsedArticle) -> float:
    """Estimate the work: each pick looks at all candidates and changes those with its words."""
    terms = parsed.terms
    size = terms.sentence_count
    bound = size**2 + 2 * size * len(terms.words)
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
    the word's share of the article and q its share of the summary. With c(w) for the summary's
    count and L for its length, it is the sum of p(w) (log p(w) - log c(w)) plus log L times the
    mass, the sum of p(w): for each candidate both sums, as far as they differ from the summary's
    own, are kept and brought up to date word by word.

    sumy leaves stop words out of a candidate, but once in the summary they count, and there only
    words in lower case match the article's, whose stop words are those not in lower case. All that
    decides what is picked, so all that is kept.
    """

    def __init__(self, terms: Terms) -> None:
        bounds = terms.pointers.tolist()
        sentences = [terms.words[start:end] for start, end in pairwise(bounds)]
        content = [[word.lower for word in own if not word.is_stop] for own in sentences]
        counts = Counter(chain.from_iterable(content))
        counts.update(
            [word.lower for word in terms.words if word.is_stop and word.lower is not word.text]
        )
        # The logarithm of every count of a word that can come up.
        self._logs = [0.0, *map(math.log, range(1, 2 * max(counts.values(), default=0) + 1))]
        total = counts.total()
        self._shares = {word: count / total for word, count in counts.items()}
        self._parts = {word: share * math.log(share) for word, share in self._shares.items()}
        # Of the summary.
        self._length, self._mass = 0, 0.0
        self._counts = dict.fromkeys(counts, 0)
        self._written = [
            [word.text for word in own if word.lower is word.text and word.text in counts]
            for own in sentences
        ]
        self._written_lengths = list(map(len, sentences))
        # Of the candidates: how often who uses a word, their lengths, sums and masses.
        self._users: dict[str, dict[int, int]] = {word: {} for word in counts}
        self._lengths = list(map(len, content))
        self._sums: list[float] = []
        self._masses: list[float] = []
        for row, own in enumerate(content):
            self._add_candidate(row, own)

    def _add_candidate(self, row: int, words: list[str]) -> None:
        all_users, shares, parts, logs = self._users, self._shares, self._parts, self._logs
        own_sum = own_mass = 0.0
        for word in words:
            users = all_users[word]
            if row in users:
                count = users[row] = users[row] + 1
                own_sum += shares[word] * (logs[count - 1] - logs[count])
            else:
                users[row] = 1
                own_mass += shares[word]
                own_sum += parts[word]
        self._sums.append(own_sum)
        self._masses.append(own_mass)

    def add_best(self) -> int:
        """Add the candidate that brings the summary nearest the article, and return its index."""
        log, length, mass = math.log, self._length, self._mass
        divergences = [
            # The smallest of numbers is lost in any length but 0, where there is no mass.
            own_sum + log(own_length + length + _TINY) * (own_mass + mass)
            for own_sum, own_length, own_mass in zip(
                self._sums, self._lengths, self._masses, strict=True
            )
        ]
        limit = min(divergences) + _TIE
        best = next(row for row, divergence in enumerate(divergences) if divergence <= limit)
        self._length += self._written_lengths[best]
        for word in self._written[best]:
            count = self._counts[word] = self._counts[word] + 1
            if count == 1:
                self._mass += self._shares[word]
            users = self._users[word]
            # A word with one user is the picked sentence's own.
            if len(users) > 1:
                self._change_candidates(word, users, count)
        self._sums[best] = math.inf
        return best

    def _change_candidates(self, word: str, users: dict[int, int], count: int) -> None:
        """Bring the users of a word up to date, of which the summary now has so many."""
        share, logs, sums = self._shares[word], self._logs, self._sums
        if count == 1:
            # What the word was to a candidate becomes a change to the summary's part.
            part, masses = self._parts[word], self._masses
            for row, own in users.items():
                masses[row] -= share
                sums[row] -= part - share * (logs[own] - logs[own + 1])
            return
        step = logs[count] - logs[count - 1]
        for row, own in users.items():
            sums[row] += share * (step + logs[own + count - 1] - logs[own + count])
