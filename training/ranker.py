"""Train the parameters of `method="news"`: `python -m training.ranker --data PATH`.

Same data and same seed give the same file. Needs torch and rouge-score beside the project.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import compress
from pathlib import Path

import numpy as np

from summarizer.ranking.choice import NETWORKS_FILE, RARITIES_FILE, Model, choose, tabulate
from summarizer.ranking.features import Sentences, read_sentences, read_stems, word_table
from summarizer.ranking.method import FloatArray, IntArray
from summarizer.ranking.networks import Network, join_networks
from summarizer.ranking.openings import Openings, read_openings
from summarizer.ranking.sentence_sets import (
    IS_LEAD,
    LOOSE_ENDS,
    MISFIT,
    SET_MEMBERS,
    SET_SIZES,
    SIZES,
    WORDS_STEP,
    find_candidates,
    read_sets,
)
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
RATIOS = (0.5, 1.0, 2.0)
"""Summaries of other newspapers are shorter or longer than those to learn from."""

LOOSE_END_COST = 100.0
LEAD_MARGIN = 0.25
MISFIT_COST = 0.1

DRAWS = 40
FOLDS = 3
_SHUFFLE = 5
ENSEMBLE = 2
WORD_ENSEMBLE = 4

WORD_PLAN = Plan(hidden=12, epochs=20, batch=1024, rate=7e-3, decay=1e-3, dropout=0.0)
SENTENCE_PLAN = Plan(hidden=16, epochs=8, batch=256)
SET_PLAN = Plan(hidden=8, epochs=15, batch=32)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lessons:
    """Articles with references, each as it is and in lower case, one after the other.

    Attributes:
        examples: the articles and their references.
        openings: the articles as the ranker reads them.
        cells: for each stem the column of `word_table` that describes it.
        labels: for each stem whether the reference has it, 0 or 1.
        half: for each article which half of them it belongs to; both copies to the same.
    """

    examples: Sequence[Example]
    openings: Openings
    cells: IntArray
    labels: FloatArray
    half: IntArray


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


def make_lessons(examples: Sequence[Example], stems: Stems) -> Lessons:
    """Lay out examples for training.

    Args:
        examples: articles with references.
        stems: what is known beside the articles.
    """
    openings = read_openings([example.parsed for example in examples], stems)
    names = {name: number for number, name in enumerate(dict.fromkeys(e.name for e in examples))}
    widths = np.bincount(openings.stems.article).tolist()
    labels = [
        stem in example.stems
        for example, width in zip(examples, widths, strict=True)
        for stem in example.parsed.terms.vocabulary[:width]
    ]
    return Lessons(
        examples=examples,
        openings=openings,
        cells=read_stems(openings),
        labels=np.array(labels, dtype=np.float64),
        half=np.array([names[example.name] % 2 for example in examples]),
    )


def read_examples(path: Path) -> list[Example]:
    """Read a file's articles, each as it is and in lower case.

    Args:
        path: a JSONL file of articles with summaries.
    """
    made = (
        make_example(row, is_lowered=is_lowered)
        for row in read_rows(path)
        for is_lowered in (False, True)
    )
    return [example for example in made if example is not None]


def train(lessons: Lessons, *, stems: Stems, seed: int) -> Model:
    """Fit the three networks one after the other.

    Each sentence that the set network is fitted on is scored by networks that have not seen it.

    Args:
        lessons: the articles to learn from.
        stems: what is known beside the articles.
        seed: of all that is random.
    """
    words = _fit_words(lessons, seed=seed)
    importance = tabulate(words).take(lessons.cells)
    sentences = read_sentences(lessons.openings, importance=importance)
    fitted = _fit_sentences(lessons, sentences.features, seed=seed)
    half = lessons.half[lessons.openings.rows.article]
    # The first was fitted on the first half.
    scores = np.where(half == 1, *(network(sentences.features) for network in fitted))
    sets = _fit_sets(lessons, sentences, importance=importance, scores=scores, seed=seed)
    return Model(stems=stems, words=words, sentences=join_networks(fitted), sets=sets)


def _fit_words(lessons: Lessons, *, seed: int) -> Network:
    cells, cell = np.unique(lessons.cells, return_inverse=True)
    counts = np.bincount(cell).astype(np.float64)
    inputs = word_table().T[cells]
    loss = likelihood_loss(np.bincount(cell, lessons.labels) / counts, counts / counts.mean())
    scaling = scales(inputs, counts)
    plans = (replace(WORD_PLAN, seed=seed + member) for member in range(WORD_ENSEMBLE))
    return join_networks([fit_network(inputs, loss, plan=plan, scaling=scaling) for plan in plans])


def _fit_sentences(lessons: Lessons, table: FloatArray, *, seed: int) -> list[Network]:
    """Fit a network on each half of the articles."""
    features = table.T
    article = lessons.openings.rows.article
    gains = _gains(lessons)
    weights = lessons.openings.sizes[article] ** -0.5
    scaling = scales(features)
    networks = []
    for half in (0, 1):
        rows = lessons.half[article] == half
        loss = squared_loss(gains[rows], weights[rows] / weights[rows].mean())
        plans = (replace(SENTENCE_PLAN, seed=seed + member) for member in range(ENSEMBLE))
        networks.append(
            join_networks(
                [fit_network(features[rows], loss, plan=plan, scaling=scaling) for plan in plans]
            )
        )
    return networks


def _gains(lessons: Lessons) -> FloatArray:
    """Return what each sentence adds on average to pairs of others, mostly early ones."""
    found = [
        _gains_of(example, size)
        for example, size in zip(lessons.examples, lessons.openings.sizes.tolist(), strict=True)
    ]
    return np.concatenate(found)


def _gains_of(example: Example, size: int) -> FloatArray:
    random = np.random.default_rng(size)
    chances_ = 1.0 / (3.0 + np.arange(size))
    chances_ /= chances_.sum()
    pairs = np.array([random.choice(size, 2, replace=False, p=chances_) for _ in range(DRAWS)])
    index = np.arange(size).repeat(DRAWS)
    sets = np.column_stack([np.tile(pairs, (size, 1)), index])
    is_new = (sets[:, :2] != index[:, None]).all(axis=1)
    sums = np.bincount(index, _rewards(example, sets) * is_new, size)
    gains: FloatArray = sums / np.maximum(np.bincount(index, is_new, size), 1.0)
    return np.asarray(20.0 * (gains - gains.mean()))


def _rewards(example: Example, sets: IntArray) -> FloatArray:
    return np.asarray(np.mean([example.reward(sets, ratio=ratio) for ratio in RATIOS], axis=0))


def _fit_sets(
    lessons: Lessons,
    sentences: Sentences,
    *,
    importance: FloatArray,
    scores: FloatArray,
    seed: int,
) -> Network:
    openings = lessons.openings
    candidates = find_candidates(openings, scores)
    table = read_sets(
        openings, sentences, candidates=candidates, scores=scores, importance=importance
    )
    inputs = table.transpose(0, 2, 1)[:, :, :MISFIT]
    places = openings.rows.place[candidates.rows]
    rewards = np.full((len(SIZES), *inputs.shape[:2]), np.nan)
    for of_size, size in zip(rewards, SIZES, strict=True):
        has_set = candidates.has_set() & (SET_SIZES == size)
        for number, example in enumerate(lessons.examples):
            own = np.flatnonzero(has_set[number])
            if len(own) > 1:
                reward = _rewards(example, places[number][SET_MEMBERS[own, :size]])
                of_size[number, own] = 20.0 * (reward - reward.mean())
    wanted = rewards.reshape(-1, inputs.shape[1])
    inputs = np.concatenate([inputs] * len(SIZES))
    scaling = scales(inputs[~np.isnan(wanted)])
    plans = (replace(SET_PLAN, seed=seed + member) for member in range(ENSEMBLE))
    fitted = [
        fit_network(inputs, reward_loss(wanted), plan=plan, scaling=scaling) for plan in plans
    ]
    return _with_costs(join_networks(fitted))


def _with_costs(sets: Network) -> Network:
    """Add what holds beside what was learned; how well the length fits was not among its inputs."""
    linear = np.append(sets.linear, -MISFIT_COST * WORDS_STEP)
    # A sentence that leans on one that is missing would not be taken anyway.
    linear[LOOSE_ENDS] -= LOOSE_END_COST
    # News is written with the most important first: another set has to be better by something.
    linear[IS_LEAD] += LEAD_MARGIN
    hidden = np.pad(sets.hidden, ((0, 0), (0, 1)))
    return replace(sets, mean=np.append(sets.mean, 0.0), hidden=hidden, linear=linear).rounded()


def measure(examples: Sequence[Example], model: Model) -> dict[str, float]:
    """Return the mean gain in ROUGE-1 F1 over the lead, in points, for each domain and size.

    Args:
        examples: articles that the model was not fitted on.
        model: the three networks.
    """
    choice = choose([example.parsed for example in examples], model)
    gains: dict[str, list[float]] = {}
    for size, rows in choice.best.items():
        places = choice.openings.rows.place[rows]
        for example, chosen in zip(examples, places, strict=True):
            (ours,), (lead,) = (example.reward(sets[None, :]) for sets in (chosen, np.arange(size)))
            kind = "lower" if example.is_lowered else "cased"
            gains.setdefault(f"{example.domain} {kind} {size}", []).append(100.0 * (ours - lead))
    return {name: round(float(np.mean(values)), 2) for name, values in sorted(gains.items())}


def main() -> None:
    """Train, report what the development set says, and write the parameters."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of training data")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="where to write the parameters")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--validate", action="store_true", help="rate what was not trained on")
    given = parser.parse_args()
    rarities = learn_rarities([given.data / name for name in TEXTS_OF_RARITY])
    stems = Stems(rarities)
    examples = read_examples(given.data / "paragraphs" / "train.jsonl")
    held_out = read_examples(given.data / "paragraphs" / "dev.jsonl")
    if given.validate:
        _validate(examples + held_out, stems, seed=given.seed)
        return
    model = train(make_lessons(examples, stems), stems=stems, seed=given.seed)
    print("development:", json.dumps(measure(held_out, model)))
    networks = {name: getattr(model, name).to_json() for name in ("words", "sentences", "sets")}
    write_json(given.out / NETWORKS_FILE, networks)
    write_json(given.out / RARITIES_FILE, rarities)


def _validate(examples: Sequence[Example], stems: Stems, *, seed: int) -> None:
    """Measure articles by models that have seen two other thirds of them, or another set."""
    names = {name: number for number, name in enumerate(dict.fromkeys(e.name for e in examples))}
    thirds = np.random.default_rng(_SHUFFLE).permutation(len(names)) % FOLDS
    parts = {
        f"fold {fold}": [thirds[names[e.name]] == fold for e in examples] for fold in range(FOLDS)
    }
    for domain in sorted({example.domain for example in examples}):
        parts[f"not trained on {domain}"] = [example.domain == domain for example in examples]
    for name, is_held_out in parts.items():
        own = [e for e, is_out in zip(examples, is_held_out, strict=True) if not is_out]
        rest = list(compress(examples, is_held_out))
        model = train(make_lessons(own, stems), stems=stems, seed=seed)
        print(f"{name}:", json.dumps(measure(rest, model)), flush=True)


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
