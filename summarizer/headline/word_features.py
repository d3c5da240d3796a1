"""What is said of a word that an editor may take into the headline: its form, and where it stands.

Knows articles, sentences and words: it must not know grammar, lengths or what was learned.
"""

from __future__ import annotations

from collections.abc import KeysView, Sequence
from itertools import pairwise, repeat
from typing import NamedTuple

import numpy as np

from summarizer.headline.lexicon import CAPITALS, lowered
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
_AS_TERMS = {word: word.lower() for word in sorted(CAPITALS)}
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
    lower = lowered(word)
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
    """How an article comes back to a word of one of its sentences.

    Attributes:
        times: how often other sentences have its stem, up to `MOST_MENTIONS`, or `UNSEEN`.
        early: how many of the first sentences have it besides this, up to `MOST_EARLY`.
        follows: 2 if the next sentence has it too, and 1 more if the first has it.
    """

    times: int
    early: int
    follows: int


ALL_MENTIONS = tuple(
    Mentions(times, early, follows)
    for times in range(UNSEEN + 1)
    for early in range(MOST_EARLY + 1)
    for follows in range(4)
)
"""Every case, by the number that stands for it."""
_TIMES_STEP, _EARLY_STEP = 4 * (MOST_EARLY + 1), 4
UNSEEN_MENTIONS = UNSEEN * _TIMES_STEP
"""The number of a word that the article's terms do not have."""


def count_mentions(parsed: ParsedArticle, index: int) -> dict[str, int]:
    """Return the number of `ALL_MENTIONS` for each word of a sentence, as `lowered` writes it."""
    terms = parsed.terms
    pointers, stem_ids = terms.pointers, terms.stem_ids
    first, end, *after = pointers[index : index + 3].tolist()
    of_sentence = stem_ids[first:end]
    stems = of_sentence.tolist()
    # What the sentence has itself is no mention.
    times = dict(
        zip(stems, np.bincount(stem_ids, minlength=1).take(of_sentence).tolist(), strict=True)
    )
    for stem in stems:
        times[stem] -= 1
    # The first sentence has all of its own words.
    own = 0 if index else 1
    numbers = {
        stem: own + _TIMES_STEP * (count if count < MOST_MENTIONS else MOST_MENTIONS)
        for stem, count in times.items()
    }
    starts = pointers[: _EARLY + 1].tolist()
    ids = stem_ids[: starts[-1]].tolist()
    others = [ids[start:stop] for start, stop in pairwise(starts)]
    del others[index : index + 1]
    for stem, count in _count_shared(numbers.keys(), others).items():
        numbers[stem] += min(count, MOST_EARLY) * _EARLY_STEP
    for stem in numbers.keys() & (stem_ids[end : after[0]].tolist() if after else ()):
        numbers[stem] += 2
    if index:
        for stem in numbers.keys() & ids[: starts[1]]:
            numbers[stem] += 1
    forms = [word.lower for word in terms.sentence(index)]
    if "’" in parsed.sentence_text(index):
        forms = [form.replace("’", "'") for form in forms]
    found = dict(zip(forms, map(numbers.__getitem__, stems), strict=True))
    # The article's terms are in lower case without exception.
    return found | {word: found[form] for word, form in _AS_TERMS.items() if form in found}


def _count_shared(stems: KeysView[int], others: Sequence[Sequence[int]]) -> dict[int, int]:
    """Return how many of some sentences have a stem, for the stems that any has."""
    shared: dict[int, int] = {}
    for ids in others:
        for stem in stems & ids:
            shared[stem] = shared.get(stem, 0) + 1
    return shared


class Setting(NamedTuple):
    """Where the words of a sentence stand, and how its article comes back to them.

    Attributes:
        sentence: the place of the sentence in the article, up to `LAST_SENTENCE`.
        size: how long the article is, up to `LAST_SIZE`; 0 if it is but a sentence.
        mentions: for each token a number of `ALL_MENTIONS`.
        stretches: the segment that it stands in: its part and number; 0 for a comma.
        distances: how far from the main verb, plus 1 + `LAST_DISTANCE`; 0 if there is none.
    """

    sentence: int
    size: int
    mentions: Sequence[int]
    stretches: Sequence[int]
    distances: Sequence[int]


_STRETCHES = {part: 1 + number * (LAST_SEGMENT + 1) for number, part in enumerate(PARTS)}
# The distances from a verb in the middle.
_MOST_TOKENS = 1000
_DISTANCES = (
    [1] * _MOST_TOKENS
    + list(range(1, 2 * LAST_DISTANCE + 1))
    + [2 * LAST_DISTANCE + 1] * _MOST_TOKENS
)


def read_setting(
    parsed: ParsedArticle, index: int, words: Sequence[str], segments: Sequence[Segment]
) -> Setting:
    """Find out where the words of a sentence stand, and how its article comes back to them.

    Args:
        parsed: the article.
        index: the place of the sentence.
        words: its tokens as `lowered` writes them.
        segments: its stretches between commas.
    """
    count = len(words)
    stretches = [0] * count
    main = None
    for number, segment in enumerate(segments):
        stretch = _STRETCHES[segment.part] + min(number, LAST_SEGMENT)
        stretches[segment.first : segment.end] = [stretch] * (segment.end - segment.first)
        if segment.part is Part.MAIN and segment.verb is not None:
            main = segment.verb
    start = _MOST_TOKENS + LAST_DISTANCE - (main or 0)
    sentences = len(parsed.spans)
    return Setting(
        min(index, LAST_SENTENCE),
        min((sentences + 4) // 5, LAST_SIZE) if sentences > 1 else 0,
        [*map(count_mentions(parsed, index).get, words, repeat(UNSEEN_MENTIONS))],
        stretches,
        [0] * count if main is None else _DISTANCES[start : start + count],
    )


_NEAR = [times if times > MOST_MENTIONS else min(times, MOST_NEAR) for times, _, _ in ALL_MENTIONS]


def near_to(are_stops: Sequence[bool], mentions: Sequence[int]) -> list[int]:
    """Return the mentions of words as their neighbours count them, with two more at each end."""
    near = [
        STOP if is_stop else _NEAR[number]
        for is_stop, number in zip(are_stops, mentions, strict=True)
    ]
    return [OUTSIDE, OUTSIDE, *near, OUTSIDE, OUTSIDE]
