"""Lessons as padded batches, and what a network is told of its answers.

Knows batches and losses: it must not know files or kinds of network.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from summarizer.headline.encoding import PAD, encode
from training.headline_data import Lesson, Vocabulary
from training.headline_nets import Answers

_BATCH_TOKENS = 1200
_IGNORED = -100
_LONGEST = 90


class Batcher:
    """Words as numbers, and lessons in shuffled batches, for both networks."""

    def __init__(self, vocabulary: Vocabulary, *, seed: int) -> None:
        self._vocabulary = vocabulary
        self._random = random.Random(seed)

    def encode(self, tokens: Sequence[str]) -> Tensor:
        """Return (word, suffix, shape) by tokens."""
        columns = encode(tokens, words=self._vocabulary.words, suffixes=self._vocabulary.suffixes)
        return torch.tensor(columns)

    def batches(self, lessons: Sequence[Lesson]) -> Iterator[tuple[Tensor, list[Lesson]]]:
        """Give the lessons in batches of like length, shuffled."""
        order = [lesson for lesson in lessons if len(lesson.tokens) <= _LONGEST]
        order.sort(key=lambda lesson: len(lesson.tokens) + self._random.random() * 3)
        groups: list[list[Lesson]] = [[]]
        for lesson in order:
            if (len(groups[-1]) + 1) * len(lesson.tokens) > _BATCH_TOKENS:
                groups.append([])
            groups[-1].append(lesson)
        self._random.shuffle(groups)
        for group in filter(None, groups):
            yield self.pad([lesson.tokens for lesson in group]), group

    def pad(self, sentences: Sequence[Sequence[str]]) -> Tensor:
        """Return sentences by (word, suffix, shape) by tokens."""
        size = max(map(len, sentences))
        batch = torch.full((len(sentences), 3, size), PAD)
        for row, tokens in enumerate(sentences):
            batch[row, :, : len(tokens)] = self.encode(tokens)
        return batch


def _column(group: Sequence[Lesson], name: str, size: int) -> Tensor | None:
    columns = [getattr(lesson, name) for lesson in group]
    if all(column is None for column in columns):
        return None
    is_float = name in ("keep", "taken")
    result = torch.full((len(group), size), float(_IGNORED) if is_float else _IGNORED)
    for row, column in enumerate(columns):
        if column is not None:
            result[row, : len(column)] = torch.tensor(column)
    return result


def lesson_loss(answers: Answers, group: Sequence[Lesson]) -> Tensor:
    """Return the loss against whatever the lessons have annotated."""
    size = answers.keep.shape[1]
    loss = torch.zeros(())
    for name, odds, weight in (("keep", answers.keep, 1.0), ("taken", answers.taken, 0.5)):
        marks = _column(group, name, size)
        if marks is not None:
            is_known = marks != _IGNORED
            loss = loss + weight * functional.binary_cross_entropy_with_logits(
                odds[is_known], marks[is_known]
            )
    for name, logits, weight in (
        ("tags", answers.tags, 0.5),
        ("heads", answers.arcs, 0.5),
        ("relations", answers.relations, 0.25),
    ):
        gold = _column(group, name, size)
        if gold is not None:
            loss = loss + weight * functional.cross_entropy(
                logits.flatten(0, 1), gold.flatten(), ignore_index=_IGNORED
            )
    return loss
