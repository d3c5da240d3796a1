"""What is said of a word that an editor may take into the headline: its form, and where it stands.

Knows articles, sentences and words: it must not know grammar, lengths or what was learned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from summarizer.headline.segments import Part, Segment
from summarizer.headline.word_classes import read_word
from summarizer.text.parsed import ParsedArticle
from summarizer.text.stopwords import stop_words

# Numbers from these on are alike.
LAST_PLACE, LAST_PART, LAST_FROM_END, LAST_LENGTH, LAST_SENTENCE = 30, 6, 20, 8, 3
LAST_SEGMENT, LAST_DISTANCE, LAST_SIZE, LONGEST_WORD = 5, 8, 6, 12
MOST_MENTIONS, MOST_EARLY, MOST_NEAR = 6, 4, 3
UNSEEN = 7
"""In place of mentions: the article's terms do not have the word as it is written here."""
STOP, OUTSIDE = 8, 9
"""In place of mentions: a stop word, and nothing."""
SHAPES = "lTUdx"
PARTS = tuple(Part)
NEAR = (-2, -1, 1, 2)
"""The neighbours whose mentions count."""
_SUFFIX_CHARS = 3
# How often the first sentences come back to a word counts by itself.
_EARLY = 6


class Form(NamedTuple):
    """What is known of a token wherever it stands: its form, its class, whether it is a word."""

    lower: str
    shape: str
    kind: str
    is_stop: bool
    is_word: bool


def form_of(word: str) -> Form:
    """Return what a token says of itself."""
    lower = word.lower().replace("’", "'")
    is_word = word[0].isalnum() or word[-1].isalnum()
    kind = read_word(word, is_first=False).name
    return Form(lower, _shape(word), kind, lower in stop_words("en"), is_word)


def _shape(word: str) -> str:
    if word.islower():
        return "l"
    if word.istitle():
        return "T"
    if word.isupper():
        return "U"
    return "d" if any(char.isdigit() for char in word) else "x"


class Features(NamedTuple):
    """The features that a word gives itself, the word after it and the word before it."""

    own: Sequence[str]
    after: Sequence[str]
    before: Sequence[str]


def form_features(form: Form) -> Features:
    """Return the features that a word gives itself and its neighbours."""
    lower, shape, kind, is_stop, _ = form
    return Features(
        (
            f"w={lower}",
            f"sf={lower[-_SUFFIX_CHARS:]}",
            f"sh{shape}{is_stop}",
            f"c={kind}",
            f"l{min(len(lower), LONGEST_WORD)}",
        ),
        (f"p={lower}", f"cp={kind}"),
        (f"n={lower}", f"cn={kind}"),
    )


EDGES = Features((), ("p=^", "cp=^"), ("n=$", "cn=$"))
"""The same of what stands before the first word, and after the last."""


class Mentions(NamedTuple):
    """How an article comes back to the words of one of its sentences.

    Attributes:
        times: how often other sentences have the stem of a word in lower case.
        early: how many of the first sentences have it besides this.
        follows: 2 if the next sentence has it too, and 1 more if the first has it.
    """

    times: Mapping[str, int]
    early: Mapping[str, int]
    follows: Mapping[str, int]


def count_mentions(parsed: ParsedArticle, index: int) -> Mentions:
    """Find out how often the article comes back to the words of a sentence."""
    terms = parsed.terms
    pointers, stem_ids = terms.pointers, terms.stem_ids
    first, end, *after = pointers[index : index + 3].tolist()
    of_sentence = stem_ids[first:end]
    stems = of_sentence.tolist()
    counts = np.bincount(stem_ids, minlength=1).take(of_sentence).tolist()
    forms = [word.lower.replace("’", "'") for word in terms.sentence(index)]
    here: dict[int, int] = {}
    for stem in stems:
        here[stem] = here.get(stem, 0) + 1
    early = dict.fromkeys(here, 0)
    starts = pointers[: _EARLY + 1].tolist()
    ids = stem_ids[: starts[-1]].tolist()
    for place, (start, stop) in enumerate(pairwise(starts)):
        if place != index:
            for stem in here.keys() & ids[start:stop]:
                early[stem] += 1
    next_ids = set(stem_ids[end : after[0]].tolist()) if after else ()
    opening_ids = set(ids[: starts[1]]) if index else here
    follows = {stem: 2 * (stem in next_ids) + (stem in opening_ids) for stem in here}
    pairs = [*zip(forms, stems, strict=True)]
    return Mentions(
        {form: count - here[stem] for (form, stem), count in zip(pairs, counts, strict=True)},
        {form: early[stem] for form, stem in pairs},
        {form: follows[stem] for form, stem in pairs},
    )


class Setting(NamedTuple):
    """Where the words of a sentence stand, and how its article comes back to them.

    Attributes:
        sentence: the place of the sentence in the article, up to `LAST_SENTENCE`.
        size: how long the article is, up to `LAST_SIZE`; 0 if it is but a sentence.
        times: for each token how often other sentences have it, or `UNSEEN` or `STOP`.
        early: how many of the first sentences have it, up to `MOST_EARLY`.
        follows: whether the next sentence and the first have it, as `Mentions` says it.
        stretches: the segment that it stands in: its part and number; 0 for a comma.
        distances: how far from the main verb, plus 1 + `LAST_DISTANCE`; 0 if there is none.
    """

    sentence: int
    size: int
    times: Sequence[int]
    early: Sequence[int]
    follows: Sequence[int]
    stretches: Sequence[int]
    distances: Sequence[int]


def read_setting(
    parsed: ParsedArticle, index: int, forms: Sequence[Form], segments: Sequence[Segment]
) -> Setting:
    """Find out where the words of a sentence stand, and how its article comes back to them.

    Args:
        parsed: the article.
        index: the place of the sentence.
        forms: its tokens.
        segments: its stretches between commas.
    """
    count = len(forms)
    mentions = count_mentions(parsed, index)
    stretches = [0] * count
    main = None
    for number, segment in enumerate(segments):
        stretch = 1 + PARTS.index(segment.part) * (LAST_SEGMENT + 1) + min(number, LAST_SEGMENT)
        stretches[segment.first : segment.end] = [stretch] * (segment.end - segment.first)
        if segment.part is Part.MAIN and segment.verb is not None:
            main = segment.verb
    distances = [0] * count
    if main is not None:
        last = LAST_DISTANCE
        distances = [1 + last + min(max(place - main, -last), last) for place in range(count)]
    return Setting(
        min(index, LAST_SENTENCE),
        min((len(parsed.spans) + 4) // 5, LAST_SIZE) if len(parsed.spans) > 1 else 0,
        [STOP if form.is_stop else _times(mentions.times.get(form.lower)) for form in forms],
        [min(mentions.early.get(form.lower, 0), MOST_EARLY) for form in forms],
        [mentions.follows.get(form.lower, 0) for form in forms],
        stretches,
        distances,
    )


def _times(times: int | None) -> int:
    return UNSEEN if times is None else min(times, MOST_MENTIONS)


def near_to(times: Sequence[int]) -> list[int]:
    """Return the mentions of words as their neighbours count them, with two more at each end."""
    near = [each if each > MOST_MENTIONS else min(each, MOST_NEAR) for each in times]
    return [OUTSIDE, OUTSIDE, *near, OUTSIDE, OUTSIDE]
