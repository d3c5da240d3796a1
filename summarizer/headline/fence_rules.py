"""Gaps that are not made for the words at their edges: those of `joins`, and others.

Knows names, commas and claims: it must not know how a gap was scored.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.headline.attachments import ATTACHMENTS
from summarizer.headline.clause_parts import CLAUSE_PARTS
from summarizer.headline.clauses import (
    IS_END,
    Rule,
    Rules,
    Surroundings,
    Word,
    is_followed_by,
    of_class,
    one_of,
)
from summarizer.headline.complements import COMPLEMENTS
from summarizer.headline.compounds import COMPOUNDS
from summarizer.headline.contents import ASKING, CONTENTS
from summarizer.headline.coordination import COORDINATION
from summarizer.headline.exactness import EXACTNESS
from summarizer.headline.gerunds import GERUNDS
from summarizer.headline.idioms import IDIOMS
from summarizer.headline.joins import JOINS
from summarizer.headline.lexicon import CLAIMS, RELATIVE_PRONOUNS
from summarizer.headline.lists import LISTS
from summarizer.headline.noun_phrases import NOUN_PHRASES
from summarizer.headline.objects import OBJECTS
from summarizer.headline.phrases import COMMON, DASHES, MARKS
from summarizer.headline.predicates import PREDICATES
from summarizer.headline.quotations import QUOTATIONS
from summarizer.headline.relative_clauses import RELATIVE_CLAUSES
from summarizer.headline.said import SAYING
from summarizer.headline.wholes import BEFORE_NO_NAME, NO_NAMES
from summarizer.headline.word_classes import NARROWING, SURE_NOUNS


def _is_narrowed(sentence: Surroundings, first: int, end: int) -> bool:
    # "The last big European country", but not "in its last week, witnesses".
    for place in range(end - 1, first - 1, -1):
        if sentence.reach[place] == NARROWING:
            return True
        if sentence.lower[place] in MARKS:
            return False
    return False


def _is_name_narrowed(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether a name that describes a noun stays without what narrows this down."""
    near = slice(max(first, end - 2), end)
    is_described = sentence.kinds[end + 1] in SURE_NOUNS or "most" in sentence.lower[near]
    return is_described and NARROWING in sentence.reach[near]


def _is_appended(sentence: Surroundings, _: int, end: int) -> bool:
    is_alias = "known" in sentence.lower[end + 1 : end + 3]
    return end in sentence.appended or (is_alias and "as" in sentence.lower[end + 2 : end + 4])


def _is_before_verb(sentence: Surroundings, _: int, end: int) -> bool:
    return sentence.is_verb[end]


def _is_before_main(sentence: Surroundings, first: int, _: int) -> bool:
    return first < sentence.main


def _strands_comma(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether only one comma stays between a subject and its verb."""
    is_before_verb = end + 1 < len(sentence.lower) and sentence.is_verb[end + 1]
    # "Prices will rise, says the bank" has its subject after the verb.
    is_speech = is_before_verb and sentence.lower[end + 1] in CLAIMS
    return is_before_verb and not is_speech and "," not in sentence.lower[:first]


def _has_no_partner(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether the mark that ends a gap is not the second around a phrase in it."""
    marks = [place for place in range(first, end - 1) if sentence.lower[place] in MARKS]
    if not marks:
        return True
    opening, closing = sentence.lower[marks[-1]], sentence.lower[end - 1]
    return opening != closing or (opening == "," and marks[-1] not in sentence.appended)


def _goes_beyond_dash(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether an insertion goes with a verb after it: "its day - 9 May - was put off"."""
    gone = sentence.lower[first + 1 : end]
    if sentence.lower[first] not in gone:
        return False
    return sentence.verbs[end] > sentence.verbs[first + 1 + gone.index(sentence.lower[first])]


def _leaves_dash(sentence: Surroundings, first: int, end: int) -> bool:
    return sentence.lower[first] in sentence.lower[end:]


def _takes_verb_said(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether all that somebody says goes."""
    if first not in sentence.said or sentence.verbs[end] == sentence.verbs[first]:
        return False
    start = first
    while start - 1 in sentence.said:
        start -= 1
    # "Urged people to save, as it warned that" has said it, and so has "hopes to win".
    is_goal = sentence.lower[start - 1] in ASKING or sentence.lower[start] == "to"
    return not (is_goal and "to" in sentence.lower[start:first])


_COUNTED = frozenset({"a", "an", "M", "#"})
_CAPITAL = Word(lambda known: known.is_capital)
_MARK, _INSIDE = one_of(MARKS), ~IS_END
_ONE = of_class({"N", "N?", "P"})
_NARROWS = Word(lambda known: known.reach == NARROWING)
FENCE_RULES: Sequence[Rule] = (
    *NOUN_PHRASES,
    *JOINS,
    *COMPLEMENTS,
    *OBJECTS,
    *CONTENTS,
    *ATTACHMENTS,
    *PREDICATES,
    *GERUNDS,
    *QUOTATIONS,
    *CLAUSE_PARTS,
    *RELATIVE_CLAUSES,
    *COORDINATION,
    *LISTS,
    *IDIOMS,
    *COMPOUNDS,
    *EXACTNESS,
    # Two names, or a pronoun and a name, have lost what stood between them.
    Rule(before=(_CAPITAL & ~one_of(NO_NAMES)) | one_of(BEFORE_NO_NAME), after=_CAPITAL),
    # A noun stays without what narrows it down, or changes it.
    Rule(after=of_class(COMMON), somewhere=_NARROWS, at_start=True, check=_is_narrowed),
    Rule(after=of_class({"P"}), somewhere=_NARROWS, at_start=True, check=_is_name_narrowed),
    # Only one of the commas around a phrase goes, or one that belongs to none.
    Rule(opening=~_MARK, after=_MARK | one_of({"--"}), at_start=True, check=_is_appended),
    Rule(opening=_MARK, last=~_MARK, after=_INSIDE & ~_MARK, at_start=True),
    Rule(before=~_MARK, opening=~_MARK, last=_MARK, after=_INSIDE, check=_has_no_partner),
    # "Attacks, bombing the capital, Lund" are no "attacks Lund".
    Rule(before=of_class({"N", "S"}), opening=_MARK, last=_MARK, after=of_class({"P", "N", "S"})),
    # Before its verb a subject keeps both commas or none.
    Rule(before=_MARK, opening=~_MARK, last=_MARK, after=_INSIDE, check=_is_before_verb),
    Rule(before=_MARK, opening=~_MARK, last=~_MARK, after=_MARK),
    # "Ann Lee (21) and Ole Bru (26)" are two.
    Rule(opening=one_of({"("}), last=~one_of({")"}), after=one_of({"("})),
    Rule(before=_MARK, after=IS_END),
    Rule(before=one_of({","}), opening=one_of(RELATIVE_PRONOUNS), after=_INSIDE & ~_MARK),
    Rule(before=~_MARK, opening=_MARK, last=~_MARK, after=one_of({","}), check=_strands_comma),
    Rule(opening=_MARK, last=_MARK, after=one_of({"who", "whose", "which", "where"})),
    Rule(last=_MARK, after=one_of({"according"})),
    Rule(before=~_MARK, opening=one_of(DASHES), last=~_MARK, check=_goes_beyond_dash),
    # "The singer - a star, a ray of light - is".
    Rule(opening=one_of(DASHES), last=~_MARK, after=_MARK & ~one_of(DASHES), check=_leaves_dash),
    # "Ended with six medals - a gold".
    Rule(opening=~_MARK, last=~_MARK, after=one_of(DASHES), check=is_followed_by(_COUNTED)),
    # "Sen." is one word.
    Rule(after=one_of({"."})),
    Rule(opening=one_of({"."})),
    # One of two subjects goes, or all that somebody says.
    Rule(opening=one_of({"and", "or"}), check=_is_before_main),
    Rule(before=_ONE, opening=one_of({"and"}), after=one_of({"are", "were", "have"})),
    Rule(somewhere=one_of(SAYING), check=_takes_verb_said),
)
RULES = Rules(FENCE_RULES)
