"""Sentences in the style of wire copy with their headlines, and the rules headlines have to keep.

The rules are written anew here, from words and marks alone, so that they do not share the
mistakes of the code they judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

# Sentence, most characters, headline.
WHOLE_CLAUSES: Sequence[tuple[str, int, str]] = ()

_DANGLING = frozenset(
    """a an the this these those my your his its our their every each
    of in on at by for from with to into onto about over under between among during against
    after before since until than as near via towards toward upon despite amid without within
    and or but nor if because although though while whereas whether that which who whom whose
    when where why how is are was were be been being am has have had having do does did will would
    shall should can could may might must not very more most less""".split()
)
_DENIALS = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|without|denie[sd]|deny|denying)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r",[”\"’']? (?:according to\b|(?:(?:the|a|an|its|his|her|their|one|two) )?(?:[\w.'’-]+ ){1,9}?"
    r"(?:said|says|say|claimed|claims|warned|reported|announced|told|have said|has said)\b"
    r"(?=[,.]?$|[,.]? (?:on|in|at|as|after|late|early|this|last|yesterday|today|[A-Z]\w+day)\b))"
)
_UNITS = frozenset(
    """percent per million billion trillion bn m km miles metres kg tonnes years months weeks days
    hours minutes people dollars euros pounds""".split()
)
_PAIRS = ("()", "[]", "“”", "«»")


def violations(sentence: str, headline: str, pieces: Sequence[str]) -> Iterator[str]:
    """Give the rules that a headline of an English sentence breaks.

    Args:
        sentence: the sentence as it stands in the article.
        headline: the headline.
        pieces: the texts of its spans.
    """
    words = re.findall(r"[\w'’%£$€.-]+", headline)
    if not words or words[-1].lower().strip(".'’") in _DANGLING:
        yield "ends in a function word"
    if re.search(r"[,;:–—-]\s*$|^\s*[,;:.–—)\]”]|,\s*,|\s[,;.]", " ".join(pieces)):
        yield "has a mark that belongs to nothing"
    if any(headline.count(pair[0]) != headline.count(pair[1]) for pair in _PAIRS):
        yield "opens what it does not close"
    if headline.count('"') % 2:
        yield "opens what it does not close"
    if len(_DENIALS.findall(headline)) != len(_DENIALS.findall(sentence)):
        yield "loses a negation"
    if _ATTRIBUTION.search(sentence) and not _speaks(headline):
        yield "makes a fact of a claim"
    yield from _torn(sentence, pieces)


def _speaks(headline: str) -> bool:
    return (
        re.search(r"\b(?:sa(?:id|ys?)|claim|warn|report|announc|told|according)", headline)
        is not None
    )


def _torn(sentence: str, pieces: Sequence[str]) -> Iterator[str]:
    """Look at the words on both sides of every place at which something was left out."""
    end = 0
    for piece in pieces:
        start = sentence.index(piece, end)
        end = start + len(piece)
        last = piece.split()[-1]
        following = sentence[end:].split()[:1]
        if following and last[-1].isdigit() and following[0].strip(",.").lower() in _UNITS:
            yield "parts a number from its unit"
        if following and sentence[end : end + 1].isspace() and _is_name(last, following[0]):
            yield "parts a name"


def _is_name(last: str, following: str) -> bool:
    """Tell whether two neighbouring words look like parts of one name."""
    is_time = following.strip(",.")[:3] in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    return (
        last[0].isupper()
        and following[0].isupper()
        and not is_time
        and last.isalpha()
        and last.lower() not in _TITLES
    )


_TITLES = frozenset(
    "president minister captain striker chancellor mayor governor senator judge".split()
)
