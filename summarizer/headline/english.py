"""English sentences to headlines: which sentence, and what of it.

Must not know other languages, nor what becomes of a headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from summarizer.headline.clauses import Clause, make_clause
from summarizer.headline.editors import load_editors
from summarizer.headline.fitting import fit_clause
from summarizer.headline.lexicon import NEGATIONS, POINTING, SPEECH_VERBS
from summarizer.headline.tokens import tokenize
from summarizer.headline.verbs import is_past
from summarizer.models import Span
from summarizer.text.enclosures import find_enclosures
from summarizer.text.parsed import ParsedArticle

# A longer sentence is no source of headlines, and would take more time than all others.
MAX_SENTENCE_CHARS = 1000

# What speaks against a sentence one place down the ranking, and against a headline that names
# nobody, opens with a quotation, asks, or says little; in likely words of an editor's headline.
_RANK_COST = 0.3
_POINTING_COST = 0.4
_QUOTATION_COST = 0.3
_QUESTION_COST = 0.3
_MISSING_WORD_COST = 0.1
# A headline as good as this ends the search.
_GOOD_COST = 0.3
_ENOUGH_WORDS = 6
_CLAIM_WORDS = NEGATIONS | SPEECH_VERBS | {"according"}
_QUOTATION_MARKS = frozenset("\"'“‘")
_CURRENCIES = frozenset("£$€¥₹#")


@dataclass(frozen=True, slots=True)
class Draft:
    """A headline to be.

    Attributes:
        cost: what speaks against it; less is better.
        index: the sentence.
        spans: what is kept of it.
        is_complete: whether it reads as a whole clause.
    """

    cost: float
    index: int
    spans: tuple[Span, ...]
    is_complete: bool


def draft_headline(
    parsed: ParsedArticle, indexes: Iterable[int], *, max_chars: int
) -> Draft | None:
    """Make the best headline that one of the sentences gives.

    Args:
        parsed: the article, in English.
        indexes: the sentences to try, best first.
        max_chars: at most so many code points.

    Returns:
        None where no main clause, nor the beginning of one, can be brought to that length.
    """
    readings: dict[int, Reading | None] = {}
    for is_complete in (True, False):
        best: Draft | None = None
        for rank, index in enumerate(indexes if is_complete else [*readings]):
            if index not in readings:
                readings[index] = _read(parsed, index)
            draft = _draft(parsed, index, readings[index], max_chars, is_complete=is_complete)
            if draft is None:
                continue
            cost = draft.cost + rank * _RANK_COST
            if best is None or cost < best.cost:
                best = replace(draft, cost=cost)
            if draft.cost < _GOOD_COST:
                break
        if best is not None:
            return best
    return None


def _draft(
    parsed: ParsedArticle, index: int, reading: Reading | None, max_chars: int, *, is_complete: bool
) -> Draft | None:
    if reading is None:
        return None
    clause, ratings = reading
    fit = fit_clause(clause, max_chars=max_chars, ratings=ratings, is_complete=is_complete)
    flaws = _flaws(clause, fit.runs, is_opening=index == 0) if fit is not None else None
    if fit is None or flaws is None:
        return None
    return Draft(flaws - fit.worth, index, _spans(clause, fit.runs), is_complete)


def is_fair_cut(text: str, span: Span, *, sentence: Span) -> bool:
    """Tell whether the beginning of a sentence stands without the rest of it.

    The rest must neither deny anything nor say who claims what stands before it, and what stands
    before it must close its quotations and brackets.

    Args:
        text: the article as given.
        span: the beginning that is kept.
        sentence: the whole sentence.
    """
    rest = text[span.end : min(sentence.end, span.end + MAX_SENTENCE_CHARS)]
    words = re.findall(r"[\w']+", rest.lower().replace("’", "'"))
    if any(word in _CLAIM_WORDS or word.endswith("n't") for word in words):
        return False
    return not find_enclosures(text, start=span.start, end=span.end).unclosed


class Reading(NamedTuple):
    """A sentence, and for each token how likely an editor takes it."""

    clause: Clause
    ratings: list[float]


def _read(parsed: ParsedArticle, index: int) -> Reading | None:
    start, end = parsed.spans[index]
    if end - start > MAX_SENTENCE_CHARS:
        return None
    tokens = tokenize(parsed.text, parsed.spans[index])
    # With a quotation left open it is anyone's guess who says what.
    clause = make_clause(tokens) if tokens.is_whole else None
    if clause is None:
        return None
    return Reading(clause, load_editors().rate(parsed, index, tokens))


def _flaws(clause: Clause, runs: Sequence[tuple[int, int]], *, is_opening: bool) -> float | None:
    """Return what speaks against a headline whatever its length; None if it will not do."""
    tokens = clause.tokens
    first = tokens.lower[runs[0][0]]
    cost = 0.0
    if first in POINTING:
        # The opening of an article points to nothing before it.
        if not is_opening:
            return None
        cost += _POINTING_COST
    if first in _QUOTATION_MARKS and tokens.is_held[runs[0][0] + 1]:
        cost += _QUOTATION_COST
    elif is_past(first) or not (first[0].isalnum() or first[0] in _CURRENCIES):
        # "Edited by ..." is no clause.
        return None
    if tokens.words[-1] == "?":
        cost += _QUESTION_COST
    words = sum(end - start for start, end in runs)
    return cost + max(0, _ENOUGH_WORDS - words) * _MISSING_WORD_COST


def _spans(clause: Clause, runs: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    tokens = clause.tokens
    return tuple(Span(tokens.starts[first], tokens.ends[end - 1]) for first, end in runs)
