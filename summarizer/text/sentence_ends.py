"""Where the sentences of one block of text end: Punkt's tokenizer, fed with possible ends only.

Knows stops and what stands around them; line breaks and the language's words are settled elsewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from itertools import starmap

from summarizer.text.punkt import NewsParameters, NewsPunkt

PUNKT_LANGUAGES = frozenset(
    "cs da de el en es fi fr hu id it nl no pl pt ro ru sk sv sw tr uk vi".split()
)
"""Languages with parameters of their own; the others share neutral ones."""
_SAME_AS = {"nb": "no", "nn": "no"}

# Stops of scripts without capitals, which need no space after them.
_FULL = "。！？｡؟۔।॥။።។։"
_CLOSERS = "\"'”’»›)\\]}"
_OPENERS = "\"'“‘„‚«‹(\\[{¿¡"
# Every repetition is possessive or bounded, and no match can begin inside a run of stops, so that
# the time is linear in the text whatever stands there.
_AFTER_STOP = rf"""
    (?:
        # A quotation may be part of a Japanese sentence that goes on with "to".
        (?<= [{_FULL}] ) [{_FULL}?!]*+ (?P<full> [”’」』）》〉】"')\]]*+ ) \s*+ (?! と | って )
    |
        # A stop after a comma stands for a curly quote that an encoding has lost.
        (?<! [.?!…,] [.?!…] )
        (?P<run> (?> (?: \s[.?!] ){{1,20}} ) (?= \s ) | [.?!…]*+ )
        (?:
            # German closes with what opens in English. Tokenised text has spaces before closers.
            (?P<close>
                [{_CLOSERS}“‘«‹*_]*+ (?: \[\d{{1,3}}\] )*
                (?: \s (?: '' | [{_CLOSERS}] ) (?= \s ) ){{0,2}}
            )
            (?P<gap> \s++ )
        |
            (?P<tight> [{_CLOSERS}]*+ )
            (?= [{_OPENERS}]*+ [^\W\d_] | \d{{1,2}} [:.] \d\d \s? [ap] )
        )
        (?P<open> (?: (?: [{_OPENERS}»›`*_…–—-] | \.{{3}} ) \s?+ )* )
        (?P<next> \w [\w-]{{0,40}}+ | \S? )
    )
"""
# Most sentences end with a word of small letters and begin with a capital: that is told with less.
_AFTER_ANY_STOP = rf"""
    (?: (?<= [a-z][a-z]\. ) ["”]?+ (?P<plain> \s++ ) (?= ["“]?+ [A-Z] ) | {_AFTER_STOP} )
"""
# Where full stops are the only ones: one character is found in a third of the time of a set.
_FULL_STOP = re.compile(rf"\. {_AFTER_ANY_STOP}", re.VERBOSE)
_PLAIN = _FULL_STOP.groupindex["plain"]
_UNCLEAR_STOP = re.compile(rf"[.?!…{_FULL}] {_AFTER_STOP}", re.VERBOSE)
# "(Harbour Times)" behind a stop, with a sentence after it: who told what is before it.
_NAME = r"[A-Z][\w&'’-]{0,20}"
_SOURCE = re.compile(
    rf"\((?:{_NAME}|90 ?[Mm]in)(?:,? (?:{_NAME}|\d\d|and|d[aei]|de[lr]|dello|in|kwa|min|of|on|only|"
    r"required|subscription|via|ya|[-–])){0,6}\)"
    r"(?P<gap>\s{1,3})(?=[\"“‘]?[A-Z])"
)
_PUNCTUATION = frozenset(",;:.?!…)]}")
_DASHES = re.compile(r"[–—-]")
_BARE_WORD = re.compile(r"[^\W_][\w.,:'’&-]*+$")
_QUOTES = frozenset("\"'”’“‘»«›‹")
_REACH = 40

# What stands before the stop when no sentence has begun: "1", "(a", "Q", "...", "AKRON, Ohio".
_PRELUDE = re.compile(
    r"[\W_]*(?:\d{1,3}(?:\.\d{1,2})*|[^\W\d_])?|[^\W\d_a-z](?:[^\W\d_a-z]|[ .'’-])+,\s[\w.]+"
)
# Names that are written with a small letter also where a sentence begins.
_SMALL_START = re.compile(r"[^\W\d_]{1,3}[A-Z]|https?\b|www\b")
_ADDRESS = re.compile(r"[@/\\_:#=&]|www\.")
_ADDRESS_GOES_ON = re.compile(r"[@/\\_=(]|\.\w")
_DOMAINS = frozenset({"com", "org", "net", "co", "uk", "gov", "edu", "info", "tv", "io", "js"})
_GLUED_WORD = re.compile(r"(?<![\w.])(?:[^\W\d_]{2,}|\d[\d.,]*\w{0,2})$|[%)\]]$")
# Before a small letter a word as short, or one with a stop in it, is taken for an abbreviation.
_SHORT_WORD = 3


class NewsSentenceTokenizer(NewsPunkt):
    """Punkt's sentence tokenizer for a block of news; `span_tokenize` gives the spans."""

    def __init__(self, parameters: NewsParameters) -> None:
        super().__init__(parameters)
        verbs = rf"(?:{parameters.reporting_verbs})\b" if parameters.reporting_verbs else r"(?!)"
        self.reported = re.compile(rf"(?:[^\W\d_a-z][\w.’'-]{{0,30}},?\s++){{1,5}}{verbs}")
        self.has_sources = parameters.has_sources
        marks = re.escape(parameters.marks)
        self.stop = re.compile(rf"[.?!…{_FULL}{marks}] {_AFTER_ANY_STOP}", re.VERBOSE)
        self.reported_in_lower_case = re.compile(rf"(?:[\w.’'-]{{1,30}}\s++){{0,3}}{verbs}")

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where each sentence begins and ends.

        Args:
            text: a block of text that begins with no white space.
        """
        return _Block(self, text).spans()

    def _slices_from_text(self, text: str) -> Iterator[slice]:
        return starmap(slice, self.spans(text))


class _Block:
    """One reading of a block of text, from its first possible end to its last."""

    def __init__(self, punkt: NewsSentenceTokenizer, text: str) -> None:
        self._punkt = punkt
        self._text = text
        self._is_lower = text.islower()
        self._quotes = 0
        self._counted = 0

    def spans(self) -> list[tuple[int, int]]:
        text, is_ordinary = self._text, self._punkt.is_ordinary
        found = []
        start = 0
        has_others = "?" in text or "!" in text or not text.isascii()
        for match in (self._punkt.stop if has_others else _FULL_STOP).finditer(text):
            if match.lastindex == _PLAIN:
                end, begin = match.span(_PLAIN)
                position = match.start()
                word = text[text.rfind(" ", start, position) + 1 : position]
                # What is short may be no sentence yet.
                if (position - start < _REACH or not is_ordinary(word)) and not self._ends_plainly(
                    start, position, end
                ):
                    continue
            elif match["full"] is not None:
                end, begin = match.end("full"), match.end()
            else:
                end, begin = self._sides(match)
                if not self._is_end(start, match, end):
                    continue
                if self._punkt.has_sources and (source := _SOURCE.match(text, begin)):
                    end, begin = source.span("gap")
            found.append((start, end))
            start = begin
        if start < len(text):
            found.append((start, len(text.rstrip())))
        return found

    def _ends_plainly(self, start: int, position: int, end: int) -> bool:
        """Judge a full stop after small letters and before a capital, at little cost if it can.

        What is short and has a comma may be no sentence yet.
        """
        before = self._text[max(start, position - _REACH) : position]
        is_sentence = position - start >= _REACH or "," not in before
        if is_sentence and self._punkt.is_ordinary(before.rsplit(None, 1)[-1]):
            return True
        match = _UNCLEAR_STOP.match(self._text, position)
        return match is not None and self._is_end(start, match, end)

    def _sides(self, match: re.Match[str]) -> tuple[int, int]:
        """Return where the sentence would end and the next begin."""
        if match["gap"]:
            end, begin = match.span("gap")
            closers = match["close"]
            is_unclear = closers[-1:] == '"' and closers[0].isspace()
        else:
            end = begin = match.end("tight")
            is_unclear = match["tight"][-1:] == '"'
        if is_unclear and not self._is_in_quotes(match.start()):
            begin = end - 1
            end = match.end("run") + len(self._text[match.end("run") : begin].rstrip())
        return end, begin

    def _is_in_quotes(self, position: int) -> bool:
        self._quotes += self._text.count('"', self._counted, position)
        self._counted = position
        return self._quotes % 2 == 1

    def _is_end(self, start: int, match: re.Match[str], end: int) -> bool:
        following = match["next"]
        if not following or following in _PUNCTUATION:
            return False
        position = match.start()
        stop = self._text[position : match.end("run")]
        closers = self._text[match.end("run") : end]
        is_low = self._is_low(match)
        if is_low and (closers or stop != "."):
            return False
        before = self._text[max(start, position - _REACH) : position]
        if position - start < _REACH and _PRELUDE.fullmatch(before):
            return False
        # In tokenised text the stop is a word of its own, and ends a sentence for certain.
        word = "" if before[-1].isspace() else before.rsplit(None, 1)[-1]
        if not match["gap"] and not self._is_glued(match, word):
            return False
        if stop != ".":
            return self._ends_at_mark(match, word + stop, closers)
        if is_low and word and (len(word) <= _SHORT_WORD or "." in word):
            return False
        if not word or self._punkt.is_ordinary(word):
            return True
        return self._ends_at_word(match, before, word, closers)

    def _is_low(self, match: re.Match[str]) -> bool:
        """Say whether the next word speaks against a new sentence."""
        following = match["next"]
        if not following[0].islower() or self._is_lower or _SMALL_START.match(following):
            return False
        is_label = len(following) == 1 and self._text.startswith((".", ")"), match.end())
        return not is_label

    def _is_glued(self, match: re.Match[str], word: str) -> bool:
        """Say whether a stop without a space after it only lacks that space ("market.The")."""
        following = match["next"]
        if not word or following[0].islower() or _ADDRESS.search(word):
            return False
        if following.lower() in _DOMAINS or _ADDRESS_GOES_ON.match(self._text, match.end()):
            return False
        if self._punkt.is_starter(following):
            return True
        if not following[0].isdigit() and not following[1:2].islower():
            return False
        is_word = _GLUED_WORD.search(word) or self._punkt.is_often_final(word)
        return bool(match["tight"] or is_word)

    def _ends_at_mark(self, match: re.Match[str], word: str, closers: str) -> bool:
        """Judge an ellipsis, a question mark, an exclamation mark or several of them."""
        following = match["next"]
        if "?" not in word and "!" not in word and not following[0].isupper():
            return False
        if word[-1] == ";" and "&" in word:  # an entity of HTML
            return False
        if word.lower() in self._punkt.names_with_mark:
            return self._punkt.is_starter(following)
        if word[0] == "?" and word[-2:-1].isalnum():  # a word in curly quotes that were lost
            return False
        return not (closers and self._names_speaker(match))

    def _names_speaker(self, match: re.Match[str]) -> bool:
        """Say whether the words after a quotation tell who spoke ('"Why?" Mr Smith asked')."""
        following = match["next"]
        position = match.start("next")
        if self._is_lower:
            return self._punkt.reported_in_lower_case.match(self._text, position) is not None
        # "I" and titles name a speaker; other words that start sentences do not.
        if self._punkt.is_starter(following) and not self._punkt.is_title(following):
            return False
        return self._punkt.reported.match(self._text, position) is not None

    def _ends_at_word(self, match: re.Match[str], before: str, word: str, closers: str) -> bool:
        """Judge a single full stop after a word."""
        found = _BARE_WORD.search(word)
        bare = found.group() if found else word
        following = self._as_cased(match, bare)
        # "100 km/h": a letter behind a stroke is a unit.
        if len(bare) == 1 and bare.islower() and word[-2:-1] == "/":
            return True
        if bare.isdecimal():
            bare = self._punkt.as_ordinal(bare, before)
        if self._punkt.ends_sentence(bare, following):
            return True
        if not following[0].isupper():
            return False
        if word[0] not in _QUOTES and not _QUOTES.isdisjoint(closers):
            return True
        return len(bare) == 1 and self._punkt.takes_letter(before)

    def _as_cased(self, match: re.Match[str], word: str) -> str:
        """Return the next word with the case that it would have after another kind of name."""
        following = match["next"]
        if _DASHES.search(match["open"]):
            return "-"
        if following.isalpha() and self._text.startswith(".", match.end()) and len(following) == 1:
            return "X"
        if not following[0].islower() or self._is_low(match):
            return following
        # Without capitals only a number is likelier to end a sentence than to stand in it.
        return "x" if self._is_lower and not word[-1:].isdigit() else "X"


@lru_cache(maxsize=len(PUNKT_LANGUAGES) + 1)
def _load_own(language: str) -> NewsSentenceTokenizer:
    path = resources.files("summarizer") / "data" / f"punkt_{language}.json"
    return NewsSentenceTokenizer(NewsParameters(json.loads(path.read_text("utf-8"))))


def load_tokenizer(language: str) -> NewsSentenceTokenizer:
    """Load the sentence tokenizer of a language; it is kept for the next call.

    Args:
        language: ISO 639-1 code, also with a region; a language without parameters of its own gets
            the neutral ones.
    """
    code = language.lower().partition("-")[0]
    code = _SAME_AS.get(code, code)
    return _load_own(code if code in PUNKT_LANGUAGES else "default")
