"""Which words of a sentence an editor would take into the headline, as learned from headlines.

A logistic model over a word, its neighbours, its place and how often the article comes back to it:
sums of whole numbers, which are the same everywhere. It must not know grammar or lengths.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from summarizer.headline.remembering import Remembered
from summarizer.headline.segments import Segment
from summarizer.headline.tokens import Tokens
from summarizer.headline.word_features import (
    EDGES,
    LAST_DISTANCE,
    LAST_FROM_END,
    LAST_LENGTH,
    LAST_PART,
    LAST_PLACE,
    LAST_SEGMENT,
    LAST_SENTENCE,
    LAST_SIZE,
    MOST_EARLY,
    MOST_NEAR,
    NEAR,
    OUTSIDE,
    PARTS,
    SHAPES,
    STOP,
    UNSEEN,
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
# Headlines do without them where the language allows it.
_ARTICLES = frozenset({"a", "an", "the"})


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
        by_stretch: what is said by the segment that it stands in.
        by_distance: what is said by where the main verb stands.
        by_mentions: for the first sentences what is said by how often, then by the part it is in.
        by_early: what is said by how often the first sentences, then all, come back to it.
    """

    form: Form
    own: int
    after: int
    before: int
    by_place: Sequence[int]
    by_shape: Mapping[str, int]
    by_stretch: Sequence[int]
    by_distance: Sequence[int]
    by_mentions: Sequence[Sequence[Sequence[int]]]
    by_early: Sequence[Sequence[int]]


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
        sentences, shapes = range(LAST_SENTENCE + 1), SHAPES
        times, parts = range(UNSEEN + 1), range(LAST_PART + 1)
        self._follows = [
            [get(f"f{both},{sentence}") for both in range(4)] for sentence in sentences
        ]
        self._sizes = [[get(f"t{each},{size}") for each in times] for size in range(LAST_SIZE + 1)]
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
        self._mentions = {
            shape: [
                [
                    [
                        get(f"m{each}{shape}", f"m{each},{sentence}", f"m{min(each, 3)}i{part}")
                        for part in parts
                    ]
                    for each in times
                ]
                for sentence in sentences
            ]
            for shape in shapes
        }
        self._early = {
            shape: [
                [get(f"sp{early}{shape}", f"sp{early},{min(each, MOST_NEAR)}") for each in times]
                for early in range(MOST_EARLY + 1)
            ]
            for shape in shapes
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
        setting = read_setting(parsed, index, [word.form for word in known], segments)
        sentence, size, times, *_ = setting
        count = len(known)
        get = self._weights.get
        length = get("b", 0) + get(f"N{min(count // 5, LAST_LENGTH)},{sentence}", 0)
        around = [0] * count if not size else self._sum_near(times)
        sizes, follows = self._sizes[size], self._follows[sentence]
        ratings: list[int] = []
        seen: set[str] = set()
        after, shape = self._start, "^"
        for place, (
            word,
            before,
            from_end,
            near,
            each,
            early,
            both,
            stretch,
            distance,
        ) in enumerate(
            zip(
                known,
                [*[word.before for word in known[1:]], self._end],
                self._ends[:1] * (count - LAST_FROM_END) + self._ends[-count:],
                around,
                *setting[2:],
                strict=True,
            )
        ):
            form = word.form
            if form.lower in _ARTICLES or not form.is_word:
                ratings.append(int(form.is_word))
            else:
                total = length + from_end + after + word.own + before + near
                total += (
                    word.by_shape[shape] + word.by_stretch[stretch] + word.by_distance[distance]
                )
                total += word.by_place[place if place < LAST_PLACE else LAST_PLACE]
                if form.lower in seen:
                    total += self._again
                if not size:
                    total += self._alone
                elif each == STOP:
                    total += self._stop
                else:
                    part = place // 4 if place < 4 * LAST_PART else LAST_PART
                    total += word.by_mentions[sentence][each][part] + word.by_early[early][each]
                    total += sizes[each] + follows[both]
                ratings.append(_LIKELIHOODS[total])
            seen.add(form.lower)
            after, shape = word.after, form.shape
        return ratings

    def _sum_near(self, times: Sequence[int]) -> list[int]:
        near = near_to(times)
        second, first, last, but_one = self._near
        return [
            second[a] + first[b] + last[c] + but_one[d]
            for a, b, c, d in zip(near, near[1:-3], near[3:-1], near[4:], strict=False)
        ]

    def _look_up(self, word: str) -> Known:
        form = form_of(word)
        own, after, before = (
            sum([self._weights.get(name, 0) for name in names]) for names in form_features(form)
        )
        key = form.shape, form.is_stop
        return Known(
            form,
            own,
            after,
            before,
            self._places[key],
            self._pairs[form.shape],
            self._stretches[form.shape],
            self._distances[key],
            self._mentions[form.shape],
            self._early[form.shape],
        )


def _likelihood(units: int) -> int:
    return round(UNIT / (1 + exp(-units / SCALE)))


_LIKELIHOODS = Remembered(_likelihood)


@cache
def load_editors() -> Editors:
    """Load the weights that come with the package; once in each process."""
    text = (files("summarizer") / "data" / "headline_editors.json").read_text(encoding="utf-8")
    return Editors(json.loads(text))
