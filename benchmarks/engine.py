"""How fast the engine is: against sumy, stage by stage, on longer and longer articles, in memory.

    python -m benchmarks.engine --data PATH [--limit N] [--rounds N] [--json]

PATH is a JSONL file of articles ("text"). One process, one core, the thread's own time.

Speed: whole calls, from the text to three sentences, against sumy's (see `benchmarks.sumy_calls`
for what sumy is given): a chunk of articles by sumy, the same chunk by us, round after round;
medians. The default `summarize` and `summarize_many` do much more than sumy's LexRank, which they
stand against. Our caches are warm, as in a worker; "first pass" is the ratio of the times of the
very first round, when every word is new. Growth: articles joined to so many words, ranking
alone and the whole `summarize`. Memory: the peak of a fresh process that summarises 1 MB of text.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import islice, pairwise
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.parity import parse
from benchmarks.stages import measure as measure_stages
from benchmarks.stages import table as table_of_stages
from benchmarks.sumy_calls import make_sumy_call
from benchmarks.timing import thread_seconds
from summarizer import METHODS, Options, summarize, summarize_many
from summarizer.ranking import rank
from summarizer.ranking.sumy_methods import SUMY_METHODS

SENTENCES = 3
CHUNK = 100
GROWTH_WORDS = (1_000, 10_000, 100_000)
LIMIT_WORDS = tuple(range(10_000, 110_000, 10_000))
MEMORY_CHARS = 1_000_000

_ONE_THREAD = "OPENBLAS_NUM_THREADS"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="JSONL file of articles")
    parser.add_argument("--limit", type=int, default=CHUNK, help="so many articles for speed")
    parser.add_argument("--rounds", type=int, default=5, help="so many times each")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--memory-of", choices=METHODS, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    with options.data.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    if options.memory_of:
        summarize(_joined(texts, chars=MEMORY_CHARS), Options(method=options.memory_of))
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        return 0
    sample = list(islice((text for text in texts if text.strip()), options.limit))
    results = {
        "speed": measure_speed(sample, options.rounds),
        "stages": measure_stages(sample[:CHUNK], rounds=options.rounds),
        "growth": [measure_growth(method, texts) for method in METHODS],
        "limits": {method: measure_limit(method, texts) for method in ("kl", "lsa")},
        "memory_mb": {method: measure_memory(method, options.data) for method in METHODS},
    }
    print(json.dumps(results, indent=1) if options.json else _tables(results))
    return 0


def measure_speed(texts: Sequence[str], rounds: int) -> list[dict[str, Any]]:
    """Time every method, the default `summarize` and `summarize_many` against sumy's calls."""

    def ranked_by(method: str) -> Callable[[str], object]:
        return lambda text: rank(parse(text), method).best(SENTENCES)

    return [
        *(compare(method, ranked_by(method), texts, rounds) for method in sorted(SUMY_METHODS)),
        compare("lex-rank", summarize, texts, rounds) | {"method": "summarize"},
        compare_many(texts, rounds),
    ]


def compare(
    method: str, ours: Callable[[str], object], texts: Sequence[str], rounds: int
) -> dict[str, Any]:
    """Time sumy's call and ours; medians over the articles of the medians over the rounds.

    A round is all articles by sumy, then all by us; the very first counts as warming up.
    """
    sumy = make_sumy_call(method, count=SENTENCES)
    table = [
        [[thread_seconds(lambda: call(text)) for text in texts] for call in (sumy, ours)]  # noqa: B023
        for _ in range(rounds + 1)
    ]
    first_sumy, first_ours = map(sum, table[0])
    sumy_s, ours_s = (
        median(median(times) for times in zip(*(row[side] for row in table[1:]), strict=True))
        for side in (0, 1)
    )
    return {
        "method": method,
        "sumy_ms": 1e3 * sumy_s,
        "ours_ms": 1e3 * ours_s,
        "ratio": sumy_s / ours_s,
        "first_pass": first_sumy / first_ours,
    }


def compare_many(texts: Sequence[str], rounds: int) -> dict[str, Any]:
    """Time all articles together; means, for a chunk is not timed article by article."""
    sumy = make_sumy_call("lex-rank", count=SENTENCES)
    table = [
        (
            thread_seconds(lambda: [sumy(text) for text in texts]),
            thread_seconds(lambda: list(summarize_many(texts))),
        )
        for _ in range(rounds)
    ]
    sumy_s, ours_s = (median(times) / len(texts) for times in zip(*table, strict=True))
    return {
        "method": "summarize_many",
        "sumy_ms": 1e3 * sumy_s,
        "ours_ms": 1e3 * ours_s,
        "ratio": sumy_s / ours_s,
        "first_pass": None,
    }


def measure_growth(method: str, texts: Sequence[str]) -> dict[str, Any]:
    """Time one method on articles of growing length; the best of three, caches warm."""
    options = Options(method=method)
    ranking, whole, ranked_by = [], [], []
    for words in GROWTH_WORDS:
        text = _joined(texts, words=words)
        parsed = parse(text)
        ranked_by.append(rank(parsed, method).method)
        # What a ranker asks for is found once an article: each time a new one.
        articles = [parse(text) for _ in range(3)]
        ranking.append(min(thread_seconds(lambda: rank(own, method)) for own in articles))  # noqa: B023
        whole.append(min(thread_seconds(lambda: summarize(text, options)) for _ in range(3)))  # noqa: B023
    return {
        "method": method,
        "words": GROWTH_WORDS,
        "rank_ms": [1e3 * seconds for seconds in ranking],
        "whole_ms": [1e3 * seconds for seconds in whole],
        "rank_factors": [later / earlier for earlier, later in pairwise(ranking)],
        "whole_factors": [later / earlier for earlier, later in pairwise(whole)],
        "ranked_by": ranked_by,
    }


def measure_limit(method: str, texts: Sequence[str]) -> dict[str, Any]:
    """Find the longest of `LIMIT_WORDS` that a method ranks itself, and how long that takes."""
    parsed = [(words, parse(_joined(texts, words=words))) for words in LIMIT_WORDS]
    own = [(words, article) for words, article in parsed if rank(article, method).method == method]
    words, longest = own[-1]
    return {"words": words, "ms": 1e3 * thread_seconds(lambda: rank(longest, method))}


def measure_memory(method: str, data: Path) -> int:
    """Return the peak memory, in MB, of a fresh process that summarises a text of 1 MB."""
    command = [sys.executable, "-m", "benchmarks.engine", "--data", str(data)]
    done = subprocess.run(
        [*command, "--memory-of", method], check=True, capture_output=True, text=True
    )
    return int(done.stdout)


def _joined(texts: Sequence[str], *, words: int = 0, chars: int = 0) -> str:
    """Join whole articles up to a number of words or characters, going round if need be."""
    joined: list[str] = []
    size = 0
    while size < (words or chars):
        text = texts[len(joined) % len(texts)]
        joined.append(text)
        size += len(text.split()) if words else len(text)
    return "\n\n".join(joined)


def _tables(results: dict[str, Any]) -> str:
    lines = ["| method | sumy, ms | ours, ms | ratio | first pass |", "|---|---:|---:|---:|---:|"]
    lines += [
        f"| {row['method']} | {row['sumy_ms']:.2f} | {row['ours_ms']:.3f} | {row['ratio']:.1f} "
        f"| {row['first_pass'] or '-':.3} |"
        for row in results["speed"]
    ]
    sizes = " | ".join(f"{words:,}" for words in GROWTH_WORDS)
    lines += ["", table_of_stages(results["stages"])]
    lines += [
        "",
        f"| ms for words | {sizes} | growth | ranked by itself |",
        "|---|---:|---:|---:|---|---|",
    ]
    for row in results["growth"]:
        for part in ("rank", "whole"):
            numbers = " | ".join(f"{value:.1f}" for value in row[f"{part}_ms"])
            factors = ", ".join(f"×{factor:.1f}" for factor in row[f"{part}_factors"])
            own = "yes" if set(row["ranked_by"]) == {row["method"]} else "not the longest"
            lines.append(f"| {row['method']}, {part} | {numbers} | {factors} | {own} |")
    lines.append("")
    for method, limit in results["limits"].items():
        lines.append(
            f"{method} ranks up to {limit['words']:,} words itself, in {limit['ms']:.0f} ms"
        )
    memory = ", ".join(f"{method} {size}" for method, size in results["memory_mb"].items())
    lines.append(f"MB for 1 MB of text: {memory}")
    return "\n".join(lines)


if __name__ == "__main__":
    if _ONE_THREAD not in os.environ:
        # numpy has been loaded with threads by now: start anew with one.
        os.environ[_ONE_THREAD] = "1"
        os.execv(sys.executable, [sys.executable, "-m", "benchmarks.engine", *sys.argv[1:]])
    sys.exit(main())
