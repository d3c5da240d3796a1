"""A sentence's stretches between commas and dashes, and what part each plays.

Knows the grammar of English news prose: it must not know lengths or budgets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from summarizer.headline.lexicon import (
    AUXILIARIES,
    CONDITIONS,
    COORDINATORS,
    DAY_WORDS,
    HEDGES,
    NEAR,
    PARTICIPLES,
    PARTICLES,
    PREPOSITIONS,
    SPEECH_VERBS,
    SUBORDINATORS,
    WEEKDAYS,
)
from summarizer.headline.things_said import is_thing_said
from summarizer.headline.tokens import Tokens
from summarizer.headline.verbs import Strength, find_verb, is_past

_COMMAS = frozenset(",;:")
_ALWAYS_SEPARATE = frozenset(",;:—")
# Others do if a space stands before them.
_SEPARATORS = _ALWAYS_SEPARATE | {"-", "–", "--"}
_RELATIVES = frozenset({"who", "which", "whose", "whom", "where", "when"})
_ASIDES = frozenset(
    "however meanwhile though too also instead moreover therefore nevertheless nonetheless "
    "furthermore likewise respectively".split()
)
_PARTICIPLES = frozenset("led based known held made born built seen given set".split())
_DISTANCES = frozenset(
    "a an just only shortly soon minutes hours days weeks months years two three four".split()
)
_LEADS = (
    PREPOSITIONS
    | SUBORDINATORS
    | WEEKDAYS
    | DAY_WORDS
    | NEAR
    | _ASIDES
    | frozenset("just even only early late shortly soon once recently now then still".split())
)
_CLAUSE_OPENERS = SUBORDINATORS | CONDITIONS
_LEADING_PREPOSITIONS = frozenset({"with", "without"})
_NO_GERUNDS = frozenset(
    "anything beijing boeing ceiling during evening everything king morning nothing ring something "
    "spring string thing wing".split()
)
_LONGEST_SPEAKER = 25
MAX_SEGMENTS = 24
"""No news sentence has more."""
_AFTER_SPEECH = PREPOSITIONS | SUBORDINATORS | WEEKDAYS | DAY_WORDS | NEAR | {"reporters", "the"}


class Part(StrEnum):
    """What a stretch is to its sentence."""

    MAIN = "main"
    LEADING = "leading"
    RELATIVE = "relative"
    SUBORDINATE = "subordinate"
    PARTICIPLE = "participle"
    APPOSITION = "apposition"
    PHRASE = "phrase"
    ASIDE = "aside"
    COORDINATE = "coordinate"
    SPEAKER = "speaker"
    OTHER = "other"


_PART_OF_OPENER: Mapping[str, Part] = MappingProxyType(
    dict.fromkeys(COORDINATORS, Part.COORDINATE)
    | dict.fromkeys(_RELATIVES, Part.RELATIVE)
    | dict.fromkeys(CONDITIONS, Part.OTHER)
)


class Segment(NamedTuple):
    """Tokens between two separators.

    Attributes:
        first: its first token.
        end: the token after its last: a separator, or the end of the sentence.
        part: what it is to the sentence.
        verb: its finite verb, if it has one.
    """

    first: int
    end: int
    part: Part
    verb: int | None


def split_segments(tokens: Tokens, verbs: Sequence[Strength]) -> list[Segment]:
    """Split a sentence at the commas, colons and dashes outside quotations and brackets.

    Args:
        tokens: the sentence.
        verbs: how sure it is of each token that it is a finite verb.

    Returns:
        The segments in order; none is of part MAIN where no main clause was recognised.
    """
    bounds = [-1, *_separators(tokens), len(tokens)]
    segments = [
        Segment(left + 1, right, Part.OTHER, find_verb(tokens, verbs, left + 1, right))
        for left, right in pairwise(bounds)
    ]
    main = _find_main(tokens, segments)
    if main is None:
        return segments
    if len(segments) == 1:
        return [segments[0]._replace(part=Part.MAIN)]
    subject = _find_subject(tokens, segments, main)
    parts = [Part.OTHER] * len(segments)
    for place in range(subject + 1, len(segments)):
        parts[place] = _part(tokens, segments[place])
    for place in range(subject):
        is_hedge = not HEDGES.isdisjoint(tokens.lower[: segments[place].end])
        parts[place] = Part.OTHER if is_hedge else Part.LEADING
    parts[subject] = parts[main] = Part.MAIN
    if subject == main - 1:
        # What seemed a subject is followed by another: the commas are those of a list.
        parts[: subject + 1] = [Part.OTHER] * (subject + 1)
    _protect_lists(tokens, segments, parts)
    return [segment._replace(part=part) for segment, part in zip(segments, parts, strict=True)]


def _separators(tokens: Tokens) -> list[int]:
    found = [-1]
    marks = [index for index, word in enumerate(tokens.words) if word in _SEPARATORS]
    for index in marks:
        if (
            0 < index < len(tokens) - 1
            and (tokens.words[index] in _ALWAYS_SEPARATE or tokens.is_free(index))
            and not tokens.is_held[index]
            and not tokens.is_held[index + 1]
            and found[-1] != index - 1
        ):
            found.append(index)
    return found[1:]


def _find_main(tokens: Tokens, segments: Sequence[Segment]) -> int | None:
    """Return the segment that holds the main verb."""
    first = segments[0]
    openers = tokens.lower[: min(first.verb or 0, 4) or 1]
    is_clause_ahead = (
        _is_gerund(openers[0])
        or openers[0] in _LEADING_PREPOSITIONS
        or not _CLAUSE_OPENERS.isdisjoint(openers)
    )
    if first.verb is not None and not is_clause_ahead:
        return 0
    if first.verb is None:
        for place, segment in enumerate(segments[2:], start=2):
            if segment.verb == segment.first:
                return place
    for place, segment in enumerate(segments[1:], start=1):
        if (
            segment.verb is not None
            and _part(tokens, segment) in (Part.OTHER, Part.SPEAKER)
            and (segment.verb == segment.first or not is_speaker(tokens, segment))
        ):
            return place
    verbs = [place for place, segment in enumerate(segments) if segment.verb is not None]
    return verbs[0] if verbs else None


def _find_subject(tokens: Tokens, segments: Sequence[Segment], main: int) -> int:
    """Return the segment that the main clause begins in: the first that does not lead up to it."""
    word = tokens.lower[0]
    if main > 0 and (
        word in _LEADS
        or _is_gerund(word)
        or is_past(word)
        or not _CLAUSE_OPENERS.isdisjoint(tokens.lower[:4])
    ):
        return 1
    return 0


def _part(tokens: Tokens, segment: Segment) -> Part:
    """Tell what a segment after the first is, by its first words."""
    words = tokens.lower[segment.first : segment.end]
    known = _PART_OF_OPENER.get(words[0])
    if known:
        return known
    if {"which", "whom"} & set(words[1:4]):
        return Part.RELATIVE
    if is_speaker(tokens, segment):
        return Part.SPEAKER
    # "A day after they met".
    has_distance = words[0][0].isdigit() or words[0] in _DISTANCES
    if not SUBORDINATORS.isdisjoint(words[: 4 if has_distance else 1]):
        return Part.SUBORDINATE
    if _is_participle(tokens, segment):
        return Part.PARTICIPLE
    return _part_of_phrase(words, has_verb=segment.verb is not None)


def _part_of_phrase(words: Sequence[str], *, has_verb: bool) -> Part:
    if words[0] == "aged" or (len(words) == 1 and (words[0] in _ASIDES or words[0].isdecimal())):
        return Part.ASIDE
    if words[0] in PREPOSITIONS:
        return Part.PHRASE if HEDGES.isdisjoint(words) else Part.OTHER
    if has_verb or words[0] == "to" or {"and", "or"} & set(words):
        return Part.OTHER
    return Part.APPOSITION


def _is_gerund(word: str) -> bool:
    return word.endswith("ing") and word not in _NO_GERUNDS


def _is_participle(tokens: Tokens, segment: Segment) -> bool:
    first = segment.first
    word = tokens.lower[first]
    if tokens.words[first][0].isupper() or first + 1 >= segment.end:
        return False
    if _is_gerund(word):
        return True
    is_participle = is_past(word) or word in _PARTICIPLES or word in PARTICIPLES
    after = tokens.lower[first + 1]
    return is_participle and (after in PREPOSITIONS or after in PARTICLES)


def is_speaker(tokens: Tokens, segment: Segment) -> bool:
    """Tell whether a segment says whose words the others are: "police said"."""
    first, end = segment.first, segment.end
    if tokens.lower[first] == "according":
        return True
    if end - first > _LONGEST_SPEAKER or tokens.lower[first] in SUBORDINATORS:
        return False
    for index in range(first, end):
        if tokens.lower[index] not in SPEECH_VERBS or tokens.is_held[index]:
            continue
        if index > first and (
            # "Raising hopes for a cure"; "the date - 16 July - was announced".
            _is_gerund(tokens.lower[index - 1])
            or is_thing_said(tokens, index)
            or AUXILIARIES.issuperset(tokens.lower[first:index])
        ):
            continue
        after = tokens.lower[index + 1] if index + 1 < end else ""
        if index == first or not after or after in _AFTER_SPEECH:
            return True
    return False


def find_inserted(segments: Sequence[Segment]) -> list[tuple[int, int]]:
    """Return what stands between commas after the word that it belongs to: first tokens, ends."""
    return [
        (segment.first, segment.end)
        for segment in segments
        if segment.part is Part.APPOSITION or segment.part is Part.RELATIVE
    ]


def is_comma(tokens: Tokens, place: int) -> bool:
    """Tell whether a token is a comma, colon or semicolon outside quotations and brackets."""
    return tokens.words[place] in _COMMAS and not tokens.is_held[place]


def _protect_lists(tokens: Tokens, segments: Sequence[Segment], parts: list[Part]) -> None:
    """Keep the commas of lists: what stands before "and" is one with what stands after it."""
    is_list = False
    for place in range(len(segments) - 1, 0, -1):
        segment = segments[place]
        words = tokens.lower[segment.first : segment.end]
        is_last = segment.verb is None and not {"and", "or"}.isdisjoint(words)
        is_list = segment.verb is None and (
            (is_last and parts[place] in (Part.COORDINATE, Part.OTHER))
            or (is_list and parts[place] in (Part.APPOSITION, Part.OTHER))
        )
        if is_list:
            parts[place] = Part.OTHER
