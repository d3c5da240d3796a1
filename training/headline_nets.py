"""The network of the headline training; two of it are fitted, from different seeds.

Knows tensors only: it must not know files, and must compute exactly what
`summarizer.headline.network` computes without PyTorch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn

from summarizer.headline.encoding import PAD, SHAPES, UNKNOWN

STATE_WIDTH = 160
WORD_WIDTH = 128
ARC_WIDTH = 48
_WORD_DROPOUT = 0.08


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many of each there are."""

    words: int
    suffixes: int
    tags: int
    relations: int


class Answers(NamedTuple):
    """What a network says of a batch of padded sentences.

    Attributes:
        keep: sentences by tokens, log odds of staying.
        taken: sentences by tokens, log odds of standing in the editor's headline.
        tags: sentences by tokens by tags, logits.
        arcs: sentences by tokens by 1 + tokens, logits of each head; column 0 is the root.
        relations: sentences by tokens by relations, logits.
    """

    keep: Tensor
    taken: Tensor
    tags: Tensor
    arcs: Tensor
    relations: Tensor


def drop_words(words: Tensor) -> Tensor:
    """Return the words with some of them unknown."""
    dropped = (torch.rand(words.shape) < _WORD_DROPOUT) & (words != PAD)
    return words.masked_fill(dropped, UNKNOWN)


class Heads(nn.Module):
    """The five answers, each from the same states; arcs are biaffine (Dozat and Manning, 2017)."""

    def __init__(self, width: int, sizes: Sizes) -> None:
        super().__init__()
        self.keep = nn.Linear(width, 1)
        self.taken = nn.Linear(width, 1)
        self.tags = nn.Linear(width, sizes.tags)
        self.relations = nn.Linear(width, sizes.relations)
        self.dependent = nn.Linear(width, ARC_WIDTH)
        self.head = nn.Linear(width, ARC_WIDTH)
        self.root = nn.Parameter(torch.zeros(ARC_WIDTH))

    def forward(self, states: Tensor, early: Tensor, is_token: Tensor) -> Answers:
        """Answer from the last states, and for the tags from earlier ones."""
        dependent = self.dependent(states)
        root = self.root.expand(len(states), 1, -1)
        heads = torch.cat([root, self.head(states)], 1)
        arcs = dependent @ heads.transpose(1, 2)
        is_head = torch.cat([torch.ones_like(is_token[:, :1]), is_token], 1)
        arcs = arcs.masked_fill(~is_head[:, None, :], -1e4)
        return Answers(
            self.keep(states)[..., 0],
            self.taken(states)[..., 0],
            self.tags(early),
            arcs,
            self.relations(states),
        )


class Network(nn.Module):
    """Two bidirectional LSTM layers over word, suffix and shape."""

    def __init__(self, sizes: Sizes, vectors: Tensor) -> None:
        super().__init__()
        self.words = nn.Embedding.from_pretrained(vectors.clone(), freeze=False, padding_idx=PAD)
        self.suffixes = nn.Embedding(sizes.suffixes, 32, padding_idx=PAD)
        self.shapes = nn.Embedding(SHAPES, 16, padding_idx=PAD)
        size = vectors.shape[1] + 48
        self.first = nn.LSTM(size, STATE_WIDTH, batch_first=True, bidirectional=True)
        self.second = nn.LSTM(2 * STATE_WIDTH, STATE_WIDTH, batch_first=True, bidirectional=True)
        self.drop = nn.Dropout(0.4)
        self.heads = Heads(2 * STATE_WIDTH, sizes)

    def forward(self, batch: Tensor) -> Answers:
        """Answer for sentences by (word, suffix, shape) by tokens."""
        words = drop_words(batch[:, 0]) if self.training else batch[:, 0]
        is_token = batch[:, 0] != PAD
        states = torch.cat(
            [self.words(words), self.suffixes(batch[:, 1]), self.shapes(batch[:, 2])], -1
        )
        early = self._run(self.first, self.drop(states), is_token)
        late = self._run(self.second, early, is_token)
        return self.heads(late, early, is_token)

    def _run(self, layer: nn.LSTM, states: Tensor, is_token: Tensor) -> Tensor:
        packed = nn.utils.rnn.pack_padded_sequence(
            states, is_token.sum(1), batch_first=True, enforce_sorted=False
        )
        result, _ = nn.utils.rnn.pad_packed_sequence(
            layer(packed)[0], batch_first=True, total_length=states.shape[1]
        )
        return self.drop(result)
