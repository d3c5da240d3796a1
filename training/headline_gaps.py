"""Learn what may be left out of a sentence: classes of words, compounds, what follows what, gaps.

    python -m training.headline_gaps --data ../shared/data [--classes]

Writes the parameters into the package; the classes only if that is asked for, as the rules of
`summarizer.headline` were written with those that it has. Needs PyTorch, which that does not.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from summarizer.headline import lexicon
from summarizer.headline.encoding import split_subtokens
from summarizer.headline.gap_features import Rows
from summarizer.headline.gap_templates import BITS, EARLY, PADS, START, all_pairs, row_slots
from summarizer.headline.gaps import SCALE, load_tables
from summarizer.headline.known_words import load_classes, load_compounds
from summarizer.headline.network import load_networks
from summarizer.headline.tokens import tokenize
from summarizer.headline.word_classes import Known, read_word
from summarizer.models import Span
from training.headline_data import read_rows
from training.headline_gap_lessons import Lesson, read_compressed, read_trees
from training.shipped import SHIPPED

_NEWS = ("headlines/train.jsonl", "paragraphs/train.jsonl", "headlines/agnews.jsonl")
_SENTENCE_END = re.compile(r"(?<=[a-z\d)\"”][.!?])\s+(?=[A-Z\"“])|\n+")
# Words and abbreviations; numbers, addresses and names of files are none.
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[-'’&])*[.!]?\Z|(?:[^\W\d_]\.)+[^\W\d_]?\Z")
_SENTENCES = 30_000
_MOST_CHARS = 5_000
_CHARS = range(20, 600)
_CODES = {"ADJ": "J", "ADV": "R", "AUX": "X", "NUM": "M", "PRON": "O", "DET": "T", "ADP": "I"}
_IRREGULAR = lexicon.PAST_ONLY | lexicon.VERBS_PAST | lexicon.PARTICIPLES
_LEAST_SEEN, _LEAST_SHARE = 4, 0.1
# How often two words have to stand side by side to be one; what share of the one that has to be;
# and how much oftener than words that do so by chance.
_LEAST_TOGETHER, _LEAST_BOUND, _LEAST_LIFT = 6, 0.15, 90
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


def read_sentences(data: Path) -> Iterator[str]:
    """Give the sentences of the training articles."""
    seen = set()
    for name in _NEWS:
        for row in read_rows(data / name):
            if row["text"][:80] not in seen:
                seen.add(row["text"][:80])
                parts = _SENTENCE_END.split(row["text"][:_MOST_CHARS])
                yield from (part for part in parts if len(part) in _CHARS)


def find_classes(data: Path) -> dict[str, str]:
    """Say which kinds of word each word is, as the network tags the news, and in the treebank."""
    network = load_networks()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    sentences = list(read_sentences(data))
    for sentence in sentences[:: max(1, len(sentences) // _SENTENCES)]:
        words = [token.text for token in split_subtokens(sentence, start=0, end=len(sentence))]
        for word, tag in zip(words, network.read(words).tags, strict=True):
            counts[word.lower()][_code(network.tags[tag], word.lower())] += 1
    with (data / "pos" / "en_ewt-ud-train.conllu").open(encoding="utf-8") as lines:
        for columns in (line.split("\t") for line in lines):
            if columns[0].isdigit():
                counts[columns[1].lower()][_code(columns[3], columns[1].lower())] += 3
    found = {word: _class(kinds) for word, kinds in counts.items()}
    return {
        word: name
        for word, name in sorted(found.items())
        if name not in ("", "P") and _WORD.match(word)
    }


def _code(tag: str, word: str) -> str:
    is_plural = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    if tag == "VERB":
        if word.endswith("ing"):
            return "G"
        if word.endswith("ed") or word in _IRREGULAR:
            return "D"
        return "Z" if word.endswith("s") and not word.endswith("ss") else "B"
    if tag == "NOUN":
        return "S" if is_plural else "N"
    return "P" if tag == "PROPN" else _CODES.get(tag, "x")


def _class(kinds: Counter[str]) -> str:
    if kinds.total() < _LEAST_SEEN:
        return ""
    common = {kind: count for kind, count in kinds.items() if kind != "P"} or kinds
    total = sum(common.values())
    letters = sorted(
        kind for kind, count in common.items() if count >= max(2, _LEAST_SHARE * total)
    )
    return "".join(letters) or max(common, key=lambda kind: (common[kind], kind))


def find_compounds(data: Path) -> dict[str, dict[str, str]]:
    """Say which words stand so often before or after another that they mean little without it."""
    singles: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for sentence in read_sentences(data):
        known = _known(sentence)
        singles.update([word.lower for word in known])
        pairs.update(
            (word.lower, after.lower)
            for word, after in pairwise(known)
            if _is_content(word) and _is_content(after)
        )
    bound = [
        (word, after, count)
        for (word, after), count in sorted(pairs.items())
        if count >= _LEAST_TOGETHER
        and count * singles.total() >= _LEAST_LIFT * singles[word] * singles[after]
    ]
    found: dict[str, dict[str, str]] = {"first_needs": {}, "second_needs": {}}
    for word, after, count in bound:
        for name, one, other in (("first_needs", word, after), ("second_needs", after, word)):
            if count >= _LEAST_BOUND * singles[one]:
                found[name][one] = " ".join([*found[name].get(one, "").split(), other])
    return found


def _is_content(known: Known) -> bool:
    """Tell whether a word is no name but a noun, a verb or the like; small words are none."""
    return known.name[0].isupper() and known.lower.isalpha() and not known.is_capital


def count_classes(data: Path) -> Likelihoods:
    """Return how unlikely three and two classes in a row are, by slot."""
    triples: Counter[tuple[int, int, int]] = Counter()
    pairs: Counter[tuple[int, int]] = Counter()
    singles: Counter[int] = Counter()
    edges = [read_word(mark, is_first=False).kind for mark in ("^^", "^", "$", "$$")]
    for sentence in read_sentences(data):
        kinds = edges[:2] + [known.kind for known in _known(sentence)] + edges[2:]
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


def _known(sentence: str) -> list[Known]:
    words = tokenize(sentence, Span(0, len(sentence))).words
    return [read_word(word, is_first=not place) for place, word in enumerate(words)]


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


def write_classes(classes: dict[str, str]) -> None:
    """Write the classes into the package."""
    words: dict[str, list[str]] = defaultdict(list)
    for word, name in classes.items():
        words[name].append(word)
    lines = {name: " ".join(words[name]) for name in sorted(words)}
    text = json.dumps(lines, ensure_ascii=False, indent=0)
    (SHIPPED / "headline_classes.json").write_text(text + "\n", encoding="utf-8")
    load_classes.cache_clear()


def write_compounds(compounds: dict[str, dict[str, str]]) -> None:
    """Write the compounds into the package."""
    text = json.dumps(compounds, ensure_ascii=False, indent=0)
    (SHIPPED / "headline_compounds.json").write_text(text + "\n", encoding="utf-8")
    load_compounds.cache_clear()


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
