"""Gaps inside phrases around a noun: what they leave belongs to another noun, or to none.

Knows words and their classes: it must not know what else is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from summarizer.headline.clauses import (
    Rule,
    Surroundings,
    Word,
    class_begins,
    holds_gerund,
    is_followed_by,
    is_more_than_one,
    is_one,
    is_preceded_by,
    of_class,
    one_of,
)
from summarizer.headline.lexicon import (
    ARTICLES,
    DETERMINERS,
    FINITE_AUXILIARIES,
    MODALS,
    PREPOSITIONS,
    SPEECH_VERBS,
    TITLES,
)
from summarizer.headline.phrases import (
    CLOSING_QUOTES,
    COMMON,
    MARKS,
    NOUNS,
    VERB_FORMS,
    holds_phrase,
)
from summarizer.headline.word_classes import ADJECTIVES, SURE_NOUNS

_ADJECTIVES = ADJECTIVES | {"JN"}
_LEADING = frozenset("P's n's his her its their our my your a an the".split())
# Right after a phrase that begins with a preposition these are still part of it.
_PHRASE_ENDS = frozenset({"N", "S", "N?", "S?", "JN", "BN", "n's", "G", "GN", '"', "?"})
_BEFORE_BASE = MODALS | {"did", "do", "does", "not"}
_OF_CHAMPIONS = frozenset("world european olympic commonwealth national".split())
_LONGEST_DESCRIPTION = 4


def _follows_modal(sentence: Surroundings, first: int, _: int) -> bool:
    """Tell whether what stands before a gap is a verb, for "will" or "not" before it."""
    place = first - 2 - sentence.lower[first - 2].endswith("ly")
    return place >= 0 and sentence.lower[place] in _BEFORE_BASE


def _follows_verb(sentence: Surroundings, first: int, _: int) -> bool:
    return sentence.is_verb[first - 1]


def _is_long(_: Surroundings, first: int, end: int) -> bool:
    return end - first >= _LONGEST_DESCRIPTION


def _describes_more(sentence: Surroundings, first: int, end: int) -> bool:
    return end - first > _LONGEST_DESCRIPTION or holds_phrase(sentence, first, end)


def _is_phrase(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether only what describes a noun and the noun go."""
    return (_ADJECTIVES | SURE_NOUNS).issuperset(sentence.kinds[first:end])


def _is_third(_: Surroundings, first: int, __: int) -> bool:
    return first == 2


def _is_after_verb(sentence: Surroundings, first: int, _: int) -> bool:
    return first > 1 and sentence.kinds[first - 2] in VERB_FORMS


def _holds_office(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether what somebody does stands in a gap before a name or the last part of one."""
    kinds = sentence.kinds[first : end + 1]
    if "," in kinds or "P" not in kinds or end > sentence.main:
        return False
    last = len(kinds) - kinds[::-1].index("P")
    return not SURE_NOUNS.isdisjoint(kinds[:last])


def _holds_subject(sentence: Surroundings, first: int, end: int) -> bool:
    """Tell whether a name follows a noun in a gap at once: it is another clause's subject."""
    return any(
        kind in SURE_NOUNS and after in ("P", "Pt")
        for kind, after in pairwise(sentence.kinds[first:end])
    )


def _leaves_adjective(sentence: Surroundings, _: int, end: int) -> bool:
    return sentence.kinds[end + 1] not in NOUNS


def _takes_gerund_of(sentence: Surroundings, first: int, end: int) -> bool:
    return holds_gerund(sentence, first, end) and _leaves_adjective(sentence, first, end)


_NOUN, _COMMON, _SURE_NOUN = of_class(NOUNS), of_class(COMMON), of_class(SURE_NOUNS)
_NAME, _VERB, _ADJECTIVE = of_class({"P"}), of_class(VERB_FORMS), of_class(_ADJECTIVES)
_HOLDER, _PREPOSITION, _QUOTE = of_class(_LEADING), one_of(PREPOSITIONS), one_of(CLOSING_QUOTES)
_MARK = one_of(MARKS)
_SUM = Word(lambda known: known.lower.startswith(("£", "$", "€")))
_PARTICIPLE, _DESCRIBING = class_begins("GD"), of_class(_ADJECTIVES | NOUNS)
_GERUND, _BARE = class_begins("G"), of_class(_ADJECTIVES | {"BJ"})
_SINGULAR, _HEAD = of_class({"N", "N?", "BN", "JN"}), of_class({"N", "S", "BN"})
_WHOLE = one_of({"all", "both", "half"})
_OWING = one_of({"due", "thanks"})
NOUN_PHRASES: Sequence[Rule] = (
    # "Will go if they shout in the hall Speaker Ole Brun ruled" is no "if they shout ruled".
    Rule(
        opening=one_of(PREPOSITIONS),
        last=of_class({"P"}),
        after=one_of(FINITE_AUXILIARIES | SPEECH_VERBS),
        check=_holds_subject,
    ),
    # "Hires a class 12 boy" is no "hires 12 boy", "fooled guards including Ole Brun into talking to
    # him" no "fooled guards to him".
    Rule(opening=one_of(ARTICLES), last=of_class(SURE_NOUNS), after=of_class({"#"})),
    Rule(opening=one_of({"including"}), last=class_begins("G"), after=one_of(PREPOSITIONS)),
    # "Lord of the Hills director Ann Lee has said" is no "Lord has said".
    Rule(
        opening=one_of({"of"}),
        check=_holds_office,
    ),
    # It loses what it needs, or what stands before it belongs to another one.
    Rule(before=_HOLDER, opening=~_MARK, after=~_NOUN),
    Rule(before=_HOLDER, opening=~_MARK, check=_describes_more),
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
    Rule(before=_COMMON & ~_HOLDER, opening=_COMMON, after=of_class({"P", "Pt"})),
    Rule(opening=_PREPOSITION, after=of_class(_PHRASE_ENDS)),
    # "Misconduct over pay claims has" is no "misconduct claims has".
    Rule(
        opening=_PREPOSITION,
        last=_NOUN,
        after=of_class({"sp"}),
        check=is_followed_by(FINITE_AUXILIARIES),
    ),
    # "A horn belonging to a jazz legend"; "to make registration of marriages compulsory".
    Rule(before=_SURE_NOUN, opening=_PARTICIPLE, last=_DESCRIBING, after=of_class(_PHRASE_ENDS)),
    Rule(before=_PREPOSITION, opening=_SURE_NOUN, after=_ADJECTIVE, check=_leaves_adjective),
    # "UK toy maker Orla" is not the UK.
    Rule(before=one_of({"uk", "US", "eu", "un"}), opening=_COMMON, after=~_NOUN),
    # "A bus strike" is no bus; "to win the cup to please her".
    Rule(before=_SINGULAR, opening=_HEAD, after=~_NOUN, check=is_one),
    Rule(before=_SURE_NOUN, opening=_HOLDER, after=~_NOUN, check=is_preceded_by({"to"})),
    # "A £3m pay case", "the number of government special advisers".
    Rule(before=_SUM, opening=_SURE_NOUN | of_class({"?"}), after=~_NOUN),
    Rule(before=_SINGULAR, opening=_DESCRIBING, last=_HEAD, after=~_NOUN, check=_is_phrase),
    # "Lord of the Hills director Ann Lee" is no "Lord of Ann Lee".
    Rule(before=one_of({"of"}), last=one_of(TITLES), after=_NAME, check=_is_third),
    # "A Premiership player and writer" is no "Premiership and writer".
    Rule(before=of_class({"P", "P?"}), opening=_HEAD, after=one_of({"and", "or"}), check=is_one),
    # "Paying $8 a month for ticks and other features" is no "paying $8 features".
    Rule(before=of_class({"#"}), after=of_class({"S"}), check=_describes_more),
    Rule(before=of_class({"#"}), opening=one_of({"for"}), after=_NOUN),
    Rule(before=of_class({"#"}), opening=one_of({"a"}), after=of_class({"S"})),
    # 'The "dead end" sign', "a world champion gymnast".
    Rule(before=one_of(ARTICLES), opening=_QUOTE, after=_NOUN),
    Rule(before=one_of(_OF_CHAMPIONS), opening=one_of({"champion", "champions", "record"})),
    # "In pushing Norvia close".
    Rule(opening=_PREPOSITION, after=_BARE, somewhere=_GERUND, check=_takes_gerund_of),
    # "In Monday's speech the mayor said" is no "in mayor said".
    Rule(before=_PREPOSITION, opening=_NOUN, after=one_of(ARTICLES)),
    # "Orla and Norvia striker Ole Brun" is one man.
    Rule(before=one_of({"and"}), opening=_NAME, last=_COMMON | one_of(TITLES), after=_NAME),
    Rule(before=_VERB, opening=(_NOUN & ~_OWING) | _QUOTE, after=~_NOUN & ~_QUOTE),
    Rule(before=_VERB, opening=_NOUN & ~_OWING, after=_OWING),
    # '"Does not want" a deal' is no '"does not want"'.
    Rule(before=_QUOTE, opening=_NOUN, after=~_NOUN, check=_is_after_verb),
    # "His wayward kicking cost".
    Rule(before=of_class({"?"}), opening=_GERUND, after=~_NOUN, check=is_preceded_by(DETERMINERS)),
    Rule(before=_VERB, opening=_NOUN & ~_OWING, check=_is_long),
    # "A singer who emanates calm": nobody knows the verb, but it must be one.
    Rule(before=class_begins("S?"), opening=_NOUN, after=~_NOUN & ~_QUOTE, check=_follows_verb),
    # "Did not seriously damage his knee".
    Rule(opening=_NOUN, after=~_NOUN, somewhere=one_of(_BEFORE_BASE), check=_follows_modal),
    Rule(
        before=_ADJECTIVE,
        opening=class_begins("NSJGDPB?#") | of_class({"sp", "away"}),
        after=~_NOUN,
    ),
    Rule(before=_NAME, opening=_SURE_NOUN | of_class({"SZ"}), after=~_NOUN),
    # "According to a union report".
    Rule(
        before=_NAME | _SINGULAR,
        opening=one_of({"report", "reports"}),
        after=~_NOUN,
        check=is_preceded_by({"a", "an", "the"}),
    ),
)
