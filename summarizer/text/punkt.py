"""NLTK's Punkt with the parameters of a language: does a word with a full stop end a sentence?

Sees the word before the stop and the word after it; where stops stand in a text is not its concern.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import product
from typing import Any

from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer, PunktToken

_MEMO_SIZE = 8192
_NUMBER_TYPE = "##number##"
# Punkt's flags for a word seen capitalised at the start of sentences and in lower case within.
_STARTER_CONTEXT = 1 << 1 | 1 << 5
# "U.S", and the initials of a double name: "J.-S".
_ACRONYM = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]")
# "1950", "1950–1960", "XIX": of which there are so many, or which of them it is.
_COUNT = re.compile(r"[\d.,–-]*\d|(?:[ivxlc]+|[іх]{2,})(?:[–-][ivxlcіх]+)?")
_NUMBER = re.compile(r"\d[\d.,:-]*")
_ORDINAL = re.compile(r"\d\d?(?:\.\d\d?)?")
_APOSTROPHE = re.compile(r"['’]")
_CODE = re.compile(r"[A-Z]*\d")
# How German writes the names of streets in one word: "Hafenstr. 5".
_STREET = "str"


class NewsParameters(PunktParameters):  # type: ignore[misc]
    """Punkt's parameters, and what news needs beyond them.

    In `abbrev_types` and `never_final` an entry with a capital counts only as written, one without
    in any case: "Ill." is a state, "ill." the end of a sentence.

    Its `collocations` are pairs of words that a stop between them does not part ("& Co. KG").

    Attributes:
        never_final: abbreviations that nothing makes the end of a sentence ("Mr.").
        often_final: abbreviations that a capital after them makes one ("p.m.").
        lettered: words that a single letter belongs to ("Group A."), or these with their letter.
        units: letters that a number before them belongs to: years and metres (Russian).
        letters: letters that are words by themselves (Vietnamese).
        marks: what ends a question besides the usual marks (Greek).
        before_ordinal: words after which a number of any size with a stop is an ordinal.
        has_sources: whether a name in brackets behind a stop belongs to what is before it. English
            has such names too; there the ranker that ships learned them with what follows.
        has_ordinals: whether a small number with a stop is an ordinal (German).
        reporting_verbs: verbs that name a speaker, as alternatives of a regular expression.
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__()
        self.never_final = frozenset(values["never_final"])
        self.often_final = frozenset(values["often_final"]["abbreviations"])
        self.abbrev_types = {*values["abbreviations"], *self.never_final, *self.often_final}
        self.collocations = {
            *map(tuple, values["pairs"]),
            *product(values["before_number"], [_NUMBER_TYPE]),
            *product(self.often_final, values["often_final"]["unless_before"]),
        }
        self.sent_starters = set(values["sentence_starters"])
        self.ortho_context.update(dict.fromkeys(self.sent_starters, _STARTER_CONTEXT))
        self.lettered = frozenset(values["lettered"])
        self.units = frozenset(values["units"])
        self.letters = frozenset(values["letters"])
        self.marks = "".join(values["marks"])
        self.before_ordinal = frozenset(values["before_ordinal"])
        self.has_sources = bool(values["sources"])
        self.has_ordinals = bool(values["ordinals"])
        self.reporting_verbs = "|".join(values["reporting_verbs"])


class NewsToken(PunktToken):  # type: ignore[misc]
    """Punkt's token; its expressions are plain ones, since NLTK's run under a timer."""

    _RE_ELLIPSIS = re.compile(r"\.\.+$")
    _RE_NUMERIC = re.compile(r"-?[.,]?\d[\d,.-]*\.?$")
    _RE_INITIAL = re.compile(r"[^\W\d]\.$")


class _WithStreets(set[str]):
    """Abbreviations, and every word that ends like the name of a street."""

    def __contains__(self, word: object) -> bool:
        return super().__contains__(word) or (isinstance(word, str) and word.endswith(_STREET))


class NewsPunkt(PunktSentenceTokenizer):  # type: ignore[misc]
    """Punkt's decisions (Kiss and Strunk 2006) on pairs of words, remembered."""

    def __init__(self, parameters: NewsParameters) -> None:
        super().__init__(parameters, token_cls=NewsToken)
        self._news = parameters
        self._collocated = {second for _, second in parameters.collocations}
        self._candidates = {word.lower() for word in parameters.abbrev_types}
        self._candidates.update(first for first, _ in parameters.collocations)
        self._has_streets = _STREET in self._candidates
        if self._has_streets:
            self._candidates = _WithStreets(self._candidates)
        self.names_with_mark = {word for word in parameters.abbrev_types if word[-1] == "!"}
        self._remembered = lru_cache(_MEMO_SIZE)(self.decide)

    def ends_sentence(self, word: str, following: str) -> bool:
        """Say whether the full stop after a word ends the sentence.

        Args:
            word: what stands before the stop, without white space.
            following: the next word, or the next character if that is none.
        """
        # What stands before an apostrophe is another word: "l'art. 5".
        last = _APOSTROPHE.split(word)[-1]
        if last.lower() in self._candidates:
            word = last
        if self._has_streets and word.endswith(_STREET):
            word = _STREET
        if self.is_ordinary(word) or word in self._news.letters:
            return True
        if _NUMBER.fullmatch(word):
            word = "1" if _ORDINAL.fullmatch(word) else "100"
        return self._remembered(word, self._kind(following))

    def is_ordinary(self, word: str) -> bool:
        """Say whether Punkt ends a sentence after this word whatever follows.

        That is so for every word that is no abbreviation, initial, number or ellipsis.
        """
        return len(word) > 1 and word.isalpha() and word.lower() not in self._candidates

    def decide(self, word: str, following: str) -> bool:
        """Put one pair of words to Punkt's two passes; arguments as for `ends_sentence`."""
        first, second = self._Token(word + "."), self._Token(following)
        self._first_pass_annotation(first)
        self._first_pass_annotation(second)
        self._second_pass_annotation(first, second)
        return bool(first.sentbreak)

    def is_starter(self, word: str) -> bool:
        """Say whether a capital on this word speaks for the start of a sentence."""
        return word.lower() in self._news.sent_starters

    def is_title(self, word: str) -> bool:
        """Say whether a name follows this word at the start of a sentence too ("Mr", "I")."""
        return len(word) == 1 or word.lower() in self._news.never_final

    def is_often_final(self, word: str) -> bool:
        """Say whether this abbreviation, given without its stop, often ends a sentence."""
        return word.lower() in self._news.often_final

    def takes_letter(self, before: str) -> bool:
        """Say whether the last word, a letter, belongs to the word before it ("Group A")."""
        words = before.lower().split()[-2:]
        if words[0] in self._news.lettered or " ".join(words) in self._news.lettered:
            return True
        return words[-1] in self._news.units and _COUNT.fullmatch(words[0]) is not None

    def as_ordinal(self, word: str, before: str) -> str:
        """Return a number as a small one where the word before it makes it an ordinal.

        Args:
            word: the number before the stop.
            before: that and what stands before it.
        """
        openers = self._news.before_ordinal
        return "1" if openers and before.lower().split()[-2:][0] in openers else word

    def _kind(self, following: str) -> str:
        """Replace a word that Punkt has no parameters for by one for its kind."""
        lower = following.lower()
        if lower in self._news.sent_starters or lower in self._collocated:
            return following
        if _CODE.match(following):
            return "1"
        if following[0].isalpha():
            return "x" if following[0].islower() else "X"
        return "-"

    def _first_pass_annotation(self, aug_tok: NewsToken) -> None:
        super()._first_pass_annotation(aug_tok)
        if not (aug_tok.sentbreak and aug_tok.period_final):
            return
        given = aug_tok.tok[:-1]
        word = given.split("-")[-1]
        is_acronym = _ACRONYM.fullmatch(word) or _ACRONYM.fullmatch(given)
        if word in self._news.abbrev_types or is_acronym:
            aug_tok.sentbreak = False
            aug_tok.abbr = True

    def _second_pass_annotation(
        self, aug_tok1: NewsToken, aug_tok2: NewsToken | None
    ) -> str | None:
        news = self._news
        word = aug_tok1.type_no_period
        if aug_tok2 is None or not news.never_final.isdisjoint((word, aug_tok1.tok[:-1])):
            return None
        if news.has_ordinals and aug_tok1.tok == "1.":
            aug_tok1.sentbreak = self.is_starter(aug_tok2.tok)
            return "ordinal number"
        reason: str | None = super()._second_pass_annotation(aug_tok1, aug_tok2)
        if reason is None and word in news.often_final and aug_tok2.first_upper:
            aug_tok1.sentbreak = True
        return reason
