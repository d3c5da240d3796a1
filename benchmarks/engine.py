"""How fast the engine is: against sumy, on longer and longer articles, and in memory.

    python -m benchmarks.engine --data PATH [--limit N] [--rounds N] [--json]

PATH is a JSONL file of articles ("text"). One process, one core. Speed: whole calls, from the text
to three sentences, in turns with sumy's over the same articles (see `benchmarks.sumy_calls` for
what sumy is given); medians. Our caches are warm, as in a worker; "first_pass" is the ratio of the
times of the very first round, when every word is new. Growth: articles joined to so many words.
Memory: the peak of a fresh process that ranks 1 MB of text.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice, pairwise
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.parity import parse
from benchmarks.sumy_calls import make_sumy_call
from summarizer import METHODS, Options, summarize, summarize_many
from summarizer.ranking import rank
from summarizer.ranking.sumy_methods import SUMY_METHODS

SENTENCES = 3
GROWTH_WORDS = (1_000, 10_000, 100_000)
MEMORY_CHARS = 1_000_000
CHUNK = 100


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="JSONL file of articles")
    parser.add_argument("--limit", type=int, default=CHUNK, help="so many articles for speed")
    parser.add_argument("--rounds", type=int, default=3, help="so many times each")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--memory-of", choices=METHODS, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    with options.data.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    if options.memory_of:
        rank(parse(_joined(texts, chars=MEMORY_CHARS)), options.memory_of)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        return 0
    sample = list(islice((text for text in texts if text.strip()), options.limit))
    results = {
        "speed": [measure_speed(method, sample, options.rounds) for method in sorted(SUMY_METHODS)],
        "whole": measure_whole(sample, options.rounds),
        "growth": [measure_growth(method, texts) for method in METHODS],
        "memory_mb": {method: measure_memory(method, options.data) for method in METHODS},
    }
    print(json.dumps(results, indent=1) if options.json else _tables(results))
    return 0


def measure_speed(method: str, texts: Sequence[str], rounds: int) -> dict[str, Any]:
    """Time one method, from text to sentences, against sumy's."""

    def ours(text: str) -> list[int]:
        return rank(parse(text), method).best(SENTENCES)

    theirs = make_sumy_call(method, count=SENTENCES)
    return {"method": method} | _compare(theirs, ours, texts, rounds)


def measure_whole(texts: Sequence[str], rounds: int) -> list[dict[str, Any]]:
    """Time the default `summarize` and a chunk of `summarize_many` against sumy's LexRank."""
    theirs = make_sumy_call("lex-rank", count=SENTENCES)
    alone = {"method": "summarize"} | _compare(theirs, summarize, texts, rounds)
    chunk = list(islice(texts, CHUNK))
    times = [_time(lambda: list(summarize_many(chunk, Options()))) for _ in range(rounds)]
    ours = median(times) / len(chunk)
    many = {"method": "summarize_many", "ours_ms": 1e3 * ours}
    return [alone, alone | many | {"ratio": alone["sumy_ms"] / 1e3 / ours, "first_pass": None}]


def _compare(
    theirs: Callable[[str], object],
    ours: Callable[[str], object],
    texts: Sequence[str],
    rounds: int,
) -> dict[str, Any]:
    """Return the medians over the articles of the medians over the rounds.

    A round is all articles by sumy, then all by us; the very first counts as warming up.
    """
    table = [
        [[_time(lambda: call(text)) for text in texts] for call in (theirs, ours)]  # noqa: B023
        for _ in range(rounds + 1)
    ]
    first_theirs, first_ours = (sum(times) for times in table[0])
    sumy_s, ours_s = (
        median(median(times) for times in zip(*(row[side] for row in table[1:]), strict=True))
        for side in (0, 1)
    )
    return {
        "sumy_ms": 1e3 * sumy_s,
        "ours_ms": 1e3 * ours_s,
        "ratio": sumy_s / ours_s,
        "first_pass": first_theirs / first_ours,
    }


def measure_growth(method: str, texts: Sequence[str]) -> dict[str, Any]:
    """Time one method on articles of growing length; the best of three, caches warm."""
    seconds, ranked_by = [], []
    for words in GROWTH_WORDS:
        text = _joined(texts, words=words)
        ranked_by.append(rank(parse(text), method).method)
        seconds.append(min(_time(lambda: rank(parse(text), method)) for _ in range(3)))  # noqa: B023
    return {
        "method": method,
        "words": GROWTH_WORDS,
        "ms": [1e3 * value for value in seconds],
        "factors": [later / earlier for earlier, later in pairwise(seconds)],
        "ranked_by": ranked_by,
    }


def measure_memory(method: str, data: Path) -> int:
    """Return the peak memory, in MB, of a fresh process that ranks a text of 1 MB."""
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


def _time(call: Callable[[], object]) -> float:
    # The time of this thread on the processor: what else runs on the machine does not count.
    start = time.thread_time()
    call()
    return time.thread_time() - start


def _tables(results: dict[str, Any]) -> str:
    lines = ["method            sumy ms   ours ms     ratio  first pass"]
    for row in [*results["speed"], *results["whole"]]:
        cells = [row[column] for column in ("sumy_ms", "ours_ms", "ratio", "first_pass")]
        numbers = "".join(f"{cell:10.2f}" if cell else f"{'-':>10}" for cell in cells)
        lines.append(f"{row['method']:15}{numbers}")
    lines.append("\nmethod          " + "".join(f"{words:>10,}" for words in GROWTH_WORDS) + "  ms")
    for row in results["growth"]:
        numbers = "".join(f"{value:10.1f}" for value in row["ms"])
        factors = " ".join(f"x{factor:.1f}" for factor in row["factors"])
        downgraded = "" if set(row["ranked_by"]) == {row["method"]} else f"  {row['ranked_by']}"
        lines.append(f"{row['method']:16}{numbers}  {factors}{downgraded}")
    memory = ", ".join(f"{method} {size}" for method, size in results["memory_mb"].items())
    lines.append(f"\nMB for 1 MB of text: {memory}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
