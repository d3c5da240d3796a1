"""Gaps after which a verb has its object, and not what is done with it or becomes of it.

Knows words and their classes: it must not know what else is left out.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise

from summarizer.headline.clauses import (
    IS_END,
    Rule,
    Surroundings,
    Word,
    ahead,
    is_followed_by,
    is_preceded_by,
    of_class,
    one_of,
)
from summarizer.headline.complements import GIVING, LONGEST_NOUN
from summarizer.headline.lexicon import (
    ARTICLES,
    FORMS_OF_CALL,
    HAVE,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    RELATIVES,
    SUPERLATIVES,
)
from summarizer.headline.phrases import COMMON, MARKS, NOUNS
from summarizer.headline.word_classes import ADJECTIVES, PAST

_MAKING = frozenset(
    "made make makes making left leave leaves leaving kept keep keeps keeping found".split()
)
_AS_WHAT = tuple(
    "brand declar describ dismiss dub hail label portray quot rated regard treat".split()
)
_PLACING = frozenset("put puts putting place placed places turn turned turns brought".split())
_HELPING = frozenset("help helps helped helping".split())
_BECOMING = _MAKING | {"get", "gets", "getting", "got", "become", "becomes", "became"}
_SEEING = frozenset("see sees saw seen seeing watch watched let lets letting".split())
_HINDERING = frozenset(
    "stop stops stopping stopped prevent prevents preventing prevented ban banned barred".split()
)
_PLACES = frozenset("into in on at under around over upside".split())
_LONGEST_NAMED = 8
_THROWING = frozenset(
    "force forces forced throw throws threw thrown kick kicked pull pulls pulled drive drives "
    "drove driven".split()
)
_DESCRIBING = frozenset("described describes describe portrayed portrays denounced".split())
_BEING = frozenset({"be", "is", "are", "was", "were", "been"})
_LONGEST_OBJECT = 5
_PAYING = GIVING | {"pay", "pays", "paid", "paying"}
_GETTING = frozenset("get gets getting receive receives received obtain obtained".split())
_ANYBODY = frozenset("people those anyone anybody someone somebody".split())
_QUOTES = frozenset("\"“'‘")
_LETTING = frozenset("help helps helped helping let lets letting make makes making".split())
_LONGEST_UNDERGONE = 15


def _is_made_so(sentence: Surroundings, first: int, _: int) -> bool:
    return _is_near(_MAKING, sentence, first)


def _is_seen(sentence: Surroundings, first: int, _: int) -> bool:
    return _is_near(_SEEING, sentence, first)


def _is_hindered(sentence: Surroundings, first: int, _: int) -> bool:
    return _is_near(_HINDERING, sentence, first)


def _is_placed(sentence: Surroundings, first: int, _: int) -> bool:
    return _is_near(_PLACING, sentence, first)


def _is_got(sentence: Surroundings, first: int, _: int) -> bool:
    before = ahead(sentence, first, most=_LONGEST_NAMED)
    gets = [place for place, word in enumerate(before) if word in _GETTING]
    return bool(gets) and "to" not in before[gets[-1] :]


def _is_described(sentence: Surroundings, first: int, end: int) -> bool:
    before = ahead(sentence, first, most=_LONGEST_NAMED)
    return "as" in sentence.lower[first:end] and any(one.startswith(_AS_WHAT) for one in before)


def _is_near(words: Set[str], sentence: Surroundings, first: int) -> bool:
    """Tell whether one of some words stands shortly before a gap."""
    return not words.isdisjoint(ahead(sentence, first, most=_LONGEST_OBJECT))


def _takes_who_is_helped(sentence: Surroundings, first: int, end: int) -> bool:
    return not _LETTING.isdisjoint(sentence.lower[first:end])


def _is_given(sentence: Surroundings, first: int, _: int) -> bool:
    """Tell whether a verb of giving has only its receiver between itself and a gap."""
    if sentence.lower[first - 1] == ")" and "(" in sentence.lower[:first]:
        # "Giving guards (CSOs) more power".
        first -= sentence.lower[first - 1 :: -1].index("(") + 1
    places = range(first - 1, max(0, first - LONGEST_NOUN), -1)
    place = next((place for place in places if sentence.kinds[place] not in NOUNS), 0)
    return place < first - 1 and sentence.lower[place] in GIVING


def _is_called(sentence: Surroundings, first: int, _: int) -> bool:
    return not FORMS_OF_CALL.isdisjoint(ahead(sentence, first, most=_LONGEST_NAMED))


def _is_thrown(sentence: Surroundings, first: int, _: int) -> bool:
    return not _THROWING.isdisjoint(ahead(sentence, first, most=LONGEST_NOUN))


def _is_undergone(sentence: Surroundings, first: int, end: int) -> bool:
    before = ahead(sentence, first, most=_LONGEST_UNDERGONE)
    if not PAST.isdisjoint(sentence.kinds[first - 1 : first]):
        # "Has had a post banned after it failed".
        return False
    if PAST.isdisjoint(sentence.kinds[first:end]):
        return False
    return "having" in before or any(
        one in HAVE and after == "had" for one, after in pairwise(before)
    )


def _is_active(sentence: Surroundings, first: int, _: int) -> bool:
    return not any(map(_BEING.__contains__, sentence.lower[max(0, first - 3) : first - 1]))


def _is_quoted(sentence: Surroundings, first: int, _: int) -> bool:
    return sentence.lower[first + 1 : first + 2] == ["saying"]


def _is_counted(sentence: Surroundings, first: int, _: int) -> bool:
    return sentence.kinds[first - 2] == "M"


_NOUN, _COMMON, _ADJECTIVE = of_class(NOUNS), of_class(COMMON), of_class(ADJECTIVES | {"JN"})
_PREPOSITION = one_of(PREPOSITIONS)
_MARK, _FIGURE = one_of(MARKS), of_class({"#"})
_GIFT = one_of(frozenset("a an the its their his her some more less".split()))
_BEST = Word(lambda known: known.lower in SUPERLATIVES or known.lower.startswith("best-"))
OBJECTS: Sequence[Rule] = (
    Rule(
        before=one_of(_BECOMING), opening=Word(lambda known: known.name[0] in "RJD"), after=~_NOUN
    ),
    Rule(before=one_of(_BEING), opening=_ADJECTIVE, after=~_NOUN),
    Rule(before=one_of(_BEING), opening=one_of(_QUOTES), after=~IS_END),
    # "To sue people who steal" is no "to sue people".
    Rule(before=one_of(_ANYBODY), opening=one_of(RELATIVES), after=IS_END),
    Rule(before=one_of(_BEING), opening=of_class(PAST)),
    # "A post has parents talking".
    Rule(before=_NOUN, opening=of_class({"G", "G?", "GN"}), check=is_preceded_by(HAVE)),
    # "Helped draw shoppers" is no "helped shoppers".
    Rule(before=one_of(_HELPING), opening=of_class({"B", "BN", "BJ"}), after=_NOUN),
    # "Could help the town cope" is no "could cope".
    Rule(
        last=_NOUN,
        after=of_class({"B", "BN", "?", "J?"}),
        somewhere=one_of(_LETTING),
        check=_takes_who_is_helped,
    ),
    # "Clerks being given votes" are no "clerks votes".
    Rule(before=_NOUN, opening=one_of({"being"}), after=_NOUN),
    Rule(before=one_of({"being"})),
    Rule(before=one_of(_BEING), opening=one_of(ARTICLES), after=_PREPOSITION),
    # "Has seen profits soar".
    Rule(
        before=_NOUN,
        opening=of_class({"B", "BN", "?"}),
        somewhere=one_of(_SEEING),
        check=_is_seen,
    ),
    # "Watched the team play".
    Rule(before=one_of(_SEEING), after=of_class({"B", "BN", "DN", "G", "GN"})),
    Rule(before=_BEST, opening=_COMMON, after=~_NOUN),
    Rule(before=one_of(OBJECT_PRONOUNS), somewhere=one_of(_MAKING), check=is_preceded_by(_MAKING)),
    # "Left thousands homeless".
    Rule(
        opening=_ADJECTIVE | one_of({"more", "less"}),
        after=~_NOUN,
        somewhere=one_of(_MAKING),
        check=_is_made_so,
    ),
    Rule(
        opening=one_of({"from"}) | of_class({"G", "G?", "GN"}),
        somewhere=one_of(_HINDERING),
        check=_is_hindered,
    ),
    Rule(opening=one_of(_PLACES), somewhere=one_of(_PLACING), check=_is_placed),
    # "To pay a squad its bonus" is no "to pay its bonus".
    Rule(before=one_of(_PAYING), opening=_NOUN, after=one_of({"its", "their", "his", "her"})),
    # "Is to get dogs from the army".
    Rule(opening=one_of({"from"}), somewhere=one_of(_GETTING), check=_is_got),
    Rule(
        somewhere=Word(lambda known: known.lower.startswith(_AS_WHAT)),
        check=_is_described,
    ),
    # "Stopped short of calling it a crime".
    Rule(opening=one_of({"a", "an"}), somewhere=one_of(FORMS_OF_CALL), check=_is_called),
    # "Has had a ruling overturned" is no "has had a ruling".
    Rule(somewhere=one_of({"had", "having"}), check=_is_undergone),
    # "To give the actors a rest" is no "to give the actors".
    Rule(opening=_GIFT, after=~_NOUN, somewhere=one_of(GIVING), check=_is_given),
    # "Described her shock as he fired" is no "described as he fired"; "is reported as saying".
    Rule(before=one_of(_DESCRIBING), after=one_of({"as"}), check=_is_active),
    Rule(before=one_of({"reported", "quoted"}), opening=one_of({"as"}), check=_is_quoted),
    # "Three Lund, Norvia, clerks" are not "three Lund".
    Rule(before=of_class({"P"}), opening=_MARK, after=~_NOUN, check=_is_counted),
    # "The 1970s and 80s".
    Rule(last=_FIGURE, after=one_of({"and", "or"}), check=is_followed_by({"#"})),
    # "Threw him out of the band" is no "threw him".
    Rule(opening=one_of({"out"}), somewhere=one_of(_THROWING), check=_is_thrown),
)
