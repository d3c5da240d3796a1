"""What somebody is, before the name with which an English sentence begins: "former coach Ann Lee".

Knows words and their classes: it must not know how long the headline may be.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.headline.deletions import Stretch
from summarizer.headline.lexicon import DETERMINERS, TITLES
from summarizer.headline.phrases import NOUNS
from summarizer.headline.tokens import Tokens
from summarizer.headline.wholes import is_name_joint
from summarizer.headline.word_classes import Known

_PERSONS = TITLES | frozenset(
    "anchor barrister boxer businessman businesswoman campaigner celebrity consultant detective "
    "engineer entertainer filmmaker genius historian holder host hurdler jockey mogul model "
    "photographer physicist poet pundit referee runner sculptor sensation solicitor specialist "
    "sprinter swimmer theologian trader warden writer youtuber".split()
)
# With the capital of a first word these are the beginning of no firm's or film's name: "General
# Motors Corporation", "Captain America".
_ALONE = frozenset(
    "actor actress author billionaire broadcaster businessman businesswoman chancellor comedian "
    "cyclist defender entrepreneur footballer goalkeeper golfer jockey journalist manager "
    "midfielder millionaire minister musician novelist politician presenter president professor "
    "rapper scientist senator singer striker teenager winger writer".split()
)
_IN_TITLE = NOUNS | {"and", "Pt"}
_DOING = frozenset({"G", "G?", "GJ"})
_LONGEST = 10
# Who somebody is tells the reader something.
_COST = 1.0


def find_title(tokens: Tokens, words: Sequence[Known], is_verb: Sequence[bool]) -> Stretch | None:
    """Return what stands before the name of a person at the beginning, if that is who they are.

    Args:
        tokens: the sentence.
        words: what is known of each token.
        is_verb: whether each is a finite verb.
    """
    for name in range(1, min(_LONGEST, len(words) - 1)):
        last = name - 1
        if words[last].name not in _IN_TITLE or is_verb[last] or tokens.is_held[name]:
            return None
        if last and _begins_other(words, last):
            return None
        is_person = words[last].lower in (_PERSONS if tokens.words[last].islower() else _ALONE)
        if is_person and words[name].name == "P" and is_name_joint(tokens, name):
            return Stretch(0, name, _COST)
    return None


def _begins_other(words: Sequence[Known], place: int) -> bool:
    """Tell whether a token belongs to no title: "the host and the mayor" are two."""
    known, before = words[place], words[place - 1]
    if known.name == "and":
        # "Orla and coach Ann Lee"; but "actor and host Ann Lee".
        return before.is_capital
    # "A film starring the actor Ann Lee", "a film starring Norvian actor Ann Lee".
    is_doing = known.lower.endswith("ing") and words[place + 1].is_capital
    return is_doing or known.lower in DETERMINERS or known.name in _DOING
