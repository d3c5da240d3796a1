"""Which words an English phrase may end with.

Knows a word and its neighbours: it must not know lengths or costs.
"""

from __future__ import annotations

import re

from summarizer.headline.lexicon import (
    AUXILIARIES,
    BE,
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
    SUBJECT_PRONOUNS,
    SUPERLATIVES,
    VERBS,
)
from summarizer.headline.tokens import Tokens
from summarizer.headline.verbs import Strength, is_past, strength
from summarizer.text.clauses import phrase_openers

_PLURAL = re.compile(r"[^isu]s\Z")
_ABSTRACT = ("ion", "ness", "ity", "ism", "ship")
_VERBS_IN_ION = frozenset("mention question function petition condition".split())
_OPENERS = phrase_openers("en")
_OPEN_MARKS = frozenset(",;:-–—([{“‘«&/")


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
    if word in MIDDLE_ADVERBS or word.endswith("ly"):
        return before not in AUXILIARIES and before != ","
    if word in SUPERLATIVES:
        return before not in DETERMINERS
    if before in MODALS or (before == "to" and not _is_noun(word)):
        return word in INTRANSITIVE_BASES
    return _is_complete_verb(tokens, index, before)


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


def _is_complete_verb(tokens: Tokens, index: int, before: str) -> bool:
    """Tell whether a token is no verb, or one that needs no object."""
    word = tokens.lower[index]
    if word in PARTICIPLES:
        return before not in HAVE
    if word.endswith("ing"):
        return before in DETERMINERS or (word in GERUND_NOUNS and before not in BE)
    if word in INTRANSITIVE or before in BE:
        return True
    if word in PARTICLES:
        # "Was called off", but not "called off".
        return tokens.lower[index - 2] in BE
    if word in VERBS and word.endswith("s"):
        # After the main verb such a form is a plural, unless a pronoun is its subject.
        return before not in SUBJECT_PRONOUNS
    if word in VERBS or word in PAST_ONLY or is_past(word):
        return strength(tokens, index) is Strength.NONE and before not in AUXILIARIES
    return True
