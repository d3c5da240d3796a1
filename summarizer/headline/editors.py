"""Which words of a sentence an editor would take into the headline, as learned from headlines.

A logistic model over a word, its neighbours, its place and how often the article comes back to it:
sums of whole numbers, which are the same everywhere. It must not know grammar or lengths.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import repeat
from math import exp
from types import MappingProxyType

from summarizer.headline.lexicon import ARTICLES, WEEKDAYS
from summarizer.headline.remembering import Remembered
from summarizer.headline.segments import Segment
from summarizer.headline.tokens import Tokens
from summarizer.headline.word_features import (
    ALL_MENTIONS,
    EDGES,
    LAST_DISTANCE,
    LAST_FROM_END,
    LAST_LENGTH,
    LAST_PART,
    LAST_PLACE,
    LAST_SEGMENT,
    MOST_NEAR,
    NEAR,
    OUTSIDE,
    PARTS,
    SHAPES,
    Form,
    form_features,
    form_of,
    near_to,
    read_setting,
)
from summarizer.text.parsed import ParsedArticle

SCALE = 100
"""So many units of a weight are one in log odds."""
UNIT = 10_000
"""So many units are certainty."""
# Headlines do without them, and without what stands in brackets, where the language allows it.
_BRACKETS: Mapping[str, str] = MappingProxyType({"(": ")", "[": "]", "<": ">"})
_MAY_BE_SPARE = WEEKDAYS | _BRACKETS.keys()


@dataclass(frozen=True, slots=True, eq=False)
class WeightedForm:
    """A form, and the sums of weights that it brings with it.

    Attributes:
        form: the word itself.
        own: what it says of itself.
        after: what it says of the word after it.
        before: what it says of the word before it.
        by_place: what is said by its place in the sentence.
        by_shape: what is said by the shape of the word before it.
        by_stretch: what is said by the segment that it stands in.
        by_distance: what is said by where the main verb stands.
        is_content: whether it is no stop word.
    """

    form: Form
    own: int
    after: int
    before: int
    by_place: Sequence[int]
    by_shape: Mapping[str, int]
    by_stretch: Sequence[int]
    by_distance: Sequence[int]
    is_content: bool


class Editors:
    """The weights by feature, summed up beforehand as far as they stand together.

    Args:
        weights: units of `SCALE` by the names that `training.headline_editors` gives features.
    """

    def __init__(self, weights: Mapping[str, int]) -> None:
        self._weights = weights
        self._words = Remembered(self._look_up)

        def get(*names: str) -> int:
            return sum(weights.get(name, 0) for name in names)

        self._start, self._end = get(*EDGES.after), get(*EDGES.before)
        self._ends = [get(f"e{left}") for left in range(LAST_FROM_END, 0, -1)]
        self._again, self._stop, self._alone = get("again"), get("stop"), get("alone")
        shapes = SHAPES
        self._parts = [
            [get(f"m{min(times, MOST_NEAR)}i{part}") for times, _, _ in ALL_MENTIONS]
            for part in range(LAST_PART + 1)
        ]
        # By the place of the sentence, the size of the article, and the shape of the word.
        self._mentions = Remembered(self._sum_mentions)
        self._near = [[get(f"nb{gap},{each}") for each in range(OUTSIDE + 1)] for gap in NEAR]
        self._places = {
            (shape, is_stop): [
                get(f"i{place}", f"k{is_stop}{shape}{min(place // 3, 8)}")
                for place in range(LAST_PLACE + 1)
            ]
            for shape in shapes
            for is_stop in (False, True)
        }
        self._distances = {
            (shape, is_stop): [
                get(f"d{distance}", f"d{distance}{shape}{is_stop}")
                for distance in range(2 * LAST_DISTANCE + 2)
            ]
            for shape in shapes
            for is_stop in (False, True)
        }
        self._stretches = {
            shape: [get("pa0", f"pa0{shape}")]
            + [
                get(f"pa{part}", f"pa{part}{shape}", f"sg{number}")
                for part in range(1, len(PARTS) + 1)
                for number in range(LAST_SEGMENT + 1)
            ]
            for shape in shapes
        }
        self._pairs = {
            shape: {before: get(f"h{before}{shape}") for before in "^" + shapes} for shape in shapes
        }

    def _sum_mentions(self, key: tuple[int, int]) -> Mapping[str, Sequence[int]]:
        sentence, size = key
        get = self._weights.get
        return {
            shape: [
                sum(
                    get(name, 0)
                    for name in (
                        f"m{times}{shape}",
                        f"m{times},{sentence}",
                        f"sp{early}{shape}",
                        f"sp{early},{min(times, MOST_NEAR)}",
                        f"t{times},{size}",
                        f"f{follows},{sentence}",
                    )
                )
                for times, early, follows in ALL_MENTIONS
            ]
            for shape in SHAPES
        }

    def rate(
        self, parsed: ParsedArticle, index: int, tokens: Tokens, segments: Sequence[Segment]
    ) -> list[int]:
        """Return for each token how likely the headline has it, in `UNIT`s; marks have none.

        Args:
            parsed: the article.
            index: the place of the sentence in it.
            tokens: the sentence.
            segments: its stretches between commas.
        """
        known = [self._words[word] for word in tokens.words]
        setting = read_setting(parsed, index, tokens.lower, segments)
        sentence, size, mentions, stretches, distances = setting
        count = len(known)
        get = self._weights.get
        whole = get("b", 0) + get(f"N{min(count // 5, LAST_LENGTH)},{sentence}", 0)
        near = self._sum_near([not word.is_content for word in known], mentions) if size else None
        by_shape = self._mentions[sentence, size]
        ratings: list[int] = []
        seen: set[str] = set()
        after, before_shape = self._start, "^"
        for place, (word, before, from_end, around, mention, stretch, distance) in enumerate(
            zip(
                known,
                [*[word.before for word in known[1:]], self._end],
                self._ends[:1] * (count - LAST_FROM_END) + self._ends[-count:],
                near or repeat(0),
                mentions,
                stretches,
                distances,
                strict=False,
            )
        ):
            lower, shape, *_, is_word = word.form
            if lower in ARTICLES or not is_word:
                ratings.append(int(is_word))
            else:
                total = whole + from_end + after + word.own + before + around
                total += word.by_shape[before_shape] + word.by_stretch[stretch]
                total += word.by_distance[distance]
                total += word.by_place[place if place < LAST_PLACE else LAST_PLACE]
                if lower in seen:
                    total += self._again
                if not size:
                    total += self._alone
                elif word.is_content:
                    part = place // 4 if place < 4 * LAST_PART else LAST_PART
                    total += by_shape[shape][mention] + self._parts[part][mention]
                else:
                    total += self._stop
                ratings.append(_LIKELIHOODS[total])
            seen.add(lower)
            after, before_shape = word.after, shape
        for place in _spare_places(tokens):
            ratings[place] = min(ratings[place], 1)
        return ratings

    def _sum_near(self, are_stops: Sequence[bool], mentions: Sequence[int]) -> list[int]:
        near = near_to(are_stops, mentions)
        second, first, last, but_one = self._near
        return [
            second[a] + first[b] + last[c] + but_one[d]
            for a, b, c, d in zip(near, near[1:-3], near[3:-1], near[4:], strict=False)
        ]

    def _look_up(self, word: str) -> WeightedForm:
        form = form_of(word)
        own, after, before = (
            sum([self._weights.get(name, 0) for name in names]) for names in form_features(form)
        )
        key = form.shape, form.is_stop
        return WeightedForm(
            form,
            own,
            after,
            before,
            self._places[key],
            self._pairs[form.shape],
            self._stretches[form.shape],
            self._distances[key],
            not form.is_stop,
        )


def _spare_places(tokens: Tokens) -> Iterator[int]:
    """Give the places of words that no headline wants: "on Friday", what stands in brackets."""
    lower = tokens.lower
    if _MAY_BE_SPARE.isdisjoint(lower):
        return
    for place, word in enumerate(lower):
        if word in WEEKDAYS:
            is_on = place > 0 and lower[place - 1] == "on"
            yield from range(place - is_on, place + 1)
        elif word in _BRACKETS and _BRACKETS[word] in lower[place:]:
            end = lower.index(_BRACKETS[word], place)
            # "The Norvian Mining Union (NMU)" may be better known so.
            if not (end == place + 2 and tokens.words[place + 1].isupper() and word != "<"):
                yield from range(place, end)


def _likelihood(units: int) -> int:
    return round(UNIT / (1 + exp(-units / SCALE)))


_LIKELIHOODS = Remembered(_likelihood)


@cache
def load_editors() -> Editors:
    """Load the weights that come with the package; once in each process."""
    text = (files("summarizer") / "data" / "headline_editors.json").read_text(encoding="utf-8")
    return Editors(json.loads(text))
