"""Train the headline networks on what people marked: compressions, headlines, word classes, trees.

    python -m training.headline --data DATA

Writes the parameters into the package. Needs PyTorch, which the package does not.
Knows the order of the training: it must not be imported by the library.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from summarizer.headline.network import NUMBERS
from training.headline_data import (
    Lesson,
    count_vocabulary,
    make_vectors,
    read_compressions,
    read_corpus,
    read_leads,
    read_treebank,
)
from training.headline_export import export, export_words
from training.headline_lessons import Batcher, lesson_loss
from training.headline_nets import WORD_WIDTH, Network, Sizes
from training.headline_scores import parsing_scores, score
from training.shipped import SHIPPED

_SEED = 7
_NETWORK_SEEDS = (11, 12)
_PASSES = 10


def train_network(
    batcher: Batcher,
    network: nn.Module,
    *,
    compressions: Sequence[Lesson],
    others: Sequence[Sequence[Lesson]],
    dev: Sequence[Lesson],
) -> None:
    """Teach a network compressions, and of the other kinds of lesson every second at a time."""
    optimizer = torch.optim.Adam(network.parameters(), lr=2e-3)
    for number in range(_PASSES):
        for group in optimizer.param_groups:
            group["lr"] = 2e-3 * (1 - number / _PASSES)
        shares = [lessons[number % 2 :: 2] for lessons in others]
        begun = time.perf_counter()
        network.train()
        for batch, lessons in _mixed(batcher, compressions, *shares):
            optimizer.zero_grad()
            lesson_loss(network(batch), lessons).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimizer.step()
        print(
            number, round(time.perf_counter() - begun), score([network], batcher, dev), flush=True
        )


def _mixed(batcher: Batcher, *kinds: Sequence[Lesson]) -> Iterator[tuple[Tensor, list[Lesson]]]:
    batches = [batch for lessons in kinds for batch in batcher.batches(lessons)]
    random.Random(len(batches)).shuffle(batches)
    yield from batches


def main() -> None:
    """Train from the data folder and write the parameters; print the scores as it goes."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    torch.set_num_threads(1)
    torch.manual_seed(_SEED)
    labels: dict[str, list[str]] = {"tags": [], "relations": []}
    treebank = read_treebank(data / "pos/en_ewt-ud-train.conllu", labels=labels)
    corpus = list(read_corpus(data))
    vocabulary = count_vocabulary(corpus, treebank)
    vectors = 0.5 * torch.from_numpy(make_vectors(corpus, vocabulary, size=WORD_WIDTH))
    sizes = Sizes(
        len(vectors), len(vocabulary.suffixes) + 2, len(labels["tags"]), len(labels["relations"])
    )
    compressions = read_compressions(data / "compression/google_train.jsonl")
    dev = read_compressions(data / "compression/google_dev.jsonl")
    marked = [treebank, read_leads(data)]

    networks = []
    for number, seed in zip(NUMBERS, _NETWORK_SEEDS, strict=True):
        batcher = Batcher(vocabulary, seed=seed)
        torch.manual_seed(seed)
        network = Network(sizes, vectors)
        train_network(batcher, network, compressions=compressions, others=marked, dev=dev)
        export(network, SHIPPED / f"headline_network_{number}.npz")
        networks.append(network)
    export_words(vocabulary, labels, SHIPPED)
    batcher = Batcher(vocabulary, seed=_SEED)
    print(score(networks, batcher, dev))
    test = read_treebank(data / "pos/en_ewt-ud-test.conllu", labels=labels)
    print(parsing_scores(networks, batcher, test))


if __name__ == "__main__":
    main()
