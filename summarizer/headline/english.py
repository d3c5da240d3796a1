"""English sentences to headlines: which sentence, and what of it.

Must not know other languages, nor what becomes of a headline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import accumulate
from typing import NamedTuple

from summarizer.headline.ballast import find_ballast
from summarizer.headline.deletions import find_asides, holds_negation
from summarizer.headline.editors import UNIT, load_editors
from summarizer.headline.fences import Fences
from summarizer.headline.fitting import Deletion, Runs, fit_deletions
from summarizer.headline.gaps import SCALE, find_gaps
from summarizer.headline.printable import is_headline
from summarizer.headline.reading import Reading
from summarizer.headline.segments import Part
from summarizer.headline.titles import find_title
from summarizer.headline.tokens import Tokens
from summarizer.models import Span

# What a word has to be worth to stay, in likely words: less than half the F1 that headlines reach
# (Lewis, "Evaluating and optimizing autonomous text classification systems", SIGIR 1995), so that
# there are longer drafts to choose from, too.
_PAR = round(0.1 * UNIT)
# What adjectives and figures are worth at least: without them a headline may say more than its
# sentence, or too little.
_EXACT = round(0.25 * UNIT)
# So many words an editor's headline is taken to have.
_USUAL_WORDS = 14
# What a reader loses with ballast, and with a gap that editors would not make, in likely words.
_BALLAST_PRICE = 0.04 * UNIT
_MOST_BALLAST = 1.2
_GAP_PRICE = round(0.08 * UNIT / SCALE)
_SURE = 3 * SCALE


class Level(Enum):
    """How sure it has to be that a gap can be made: with the editors, as a phrase, and both."""

    SURE = -2.5 * SCALE, -1.5 * SCALE, -SCALE
    LOOSE = -4 * SCALE, -3 * SCALE, -3.5 * SCALE


class Draft(NamedTuple):
    """A headline to be: its likeness to an editor's, in `UNIT`s; its sentence, and what is kept."""

    worth: int
    sentence: int
    spans: tuple[Span, ...]


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
        worths = [_worths(readings[place], ratings[place]) for place in fitting]
        ways = [
            fit_deletions(
                readings[place].tokens,
                [one and one - _PAR for one in own],
                deletions[place],
                max_chars=max_chars,
            )
            for place, own in zip(fitting, worths, strict=True)
        ]
        for place, own, runs in zip(fitting, worths, ways, strict=True):
            if best := _best_headline(readings[place], own, runs):
                drafts[place] = _draft(readings[place], ratings[place], best)
        waiting = [place for place in waiting if drafts[place] is None]
    return drafts


def _worths(reading: Reading, ratings: Sequence[int]) -> list[int]:
    """Return what each word is worth to its headline: what is exact, a little at least."""
    worths = [*ratings]
    # Not what no headline wants: in brackets stands a figure in another currency.
    exact = [i for i, known in enumerate(reading.words) if known.is_exact and worths[i] > 1]
    mains = [segment for segment in reading.segments if segment.part is Part.MAIN]
    for place in exact:
        if any([segment.first <= place < segment.end for segment in mains]):
            worths[place] = max(worths[place], _EXACT)
    return worths


def _best_headline(reading: Reading, worths: Sequence[int], fits: Iterable[Runs]) -> Runs | None:
    """Return that way to shorten a sentence, of those that can be printed, with the greatest F1.

    That is what the words that stay are worth together, by the number of words of both headlines.
    """
    taken = [*accumulate(worths, initial=0)]
    words = [*accumulate(map(bool, worths), initial=0)]

    def likeness(runs: Runs) -> int:
        hits = sum([taken[end] - taken[first] for first, end in runs])
        return _f1(hits, sum([words[end] - words[first] for first, end in runs]))

    ways = sorted(fits, key=likeness, reverse=True)
    return next((runs for runs in ways if is_headline(reading, runs)), None)


def _draft(reading: Reading, ratings: Sequence[int], runs: Runs) -> Draft:
    """Return what is left of a sentence, with its likeness as the words are rated."""
    kept = [rating for first, end in runs for rating in ratings[first:end] if rating]
    starts, ends = reading.tokens.starts, reading.tokens.ends
    spans = tuple([Span(starts[first], ends[end - 1]) for first, end in runs])
    return Draft(_f1(sum(kept), len(kept)), reading.index, spans)


def _f1(hits: int, words: int) -> int:
    """Return the expected F1 of so many words that are worth so much, against a usual headline."""
    return 2 * hits // (_USUAL_WORDS + words)


def _can_fit(tokens: Tokens, deletions: Sequence[Deletion], max_chars: int) -> bool:
    """Tell whether what no deletion takes is short enough."""
    words = tokens.words.copy()
    for first, end, _, _ in deletions:
        words[first:end] = [""] * (end - first)
    return sum(map(len, words)) <= max_chars


def find_small_words(reading: Reading) -> Iterator[Deletion]:
    """Give what a sentence can do without whatever else goes: small words, brackets, times."""
    tokens = reading.tokens
    title = find_title(tokens, reading.words, reading.is_verb)
    if title is not None:
        yield Deletion(title.first, title.end, round(title.cost * _BALLAST_PRICE), False)
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
