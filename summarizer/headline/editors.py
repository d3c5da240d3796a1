"""Which words of a sentence an editor would take into the headline, as learned from headlines.

A logistic model over a word, its neighbours, its place and how often the article comes back to it:
sums of whole numbers, which are the same everywhere. It must not know grammar or lengths.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from typing import NamedTuple

import numpy as np

from summarizer.headline.remembering import Remembered
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


class Form(NamedTuple):
    """What is known of a token wherever it stands: its form, and whether it is a stop word."""

    lower: str
    shape: str
    is_stop: bool
    is_word: bool


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A form, and the sums of weights that it brings with it.

    Attributes:
        form: the word itself.
        own: what it says of itself.
        after: what it says of the word after it.
        before: what it says of the word before it.
        by_place: what is said by its place in the sentence.
        by_shape: what is said by the shape of the word before it.
        by_mentions: for the first sentences what is said by how often, then by the part it is in.
    """

    form: Form
    own: int
    after: int
    before: int
    by_place: Sequence[int]
    by_shape: Mapping[str, int]
    by_mentions: Sequence[Sequence[Sequence[int]]]


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
    stem_ids = terms.stem_ids
    first, end, *after = terms.pointers[index : index + 3].tolist()
    of_sentence = stem_ids[first:end]
    stems = of_sentence.tolist()
    counts = np.bincount(stem_ids, minlength=1).take(of_sentence).tolist()
    forms = [word.lower.replace("’", "'") for word in terms.sentence(index)]
    here: dict[int, int] = {}
    for stem in stems:
        here[stem] = here.get(stem, 0) + 1
    next_ids = set(stem_ids[end : after[0]].tolist()) if after else ()
    opening_ids = set(stem_ids[: terms.pointers[1]].tolist()) if index else here
    return Mentions(
        {form: count - here[stem] for form, stem, count in zip(forms, stems, counts, strict=True)},
        {form for form, stem in zip(forms, stems, strict=True) if stem in next_ids},
        {form for form, stem in zip(forms, stems, strict=True) if stem in opening_ids},
    )


class Editors:
    """The weights by feature, summed up beforehand as far as they stand together.

    Args:
        weights: units of `SCALE` by the names that `training.headline_editors` gives features.
    """

    def __init__(self, weights: Mapping[str, int]) -> None:
        self._weights = weights
        self._words = Remembered(self._look_up)
        get = weights.get
        # What stands before the first word and after the last.
        self._start = Known(Form("", "^", False, False), 0, get("p=^", 0), 0, (), {}, ())
        self._end = Known(Form("", "$", False, False), 0, 0, get("n=$", 0), (), {}, ())
        self._ends = [get(f"e{left}", 0) for left in range(LAST_FROM_END, 0, -1)]
        self._follows = [
            [
                [get(f"f{is_next}{is_first}{sentence}", 0) for is_first in (False, True)]
                for is_next in (False, True)
            ]
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
            shape: {before: get(f"h{before}{shape}", 0) for before in "^" + SHAPES}
            for shape in SHAPES
        }
        self._mentions = {
            shape: [
                [
                    [
                        get(f"m{times}{shape}", 0)
                        + get(f"m{times},{sentence}", 0)
                        + get(f"m{min(times, 3)}i{part}", 0)
                        for part in range(LAST_PART + 1)
                    ]
                    for times in range(UNSEEN + 1)
                ]
                for sentence in range(LAST_SENTENCE + 1)
            ]
            for shape in SHAPES
        }

    def rate(self, parsed: ParsedArticle, index: int, tokens: Tokens) -> list[int]:
        """Return for each token how likely the headline has it, in `UNIT`s; marks have none."""
        known = [self._words[word] for word in tokens.words]
        elsewhere, next_one, opening = count_mentions(parsed, index)
        sentence = min(index, LAST_SENTENCE)
        follows = self._follows[sentence]
        count = len(known)
        get = self._weights.get
        length = get("b", 0) + get(f"N{min(count // 5, LAST_LENGTH)},{sentence}", 0)
        ends = self._ends[:1] * (count - LAST_FROM_END) + self._ends[-count:]
        ratings: list[int] = []
        seen: set[str] = set()
        previous = self._start
        for place, (word, following, from_end) in enumerate(
            zip(known, (*known[1:], self._end), ends, strict=True)
        ):
            lower, _, is_stop, is_word = word.form
            if not is_word:
                ratings.append(0)
            else:
                total = length + from_end + previous.after + word.own + following.before
                total += word.by_shape[previous.form.shape]
                total += word.by_place[place if place < LAST_PLACE else LAST_PLACE]
                if lower in seen:
                    total += self._again
                if is_stop:
                    total += self._stop
                else:
                    times = elsewhere.get(lower, UNSEEN)
                    times = times if times <= UNSEEN else MOST_MENTIONS
                    part = place // 4 if place < 4 * LAST_PART else LAST_PART
                    total += word.by_mentions[sentence][times][part]
                    total += follows[lower in next_one][lower in opening]
                ratings.append(_LIKELIHOODS[total])
            seen.add(lower)
            previous = word
        return ratings

    def _look_up(self, word: str) -> Known:
        form = form_of(word)
        own, after, before = form_features(form)
        weight = self._weights.get
        return Known(
            form,
            sum(weight(name, 0) for name in own),
            weight(after, 0),
            weight(before, 0),
            self._places[form.is_stop][form.shape],
            self._pairs[form.shape],
            self._mentions[form.shape],
        )


def _likelihood(units: int) -> int:
    return round(UNIT / (1 + exp(-units / SCALE)))


_LIKELIHOODS = Remembered(_likelihood)


@cache
def load_editors() -> Editors:
    """Load the weights that come with the package; once in each process."""
    text = (files("summarizer") / "data" / "headline_editors.json").read_text(encoding="utf-8")
    return Editors(json.loads(text))
