"""Learn what may be left out of a sentence: classes of words, compounds, what follows what, gaps.

    python -m training.headline_gaps --data DATA [--classes]

Writes the parameters into the package; the classes only if that is asked for, as the rules of
`summarizer.headline` were written with those that it has. Needs PyTorch, which that does not.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from summarizer.headline.gap_features import Rows
from summarizer.headline.gap_templates import BITS, EARLY, PADS, START, all_pairs, row_slots
from summarizer.headline.gaps import SCALE, load_tables
from summarizer.headline.word_classes import read_word
from training.headline_classes import (
    find_classes,
    find_compounds,
    read_known,
    read_sentences,
    write_classes,
    write_compounds,
)
from training.headline_gap_lessons import Lesson, read_compressed, read_trees
from training.shipped import SHIPPED

_SMOOTHING = 8
_LIKELIHOODS, _LIKELIHOOD_STEPS = 10, 1.2
_PASSES, _RATE, _BATCH, _DECAY = 3, 0.02, 6_000, 1e-5
_DROPOUT = 0.3
# What it weighs that the first features alone tell most gaps that will not do.
_EARLY_SHARE = 0.2
# Shares of the gaps that nobody made that are learned from: at an edge of a gap that somebody
# made, short ones, others.
_SHARES = {"compressed": (0.5, 0.1, 0.05), "trees": (0.4, 0.1, 0.05)}
_SHORT = 3
_MOST = 127
_BLOCK = 500
_SEED = 1


# How unlikely three and two classes in a row are, by slot.
Likelihoods = tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]


class Packed(NamedTuple):
    """Gaps as slots of features, and whether somebody made them."""

    slots: npt.NDArray[np.int32]
    made: npt.NDArray[np.float32]


class Learned(NamedTuple):
    """What is written: the weights of editors and phrases by slot, and the tables of classes."""

    weights: npt.NDArray[np.int8]
    biases: npt.NDArray[np.int64]
    triples: npt.NDArray[np.uint8]
    pairs: npt.NDArray[np.uint8]


def count_classes(data: Path) -> Likelihoods:
    """Return how unlikely three and two classes in a row are, by slot."""
    triples: Counter[tuple[int, int, int]] = Counter()
    pairs: Counter[tuple[int, int]] = Counter()
    singles: Counter[int] = Counter()
    edges = [read_word(mark, is_first=False).kind for mark in ("^^", "^", "$", "$$")]
    for sentence in read_sentences(data):
        kinds = edges[:2] + [known.kind for known in read_known(sentence)] + edges[2:]
        singles.update(kinds[2:])
        pairs.update(pairwise(kinds[1:]))
        triples.update(zip(kinds, kinds[1:], kinds[2:], strict=False))
    after_one, after_two = Counter[int](), Counter[tuple[int, int]]()
    for (first, _), count in pairs.items():
        after_one[first] += count
    for (first, second, _), count in triples.items():
        after_two[first, second] += count
    chances = {
        pair: (count + _SMOOTHING * singles[pair[1]] / singles.total())
        / (after_one[pair[0]] + _SMOOTHING)
        for pair, count in pairs.items()
    }
    levels = {pair: _level(chances[pair]) for pair, count in pairs.items() if count > 1}
    by_two = np.zeros(1 << BITS, dtype=np.uint8)
    first, second = np.array(list(levels)).T
    by_two[row_slots(first, first, second)[1]] = list(levels.values())
    common = {
        key: _level((count + _SMOOTHING * chances[key[1:]]) / (after_two[key[:2]] + _SMOOTHING))
        for key, count in triples.items()
        if count > 2
    }
    by_three = np.zeros(1 << BITS, dtype=np.uint8)
    by_three[row_slots(*np.array(list(common)).T)[0]] = list(common.values())
    return by_three, by_two


def _level(chance: float) -> int:
    return 1 + min(_LIKELIHOODS - 1, int(-log(chance) * _LIKELIHOOD_STEPS))


def pack(
    lessons: Sequence[Lesson], likely: Likelihoods, shares: tuple[float, float, float]
) -> Packed:
    """Turn the gaps of sentences into slots; of those that nobody made a share."""
    random = np.random.RandomState(_SEED)
    slots, made = [], []
    for start in range(0, len(lessons), _BLOCK):
        block = lessons[start : start + _BLOCK]
        rows = Rows([lesson.words for lesson in block], *likely)
        chosen = [_choose(lesson, random, shares) for lesson in block]
        gaps = rows.lay_out([pairs for pairs, _ in chosen])
        firsts, ends, *_ = gaps
        edges = rows.edge_slots()
        columns = (
            edges[:START, firsts - PADS],
            edges[START:, ends - PADS],
            rows.early_slots(gaps),
            rows.late_slots(gaps),
        )
        slots.append(np.concatenate(columns).T.astype(np.int32))
        made += [is_made for _, is_made in chosen]
    return Packed(np.concatenate(slots), np.concatenate(made).astype(np.float32))


def _choose(
    lesson: Lesson, random: np.random.RandomState, shares: tuple[float, float, float]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    pairs = all_pairs(len(lesson.words))
    firsts, ends, *_ = pairs
    is_made = np.array(
        [gap in lesson.gaps for gap in zip(firsts.tolist(), ends.tolist(), strict=True)]
    )
    at_edge = np.isin(firsts, [first for first, _ in lesson.gaps]) | np.isin(
        ends, [end for _, end in lesson.gaps]
    )
    edge, short, other = shares
    share = np.where(at_edge, edge, np.where(ends - firsts <= _SHORT, short, other))
    open_words = np.array(lesson.open_words)
    # Of what is part of something that went nobody knows whether it could have gone alone.
    is_known = open_words[ends] - open_words[firsts] < ends - firsts
    is_taken = is_made | (is_known & (random.random_sample(len(firsts)) < share))
    return pairs[:, is_taken], is_made[is_taken]


def fit(
    packed: Packed, *, dropout: float, begin: tuple[npt.NDArray[np.float32], float] | None
) -> tuple[npt.NDArray[np.float32], float]:
    """Return the weight of each slot, and of nothing, in log odds."""
    random = np.random.RandomState(_SEED)
    model = nn.EmbeddingBag(1 << BITS, 1, mode="sum")
    nn.init.zeros_(model.weight)
    bias = torch.zeros(1)
    if begin is not None:
        model.weight.data[:, 0] = torch.from_numpy(begin[0])
        bias[:] = begin[1]
    bias.requires_grad = True
    cross_entropy = nn.functional.binary_cross_entropy_with_logits
    optimizer = torch.optim.Adam([model.weight, bias], lr=_RATE)
    for number in range(_PASSES):
        optimizer.param_groups[0]["lr"] = _RATE * (1 - number / _PASSES)
        order = random.permutation(len(packed.made))
        total = 0.0
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            slots = packed.slots[rows]
            # Slot 0 stands for nothing.
            slots = np.where(random.random_sample(slots.shape) < dropout, 0, slots)
            early, late = (
                model(torch.from_numpy(np.ascontiguousarray(part)))[:, 0] / (1 - dropout)
                for part in (slots[:, :EARLY], slots[:, EARLY:])
            )
            made = torch.from_numpy(packed.made[rows])
            loss = cross_entropy(early + late + bias, made)
            loss = loss + _EARLY_SHARE * cross_entropy(early + bias, made)
            optimizer.zero_grad()
            (loss + _DECAY * (model.weight**2).sum()).backward()
            optimizer.step()
            total += float(loss.detach()) * len(rows)
        print(number, round(total / len(order), 4), flush=True)
    return model.weight.detach().numpy()[:, 0], float(bias.detach())


def learn_weights(data: Path, likely: Likelihoods) -> Learned:
    """Learn from the treebank which gaps are phrases, then from editors which they make."""
    trees = pack(list(read_trees(data)), likely, _SHARES["trees"])
    phrases = fit(trees, dropout=0, begin=None)
    compressed = pack(list(read_compressed(data)), likely, _SHARES["compressed"])
    editors = fit(compressed, dropout=_DROPOUT, begin=phrases)
    return Learned(
        weights=_whole(np.stack([editors[0], phrases[0]])).astype(np.int8),
        biases=_whole(np.array([editors[1], phrases[1]])),
        triples=likely[0],
        pairs=likely[1],
    )


def _whole(weights: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.int64]:
    return np.clip(np.round(weights * SCALE), -_MOST, _MOST).astype(np.int64)


def write_tables(learned: Learned) -> None:
    """Write the tables into the package."""
    np.savez_compressed(SHIPPED / "headline_gaps.npz", **learned._asdict())
    load_tables.cache_clear()


def main(arguments: Iterable[str] | None = None) -> None:
    """Learn from the data folder and write the parameters."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--classes", action="store_true", help="learn the classes of words, too")
    options = parser.parse_args(None if arguments is None else list(arguments))
    data = options.data
    torch.set_num_threads(1)
    if options.classes:
        write_classes(find_classes(data))
    write_compounds(find_compounds(data))
    write_tables(learn_weights(data, count_classes(data)))


if __name__ == "__main__":
    main()
