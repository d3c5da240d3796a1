"""What may be left out of a stretch of English, and what that costs the reader.

Knows grammar: it must not know how long the headline may be.
"""

from __future__ import annotations

from typing import NamedTuple

from summarizer.headline.lexicon import (
    AUXILIARIES,
    BE,
    CONDITIONS,
    DAY_PARTS,
    DAY_WORDS,
    DETERMINERS,
    INTRANSITIVE,
    MONTHS,
    NEAR,
    NEGATIONS,
    OBJECT_PRONOUNS,
    PERIODS,
    PREPOSITIONS,
    SPEECH_VERBS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    VERBS,
    WEEKDAYS,
)
from summarizer.headline.segments import Part, Segment
from summarizer.headline.tokens import Tokens
from summarizer.headline.verbs import Strength, find_verb, is_past, strength
from summarizer.text.clauses import phrase_openers


class Deletion(NamedTuple):
    """Tokens first to end, and what a reader loses without them; below 0 nothing but ballast."""

    first: int
    end: int
    cost: float


# Prepositions whose phrase may end a clause, and so go with it.
_LOOSE = frozenset("in at on for over from by under against near outside across amid inside".split())
# After these "as" does not open a clause.
_BEFORE_AS = frozenset(
    "such same well as known described seen regarded served serve serves serving used named "
    "appointed elected viewed much many soon long far just act acts acted acting work works worked "
    "working dubbed hailed branded twice treated considered billed so".split()
)
