"""Measure headlines: token F1, words shared with real headlines, broken rules, cost.

    python -m benchmarks.headlines --data ../shared/data

Knows the data folder and the public library: nothing imports it.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summarizer import Article, Options, summarize
from summarizer.evaluation import score_text
from summarizer.headline import compress_tokens
from summarizer.headline.grammar import broken_rules
from summarizer.headline.tokens import tokenize
from summarizer.models import HEADLINE_PRESETS, Span, Summary, WarningCode

_WEB = HEADLINE_PRESETS["web"]


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


def measure_headlines(rows: Sequence[dict[str, Any]], *, max_chars: int) -> dict[str, Any]:
    """Compare our headlines with the editors', and with the first sentence cut to the length."""
    ours, baseline = [], []
    broken: Counter[str] = Counter()
    cuts = edited = opening = 0
    for row in rows:
        article = Article(text=row["text"], language="en")
        summary = summarize(article, Options(headline_chars=max_chars))
        assert len(summary.headline.text) <= max_chars
        first = summary.sentences[0].text[:max_chars]
        ours.append(score_text(summary.headline.text, [row["headline"]])["rouge1"])
        baseline.append(score_text(first, [row["headline"]])["rouge1"])
        opening += summary.headline.sentence_index == 0
        if any(warning.code is WarningCode.HEADLINE_CUT for warning in summary.warnings):
            cuts += 1
        else:
            broken.update(_broken(row["text"], summary))
        edited += len(summary.headline.spans) > 1
    return {
        "articles": len(rows),
        "rouge_1": round(statistics.mean(ours), 2),
        "first_sentence_cut": round(statistics.mean(baseline), 2),
        "gain": round(statistics.mean(ours) / statistics.mean(baseline) - 1, 3),
        "marked_cuts": cuts,
        "in_parts": edited,
        "from_opening": opening,
        "broken_rules": dict(broken),
    }


def _broken(text: str, summary: Summary) -> list[str]:
    sentence = summary.sentences[summary.headline.sentence_index]
    tokens = tokenize(text, Span(sentence.start, sentence.end))
    keep = [
        any(start <= place < end for start, end in summary.headline.spans)
        for place in tokens.starts
    ]
    return [rule.value for rule in broken_rules(tokens, keep)]


def main() -> None:
    """Print the measures as JSON."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=300, help="at most so many of a file")
    arguments = parser.parse_args()
    data, count = arguments.data, arguments.articles
    report: dict[str, Any] = {
        "google_dev": measure_compression(read_rows(data / "compression/google_dev.jsonl"))
    }
    dev = read_rows(data / "headlines/dev.jsonl")
    for name, rows in (
        ("dev_masakhanews", [row for row in dev if row["set"] == "masakhanews"]),
        ("dev_inshorts", [row for row in dev if row["set"] == "inshorts"]),
        ("bbc", read_rows(data / "paragraphs/bbc.jsonl")),
    ):
        report[name] = measure_headlines(rows[:count], max_chars=_WEB)
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
