"""Where a sentence may be cut short: at a clause boundary, else a word, else a character.

Knows one sentence and its language: it must not know why it is cut or what is done with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from summarizer.models import Span
from summarizer.text.enclosures import Enclosures, find_enclosures
from summarizer.text.stopwords import stop_words
from summarizer.text.unspaced import UNSPACED

# A clause that keeps less than this share of the room would say too little.
_MIN_SHARE = 0.3
# So many say enough where otherwise a quotation would be left open.
_FEW_CHARS = 16
_MAX_STEPS_BACK = 16
# What is longer between two spaces is not a word.
_MAX_WORD = 100

# Words that cannot end a phrase: what they belong to comes after them.
_ENGLISH_OPENERS = frozenset(
    """
    a an the this that these those my your his its our their whose which who whom what
    each every either neither no some any such both another other many several few
    about above across after against along alongside amid among around as at before behind below
    beneath beside besides between beyond by despite during except for from in including inside
    into like near of on onto outside over past per regarding since than through throughout to
    toward towards under unlike until upon via versus vs with within without worth
    and or but nor yet so plus if unless because although though while whereas whether when where
    whenever wherever how why once
    am is are was were be been being has have had having do does did will would shall should can
    could may might must ought cannot won't isn't aren't wasn't weren't hasn't haven't hadn't don't
    doesn't didn't wouldn't couldn't shouldn't can't i'm he's she's it's they're we're you're i've
    they've we've i'll they'll he'll she'll we'll
    not never almost nearly very too more most less least only also just even quite rather
    roughly approximately mr mrs ms dr sir st gen sen rep gov prof lord lady
    he she they we i
    according due prior such
    """.split()
)
# In the middle of a sentence these are followed by what was said.
_ENGLISH_SPEECH = frozenset({"said", "says", "say", "told", "added"})
# Words at which a new clause begins, besides punctuation.
_CLAUSE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "en": "after although because before but since though unless until when whereas where "
        "which while who whose",
        "de": "aber denn sondern",
        "es": "aunque cuando donde mientras pero porque",
        "fr": "car lorsque mais puis quand tandis alors",
        "it": "dopo mentre perché quando",
        "nl": "maar nadat omdat terwijl toen want",
        "pt": "embora enquanto mas onde porque quando",
    }
)
_BOUNDARY = r"[,;:،؛](?=\s)|(?<=\s)[-–—]+(?=\s)|[—…，、；：。]|\.\.\."
# Scripts that write words without spaces between them, and their punctuation.
_UNSPACED = re.compile(rf"[{UNSPACED}\u3000-\u303f\uff00-\uffef]")
_OPENING_MARKS = frozenset('"“„«‹`([{（「『《〈【 ')
# What cannot end a phrase; a straight quotation mark at the end is a closing one.
_EDGE = ",;:-–—،؛，、；：([{“‘«„「『`"
_NUMBER = re.compile(r"[£$€¥#(]*\d[\d.,:/-]*\Z")
_POSSESSIVE = re.compile(r".*(?:['’]s|s['’])\Z", re.DOTALL)
# Vowels that stand before the Thai and Lao consonant they belong to; the joiner of emoji.
_HOLDS_NEXT = frozenset("เแโใไເແໂໃໄ\u200d")
_HELD = frozenset("\u200c\u200d\ufe0e\ufe0f")


class CutKind(StrEnum):
    """What a sentence was cut at."""

    WHOLE = "whole"
    CLAUSE = "clause"
    WORD = "word"
    CHARACTER = "character"


class Cut(NamedTuple):
    """The beginning of a sentence that was kept, and what it was cut at."""

    span: Span
    kind: CutKind


def cut_sentence(text: str, span: Span, *, max_chars: int, language: str) -> Cut:
    """Keep as much of the beginning of a sentence as fits.

    It is cut at the last clause boundary outside quotations and brackets; failing that after a word
    that does not lean on the next, and inside a word only where nothing else fits. Time is linear
    in `max_chars`.

    Args:
        text: the article as given.
        span: the sentence, not empty and without white space at its edges.
        max_chars: at most so many code points, at least 1.
        language: ISO 639-1 code of its language.
    """
    start, end = span
    if end - start <= max_chars:
        return Cut(span, CutKind.WHOLE)
    limit = start + max_chars
    marks = find_enclosures(text, start=start, end=limit)
    least = start + _MIN_SHARE * max_chars
    for stop in reversed(_clause_ends(text, start, limit, marks=marks, language=language)):
        cut = _without_openers(text, start, stop, language=language)
        if cut >= least:
            return Cut(Span(start, cut), CutKind.CLAUSE)
    word_end = _word_end(text, start, limit)
    opening = min(
        (*marks.unclosed, *(pair.start for pair in marks.pairs if word_end < pair.end)),
        default=word_end,
    )
    if min(least, start + _FEW_CHARS) <= opening < word_end:
        word_end = opening
    if word_end > start:
        cut = _without_openers(text, start, word_end, language=language)
        return Cut(Span(start, cut if cut > start else word_end), CutKind.WORD)
    return Cut(Span(start, _character_end(text, start, limit)), CutKind.CHARACTER)


def skip_open_marks(text: str, span: Span, *, max_chars: int) -> Span:
    """Leave out the marks that a sentence begins with if what they enclose does not fit.

    Args:
        text: the article as given.
        span: the sentence, not empty.
        max_chars: at most so many code points.
    """
    start, limit = span.start, min(span.end, span.start + max_chars)
    if limit == span.end or find_enclosures(text, start=start, end=limit).unclosed[:1] != (start,):
        return span
    while start < limit - 1 and text[start] in _OPENING_MARKS:
        start += 1
    return Span(start, span.end)


@cache
def phrase_openers(language: str) -> frozenset[str]:
    """Return the words, in lower case, that cannot stand at the end of a phrase.

    Args:
        language: ISO 639-1 code; where no list is at hand, the stop words take its place.
    """
    return _ENGLISH_OPENERS if language == "en" else stop_words(language)


@cache
def _boundary(language: str) -> re.Pattern[str]:
    words = "|".join(_CLAUSE_WORDS.get(language, "").split())
    return re.compile(rf"{_BOUNDARY}|(?<=\s)(?:{words})(?=\s)" if words else _BOUNDARY)


def _clause_ends(
    text: str, start: int, limit: int, *, marks: Enclosures, language: str
) -> list[int]:
    """Return the places at which a clause ends outside quotations and brackets, ascending."""
    pairs = sorted(marks.pairs)
    last = marks.unclosed[0] if marks.unclosed else limit
    ends: list[int] = []
    covered, next_pair = start, 0
    # A boundary at the very limit is seen only with the character after it.
    for match in _boundary(language).finditer(text, start, min(len(text), limit + 2)):
        end = match.start()
        while next_pair < len(pairs) and pairs[next_pair].start < end:
            covered = max(covered, pairs[next_pair].end)
            next_pair += 1
        if covered <= end <= last:
            ends.append(end)
    return ends


def _without_openers(text: str, start: int, end: int, *, language: str) -> int:
    """Step back over the words at the end that lean on what came after them."""
    openers = phrase_openers(language)
    if language == "en":
        openers = openers | _ENGLISH_SPEECH
    for _ in range(_MAX_STEPS_BACK):
        tail = text[max(start, end - _MAX_WORD) : end]
        end -= len(tail) - len(tail.rstrip().rstrip(_EDGE).rstrip())
        words = text[max(start, end - _MAX_WORD) : end].rsplit(None, 1)
        if not words or not _leans(words[-1], text[end : end + _MAX_WORD], openers=openers):
            break
        end -= len(words[-1])
    return end


def _leans(word: str, rest: str, *, openers: frozenset[str]) -> bool:
    """Tell whether a word cannot be left without the text that follows it."""
    if word.strip("([{“‘«„`\"'").lower().replace("’", "'") in openers:
        return True
    following = rest.split(None, 1)[:1]
    if not following or not rest[:1].isspace():
        return False
    if _NUMBER.match(word) or _POSSESSIVE.match(word):
        return True
    # Two capitals in a row may be one name.
    return word[0].isupper() and following[0][0].isupper()


def _word_end(text: str, start: int, limit: int) -> int:
    """Return the last place, at most `limit`, at which a word ends; `start` when none is near."""
    for place in range(limit, max(start, limit - _MAX_WORD), -1):
        before, after = text[place - 1], text[place]
        if after.isspace() or (
            (_UNSPACED.match(before) or _UNSPACED.match(after)) and not _is_held(before, after)
        ):
            return place
    return start


def _character_end(text: str, start: int, limit: int) -> int:
    """Return the last place that does not part a character from its marks."""
    for place in range(limit, max(start, limit - _MAX_STEPS_BACK), -1):
        if not _is_held(text[place - 1], text[place]):
            return place
    return limit


def _is_held(before: str, after: str) -> bool:
    return (
        before in _HOLDS_NEXT or after in _HELD or unicodedata.category(after) in ("Mn", "Mc", "Me")
    )
