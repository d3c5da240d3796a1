"""Train the parameters of `method="news"`: `python -m training.ranker --data PATH`.

The same data and seed give the same files on one machine. Needs torch beside the project.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from itertools import compress
from pathlib import Path

import numpy as np

from summarizer.ranking.choice import NETWORKS_FILE, RARITIES_FILE, Model, choose
from summarizer.ranking.stem_facts import Stems
from training.articles import Example
from training.ranker_fitting import train
from training.ranker_lessons import learn_rarities, make_lessons, read_examples, read_rests
from training.shipped import SHIPPED

TEXTS_OF_RARITY = ("paragraphs/train.jsonl", "headlines/train.jsonl", "headlines/agnews.jsonl")
RESTS = "headlines/train.jsonl"
RESTS_FROM = ("bbc", "masakhanews")
FOLDS = 3
_SHUFFLE = 5


def measure(examples: Sequence[Example], model: Model) -> dict[str, float]:
    """Return the mean gain in ROUGE-1 F1 over the lead, in points, for each domain and size.

    Args:
        examples: articles that the model was not fitted on.
        model: the three networks.
    """
    choice = choose([example.parsed for example in examples], model)
    gains: dict[str, list[float]] = {}
    for example, best in zip(examples, choice.best, strict=True):
        for size, chosen in best.items():
            ours, lead = example.reward(np.array([chosen, range(size)])).tolist()
            kind = f"{example.domain} {example.surface} {size}"
            gains.setdefault(kind, []).append(100.0 * (ours - lead))
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
    rests = read_rests(given.data / RESTS, domains=RESTS_FROM)
    if given.validate:
        _validate(examples + held_out, rests, stems, seed=given.seed)
        return
    model = train(make_lessons(examples + rests, stems), stems=stems, seed=given.seed)
    print("development:", json.dumps(measure(held_out, model)))
    networks = {name: getattr(model, name).to_json() for name in ("words", "sentences", "sets")}
    write_json(given.out / NETWORKS_FILE, networks)
    write_json(given.out / RARITIES_FILE, rarities)


def _validate(
    examples: Sequence[Example], rests: Sequence[Example], stems: Stems, *, seed: int
) -> None:
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
        model = train(make_lessons([*own, *rests], stems), stems=stems, seed=seed)
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
