"""The class of an English word as far as the word itself tells it.

Knows words, not their neighbours: it must not know what a headline drops.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from struct import pack
from types import MappingProxyType
from zlib import crc32

from summarizer.headline import lexicon
from summarizer.headline.known_words import load_classes
from summarizer.headline.remembering import Remembered
from summarizer.headline.wholes import may_be_joined

_SMALL_WORDS = (
    lexicon.DETERMINERS
    | lexicon.PREPOSITIONS
    | lexicon.COORDINATORS
    | lexicon.SUBORDINATORS
    | lexicon.CONDITIONS
    | lexicon.AUXILIARIES
    | lexicon.SUBJECT_PRONOUNS
    | lexicon.OBJECT_PRONOUNS
    | lexicon.PARTICLES
    | lexicon.DAY_WORDS
    | frozenset(
        "to who which that whose whom where when why how what not also however according there "
        "here his her its their our your my more less most least than as so too very just even "
        "still then now ago later earlier last next if".split()
    )
)
"""Each is a class of its own."""

_MARKS: Mapping[str, str] = MappingProxyType(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "--": "-"}
)
_ENDINGS: Mapping[str, str] = MappingProxyType(
    {"ing": "G?", "ed": "D?", "ly": "R?", "ss": "?", "s": "S?", "ion": "N?", "ment": "N?"}
    | {"al": "J?", "ic": "J?", "ous": "J?", "ive": "J?", "er": "N?", "ity": "N?"}
)
NEVER = 1 << 30
"""The reach of what never goes."""
SURE_NOUNS = frozenset({"N", "S", "N?", "S?"})
"""Classes of words that are nouns, and nothing else."""
NARROWING = 2
"""The reach of what narrows a noun down, or changes it: "first", "former"."""
_HEDGING = 3

_COUNTING = frozenset(
    "all every each many some only half both few fewer little further several most more less least "
    "no any zero "
    "second third fourth fifth sixth seventh eighth ninth tenth one two three consecutive "
    "successive current".split()
)
# Without them the rest says something else: a former champion is no champion.
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\Z")
_CHANGING = frozenset(
    "acting alleged normal assistant attempted average breakaway central declining disappointing "
    "exiled failed failing fake falling false favorite favourite fictional former founding "
    "honorary interim mock opposition partial planned poor possible potential proposed "
    "rebel record retired rising shadow shrinking slowing so-called suspected unofficial "
    "virtual weak would-be".split()
)
# Tougher penalties are none yet.
COMPARATIVES = frozenset(
    "better worse bigger smaller larger higher lower longer shorter faster slower quicker stronger "
    "weaker tougher harder easier cheaper dearer richer poorer older younger newer safer deeper "
    "wider closer greater lesser warmer colder hotter cooler cleaner heavier lighter brighter "
    "darker broader tighter stricter softer fairer healthier happier thinner thicker sharper "
    "steeper smarter milder harsher".split()
)
_CLAUSE_WORDS = frozenset(
    "that who whose which where whether because if unless when "
    "whenever while although how why".split()
)
_FINITE = frozenset({"d!", "D", "B", "Z", "DN", "BN", "SZ", "BS", "DJ", "sp"})
VERBS = frozenset("d! D G Z B BN BJ BNx DJ DJx BX BI GN GJ SZ DN sp D? G?".split())
"""Classes of words that may be some form of a verb."""
PAST = frozenset({"d!", "D", "DJ", "DN", "D?"})
"""Classes of words that may be a past form or a participle."""
SURE_VERBS = frozenset({"d!", "Z", "sp"}) | lexicon.FINITE_AUXILIARIES
"""Classes of words that are verbs, and finite."""
ADJECTIVES = frozenset({"J", "J?"})
"""Classes of words that are adjectives, and nothing else."""
_COMMAS = frozenset(",;:-")
_CURRENCIES = frozenset("£$€¥₹")
_CENTURIES = ("19", "20")
_YEAR_DIGITS = 4
NUMBER_BITS = 20
# Longer strings are no words; what they end with says nothing.
_LONGEST = 64


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A word as far as it is known; the same object each time, until the cache starts anew.

    Attributes:
        lower: the word as `lowered` writes it.
        is_capital: whether it begins with a capital.
        word: a number for that.
        kind: a number for its class.
        name: the class: letters of the Penn Treebank's kinds that the word can be ("BN": verb or
            noun), the word itself where it is a small one, or the mark.
        is_finite: whether it may be a finite verb.
        is_comma: whether it is a comma, colon, semicolon or dash.
        reach: how many tokens from it on have to go if it goes; 0 if it may go alone.
        is_claim: whether it may say that somebody claims something.
        opens_clause: whether what follows may be a clause with a verb of its own.
        may_be_joined: whether it is one with what comes after it, beside some neighbours.
        is_exact: whether it is an adjective, or a sum of money or a share.
        is_plain: whether it says nothing of the clauses of its sentence, unless it is a verb.
        packed: kind, word, is_finite and is_comma as 64-bit numbers, so that arrays of words are
            made without a loop.
    """

    lower: str
    is_capital: bool
    word: int
    kind: int
    name: str
    is_finite: bool = False
    is_comma: bool = False
    reach: int = 0
    is_claim: bool = False
    opens_clause: bool = False
    may_be_joined: bool = False
    is_exact: bool = False
    is_plain: bool = True
    packed: bytes = field(init=False)

    def __post_init__(self) -> None:
        packed = pack("4q", self.kind, self.word, self.is_finite, self.is_comma)
        object.__setattr__(self, "packed", packed)


def read_words(words: Sequence[str]) -> list[Known]:
    """Say what the tokens of a sentence are."""
    known = list(map(_INSIDE.__getitem__, words))
    known[:1] = [_FIRST[word] for word in words[:1]]
    return known


def read_word(word: str, *, is_first: bool) -> Known:
    """Say what a token is; a capital says nothing of the first word of a sentence."""
    return (_FIRST if is_first else _INSIDE)[word]


def _read(word: str, *, is_first: bool) -> Known:
    word = word[:_LONGEST]
    lower = lexicon.lowered(word)
    name = _class_of(word, lower, is_first=is_first)
    is_finite = name in _FINITE or lower in lexicon.FINITE_AUXILIARIES
    is_comma, is_claim = name in _COMMAS, lower in lexicon.CLAIMS
    opens_clause = lower in _CLAUSE_WORDS
    is_notable = is_finite or is_comma or is_claim or opens_clause or lower in lexicon.APPROXIMATE
    return Known(
        lower=lower,
        is_capital=word[0].isupper(),
        word=number_of(lower),
        kind=number_of("c " + name),
        name=name,
        is_finite=is_finite,
        is_comma=is_comma,
        reach=_reach(lower) or (NARROWING if _is_denied(lower, name) else 0),
        is_claim=is_claim,
        opens_clause=opens_clause,
        is_exact=name in ADJECTIVES or word[0] in _CURRENCIES or word[-1] == "%",
        is_plain=not is_notable,
        may_be_joined=may_be_joined(word),
    )


_INSIDE = Remembered[str, Known](partial(_read, is_first=False))
_FIRST = Remembered[str, Known](partial(_read, is_first=True))


def _reach(lower: str) -> int:
    if lower in lexicon.NEGATIONS or lower.endswith("n't") or lower in lexicon.HOLDING:
        return NEVER
    if lower in lexicon.CERTAINTY:
        # "Reportedly" is said of the whole sentence.
        return NEVER if lower in lexicon.DOUBTS else _HEDGING
    if lower in lexicon.SOMETIMES or lower in lexicon.QUALIFIERS:
        return _HEDGING
    narrows = (
        lower in _COUNTING
        or lower in _CHANGING
        or lower in COMPARATIVES
        or "-than-" in lower
        or lower.startswith("first-")
        or _ORDINAL.match(lower)
    )
    return NARROWING if narrows or is_superlative(lower) else 0


def _is_denied(lower: str, name: str) -> bool:
    """Tell whether an adjective is the opposite of another: "unsafe"."""
    return name[0] == "J" and lower.startswith("un") and lower[2:] in load_classes()


def is_superlative(lower: str) -> bool:
    """Tell whether a word narrows a noun down to one or a few."""
    return (
        lower in lexicon.SUPERLATIVES
        or lower.startswith(("most-", "least-", "best-"))
        or (lower.endswith("est") and len(lower) > 4 and lower not in lexicon.NOT_SUPERLATIVE)
    )


def number_of(name: str) -> int:
    """Return the number that stands for a word or class, of `NUMBER_BITS` bits."""
    return crc32(name.encode("utf-8", "surrogatepass")) >> (32 - NUMBER_BITS)


def _class_of(word: str, lower: str, *, is_first: bool) -> str:
    if lower in _SMALL_WORDS:
        return lower
    if not (word[0].isalnum() or word[-1].isalnum()):
        return _MARKS.get(word, word)
    if any(char.isdigit() for char in word):
        return _class_of_number(word)
    return _class_of_name(word, lower, is_first=is_first) or _class_of_common(word, lower)


def _class_of_name(word: str, lower: str, *, is_first: bool) -> str | None:
    is_name = word[0].isupper() and not is_first
    if lower in lexicon.WEEKDAYS or (lower in lexicon.MONTHS and word[0].isupper()):
        return "#wd" if lower in lexicon.WEEKDAYS else "#mo"
    if lower.endswith(("'s", "s'")):
        return "P's" if is_name else "n's"
    if is_name:
        return "Pt" if lower in lexicon.TITLES else "P"
    return None


def _class_of_common(word: str, lower: str) -> str:
    if lower in lexicon.PAST_ONLY:
        return "d!"
    if lower in lexicon.SPEECH_VERBS:
        return "sp"
    known = load_classes().get(lower)
    return known or _class_of_unknown(word, lower)


def _class_of_number(word: str) -> str:
    if len(word) == _YEAR_DIGITS and word.isdecimal() and word.startswith(_CENTURIES):
        return "#y"
    return "#-" if "-" in word else "#"


def _class_of_unknown(word: str, lower: str) -> str:
    for ending, name in _ENDINGS.items():
        if lower.endswith(ending):
            return name
    return "P?" if word[0].isupper() else "?"
