"""The student as the two files that the library reads.

Knows the arrays of `summarizer.headline.network`: it must not know how they were learned.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.headline_data import Vocabulary
from training.headline_nets import STUDENT_WIDTH, Student


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
