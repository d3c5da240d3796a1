"""The headline network: for each word of a sentence whether it stays, its class and its head.

Dilated convolutions with one attention layer, in NumPy; `training.headline` makes the parameters.
Must not know characters, spans or budgets.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from summarizer.headline.encoding import encode

Floats = NDArray[np.float32]

EARLY_DILATIONS = (1, 2, 4)
LATE_DILATIONS = (1, 2)
# Attention takes quadratic time, and no news sentence is longer.
LONGEST = 160
"""Longer input is read in stretches of so many tokens."""
# One sentence gives the same numbers in every company; so far they are the same everywhere.
_DECIMALS = 3
# OpenBLAS divides products of more multiplications than this among threads.
_ONE_THREAD = 500_000


class Reading(NamedTuple):
    """What the network says of a sentence of n tokens.

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


@dataclass(frozen=True, slots=True)
class Network:
    """The parameters, and the names of what they tell apart.

    Attributes:
        words: the number of each known form.
        suffixes: the number of each known ending.
        tags: the names of the word classes (Universal Dependencies).
        relations: the names of the relations, without subtypes.
        weights: arrays by name.
    """

    words: Mapping[str, int]
    suffixes: Mapping[str, int]
    tags: Sequence[str]
    relations: Sequence[str]
    weights: Mapping[str, Floats]

    def read(self, tokens: Sequence[str]) -> Reading:
        """Read the tokens of one sentence; one too long is read in stretches."""
        reading = Reading([], [], [], [])
        for start in range(0, len(tokens), LONGEST):
            part = self._read(tokens[start : start + LONGEST])
            reading.keep.extend(part.keep)
            reading.tags.extend(part.tags)
            reading.heads.extend(head + start if head >= 0 else -1 for head in part.heads)
            reading.relations.extend(part.relations)
        return reading

    def _read(self, tokens: Sequence[str]) -> Reading:
        weights = self.weights
        states = self._embed(tokens)
        for place, dilation in enumerate(EARLY_DILATIONS):
            _convolve(states, weights[f"early{place}"], weights[f"early{place}_bias"], dilation)
        tags = product(states, weights["tags"]) + weights["tags_bias"]
        projected = product(states, weights["attention"]) + weights["attention_bias"]
        width = states.shape[1]
        arc_width = (projected.shape[1] - width) // 2
        asks, offers = projected[:, width : width + arc_width], projected[:, width + arc_width :]
        attention = product(asks, offers.T)
        attention -= attention.max(axis=1, keepdims=True)
        np.exp(attention, out=attention)
        attention /= attention.sum(axis=1, keepdims=True)
        mixed = product(attention, projected[:, :width])
        states += np.maximum(mixed, 0, out=mixed)
        for place, dilation in enumerate(LATE_DILATIONS):
            _convolve(states, weights[f"late{place}"], weights[f"late{place}_bias"], dilation)
        answers = product(states, weights["answers"]) + weights["answers_bias"]
        return self._decide(answers, tags)

    def _embed(self, tokens: Sequence[str]) -> Floats:
        weights = self.weights
        columns = encode(tokens, words=self.words, suffixes=self.suffixes)
        words = np.array(columns.words)
        states: Floats = weights["words"][words] * weights["words_scale"][words]
        states += weights["suffixes"][columns.suffixes]
        states += weights["shapes"][columns.shapes]
        states += weights["positions"][columns.positions]
        return states

    def _decide(self, answers: Floats, tags: Floats) -> Reading:
        """Read the columns: keep, relations, dependent, head."""
        last = 1 + len(self.relations)
        arc_width = (answers.shape[1] - last) // 2
        dependents, heads = answers[:, last : last + arc_width], answers[:, last + arc_width :]
        arcs = product(dependents, np.concatenate([self.weights["root"], heads]).T)
        return Reading(
            np.round(answers[:, 0].astype(np.float64), _DECIMALS).tolist(),
            tags.argmax(axis=1).tolist(),
            (np.round(arcs, _DECIMALS).argmax(axis=1) - 1).tolist(),
            answers[:, 1:last].argmax(axis=1).tolist(),
        )


def _convolve(states: Floats, kernels: Floats, bias: Floats, dilation: int) -> None:
    """Add to each state what it and the states at a distance on both sides make together.

    Args:
        states: tokens by width; changed in place.
        kernels: before, at and after the token, by width, by width.
        bias: width.
        dilation: the distance in tokens.
    """
    before, here, after = kernels
    result = product(states, here)
    result += bias
    result[dilation:] += product(states[:-dilation], before)
    result[:-dilation] += product(states[dilation:], after)
    states += np.maximum(result, 0, out=result)


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


def load_arrays(name: str) -> dict[str, Floats]:
    """Load a file of arrays that comes with the package.

    What is stored in eight bits is multiplied by its scale, but for the word vectors: of these few
    rows are ever used.
    """
    path = resources.files("summarizer") / "data" / name
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        found = {key: arrays[key] for key in arrays.files}
    for key, array in found.items():
        if array.dtype != np.int8:
            found[key] = array.astype(np.float32)
        elif key != "words":
            found[key] = array * found[f"{key}_scale"].astype(np.float32)
    return found


@cache
def load_network() -> Network:
    """Load the network that comes with the package; once in each process."""
    folder = resources.files("summarizer") / "data"
    known = json.loads(folder.joinpath("headline_words.json").read_text(encoding="utf-8"))
    return Network(
        words={form: number for number, form in enumerate(known["words"], start=2)},
        suffixes={ending: number for number, ending in enumerate(known["suffixes"], start=2)},
        tags=known["tags"],
        relations=known["relations"],
        weights=load_arrays("headline_network.npz"),
    )
