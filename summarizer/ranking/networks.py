"""Small neural networks as plain numbers: reading them and computing with them.

Must not know what the numbers going in mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
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
# NumPy takes a number that is an array already in half the time.
_STEPS, _STEP = np.array(INPUT_STEPS), np.array(1.0 / INPUT_STEPS)


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
    values *= _STEPS
    np.rint(values, out=values)
    values *= _STEP
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
    # The linear path is one more unit, which is not rectified, to multiply once. Another one is
    # always 1, for the biases: max(x + bias, 0) is max(x, -bias) + bias, so that all of them come
    # to one number in the end.
    _first: FloatArray = field(init=False, repr=False)
    _floors: FloatArray = field(init=False, repr=False)
    _last: FloatArray = field(init=False, repr=False)
    _slopes: FloatArray = field(init=False, repr=False)
    _means: FloatArray = field(init=False, repr=False)

    def __post_init__(self) -> None:
        nothing = np.zeros_like(self.linear)
        slopes = np.vstack([self.hidden * self.output[:, None], self.linear, nothing])
        joined = {
            "_first": np.vstack([self.hidden, self.linear, nothing]),
            "_floors": np.append(-self.hidden_bias, [-np.inf, 1.0])[:, None],
            "_last": np.append(self.output, [1.0, self.output @ self.hidden_bias + self.bias]),
            "_slopes": np.ascontiguousarray(slopes.T),
            "_means": self.mean[:, None],
        }
        for name, value in joined.items():
            object.__setattr__(self, name, value)

    def __call__(self, inputs: FloatArray) -> FloatArray:
        """Return one number a column.

        Args:
            inputs: inputs by columns, as `in_steps` gives them.
        """
        return np.asarray(self._last @ self._units(inputs))

    def explain(self, inputs: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return one number a column, and what each input added to it: gradient times deviation.

        Args:
            inputs: inputs by columns, as `in_steps` gives them.
        """
        units = self._units(inputs)
        slopes = self._slopes @ (units > self._floors).astype(np.float64)
        slopes *= inputs - self._means
        return np.asarray(self._last @ units), slopes

    def _units(self, inputs: FloatArray) -> FloatArray:
        units: FloatArray = self._first @ inputs
        return np.maximum(units, self._floors, out=units)

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
        names = [of.name for of in fields(self) if of.init]
        return {
            name: np.rint(np.multiply(getattr(self, name), WEIGHT_STEPS)).astype(int).tolist()
            for name in names
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
