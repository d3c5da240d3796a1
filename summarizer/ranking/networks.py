"""Small neural networks as plain numbers: reading them and computing with them.

Must not know what the numbers going in mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from summarizer.ranking.method import FloatArray

LIMIT = 4.0
"""Inputs count up to so many standard deviations from their mean."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Network:
    """One hidden layer of rectified units beside a linear path, over standardised inputs.

    Attributes:
        mean: of each input.
        scale: one over the standard deviation of each input.
        hidden: inputs by hidden units.
        hidden_bias: one number a hidden unit.
        output: one weight a hidden unit.
        linear: one weight an input.
        bias: what is added in the end.
    """

    mean: FloatArray
    scale: FloatArray
    hidden: FloatArray
    hidden_bias: FloatArray
    output: FloatArray
    linear: FloatArray
    bias: float

    def __call__(self, features: FloatArray) -> FloatArray:
        """Return one number a row.

        Args:
            features: rows by inputs.
        """
        inputs = self.standardise(features)
        units = np.maximum(inputs @ self.hidden + self.hidden_bias, 0.0)
        values: FloatArray = units @ self.output + inputs @ self.linear + self.bias
        return values

    def shares(self, features: FloatArray) -> FloatArray:
        """Return what each input added to the value of its row: gradient times input.

        Args:
            features: rows by inputs.
        """
        inputs = self.standardise(features)
        is_active = inputs @ self.hidden + self.hidden_bias > 0.0
        slopes = (is_active * self.output) @ self.hidden.T + self.linear
        return np.asarray(slopes * inputs)

    def standardise(self, features: FloatArray) -> FloatArray:
        """Bring inputs to mean 0 and deviation 1, within `LIMIT`.

        Args:
            features: rows by inputs.
        """
        inputs = features - self.mean
        inputs *= self.scale
        np.minimum(inputs, LIMIT, out=inputs)
        np.maximum(inputs, -LIMIT, out=inputs)
        return inputs

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Network:
        """Read a network as `to_json` wrote it.

        Args:
            values: its attributes, as lists of numbers.
        """
        arrays: dict[str, Any] = {name: np.array(value) for name, value in values.items()}
        return cls(**{**arrays, "bias": float(values["bias"])})

    def to_json(self) -> dict[str, Any]:
        """Return the network as lists of numbers, four decimals each."""
        return {name: np.round(getattr(self, name), 4).tolist() for name in self.__slots__}


def join_networks(networks: Sequence[Network]) -> Network:
    """Return one network that computes the mean of several with the same inputs and scales.

    Args:
        networks: at least one.
    """
    share = 1.0 / len(networks)
    return Network(
        mean=networks[0].mean,
        scale=networks[0].scale,
        hidden=np.hstack([network.hidden for network in networks]),
        hidden_bias=np.concatenate([network.hidden_bias for network in networks]),
        output=np.concatenate([network.output for network in networks]) * share,
        linear=sum((network.linear for network in networks), np.zeros(1)) * share,
        bias=sum(network.bias for network in networks) * share,
    )
