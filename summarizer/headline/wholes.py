"""Names and numbers, which stay in one piece.

Knows words and their neighbours: it must not know what else is left out.
"""

from __future__ import annotations

import re

from summarizer.headline.known_words import load_classes
from summarizer.headline.lexicon import (
    ARTICLES,
    AUXILIARIES,
    DAY_WORDS,
    DETERMINERS,
    MONTHS,
    NAME_PARTICLES,
    NEAR,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    TITLES,
    WEEKDAYS,
    lowered,
)
from summarizer.headline.remembering import Remembered
from summarizer.headline.tokens import Tokens

_NUMBER = re.compile(r"[£$€¥₹#]?\d[\d.,]*\w*\Z")
_NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve dozen hundred thousand million "
    "billion trillion m bn tn mln bln lakh crore percent per".split()
)
_BEFORE_NUMBER = frozenset(
    {("at", "least"), ("at", "most"), ("more", "than"), ("less", "than"), ("fewer", "than")}
    | {("much", "as"), ("many", "as")}
)
_LIMITS = frozenset({"least", "most", "than"})
_BEFORE_FIGURES = _LIMITS | {"rs", "usd", "eur", "gbp", "inr"}
RANKS = frozenset({"prime", "vice", "deputy", "attorney"})
_BEGINNINGS = RANKS | _LIMITS | NAME_PARTICLES | {first for first, _ in _BEFORE_NUMBER}
_NOT_UNITS = PREPOSITIONS | AUXILIARIES | NEAR | frozenset("and or but to who which the".split())
NO_NAMES = DETERMINERS | PREPOSITIONS | WEEKDAYS | MONTHS | TITLES
# "He Ann Lee", but "fears that Ann Lee".
BEFORE_NO_NAME = SUBJECT_PRONOUNS - {"that"}
# With a capital these are parts of names.
_TITLES = TITLES - {"international", "general", "group", "company", "centre", "forward", "star"}
_DATES = WEEKDAYS | MONTHS
_NO_PARTS = _DATES - {"May"}
_TIMES = _DATES | DAY_WORDS


def is_number(word: str) -> bool:
    """Tell whether a word in lower case is a number, in digits or not."""
    return _IS_NUMBER[word]


_IS_NUMBER = Remembered[str, bool](
    lambda word: _NUMBER.match(word) is not None or word in _NUMBER_WORDS
)


def _is_no_word(word: str) -> bool:
    """Tell whether a word has a capital, and is none that anybody writes without one."""
    return word[0].isupper() and word.lower() not in load_classes()


def may_be_joined(word: str) -> bool:
    """Tell whether a word as written is one with what comes after it, beside some neighbours."""
    lower = word.lower()
    return word[0].isupper() or lower in _BEGINNINGS or is_number(lower)


def runs_together(tokens: Tokens, place: int, after: int) -> bool:
    """Tell whether two names, or a pronoun and a name, have lost what stood between them."""
    if after == place + 1 or not tokens.words[after][0].isupper():
        return False
    is_named = tokens.words[place][0].isupper() and tokens.lower[place] not in NO_NAMES
    return is_named or tokens.lower[place] in BEFORE_NO_NAME


def is_number_with_unit(tokens: Tokens, place: int) -> bool:
    """Tell whether a token is a number and the next what it counts, or bounds a number."""
    word, after = tokens.lower[place], tokens.lower[place + 1]
    if (word, after) in _BEFORE_NUMBER or (word in _BEFORE_FIGURES and is_number(after)):
        return True
    if not is_number(word):
        return False
    return after == "per" or (
        after[0].isalpha() and after not in _NOT_UNITS and after not in _TIMES
    )


def is_name_joint(tokens: Tokens, place: int) -> bool:
    """Tell whether two tokens are parts of one name."""
    # "Ex-Downing Street".
    word, after = tokens.words[place].removeprefix("ex-"), tokens.words[place + 1]
    if word in NAME_PARTICLES:
        return place > 0 and tokens.words[place - 1][0].isupper() and after[0].isupper()
    if after in NAME_PARTICLES and place + 2 < len(tokens.words):
        return word[0].isupper() and tokens.words[place + 2][0].isupper()
    if after.isdecimal() and place > 0:
        # "Windows 98".
        return word[0].isupper() and lowered(word) not in NO_NAMES
    if not (word[0].isupper() and after[0].isupper()):
        return False
    if tokens.lower[max(0, place - 2) : place] == ["secretary", "of"]:
        # "Secretary of State Ann Lee".
        return False
    if word.endswith(("'s", "’s")) and lowered(word)[:-2] in _NO_PARTS:
        # "Tuesday's Norvia Cup".
        return False
    if word.endswith(("'s", "’s")) and tokens.words[place + 2 : place + 3]:
        # "Norvia's Ann Lee" has a name of her own; the Queen's Medical Centre has not.
        return not all(map(_is_no_word, tokens.words[place + 1 : place + 3]))
    # At the beginning of a sentence a capital says nothing of a word that is none of a name.
    lower = lowered(word)
    is_opening_word = place == 0 and (lower in PREPOSITIONS or lower in ARTICLES)
    # "Today" with a capital is a name, and May somebody's beside another one.
    is_date = not {lower, lowered(after)}.isdisjoint(_NO_PARTS)
    # The Sunday Post is a paper, and so are the Daily and Sunday Post.
    is_date = is_date and tokens.lower[max(0, place - 1)] not in ("the", "and")
    return not (is_opening_word or is_date or lower in _TITLES)
