"""Which word is the finite verb of a stretch of English.

Knows words and their neighbours: it must not know commas or lengths.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum

from summarizer.headline.known_words import load_classes
from summarizer.headline.lexicon import (
    AUXILIARIES,
    BASE_VERBS,
    BEFORE_INFINITIVE,
    CLAUSE_OPENERS,
    COORDINATORS,
    DETERMINERS,
    FINITE_AUXILIARIES,
    INTRANSITIVE,
    MONTHS,
    OBJECT_PRONOUNS,
    PARTICIPLES,
    PAST_ONLY,
    PREPOSITIONS,
    RELATIVE_PRONOUNS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    VERBS,
    WEEKDAYS,
)
from summarizer.headline.remembering import Remembered
from summarizer.headline.tokens import Tokens

_NOT_BEFORE_FINITE = (
    AUXILIARIES
    | DETERMINERS
    | (PREPOSITIONS - {"past"})
    | {"to", "more", "than", "so", "too", "very"}
)
_RELATIVE = RELATIVE_PRONOUNS | {"that"}
_CLAUSE_WORDS = _RELATIVE | CLAUSE_OPENERS | {"to"}
_NO_VERBS = (
    PREPOSITIONS
    | DETERMINERS
    | frozenset("as always sometimes perhaps besides less unless thus plus versus yes".split())
)
_QUOTES = frozenset("\"“'‘`")
_LONGEST_AGENT = 5
_LONGEST_PHRASE = 7
_FRACTIONS = frozenset("third quarter half fifth tenth record".split())
_CONJUNCTIONS = frozenset("as while although though since".split())
PLURAL_SUBJECTS = frozenset("people children men women police they we you i".split())
BEFORE_OBJECT = DETERMINERS | OBJECT_PRONOUNS
_NOT_PAST = frozenset(
    "need speed breed indeed hundred united limited sacred seed feed exceed".split()
)
# "Film stars including Ann Lee have".
_AFTER_NOUNS = frozenset({"including", "who", "whose"})
# After "men who" any other word is a verb.
NO_BASES = (
    DETERMINERS | PREPOSITIONS | SUBJECT_PRONOUNS | AUXILIARIES | frozenset("his her not".split())
)
_TIMES = WEEKDAYS | MONTHS
_VERB_FORMS = FINITE_AUXILIARIES | PAST_ONLY | VERBS | BASE_VERBS | PARTICIPLES
# Not "Norvia's", before a plan of hers.
PLURAL = re.compile(r"[^']s\Z")
_S_FORM = re.compile(r"[^isu']s\Z")


class Strength(IntEnum):
    """How sure it is that a word is a finite verb."""

    NONE = 0
    WEAK = 1
    STRONG = 2


def strength(tokens: Tokens, index: int) -> Strength:
    """Tell how sure it is that a token is a finite verb, given the one before it."""
    word = tokens.lower[index]
    if not _MAY_BE_VERB[word] or index == 0 or tokens.words[index][0].isupper():
        return Strength.NONE
    if word in FINITE_AUXILIARIES:
        return Strength.STRONG
    before = tokens.lower[index - 1]
    if (
        before in _NOT_BEFORE_FINITE
        # "The chairman's bid", "he's gone".
        or before.endswith(("'s", "s'"))
        # "A strongly worded letter".
        or (before.endswith("ly") and tokens.lower[index - 2] in AUXILIARIES | DETERMINERS)
        # 'Her "bottled" rage'.
        or (before in _QUOTES and tokens.lower[index - 2] in DETERMINERS)
    ):
        return Strength.NONE
    if word in PAST_ONLY:
        return Strength.STRONG
    after = tokens.lower[index + 1] if index + 1 < len(tokens.words) else ""
    if after in _AFTER_NOUNS or (after == "that" and _precedes_verb(tokens, index + 1)):
        return Strength.NONE
    has_object = after in BEFORE_OBJECT
    # "Officials reportedly want".
    subject = tokens.lower[index - 2] if index > 1 and before.endswith("ly") else before
    is_plural = PLURAL.search(subject) is not None or subject in PLURAL_SUBJECTS
    if (
        word in VERBS
        or is_past(word)
        # "Raids that try" are none that anybody tries.
        or (has_object and after != "that" and _S_FORM.search(word) and word not in _NO_VERBS)
        or (word in BASE_VERBS and (is_plural or has_object or _has_plural_head(tokens, index)))
        # "Rage led him to it".
        or (word in PARTICIPLES and has_object)
    ):
        return Strength.STRONG if has_object else Strength.WEAK
    return Strength.NONE


def _has_plural_head(tokens: Tokens, index: int) -> bool:
    """Tell whether a verb and no noun follows a phrase around many: "women in the trade earn"."""
    if load_classes().get(tokens.lower[index]) != "B":
        return False
    start = max(1, index - _LONGEST_PHRASE)
    place = next((i for i in range(start, index) if tokens.lower[i] in PREPOSITIONS), None)
    if place is None or any(map(_may_be_other_verb, tokens.lower[place:index])):
        return False
    head = tokens.lower[place - 1]
    return PLURAL.search(head) is not None or head in PLURAL_SUBJECTS


def _may_be_other_verb(word: str) -> bool:
    return word in FINITE_AUXILIARIES or word in _CLAUSE_WORDS or word in ",-" or is_past(word)


def _precedes_verb(tokens: Tokens, that: int) -> bool:
    """Tell whether "that" is the subject of a verb, as in "attacks that try to"."""
    after, beyond = (*tokens.lower[that + 1 : that + 3], "", "")[:2]
    is_base = after in BASE_VERBS and (beyond in BEFORE_OBJECT or beyond == "to")
    return is_base or after in FINITE_AUXILIARIES


def _may_be_verb(word: str) -> bool:
    """Tell whether a word in lower case is a finite verb beside some neighbours."""
    return word in _VERB_FORMS or is_past(word) or _S_FORM.search(word) is not None


_MAY_BE_VERB = Remembered(_may_be_verb)


def is_past(word: str) -> bool:
    """Tell whether a word has the form of a regular past or participle."""
    return len(word) > 4 and word.endswith("ed") and word not in _NOT_PAST


def strengths(tokens: Tokens) -> list[Strength]:
    """Tell of each token how sure it is that it is a finite verb."""
    return [
        strength(tokens, index) if _MAY_BE_VERB[word] else Strength.NONE
        for index, word in enumerate(tokens.lower)
    ]


def find_verb(tokens: Tokens, verbs: Sequence[Strength], first: int, end: int) -> int | None:
    """Return the finite verb of the clause that tokens first to end make, if they have one.

    The verbs of relative and subordinate clauses before it are passed over. A form that may also
    be a participle or a noun ("the man arrested", "the plans") counts only when no surer one
    follows in the same clause.

    Args:
        tokens: the sentence.
        verbs: how sure it is of each token that it is a finite verb.
        first: where the clause begins.
        end: the token after it.
    """
    pending = 0
    is_relative = False
    weak: int | None = None
    for index in range(first, end):
        word = tokens.lower[index]
        if tokens.is_held[index] or (is_relative and _is_joined(tokens, verbs, index)):
            continue
        if weak is not None and _ends_clause(tokens, index, weak):
            return weak
        if (word in _CLAUSE_WORDS and not _is_time(tokens, index)) or _opens_clause(tokens, index):
            pending += word != "to" and index > first
            is_relative = is_relative or (word in _RELATIVE and index > first)
        elif pending:
            pending -= _is_verb_of_clause(tokens, verbs, index)
        elif (found := verbs[index]) is Strength.STRONG:
            return index
        elif found is Strength.WEAK and (weak is None or _is_participle(tokens, weak)):
            weak = index
    return weak


def _is_time(tokens: Tokens, index: int) -> bool:
    """Tell whether a word opens no clause but a time: "since Monday"."""
    if tokens.lower[index] != "since" or index + 1 == len(tokens):
        return False
    after = tokens.lower[index + 1]
    return after in _TIMES or after.isdecimal()


def _is_joined(tokens: Tokens, verbs: Sequence[Strength], index: int) -> bool:
    """Tell whether a token is the second verb of a clause: "a man who fell and died was ..."."""
    return verbs[index] is not Strength.NONE and tokens.lower[index - 1] in COORDINATORS


def _opens_clause(tokens: Tokens, index: int) -> bool:
    """Tell whether a word that may be a preposition opens a clause: "as they prepare"."""
    is_opener = tokens.lower[index] in SUBORDINATORS
    return is_opener and not SUBJECT_PRONOUNS.isdisjoint(tokens.lower[index + 1 : index + 2])


def _ends_clause(tokens: Tokens, index: int, verb: int) -> bool:
    """Tell whether a word opens another clause than that of a verb before it."""
    word = tokens.lower[index]
    if word == "to" and (
        tokens.lower[verb] == "set" or _is_noun_before(tokens, index) or _is_suspicion(tokens, verb)
    ):
        # "A book set to be sold at Christmas is ...", "state plans to scrap laws should be ...".
        return False
    if word in _CLAUSE_WORDS or word in _CONJUNCTIONS:
        return not _is_time(tokens, index)
    return word in SUBORDINATORS and not _is_participle(tokens, verb)


def _is_suspicion(tokens: Tokens, verb: int) -> bool:
    """Tell whether a form says what is thought of a subject: "girls suspected of travelling to"."""
    return tokens.lower[verb : verb + 2] in (["suspected", "of"], ["accused", "of"])


def _is_noun_before(tokens: Tokens, to: int) -> bool:
    """Tell whether what may be a verb before "to" is a noun, as the sentence's verb comes later."""
    if to == 0 or tokens.lower[to - 1] not in BEFORE_INFINITIVE:
        return False
    for index in range(to + 1, len(tokens)):
        word = tokens.lower[index]
        if word in FINITE_AUXILIARIES:
            return True
        if word in _CLAUSE_WORDS or word in SUBORDINATORS or word in COORDINATORS or word == ",":
            return False
        if word in SUBJECT_PRONOUNS:
            return False
    return False


def _is_participle(tokens: Tokens, index: int) -> bool:
    """Tell whether a form is likelier a participle: "the men accused of", not "the men fell in"."""
    word, after = tokens.lower[index], tokens.lower[index + 1 : index + 1 + _LONGEST_AGENT]
    if "by" in after:
        # "A shop started last year by a nurse", but "rose by a third".
        place = index + 2 + after.index("by")
        agent = tokens.lower[place : place + 2]
        if agent[:1] and (agent[0] in DETERMINERS) and agent[-1] not in _FRACTIONS:
            return True
    return word not in INTRANSITIVE and after[:1] != [] and after[0] in PREPOSITIONS


def _is_verb_of_clause(tokens: Tokens, verbs: Sequence[Strength], index: int) -> bool:
    return is_next_to_relative(tokens, index) or verbs[index] is not Strength.NONE


def is_next_to_relative(tokens: Tokens, index: int) -> bool:
    """Tell whether a token is a verb because it has the form of one and follows "who"."""
    word, relative = tokens.lower[index], tokens.lower[index - 1]
    if relative not in _RELATIVE or relative == "whose":
        return False
    if word.endswith(("s", "ed")) or word in BASE_VERBS:
        return True
    antecedent = tokens.lower[index - 2] if index > 1 else ""
    is_plural = PLURAL.search(antecedent) is not None or antecedent in PLURAL_SUBJECTS
    return is_plural and tokens.words[index].islower() and word not in NO_BASES
