"""NLTK's Punkt with the parameters of a language, asked only where a sentence may end.

Knows words and stops. Lines, paragraphs and what cleaning took out are settled before it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from itertools import product
from typing import Any

from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer, PunktToken

LANGUAGES = frozenset({"en"})

_ORTHO_BEG_UC = 1 << 1
_ORTHO_MID_LC = 1 << 5
_NUMBER = "##number##"
_REACH = 40

_STOP = re.compile(
    r"""
    [.?!…。！？｡؟۔।॥။។።։]
    (?:
        (?<= [。！？｡؟۔।॥။។።։] ) [。！？｡؟۔।॥?!]*+ [”’」』）》〉】"')\]]*+ (?P<full> \s* ) (?! と|って )
        |
        (?<! [.?!…,] [.?!…] )
        (?P<run> (?: \s\. )++ (?= \s ) | [.?!…]*+ )
        (?:
            (?P<close> ["'”’“‘»«›‹)\]}]*+ (?: \s (?: '' | ["'”’»›)\]}] ) (?= \s ) )? )
            (?P<gap> \s++ )
            |
            (?P<tight> ["'”’»›)\]}]*+ ) (?= ["'“‘„‚«‹(\[{¿¡]*+ [^\W\d_] )
        )
        (?P<open> (?: ["'`“‘„‚«‹(\[{¿¡»›] \s?+ )*+ )
        (?P<next> \w [\w-]{0,40} | \S? )
    )
    """,
    re.VERBOSE,
)
_PUNCTUATION = frozenset(",;:.?!…)]}")
_LABEL = re.compile(r"\W{0,2}(?:\d{1,3}(?:\.\d{1,2})*|[^\W\d_])")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_BRAND = re.compile(r"[^\W\d_]{1,3}[A-Z]")
_WORD = re.compile(r"[^\W_]")
_ADDRESS = re.compile(r"[@/\\_:#=&]|www\.")
_DOMAINS = frozenset({"com", "org", "net", "co", "uk", "gov", "edu", "info", "tv", "io", "js"})


class _Contexts(dict[str, int]):
    """Orthographic contexts that do not grow when an unknown word is looked up."""

    def __missing__(self, key: str) -> int:
        return 0


class NewsParameters(PunktParameters):  # type: ignore[misc]
    """Punkt's parameters as a data file of ours gives them."""

    def __init__(self, values: dict[str, Any]) -> None:
        super().__init__()
        self.never_final = frozenset(values["before_name"])
        self.often_final = frozenset(values["closing"]["words"])
        self.abbrev_types = {*values["abbreviations"], *self.never_final, *self.often_final}
        self.collocations = {
            *product(values["before_number"], [_NUMBER]),
            *product(self.often_final, values["closing"]["unless_before"]),
        }
        self.sent_starters = set(values["sentence_starters"])
        self.ortho_context = _Contexts(
            dict.fromkeys(values["sentence_starters"], _ORTHO_BEG_UC | _ORTHO_MID_LC)
        )
        self.reporting_verbs = "|".join(values["reporting_verbs"])


class NewsToken(PunktToken):  # type: ignore[misc]
    """Punkt's token with the standard library's expressions, which take no time limit."""

    _RE_ELLIPSIS = re.compile(r"\.\.+$")
    _RE_NUMERIC = re.compile(r"^-?[\.,]?\d[\d,\.-]*\.?$")
    _RE_INITIAL = re.compile(r"[^\W\d]\.$")


class NewsSentenceTokenizer(PunktSentenceTokenizer):  # type: ignore[misc]
    """Punkt's sentence tokenizer that looks at possible ends only."""

    def __init__(self, parameters: NewsParameters) -> None:
        super().__init__(parameters, token_cls=NewsToken)
        self._decide = lru_cache(maxsize=8192)(self._ask_punkt)
        self._special = {word.lower() for word in parameters.abbrev_types} | {
            first for first, _ in parameters.collocations
        }
        self._known_next = parameters.sent_starters | {
            second for _, second in parameters.collocations
        }
        names = r"(?:[^\W\d_a-z][\w.’'-]{0,30}\s+){1,5}"
        self._reported = re.compile(rf"{names}(?:{parameters.reporting_verbs})\b")
        self._reported_lower = re.compile(
            rf"(?:[\w.’'-]{{1,30}}\s+){{1,3}}(?:{parameters.reporting_verbs})\b"
        )

    def _slices_from_text(self, text: str) -> Iterator[slice]:
        start = 0
        quotes = counted = 0
        caseless = text.islower()
        for match in _STOP.finditer(text):
            if match["full"] is not None:
                yield slice(start, match.start("full"))
                start = match.end()
                continue
            closers = match["close"] or match["tight"] or ""
            end = match.end("close") if match["gap"] else match.end("tight")
            begin = match.end("gap") if match["gap"] else end
            if closers and closers[-1] == '"' and (closers[0].isspace() or not match["gap"]):
                quotes += text.count('"', counted, match.start())
                counted = match.start()
                if not quotes % 2:
                    closers = ""
                    begin = text.index('"', match.end("run"))
                    end = match.end("run")
            if self._is_end(text, start, match, closers, caseless):
                yield slice(start, end)
                start = begin
        if start < len(text):
            yield slice(start, len(text.rstrip()))

    def _is_end(
        self, text: str, start: int, match: re.Match[str], closers: str, caseless: bool
    ) -> bool:
        following = match["next"]
        if not following or following in _PUNCTUATION:
            return False
        position = match.start()
        stop = text[position : match.end("run")]
        is_low = following[0].islower() and not caseless and not _BRAND.match(following)
        if is_low and (closers or stop != "."):
            return False
        window = text[max(start, position - _REACH) : position]
        if not _WORD.search(window) or (position - start < 8 and _LABEL.fullmatch(window)):
            return False
        word = "" if window[-1].isspace() else window.rsplit(None, 1)[-1]
        if not match["gap"] and not self._is_glued(text, match, word, following):
            return False
        if "?" in stop or "!" in stop:
            return self._ends_at_mark(text, match, word + stop, closers, caseless)
        if stop != ".":
            return True
        if not word or (len(word) > 1 and word.isalpha() and word.lower() not in self._special):
            return True
        return self._ends_at_word(word, closers, following, caseless)

    def _ends_at_word(self, word: str, closers: str, following: str, caseless: bool) -> bool:
        word = word.lstrip("\"'“‘„‚«‹([{¿¡—–-/")
        if following.lower() not in self._known_next:
            if following[0].isdigit():
                following = "1"
            elif following[0].isalpha():
                following = "X" if caseless or not following[0].islower() else "x"
            else:
                following = "-"
        elif caseless:
            following = following.capitalize()
        if word[:1].isdigit():
            word = "1"
        is_end = self._decide(word + ".", following)
        return is_end or ('"' in closers or "”" in closers) and following[0].isupper()

    def _ends_at_mark(
        self, text: str, match: re.Match[str], word: str, closers: str, caseless: bool
    ) -> bool:
        if word.lower() in self._params.abbrev_types:
            return match["next"].lower() in self._params.sent_starters
        if closers:
            pattern = self._reported_lower if caseless else self._reported
            if pattern.match(text, match.start("next")):
                return match["next"][0].isupper() and match["next"].lower() in self._params.sent_starters
        return True

    def _is_glued(self, text: str, match: re.Match[str], word: str, following: str) -> bool:
        if not following[0].isupper() or not word:
            return False
        after = text[match.end() : match.end() + 2]
        if after[:1] in ("@", "/", "\\", "_", "=", "(") or (after[:1] == "." and after[1:].isalnum()):
            return False
        if _ADDRESS.search(word) or following.lower() in _DOMAINS:
            return False
        if following.lower() in self._params.sent_starters:
            return True
        if not following[1:2].islower():
            return False
        return bool(match["tight"]) or word.isalpha() and len(word) > (1 if word.islower() else 2) or word[-1] in "%)0123456789" or word.lower() in self._params.often_final

    def _ask_punkt(self, word: str, following: str) -> bool:
        first, second = self._Token(word), self._Token(following)
        self._first_pass_annotation(first)
        self._first_pass_annotation(second)
        self._second_pass_annotation(first, second)
        return bool(first.sentbreak)

    def _first_pass_annotation(self, aug_tok: NewsToken) -> None:
        super()._first_pass_annotation(aug_tok)
        word = aug_tok.tok[:-1]
        if aug_tok.sentbreak and (word.split("-")[-1] in self._params.abbrev_types or _ACRONYM.fullmatch(word)):
            aug_tok.sentbreak = None
            aug_tok.abbr = True

    def _second_pass_annotation(self, aug_tok1: NewsToken, aug_tok2: NewsToken | None) -> str | None:
        if aug_tok1.type_no_period in self._params.never_final:
            return None
        reason: str | None = super()._second_pass_annotation(aug_tok1, aug_tok2)
        if reason is None and aug_tok2 and aug_tok1.type_no_period in self._params.often_final and aug_tok2.first_upper:
            aug_tok1.sentbreak = True
        return reason


@lru_cache(maxsize=32)
def load_tokenizer(language: str) -> NewsSentenceTokenizer:
    """Load the sentence tokenizer of a language, the neutral one for a language without its own."""
    name = f"punkt_{language if language in LANGUAGES else 'en'}.json"
    values = json.loads((resources.files("summarizer") / "data" / name).read_text("utf-8"))
    return NewsSentenceTokenizer(NewsParameters(values))
