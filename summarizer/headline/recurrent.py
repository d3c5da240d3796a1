"""The recurrent network beside the convolutional one: log odds that a word stays in a headline.

Two layers of long short-term memory, each read from both ends (Hochreiter and Schmidhuber, "Long
short-term memory", Neural Computation 1997), in NumPy; `training.headline` makes the parameters.
Must not know characters, spans or budgets.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from summarizer.headline.encoding import Encoded
from summarizer.headline.network import Floats, load_arrays, product

_LAYERS = ("first", "second")
_DECIMALS = 3


class Recurrent:
    """The parameters, as float32 but for the word vectors.

    Args:
        weights: arrays by name; for each layer what the input and the state before give to the
            gates, with both directions (onwards and back) along the first axis.
    """

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self._weights = weights

    def read(self, columns: Encoded) -> list[float]:
        """Return for each token of one sentence the log odds of staying."""
        weights = self._weights
        words = np.array(columns.words)
        states = np.concatenate(
            [
                weights["words"][words] * weights["words_scale"][words],
                weights["suffixes"][columns.suffixes],
                weights["shapes"][columns.shapes],
            ],
            axis=1,
        )
        for name in _LAYERS:
            states = self._run(states, name)
        odds = product(states, weights["keep"]) + weights["keep_bias"]
        rounded: list[float] = np.round(odds[:, 0].astype(np.float64), _DECIMALS).tolist()
        return rounded

    def _run(self, states: Floats, name: str) -> Floats:
        """Run one layer from both ends at once: step i reads token i and the i-th from the end."""
        given, kept = self._weights[f"{name}_input"], self._weights[f"{name}_state"]
        bias = self._weights[f"{name}_bias"]
        count, width = len(states), kept.shape[1]
        inputs = np.stack(
            [
                product(states, given[0]) + bias[0],
                product(states[::-1], given[1]) + bias[1],
            ],
            axis=1,
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


@cache
def load_recurrent() -> Recurrent:
    """Load the network that comes with the package; once in each process."""
    return Recurrent(load_arrays("headline_recurrent.npz"))
