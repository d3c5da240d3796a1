"""Which words of a sentence an editor would take into the headline, as learned from headlines.

A logistic model over a word, its neighbours, its place and how often the article comes back to it:
sums of whole numbers, which are the same everywhere. It must not know grammar or lengths.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from functools import cache, lru_cache
from importlib.resources import files
from math import exp
from typing import NamedTuple

import numpy as np

from summarizer.headline.tokens import Tokens
from summarizer.text.parsed import ParsedArticle
from summarizer.text.stopwords import stop_words

SCALE = 100
"""So many units of a weight are one in log odds."""

# Numbers from these on are alike.
LAST_PLACE, LAST_PART, LAST_FROM_END, LAST_LENGTH, LAST_SENTENCE = 30, 6, 20, 8, 3
MOST_MENTIONS = 6
UNSEEN = 7
"""In place of mentions: the article's terms do not have the word as it is written here."""
SHAPES = "lTUdx"
UNIT = 10_000
"""So many units are certainty."""
_SUFFIX_CHARS = 3
# Words are remembered up to this many; then anew.
_MOST_WORDS = 1 << 15


class Form(NamedTuple):
    """What is known of a token wherever it stands: its form, and whether it is a stop word."""

    lower: str
    shape: str
    is_stop: bool
    is_word: bool


class Known(NamedTuple):
    """A form, what it says of itself, of the words after and before it, and by its place."""

    lower: str
    shape: str
    is_stop: bool
    is_word: bool
    own: int
    after: int
    before: int
    by_place: Sequence[int]


def form_of(word: str) -> Form:
    """Return what a token says of itself."""
    lower = word.lower().replace("’", "'")
    is_word = word[0].isalnum() or word[-1].isalnum()
    return Form(lower, _shape(word), lower in stop_words("en"), is_word)


def _shape(word: str) -> str:
    if word.islower():
        return "l"
    if word.istitle():
        return "T"
    if word.isupper():
        return "U"
    return "d" if any(char.isdigit() for char in word) else "x"


def form_features(form: Form) -> tuple[list[str], str, str]:
    """Return the features that a word gives itself, the word after it and the word before it."""
    own = [f"w={form.lower}", f"sf={form.lower[-_SUFFIX_CHARS:]}", f"sh{form.shape}{form.is_stop}"]
    return own, f"p={form.lower}", f"n={form.lower}"


class Mentions(NamedTuple):
    """Where an article has the words of one of its sentences.

    Attributes:
        elsewhere: how often other sentences have the stem of a word in lower case.
        next_one: the words that the next sentence has too.
        opening: the words that the first sentence has too.
    """

    elsewhere: Mapping[str, int]
    next_one: Set[str]
    opening: Set[str]


def count_mentions(parsed: ParsedArticle, index: int) -> Mentions:
    """Find out how often the article comes back to the words of a sentence."""
    terms = parsed.terms
    first, end = terms.pointers[index : index + 2].tolist()
    after = int(terms.pointers[min(index + 2, terms.sentence_count)])
    stem_ids = terms.stem_ids
    stems = stem_ids[first:end].tolist()
    counts = np.bincount(stem_ids, minlength=1)[stem_ids[first:end]].tolist()
    forms = [word.lower.replace("’", "'") for word in terms.sentence(index)]
    next_ids = set(stem_ids[end:after].tolist())
    opening_ids = set(stem_ids[: terms.pointers[1]].tolist()) if index else stems
    elsewhere: dict[str, int] = {}
    next_one, opening = set(), set()
    for form, stem, count in zip(forms, stems, counts, strict=True):
        elsewhere[form] = count - stems.count(stem)
        if stem in next_ids:
            next_one.add(form)
        if stem in opening_ids:
            opening.add(form)
    return Mentions(elsewhere, next_one, opening)


class Editors:
    """The weights by feature, summed up beforehand as far as they stand together.

    Args:
        weights: units of `SCALE` by the names that `training.headline_editors` gives features.
    """

    def __init__(self, weights: Mapping[str, int]) -> None:
        self._weights = weights
        self._words: dict[str, Known] = {}
        get = weights.get
        self._edges = get("p=^", 0), get("n=$", 0)
        self._ends = [get(f"e{left}", 0) for left in range(LAST_FROM_END, 0, -1)]
        self._follows = [
            {
                (is_next, is_first): get(f"f{is_next}{is_first}{sentence}", 0)
                for is_next in (False, True)
                for is_first in (False, True)
            }
            for sentence in range(LAST_SENTENCE + 1)
        ]
        self._again, self._stop = get("again", 0), get("stop", 0)
        self._places = [
            {
                shape: [
                    get(f"i{place}", 0) + get(f"k{is_stop}{shape}{min(place // 3, 8)}", 0)
                    for place in range(LAST_PLACE + 1)
                ]
                for shape in SHAPES
            }
            for is_stop in (False, True)
        ]
        self._pairs = {
            before + shape: get(f"h{before}{shape}", 0)
            for before in "^" + SHAPES
            for shape in SHAPES
        }
        self._mentions = [
            {
                shape: [
                    [
                        get(f"m{times}{shape}", 0)
                        + get(f"m{times},{sentence}", 0)
                        + get(f"m{min(times, 3)}i{part}", 0)
                        for part in range(LAST_PART + 1)
                    ]
                    for times in range(UNSEEN + 1)
                ]
                for shape in SHAPES
            }
            for sentence in range(LAST_SENTENCE + 1)
        ]

    def rate(self, parsed: ParsedArticle, index: int, tokens: Tokens) -> list[int]:
        """Return for each token how likely the headline has it, in `UNIT`s; marks have none."""
        known = [self._words.get(word) or self._look_up(word) for word in tokens.words]
        elsewhere, next_one, opening = count_mentions(parsed, index)
        sentence = min(index, LAST_SENTENCE)
        follows, by_shape = self._follows[sentence], self._mentions[sentence]
        pairs = self._pairs
        count = len(known)
        get = self._weights.get
        length = get("b", 0) + get(f"N{min(count // 5, LAST_LENGTH)},{sentence}", 0)
        ends = self._ends[:1] * (count - LAST_FROM_END) + self._ends[-count:]
        nexts = [word.before for word in known[1:]] + [self._edges[1]]
        ratings: list[int] = []
        seen: set[str] = set()
        previous, after = "^", self._edges[0]
        for place, (word, from_end, next_word) in enumerate(zip(known, ends, nexts, strict=True)):
            lower, shape, is_stop, is_word, own, gives_after, _, by_place = word
            if not is_word:
                ratings.append(0)
            else:
                total = length + own + after + next_word + from_end + pairs[previous + shape]
                total += by_place[place if place < LAST_PLACE else LAST_PLACE]
                if lower in seen:
                    total += self._again
                if is_stop:
                    total += self._stop
                else:
                    times = elsewhere.get(lower, UNSEEN)
                    times = times if times == UNSEEN else min(times, MOST_MENTIONS)
                    total += by_shape[shape][times][min(place // 4, LAST_PART)]
                    total += follows[lower in next_one, lower in opening]
                ratings.append(_likelihood(total))
            seen.add(lower)
            previous, after = shape, gives_after
        return ratings

    def _look_up(self, word: str) -> Known:
        if len(self._words) >= _MOST_WORDS:
            self._words.clear()
        form = form_of(word)
        own, after, before = form_features(form)
        weight = self._weights.get
        found = Known(
            *form,
            sum(weight(name, 0) for name in own),
            weight(after, 0),
            weight(before, 0),
            self._places[form.is_stop][form.shape],
        )
        self._words[word] = found
        return found


@lru_cache(maxsize=1 << 12)
def _likelihood(units: int) -> int:
    return round(UNIT / (1 + exp(-units / SCALE)))


@cache
def load_editors() -> Editors:
    """Load the weights that come with the package; once in each process."""
    text = (files("summarizer") / "data" / "headline_editors.json").read_text(encoding="utf-8")
    return Editors(json.loads(text))
