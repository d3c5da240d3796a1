"""Gaps after which a headline says more than its sentence: "leaders" of "European leaders".

Knows words and their classes: it must not know what else is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from summarizer.headline.clauses import (
    Rule,
    Surroundings,
    Word,
    is_one,
    is_preceded_by,
    of_class,
    one_of,
)
from summarizer.headline.lexicon import (
    ARTICLES,
    COORDINATORS,
    DETERMINERS,
    PREPOSITIONS,
    QUALIFIERS,
)
from summarizer.headline.phrases import COMMON, NOUNS
from summarizer.headline.word_classes import ADJECTIVES, PAST, SURE_NOUNS, is_superlative

# What they describe is something else without them.
_CHANGING = frozenset(
    "sparsely thinly poorly badly barely hardly partly partially nearly newly rarely extremely "
    "mentally terminally illegally wrongly falsely wrongfully fully formerly politically".split()
)
_SHARES = frozenset("one two three four nine".split())
_DEGREES = frozenset({"so", "such"})
_LONGEST_DEGREE = 6
_NUMBERS = frozenset("number numbers amount proportion percentage share cost price".split())
_LONGEST_COUNTED = 4
_DESCRIBING = ADJECTIVES | SURE_NOUNS | {"JN"}
_FAVOURITE = frozenset({"favourite", "favorite"})
_REALMS = frozenset("isle isles republic duchy kingdom".split())
_VERSIONS = frozenset("version versions kind type".split())
_IN_SUBJECT = NOUNS | COORDINATORS | {",", "'", "’", "P?"}


def _strips_subject(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether a subject loses all that says who is meant, and is a noun alone."""
    follower = sentence.kinds[end + 1]
    if follower in NOUNS or follower == "of" or end >= sentence.main:
        return False
    is_start = first == 0 or (first == 1 and sentence.lower[0] in ARTICLES)
    return is_start and _IN_SUBJECT.issuperset(sentence.kinds[first:end])


def _is_of_owner(sentence: Surroundings, _: int, end: int) -> bool:
    """Tell whether a subject loses whose it is."""
    return end < sentence.main and not {"P's", "n's"}.isdisjoint(sentence.kinds[:end])


def _is_counted(sentence: Surroundings, first: int, _: int) -> bool:
    """Tell whether what stands before a gap is how many there are of something."""
    ahead = sentence.lower[max(0, first - _LONGEST_COUNTED) : first]
    return any(one in _NUMBERS and of == "of" for one, of in pairwise(ahead))


def _is_of_superlative(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether one of the words between a superlative and its noun goes."""
    place = first - 1
    while place > 0 and sentence.kinds[place] in _DESCRIBING:
        if is_superlative(sentence.lower[place]):
            return end == first + 1
        place -= 1
    return False


def _is_so(sentence: Surroundings, first: int, _: int) -> bool:
    return not _DEGREES.isdisjoint(sentence.lower[max(0, first - _LONGEST_DEGREE) : first])


def _takes_owner(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether whose something is goes, of a name that a noun before it describes."""
    owner = first
    while sentence.kinds[owner] == "P":
        owner += 1
    return owner < end and sentence.kinds[owner] == "P's"


def _is_compared_to_like(sentence: Surroundings, first: int, end: int) -> bool:
    ahead = sentence.lower[:first]
    return "than" in ahead[-2:] and "".join(sentence.lower[end : end + 1]) in ahead


def _is_of_name(sentence: Surroundings, first: int, _: int) -> bool:
    # At the beginning of a sentence a capital says nothing.
    return sentence.kinds[first - 2] in {"P", "P?"} or sentence.lower[first - 2] in _REALMS


# The second-largest of its country is hardly taken for that of the world.
_SUPERLATIVE = Word(lambda known: is_superlative(known.lower) and "-" not in known.lower)
# The richest towns of a country are those of the country that the article is about.
_SHARE = Word(
    lambda known: (
        known.lower.endswith(("%", "cent", "percent")) or known.lower.startswith(("£", "$", "€"))
    )
)
_OWNER = of_class({"P's", "n's"}) & ~one_of({"country's", "nation's", "region's", "city's"})
EXACTNESS: Sequence[Rule] = (
    # "European leaders say" is no "leaders say".
    Rule(after=of_class(SURE_NOUNS | {"JN", "BN"}), at_start=True, check=_strips_subject),
    # "Norvia's biggest bank" is not the biggest.
    Rule(last=_OWNER, after=_SUPERLATIVE | one_of(_FAVOURITE), at_start=True),
    Rule(last=one_of({"'", "’"}), after=_SUPERLATIVE, at_start=True),
    # "Sparsely populated" is not populated, a ban on extremely thin models none on thin ones.
    Rule(opening=one_of(_CHANGING), after=of_class(ADJECTIVES | PAST), check=is_one),
    # "Pirated discs", "an endangered species".
    Rule(
        before=one_of(ARTICLES | PREPOSITIONS),
        opening=of_class(PAST | {"D?", "DJ", "DJ*", "DN"}),
        after=of_class(SURE_NOUNS),
        check=is_one,
    ),
    # "An almost two-hour film".
    Rule(before=one_of(QUALIFIERS)),
    # "Norvia's most decorated climber Ada Quill", "makes no money on the mine".
    Rule(after=of_class({"P"}), somewhere=one_of({"most"}), check=is_preceded_by({"most"})),
    Rule(opening=one_of(PREPOSITIONS), somewhere=one_of({"any"}), check=is_preceded_by({"any"})),
    # "The biggest private phone firm".
    Rule(
        opening=of_class(SURE_NOUNS),
        after=of_class(SURE_NOUNS),
        somewhere=_SUPERLATIVE,
        check=_is_of_superlative,
    ),
    # "One out of three patients", "one in ten clubs".
    Rule(before=one_of(_SHARES), opening=one_of({"in", "out"})),
    Rule(before=one_of({"in"}), opening=of_class({"#", "M", "MN"}), check=is_preceded_by(_SHARES)),
    # "The number of households with a boat doubled" is not that of households.
    Rule(
        before=of_class(NOUNS),
        opening=one_of({"with", "without", "who", "in", "on", "that", "online"}),
        somewhere=one_of(_NUMBERS),
        check=_is_counted,
    ),
    # "Ann Lee's own words" are not anybody's.
    Rule(last=one_of({"own"}), after=of_class(NOUNS), at_start=True, check=_is_of_owner),
    # "The late star Ann Lee's firm failed" is no "late star failed".
    Rule(before=of_class(SURE_NOUNS), opening=of_class({"P", "P's"}), check=_takes_owner),
    # "The Isle of Lund's ferries" are none "of ferries".
    Rule(before=one_of({"of"}), opening=of_class({"P's"}), check=_is_of_name),
    # "80% of the clerks" are no "80%", nor £3m of grants £3m; "a wooden version" no "version".
    Rule(before=_SHARE, opening=one_of({"of"})),
    Rule(last=of_class(COMMON - DETERMINERS), after=one_of(_VERSIONS), at_start=True),
    Rule(last=of_class(_DESCRIBING | PAST | {"DJ", "G", "GJ"}), after=one_of({"numbers"})),
    # "Won 7-5 6-3".
    Rule(before=of_class({"#-"}), opening=of_class({"#-"})),
    Rule(opening=of_class({"#-"}), after=of_class({"#-"})),
    # "The most widely played sport" is no "played sport".
    Rule(opening=one_of({"most", "least"}), after=of_class(PAST | ADJECTIVES | {"JN"})),
    # "No deal is better than a bad deal".
    Rule(opening=of_class(ADJECTIVES), somewhere=one_of({"than"}), check=_is_compared_to_like),
    # "Shorts instead of bottoms".
    Rule(opening=one_of({"instead"})),
    Rule(after=one_of({"instead"})),
    # "So old that nobody can mend it".
    Rule(opening=one_of({"that"}), somewhere=one_of(_DEGREES), check=_is_so),
)
