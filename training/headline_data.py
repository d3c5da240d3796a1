"""What the headline network is trained on: sentences, treebank, vocabulary, word vectors.

Knows the files of the data folder: it must not know the networks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from nltk.stem.porter import PorterStemmer

from summarizer.headline.encoding import FIRST_FREE, SUFFIX_CHARS, spelling, split_subtokens
from training.articles import read_rows

_NEWS = (
    "headlines/train.jsonl",
    "headlines/agnews.jsonl",
    "paragraphs/train.jsonl",
)
_MIN_COUNT = 4
_MAX_WORDS = 20_000
_MAX_SUFFIXES = 3_000
_WINDOW = 5
_SENTENCE_END = re.compile(r"(?<=[a-z\d)\"”][.!?])\s+(?=[A-Z\"“])|\n+")


@dataclass(frozen=True, slots=True)
class Lesson:
    """One sentence to learn from; a column that nobody annotated is None."""

    tokens: list[str]
    keep: list[float] | None = None
    taken: list[float] | None = None
    tags: list[int] | None = None
    heads: list[int] | None = None
    relations: list[int] | None = None


def read_compressions(path: Path) -> list[Lesson]:
    """Read sentences whose tokens are marked as kept or deleted."""
    return [
        Lesson(row["tokens"], keep=[float(flag) for flag in row["keep"]]) for row in read_rows(path)
    ]


def read_leads(data: Path) -> list[Lesson]:
    """Read first sentences, each token marked 1 where the editor's headline has its stem."""
    stem = lru_cache(PorterStemmer().stem)
    lessons = []
    for name in _NEWS[:2]:
        for row in read_rows(data / name):
            lead = _SENTENCE_END.split(row["text"])[0]
            tokens = [token.text for token in split_subtokens(lead, start=0, end=len(lead))]
            title = row["headline"]
            words = split_subtokens(title, start=0, end=len(title))
            stems = {stem(token.text.lower()) for token in words}
            taken = [float(stem(token.lower()) in stems) for token in tokens]
            if 8 <= len(tokens) <= 60 and sum(taken) >= 2:
                lessons.append(Lesson(tokens, taken=taken))
    return lessons


def read_treebank(path: Path, *, labels: dict[str, list[str]]) -> list[Lesson]:
    """Read a CoNLL-U file.

    Args:
        path: the file.
        labels: the known "tags" and "relations"; new ones are added.

    Returns:
        Lessons with tags, heads (0 is the root, tokens count from 1) and relations.
    """
    lessons = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
        rows = [row for row in rows if row[0].isdecimal()]
        if rows:
            lessons.append(
                Lesson(
                    [row[1] for row in rows],
                    tags=[_number(labels["tags"], row[3]) for row in rows],
                    heads=[int(row[6]) for row in rows],
                    relations=[_number(labels["relations"], row[7].split(":")[0]) for row in rows],
                )
            )
    return lessons


def _number(names: list[str], name: str) -> int:
    if name not in names:
        names.append(name)
    return names.index(name)


def read_corpus(data: Path) -> Iterator[list[str]]:
    """Give all news text as lists of looked-up forms, one an article."""
    for name in _NEWS:
        for row in read_rows(data / name):
            yield [
                spelling(token.text)[0]
                for token in split_subtokens(row["text"], start=0, end=len(row["text"]))
            ]
    for row in read_rows(data / "compression/google_train.jsonl"):
        yield [spelling(token)[0] for token in row["tokens"]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The known forms and endings and their numbers."""

    words: dict[str, int]
    suffixes: dict[str, int]


def count_vocabulary(corpus: Sequence[Sequence[str]], treebank: Sequence[Lesson]) -> Vocabulary:
    """Number the commonest forms, and the commonest endings of the forms."""
    counts = Counter(form for forms in corpus for form in forms)
    counts.update(spelling(token)[0] for lesson in treebank for token in lesson.tokens)
    words = [form for form, count in counts.most_common(_MAX_WORDS) if count >= _MIN_COUNT]
    endings = Counter(form[-SUFFIX_CHARS:] for form in counts)
    suffixes = [ending for ending, _ in endings.most_common(_MAX_SUFFIXES)]
    return Vocabulary(
        {form: place for place, form in enumerate(words, start=FIRST_FREE)},
        {ending: place for place, ending in enumerate(suffixes, start=FIRST_FREE)},
    )


def make_vectors(
    corpus: Sequence[Sequence[str]], vocabulary: Vocabulary, *, size: int
) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Factorise the positive pointwise mutual information of words that stand near each other.

    Levy, Goldberg and Dagan, "Improving distributional similarity with lessons learned from word
    embeddings" (TACL 2015): context distribution smoothed by .75, singular values to the power .5.

    Returns:
        One row of `size` numbers for each number of the vocabulary, with unit variance in all.
    """
    total = len(vocabulary.words) + FIRST_FREE
    ids = np.fromiter(
        (vocabulary.words.get(form, 1) for forms in corpus for form in [*forms, ""]), dtype=np.int64
    )
    keys, counts = np.unique(
        np.concatenate([ids[:-gap] * total + ids[gap:] for gap in range(1, _WINDOW + 1)]),
        return_counts=True,
    )
    left, right = (
        np.concatenate([keys // total, keys % total]),
        np.concatenate([keys % total, keys // total]),
    )
    counts = np.concatenate([counts, counts]).astype(np.float64)
    is_word = (left != 1) & (right != 1)
    left, right, counts = left[is_word], right[is_word], counts[is_word]
    row = np.bincount(left, counts, total)
    column = np.bincount(right, counts, total) ** 0.75
    column /= column.sum()
    information = np.log(counts / (row[left] * column[right]))
    good = information > 0
    matrix = torch.sparse_coo_tensor(
        torch.from_numpy(np.stack([left[good], right[good]])),
        torch.from_numpy(information[good]).float(),
        (total, total),
    ).coalesce()
    u, s, _ = torch.svd_lowrank(matrix, q=size, niter=3)
    vectors = (u * s.sqrt()).numpy()
    return (vectors / vectors.std()).astype(np.float32)
