"""An English sentence as headlines are made of it: words, what is known of them, clauses.

Must not know lengths, ratings or what may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.headline.segments import MAX_SEGMENTS, Segment, split_segments
from summarizer.headline.tokens import Tokens, tokenize
from summarizer.headline.verbs import Strength, is_next_to_relative, strengths
from summarizer.headline.word_classes import VERBS, Known, read_words
from summarizer.text.parsed import ParsedArticle

# A longer sentence is no source of headlines, and would take more time than all others.
MAX_SENTENCE_CHARS = 1000

# What an embedded post leaves behind.
_POST = re.compile(r"\b[Pp]ost shared by |#\w+ #\w+|\bpic\.twitter\.com/")
_STRAY_POINT = re.compile(r"\s\.\w|, \?\w")
_MAYBE_VERBS = VERBS | {"?", "S?"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence that may give a headline.

    Attributes:
        parsed: its article.
        index: its place there.
        tokens: its words and marks.
        words: what is known of them.
        is_verb: whether each is a finite verb.
        segments: its stretches between commas.
    """

    parsed: ParsedArticle
    index: int
    tokens: Tokens
    words: Sequence[Known]
    is_verb: Sequence[bool]
    segments: Sequence[Segment]


def read_sentence(parsed: ParsedArticle, index: int) -> Reading | None:
    """Read a sentence; None where it is too long or not understood, or leaves a quotation open."""
    span = parsed.spans[index]
    if span.end - span.start > MAX_SENTENCE_CHARS:
        return None
    tokens = tokenize(parsed.text, span)
    # A point after a space is part of something that was not understood: "the new .port domain";
    # so is the mark of a quotation that the article has lost: "he adds, ?There were days".
    if not tokens.is_whole or not len(tokens) or _STRAY_POINT.search(parsed.text, *span):
        return None
    if _POST.search(parsed.text, *span):
        return None
    verbs = strengths(tokens)
    segments = split_segments(tokens, verbs)
    if len(segments) > MAX_SEGMENTS:
        return None
    words = read_words(tokens.words)
    is_verb = [
        strength is not Strength.NONE
        or (words[place].name in _MAYBE_VERBS and is_next_to_relative(tokens, place))
        for place, strength in enumerate(verbs)
    ]
    return Reading(parsed, index, tokens, words, is_verb, segments)
