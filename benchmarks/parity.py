"""How often our methods choose the same sentences as sumy's, given the same words.

    python -m benchmarks.parity --data PATH [--limit N] [--json]

PATH is a JSONL file of articles ("text", and "title" or "headline" for Edmundson), or a folder of
them. Both sides get our sentences, words, stems, stop words and cue words. A difference is put
down to

- a tie: the sentences that one side has and the other has not are rated the same. sumy decides
  by the last bits of its sums, which for LSA change from run to run with the order of
  a Python set; we decide by position;
- a known defect of sumy: it keeps ratings by the text of a sentence, so a sentence that stands
  twice has the rating of its last place, or of both together;
- or neither: "other", which should be 0.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from math import isclose
from pathlib import Path

from summarizer.ranking import Ranking, rank
from summarizer.ranking.sumy_methods import (
    SUMY_METHODS,
    make_sumy_document,
    make_sumy_summarizer,
    rank_as_sumy,
)
from summarizer.text.parsed import ParsedArticle
from summarizer.text.sentences import split_sentences
from summarizer.text.terms import extract_terms

COUNTS = (1, 3, 5)
OUTCOMES = ("same", "tie", "defect", "other")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 1 if there is a difference that has no explanation."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="JSONL file, or folder of them")
    parser.add_argument("--limit", type=int, help="at most so many articles of each file")
    parser.add_argument("--json", action="store_true", help="print rows as JSON")
    options = parser.parse_args(arguments)
    outcomes: Counter[tuple[str, int, str]] = Counter()
    articles = 0
    for parsed in read_articles(options.data, limit=options.limit):
        articles += 1
        outcomes.update(compare(parsed))
    rows = [
        {"method": method, "k": k, "articles": articles}
        | {outcome: outcomes[method, k, outcome] for outcome in OUTCOMES}
        for method in sorted(SUMY_METHODS)
        for k in COUNTS
    ]
    print(json.dumps(rows, indent=1) if options.json else _table(rows))
    return int(any(row["other"] for row in rows))


def compare(parsed: ParsedArticle) -> Iterator[tuple[str, int, str]]:
    """Yield method, number of sentences and outcome for one article."""
    for method in SUMY_METHODS:
        ranking, theirs = rank(parsed, method), rank_as_sumy(parsed, method=method)
        for k in COUNTS:
            yield method, k, _outcome(parsed, ranking, method=method, theirs=theirs, k=k)


def _outcome(
    parsed: ParsedArticle, ranking: Ranking, *, method: str, theirs: Sequence[int], k: int
) -> str:
    """Say why the two choices of k sentences differ: one of `OUTCOMES`."""
    ours = ranking.best(k)
    only_ours, only_theirs = set(ours) - set(theirs[:k]), set(theirs[:k]) - set(ours)
    if not only_ours:
        return "same"
    scores = ranking.scores
    if sorted(scores[index] for index in only_ours) == sorted(scores[i] for i in only_theirs):
        return "tie"
    texts = [parsed.sentence_text(index) for index in range(len(scores))]
    if any(texts.count(texts[index]) > 1 for index in only_ours | only_theirs):
        return "defect"
    return "tie" if method == "kl" and _part_at_tie(parsed, ours, theirs) else "other"


def _part_at_tie(parsed: ParsedArticle, ours: Sequence[int], theirs: Sequence[int]) -> bool:
    """Tell whether, where the picks of KL part, sumy's own divergences of both are the same."""
    step = next(
        step for step, pair in enumerate(zip(ours, theirs, strict=False)) if len({*pair}) > 1
    )
    summarizer = make_sumy_summarizer(parsed, method="kl")
    sentences = make_sumy_document(parsed, has_heading=False).sentences
    frequencies = summarizer.compute_tf(sentences)
    summary = [word for index in ours[:step] for word in sentences[index].words]

    def divergence(index: int) -> float:
        words = summarizer._get_content_words_in_sentence(sentences[index])
        value: float = summarizer._kl_divergence(
            summarizer._joint_freq(words, summary), frequencies
        )
        return value

    return isclose(divergence(ours[step]), divergence(theirs[step]), rel_tol=1e-12)


def read_articles(path: Path, *, limit: int | None) -> Iterator[ParsedArticle]:
    """Yield the articles of a JSONL file, or of all in a folder, that have a sentence."""
    for file in sorted(path.rglob("*.jsonl")) if path.is_dir() else [path]:
        with file.open(encoding="utf-8") as lines:
            for row in islice(map(json.loads, lines), limit):
                parsed = parse(row["text"], title=row.get("title") or row.get("headline"))
                if parsed.spans:
                    yield parsed


def parse(text: str, *, title: str | None = None) -> ParsedArticle:
    """Split and read an English article; nothing is cleaned, for sumy does not clean."""
    spans = split_sentences(text, language="en")
    terms = extract_terms(text, spans, language="en", title=title)
    return ParsedArticle(
        text=text, title=title, language="en", spans=spans, removed=(), terms=terms
    )


def _table(rows: Sequence[dict[str, object]]) -> str:
    columns = list(rows[0])
    lines = ["  ".join(f"{column:>10}" for column in columns)]
    lines += ["  ".join(f"{row[column]!s:>10}" for column in columns) for row in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
