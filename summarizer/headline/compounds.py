"""Gaps that part two words which mean little without each other: "ballistic missile".

Knows which words these are: it must not know what else is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.headline.clauses import Rule, Surroundings, Word
from summarizer.headline.known_words import load_compounds
from summarizer.headline.word_classes import Known


# Small words, which are classes of their own, are parts of none.
def _needs_second(known: Known) -> bool:
    return known.name[0].isupper() and known.lower in load_compounds().first_needs


def _needs_first(known: Known) -> bool:
    return known.name[0].isupper() and known.lower in load_compounds().second_needs


def _parts_from_second(sentence: Surroundings, first: int, _: int) -> bool:
    return sentence.lower[first] in load_compounds().first_needs[sentence.lower[first - 1]]


def _parts_from_first(sentence: Surroundings, _: int, end: int) -> bool:
    return sentence.lower[end - 1] in load_compounds().second_needs[sentence.lower[end]]


COMPOUNDS: Sequence[Rule] = (
    Rule(before=Word(_needs_second), check=_parts_from_second),
    Rule(after=Word(_needs_first), at_start=True, check=_parts_from_first),
)
