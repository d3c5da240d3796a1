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
    class_begins,
    is_followed_by,
    is_more_than_one,
    is_one,
    of_class,
    one_of,
)
from summarizer.headline.lexicon import (
    BEFORE_INFINITIVE,
    BEFORE_TO,
    COORDINATORS,
    DETERMINERS,
    FINITE_AUXILIARIES,
    HAVE,
    NEGATIONS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
)
from summarizer.headline.phrases import (
    CLOSING_QUOTES,
    COMMON,
    MARKS,
    NOUNS,
    OPENERS,
    VERB_FORMS,
)
from summarizer.headline.word_classes import (
    ADJECTIVES,
    COMPARATIVES,
    SURE_NOUNS,
    is_superlative,
)

# So are these after "a" or "an", though they could be verbs elsewhere.
_SINGULAR_ENDS = frozenset({"sp", "BN", "SZ"})
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
    "seemed thanks due owing prior believed thought understood aim aims aimed thrilled delighted "
    "proud failed fails fail failing refuse refused refusing declined intend intends intended "
    "attempted attempting tend tended supposed obliged unwilling designed vowed tried poised going "
    "ought".split()
)
_BEFORE_KEPT_TO = _BEFORE_TO | BEFORE_INFINITIVE
_LONGEST_DESCRIPTION = 4
_PAIR_TOKENS = 3
_LONGEST_OBJECT = 5
_LONGEST_NAMED = 8


def _follows_negation(sentence: Surroundings, first: int, _: int) -> bool:
    before = sentence.lower[first - 1]
    is_over = before == "longer" and sentence.lower[first - 2 : first - 1] == ["no"]
    return is_over or before in NEGATIONS or before.endswith("n't")


def _is_counted(sentence: Surroundings, first: int, _: int) -> bool:
    """Tell whether a number stands before a bracket, and the noun after it goes."""
    ahead = sentence.kinds[max(0, first - _LONGEST_NAMED) : first]
    return "#" in ahead and "(" in ahead and ahead.index("#") < ahead.index("(")


def _parts_between(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether "between" goes, and the "and" that belongs to it stays."""
    gone = sentence.lower[first:end]
    if "between" not in gone or "and" in gone[gone.index("between") :]:
        return False
    # What is between two countries needs no "and".
    return "and" in sentence.lower[end : end + _LONGEST_OBJECT]


def _is_between(sentence: Surroundings, first: int, _: int) -> bool:
    return "between" in sentence.lower[max(0, first - _LONGEST_OBJECT) : first]


def _takes_both_of_between(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether "between the politics of fear and hope" loses its "and"."""
    ahead = sentence.lower[max(0, first - _LONGEST_OBJECT) : first]
    return "between" in ahead and "and" not in ahead and "and" in sentence.lower[first:end]


def _opens_clause_of(sentence: Surroundings, first: int, end: int) -> bool:
    beyond = sentence.kinds[end + 1]
    is_verb = beyond in VERB_FORMS or beyond in FINITE_AUXILIARIES
    return is_verb and not OPENERS.isdisjoint(sentence.lower[first:end])


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


def _follows_adverb(sentence: Surroundings, first: int, end: int) -> bool:
    return end == first + 1 and sentence.lower[first - 2].endswith("ly")


def _holds_auxiliary(sentence: Surroundings, first: int, end: int) -> bool:
    return not _AFTER_AUXILIARIES.isdisjoint(sentence.lower[first:end])


def _holds_courtesy(sentence: Surroundings, first: int, end: int) -> bool:
    return not _COURTESIES.isdisjoint(sentence.lower[first + 2 : end])


def _parts_compound(sentence: Surroundings, first: int, end: int) -> bool:
    gone = sentence.kinds[first:end]
    if sentence.lower[first + 1 : end] and sentence.lower[first + 1].startswith("non-"):
        # "Smokers and non-smokers".
        return True
    if len(gone) == _PAIR_TOKENS and gone[1] in _SINGULAR and gone[-1] in SURE_NOUNS | {"SZ"}:
        # "Oil and gas fields".
        return True
    if gone[-1] != "P" and _INDEFINITE.isdisjoint(sentence.lower[first - 2 : first - 1]):
        return False
    return gone[1:2] != [] and gone[1] in _SINGULAR


def _parts_quotations(sentence: Surroundings, first: int, _: int) -> bool:
    return sentence.kinds[first + 1] in CLOSING_QUOTES


_NOUN, _COMMON, _SURE_NOUN = of_class(NOUNS), of_class(COMMON), of_class(SURE_NOUNS)
_NAME, _VERB = of_class({"P"}), of_class(VERB_FORMS)
_PREPOSITION, _COORDINATOR = one_of(PREPOSITIONS), one_of(COORDINATORS)
_GERUND = class_begins("G")
_AUXILIARY, _QUOTE, _MARK = one_of(FINITE_AUXILIARIES), one_of(CLOSING_QUOTES), one_of(MARKS)
_REGARDING = frozenset("regarding concerning including involving".split())
_TO, _AND, _BETWEEN = one_of({"to"}), one_of({"and"}), one_of({"between"})
_BASE = class_begins("BGDZ?")
_PAIRED_VERB = class_begins("BZd") & ~_PREPOSITION
_ADVERB = Word(lambda known: known.name[0] == "R" or known.lower in {"just", "only", "yet"})
_SUPERLATIVE = Word(lambda known: is_superlative(known.lower))

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
    # "After deciding not to run", "worry about a state not long out of war".
    Rule(opening=_GERUND, after=one_of({"not"}), check=is_one),
    Rule(opening=_PREPOSITION, last=_NOUN, after=one_of({"not"})),
)
_HALF_RULES = (
    # "After a goal stood but was never shown".
    Rule(after=_COORDINATOR, somewhere=one_of(OPENERS), check=_opens_clause_of),
    # "At the largest gadget show", "after a weekend press report".
    Rule(
        after=of_class(_SINGULAR_ENDS),
        somewhere=_SUPERLATIVE | one_of(_INDEFINITE),
        check=_describes_end,
    ),
    Rule(before=one_of({"&"})),
    Rule(opening=one_of({"&"})),
    Rule(opening=_AND, somewhere=_BETWEEN, check=_is_between),
    Rule(somewhere=_BETWEEN, check=_takes_both_of_between),
    # "In Lund and not Oslo".
    Rule(after=_AND, check=is_followed_by({"not"})),
    # "Has been made a peer".
    Rule(before=_AUXILIARY, somewhere=one_of(_AFTER_AUXILIARIES), check=_holds_auxiliary),
    # "In Oslo Mr Rell said".
    Rule(opening=_PREPOSITION, after=_VERB, somewhere=one_of(_COURTESIES), check=_holds_courtesy),
    # "A food and drink fair", "food and drink giant Orla".
    Rule(before=_SURE_NOUN | _GERUND, opening=_COORDINATOR, check=_parts_compound),
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
    # 'Admitted "inadvertently" using it'.
    Rule(before=_QUOTE, opening=_GERUND, check=_follows_adverb),
)


def _is_no_according(sentence: Surroundings, first: int, _: int) -> bool:
    # What "according to" introduces is no verb.
    return sentence.lower[first - 2] != "according"


_AFTER_PREPOSITION = SURE_NOUNS | ADJECTIVES | DETERMINERS | {"P", "JN"}


def _follows_according(sentence: Surroundings, first: int, _: int) -> bool:
    return "according" in sentence.lower[max(0, first - 3) : first]


def _is_for_name(sentence: Surroundings, first: int, _: int) -> bool:
    """Tell whether the name before a gap is what "for" introduces."""
    place = first - 1
    while place > 0 and sentence.kinds[place] == "P":
        place -= 1
    return sentence.lower[place] == "for"


_INFINITIVE_RULES = (
    # "Declined to follow work rules" is no "declined to work".
    Rule(
        before=_TO,
        opening=Word(lambda known: "B" in known.name or known.name == "?"),
        last=~_COORDINATOR,
    ),
    Rule(before=_TO, opening=~of_class(ADJECTIVES), after=~_BASE, check=_is_no_according),
    # "According to the Lund Reporter" is no "according to reporter".
    Rule(last=_NAME, after=one_of({"reporter"}), check=_follows_according),
    # "An end to disputes that hurt train firms" is none "to train firms".
    Rule(before=_TO, opening=of_class(_AFTER_PREPOSITION), after=_BASE),
    # "Will have to build homes" is no "will have homes".
    Rule(before=one_of(HAVE), opening=_TO),
    Rule(before=one_of(_BEFORE_TO), opening=_TO),
    # "A deal for Norair to buy two jets" is none for Norair.
    Rule(before=_NAME, opening=_TO, somewhere=one_of({"for"}), check=_is_for_name),
    # "Called on ministers to", "in the run-up to".
    Rule(before=~_TO, opening=_PREPOSITION & ~_TO, last=~_NAME, after=_TO),
    Rule(before=~_TO, opening=~_TO, last=one_of(_BEFORE_KEPT_TO), after=_TO),
)
JOINS: Sequence[Rule] = (
    *_OPENER_RULES,
    *_HALF_RULES,
    *_LINK_RULES,
    *_INFINITIVE_RULES,
)
