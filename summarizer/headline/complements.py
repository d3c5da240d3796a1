"""Gaps that take what the word before them calls for: without it that says something else.

Knows words and their classes: it must not know what else is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from summarizer.headline.calls import CALLING, CALLS
from summarizer.headline.clauses import (
    IS_END,
    Rule,
    Surroundings,
    Word,
    ahead,
    is_more_than_one,
    is_one,
    is_preceded_by,
    is_second,
    of_class,
    one_of,
)
from summarizer.headline.lexicon import (
    BE,
    CLAIMS,
    HAVE,
    MODALS,
    PARTICLES,
    PREPOSITIONS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    SUPERLATIVES,
)
from summarizer.headline.phrases import MARKS, NO_VERBS, NOUNS
from summarizer.headline.word_classes import ADJECTIVES, PAST, VERBS, is_superlative

_REFLEXIVES = frozenset("himself herself itself themselves yourself myself ourselves".split())
# After a verb they are part of it, whatever comes next; the others only if no noun comes.
_SURE_PARTICLES = PARTICLES | frozenset("apart aside ahead together forth".split())
_MAY_BE_PARTICLES = frozenset("over through around along".split())
_BARE = frozenset("be have do not also still never soon now".split())
_UNITS = frozenset("second minute hour day night week month year decade century".split())
_UNITS |= {f"{unit}s" for unit in _UNITS} | {"centuries"}
_MEASURED = frozenset("after before since ago early late earlier later from".split())
_WHICH_TIME = frozenset(
    "recent past last next coming previous early late latter consecutive successive".split()
)
_BEFORE_TIME = frozenset("in over for during within of".split())
_OPENINGS_OF_NOUNS = frozenset("P P's S # #y a an the his her its their our".split())
_COMPARED = frozenset("thought expected planned predicted forecast estimated believed".split())
# "The Republic of Norvia": with a capital and "of" they begin names.
_OF_NAMES = frozenset(
    "academy association bank board church city college council court department duchess duke "
    "federation gulf house institute isle kingdom league ministry museum prince princess republic "
    "school secretary society university".split()
)
# What they are the head or the office of may go: "the President of Norvia".
_OFFICES = frozenset(
    "archbishop authority bishop chairman chamber chief commission corporation director governor "
    "head king leader mayor member minister office president queen secretary".split()
)
_NARROWING = SUBJECT_PRONOUNS | {"against", "ever", "for", "since", "in", "of", "on", "to"}
_SPANS = frozenset({"for", "since", "in"})
_ONLY = SUPERLATIVES - {"next", "same", "least", "most"} | {"second", "third"}
_PAYING = frozenset(
    "fine fines fined earn earns earned spend spends spent pay pays paid cost costs raise "
    "raised invest invested lend lent borrow borrowed donate donated".split()
)
GIVING = frozenset("give gives gave giving given bring brings brought lend lends lent".split())
_ABOUT_SO_MUCH = frozenset("more over about around nearly almost up some".split())
_MINE = frozenset("my our your".split())
# What somebody is, where the clause after it says what kind of one.
_ANYBODY = frozenset("man woman person people those one thing place somebody someone".split())
LONGEST_NOUN = 6
LONGEST_AUDIENCE = 4


def _is_called_for(sentence: Surroundings, first: int, _: int) -> bool:
    return sentence.lower[first - 1] in CALLS[sentence.lower[first]]


def _is_phrasal(sentence: Surroundings, first: int, _: int) -> bool:
    return sentence.lower[first - 3 : first - 2] == ["to"]


def _is_called_for_by(sentence: Surroundings, _: int, end: int) -> bool:
    return sentence.lower[end - 1] in CALLS[sentence.lower[end]]


def _is_name_of(sentence: Surroundings, first: int, _: int) -> bool:
    """Tell whether "of" joins two names: "Nights of Lund"."""
    # "Player of the Year" is a prize.
    is_name = sentence.kinds[first + 1] == "P" or sentence.lower[first + 1 : first + 3] == [
        "the",
        "year",
    ]
    return is_name and sentence.lower[first - 1] not in _OFFICES


def _has_no_object(sentence: Surroundings, first: int, _: int) -> bool:
    return sentence.kinds[first + 1] not in NOUNS


def _is_particle(sentence: Surroundings, first: int, _: int) -> bool:
    return sentence.kinds[first + 1] in PREPOSITIONS


def _holds_which_time(sentence: Surroundings, first: int, end: int) -> bool:
    return not _WHICH_TIME.isdisjoint(sentence.lower[first:end])


def is_infinitive(sentence: Surroundings, place: int) -> bool:
    """Tell whether "to" is followed by a verb, which may be quoted."""
    kind = sentence.kinds[place + 1]
    if kind == '"':
        kind = sentence.kinds[place + 2]
    return kind not in _OPENINGS_OF_NOUNS


def _is_one_of_few(sentence: Surroundings, first: int, _: int) -> bool:
    if sentence.lower[first] == "to" and not is_infinitive(sentence, first):
        return False
    for place in range(first - 1, max(0, first - LONGEST_NOUN) - 1, -1):
        word = sentence.lower[place]
        if word == "to" or sentence.is_verb[place]:
            return False
        if word in _ONLY or is_superlative(word):
            # "The highest level for two weeks on hopes that" is narrowed down already.
            is_narrowed = not _SPANS.isdisjoint(sentence.lower[place:first])
            return word in _ONLY or sentence.lower[first] not in PREPOSITIONS or not is_narrowed
    return False


def _follows_be(sentence: Surroundings, first: int, _: int) -> bool:
    return not BE.isdisjoint(ahead(sentence, first, most=LONGEST_AUDIENCE))


def _is_cleft(sentence: Surroundings, first: int, _: int) -> bool:
    before = ahead(sentence, first)
    return "it's" in before or any(one == "it" and after in BE for one, after in pairwise(before))


def _is_compared(sentence: Surroundings, first: int, _: int) -> bool:
    than, what = (*sentence.lower[first + 1 : first + 3], "", "")[:2]
    return than == "than" and what in _COMPARED


_BARE_VERB = Word(lambda known: "B" in known.name or known.name[0] in "R?" or known.name in _BARE)
_VERB, _NOUN = of_class(VERBS), of_class(NOUNS)
_CAPITAL, _OF = Word(lambda known: known.is_capital), one_of({"of"})
_MARK, _BASE = one_of(MARKS), Word(lambda known: known.name[0] == "B")
_FIGURE = Word(lambda known: known.name[0] == "#" or known.lower in _ABOUT_SO_MUCH)
_ADJECTIVE = Word(lambda known: known.name in ADJECTIVES or known.lower.endswith("er"))
COMPLEMENTS: Sequence[Rule] = (
    # A verb loses its particle or its reflexive, an auxiliary its verb.
    Rule(before=one_of(MODALS), after=~_BARE_VERB),
    Rule(before=one_of({"now", "also", "still"}), after=~_BARE_VERB, check=is_preceded_by(MODALS)),
    Rule(before=one_of(HAVE), opening=of_class(PAST | {"sp"})),
    Rule(before=one_of(HAVE), after=one_of(PREPOSITIONS)),
    # "Came out with the proof", "spent a million on maps".
    Rule(before=one_of({"out", "up", "away"}), opening=one_of({"with"})),
    Rule(before=one_of({"up"}), opening=one_of({"to", "as", "for"})),
    # "Throw out the board" is no "throw out".
    Rule(before=one_of({"out", "off", "down"}), opening=_NOUN, after=~_NOUN, check=_is_phrasal),
    Rule(before=one_of(GIVING), last=_NOUN, after=one_of({"to"})),
    # "Rose amid talk that they will merge" is no "rose that they will merge".
    Rule(before=~one_of(CLAIMS), last=_NOUN, after=one_of({"that"})),
    Rule(before=one_of(_PAYING), opening=_FIGURE, after=one_of(PREPOSITIONS)),
    # "Is paid on average less than".
    Rule(before=one_of({"paid"}), after=_MARK | IS_END, check=is_preceded_by(BE)),
    Rule(before=~of_class(NO_VERBS), opening=one_of(_REFLEXIVES)),
    Rule(before=_VERB | one_of({"steps"}), opening=one_of(_SURE_PARTICLES)),
    Rule(before=_VERB, opening=one_of(_MAY_BE_PARTICLES), check=_has_no_object),
    # "Moved in from the west", "came through a battle".
    Rule(before=one_of({"came", "come", "comes"}), opening=one_of({"through"})),
    Rule(before=_VERB, opening=one_of({"in", "on"}), check=_is_particle),
    Rule(opening=one_of(_SURE_PARTICLES | PREPOSITIONS), check=is_one),
    Rule(
        before=one_of(CALLING),
        opening=one_of(CALLS.keys()),
        check=_is_called_for,
    ),
    # "Removed after an inquiry into an attack" is no "removed into an attack".
    Rule(
        before=~one_of(CALLING),
        last=one_of(CALLING),
        after=one_of(CALLS.keys()),
        check=_is_called_for_by,
    ),
    # A name of an institution is in one piece.
    Rule(before=one_of(_OF_NAMES) & _CAPITAL, opening=_OF),
    Rule(before=_CAPITAL, opening=_OF, check=_is_name_of),
    # "A new, harsh tone" is no "new", "my name" no "name", a man who lies no man.
    Rule(before=_ADJECTIVE, opening=_MARK, after=~_NOUN, check=is_preceded_by({"a", "an"})),
    Rule(opening=one_of(_MINE), at_start=True, check=is_one),
    Rule(before=one_of(_ANYBODY), opening=one_of(RELATIVES), check=_follows_be),
    # "It is the bank that pays" is no "it is the bank".
    Rule(opening=one_of(RELATIVES), somewhere=one_of({"it", "it's"}), check=_is_cleft),
    # "Proud of its past, the town" is no "proud, the town".
    Rule(opening=~_MARK, after=one_of({","}), check=is_second),
    # A time loses what it is counted from, or which one it is.
    Rule(before=one_of(_UNITS), opening=one_of(_MEASURED)),
    Rule(
        opening=~one_of(PREPOSITIONS),
        last=one_of(_UNITS),
        after=one_of({"after", "before"}),
        check=is_more_than_one,
    ),
    Rule(last=one_of({"aged"})),
    Rule(after=one_of({"ago"})),
    Rule(
        before=one_of(_BEFORE_TIME),
        after=one_of(_UNITS),
        somewhere=one_of(_WHICH_TIME),
        check=_holds_which_time,
    ),
    # "Fell less than expected" is no "fell".
    Rule(opening=one_of({"less", "more"}), somewhere=one_of(_COMPARED), check=_is_compared),
    # The first or best of a few becomes that of all.
    Rule(
        before=_NOUN,
        opening=one_of(_NARROWING),
        somewhere=Word(lambda known: known.lower in _ONLY or is_superlative(known.lower)),
        check=_is_one_of_few,
    ),
)
