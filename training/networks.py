"""Fitting of the ranker's networks to words, sentences and sets of sentences.

Knows arrays and losses: it must not know articles.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

from summarizer.ranking.method import FloatArray
from summarizer.ranking.networks import Network

Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
"""Outputs of one batch and the numbers of its rows, to the loss."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How long and how carefully to fit.

    Attributes:
        hidden: units of the hidden layer.
        epochs: how often to see every group.
        batch: groups a step.
        rate: the first learning rate; it falls by a fifth every epoch.
        decay: weight decay.
        dropout: share of hidden units left out at a time.
        seed: of all that is random.
    """

    hidden: int = 16
    epochs: int = 8
    batch: int = 512
    rate: float = 3e-3
    decay: float = 1e-2
    dropout: float = 0.1
    seed: int = 0


def scales(
    features: FloatArray, weights: FloatArray | None = None
) -> tuple[FloatArray, FloatArray]:
    """Return the mean of each input and one over its deviation.

    Args:
        features: rows by inputs.
        weights: one number a row, if they do not count the same.
    """
    mean = np.average(features, axis=0, weights=weights)
    deviation = np.sqrt(np.average((features - mean) ** 2, axis=0, weights=weights))
    return mean, 1.0 / np.maximum(deviation, 1e-3)


def fit_network(
    features: FloatArray,
    loss: Loss,
    *,
    plan: Plan,
    scaling: tuple[FloatArray, FloatArray],
) -> Network:
    """Fit a network by stochastic gradient descent (AdamW).

    Args:
        features: groups by inputs, or groups by rows by inputs.
        loss: of one batch of groups.
        plan: how long and how carefully.
        scaling: as `scales` gives it.
    """
    torch.manual_seed(plan.seed)
    torch.set_num_threads(1)
    mean, scale = scaling
    inputs = torch.tensor((features - mean) * scale, dtype=torch.float32)
    hidden = torch.nn.Linear(inputs.shape[-1], plan.hidden)
    output = torch.nn.Linear(plan.hidden, 1)
    linear = torch.nn.Linear(inputs.shape[-1], 1, bias=False)
    torch.nn.init.zeros_(linear.weight)
    weights = [*hidden.parameters(), *output.parameters(), *linear.parameters()]
    optimiser = torch.optim.AdamW(weights, lr=plan.rate, weight_decay=plan.decay)
    for _ in range(plan.epochs):
        for rows in torch.randperm(len(inputs)).split(plan.batch):
            units = torch.dropout(torch.relu(hidden(inputs[rows])), plan.dropout, True)
            values = (output(units) + linear(inputs[rows])).squeeze(-1)
            optimiser.zero_grad()
            loss(values, rows).backward()
            optimiser.step()
        for group in optimiser.param_groups:
            group["lr"] *= 0.8
    weights_in, linear_in = _array(hidden.weight), _array(linear.weight)[0]
    return Network(
        mean=mean,
        hidden=weights_in * scale,
        hidden_bias=_array(hidden.bias) - weights_in @ (mean * scale),
        output=_array(output.weight)[0],
        linear=linear_in * scale,
        bias=float(_array(output.bias)[0] - linear_in @ (mean * scale)),
    ).rounded()


def _array(tensor: torch.Tensor) -> FloatArray:
    return tensor.detach().numpy().astype(np.float64)


def likelihood_loss(shares: FloatArray, weights: FloatArray) -> Loss:
    """Return the loss of predicting yes or no.

    Args:
        shares: how many of the cases of a row are yes, 0 to 1.
        weights: one number a row, as many as there are cases.
    """
    wanted = torch.tensor(shares, dtype=torch.float32)
    weighted = torch.tensor(weights, dtype=torch.float32)
    return lambda values, rows: torch.nn.functional.binary_cross_entropy_with_logits(
        values, wanted[rows], weight=weighted[rows]
    )


def squared_loss(targets: FloatArray, weights: FloatArray) -> Loss:
    """Return the weighted squared error.

    Args:
        targets: one number a row.
        weights: one number a row.
    """
    wanted = torch.tensor(targets, dtype=torch.float32)
    weighted = torch.tensor(weights, dtype=torch.float32)
    return lambda values, rows: (weighted[rows] * (values - wanted[rows]) ** 2).mean()


def reward_loss(rewards: FloatArray) -> Loss:
    """Return what is lost by choosing one row of each group with the softmax of its values.

    The expected reward is computed exactly, over all rows (Narayan, Cohen and Lapata, Ranking
    sentences for extractive summarization with reinforcement learning, NAACL 2018, estimate it).

    Args:
        rewards: groups by rows; NaN where a group has fewer rows.
    """
    is_there = torch.tensor(~np.isnan(rewards))
    wanted = torch.tensor(np.nan_to_num(rewards), dtype=torch.float32)

    def loss(values: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
        chances = torch.softmax(values.masked_fill(~is_there[rows], -1e9), dim=-1)
        return -(chances * wanted[rows]).sum(dim=-1).mean()

    return loss
