"""Gaps that leave the words at their edges without what they call for.

Knows words and their classes: it must not know what else is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.headline.clauses import (
    IS_END,
    Rule,
    Surroundings,
    Word,
    holds_gerund,
    is_followed_by,
    is_more_than_one,
    is_one,
    of_class,
    one_of,
)
from summarizer.headline.lexicon import (
    ARTICLES,
    BEFORE_INFINITIVE,
    BEFORE_TO,
    COORDINATORS,
    DETERMINERS,
    FINITE_AUXILIARIES,
    HAVE,
    MODALS,
    NEGATIONS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
)
from summarizer.headline.word_classes import ADJECTIVES, COMPARATIVES, is_superlative

DASHES = frozenset({"-", "--", "–", "—"})
MARKS = DASHES | {",", ";", ":"}
NOUNS = frozenset(
    "N S J JN P M Nx JS BN GN SZ DN ? N? S? G? D? J? # #- n's P's Pt BJN DJN JNR NR GJ their his "
    "her its a an the our my your".split()
)
"""Classes of words that a phrase around a noun may begin or go on with."""
COMMON = NOUNS - {"P", "P's", "Pt"}

SUBJECTS = frozenset("P Pt P's the a an his her its their our my he she it they we".split())
"""Classes of words that a subject begins with for sure."""

_VERBS = frozenset("d! D G Z B BN BJ BNx DJ DJx BX BI GN GJ SZ DN sp".split())
_ADJECTIVES = ADJECTIVES | {"JN"}
_LEADING = frozenset("P's n's his her its their our my your a an the".split())
SURE_NOUNS = frozenset({"N", "S", "N?", "S?"})
NO_VERBS = SURE_NOUNS | {"P"}
"""Classes of words that are nouns or names, and no form of a verb."""
# Right after a phrase that begins with a preposition these are still part of it.
_PHRASE_ENDS = frozenset({"N", "S", "N?", "S?", "JN", "BN", "n's", "G", "GN", '"', "?"})
# So are these after "a" or "an", though they could be verbs elsewhere.
_SINGULAR_ENDS = frozenset({"sp", "BN", "SZ"})
_OPENERS = SUBORDINATORS | {"that", "who", "whose", "which", "where"}
# What stands after these goes with them: a verb, a figure.
_NEVER_LAST = (
    (SUBJECT_PRONOUNS - {"it", "you"})
    | {"number"}
    | frozenset("it's that's there's he's she's they're we're i'm you're".split())
)
_AFTER_AUXILIARIES = frozenset({"be", "been", "being"})
_INDEFINITE = frozenset({"a", "an"})
_COURTESIES = frozenset("mr mrs ms miss dr".split())
_SINGULAR = frozenset({"N", "N?", "BN", "JN"})
_BEFORE_TO = BEFORE_TO | frozenset(
    "determined forced made keen eager prepared allowed appear appears appeared seem seems "
    "seemed thanks due owing prior believed thought understood aim "
    "aims aimed thrilled delighted proud".split()
)
_BEFORE_KEPT_TO = _BEFORE_TO | BEFORE_INFINITIVE
_QUOTES = frozenset("\"”’'")
_BEFORE_BASE = MODALS | {"did", "do", "does", "not"}
_LONGEST_DESCRIPTION = 4
_PAIR_TOKENS = 3
_LONGEST_OBJECT = 5
_LONGEST_NAMED = 8


def holds_phrase(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether a stretch is more than words that describe a noun."""
    lower, kinds = sentence.lower, sentence.kinds
    return any(
        lower[place] in PREPOSITIONS
        or lower[place] in MARKS
        or lower[place] in _OPENERS
        or kinds[place][0] in "GZdI"
        for place in range(first, end)
    )


def _follows_modal(sentence: Surroundings, first: int, _: int) -> bool:
    """Tell whether what stands before a gap is a verb, for "will" or "not" before it."""
    place = first - 2 - sentence.lower[first - 2].endswith("ly")
    return place >= 0 and sentence.lower[place] in _BEFORE_BASE


def _follows_verb(sentence: Surroundings, first: int, _: int) -> bool:
    return sentence.is_verb[first - 1]


def _follows_negation(sentence: Surroundings, first: int, _: int) -> bool:
    before = sentence.lower[first - 1]
    is_over = before == "longer" and sentence.lower[first - 2 : first - 1] == ["no"]
    return is_over or before in NEGATIONS or before.endswith("n't")


def _is_counted(sentence: Surroundings, first: int, _: int) -> bool:
    """Tell whether a number stands before a bracket, and the noun after it goes."""
    ahead = sentence.kinds[max(0, first - _LONGEST_NAMED) : first]
    return "#" in ahead and "(" in ahead and ahead.index("#") < ahead.index("(")


def _is_long(_: Surroundings, first: int, end: int) -> bool:
    return end - first >= _LONGEST_DESCRIPTION


def _describes_more(sentence: Surroundings, first: int, end: int) -> bool:
    return end - first > _LONGEST_DESCRIPTION or holds_phrase(sentence, first, end)


def _parts_between(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether "between" goes, and the "and" that belongs to it stays."""
    gone = sentence.lower[first:end]
    if "between" not in gone or "and" in gone[gone.index("between") :]:
        return False
    # What is between two countries needs no "and".
    return "and" in sentence.lower[end : end + _LONGEST_OBJECT]


def _is_between(sentence: Surroundings, first: int, _: int) -> bool:
    return "between" in sentence.lower[max(0, first - _LONGEST_OBJECT) : first]


def _opens_clause_of(sentence: Surroundings, first: int, end: int) -> bool:
    beyond = sentence.kinds[end + 1]
    is_verb = beyond in _VERBS or beyond in FINITE_AUXILIARIES
    return is_verb and not _OPENERS.isdisjoint(sentence.lower[first:end])


def _describes_end(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether a gap holds what describes the noun after it, which might be a verb."""
    gone = sentence.lower[first:end]
    if any(map(is_superlative, gone[-_LONGEST_DESCRIPTION:])):
        return True
    article = max((gone.index(word) for word in _INDEFINITE if word in gone), default=None)
    return article is not None and all(
        kind in COMMON for kind in sentence.kinds[first + article : end]
    )


def _ends_with_infinitive(sentence: Surroundings, first: int, end: int) -> bool:
    return first < end - 2 and sentence.lower[end - 2] == "to"


def _leaves_adjective(sentence: Surroundings, first: int, end: int) -> bool:
    is_alone = sentence.kinds[end + 1] not in NOUNS
    return is_alone and holds_gerund(sentence, first, end)


def _holds_auxiliary(sentence: Surroundings, first: int, end: int) -> bool:
    return not _AFTER_AUXILIARIES.isdisjoint(sentence.lower[first:end])


def _holds_courtesy(sentence: Surroundings, first: int, end: int) -> bool:
    return not _COURTESIES.isdisjoint(sentence.lower[first + 2 : end])


def _parts_compound(sentence: Surroundings, first: int, end: int) -> bool:
    gone = sentence.kinds[first:end]
    if len(gone) == _PAIR_TOKENS and gone[1] in _SINGULAR and gone[-1] in SURE_NOUNS | {"SZ"}:
        # "Oil and gas fields".
        return True
    if gone[-1] != "P" and _INDEFINITE.isdisjoint(sentence.lower[first - 2 : first - 1]):
        return False
    return gone[1:2] != [] and gone[1] in _SINGULAR


def _parts_quotations(sentence: Surroundings, first: int, _: int) -> bool:
    return sentence.kinds[first + 1] in _QUOTES


def _class_begins(letters: str) -> Word:
    return Word(lambda known: known.name[0] in letters)


_NOUN, _COMMON, _SURE_NOUN = of_class(NOUNS), of_class(COMMON), of_class(SURE_NOUNS)
_NAME, _VERB, _ADJECTIVE = of_class({"P"}), of_class(_VERBS), of_class(_ADJECTIVES)
_HOLDER = of_class(_LEADING)
_PREPOSITION, _COORDINATOR = one_of(PREPOSITIONS), one_of(COORDINATORS)
_GERUND, _BARE = _class_begins("G"), of_class(_ADJECTIVES | {"BJ"})
_AUXILIARY, _QUOTE, _MARK = one_of(FINITE_AUXILIARIES), one_of(_QUOTES), one_of(MARKS)
_REGARDING = frozenset("regarding concerning including involving".split())
_WHOLE = one_of({"all", "both", "half"})
_OWING = one_of({"due", "thanks"})
_TO, _AND, _BETWEEN = one_of({"to"}), one_of({"and"}), one_of({"between"})
_BASE = _class_begins("BGDZ?")
_PAIRED_VERB = _class_begins("BZd") & ~_PREPOSITION
_ADVERB = Word(lambda known: known.name[0] == "R" or known.lower in {"just", "only", "yet"})
_SUPERLATIVE = Word(lambda known: is_superlative(known.lower))

_NOUN_RULES = (
    # It loses what it needs, or what stands before it belongs to another one.
    Rule(before=_HOLDER, after=~_NOUN),
    Rule(before=_HOLDER, check=_describes_more),
    # "All the shouting over a new law" is not "all law".
    Rule(before=_WHOLE, after=_NOUN, check=_describes_more),
    Rule(before=_WHOLE, opening=one_of(ARTICLES), check=is_more_than_one),
    # "The UK government's consent".
    Rule(before=_NAME, opening=of_class({"n's"})),
    # "The Orla party outspent both" is no "the outspent both"; "an artist critical of a plan".
    Rule(
        before=one_of(ARTICLES),
        last=_NAME,
        after=of_class({"?"}),
        check=is_followed_by(DETERMINERS),
    ),
    Rule(opening=of_class({"?"}), after=one_of(DETERMINERS | {"both"}), check=is_one),
    Rule(before=one_of(ARTICLES), opening=_SURE_NOUN, after=of_class(ADJECTIVES)),
    # "Lead singer Ann Lee" is no "lead Ann Lee".
    Rule(before=_COMMON & ~_HOLDER, opening=_COMMON, after=_NAME),
    Rule(opening=_PREPOSITION, after=of_class(_PHRASE_ENDS)),
    Rule(before=_VERB, opening=(_NOUN & ~_OWING) | _QUOTE, after=~_NOUN & ~_QUOTE),
    Rule(before=_VERB, opening=_NOUN & ~_OWING, after=_OWING),
    Rule(before=_VERB, opening=_NOUN & ~_OWING, check=_is_long),
    # "A singer who emanates calm": nobody knows the verb, but it must be one.
    Rule(before=_class_begins("S?"), opening=_NOUN, after=~_NOUN & ~_QUOTE, check=_follows_verb),
    # "Did not seriously damage his knee".
    Rule(opening=_NOUN, after=~_NOUN, somewhere=one_of(_BEFORE_BASE), check=_follows_modal),
    Rule(before=_ADJECTIVE, opening=_class_begins("NSJGDPB?#") | of_class({"sp"}), after=~_NOUN),
    Rule(before=_NAME, opening=_SURE_NOUN | of_class({"SZ"}), after=~_NOUN),
)
_OPENER_RULES = (
    # What stands after the gap loses the word that says how it is meant.
    Rule(last=one_of(_NEVER_LAST), after=~IS_END),
    Rule(somewhere=_BETWEEN, check=_parts_between),
    # "When history gave them many reasons".
    Rule(last=one_of(DETERMINERS), after=_NOUN, check=is_more_than_one),
    # The biggest toy firm may be no biggest firm.
    Rule(before=_SUPERLATIVE & ~one_of({"latest"}), after=_NOUN),
    # "Eager to chat with her".
    Rule(last=_BASE, after=_PREPOSITION, check=_ends_with_infinitive),
    # "Those who had known him" are not "those known him".
    Rule(opening=one_of({"who", "which", "that"}), last=one_of(HAVE)),
    # "Almost one of every three people", "a man shown being shot by a child".
    Rule(before=one_of({"every"}), after=~_NOUN),
    Rule(opening=one_of({"being"}), after=_PREPOSITION),
    # "After information regarding his care was lost".
    Rule(before=_PREPOSITION, opening=_NOUN, after=one_of(_REGARDING)),
    # "Faster than expected".
    Rule(before=Word(lambda known: known.lower in COMPARATIVES), opening=one_of({"than"})),
    Rule(before=one_of({"than"}), opening=one_of({"ever"})),
    # "After deciding not to run", "worry about a state not long out of war"; "in pushing Norvia
    # close".
    Rule(opening=_GERUND, after=one_of({"not"}), check=is_one),
    Rule(opening=_PREPOSITION, last=_NOUN, after=one_of({"not"})),
    Rule(opening=_PREPOSITION, after=_BARE, somewhere=_GERUND, check=_leaves_adjective),
)
_HALF_RULES = (
    # "After a goal stood but was never shown".
    Rule(after=_COORDINATOR, somewhere=one_of(_OPENERS), check=_opens_clause_of),
    # "At the largest gadget show", "after a weekend press report".
    Rule(
        after=of_class(_SINGULAR_ENDS),
        somewhere=_SUPERLATIVE | one_of(_INDEFINITE),
        check=_describes_end,
    ),
    Rule(before=one_of({"&"})),
    Rule(opening=one_of({"&"})),
    Rule(opening=_AND, somewhere=_BETWEEN, check=_is_between),
    # "Has been made a peer".
    Rule(before=_AUXILIARY, somewhere=one_of(_AFTER_AUXILIARIES), check=_holds_auxiliary),
    # "In Oslo Mr Rell said".
    Rule(opening=_PREPOSITION, after=_VERB, somewhere=one_of(_COURTESIES), check=_holds_courtesy),
    # "A food and drink fair", "food and drink giant Orla".
    Rule(before=_SURE_NOUN, opening=_COORDINATOR, check=_parts_compound),
)
_LINK_RULES = (
    # The word before the gap has to be followed by what goes.
    Rule(before=one_of({"according", "seem", "seems", "seemed", "appear", "appears", "appeared"})),
    # "Taxpayers' money", "no longer just a club", "the top five".
    Rule(before=Word(lambda known: known.lower.endswith("s")), opening=one_of({"'", "’"})),
    Rule(opening=_ADVERB, check=_follows_negation),
    Rule(before=one_of({"top"}), opening=of_class({"M", "MN", "#"})),
    # "A $6bn (£3bn) takeover" is no "a $6bn".
    Rule(before=one_of({")"}), opening=_COMMON, check=_is_counted),
    Rule(opening=_AUXILIARY),
    # What "and" joins is followed by nothing like it.
    Rule(before=_COORDINATOR, opening=_PAIRED_VERB, after=~_BASE),
    Rule(before=_COORDINATOR, opening=~_PAIRED_VERB, after=~_NOUN & ~_BASE),
    Rule(before=_MARK, after=_AND),
    Rule(before=_QUOTE, opening=_COORDINATOR, check=_parts_quotations),
)
_INFINITIVE_RULES = (
    # "Declined to follow work rules" is no "declined to work".
    Rule(
        before=_TO,
        opening=Word(lambda known: "B" in known.name or known.name == "?"),
        last=~_COORDINATOR,
    ),
    Rule(before=_TO, after=~_BASE),
    # "Will have to build homes" is no "will have homes".
    Rule(before=one_of(HAVE), opening=_TO),
    Rule(before=one_of(_BEFORE_TO), opening=_TO),
    # "Called on ministers to", "in the run-up to".
    Rule(before=~_TO, opening=_PREPOSITION & ~_TO, last=~_NAME, after=_TO),
    Rule(before=~_TO, opening=~_TO, last=one_of(_BEFORE_KEPT_TO), after=_TO),
)
JOINS: Sequence[Rule] = (
    *_NOUN_RULES,
    *_OPENER_RULES,
    *_HALF_RULES,
    *_LINK_RULES,
    *_INFINITIVE_RULES,
)
