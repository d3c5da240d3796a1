"""English sentences to headlines: which sentence, and what of it.

Must not know other languages, nor what becomes of a headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate
from typing import NamedTuple

from summarizer.headline.ballast import find_ballast
from summarizer.headline.deletions import find_asides, holds_negation
from summarizer.headline.editors import UNIT, load_editors
from summarizer.headline.fences import Fences
from summarizer.headline.fitting import Deletion, Runs, fit_deletions
from summarizer.headline.gaps import SCALE, find_gaps
from summarizer.headline.grammar import broken_rules
from summarizer.headline.lexicon import (
    AUXILIARIES,
    CLAIMS,
    DETERMINERS,
    NEGATIONS,
    POINTING,
    SPEECH_VERBS,
)
from summarizer.headline.segments import MAX_SEGMENTS, Part, Segment, split_segments
from summarizer.headline.tokens import Tokens, tokenize
from summarizer.headline.verbs import Strength, is_next_to_relative, is_past, strengths
from summarizer.headline.word_classes import VERBS, Known, read_words
from summarizer.models import Span
from summarizer.text.enclosures import find_enclosures
from summarizer.text.parsed import ParsedArticle

# A longer sentence is no source of headlines, and would take more time than all others.
MAX_SENTENCE_CHARS = 1000

# What a word has to be worth to stay, in likely words: less than half the F1 that headlines reach
# (Lewis, "Evaluating and optimizing autonomous text classification systems", SIGIR 1995), so that
# there are longer drafts to choose from, too.
_PAR = round(0.08 * UNIT)
# So many words an editor's headline is taken to have.
_USUAL_WORDS = 9
# What a reader loses with ballast, and with a gap that editors would not make, in likely words.
_BALLAST_PRICE = 0.04 * UNIT
_MOST_BALLAST = 1.2
_GAP_PRICE = round(0.08 * UNIT / SCALE)
_SURE = 3 * SCALE
# With fewer words a headline says too little.
_MIN_WORDS = 4
_PERSONS = frozenset("he she it they him her them".split())
_FEW_WORDS = 3
_QUOTATION_MARKS = frozenset("\"'“‘`")
# What begins so seldom comes to its point in time.
_LEADING_UP = frozenset("when while although though because whereas".split())
_STRAY_POINT = re.compile(r"\s\.\w")
_CURRENCIES = frozenset("£$€¥₹#")
_MAYBE_VERBS = VERBS | {"?", "S?"}
_CLAIM_WORDS = NEGATIONS | SPEECH_VERBS | {"according"}


class Level(Enum):
    """How sure it has to be that a gap can be made: with the editors, as a phrase, and both."""

    SURE = -2.5 * SCALE, -1.5 * SCALE, -SCALE
    LOOSE = -4 * SCALE, -3 * SCALE, -3.5 * SCALE


class Draft(NamedTuple):
    """A headline to be: its likeness to an editor's, in `UNIT`s; its sentence, and what is kept."""

    worth: int
    sentence: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence that may give a headline.

    Attributes:
        parsed: its article.
        index: its place there.
        tokens: its words and marks.
        words: what is known of them.
        is_verb: whether each is a finite verb.
        segments: its stretches between commas.
    """

    parsed: ParsedArticle
    index: int
    tokens: Tokens
    words: Sequence[Known]
    is_verb: Sequence[bool]
    segments: Sequence[Segment]


def read_sentence(parsed: ParsedArticle, index: int) -> Reading | None:
    """Read a sentence; None where it is too long or not understood, or leaves a quotation open."""
    span = parsed.spans[index]
    if span.end - span.start > MAX_SENTENCE_CHARS:
        return None
    tokens = tokenize(parsed.text, span)
    # A point after a space is part of something that was not understood: "the new .port domain".
    if not tokens.is_whole or not len(tokens) or _STRAY_POINT.search(parsed.text, *span):
        return None
    verbs = strengths(tokens)
    segments = split_segments(tokens, verbs)
    if len(segments) > MAX_SEGMENTS:
        return None
    words = read_words(tokens.words)
    is_verb = [
        strength is not Strength.NONE
        or (words[place].name in _MAYBE_VERBS and is_next_to_relative(tokens, place))
        for place, strength in enumerate(verbs)
    ]
    return Reading(parsed, index, tokens, words, is_verb, segments)


def draft_headlines(
    readings: Sequence[Reading], *, max_chars: int, levels: Sequence[Level]
) -> list[Draft | None]:
    """Make the best headline that each of some sentences gives.

    Args:
        readings: the sentences.
        max_chars: at most so many code points.
        levels: how sure gaps have to be; the next, less sure, where these will not do.

    Returns:
        One for each sentence; None where it cannot be brought to that length.
    """
    if not readings:
        return []
    fences = [
        Fences(reading.tokens, reading.words, reading.is_verb, reading.segments)
        for reading in readings
    ]
    found = find_gaps(
        [reading.words for reading in readings], fences, levels=[level.value for level in levels]
    )
    rate = load_editors().rate
    ratings = [
        rate(reading.parsed, reading.index, reading.tokens, reading.segments)
        for reading in readings
    ]
    deletions = [list(find_small_words(reading)) for reading in readings]
    drafts: list[Draft | None] = [None] * len(readings)
    # One step for all sentences, then the next: a processor repeats what it has just done faster.
    waiting = list(range(len(readings)))
    for level in range(len(levels)):
        gaps = found.of(level) if waiting else []
        for place in waiting:
            allow = fences[place].allow
            deletions[place] += [
                Deletion(first, end, max(0, _SURE - odds) * _GAP_PRICE, False)
                for first, end, odds in gaps[place]
                if allow(first, end)
            ]
        fitting = [
            place
            for place in waiting
            if _can_fit(readings[place].tokens, deletions[place], max_chars)
        ]
        values = [[rating and rating - _PAR for rating in ratings[place]] for place in fitting]
        ways = [
            fit_deletions(readings[place].tokens, own, deletions[place], max_chars=max_chars)
            for place, own in zip(fitting, values, strict=True)
        ]
        for place, runs in zip(fitting, ways, strict=True):
            drafts[place] = _best_headline(readings[place], ratings[place], runs)
        waiting = [place for place in waiting if drafts[place] is None]
    return drafts


def _best_headline(reading: Reading, ratings: Sequence[int], fits: Iterable[Runs]) -> Draft | None:
    """Return that way to shorten a sentence, of those that can be printed, with the greatest F1.

    That is what the words that stay are worth together, by the number of words of both headlines.
    """
    taken = [*accumulate(ratings, initial=0)]
    words = [*accumulate(map(bool, ratings), initial=0)]

    def likeness(runs: Runs) -> int:
        hits = sum([taken[end] - taken[first] for first, end in runs])
        count = _USUAL_WORDS + sum([words[end] - words[first] for first, end in runs])
        return 2 * hits // count

    starts, ends = reading.tokens.starts, reading.tokens.ends
    for runs in sorted(fits, key=likeness, reverse=True):
        if _is_headline(reading, runs):
            spans = tuple([Span(starts[first], ends[end - 1]) for first, end in runs])
            return Draft(likeness(runs), reading.index, spans)
    return None


def _can_fit(tokens: Tokens, deletions: Sequence[Deletion], max_chars: int) -> bool:
    """Tell whether what no deletion takes is short enough."""
    words = tokens.words.copy()
    for first, end, _, _ in deletions:
        words[first:end] = [""] * (end - first)
    return sum(map(len, words)) <= max_chars


def find_small_words(reading: Reading) -> Iterator[Deletion]:
    """Give what a sentence can do without whatever else goes: small words, brackets, times."""
    tokens = reading.tokens
    mains = [segment for segment in reading.segments if segment.part is Part.MAIN]
    for segment in reading.segments:
        is_clause = segment in mains[-1:] or segment.part is Part.SPEAKER
        verb = segment.verb if is_clause else None
        for found in (
            *find_asides(tokens, segment.first, segment.end),
            *find_ballast(tokens, segment.first, segment.end, verb),
        ):
            first, end, cost = found
            if cost <= _MOST_BALLAST and not holds_negation(tokens, first, end):
                yield Deletion(first, end, round(cost * _BALLAST_PRICE), True)


def _is_headline(reading: Reading, runs: Runs) -> bool:
    """Tell whether what stays of a sentence can be printed."""
    tokens = reading.tokens
    if sum([end - first for first, end in runs]) < min(_MIN_WORDS, len(tokens)):
        return False
    start = runs[0][0]
    first = tokens.lower[start]
    # The opening of an article points to nothing before it, unless it has lost its beginning.
    if (first in POINTING and (reading.index or start)) or first in _LEADING_UP:
        return False
    if reading.index and not _PERSONS.isdisjoint(tokens.lower[start : start + _FEW_WORDS]):
        # "Two of them".
        return False
    is_quoted = first in _QUOTATION_MARKS and True in tokens.is_held[start + 1 : start + 2]
    if not is_quoted and start and is_past(first) and tokens.lower[start - 1] not in DETERMINERS:
        # "Edited by ..." is no clause, but "a failed plan" is a subject.
        return False
    if not is_quoted and not (first[0].isalnum() or first[0] in _CURRENCIES):
        return False
    if not _has_verb(reading, runs) or _parts_subject(reading, runs):
        return False
    keep = [False] * len(tokens.words)
    for begin, end in runs:
        keep[begin:end] = [True] * (end - begin)
    return not broken_rules(tokens, keep, reading.segments)


def _parts_subject(reading: Reading, runs: Runs) -> bool:
    """Tell whether one comma alone stands between a subject and its verb."""
    tokens = reading.tokens
    places = [place for first, end in runs for place in range(first, end)]
    commas = [place for place in places if tokens.words[place] == ","]
    if len(commas) != 1 or any(reading.is_verb[place] for place in places if place < commas[0]):
        return False
    after = next((place for place in places if place > commas[0]), commas[0])
    return reading.is_verb[after] and tokens.lower[after] not in CLAIMS


def _has_verb(reading: Reading, runs: Runs) -> bool:
    """Tell whether a verb is left for the main clause besides those of other clauses."""
    tokens, words = reading.tokens, reading.words
    places = [place for first, end in runs for place in range(first, end)]
    # "Whether to sell" has no verb of its own.
    clauses = sum(
        words[place].opens_clause and tokens.lower[place + 1 : place + 2] != ["to"]
        for place in places
    )
    kept = set(places)
    for place in places:
        # An auxiliary that is left out is understood: "has been jailed".
        while place and tokens.lower[place - 1] in AUXILIARIES:
            place -= 1
            kept.add(place)
    if not clauses:
        # Where no verb is left, there was none.
        flags = zip(words, reading.is_verb, strict=True)
        may_be = [known.is_finite or is_verb for known, is_verb in flags]
        return any(may_be[place] for place in kept) or not any(may_be)
    return sum([reading.is_verb[place] for place in kept]) > clauses


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
