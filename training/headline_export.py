"""The networks as the files that the library reads.

Knows the arrays of `summarizer.headline.network` and `summarizer.headline.recurrent`: it must not
know how they were learned.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.headline_data import Vocabulary
from training.headline_nets import STUDENT_WIDTH, Student, Teacher


def export(
    student: Student,
    vocabulary: Vocabulary,
    labels: dict[str, list[str]],
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
        "words": list(vocabulary.words),
        "suffixes": list(vocabulary.suffixes),
    }
    (folder / "headline_words.json").write_text(
        json.dumps(known, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )


def export_recurrent(teacher: Teacher, folder: Path) -> None:
    """Write the file that `summarizer.headline.recurrent` reads: eight bits a weight."""
    arrays: dict[str, np.ndarray[Any, Any]] = {
        "suffixes": _array(teacher.suffixes.weight).astype(np.float16),
        "shapes": _array(teacher.shapes.weight).astype(np.float16),
        "keep": _array(teacher.heads.keep.weight.T).astype(np.float16),
        "keep_bias": _array(teacher.heads.keep.bias).astype(np.float16),
    }
    _quantise(arrays, "words", _array(teacher.words.weight), axis=1)
    for name, layer in (("first", teacher.first), ("second", teacher.second)):
        for kind, role in (("weight_ih", "input"), ("weight_hh", "state")):
            both = [_gates(getattr(layer, f"{kind}_l0{end}")).T for end in ("", "_reverse")]
            _quantise(arrays, f"{name}_{role}", np.stack(both), axis=1)
        both = [
            _gates(getattr(layer, f"bias_ih_l0{end}") + getattr(layer, f"bias_hh_l0{end}"))
            for end in ("", "_reverse")
        ]
        arrays[f"{name}_bias"] = np.stack(both).astype(np.float16)
    np.savez_compressed(folder / "headline_recurrent.npz", **arrays)


def _array(tensor: torch.Tensor) -> np.ndarray[Any, Any]:
    array: np.ndarray[Any, Any] = tensor.detach().numpy()
    return array


def _gates(tensor: torch.Tensor) -> np.ndarray[Any, Any]:
    """Bring the gates into the order in which they are computed: in, forget, out, then the new."""
    taken, forgotten, new, given = _array(tensor).reshape(4, -1, *tensor.shape[1:])
    return np.concatenate([taken, forgotten, given, new])


def _quantise(
    arrays: dict[str, np.ndarray[Any, Any]],
    name: str,
    values: np.ndarray[Any, Any],
    *,
    axis: int,
) -> None:
    scale = np.maximum(np.abs(values).max(axis=axis, keepdims=True), 1e-6) / 127
    arrays[name] = np.round(values / scale).astype(np.int8)
    arrays[f"{name}_scale"] = scale.astype(np.float32)
