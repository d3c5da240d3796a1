"""The method that brings the summary's words near the article's: KL.

Must not know where a sentence stands.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from summarizer.ranking.counts import Counts, count_words, sentence_of_words
from summarizer.ranking.frequency import rating_of_order
from summarizer.ranking.method import BoolArray, Rating
from summarizer.ranking.pairs import pair_work
from summarizer.text.parsed import ParsedArticle
from summarizer.text.terms import Terms

MAX_WORK = 5_000_000
"""Updates that are made within about a second."""

_TIE = 1e-12
"""Divergences that differ by less are equal: the rest is the order of summation."""


def kl_work(parsed: ParsedArticle) -> float:
    """Estimate the work: each pick looks at all candidates and changes those with its words."""
    return parsed.terms.sentence_count**2 + 2.0 * pair_work(parsed.terms)


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
    sum of p(w): for each candidate both sums, as far as they differ from the summary's own, are
    kept and brought up to date word by word.

    sumy leaves stop words out of a candidate, but once in the summary they count, and there only
    words in lower case match the article's. Both decide what is picked, so both are kept.
    """

    def __init__(self, terms: Terms) -> None:
        ids: dict[str, int] = {}
        by_form = [ids.setdefault(form.lower, len(ids)) for form in terms.forms]
        words = np.array(by_form, dtype=np.int64)[terms.occurrences]
        as_written = np.array([form.text == form.lower for form in terms.forms], dtype=np.bool_)
        is_lower = as_written[terms.occurrences]
        rows, size = sentence_of_words(terms), terms.sentence_count

        in_article = words[terms.is_content | ~is_lower]
        shares = np.bincount(in_article, minlength=len(ids)) / max(len(in_article), 1)
        parts = shares * np.log(np.where(shares > 0.0, shares, 1.0))
        logs = np.log(np.maximum(np.arange(2 * len(words) + 1), 1))
        own = count_words(
            rows[terms.is_content], words[terms.is_content], height=size, width=len(ids)
        )
        users = own.document_frequencies()
        is_matched = is_lower & (shares[words] > 0.0)
        new = count_words(rows[is_matched], words[is_matched], height=size, width=len(ids))
        # A word with one user matters only to the mass, and that once.
        is_lone = users[new.columns] == 1

        # Of each sentence as a candidate.
        self._lengths = own.row_sums(own.counts).astype(np.int64).tolist()
        own_parts = parts[own.columns] - shares[own.columns] * logs[own.counts]
        self._sums: list[float] = own.row_sums(own_parts).tolist()
        self._masses: list[float] = own.row_sums(shares[own.columns]).tolist()
        # Of each sentence once in the summary.
        self._new_lengths = np.diff(terms.pointers).tolist()
        self._new_masses: list[float] = new.row_sums(shares[new.columns] * is_lone).tolist()
        self._new_words: list[list[tuple[int, int]]] = [[] for _ in range(size)]
        for row, word, count in _triples(new, ~is_lone):
            self._new_words[row].append((word, count))
        # Of each word.
        self._users: list[list[tuple[int, int]]] = [[] for _ in ids]
        for row, word, count in _triples(own, users[own.columns] > 1):
            self._users[word].append((row, count))
        self._shares, self._parts = shares.tolist(), parts.tolist()
        self._counts = [0] * len(ids)
        # Of the summary.
        self._length = 0
        self._mass = 0.0
        self._logs: list[float] = logs.tolist()

    def add_best(self) -> int:
        """Add the candidate that brings the summary nearest the article, and return its index."""
        logs, length, mass = self._logs, self._length, self._mass
        divergences = [
            own_sum + logs[own_length + length] * (own_mass + mass)
            for own_sum, own_length, own_mass in zip(
                self._sums, self._lengths, self._masses, strict=True
            )
        ]
        limit = min(divergences) + _TIE
        best = next(row for row, divergence in enumerate(divergences) if divergence <= limit)
        self._length += self._new_lengths[best]
        self._mass += self._new_masses[best]
        for word, count in self._new_words[best]:
            self._add_word(word, count)
        self._sums[best] = math.inf
        return best

    def _add_word(self, word: int, count: int) -> None:
        logs, sums, share = self._logs, self._sums, self._shares[word]
        before = self._counts[word]
        after = self._counts[word] = before + count
        if before:
            step = logs[after] - logs[before]
            for row, own in self._users[word]:
                sums[row] += share * (step + logs[own + before] - logs[own + after])
            return
        # The word is new: what it was to a candidate becomes a change to the summary's part.
        self._mass += share
        part = self._parts[word] - share * logs[after]
        for row, own in self._users[word]:
            self._masses[row] -= share
            sums[row] -= part - share * (logs[own] - logs[own + after])


def _triples(counts: Counts, kept: BoolArray) -> Iterator[tuple[int, int, int]]:
    """Return sentence, word and count of some entries."""
    return zip(
        counts.rows[kept].tolist(),
        counts.columns[kept].tolist(),
        counts.counts[kept].tolist(),
        strict=True,
    )
