"""Classes of words that phrases are made of.

Knows classes as they stand in a row: it must not know what is left out.
"""

from __future__ import annotations

from summarizer.headline.clauses import Surroundings
from summarizer.headline.lexicon import PREPOSITIONS, SUBORDINATORS
from summarizer.headline.word_classes import SURE_NOUNS

DASHES = frozenset({"-", "--", "–", "—"})
MARKS = DASHES | {",", ";", ":"}
CLOSING_QUOTES = frozenset("\"”’'")
NOUNS = frozenset(
    "N S J JN P M Nx JS BN GN SZ DN ? N? S? G? D? J? # #- n's P's Pt BJN DJN JNR NR GJ their his "
    "her its a an the our my your".split()
)
"""Classes of words that a phrase around a noun may begin or go on with."""
COMMON = NOUNS - {"P", "P's", "Pt"}

SUBJECTS = frozenset("P Pt P's the a an his her its their our my he she it they we".split())
"""Classes of words that a subject begins with for sure."""

NO_VERBS = SURE_NOUNS | {"P"}
"""Classes of words that are nouns or names, and no form of a verb."""
VERB_FORMS = frozenset("d! D G Z B BN BJ BNx DJ DJx BX BI GN GJ SZ DN sp".split())
OPENERS = SUBORDINATORS | {"that", "who", "whose", "which", "where"}
"""Words that a clause of its own begins with."""


def holds_phrase(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether a stretch is more than words that describe a noun."""
    lower, kinds = sentence.lower, sentence.kinds
    return any(
        lower[place] in PREPOSITIONS
        or lower[place] in MARKS
        or lower[place] in OPENERS
        or kinds[place][0] in "GZdI"
        for place in range(first, end)
    )


def is_noun_phrase(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether a stretch is a noun and what describes it, or part of that."""
    return NOUNS.issuperset(sentence.kinds[first:end])
