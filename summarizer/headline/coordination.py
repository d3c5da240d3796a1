"""Gaps in what "and", "or" and "but" join: after them one half stands with the other's words.

Knows words and their classes: it must not know what else is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from summarizer.headline.clauses import (
    IS_END,
    Rule,
    Surroundings,
    Word,
    ahead,
    holds_no_verb,
    is_more_than_one,
    is_one,
    is_preceded_by,
    is_two,
    of_class,
    one_of,
)
from summarizer.headline.lexicon import (
    ARTICLES,
    BE,
    CLAIMS,
    COORDINATORS,
    DETERMINERS,
    HAVE,
    POSSIBLE,
    PREPOSITIONS,
)
from summarizer.headline.lists import holds_coordinator
from summarizer.headline.phrases import MARKS, NO_VERBS, NOUNS
from summarizer.headline.word_classes import (
    ADJECTIVES,
    NARROWING,
    PAST,
    SURE_NOUNS,
    SURE_VERBS,
    VERBS,
    is_superlative,
)

_SHARED_ENDINGS = ("ic", "al", "an", "ish", "ese")
_OTHER_HALVES = frozenset("but it they he she".split())
_AGAINST = frozenset({"v", "vs", "versus"})
_VERBS_ONLY = frozenset({"B", "Z", "d!"})
_MIXED = frozenset("combination mixture mix blend".split())
_INSTITUTIONS = frozenset("association board college council police trust university".split())
_LONGEST_CLAUSE = 8


def _takes_second_verb(sentence: Surroundings, first: int, end: int) -> bool:
    kinds = sentence.kinds
    is_verb = kinds[first - 1] not in NO_VERBS and end == first + 2
    return is_verb or kinds[first + 1][0] == "B" or sentence.is_verb[first + 1]


def _is_of_names(sentence: Surroundings, first: int, _: int) -> bool:
    return sentence.kinds[first + 1] in ("P", "Pt")


def _is_narrowed(sentence: Surroundings, first: int, _: int) -> bool:
    return first > 1 and sentence.reach[first - 2] == NARROWING


def _takes_joint_alone(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether a gap takes what joins two clauses, and not the verb of the second."""
    is_joint = not COORDINATORS.isdisjoint(sentence.lower[first + 1 : first + 2])
    return is_joint and sentence.verbs[first] == sentence.verbs[end]


def _begins_with_verb(sentence: Surroundings, first: int, _: int) -> bool:
    return sentence.kinds[first + 1] in _VERBS_ONLY


def _takes_shared_noun(sentence: Surroundings, first: int, end: int) -> bool:
    return end > first + 1 and sentence.lower[first + 1].endswith(_SHARED_ENDINGS)


def _is_contrasted(sentence: Surroundings, first: int, _: int) -> bool:
    return "not" in sentence.lower[max(0, first - _LONGEST_CLAUSE) : first]


def _takes_other_half(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether "not only", or "didn't just", stays without what else there is."""
    is_half = any(
        (word == "not" or word.endswith("n't")) and after in ("only", "just")
        for word, after in pairwise(sentence.lower[:first])
    )
    return is_half and not _OTHER_HALVES.isdisjoint(sentence.lower[first:end])


def _follows_verb(sentence: Surroundings, first: int, _: int) -> bool:
    return not PAST.isdisjoint(sentence.kinds[max(0, first - _LONGEST_CLAUSE) : first - 1])


def _beheads_clause(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether of a clause after ", but" only the beginning stays."""
    lower, kinds = sentence.lower, sentence.kinds
    if sentence.verbs[first] == sentence.verbs[end]:
        return False
    for place in range(first - 1, 0, -1):
        if kinds[place] in SURE_VERBS:
            return False
        if lower[place] in COORDINATORS and (
            lower[place - 1] in MARKS or lower[place + 1] in MARKS
        ):
            return not SURE_VERBS.isdisjoint(kinds[first:end])
    return False


def _is_mixed(sentence: Surroundings, first: int, _: int) -> bool:
    return not _MIXED.isdisjoint(ahead(sentence, first, most=_LONGEST_CLAUSE))


def _is_certain(sentence: Surroundings, first: int, _: int) -> bool:
    """Tell whether no more is said than what could be: there "A or B" is both."""
    return POSSIBLE.isdisjoint(sentence.lower[:first])


def _is_attribute(sentence: Surroundings, first: int, _: int) -> bool:
    if first < 2:
        return False
    before = sentence.lower[first - 2]
    return before in DETERMINERS or is_superlative(before)


def _takes_joint(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether "and" goes, and what it joins to a verb ahead stays."""
    joints = [place for place in range(first, end) if sentence.lower[place] in COORDINATORS]
    if not joints or not sentence.verbs[first]:
        return False
    return NO_VERBS.isdisjoint(sentence.kinds[joints[-1] + 1 : end])


def _is_gapped(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether of two that share a verb the first has lost what the second has."""
    gone = sentence.lower[first:end]
    return sentence.lower[end] == gone[0] and not COORDINATORS.isdisjoint(gone)


def _is_one_of_several(sentence: Surroundings, first: int, _: int) -> bool:
    place = first - 1
    while place > 0 and sentence.kinds[place] == "P":
        place -= 1
    return sentence.kinds[place] == "S"


def _is_pair_of_one_noun(sentence: Surroundings, first: int, end: int) -> bool:
    return end == first + 3 and sentence.kinds[first + 1] in {"N", "JN", "BN"}


def _shares_head(sentence: Surroundings, first: int, end: int) -> bool:
    return {"P"}.issuperset(sentence.kinds[first + 1 : end - 1])


def _shares_article(sentence: Surroundings, first: int, _: int) -> bool:
    kind, after = (*sentence.kinds[first + 1 : first + 3], "", "")[:2]
    is_one = sentence.lower[first - 2 : first - 1] in (["a"], ["an"])
    return is_one and kind in ADJECTIVES and after in NOUNS


def _is_object(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether of two adjectives of an object one is left without it."""
    is_object = first > 1 and sentence.kinds[first - 2] in VERBS
    return is_object and sentence.verbs[first] == sentence.verbs[end]


def _takes_auxiliary(sentence: Surroundings, first: int, end: int) -> bool:
    return not (BE | HAVE).isdisjoint(sentence.lower[first:end])


_PAST = PAST | {"sp"}
_COORDINATOR, _PREPOSITION, _NOUN = one_of(COORDINATORS), one_of(PREPOSITIONS), of_class(NOUNS)
_ADJECTIVE, _SURE_NOUN = of_class(ADJECTIVES), of_class(SURE_NOUNS)
_NAME, _AND = of_class({"P"}), one_of({"and"})
_IN_LY = Word(lambda known: known.lower.endswith("ly"))
_IS_SHARED = Word(lambda known: known.lower.endswith(_SHARED_ENDINGS))
COORDINATION: Sequence[Rule] = (
    # "High prices and falling demand", "in a long and sad history", "tried to tax and spend".
    Rule(opening=_COORDINATOR, last=one_of(ARTICLES), after=~IS_END),
    Rule(
        before=of_class(ADJECTIVES | {"JR"}),
        opening=_COORDINATOR,
        after=~_NOUN,
        check=is_preceded_by(ARTICLES | PREPOSITIONS),
    ),
    Rule(before=of_class(PAST), opening=one_of({"to"}), after=_COORDINATOR),
    # "The Trade and Industry Secretary said", "former Orla and Castria singer Ole Brun".
    Rule(before=_NAME, opening=_AND, after=one_of(CLAIMS | HAVE), check=_is_of_names),
    Rule(before=_NAME, opening=_AND, check=_is_narrowed),
    # "Art is old, but this, some say, is new".
    Rule(opening=one_of({","}), last=one_of({","}), after=~IS_END, check=_takes_joint_alone),
    # "Received and rejected a bid", "offered and then withdrew it": what they share they share all.
    Rule(before=of_class(_PAST), opening=_COORDINATOR, last=of_class(_PAST)),
    Rule(before=of_class(_PAST), opening=_COORDINATOR, after=of_class(_PAST)),
    # "One died and another was hurt" is no "one died and hurt".
    Rule(before=_COORDINATOR, after=of_class(PAST), check=_takes_auxiliary),
    # "To write and star in a film" is no "to write in a film".
    Rule(
        opening=_COORDINATOR,
        after=_PREPOSITION | of_class({"G", "GN", "GJ"}),
        check=_takes_second_verb,
    ),
    Rule(opening=_COORDINATOR, after=~IS_END, check=is_one),
    # "Hurt users and threaten jobs" is no "hurt users jobs", a "war and spy story" no "war and
    # story".
    Rule(opening=_COORDINATOR, after=_NOUN, check=_begins_with_verb),
    # "Wind and heavy snow in the north" is no "wind and in the north"; "holders Norvia and league
    # leaders Velm" is no "holders Norvia leaders Velm".
    Rule(before=_COORDINATOR, last=_NOUN & ~of_class({"P's"})),
    Rule(before=_COORDINATOR, opening=one_of(ARTICLES), check=is_more_than_one),
    Rule(opening=_COORDINATOR, last=_NOUN, after=_NOUN),
    # "Called them 'false' and 'desperate' papers" is no "called them 'false' and papers".
    Rule(before=_COORDINATOR, opening=one_of({'"', "“", "'", "‘"})),
    # "A missed health check and phone use" is no "missed use".
    Rule(before=_ADJECTIVE, opening=_SURE_NOUN, after=_NOUN, check=holds_coordinator),
    # "The Olympic and Paralympic Games", "not just a face but a mind".
    Rule(before=_IS_SHARED, opening=_COORDINATOR, check=_takes_shared_noun),
    Rule(opening=one_of({"but"}), somewhere=one_of({"not"}), check=_is_contrasted),
    Rule(somewhere=one_of({"only", "just"}), check=_takes_other_half),
    # "Called the police and told officials" is no "called the police and officials".
    Rule(before=_COORDINATOR, opening=of_class(PAST), after=_NOUN, check=_follows_verb),
    Rule(somewhere=_COORDINATOR, check=_beheads_clause),
    Rule(before=~_PREPOSITION & ~one_of(MARKS), opening=one_of({"both"})),
    Rule(before=of_class({"#"}), opening=_COORDINATOR, last=_NOUN),
    # "A combination of games and shows" is none of games, "Lund and Velm Trust" no "Lund".
    Rule(opening=one_of({"and"}), somewhere=one_of(_MIXED), check=_is_mixed),
    Rule(
        before=of_class({"P"}),
        opening=one_of({"and"}),
        last=one_of(_INSTITUTIONS) & Word(lambda known: known.is_capital),
    ),
    # "Veteran comedian and host Ann Lee" is no veteran.
    Rule(before=_SURE_NOUN | of_class({"JN"}), opening=of_class({"?"}), after=_COORDINATOR),
    # "Rose by 5% and wages by 3%" is no "rose by 3%".
    Rule(opening=_PREPOSITION, after=_PREPOSITION, somewhere=_COORDINATOR, check=_is_gapped),
    # "Walks slowly and with a stick" is no "walks and with a stick".
    Rule(opening=_IN_LY, after=_COORDINATOR, check=is_one),
    # "The Lund and Velm fairs", "oil and gas fields".
    Rule(before=_SURE_NOUN, opening=_AND, last=of_class({"S"}), check=_is_pair_of_one_noun),
    Rule(before=_NAME, opening=_AND, last=of_class({"S"}), check=_shares_head),
    # "The operators Norair and Velm Tel" are two, "creative and technical help" is help.
    Rule(before=_NAME, opening=_AND, check=_is_one_of_several),
    Rule(before=_ADJECTIVE, opening=_COORDINATOR, last=_NOUN, check=_is_object),
    # "A sea and aerial attack" is no sea.
    Rule(before=_SURE_NOUN, opening=_AND, check=_shares_article),
    # "The referee from Norvia v Orla".
    Rule(after=one_of(_AGAINST)),
    Rule(last=one_of(_AGAINST)),
    Rule(before=one_of(_AGAINST)),
    Rule(opening=one_of(_AGAINST)),
    # "In June or July" is not in June; "chairs debates and is charged" is no "debates charged".
    Rule(opening=one_of({"or"}), check=_is_certain),
    # "Some clear and distinctive plans" are not "some clear".
    Rule(
        before=_ADJECTIVE | of_class({"JN"}),
        opening=_COORDINATOR,
        after=~_NOUN,
        check=_is_attribute,
    ),
    Rule(last=one_of(BE | HAVE), after=~IS_END, somewhere=_COORDINATOR, check=holds_coordinator),
    # "They want a rise for all but said nothing" is no "they want a rise said nothing", "sells oil
    # and gas" no "sells and gas"; "strong and swift action" is not strong.
    Rule(after=of_class(SURE_VERBS), somewhere=_COORDINATOR, check=_takes_joint),
    Rule(opening=_PREPOSITION, last=_SURE_NOUN, after=_COORDINATOR, check=is_two),
    Rule(
        before=_ADJECTIVE | of_class({"JN"}),
        opening=_COORDINATOR,
        last=_SURE_NOUN,
        after=~_NOUN,
        check=holds_no_verb,
    ),
)
