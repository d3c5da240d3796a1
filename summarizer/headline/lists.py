"""Gaps in lists: of "guards, cooks and clerks" all stay.

Knows words and their classes: it must not know what else is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from summarizer.headline.clauses import Rule, Surroundings, of_class, one_of
from summarizer.headline.lexicon import CLAIMS, COORDINATORS, PREPOSITIONS, SUBCLAUSE_OPENERS
from summarizer.headline.phrases import COMMON, NOUNS
from summarizer.headline.word_classes import SURE_NOUNS

_LONGEST_CLAUSE = 8


def holds_coordinator(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether "and", "or" or "but" goes."""
    return not COORDINATORS.isdisjoint(sentence.lower[first:end])


def _goes_on_with_list(sentence: Surroundings, _: int, end: int) -> bool:
    rest = sentence.lower[end + 1 : end + 1 + _LONGEST_CLAUSE]
    if "and" not in rest or "," in rest[: rest.index("and")]:
        return False
    stop = rest.index(",") if "," in rest else len(rest)
    if not CLAIMS.isdisjoint(rest[:stop]):
        # "Its makers and two doctors said" is a speaker.
        return False
    return NOUNS.issuperset(sentence.kinds[end + 1 : end + 1 + rest.index("and")])


def _ends_list(sentence: Surroundings, first: int, _: int) -> bool:
    """Tell whether the last of three things goes, so that a comma stands for "and"."""
    return sentence.lower[first - 2 : first - 1] == [","]


def _begins_list(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether the first of some subjects goes, up to its comma."""
    rest = sentence.lower[end : sentence.main]
    is_list = "and" in rest and "," not in rest
    is_named = "including" in sentence.lower[first:end]
    kinds = sentence.kinds
    is_named = is_named or (kinds[end - 2] == kinds[end] == "P")
    return is_list and (is_named or NOUNS.issuperset(kinds[first + 1 : end - 1]))


def _is_in_list(sentence: Surroundings, first: int, end: int) -> bool:
    goes_on = not COORDINATORS.isdisjoint(sentence.lower[end + 1 : end + 3])
    # "After she took the risk, guard and clerk fled" has no list.
    opens_clause = any(
        word in SUBCLAUSE_OPENERS and after != "of"
        for word, after in pairwise(sentence.lower[first:end])
    )
    goes_on = goes_on and not opens_clause
    return goes_on and end > 1 and sentence.kinds[end - 2] in COMMON


_COORDINATOR, _COMMA = one_of(COORDINATORS), one_of({","})
_NOUN, _SURE_NOUN = of_class(NOUNS), of_class(SURE_NOUNS)
LISTS: Sequence[Rule] = (
    Rule(opening=_COORDINATOR, last=_NOUN, check=_ends_list),
    Rule(last=_COMMA, at_start=True, check=_begins_list),
    # "Flaws on phones, tablets and laptops" are no "flaws, tablets".
    Rule(
        opening=one_of(PREPOSITIONS) | one_of({"who", "which", "that"}),
        last=_NOUN,
        after=_COMMA,
        check=_goes_on_with_list,
    ),
    Rule(before=_COMMA, opening=_NOUN, after=one_of({"and", "or"})),
    Rule(before=_COMMA, opening=_SURE_NOUN, after=_NOUN, check=holds_coordinator),
    # "Began a land, sea and air drill" is no "sea and air drill".
    Rule(
        last=_COMMA,
        after=_SURE_NOUN,
        somewhere=_COORDINATOR,
        at_start=True,
        check=_is_in_list,
    ),
)
