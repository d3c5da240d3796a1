"""Which words of an English sentence are what somebody says: those after "police said".

Knows verbs of saying, verbs and commas: it must not know what is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from summarizer.headline.lexicon import (
    AUXILIARIES,
    BE,
    COORDINATORS,
    SAYING_WITH_THAT,
    SPEECH_VERBS,
    SUBCLAUSE_OPENERS,
    SUBJECT_PRONOUNS,
)
from summarizer.headline.segments import Part, Segment, find_inserted
from summarizer.headline.things_said import is_thing_said
from summarizer.headline.tokens import Tokens

SAYING = SPEECH_VERBS | frozenset(
    "assured assure warn warns informed reminded convinced persuaded denied denies deny".split()
)
"""Verbs that say something to somebody."""
_SAYING_THINGS = frozenset("announced announces announce revealed reveals confirmed".split())
# "Are believed dead".
_PASSIVES = frozenset("believed thought feared".split())
_ABOUT = frozenset("of about against over".split())
_CLAUSE_STARTS = SUBCLAUSE_OPENERS | {"despite"}
_BEFORE_SAYING = AUXILIARIES | {"to"}


def find_said(
    tokens: Tokens, is_verb: Sequence[bool], verbs: Sequence[int], segments: Sequence[Segment]
) -> frozenset[int]:
    """Find the tokens of what somebody says, up to its verb or a comma.

    Args:
        tokens: the sentence.
        is_verb: whether each is a finite verb.
        verbs: how many of these stand before each, and before the end.
        segments: its stretches between commas.
    """
    lower = tokens.lower
    sayings = [
        place
        for place, word in enumerate(lower)
        if word in SAYING and _is_said_by_somebody(tokens, is_verb, place)
    ]
    # A speaker of its own ("police said") says what stands before it.
    speakers = [segment for segment in segments if segment.part is Part.SPEAKER]
    if speakers:
        sayings = [
            place
            for place in sayings
            if not any(segment.first <= place < segment.end for segment in speakers)
        ]
    # "Says the show, which opens in May, will".
    inserted = [(first, end) for first, end in find_inserted(segments) if end < len(lower)]
    closing = {end for _, end in inserted}
    said: set[int] = set()
    for place, after in pairwise((*sayings, len(lower) - 1)):
        skipped = 0
        for follower in range(place + 1, after + 1):
            if any(first <= follower <= end for first, end in inserted):
                skipped += is_verb[follower]
                continue
            is_over = verbs[follower] != verbs[place + 1] + skipped
            is_over = is_over or (lower[follower - 1] == "," and follower - 1 not in closing)
            is_next = follower == place + 1
            # "Announced a tour, and signed a deal".
            is_thing = lower[place] in _SAYING_THINGS and lower[follower] == ","
            is_over = is_over or (not is_next and is_thing)
            is_over = is_over or (not is_next and _begins_clause(lower, follower))
            if is_over or lower[place + 1] in _ABOUT:
                break
            said.add(follower)
    return frozenset(said)


def _is_said_by_somebody(tokens: Tokens, is_verb: Sequence[bool], place: int) -> bool:
    """Tell whether a verb of saying is one here, and neither a noun nor "best known"."""
    before, after = tokens.lower[place - 1 : place], tokens.lower[place + 1 :][:1]
    if tokens.lower[place] in SAYING_WITH_THAT:
        # "Found him guilty" says nothing.
        return after == ["that"]
    if is_thing_said(tokens, place) or (
        tokens.lower[place] in _PASSIVES and not BE.isdisjoint(before) and after != ["that"]
    ):
        return False
    return is_verb[place] or not _BEFORE_SAYING.isdisjoint(before) or after == ["that"]


def _begins_clause(lower: Sequence[str], place: int) -> bool:
    """Tell whether another clause begins with a token: "after they met", "and it fell"."""
    if lower[place] in _CLAUSE_STARTS:
        return True
    after = lower[place + 1] if place + 1 < len(lower) else ""
    return lower[place] in COORDINATORS and after in SUBJECT_PRONOUNS
