"""Where the time of a summary goes, stage by stage, beside a bare scan of the same text.

    python -m benchmarks.stages --data PATH [--limit N] [--rounds N] [--json]

PATH is a JSONL file of articles ("text"). One block of articles goes through each stage as
`summarize_many` takes it, in turns; medians of the thread's own time, in ms an article. The bare
scan finds words and ends of sentences with two regular expressions and does nothing with them.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from statistics import median

from benchmarks.timing import thread_seconds
from summarizer import Article, Options, summarize, summarize_many
from summarizer.headline import make_headlines
from summarizer.ranking import rank_many
from summarizer.selection import select
from summarizer.text.cleaning import find_removed
from summarizer.text.languages import detect_language
from summarizer.text.reading import Reading, read_articles
from summarizer.text.sentences import split_sentences
from summarizer.text.terms import extract_terms_many

BARE_SCAN = "bare scan of words and sentence ends"
BLOCK = "summarize_many, a block"
ALONE = "summarize, one by one"

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="JSONL file of articles")
    parser.add_argument("--limit", type=int, default=100, help="so many articles")
    parser.add_argument("--rounds", type=int, default=20, help="so many times each")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    with options.data.open(encoding="utf-8") as lines:
        found = (json.loads(line)["text"] for line in lines)
        texts = list(islice((text for text in found if text.strip()), options.limit))
    times = measure(texts, rounds=options.rounds)
    print(json.dumps(times, indent=1) if options.json else table(times))
    return 0


def measure(texts: Sequence[str], *, rounds: int) -> dict[str, float]:
    """Return the time of each stage, in ms an article.

    Args:
        texts: a block of English articles.
        rounds: how often; each round runs every stage once.
    """
    stages = make_stages(texts)
    for run in stages.values():
        run()
    times = [{name: thread_seconds(run) for name, run in stages.items()} for _ in range(rounds)]
    return {name: 1e3 * median(row[name] for row in times) / len(texts) for name in stages}


def make_stages(texts: Sequence[str]) -> Mapping[str, Callable[[], object]]:
    """Return each stage as a function of nothing: what it needs was made before.

    Args:
        texts: a block of English articles.
    """
    options = Options()
    articles = [Article(text=text) for text in texts]
    outcomes = read_articles(articles, options)
    parsed = [outcome.parsed for outcome in outcomes if isinstance(outcome, Reading)]
    rankings = rank_many(parsed, options.method)
    words = [(article.terms.sentences, None) for article in parsed]
    return {
        BARE_SCAN: lambda: [(_WORD.findall(t), _SENTENCE_END.split(t)) for t in texts],
        "detect the language": lambda: [detect_language(text) for text in texts],
        "clean": lambda: [find_removed(text, language="en") for text in texts],
        "split": lambda: [split_sentences(a.text, removed=a.removed) for a in parsed],
        "find words": lambda: extract_terms_many(words, language="en"),
        "rank": lambda: rank_many(parsed, options.method),
        "select": lambda: [
            select(article, ranking, options=options)
            for article, ranking in zip(parsed, rankings, strict=True)
        ],
        "make headlines": lambda: make_headlines(
            parsed, rankings, max_chars=options.headline_chars
        ),
        BLOCK: lambda: list(summarize_many(articles)),
        ALONE: lambda: [summarize(article) for article in articles],
    }


def table(times: Mapping[str, float]) -> str:
    """Return what `measure` found as a Markdown table."""
    bare = times[BARE_SCAN]
    rows = [
        f"| {name} | {ms:.3f} | {ms / bare:.2f} | {ms / times[BLOCK]:.0%} |"
        for name, ms in times.items()
    ]
    head = ["| stage | ms an article | × bare scan | of a block |", "|---|---:|---:|---:|"]
    return "\n".join(head + rows)


if __name__ == "__main__":
    raise SystemExit(main())
