"""How good a headline network is on sentences that people marked.

Knows answers and gold marks: it must not know how the networks learn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import nn

from summarizer.headline.compression import choose_flags
from training.headline_data import Lesson
from training.headline_lessons import Batcher


def keep_odds(
    networks: Sequence[nn.Module], batcher: Batcher, lessons: Sequence[Lesson]
) -> list[np.ndarray[Any, Any]]:
    """Return the mean log odds of the networks for each token of each lesson."""
    result = []
    for network in networks:
        network.eval()
    with torch.no_grad():
        for start in range(0, len(lessons), 16):
            group = lessons[start : start + 16]
            batch = batcher.pad([lesson.tokens for lesson in group])
            odds = sum(network(batch).keep for network in networks) / len(networks)
            result += [
                row[: len(lesson.tokens)].numpy() for row, lesson in zip(odds, group, strict=True)
            ]
    return result


def score(
    networks: Sequence[nn.Module], batcher: Batcher, dev: Sequence[Lesson]
) -> tuple[float, float]:
    """Return the mean F1 of the kept tokens of each sentence, and the share of tokens kept."""
    scores, kept, total = [], 0, 0
    for row, lesson in zip(keep_odds(networks, batcher, dev), dev, strict=True):
        gold = np.array(lesson.keep) > 0.5
        flags = np.array(choose_flags((1 / (1 + np.exp(-row.astype(np.float64)))).tolist()))
        scores.append(2 * (gold & flags).sum() / max(1, gold.sum() + flags.sum()))
        kept, total = kept + flags.sum(), total + len(gold)
    return round(float(np.mean(scores)), 4), round(kept / total, 4)


def parsing_scores(
    networks: Sequence[nn.Module], batcher: Batcher, lessons: Sequence[Lesson]
) -> dict[str, float]:
    """Return the share of right tags, heads (UAS) and heads with relations (LAS)."""
    for network in networks:
        network.eval()
    right = np.zeros(3)
    total = 0
    with torch.no_grad():
        for lesson in lessons:
            answers = [network(batcher.pad([lesson.tokens])) for network in networks]
            heads, relations, tags = (
                sum(getattr(own, name)[0] for own in answers).argmax(-1)
                == torch.tensor(getattr(lesson, column))
                for name, column in (
                    ("arcs", "heads"),
                    ("relations", "relations"),
                    ("tags", "tags"),
                )
            )
            right += [int(tags.sum()), int(heads.sum()), int((heads & relations).sum())]
            total += len(lesson.tokens)
    return dict(zip(("tags", "uas", "las"), (right / total).round(4).tolist(), strict=True))
