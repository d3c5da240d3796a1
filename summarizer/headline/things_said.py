"""Whether a word that may be a verb of saying is none: "a report", "their cup hopes", "known as".

Knows a word and its neighbours: it must not know who says something.
"""

from __future__ import annotations

from summarizer.headline.lexicon import (
    ARTICLES,
    OBJECT_PRONOUNS,
    RELATIVES,
    SUBCLAUSE_OPENERS,
    SUBJECT_PRONOUNS,
)
from summarizer.headline.tokens import Tokens
from summarizer.headline.verbs import BEFORE_OBJECT, NO_BASES, PLURAL, PLURAL_SUBJECTS

_THINGS_SAID = frozenset("show shows report reports claim claims hope hopes fear fears".split())
_PHRASE_OPENERS = RELATIVES | {","}
_BASES_SAID = frozenset({"show", "report"})
# What follows is a noun, at once or after others.
_OWNERS = frozenset("a an the my your his its our their this these those some any no every".split())
_LONGEST_OWNED = 6
_OPENERS_OF_CONTENT = _OWNERS | SUBJECT_PRONOUNS | OBJECT_PRONOUNS | SUBCLAUSE_OPENERS | {"that"}
_PLURALS = PLURAL_SUBJECTS | frozenset("data media men women children and".split())


def is_thing_said(tokens: Tokens, index: int) -> bool:
    """Tell whether what may be a verb of saying says nothing: "a show", "to show thanks".

    Args:
        tokens: the sentence.
        index: a token.
    """
    if tokens.lower[index] == "known":
        # "Known as the Beast" is what something is called.
        return tokens.lower[index + 1 : index + 2] in (["as"], ["for"])
    if tokens.lower[index] not in _THINGS_SAID or index == 0:
        return False
    before = tokens.lower[index - 1]
    if tokens.words[index][0].isupper() or _owns(before):
        # "Beige Book Report"; but "this shows that".
        return before != "this"
    if tokens.lower[index - 1 : index + 1] == ["to", "show"]:
        # "To show the world", or people, that something is so.
        return _OPENERS_OF_CONTENT.isdisjoint(tokens.lower[index + 1 : index + 3])
    is_plural = PLURAL.search(before) is not None
    if tokens.lower[index].endswith("s"):
        # "Jones hopes" and "the Times reports", but "their Oscars hopes".
        is_owned = tokens.lower[index - 2] in _OWNERS - ARTICLES
        return is_plural and (tokens.words[index - 1].islower() or is_owned)
    return tokens.lower[index] in _BASES_SAID and _is_owned(tokens, index)


def _is_owned(tokens: Tokens, index: int) -> bool:
    """Tell whether a token ends a phrase around one thing: "the fashion show"."""
    start = max(0, index - _LONGEST_OWNED)
    own = next((i for i in range(index - 2, start - 1, -1) if _owns(tokens.lower[i])), None)
    before = tokens.lower[index - 1]
    if own is None or before in NO_BASES or before.endswith("ly"):
        return False
    if not BEFORE_OBJECT.isdisjoint(tokens.lower[index + 1 : index + 2]):
        # "The team report that".
        return False
    # "Figures of the party show", "the latest data show".
    start = next((i for i in range(index, 0, -1) if tokens.lower[i] in _PHRASE_OPENERS), 0)
    if tokens.lower[start] in RELATIVES:
        # "Who appears on the morning show".
        start = own
    ahead = [word for word in tokens.lower[start:index] if word not in _OWNERS]
    return not any(PLURAL.search(word) or word in _PLURALS for word in ahead)


def _owns(word: str) -> bool:
    return word in _OWNERS or word.endswith(("'s", "s'"))
