"""How kept stretches of a sentence are written as a headline.

Knows spans only: it must not know why they were kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.models import Span

# Where words went before a mark, it moves up to the word before them.
_MARKS_APART = (" ,", " ;", " :")
_BEFORE_MARK = re.compile(r"(?<=[\w\"”’')%\]]) (?=[,;:](?:\s|$))")
_FULL_STOPS = (".", "。")
# An ellipsis is not a full stop.
_FULL_STOP = re.compile(r"(?<![.\s])\s*[.。]\Z")
# A point after a single letter belongs to it: "U.S.".
_INITIALS = re.compile(r"(?:^|[\s.])[^\W\d_]\.\Z")


def headline_text(text: str, spans: Sequence[Span]) -> str:
    """Return the headline that spans of an article make.

    Args:
        text: the article as given.
        spans: half-open code-point ranges of one sentence, in order.

    Returns:
        Their texts joined by single spaces, white space collapsed and none before a comma, without
        a final full stop and with a capital first letter.
    """
    joined = " ".join(" ".join([text[start:end] for start, end in spans]).split())
    if any([mark in joined for mark in _MARKS_APART]):
        joined = _BEFORE_MARK.sub("", joined)
    if joined.endswith(_FULL_STOPS) and not _INITIALS.search(joined):
        joined = _FULL_STOP.sub("", joined) or joined
    first = joined[:1].upper()
    # A letter whose capital is two letters ("ß") stays as it is.
    return first + joined[1:] if len(first) == 1 else joined
