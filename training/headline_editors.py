"""Learn which words of a sentence editors take into their headlines.

    python -m training.headline_editors --data DATA

Writes the weights into the package. Needs PyTorch, which the package does not.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import torch
from nltk.stem.porter import PorterStemmer
from torch import nn

from summarizer.headline.editors import SCALE
from summarizer.headline.segments import split_segments
from summarizer.headline.tokens import tokenize
from summarizer.headline.verbs import strengths
from summarizer.headline.word_features import (
    ALL_MENTIONS,
    EDGES,
    LAST_FROM_END,
    LAST_LENGTH,
    LAST_PART,
    LAST_PLACE,
    LAST_SEGMENT,
    MOST_NEAR,
    NEAR,
    Form,
    Setting,
    form_features,
    form_of,
    near_to,
    read_setting,
)
from summarizer.text.parsed import ParsedArticle
from training.articles import parse, read_rows
from training.shipped import SHIPPED

_FILES = ("headlines/train.jsonl", "headlines/agnews.jsonl")
_SENTENCES = 3
_MIN_COUNT = 5
_PASSES = 5
_RATE = 0.02
_DECAY = 2e-5
_BATCH = 2400
_SHORTEST_STEMMED = 4
_SEED = 1


class Example(NamedTuple):
    """The features of one token, and the share of its parts that the headline has."""

    features: list[str]
    taken: float


@lru_cache(1 << 16)
def _stems(word: str) -> tuple[str, ...]:
    """Return what ROUGE counts for a word."""
    parts = re.sub(r"[^a-z0-9]+", " ", word.lower()).split()
    stem = PorterStemmer().stem
    return tuple(stem(part) if len(part) >= _SHORTEST_STEMMED else part for part in parts)


def read_examples(data: Path) -> Iterator[Example]:
    """Give the tokens of the first sentences of articles that have a headline."""
    for name in _FILES:
        for row in read_rows(data / name):
            parsed = parse(row["text"])
            if parsed is None:
                continue
            titles = {stem for word in row["headline"].split() for stem in _stems(word)}
            is_article = "agnews" not in name
            for index in range(min(len(parsed.spans), _SENTENCES if is_article else 1)):
                yield from _sentence_examples(parsed, index, titles, is_article=is_article)


def _sentence_examples(
    parsed: ParsedArticle, index: int, titles: set[str], *, is_article: bool
) -> Iterator[Example]:
    tokens = tokenize(parsed.text, parsed.spans[index])
    forms = [form_of(word) for word in tokens.words]
    shared = [EDGES, *map(form_features, forms), EDGES]
    segments = split_segments(tokens, strengths(tokens))
    setting = read_setting(parsed, index, tokens.lower, segments)
    if not is_article:
        setting = setting._replace(size=0)
    for place, found in enumerate(place_features(forms, setting)):
        stems = _stems(tokens.words[place])
        if stems:
            before, own, after = shared[place : place + 3]
            taken = sum(stem in titles for stem in stems) / len(stems)
            brief = [] if is_article else brief_features(forms, place)
            yield Example([*own.own, *before.after, *after.before, *found, *brief], taken)


def place_features(forms: Sequence[Form], setting: Setting) -> Iterator[list[str]]:
    """Give for each word of a sentence what its place and the article say of it.

    Args:
        forms: the tokens of the sentence.
        setting: where they stand; of size 0 where there is no article, but one sentence only.
    """
    count = len(forms)
    sentence, size, mentions, stretches, distances = setting
    near = near_to([form.is_stop for form in forms], mentions)
    before = "^"
    seen = set()
    for place, (lower, shape, _, is_stop, _) in enumerate(forms):
        part, number = divmod(stretches[place] - 1, LAST_SEGMENT + 1)
        distance = distances[place]
        times, early, follows = ALL_MENTIONS[mentions[place]]
        found = [
            "b",
            f"i{min(place, LAST_PLACE)}",
            f"e{min(count - place, LAST_FROM_END)}",
            f"N{min(count // 5, LAST_LENGTH)},{sentence}",
            f"k{is_stop}{shape}{min(place // 3, 8)}",
            f"h{before}{shape}",
            f"pa{part + 1}",
            f"pa{part + 1}{shape}",
            f"d{distance}",
            f"d{distance}{shape}{is_stop}",
        ]
        if stretches[place]:
            found.append(f"sg{number}")
        if lower in seen:
            found.append("again")
        seen.add(lower)
        if not size:
            found.append("alone")
        else:
            found += [f"nb{gap},{near[place + 2 + gap]}" for gap in NEAR]
            found += (
                ["stop"]
                if is_stop
                else [
                    f"m{times}{shape}",
                    f"m{times},{sentence}",
                    f"m{min(times, 3)}i{min(place // 4, LAST_PART)}",
                    f"sp{early}{shape}",
                    f"sp{early},{min(times, MOST_NEAR)}",
                    f"t{times},{size}",
                    f"f{follows},{sentence}",
                ]
            )
        before = shape
        yield found


def brief_features(forms: Sequence[Form], place: int) -> list[str]:
    """Return what is so only where headlines go with briefs, so that articles need not learn it."""
    form = forms[place]
    return [
        "brief",
        f"brief{form.shape}{form.is_stop}",
        f"brief i{min(place, 12)}",
        f"brief N{min(len(forms) // 5, LAST_LENGTH)}",
    ]


def fit(examples: Sequence[Example]) -> dict[str, int]:
    """Return the weight of each feature in units of `SCALE`; those without any are left out."""
    counts = Counter(name for example in examples for name in example.features)
    numbers = {
        name: number
        for number, name in enumerate(name for name, count in counts.items() if count >= _MIN_COUNT)
    }
    model = nn.EmbeddingBag(len(numbers), 1, mode="sum")
    nn.init.zeros_(model.weight)
    optimizer = torch.optim.Adam(model.parameters(), lr=_RATE)
    order = list(examples)
    random.Random(_SEED).shuffle(order)
    for number in range(_PASSES):
        optimizer.param_groups[0]["lr"] = _RATE * (1 - number / _PASSES)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            bags = [[numbers[name] for name in one.features if name in numbers] for one in batch]
            offsets = torch.tensor([0, *map(len, bags[:-1])]).cumsum(0)
            odds = model(torch.tensor([name for bag in bags for name in bag]), offsets)[:, 0]
            taken = torch.tensor([one.taken for one in batch])
            loss = nn.functional.binary_cross_entropy_with_logits(odds, taken)
            optimizer.zero_grad()
            (loss + _DECAY * (model.weight**2).sum()).backward()
            optimizer.step()
        print(number, round(float(loss.detach()), 4), flush=True)
    units = (model.weight.detach()[:, 0] * SCALE).round().int().tolist()
    return {
        name: units[number]
        for name, number in sorted(numbers.items())
        if units[number] and not name.startswith("brief")
    }


def main() -> None:
    """Learn from the data folder and write the weights."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True)
    torch.set_num_threads(1)
    torch.manual_seed(_SEED)
    weights = fit(list(read_examples(parser.parse_args().data)))
    text = json.dumps(weights, ensure_ascii=False, separators=(",", ":"), indent=0)
    (SHIPPED / "headline_editors.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
