"""Gaps in relative clauses, and around them: "a crew that won medals" is no "crew medals".

Knows words and their classes: it must not know what else is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.headline.clauses import (
    IS_END,
    Rule,
    Surroundings,
    ahead,
    holds_gerund,
    is_followed_by,
    is_second,
    is_two,
    of_class,
    one_of,
)
from summarizer.headline.lexicon import ARTICLES, DETERMINERS, PREPOSITIONS, RELATIVE_PRONOUNS
from summarizer.headline.phrases import MARKS, NOUNS, OPENERS
from summarizer.headline.word_classes import PAST, SURE_VERBS, VERBS

_LONGEST_OPENING = 4


def _is_followed_by_gerund(sentence: Surroundings, _: int, end: int) -> bool:
    # "Leading economists" are none that lead.
    return sentence.kinds[end + 1][0] == "G" and sentence.lower[end + 1] != "leading"


def _follows_verb_ahead(sentence: Surroundings, first: int, _: int) -> bool:
    return not SURE_VERBS.isdisjoint(sentence.kinds[:first])


def _opens_relative(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether "at which" goes, without which nobody knows which level is meant."""
    is_spare = sentence.lower[first] == "in" and end == len(sentence.lower)
    is_spare = is_spare and sentence.lower[first - 1] != "way"
    return sentence.lower[first + 1 : first + 2] == ["which"] and not is_spare


def _holds_relative(sentence: Surroundings, first: int, end: int) -> bool:
    return not RELATIVE_PRONOUNS.isdisjoint(sentence.lower[first:end])


def _takes_what_is_done(sentence: Surroundings, first: int, end: int) -> bool:
    is_with = "with" in ahead(sentence, first, most=_LONGEST_OPENING)
    return is_with and holds_gerund(sentence, first, end)


def _is_short(_: Surroundings, first: int, end: int) -> bool:
    return end <= first + _LONGEST_OPENING


def _follows_relative(sentence: Surroundings, first: int, _: int) -> bool:
    return first > 1 and sentence.lower[first - 2] in RELATIVE_PRONOUNS | {"that"}


_NOUN, _VERB, _SURE_VERB = of_class(NOUNS), of_class(VERBS), of_class(SURE_VERBS)
_RELATIVE = one_of(RELATIVE_PRONOUNS | {"that"})
_PREPOSITION, _MARK = one_of(PREPOSITIONS), one_of(MARKS)
RELATIVE_CLAUSES: Sequence[Rule] = (
    # "Research that could mean prices are rising" is no "research are rising", nor "charged two
    # firms with helping banks hide losses" a "charged two firms hide losses".
    Rule(
        opening=_RELATIVE,
        after=_SURE_VERB,
        check=_follows_verb_ahead,
    ),
    # "A raid in which two died".
    Rule(after=_PREPOSITION, somewhere=one_of({"which"}), check=is_followed_by({"which"})),
    # "The level at which homes are taxed".
    Rule(before=~_MARK, opening=_PREPOSITION, somewhere=one_of({"which"}), check=_opens_relative),
    # "A crew that won medals" is no "crew medals", "a man who became a hit" no "man hit".
    Rule(opening=_RELATIVE, last=of_class(PAST | {"Z"}), after=_NOUN, check=is_two),
    Rule(
        opening=_RELATIVE,
        last=one_of(ARTICLES),
        after=~_MARK & ~IS_END,
        check=_is_short,
    ),
    # "The child of a man who became a hit" is no "child hit".
    Rule(
        last=of_class(PAST | SURE_VERBS),
        after=one_of(DETERMINERS),
        somewhere=one_of(RELATIVE_PRONOUNS),
        check=_holds_relative,
    ),
    # "Families who are trying to find him" are no "families to find him"; a ruling that a wait
    # without trial is wrong is no "ruling without trial".
    Rule(opening=_RELATIVE, after=_PREPOSITION),
    # "Shops that open at dusk have spread" is no "shops that open have spread".
    Rule(before=_VERB, opening=_PREPOSITION, after=_SURE_VERB, check=_follows_relative),
    # "With a clerk who served nuts filing a lawsuit".
    Rule(opening=_RELATIVE, somewhere=one_of({"with"}), check=_takes_what_is_done),
    # "A climber who fell while climbing" is no "climber while climbing".
    Rule(opening=_RELATIVE, after=one_of(OPENERS)),
    # "Drivers who speed are fined" is no "drivers are fined".
    Rule(opening=one_of({"who", "that"}), check=is_second),
    # "Film showing the deaths of men who fled" is no "film who fled".
    Rule(opening=~_PREPOSITION & ~_MARK, after=one_of({"who", "whom", "whose"})),
    # "Gunmen who ran, killing two" are no "gunmen, killing two".
    Rule(opening=_RELATIVE, after=one_of({","}), check=_is_followed_by_gerund),
)
