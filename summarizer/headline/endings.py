"""Which words an English phrase may end with.

Knows a word and its neighbours: it must not know lengths or costs.
"""

from __future__ import annotations

import re

from summarizer.headline.known_words import load_classes
from summarizer.headline.lexicon import (
    AUXILIARIES,
    BE,
    COORDINATORS,
    DETERMINERS,
    GERUND_NOUNS,
    HAVE,
    INTRANSITIVE,
    INTRANSITIVE_BASES,
    MIDDLE_ADVERBS,
    MODALS,
    PARTICIPLES,
    PARTICLES,
    PAST_ONLY,
    PLACES,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUPERLATIVES,
    VERBS,
)
from summarizer.headline.tokens import Tokens
from summarizer.headline.verbs import Strength, is_past, strength
from summarizer.text.cuts import phrase_openers

_PLURAL = re.compile(r"[^isu]s\Z")
_ABSTRACT = ("ion", "ness", "ity", "ism", "ship")
_VERBS_IN_ION = frozenset("mention question function petition condition".split())
_OPENERS = phrase_openers("en")
_OPEN_MARKS = frozenset(",;:-–—([{“‘«&/")
# What comes after these is no object of the verb before them.
_ADJUNCT_OPENERS = frozenset(
    "because while when after before amid despite during following until since although though "
    "where".split()
)
# Where or when something is done: so the verb before them has no object.
_PLACE_OPENERS = frozenset("in at as near outside inside around across throughout".split())
_WITH_PREPOSITION = frozenset(
    "aiming arriving being believing engaging having investing involving looking participating "
    "pointing resulting specialising specializing succeeding".split()
)
_AFTER_BASE = DETERMINERS | COORDINATORS
_LINKING = frozenset(
    "stay stays stayed remain remains remained become becomes became feel feels felt look looks "
    "looked seem seems seemed".split()
)


def can_end(tokens: Tokens, index: int) -> bool:
    """Tell whether a phrase may end with a token: nothing it calls for is still to come.

    Args:
        tokens: the sentence.
        index: the token.
    """
    if not is_closed(tokens, index):
        return False
    word = tokens.lower[index]
    if tokens.words[index][0].isupper():
        return True
    before = tokens.lower[index - 1] if index else ""
    if word == "then":
        # What somebody does then is still to come, but not by then.
        return before in PREPOSITIONS
    if _is_adverb(word):
        return before not in AUXILIARIES and before != ","
    if word in SUPERLATIVES:
        return before not in DETERMINERS
    if _follower(tokens, index) in _ADJUNCT_OPENERS:
        return True
    if _is_base(tokens, index):
        return word in INTRANSITIVE_BASES
    return _ends_contact_clause(tokens, index) or _is_complete_verb(tokens, index, before)


def lacks_object(tokens: Tokens, index: int) -> bool:
    """Tell whether a verb after "will", or after adverbs after it, calls for more to come."""
    return _follows_modal(tokens, index) and tokens.lower[index] not in INTRANSITIVE_BASES


def _is_base(tokens: Tokens, index: int) -> bool:
    """Tell whether a token is the verb after "will" or "to"."""
    if _follows_modal(tokens, index):
        return True
    if tokens.lower[index - 1] != "to" or tokens.lower[index - 2] == "according":
        return False
    # "Turned to drink for comfort", but "to drink the water".
    is_known_noun = load_classes().get(tokens.lower[index]) == "N"
    is_over = _follower(tokens, index) not in _AFTER_BASE
    return not ((is_known_noun and is_over) or _is_noun(tokens.lower[index]))


def _follows_modal(tokens: Tokens, index: int) -> bool:
    place = index - 1
    while place > 0 and _is_adverb(tokens.lower[place]):
        place -= 1
    if place < 0 or tokens.lower[place] not in MODALS:
        return False
    # "They are not afraid".
    return tokens.lower[place] != "not" or tokens.lower[place - 1] not in BE


def _is_adverb(word: str) -> bool:
    return word in MIDDLE_ADVERBS or word.endswith("ly")


def _follower(tokens: Tokens, index: int) -> str:
    return tokens.lower[index + 1] if index + 1 < len(tokens.words) else ""


def is_closed(tokens: Tokens, index: int) -> bool:
    """Tell whether a token does not by its nature belong to what comes after it."""
    word = tokens.lower[index]
    if word == "'":
        # The apostrophe of a plural, unless it closes a quotation.
        return tokens.is_held[index]
    return not (word in _OPENERS or word in _OPEN_MARKS or word.endswith(("'s", "s'")))


def _is_noun(word: str) -> bool:
    is_abstract = word.endswith(_ABSTRACT) and word not in _VERBS_IN_ION
    return is_abstract or word in PLACES or not word[0].isalpha() or bool(_PLURAL.search(word))


def _ends_contact_clause(tokens: Tokens, index: int) -> bool:
    """Tell whether a token is the verb of "the play they wrote"."""
    antecedent, subject = ("", "", *tokens.lower[max(0, index - 2) : index])[-2:]
    return subject in SUBJECT_PRONOUNS and load_classes().get(antecedent) in ("N", "S")


def _is_complete_verb(tokens: Tokens, index: int, before: str) -> bool:
    """Tell whether a token is no verb, or one that needs no object."""
    word = tokens.lower[index]
    if word in PARTICIPLES:
        return before not in HAVE
    if word.endswith("ing"):
        is_own = word not in _WITH_PREPOSITION and _follower(tokens, index) in _PLACE_OPENERS
        return before in DETERMINERS or is_own or (word in GERUND_NOUNS and before not in BE)
    if word in INTRANSITIVE or before in BE or before in _LINKING:
        return True
    if before in COORDINATORS and tokens.lower[index - 3] in BE:
        # "Will be withdrawn or refunded".
        return True
    if word in PARTICLES:
        # "Was called off" and "to take over as chief", but not "called off" a strike.
        return tokens.lower[index - 2] in BE or _follower(tokens, index) in _PLACE_OPENERS
    if word in VERBS and word.endswith("s"):
        # After the main verb such a form is a plural, unless a pronoun is its subject.
        return before not in SUBJECT_PRONOUNS
    if word in VERBS or word in PAST_ONLY or is_past(word):
        return strength(tokens, index) is Strength.NONE and before not in AUXILIARIES
    return True
