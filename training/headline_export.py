"""The networks as the files that the library reads.

Knows the arrays of `summarizer.headline.network`: it must not know how they were learned.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.headline_data import Vocabulary
from training.headline_nets import Network


def export_words(vocabulary: Vocabulary, labels: dict[str, list[str]], folder: Path) -> None:
    """Write what the networks tell apart, and by which numbers."""
    known = {
        "tags": labels["tags"],
        "relations": labels["relations"],
        "words": list(vocabulary.words),
        "suffixes": list(vocabulary.suffixes),
    }
    (folder / "headline_words.json").write_text(
        json.dumps(known, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )


def export(network: Network, path: Path) -> None:
    """Write one network: eight bits for most weights."""
    heads = network.heads
    answers = (heads.keep, heads.relations, heads.dependent, heads.head)
    halves = {
        "suffixes": network.suffixes.weight,
        "shapes": network.shapes.weight,
        "root": heads.root[None],
        "tags": heads.tags.weight.T,
        "tags_bias": heads.tags.bias,
        "answers": torch.cat([part.weight for part in answers]).T,
        "answers_bias": torch.cat([part.bias for part in answers]),
    }
    arrays: dict[str, np.ndarray[Any, Any]] = {
        name: _array(tensor).astype(np.float16) for name, tensor in halves.items()
    }
    _quantise(arrays, "words", _array(network.words.weight), axis=1)
    for name, layer in (("first", network.first), ("second", network.second)):
        for kind, role in (("weight_ih", "input"), ("weight_hh", "state")):
            both = [_gates(getattr(layer, f"{kind}_l0{end}")).T for end in ("", "_reverse")]
            _quantise(arrays, f"{name}_{role}", np.stack(both), axis=1)
        both = [
            _gates(getattr(layer, f"bias_ih_l0{end}") + getattr(layer, f"bias_hh_l0{end}"))
            for end in ("", "_reverse")
        ]
        arrays[f"{name}_bias"] = np.stack(both).astype(np.float16)
    np.savez_compressed(path, **arrays)


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
