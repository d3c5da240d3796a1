"""What the ranker's training learns from: articles laid out, and what their references say.

Knows articles and rewards: it must not know the networks.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np

from summarizer.ranking.features import read_stems
from summarizer.ranking.method import BoolArray, FloatArray, IntArray
from summarizer.ranking.openings import Openings, read_openings
from summarizer.ranking.stem_facts import Stems
from summarizer.text.terms import read_words
from training.articles import Example, Surface, make_example, parse, read_rows

LEAST_TEXTS = 5
RATIOS = (0.5, 1.0, 2.0)
"""Summaries of other newspapers are shorter or longer than those to learn from."""

USUAL_WORDS = 45.0
"""Where sets are chosen, references are taken to go on, or to end, so that they have so many."""

# Articles whose first sentence is no reference have fewer sentences, or have it in other lengths.
_LEAST_SENTENCES = 6
_REFERENCE_WORDS = range(12, 46)

REWARD_SCALE = 20.0
"""What an F1 of 1 is worth where networks are fitted."""

DRAWS = 40


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lessons:
    """Articles with references, each as it is and in lower case, one after the other.

    Attributes:
        examples: the articles and their references.
        openings: the articles as the ranker reads them.
        cells: for each stem the column of `word_table` that describes it.
        labels: for each stem whether the reference has it, 0 or 1.
        half: for each article which half of them it belongs to; all copies to the same.
        is_rest: for each article whether its reference is its own first sentence.
        is_known: for each article whether words and sentences are learned from it too.
    """

    examples: Sequence[Example]
    openings: Openings
    cells: IntArray
    labels: FloatArray
    half: IntArray
    is_rest: BoolArray
    is_known: BoolArray


def learn_rarities(paths: Sequence[Path]) -> dict[str, float]:
    """Return the inverse document frequency of stems, 0 (everywhere) to 1.

    Args:
        paths: JSONL files with texts.
    """
    frequencies: Counter[str] = Counter()
    texts = 0
    for path in paths:
        for row in read_rows(path):
            texts += 1
            frequencies.update({word.stem for word in read_words(str(row["text"]), language="en")})
    return {
        stem: round(math.log(texts / count) / math.log(texts), 2)
        for stem, count in sorted(frequencies.items())
        if count >= LEAST_TEXTS
    }


def make_lessons(examples: Sequence[Example], stems: Stems) -> Lessons:
    """Lay out examples for training.

    Args:
        examples: articles with references.
        stems: what is known beside the articles.
    """
    openings = read_openings([example.parsed for example in examples], stems)
    names = {name: number for number, name in enumerate(dict.fromkeys(e.name for e in examples))}
    widths = np.bincount(openings.stems.article).tolist()
    labels = [
        stem in example.stems
        for example, width in zip(examples, widths, strict=True)
        for stem in example.parsed.terms.vocabulary[:width]
    ]
    return Lessons(
        examples=examples,
        openings=openings,
        cells=read_stems(openings),
        labels=np.array(labels, dtype=np.float64),
        half=np.array([names[example.name] % 2 for example in examples]),
        is_rest=np.array([example.is_rest for example in examples]),
        is_known=np.array([_is_known(example) for example in examples]),
    )


def _is_known(example: Example) -> bool:
    return example.surface is not Surface.PENN and not example.is_rest


def read_examples(path: Path) -> list[Example]:
    """Read a file's articles, each in all copies.

    Args:
        path: a JSONL file of articles with summaries.
    """
    made = (make_example(row, surface) for row in read_rows(path) for surface in Surface)
    return [example for example in made if example is not None]


def read_rests(path: Path, *, domains: Collection[str]) -> list[Example]:
    """Read articles without summaries: their first sentence is one of the rest.

    Args:
        path: a JSONL file of articles.
        domains: the sets to take.
    """
    surfaces = cycle(Surface)
    made = (
        make_example(rest, next(surfaces), is_rest=True)
        for row in read_rows(path)
        if row["set"] in domains and (rest := _rest_of(row))
    )
    return [example for example in made if example is not None]


def _rest_of(row: dict[str, Any]) -> dict[str, Any] | None:
    parsed = parse(str(row["text"]))
    if parsed is None or len(parsed.spans) < _LEAST_SENTENCES:
        return None
    if len(parsed.sentence_text(0).split()) not in _REFERENCE_WORDS:
        return None
    rest = parsed.text[parsed.spans[1].start :]
    return {**row, "text": rest, "summary": parsed.sentence_text(0)}


def sentence_gains(lessons: Lessons) -> FloatArray:
    """Return what each sentence of known articles adds on average to pairs of others, mostly early.

    Args:
        lessons: the articles; what sentences of the others add is nothing.
    """
    sizes = lessons.openings.sizes.tolist()
    found = [
        _gains_of(example, size) if is_known else np.zeros(size)
        for example, size, is_known in zip(lessons.examples, sizes, lessons.is_known, strict=True)
    ]
    return np.concatenate(found)


def _gains_of(example: Example, size: int) -> FloatArray:
    random = np.random.default_rng(size)
    chances_ = 1.0 / (3.0 + np.arange(size))
    chances_ /= chances_.sum()
    pairs = np.array([random.choice(size, 2, replace=False, p=chances_) for _ in range(DRAWS)])
    index = np.arange(size).repeat(DRAWS)
    sets = np.column_stack([np.tile(pairs, (size, 1)), index])
    is_new = (sets[:, :2] != index[:, None]).all(axis=1)
    sums = np.bincount(index, rewards(example, sets) * is_new, size)
    gains: FloatArray = sums / np.maximum(np.bincount(index, is_new, size), 1.0)
    return np.asarray(REWARD_SCALE * (gains - gains.mean()))


def rewards(example: Example, sets: IntArray, *, words: float | None = None) -> FloatArray:
    """Return what sets of sentences are worth, the mean over references of several lengths.

    Args:
        example: the article.
        sets: one row a set of sentence indexes.
        words: how long its reference is taken to be; None: as it is.
    """
    stretch = 1.0 if words is None else words / max(float(example.wanted.sum()), 1.0)
    found = [example.reward(sets, ratio=ratio * stretch) for ratio in RATIOS]
    return np.asarray(np.mean(found, axis=0))
