"""Small neural networks as plain numbers: reading them and computing with them.

Must not know what the numbers going in mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from summarizer.ranking.method import FloatArray

INPUT_STEPS = 2.0**10
WEIGHT_STEPS = 2.0**12
"""Inputs and weights are whole numbers of such parts of 1. Sums of their products are exact, so
that neither the order of summing up nor what is computed beside them makes any difference."""

_MOST = 8
_CHANCE_STEPS = 64
_CHANCES = 1.0 / (1.0 + np.exp(-np.arange(-_MOST, _MOST, 1.0 / _CHANCE_STEPS)))
_CHANCES = np.rint(_CHANCES * WEIGHT_STEPS) / WEIGHT_STEPS


def chances(values: FloatArray) -> FloatArray:
    """Return the logistic function in steps, the same on every machine.

    Args:
        values: any numbers.
    """
    steps = np.rint((values + _MOST) * _CHANCE_STEPS)
    return np.asarray(_CHANCES.take(steps.astype(np.int64), mode="clip"))


def in_steps(values: FloatArray) -> FloatArray:
    """Bring values to whole numbers of `1 / INPUT_STEPS`, in place.

    Args:
        values: what is to be an input.
    """
    values *= INPUT_STEPS
    np.rint(values, out=values)
    values *= 1.0 / INPUT_STEPS
    return values


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Network:
    """One hidden layer of rectified units beside a linear path.

    Attributes:
        mean: what each input is on average.
        hidden: hidden units by inputs.
        hidden_bias: one number a hidden unit.
        output: one weight a hidden unit.
        linear: one weight an input.
        bias: what is added in the end.
    """

    mean: FloatArray
    hidden: FloatArray
    hidden_bias: FloatArray
    output: FloatArray
    linear: FloatArray
    bias: float

    def __call__(self, inputs: FloatArray) -> FloatArray:
        """Return one number a column.

        Args:
            inputs: inputs by columns, as `in_steps` gives them.
        """
        return self._values(inputs, self._units(inputs))

    def explain(self, inputs: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return one number a column, and what each input added to it: gradient times deviation.

        Args:
            inputs: inputs by columns, as `in_steps` gives them.
        """
        units = self._units(inputs)
        slopes = (self.hidden.T * self.output) @ (units > 0.0)
        slopes += self.linear[:, None]
        return self._values(inputs, units), slopes * (inputs - self.mean[:, None])

    def _units(self, inputs: FloatArray) -> FloatArray:
        units = self.hidden @ inputs
        units += self.hidden_bias[:, None]
        return np.maximum(units, 0.0, out=units)

    def _values(self, inputs: FloatArray, units: FloatArray) -> FloatArray:
        values: FloatArray = self.output @ units
        values += self.linear @ inputs
        values += self.bias
        return values

    def rounded(self) -> Network:
        """Return the network as it is once it was written and read."""
        return Network.from_json(self.to_json())

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Network:
        """Read a network as `to_json` wrote it.

        Args:
            values: its attributes, as whole numbers of `1 / WEIGHT_STEPS`.
        """
        arrays: dict[str, Any] = {
            name: np.array(value) / WEIGHT_STEPS for name, value in values.items()
        }
        return cls(**{**arrays, "bias": float(arrays["bias"])})

    def to_json(self) -> dict[str, Any]:
        """Return the network as lists of whole numbers of `1 / WEIGHT_STEPS`."""
        return {
            name: np.rint(np.multiply(getattr(self, name), WEIGHT_STEPS)).astype(int).tolist()
            for name in self.__slots__
        }


def join_networks(networks: Sequence[Network]) -> Network:
    """Return one network that computes the mean of several with the same inputs.

    Args:
        networks: at least one.
    """
    share = 1.0 / len(networks)
    first = networks[0]
    return Network(
        mean=first.mean,
        hidden=np.vstack([network.hidden for network in networks]),
        hidden_bias=np.concatenate([network.hidden_bias for network in networks]),
        output=np.concatenate([network.output for network in networks]) * share,
        linear=sum((network.linear for network in networks), np.zeros(1)) * share,
        bias=sum(network.bias for network in networks) * share,
    ).rounded()
