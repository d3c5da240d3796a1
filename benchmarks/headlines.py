"""Measure headlines: token F1, words shared with real headlines, broken rules, cost.

    python -m benchmarks.headlines --data DATA

Knows the data folder and the public library: nothing imports it.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.sumy_calls import make_sumy_call
from benchmarks.timing import thread_seconds
from summarizer import Article, Options
from summarizer.headline import compress_tokens, make_headlines
from summarizer.headline_evaluation import evaluate_headlines, read_headline
from summarizer.options import HEADLINE_PRESETS
from summarizer.ranking import rank_many
from summarizer.text.reading import Reading, read_articles

_WEB = HEADLINE_PRESETS["web"]
_TIMES = 9
_MANY = 100


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Read the objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def measure_compression(rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Return mean token F1 of the sentences, and the share of tokens kept."""
    scores, kept, total = [], 0, 0
    seconds = 0.0
    for row in rows:
        begun = time.perf_counter()
        flags = compress_tokens(row["tokens"])
        seconds += time.perf_counter() - begun
        both = sum(flag and gold for flag, gold in zip(flags, row["keep"], strict=True))
        scores.append(2 * both / max(1, sum(flags) + sum(row["keep"])))
        kept, total = kept + sum(flags), total + len(flags)
    return {
        "token_f1": round(statistics.mean(scores), 4),
        "rate": round(kept / total, 4),
        "ms_per_sentence": round(1000 * seconds / len(rows), 3),
    }


def measure_cost(data: Path) -> dict[str, float]:
    """Return milliseconds of this thread, the median of several runs, and the ratio to LexRank."""
    wire = (data / "articles/afp-putin-north-korea.txt").read_text(encoding="utf-8")
    bbc = [row["text"] for row in read_rows(data / "paragraphs/bbc.jsonl")[:_MANY]]
    lex_rank = make_sumy_call("lex-rank", count=3)
    found = {"lex_rank": _median(lambda: lex_rank(wire))}
    for name, texts in (("one", [wire]), ("each_of_many", bbc)):
        readings = read_articles([Article(text=text) for text in texts], Options())
        parsed = [reading.parsed for reading in readings if isinstance(reading, Reading)]
        rankings = rank_many(parsed, "news")
        make = partial(make_headlines, parsed, rankings, max_chars=_WEB)
        found[name] = _median(make) / len(texts)
        found[f"{name}_by_lex_rank"] = found[name] / found["lex_rank"]
    return {name: round(value, 4) for name, value in found.items()}


def _median(call: Callable[[], object]) -> float:
    return 1000 * statistics.median(thread_seconds(call) for _ in range(_TIMES))


def main() -> None:
    """Print the measures as JSON."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=300, help="at most so many of a file")
    arguments = parser.parse_args()
    data, count = arguments.data, arguments.articles
    report: dict[str, Any] = {
        "cost": measure_cost(data),
        "google_dev": measure_compression(read_rows(data / "compression/google_dev.jsonl")),
    }
    dev = read_rows(data / "headlines/dev.jsonl")
    for name, rows in (
        ("dev_masakhanews", [row for row in dev if row["set"] == "masakhanews"]),
        ("dev_inshorts", [row for row in dev if row["set"] == "inshorts"]),
        ("bbc", read_rows(data / "paragraphs/bbc.jsonl")),
    ):
        articles = [read_headline(row) for row in rows[:count]]
        report[name] = [row.to_dict() for row in evaluate_headlines(articles)]
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
