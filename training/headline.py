"""Train the headline network: teachers on what people marked, a student on what they teach.

    python -m training.headline --data ../shared/data

Knows the whole of the training: it must not be imported by the library.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from summarizer.headline.encoding import PAD, encode
from training.headline_data import (
    Lesson,
    Vocabulary,
    count_vocabulary,
    make_vectors,
    read_compressions,
    read_corpus,
    read_news_sentences,
    read_treebank,
)
from training.headline_nets import STUDENT_WIDTH, Answers, Sizes, Student, Teacher

_BATCH_TOKENS = 900
_IGNORED = -100
_LONGEST = 90


class Coach:
    """Batches, losses and scores that all the networks share."""

    def __init__(self, vocabulary: Vocabulary, *, seed: int) -> None:
        self._vocabulary = vocabulary
        self._random = random.Random(seed)

    def encode(self, tokens: Sequence[str]) -> Tensor:
        """Return (word, suffix, shape, position) by tokens."""
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
        for group in groups:
            yield self.pad([lesson.tokens for lesson in group]), group

    def pad(self, sentences: Sequence[Sequence[str]]) -> Tensor:
        """Return sentences by (word, suffix, shape, position) by tokens."""
        size = max(map(len, sentences))
        batch = torch.full((len(sentences), 4, size), PAD)
        for row, tokens in enumerate(sentences):
            batch[row, :, : len(tokens)] = self.encode(tokens)
        return batch


def _column(group: Sequence[Lesson], name: str, size: int) -> Tensor | None:
    columns = [getattr(lesson, name) for lesson in group]
    if all(column is None for column in columns):
        return None
    is_float = name == "keep"
    result = torch.full((len(group), size), float(_IGNORED) if is_float else _IGNORED)
    for row, column in enumerate(columns):
        if column is not None:
            result[row, : len(column)] = torch.tensor(column)
    return result


def lesson_loss(answers: Answers, group: Sequence[Lesson]) -> Tensor:
    """Return the loss against whatever the lessons have annotated."""
    size = answers.keep.shape[1]
    loss = torch.zeros(())
    keep = _column(group, "keep", size)
    if keep is not None:
        is_known = keep != _IGNORED
        loss = loss + functional.binary_cross_entropy_with_logits(
            answers.keep[is_known], keep[is_known]
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


def train_teacher(
    coach: Coach,
    teacher: Teacher,
    *,
    compressions: Sequence[Lesson],
    treebank: Sequence[Lesson],
    dev: Sequence[Lesson],
    passes: int,
) -> None:
    """Teach a network what people marked, the treebank beside the compressions."""
    optimizer = torch.optim.Adam(teacher.parameters(), lr=2e-3)
    for number in range(passes):
        for group in optimizer.param_groups:
            group["lr"] = 2e-3 * (1 - number / passes)
        share = treebank[number % 2 :: 2]
        begun = time.perf_counter()
        teacher.train()
        for batch, lessons in _mixed(coach, compressions, share):
            optimizer.zero_grad()
            lesson_loss(teacher(batch), lessons).backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), 2.0)
            optimizer.step()
        print(number, round(time.perf_counter() - begun), score([teacher], coach, dev), flush=True)


def _mixed(coach: Coach, *kinds: Sequence[Lesson]) -> Iterator[tuple[Tensor, list[Lesson]]]:
    batches = [batch for lessons in kinds for batch in coach.batches(lessons)]
    random.Random(len(batches)).shuffle(batches)
    yield from batches


def keep_odds(
    networks: Sequence[nn.Module], coach: Coach, lessons: Sequence[Lesson]
) -> list[np.ndarray[Any, Any]]:
    """Return the mean log odds of the networks for each token of each lesson."""
    result = []
    for network in networks:
        network.eval()
    with torch.no_grad():
        for start in range(0, len(lessons), 16):
            group = lessons[start : start + 16]
            batch = coach.pad([lesson.tokens for lesson in group])
            odds = sum(network(batch).keep for network in networks) / len(networks)
            result += [
                row[: len(lesson.tokens)].numpy() for row, lesson in zip(odds, group, strict=True)
            ]
    return result


def token_f1(
    odds: Sequence[np.ndarray[Any, Any]], dev: Sequence[Lesson], *, above: float
) -> tuple[float, float]:
    """Return mean F1 of the kept tokens of each sentence, and the share of tokens kept."""
    scores, kept, total = [], 0, 0
    for row, lesson in zip(odds, dev, strict=True):
        gold = np.array(lesson.keep) > 0.5
        flags = row > above
        both = (gold & flags).sum()
        scores.append(2 * both / max(1, gold.sum() + flags.sum()))
        kept, total = kept + flags.sum(), total + len(gold)
    return float(np.mean(scores)), kept / total


def score(networks: Sequence[nn.Module], coach: Coach, dev: Sequence[Lesson]) -> list[str]:
    """Return the F1 and rate at several thresholds."""
    odds = keep_odds(networks, coach, dev)
    return [
        "{}: {:.4f} at {:.3f}".format(above, *token_f1(odds, dev, above=above))
        for above in (0.0, -0.3, -0.6)
    ]


def teach(
    teachers: Sequence[nn.Module], coach: Coach, sentences: Sequence[list[str]]
) -> list[Lesson]:
    """Return what the teachers say of sentences that nobody marked, as lessons."""
    lessons = []
    for teacher in teachers:
        teacher.eval()
    order = sorted(sentences, key=len)
    with torch.no_grad():
        for start in range(0, len(order), 32):
            group = order[start : start + 32]
            batch = coach.pad(group)
            answers = [teacher(batch) for teacher in teachers]
            keep, tags, arcs, relations = (
                sum(parts[1:], parts[0]) / len(teachers) for parts in zip(*answers, strict=True)
            )
            for row, tokens in enumerate(group):
                size = len(tokens)
                lessons.append(
                    Lesson(
                        tokens,
                        keep=keep[row, :size].sigmoid().tolist(),
                        tags=tags[row, :size].argmax(-1).tolist(),
                        heads=arcs[row, :size].argmax(-1).tolist(),
                        relations=relations[row, :size].argmax(-1).tolist(),
                    )
                )
    return lessons


def parsing_scores(network: nn.Module, coach: Coach, lessons: Sequence[Lesson]) -> dict[str, float]:
    """Return the share of right tags, heads (UAS) and heads with relations (LAS)."""
    network.eval()
    right = np.zeros(3)
    total = 0
    with torch.no_grad():
        for lesson in lessons:
            answers = network(coach.pad([lesson.tokens]))
            heads = answers.arcs[0].argmax(-1) == torch.tensor(lesson.heads)
            relations = answers.relations[0].argmax(-1) == torch.tensor(lesson.relations)
            tags = answers.tags[0].argmax(-1) == torch.tensor(lesson.tags)
            right += [int(tags.sum()), int(heads.sum()), int((heads & relations).sum())]
            total += len(lesson.tokens)
    return dict(zip(("tags", "uas", "las"), (right / total).round(4).tolist(), strict=True))


def best_threshold(odds: Sequence[np.ndarray[Any, Any]], dev: Sequence[Lesson]) -> float:
    """Return the log odds with the best F1 among those that keep .38 to .50 of the tokens."""
    found = []
    for above in np.arange(-1.0, 0.6, 0.05):
        f1, rate = token_f1(odds, dev, above=float(above))
        if 0.39 <= rate <= 0.48:
            found.append((f1, float(above)))
    return round(max(found)[1], 2)


def export(
    student: Student,
    vocabulary: Vocabulary,
    labels: dict[str, list[str]],
    *,
    threshold: float,
    folder: Path,
) -> None:
    """Write the two files that `summarizer.headline.network` reads."""
    heads = student.heads
    words = student.words.weight.detach().numpy()
    scale = np.maximum(np.abs(words).max(axis=1, keepdims=True), 1e-6) / 127
    arrays: dict[str, np.ndarray[Any, Any]] = {
        "words": np.round(words / scale).astype(np.int8),
        "words_scale": scale,
        "root": heads.root[None],
        "suffixes": student.suffixes.weight,
        "shapes": student.shapes.weight,
        "positions": student.positions.weight,
    }
    for kind, layers in (("early", student.early), ("late", student.late)):
        for place, layer in enumerate(layers):
            arrays[f"{kind}{place}"] = layer.weight.T.reshape(3, STUDENT_WIDTH, STUDENT_WIDTH)
            arrays[f"{kind}{place}_bias"] = layer.bias
    arrays["tags"], arrays["tags_bias"] = heads.tags.weight.T, heads.tags.bias
    # The root of the scale is taken out of the question, so that nothing is left to divide.
    scaled = student.offers.weight.shape[0] ** -0.5
    for name, parts in (
        ("attention", ((student.values, 1.0), (student.asks, scaled), (student.offers, 1.0))),
        (
            "answers",
            tuple(
                (part, 1.0) for part in (heads.keep, heads.relations, heads.dependent, heads.head)
            ),
        ),
    ):
        arrays[name] = torch.cat([part.weight * factor for part, factor in parts]).T
        arrays[f"{name}_bias"] = torch.cat([part.bias * factor for part, factor in parts])
    stored = {
        name: array if isinstance(array, np.ndarray) else array.detach().numpy()
        for name, array in arrays.items()
    }
    np.savez_compressed(
        folder / "headline_network.npz",
        **{
            name: array if array.dtype == np.int8 else array.astype(np.float16)
            for name, array in stored.items()
        },
    )
    known = {
        "tags": labels["tags"],
        "relations": labels["relations"],
        "threshold": threshold,
        "words": list(vocabulary.words),
        "suffixes": list(vocabulary.suffixes),
    }
    (folder / "headline_words.json").write_text(
        json.dumps(known, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )
