"""What the ranker's training learns from: articles laid out, and what their references say.

Knows articles and rewards: it must not know the networks.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from summarizer.ranking.features import read_stems
from summarizer.ranking.method import FloatArray, IntArray
from summarizer.ranking.openings import Openings, read_openings
from summarizer.ranking.stem_facts import Stems
from summarizer.text.terms import read_words
from training.articles import Example, make_example, read_rows

LEAST_TEXTS = 5
RATIOS = (0.5, 1.0, 2.0)
"""Summaries of other newspapers are shorter or longer than those to learn from."""

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
        half: for each article which half of them it belongs to; both copies to the same.
    """

    examples: Sequence[Example]
    openings: Openings
    cells: IntArray
    labels: FloatArray
    half: IntArray


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
    )


def read_examples(path: Path) -> list[Example]:
    """Read a file's articles, each as it is and in lower case.

    Args:
        path: a JSONL file of articles with summaries.
    """
    made = (
        make_example(row, is_lowered=is_lowered)
        for row in read_rows(path)
        for is_lowered in (False, True)
    )
    return [example for example in made if example is not None]


def sentence_gains(lessons: Lessons) -> FloatArray:
    """Return what each sentence adds on average to pairs of others, mostly early ones."""
    found = [
        _gains_of(example, size)
        for example, size in zip(lessons.examples, lessons.openings.sizes.tolist(), strict=True)
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


def rewards(example: Example, sets: IntArray) -> FloatArray:
    """Return what sets of sentences are worth, the mean over references of several lengths.

    Args:
        example: the article.
        sets: one row a set of sentence indexes.
    """
    return np.asarray(np.mean([example.reward(sets, ratio=ratio) for ratio in RATIOS], axis=0))
