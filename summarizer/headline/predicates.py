"""Gaps after "is" and "was" that leave something else of what is said of a subject, or nothing.

Knows words and their classes: it must not know what else is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.headline.clause_parts import ADVERBIAL_OPENERS
from summarizer.headline.clauses import (
    IS_END,
    Rule,
    Surroundings,
    class_begins,
    holds_gerund,
    is_followed_by,
    is_more_than_one,
    is_one,
    of_class,
    one_of,
)
from summarizer.headline.lexicon import BE, PREPOSITIONS
from summarizer.headline.phrases import MARKS, NOUNS
from summarizer.headline.word_classes import ADJECTIVES, PAST, VERBS


def _is_predicate(sentence: Surroundings, first: int, _: int) -> bool:
    return first > 1 and sentence.lower[first - 2] in BE | {"it's", "that's", "he's", "she's"}


_BE, _NOUN, _GERUND = one_of(BE), of_class(NOUNS), class_begins("G")
_PREPOSITION, _MARK = one_of(PREPOSITIONS), one_of(MARKS)
PREDICATES: Sequence[Rule] = (
    # "Could be an endangered species" is no "could be species".
    Rule(before=_BE, opening=one_of({"a", "an"}), after=_NOUN, check=is_more_than_one),
    # "He is the man people love" is no "he is people love".
    Rule(
        before=_BE,
        after=of_class({"P", "S"}) | one_of({"people"}),
        check=is_followed_by(VERBS),
    ),
    # "They are waiting two hours" is no "they are two hours".
    Rule(before=_BE, last=_GERUND, after=~IS_END & ~_MARK),
    # "He is asking for calls telling staff" is no "he is telling staff".
    Rule(before=_BE, after=_GERUND, check=holds_gerund),
    # "It has been a difficult year" is no "it has been year".
    Rule(
        before=one_of({"a", "an"}),
        opening=of_class(ADJECTIVES | {"JN"}),
        after=_NOUN,
        check=_is_predicate,
    ),
    # "He is in prison for a week" is no "he is for a week".
    Rule(before=_BE, opening=_PREPOSITION, after=_PREPOSITION | one_of(ADVERBIAL_OPENERS)),
    # "They are winning thanks to her" is no "they are thanks to her".
    Rule(before=_BE, opening=_GERUND, check=is_one),
    Rule(before=_BE, opening=_PREPOSITION, after=of_class(PAST)),
    # "The fears have been overblown, she said" is no "the fears have been, she said".
    Rule(before=_BE, after=_MARK | IS_END),
)
