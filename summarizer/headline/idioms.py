"""Gaps within words that mean what they mean only together.

Knows words and their classes: it must not know what else is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from summarizer.headline.ballast import RATED
from summarizer.headline.clauses import (
    IS_END,
    Rule,
    Surroundings,
    Word,
    class_begins,
    is_one,
    is_preceded_by,
    is_two,
    of_class,
    one_of,
)
from summarizer.headline.lexicon import (
    ARTICLES,
    BEFORE_DURATION,
    DAY_PARTS,
    OBJECT_PRONOUNS,
    PARTICLES,
    PERIODS,
    PREPOSITIONS,
    TIME_UNITS,
    WEEKDAYS,
)
from summarizer.headline.wholes import is_number
from summarizer.headline.word_classes import ADJECTIVES, PAST, SURE_NOUNS, is_superlative

_HUNDREDS = frozenset("hundred thousand million billion trillion dozen lakh crore".split())
_FRACTIONS = frozenset("half third quarter fifth sixth seventh eighth ninth tenth".split())
_LONGEST_GROUP = 7
_OF_PERIODS = {f"{period}'s" for period in PERIODS}
_COMPARED = frozenset("higher lower more less better worse".split())
_FEW = frozenset("few little lot number couple handful bit".split())
_RELATIONS = frozenset(
    "connection line front charge behalf favour favor need search support response addition "
    "relation return exchange honour honor light terms spite touch danger pursuit memory".split()
)
_FALLING = frozenset("fall falls fell fallen falling taken become becomes became".split())
_FALLEN = frozenset("ill sick asleep short foul silent victim prey".split())
_STANDING = frozenset("stand stands stood standing sit sits sat keep keeps kept lay lie".split())
_HEIGHTS = frozenset("high highs low lows".split())
_OF_WHAT = frozenset({"choice", "words"})
_GOING = frozenset("go goes going gone went come comes came".split())
_TIMELY = frozenset("boom prime part full long worse better right wrong worst best".split())
_PERIODS_AHEAD = frozenset("days weeks months years week month year".split())
_MEETINGS = frozenset("encounter clash collision row dispute deal meeting partnership".split())
_PROSPECTS = frozenset("prospect chance sign hope danger risk possibility".split())
_QUANTIFIERS = frozenset("one more most some many few none all".split())
_ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())
_SO_MUCH = frozenset({"much", "many", "well", "badly", "often", "far"})
_ABOVE_ALL = frozenset("especially particularly notably mainly mostly largely partly".split())
_CONDITIONS = frozenset("condition conditions mood shape circumstances footing".split())
_NOTES = frozenset("high low sour positive bright flat strong weak".split())


def _is_in_a_row(sentence: Surroundings, _: int, end: int) -> bool:
    return sentence.lower[end + 1 : end + 3] == ["a", "row"]


def _is_of_choice(sentence: Surroundings, first: int, _: int) -> bool:
    return not _OF_WHAT.isdisjoint(sentence.lower[first + 1 : first + 2])


def _is_on_hold(sentence: Surroundings, first: int, _: int) -> bool:
    return sentence.lower[first + 1 : first + 2] == ["hold"]


def _is_one_of(sentence: Surroundings, first: int, _: int) -> bool:
    ahead = sentence.lower[max(0, first - _LONGEST_GROUP) : first]
    return ("one", "of") in pairwise(ahead)


def _is_among(sentence: Surroundings, first: int, end: int) -> bool:
    ahead = sentence.lower[max(0, first - _LONGEST_GROUP) : first]
    return "among" in ahead or _is_one_of(sentence, first, end)


def _is_record(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether what is a record goes, and since when stays."""
    since = sentence.lower[end + 1 : end + 5]
    is_since = "history" in since or any(word.removesuffix("s") in PERIODS for word in since)
    gone = sentence.lower[first:end]
    return is_since and (any(map(is_superlative, gone)) or not _ORDINALS.isdisjoint(gone))


def _is_more(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether there is more, and nobody knows any more than what."""
    return "than" in sentence.lower[first:end] and "more" in sentence.lower[:first]


def _is_so_much(sentence: Surroundings, first: int, _: int) -> bool:
    return not _SO_MUCH.isdisjoint(sentence.lower[first + 1 : first + 2])


def _is_each_other(sentence: Surroundings, first: int, _: int) -> bool:
    return sentence.lower[first + 1 : first + 2] == ["other"]


def _is_in_arms(sentence: Surroundings, first: int, _: int) -> bool:
    return sentence.lower[first + 1 : first + 2] == ["arms"]


_NUMBER = Word(lambda known: known.name[0] == "#" or is_number(known.lower) or known.lower == "one")
_YEARS = Word(lambda known: known.lower.endswith("-year"))
_RECORD = Word(lambda known: is_superlative(known.lower) or known.lower in _ORDINALS)
_OF_WHICH = of_class(PAST) | one_of({"who", "whose", "that"})


def _is_the_time(sentence: Surroundings, first: int, _: int) -> bool:
    return sentence.lower[first + 1 : first + 2] == ["time"]


def _is_to_fame(sentence: Surroundings, first: int, _: int) -> bool:
    return not {"fame", "power", "prominence"}.isdisjoint(sentence.lower[first + 1 : first + 2])


def _is_bid(sentence: Surroundings, first: int, _: int) -> bool:
    return sentence.lower[first + 1 : first + 2] == ["bid"]


_DESCRIBING = of_class(ADJECTIVES | SURE_NOUNS | {"JN", "?", "JR"})
_TO, _IN_S = one_of({"to"}), Word(lambda known: known.lower.endswith("'s"))
IDIOMS: Sequence[Rule] = (
    # "On the other hand", "each other".
    Rule(last=one_of({"other"}), after=one_of({"hand"}), at_start=True),
    Rule(before=one_of({"each"}), opening=one_of({"other"})),
    Rule(opening=one_of({"each"}), somewhere=one_of({"other"}), check=_is_each_other),
    # "Went straight in at number one", "at its slowest pace in years".
    Rule(before=one_of({"straight"}), opening=one_of(PREPOSITIONS)),
    Rule(after=one_of({"in", "since", "for"}), somewhere=_RECORD, check=_is_record),
    # "A 7bn dollar bid", "one of Norvia's top banks".
    Rule(opening=_NUMBER, after=one_of({"dollar", "euro", "pound", "rupee", "yen"})),
    Rule(before=one_of({"of"}), somewhere=one_of(_QUANTIFIERS), check=is_preceded_by(_QUANTIFIERS)),
    # "At a two-year high", "a 59-year old man", "strep A", "try and win".
    Rule(opening=one_of(PREPOSITIONS), after=one_of(_HEIGHTS)),
    Rule(last=_YEARS, after=one_of({"old"}), at_start=True),
    Rule(opening=Word(lambda known: known.lower == "a" and known.is_capital), check=is_one),
    Rule(before=one_of({"try", "tries"}), opening=one_of({"and"})),
    # "Four times more than last year" is no "four times more".
    Rule(somewhere=one_of({"than"}), check=_is_more),
    # "Only a 5% chance" is no "only chance".
    Rule(before=one_of({"only"}), opening=one_of(ARTICLES) | of_class({"#"})),
    Rule(before=one_of(ARTICLES), opening=of_class({"#"}), check=is_preceded_by({"only"})),
    # "Nine times more", "sex discrimination".
    Rule(before=one_of({"times"}), opening=one_of({"more", "as", "the"})),
    Rule(before=one_of({"sex"}), opening=one_of({"discrimination"})),
    Rule(last=one_of({"child"}), after=one_of({"abuse", "sex", "labour"})),
    Rule(last=one_of({"death"}), after=one_of({"threat", "threats"})),
    Rule(last=one_of({"immediate"}), after=one_of({"effect"})),
    Rule(last=one_of({"family"}), after=one_of({"member", "members"})),
    # "For the umpteenth time", "the first of two strikes".
    Rule(before=one_of({"for"}), last=of_class(ADJECTIVES | {"?"}), after=one_of({"time"})),
    Rule(before=one_of({"first", "last"}), opening=one_of({"of"})),
    # "Came from a set down", "looks forward to", "rose to fame".
    Rule(opening=one_of({"from"}), after=one_of({"down"})),
    Rule(before=one_of({"look", "looks", "looked", "looking"}), opening=one_of({"forward"})),
    Rule(before=one_of({"rise", "rises", "rose", "risen"}), opening=_TO, check=_is_to_fame),
    # "Rs 22.5-crore", "people carriers", "rules him out".
    Rule(before=one_of({"rs", "rs."})),
    Rule(last=one_of({"people"}), after=one_of({"carrier", "carriers"})),
    Rule(before=one_of(OBJECT_PRONOUNS), opening=one_of({"out", "off", "up", "down"})),
    # "By the time he came", "in a stable condition".
    Rule(before=one_of({"by"}), opening=one_of({"the"}), check=_is_the_time),
    Rule(before=one_of(PREPOSITIONS | ARTICLES), last=_DESCRIBING, after=one_of(_CONDITIONS)),
    # "By a third", "a little", "on Friday evening", "this week", "for the third year in a row".
    Rule(opening=one_of({"a"}), after=one_of(_FRACTIONS | _FEW | _HUNDREDS), check=is_one),
    Rule(before=one_of({"on"}), after=one_of(DAY_PARTS)),
    Rule(last=one_of(WEEKDAYS), after=one_of(DAY_PARTS)),
    # "On a slow Thursday night".
    Rule(opening=one_of(WEEKDAYS), last=one_of(DAY_PARTS), check=is_preceded_by(ARTICLES)),
    Rule(last=one_of({"this", "last", "next"}), after=one_of(PERIODS | _OF_PERIODS)),
    Rule(before=one_of({"this", "last", "next"}), opening=one_of(_OF_PERIODS)),
    Rule(after=one_of({"in"}), somewhere=one_of({"row"}), check=_is_in_a_row),
    # "48 cents a bushel".
    Rule(before=one_of(RATED), opening=one_of({"a"}), check=is_one),
    # "Even if", "a closed-door meeting" in two words.
    Rule(last=one_of({"even", "only", "as"}), after=one_of({"if", "though"})),
    Rule(last=one_of({"closed"}), after=one_of({"door", "doors"})),
    # "An encounter with police", "the prospect that it will close", "the players' union".
    Rule(last=one_of(_MEETINGS), after=one_of({"with"})),
    Rule(before=one_of(_PROSPECTS), opening=one_of({"that"})),
    Rule(last=Word(lambda known: known.lower.endswith("s")), after=one_of({"'", "’"})),
    # "To stand as a lesson", "in the years ahead".
    Rule(before=one_of({"stand", "stands", "stood"}), opening=one_of({"as"})),
    Rule(before=one_of(_PERIODS_AHEAD), opening=one_of({"ahead"})),
    # "Loves rice so much she eats it daily".
    Rule(opening=one_of({"so"}), somewhere=one_of(_SO_MUCH), check=_is_so_much),
    # "Once again", "time and again", "such as".
    Rule(before=one_of({"time"}), opening=one_of({"and"}), somewhere=one_of({"again"})),
    Rule(before=one_of({"once"}), opening=one_of({"again", "more"})),
    Rule(last=one_of({"such"}), after=one_of({"as"})),
    # "In connection with the theft", "half the towns".
    Rule(opening=one_of({"in", "on", "at"}), last=one_of(_RELATIONS), check=is_two),
    Rule(before=one_of({"half", "twice"}), opening=one_of({"the", "a"}), check=is_one),
    # "Up in arms".
    Rule(before=one_of({"up"}), opening=one_of({"in"}), check=_is_in_arms),
    # "Fell ill", "stood still".
    Rule(before=one_of(_FALLING), opening=one_of(_FALLEN)),
    Rule(before=one_of(_STANDING), opening=one_of({"still", "quiet", "idle", "silent"})),
    # "The fourth quarter", "number one", "8% higher".
    Rule(
        before=one_of({"first", "second", "third", "fourth"}), opening=one_of({"quarter", "half"})
    ),
    Rule(before=one_of({"number"}), opening=_NUMBER),
    Rule(before=_NUMBER, opening=one_of(_COMPARED)),
    # "An upset stomach", "the meat of choice".
    Rule(last=one_of({"upset"}), after=one_of({"stomach"})),
    Rule(opening=one_of({"of"}), somewhere=one_of(_OF_WHAT), check=_is_of_choice),
    Rule(opening=one_of({"on"}), somewhere=one_of({"hold"}), check=_is_on_hold),
    # "1 October", "too good to be true", "at whatever level", "gone head-to-head with".
    Rule(before=of_class({"#"}), opening=of_class({"#mo"})),
    Rule(last=one_of({"too"}), after=of_class(ADJECTIVES | {"JN"})),
    Rule(opening=one_of({"too"}), after=one_of({"to"})),
    Rule(before=one_of(PREPOSITIONS), opening=one_of({"whatever", "whichever"})),
    Rule(before=one_of(_GOING), opening=of_class({"?", "R"}), after=one_of({"with"})),
    Rule(
        before=one_of({"go", "goes", "gone", "went"}),
        opening=one_of({"into", "on", "through", "under"}),
    ),
    # "One of its great years", "head them off".
    Rule(
        opening=of_class(ADJECTIVES | {"JN"}),
        after=of_class({"S"}),
        somewhere=one_of({"one"}),
        check=_is_one_of,
    ),
    Rule(opening=one_of(OBJECT_PRONOUNS), after=one_of(PARTICLES), check=is_one),
    Rule(opening=one_of(OBJECT_PRONOUNS), last=one_of(PARTICLES), after=IS_END),
    # "One of five players included in the squad", "among three writers who".
    Rule(before=of_class({"S"}), opening=_OF_WHICH, after=IS_END, check=_is_among),
    # "Popular, especially with thieves".
    Rule(before=one_of({","}), opening=one_of(_ABOVE_ALL), check=is_one),
    # "The fifth round of the cup", "mixed martial arts", "to draw a line under it".
    Rule(before=one_of(_ORDINALS), opening=of_class(SURE_NOUNS | {"IN"}), check=is_one),
    Rule(last=one_of({"martial"}), after=one_of({"arts"})),
    Rule(before=one_of({"line"}), opening=one_of({"under"})),
    # "Women's football legend", "a frustrated lot".
    Rule(before=one_of({"women's", "men's"}), check=is_one),
    Rule(after=one_of({"lot"}), at_start=True, check=is_one),
    # "A boom time", "in record time", "a drive worth $3bn", "luxury goods".
    Rule(last=one_of(_TIMELY | {"record"}), after=one_of({"time"})),
    Rule(last=one_of({"worth"}), after=_NUMBER),
    Rule(after=one_of({"goods"})),
    # "A record high", "on a high note", "goes some way".
    Rule(last=one_of({"some", "long"}), after=one_of({"way"})),
    Rule(before=one_of({"record", "all-time"}), opening=one_of(_HEIGHTS)),
    Rule(last=one_of(_NOTES), after=one_of({"note"}), at_start=True),
    # "Secretary of State for trade", "in a bid to win", "the Orla 2's shape".
    Rule(last=one_of({"state"}), after=one_of({"for"})),
    Rule(before=one_of({"in"}), opening=one_of(ARTICLES), somewhere=one_of({"bid"}), check=_is_bid),
    Rule(before=of_class({"P"}), opening=_IN_S, check=is_one),
    # "Within an hour", "in the early hours of Monday".
    Rule(
        before=one_of(BEFORE_DURATION),
        opening=one_of({"a", "an"}),
        after=one_of(TIME_UNITS),
    ),
    Rule(last=one_of({"early"}), after=one_of({"hours"}), at_start=True),
    # "Go to the polls to vote", "helped launch a ship".
    Rule(before=one_of({"go", "goes", "went", "going"}), opening=_TO, after=_TO),
    Rule(opening=one_of({"helped", "let", "dared"}), after=class_begins("B"), check=is_one),
)
