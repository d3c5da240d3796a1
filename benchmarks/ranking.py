"""What ranking an article costs by each method, one by one and in a block.

    python -m benchmarks.ranking --data PATH [--limit N] [--rounds N] [-m METHOD ...]

PATH is a JSONL file of articles ("text"); those of 300 to 500 words are taken. Methods take turns
in every round; medians of the thread's own time, in ms an article.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from statistics import median

from benchmarks.timing import thread_seconds
from summarizer import Article, Options, summarize
from summarizer.ranking import rank, rank_many
from summarizer.text.parsed import ParsedArticle
from summarizer.text.reading import Reading, read_articles

WORDS = range(300, 501)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="JSONL file of articles")
    parser.add_argument("--limit", type=int, default=100, help="so many articles")
    parser.add_argument("--rounds", type=int, default=20, help="so many times each")
    parser.add_argument("-m", "--method", action="append", help="default: news, lex-rank, lead")
    options = parser.parse_args(arguments)
    with options.data.open(encoding="utf-8") as lines:
        texts = (json.loads(line)["text"] for line in lines)
        fitting = (text for text in texts if len(text.split()) in WORDS)
        articles = [Article(text=text) for text in islice(fitting, options.limit)]
    print("| method | rank alone | rank in a block | summarize |\n|---|---:|---:|---:|")
    methods = options.method or ["news", "lex-rank", "lead"]
    for method, times in measure(articles, methods, rounds=options.rounds).items():
        print(f"| {method} | " + " | ".join(f"{ms:.3f}" for ms in times) + " |")
    return 0


def measure(
    articles: Sequence[Article], methods: Sequence[str], *, rounds: int
) -> dict[str, list[float]]:
    """Return for each method the time of ranking alone, in a block, and of whole summaries.

    Args:
        articles: English articles.
        methods: their names.
        rounds: how often.
    """
    outcomes = read_articles(articles, Options())
    parsed = [outcome.parsed for outcome in outcomes if isinstance(outcome, Reading)]
    runs = {method: _runs(method, articles, parsed) for method in methods}
    found = [
        {
            method: [1e3 * thread_seconds(run) / len(parsed) for run in own]
            for method, own in runs.items()
        }
        for _ in range(rounds + 1)
    ]
    # The first round fills what is remembered.
    return {
        method: [median(row) for row in zip(*(times[method] for times in found[1:]), strict=True)]
        for method in methods
    }


def _runs(
    method: str, articles: Sequence[Article], parsed: Sequence[ParsedArticle]
) -> list[Callable[[], object]]:
    options = Options(method=method)
    return [
        lambda: [rank(article, method) for article in parsed],
        lambda: rank_many(parsed, method),
        lambda: [summarize(article, options) for article in articles],
    ]


if __name__ == "__main__":
    raise SystemExit(main())
