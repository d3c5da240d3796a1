"""Gaps around which what stays is read as one with words that it has nothing to do with.

Knows words and their classes: it must not know what else is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.headline.clause_parts import ADVERBIAL_OPENERS
from summarizer.headline.clauses import (
    IS_END,
    Rule,
    Surroundings,
    Word,
    is_followed_by,
    is_more_than_one,
    is_one,
    of_class,
    one_of,
)
from summarizer.headline.complements import is_infinitive
from summarizer.headline.lexicon import (
    APPROXIMATE,
    COORDINATORS,
    DAY_WORDS,
    DOUBTS,
    FINITE_AUXILIARIES,
    MONTHS,
    PARTICLES,
    PERIODS,
    PERSONAL_SUBJECTS,
    PREPOSITIONS,
    RELATIVE_PRONOUNS,
    WEEKDAYS,
)
from summarizer.headline.lists import holds_coordinator
from summarizer.headline.phrases import (
    CLOSING_QUOTES,
    COMMON,
    MARKS,
    NO_VERBS,
    NOUNS,
    is_noun_phrase,
)
from summarizer.headline.word_classes import ADJECTIVES, PAST, SURE_NOUNS, SURE_VERBS, VERBS

_DETERMINERS = frozenset("P's n's a an the his her its their our".split())
# Verbs or nouns: the reader takes them for what stands before them.
_AMBIGUOUS = frozenset({"SZ", "BN", "DN", "MN", "S?"})
_QUANTIFIERS = frozenset("another some any such all both each every no".split())
_COMPARATIVES = frozenset("rather more less worse fewer".split())
_DEEDS = frozenset(
    "criticism attack attacks intervention decision attempt attempts complaints protests "
    "investigation inquiry visit takeover raid invasion".split()
)
_MORE = frozenset({"more", "fewer", "less"})
_ATTACHING = frozenset("of on about for from against".split())
_NAMING = frozenset("branded called dubbed labelled termed deemed".split())
_POSTPOSED = frozenset(
    "accused convicted due aimed designed involved linked suspected based caused".split()
)
# Relational nouns: they say little without what stands before them.
_RELATIONAL = frozenset(
    "maker makers producer producers manufacturer manufacturers supplier suppliers provider "
    "providers operator operators retailer retailers shortage shortages attendant attendants "
    "center centers centre centres department departments ministry ministries service services "
    "industry industries".split()
)
# Before a name neither do these: "fashion firm Orla".
_DESCRIBING = frozenset(
    "firm company group bank side giant boss star service officer supplier".split()
)
_OWNERS = frozenset("his her its their our my".split())
_OF_TIMES = {f"{time}'s" for time in PERIODS | WEEKDAYS | DAY_WORDS | MONTHS}


def _joins_participle(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether "and suspects" goes before "held", which is said of them, too."""
    return end != sentence.main and holds_coordinator(sentence, first, end)


def _holds_preposition(sentence: Surroundings, first: int, end: int) -> bool:
    return not _ATTACHING.isdisjoint(sentence.lower[first:end])


def _takes_subject(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether a verb loses the noun it is said of, and keeps what describes that."""
    return (
        sentence.is_verb[end]
        and not sentence.is_verb[first - 1]
        and is_noun_phrase(sentence, first, end)
    )


def _is_twin(sentence: Surroundings, first: int, end: int) -> bool:
    return end <= first + 2 and sentence.kinds[first - 2] in ADJECTIVES


def _holds_owner(sentence: Surroundings, first: int, end: int) -> bool:
    return not {"P's", "n's"}.isdisjoint(sentence.kinds[first:end])


def _goes_on_with_noun(sentence: Surroundings, _: int, end: int) -> bool:
    return sentence.kinds[end + 1] not in VERBS


def _goes_on_with_past(sentence: Surroundings, _: int, end: int) -> bool:
    return sentence.kinds[end + 1] in PAST


def _is_compared(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether "more tigers in cages than in woods" loses what stands before "than"."""
    is_more = not _MORE.isdisjoint(sentence.lower[:first])
    return is_more and sentence.kinds[end + 1] in PREPOSITIONS


def _leaves_clause(sentence: Surroundings, first: int, end: int) -> bool:
    kinds = sentence.kinds[first:end]
    is_owned = not (SURE_NOUNS.isdisjoint(kinds) or _OWNERS.isdisjoint(kinds))
    return is_owned and True in sentence.is_verb[end + 1 : end + 2]


def _is_in_subject(sentence: Surroundings, first: int, end: int) -> bool:
    return end < sentence.main and is_infinitive(sentence, first)


def _ends_in_verb(sentence: Surroundings, _: int, end: int) -> bool:
    return sentence.kinds[end + 1] not in NOUNS


_OWNER, _SURE_NOUN, _NOUN = of_class({"P's", "n's"}), of_class(SURE_NOUNS), of_class(NOUNS)
_BARE_NOUN, _ADJECTIVE = of_class(NO_VERBS), of_class(ADJECTIVES)
_VERB = of_class(VERBS)
_ADVERB = Word(lambda known: known.name[0] == "R" or known.lower.endswith("ally"))
_IN_LY = Word(lambda known: known.lower.endswith("ly"))
_GERUND = Word(lambda known: known.name[0] == "G")
_TAKEN_FOR_NOUN = of_class(_AMBIGUOUS)
_COMPARATIVE = Word(lambda known: known.lower in _COMPARATIVES or known.lower.endswith("er"))
_COORDINATOR, _PREPOSITION, _MARK = one_of(COORDINATORS), one_of(PREPOSITIONS), one_of(MARKS)
ATTACHMENTS: Sequence[Rule] = (
    # "The bidding war ended" is no "the bidding ended", "an equipment maker" no maker.
    Rule(before=of_class(COMMON), opening=_SURE_NOUN, after=~IS_END, check=_takes_subject),
    Rule(last=_SURE_NOUN, after=one_of(_RELATIONAL), at_start=True),
    # "Held after a raid on a bank against" whom.
    Rule(opening=_PREPOSITION, last=_NOUN, after=one_of({"against"})),
    # "Fashion firm Orla" is no "firm Orla".
    Rule(last=_NOUN, after=one_of(_DESCRIBING), at_start=True, check=is_followed_by({"P", "P's"})),
    # "Norvia's president shares the blame" is no "Norvia's shares".
    Rule(before=_OWNER, last=_SURE_NOUN, after=_TAKEN_FOR_NOUN),
    Rule(before=_OWNER, last=_SURE_NOUN, after=of_class({"S"}), check=is_followed_by(_DETERMINERS)),
    # "Visitors to the year's largest fair" are no "visitors largest fair".
    Rule(opening=_PREPOSITION, last=of_class(_DETERMINERS), after=~IS_END),
    Rule(
        opening=_PREPOSITION | one_of({"due", "thanks"}),
        last=_ADJECTIVE | of_class({"#-"}),
        after=_NOUN,
    ),
    # "The dashing Prince of Lund is back", "is cutting nearly a third of its staff".
    Rule(
        before=of_class({"J", "GJ", "GN", "G"}),
        opening=of_class({"P"}),
        after=one_of(FINITE_AUXILIARIES),
    ),
    Rule(before=_VERB, opening=one_of(APPROXIMATE), after=_PREPOSITION | one_of({"due"})),
    # "Former minister Ole Brun's show" is no "former show".
    Rule(before=_ADJECTIVE, last=of_class({"P's"}), after=_NOUN),
    # "Stared at the victim two nights before" is no "stared at two nights".
    Rule(before=of_class(_DETERMINERS), opening=_NOUN, after=of_class({"M", "#"})),
    Rule(opening=_PREPOSITION, last=_SURE_NOUN | of_class({"BN"}), after=_TAKEN_FOR_NOUN),
    Rule(opening=_PREPOSITION, last=_NOUN, after=of_class({"P", "Pt", "P's"})),
    Rule(opening=one_of(ADVERBIAL_OPENERS), last=_ADJECTIVE | _GERUND, after=_NOUN),
    # "On talk it is to close" is no "it is to close", where another clause stands before it.
    Rule(opening=_PREPOSITION, last=~_MARK, after=one_of(PERSONAL_SUBJECTS)),
    # "Took off the lid and signed up Ann Lee" is no "took Ann Lee".
    Rule(last=one_of(PARTICLES), after=of_class({"P", "N", "S", "the", "a", "his", "her"})),
    Rule(opening=_PREPOSITION, after=one_of(RELATIVE_PRONOUNS)),
    # "Dropped worldwide amid fears" is no "dropped fears".
    Rule(opening=~_NOUN & ~_PREPOSITION, last=_PREPOSITION, after=_NOUN),
    Rule(
        before=_PREPOSITION,
        # "This week's".
        last=_NOUN & ~one_of(_OF_TIMES),
        after=of_class({"P"}),
        somewhere=_OWNER,
        check=_holds_owner,
    ),
    # "January's Lund Cup race" is no "January's race".
    Rule(before=one_of(_OF_TIMES), opening=of_class({"P"})),
    # "Excited about the chances his skills have opened" is no "about skills have".
    Rule(before=_PREPOSITION, opening=_NOUN, after=_NOUN, check=_leaves_clause),
    # "Tax under plans due in May" is no "tax due in May".
    Rule(
        opening=_PREPOSITION | one_of({"to"}),
        last=_NOUN | one_of(CLOSING_QUOTES),
        after=one_of(_POSTPOSED),
    ),
    # "A fight over a deal allegedly made in a pub" is no "fight allegedly made".
    Rule(opening=_PREPOSITION, last=_NOUN, after=one_of(DOUBTS), check=_goes_on_with_past),
    # "Inmates in Lund and suspects held in Velm" are none of them "held in Velm".
    Rule(
        opening=_PREPOSITION | one_of({"and"}),
        last=_NOUN,
        after=of_class(PAST),
        check=_joins_participle,
    ),
    # "Spoke after criticism by a clerk" is no "spoke by a clerk".
    Rule(last=one_of(_DEEDS), after=one_of({"by"})),
    # "In first place after a race in snow" is no "in snow".
    Rule(before=_PREPOSITION, last=one_of(PREPOSITIONS - {"of"}), after=~IS_END),
    # "To ban the sale of knives" is no "to ban knives".
    Rule(before=_VERB, last=one_of({"of"}), after=~IS_END, check=is_more_than_one),
    # "Issued another plea to think" is no "issued to think", "artificially made" no "artificially".
    Rule(before=_VERB, opening=one_of(_QUANTIFIERS), after=~_NOUN),
    Rule(before=_ADVERB, opening=_ADJECTIVE),
    Rule(before=_IN_LY, opening=of_class(PAST | {"J", "JN", "J?"}), after=_NOUN),
    # "Chosen for the 800m and 1500m" is no "chosen and 1500m".
    Rule(before=_VERB, opening=_PREPOSITION, after=_COORDINATOR, check=_goes_on_with_noun),
    # "To pay rather than sue" is no "to pay than sue", "until July 3" no "until 3".
    Rule(last=_COMPARATIVE, after=one_of({"than"})),
    Rule(after=one_of({"than"}), somewhere=one_of(_MORE), check=_is_compared),
    Rule(last=of_class({"#mo"}), after=of_class({"#", "#y"}), check=is_one),
    # "Prices will rise, analysts in Oslo said"; "a large, old statue".
    Rule(before=_MARK, after=_PREPOSITION, check=is_noun_phrase),
    Rule(before=_MARK, opening=~of_class({"P", "Pt"}), after=_NOUN, check=_is_twin),
    Rule(before=_NOUN, after=of_class({"B"})),
    # "A games maker said" is no "a games said"; what a speaker says is not said by a comma.
    Rule(
        before=_NOUN,
        opening=of_class({"N", "S", "JN", "JS", "NR"}),
        last=_NOUN,
        after=of_class(SURE_VERBS),
        check=is_noun_phrase,
    ),
    Rule(before=_MARK, after=of_class(SURE_VERBS)),
    # "Anger spilled over", "the level at which homes are taxed".
    Rule(opening=of_class(PAST), after=_PREPOSITION, check=is_one),
    # "Fell in May hurting two" is no "fell in hurting two".
    Rule(before=_PREPOSITION, opening=of_class({"#mo", "#wd", "#y"}), after=~of_class({"#y"})),
    # "Reacted calmly to Norvia's decision" is no "reacted decision".
    Rule(before=_VERB, opening=_IN_LY, last=of_class(_DETERMINERS), after=_NOUN),
    # "Has had rights to a book snapped up" is no "rights to snapped up".
    Rule(before=_PREPOSITION, opening=_NOUN, after=of_class(PAST), check=_ends_in_verb),
    # "A circular that asked women staff to" is no "a circular staff".
    Rule(opening=one_of(RELATIVE_PRONOUNS | {"that"}), last=_NOUN, after=_SURE_NOUN),
    # "A sign to show thanks for help in Lund" is no "sign in Lund".
    Rule(opening=one_of({"to"}), last=_NOUN, after=_PREPOSITION, check=_is_in_subject),
    # "Hit a guard with a stick and wasp spray" is no "hit a guard and wasp spray".
    Rule(opening=_PREPOSITION, last=_NOUN, after=one_of({"and"}), check=is_followed_by({"N"})),
    # "More environmentally aware" is no "more aware".
    Rule(before=one_of({"more", "less", "most", "least", "so", "too"}), opening=_IN_LY),
    # "Guard against a new and harmful virus" is no "and harmful virus".
    Rule(opening=_PREPOSITION, last=_ADJECTIVE | of_class({"JN"}), after=_COORDINATOR),
    # "With stage four cancer" is no "four cancer".
    Rule(opening=_PREPOSITION, last=_SURE_NOUN, after=of_class({"M", "MN"})),
    # What is branded a failure is not branded.
    Rule(before=one_of(_NAMING)),
    # "The court hearing" is no "court", "the media chief Ann Lee" no "media".
    Rule(before=_SURE_NOUN, opening=_SURE_NOUN & ~one_of({"thanks"}), after=~_NOUN),
    Rule(before=_SURE_NOUN, opening=of_class(SURE_NOUNS | {"JN"}), last=of_class({"P"})),
    # "Reward for news of a lost boy" is no "reward for a boy", "hit on the day when" no "on when".
    Rule(
        before=one_of({"for", "with", "against"}),
        opening=_NOUN,
        after=_NOUN,
        check=_holds_preposition,
    ),
    Rule(before=_PREPOSITION, after=one_of(ADVERBIAL_OPENERS | {"that"})),
    Rule(before=one_of(DOUBTS), after=_MARK | IS_END),
    Rule(opening=_PREPOSITION, last=_ADVERB, after=_ADJECTIVE),
    # "Peers: today, they will" is no "peers they will".
    Rule(opening=one_of({":"}), after=~IS_END),
    # "Vitamin A".
    Rule(after=Word(lambda known: known.lower == "a" and known.is_capital)),
)
