"""Train the parameters of `method="news"`: `python -m training.ranker --data PATH`.

Same data and same seed give the same file. Needs torch and rouge-score beside the project.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from summarizer.ranking.features import (
    Sentences,
    Words,
    read_sentences,
    read_stems,
)
from summarizer.ranking.method import FloatArray, IntArray
from summarizer.ranking.networks import Network, join_networks
from summarizer.ranking.news import (
    CANDIDATES,
    NETWORKS_FILE,
    RARITIES_FILE,
    Model,
    candidate_sets,
    choose,
)
from summarizer.ranking.sentence_sets import read_sets
from summarizer.ranking.stem_facts import Stems
from summarizer.text.terms import read_words
from training.articles import Example, make_example, read_rows
from training.networks import (
    Plan,
    fit_network,
    likelihood_loss,
    reward_loss,
    scales,
    squared_loss,
)

SHIPPED = Path(__file__).resolve().parent.parent / "summarizer" / "data"
TEXTS_OF_RARITY = ("paragraphs/train.jsonl", "headlines/train.jsonl", "headlines/agnews.jsonl")
LEAST_TEXTS = 5
BIGRAM_WEIGHT = 0.5
SIZES = (2, 3)
MEMBERS = 3

WORDS = Plan(hidden=12, epochs=3, batch=512, rate=5e-3, decay=1e-3, dropout=0.0)
SENTENCES = Plan(hidden=16, epochs=8, batch=256)
SETS = Plan(hidden=8, epochs=15, batch=32, rate=3e-3)


@dataclass(slots=True, kw_only=True)
class Case:
    """One example and what was computed of it so far."""

    example: Example
    words: Words
    labels: FloatArray
    importance: FloatArray = field(default_factory=lambda: np.zeros(0))
    sentences: Sentences | None = None
    scores: FloatArray = field(default_factory=lambda: np.zeros(0))


def learn_rarities(paths: Sequence[Path]) -> dict[str, float]:
    """Return the inverse document frequency of stems, 0 (everywhere) to 1.

    Args:
        paths: JSONL files with texts.
    """
    frequencies: Counter[str] = Counter()
    texts = 0
    for path in paths:
        for row in read_rows(path):
            texts += 1
            frequencies.update({word.stem for word in read_words(str(row["text"]), language="en")})
    return {
        stem: round(math.log(texts / count) / math.log(texts), 2)
        for stem, count in sorted(frequencies.items())
        if count >= LEAST_TEXTS
    }


def make_cases(path: Path, stems: Stems) -> list[Case]:
    """Read a file's articles, each as it is and in lower case.

    Args:
        path: a JSONL file of articles with summaries.
        stems: what is known beside the articles.
    """
    cases = []
    for row in read_rows(path):
        for is_lowered in (False, True):
            example = make_example(row, is_lowered=is_lowered)
            if example is not None:
                words = read_stems(example.parsed, stems)
                found = example.parsed.terms.vocabulary[: words.counts.shape[1]]
                labels = np.array([stem in example.stems for stem in found], dtype=np.float64)
                cases.append(Case(example=example, words=words, labels=labels))
    return cases


def train(cases: Sequence[Case], *, stems: Stems, seed: int) -> Model:
    """Fit the three networks one after the other.

    Each sentence that the set network is fitted on is scored by networks that have not seen it.

    Args:
        cases: the articles to learn from.
        stems: what is known beside the articles.
        seed: of all that is random.
    """
    features = np.vstack([case.words.features for case in cases[::2]])
    labels = np.concatenate([case.labels for case in cases[::2]])
    words = fit_network(
        features, likelihood_loss(labels), plan=replace(WORDS, seed=seed), scaling=scales(features)
    )
    _apply_words(cases, words)
    halves = [[c for i, c in enumerate(cases) if i // 2 % 2 == half] for half in (0, 1)]
    scaling = scales(np.vstack([_features(case) for case in cases]))
    fitted = [_fit_sentences(half, scaling=scaling, seed=seed) for half in halves]
    for half, other in zip(halves, reversed(fitted), strict=True):
        for case in half:
            case.scores = other(_features(case))
    sets = _fit_sets(cases, seed=seed)
    return Model(stems=stems, words=words, sentences=join_networks(fitted), sets=sets)


def _features(case: Case) -> FloatArray:
    assert case.sentences is not None
    return case.sentences.features


def _apply_words(cases: Sequence[Case], words: Network) -> None:
    for case in cases:
        case.importance = 1.0 / (1.0 + np.exp(-words(case.words.features)))
        case.sentences = read_sentences(case.example.parsed, case.words, importance=case.importance)


def _fit_sentences(
    cases: Sequence[Case], *, scaling: tuple[FloatArray, FloatArray], seed: int
) -> Network:
    features = np.vstack([_features(case) for case in cases])
    targets = np.concatenate([_gains(case) for case in cases])
    sizes = np.concatenate([np.full(len(_features(c)), len(_features(c)) ** -0.5) for c in cases])
    loss = squared_loss(targets, sizes / sizes.mean())
    members = [
        fit_network(features, loss, plan=replace(SENTENCES, seed=seed + member), scaling=scaling)
        for member in range(MEMBERS)
    ]
    return join_networks(members)


def _gains(case: Case, *, draws: int = 40) -> FloatArray:
    """Return what each sentence adds on average to pairs of others, mostly early ones."""
    size = len(case.words.lengths)
    random = np.random.default_rng(size)
    chances = 1.0 / (3.0 + np.arange(size))
    chances /= chances.sum()
    pairs = [random.choice(size, 2, replace=False, p=chances) for _ in range(draws)]
    gains = np.zeros(size)
    for index in range(size):
        sets = np.array([[*pair, index] for pair in pairs if index not in pair])
        if len(sets):
            gains[index] = _rewards(case, sets).mean()
    gains -= gains.mean()
    return 20.0 * gains


def _rewards(case: Case, sets: IntArray) -> FloatArray:
    unigrams, bigrams = case.example.reward(sets)
    return unigrams + BIGRAM_WEIGHT * bigrams


def _fit_sets(cases: Sequence[Case], *, seed: int) -> Network:
    width = math.comb(CANDIDATES, max(SIZES))
    features, rewards = [], []
    for case in cases:
        assert case.sentences is not None
        for size in SIZES:
            sets = candidate_sets(case.scores, size=size)
            if len(sets) < 2:
                continue
            described = read_sets(
                case.words,
                case.sentences,
                sets=sets,
                scores=case.scores,
                importance=case.importance,
            )
            reward = _rewards(case, sets)
            rest = width - len(sets)
            features.append(np.vstack([described, np.zeros((rest, described.shape[1]))]))
            rewards.append(np.concatenate([20.0 * (reward - reward.mean()), np.full(rest, np.nan)]))
    inputs, wanted = np.array(features), np.array(rewards)
    scaling = scales(inputs[~np.isnan(wanted)])
    members = [
        fit_network(inputs, reward_loss(wanted), plan=replace(SETS, seed=seed + m), scaling=scaling)
        for m in range(MEMBERS)
    ]
    return join_networks(members)


def measure(cases: Sequence[Case], model: Model) -> dict[str, float]:
    """Return the mean gain in ROUGE-1 F1 over the lead, in points, for each domain and size.

    Args:
        cases: articles that the model was not fitted on.
        model: the three networks.
    """
    gains: dict[str, list[float]] = {}
    for case in cases:
        chosen = choose(case.example.parsed, model).order
        case_kind = "lower" if case.example.name.endswith("-lower") else "cased"
        for size in SIZES:
            size_ = min(size, len(chosen))
            ours = case.example.reward(np.array([sorted(chosen[:size_])]))[0][0]
            lead = case.example.reward(np.arange(size_)[None, :])[0][0]
            name = f"{case.example.domain} {case_kind} {size}"
            gains.setdefault(name, []).append(100.0 * float(ours - lead))
    return {name: round(float(np.mean(values)), 2) for name, values in sorted(gains.items())}


def main() -> None:
    """Train, report what the development set says, and write the parameters."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of training data")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="where to write the parameters")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--validate", action="store_true", help="train on one set, test on others")
    given = parser.parse_args()
    rarities = learn_rarities([given.data / name for name in TEXTS_OF_RARITY])
    stems = Stems(rarities)
    cases = make_cases(given.data / "paragraphs" / "train.jsonl", stems)
    held_out = make_cases(given.data / "paragraphs" / "dev.jsonl", stems)
    if given.validate:
        for domain in sorted({case.example.domain for case in cases}):
            own = [case for case in cases if case.example.domain == domain]
            rest = [case for case in cases + held_out if case.example.domain != domain]
            model = train(own, stems=stems, seed=given.seed)
            print(f"trained on {domain}:", json.dumps(measure(rest, model)), flush=True)
        return
    model = train(cases, stems=stems, seed=given.seed)
    print("development:", json.dumps(measure(held_out, model)))
    networks = {name: getattr(model, name).to_json() for name in ("words", "sentences", "sets")}
    write_json(given.out / NETWORKS_FILE, networks)
    write_json(given.out / RARITIES_FILE, rarities)


def write_json(path: Path, value: object) -> None:
    """Write a value as one line of JSON.

    Args:
        path: where.
        value: numbers, strings, lists and dicts.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
