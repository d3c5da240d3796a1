"""The headline networks: for each word of a sentence whether it stays, its class and its head.

What two networks say, in the mean. Each is two layers of long short-term memory, read from both
ends (Hochreiter and Schmidhuber, "Long short-term memory", Neural Computation 1997), in NumPy;
`training.headline` makes the parameters.
Must not know characters, spans or budgets.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from summarizer.headline.encoding import Encoded, encode

Floats = NDArray[np.float32]

NUMBERS = (1, 2)
"""Of the networks."""
# Arcs take quadratic room, and no news sentence is longer.
LONGEST = 160
"""Longer input is read in stretches of so many tokens."""
# One sentence gives the same numbers in every company; so far they are the same everywhere.
_DECIMALS = 3
# OpenBLAS divides products of more multiplications than this among threads.
_ONE_THREAD = 500_000


class Predictions(NamedTuple):
    """What the networks say of a sentence of n tokens.

    Attributes:
        keep: n log odds of staying in a headline.
        tags: n numbers of word classes.
        heads: n places of the governing words; -1 is the root. It need not be a tree.
        relations: n numbers of relations to those words.
    """

    keep: list[float]
    tags: list[int]
    heads: list[int]
    relations: list[int]


class _Scores(NamedTuple):
    """What one network gives a sentence of n tokens: n rows each, of every choice."""

    keep: Floats
    tags: Floats
    heads: Floats
    relations: Floats


@dataclass(frozen=True, slots=True)
class Networks:
    """The parameters, and the names of what they tell apart.

    Attributes:
        words: the number of each known form.
        suffixes: the number of each known ending.
        tags: the names of the word classes (Universal Dependencies).
        relations: the names of the relations, without subtypes.
        weights: of each network arrays by name; for each layer what the input and the state before
            give to the gates, with both directions (onwards and back) along the first axis.
    """

    words: Mapping[str, int]
    suffixes: Mapping[str, int]
    tags: Sequence[str]
    relations: Sequence[str]
    weights: Sequence[Mapping[str, Floats]]

    def read(self, tokens: Sequence[str]) -> Predictions:
        """Read the tokens of one sentence; one too long is read in stretches."""
        reading = Predictions([], [], [], [])
        for start in range(0, len(tokens), LONGEST):
            part = self._read(tokens[start : start + LONGEST])
            reading.keep.extend(part.keep)
            reading.tags.extend(part.tags)
            reading.heads.extend(head + start if head >= 0 else -1 for head in part.heads)
            reading.relations.extend(part.relations)
        return reading

    def _read(self, tokens: Sequence[str]) -> Predictions:
        columns = encode(tokens, words=self.words, suffixes=self.suffixes)
        scores = [self._score(columns, weights) for weights in self.weights]
        keep, tags, heads, relations = (
            np.array(own, dtype=np.float64).mean(axis=0).round(_DECIMALS)
            for own in zip(*scores, strict=True)
        )
        return Predictions(
            keep[:, 0].tolist(),
            tags.argmax(axis=1).tolist(),
            (heads.argmax(axis=1) - 1).tolist(),
            relations.argmax(axis=1).tolist(),
        )

    def _score(self, columns: Encoded, weights: Mapping[str, Floats]) -> _Scores:
        early = _run(_embed(columns, weights), weights, "first")
        late = _run(early, weights, "second")
        answers = product(late, weights["answers"]) + weights["answers_bias"]
        last = 1 + len(self.relations)
        arc_width = (answers.shape[1] - last) // 2
        dependents, heads = answers[:, last : last + arc_width], answers[:, last + arc_width :]
        return _Scores(
            keep=answers[:, :1],
            tags=product(early, weights["tags"]) + weights["tags_bias"],
            heads=product(dependents, np.concatenate([weights["root"], heads]).T),
            relations=answers[:, 1:last],
        )


def _embed(columns: Encoded, weights: Mapping[str, Floats]) -> Floats:
    words = np.array(columns.words)
    return np.concatenate(
        [
            weights["words"][words] * weights["words_scale"][words],
            weights["suffixes"][columns.suffixes],
            weights["shapes"][columns.shapes],
        ],
        axis=1,
    )


def _run(states: Floats, weights: Mapping[str, Floats], name: str) -> Floats:
    """Run one layer from both ends at once: step i reads token i and the i-th from the end."""
    given, kept, bias = (weights[f"{name}_{role}"] for role in ("input", "state", "bias"))
    count, width = len(states), kept.shape[1]
    inputs = np.stack(
        [product(states, given[0]) + bias[0], product(states[::-1], given[1]) + bias[1]], axis=1
    )
    hidden = np.zeros((2, width), np.float32)
    cell = np.zeros((2, width), np.float32)
    result = np.empty((count, 2 * width), np.float32)
    for step in range(count):
        gates = inputs[step]
        gates[0] += hidden[0] @ kept[0]
        gates[1] += hidden[1] @ kept[1]
        opened = 1 / (1 + np.exp(-gates[:, : 3 * width]))
        cell = opened[:, width : 2 * width] * cell
        cell += opened[:, :width] * np.tanh(gates[:, 3 * width :])
        hidden = opened[:, 2 * width :] * np.tanh(cell)
        result[step, :width] = hidden[0]
        result[count - 1 - step, width:] = hidden[1]
    return result


def product(rows: Floats, matrix: Floats) -> Floats:
    """Multiply in blocks so small that the linear algebra library takes one thread for each.

    Several threads only wait for each other here, for milliseconds where the machine is busy.
    """
    block = _ONE_THREAD // matrix.size
    if len(rows) <= block:
        return rows @ matrix
    return np.concatenate(
        [rows[start : start + block] @ matrix for start in range(0, len(rows), block)]
    )


@cache
def load_networks() -> Networks:
    """Load the networks that come with the package; once in each process."""
    folder = resources.files("summarizer") / "data"
    known = json.loads(folder.joinpath("headline_words.json").read_text(encoding="utf-8"))
    return Networks(
        words={form: number for number, form in enumerate(known["words"], start=2)},
        suffixes={ending: number for number, ending in enumerate(known["suffixes"], start=2)},
        tags=known["tags"],
        relations=known["relations"],
        weights=[_load(folder / f"headline_network_{number}.npz") for number in NUMBERS],
    )


def _load(path: Traversable) -> dict[str, Floats]:
    """Load a file of arrays; most are stored in eight bits beside their scale."""
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        weights = {key: arrays[key] for key in arrays.files}
    for key, array in weights.items():
        if array.dtype != np.int8:
            weights[key] = array.astype(np.float32)
        # Of the word vectors few rows are ever used.
        elif key != "words":
            weights[key] = array * weights[f"{key}_scale"].astype(np.float32)
    return weights
