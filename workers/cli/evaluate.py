"""`summarizer evaluate`: how near the methods come to summaries that people wrote."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from summarizer import InvalidArticleError
from summarizer.evaluation import Interval, Row, evaluate, read_reference
from summarizer.headline_evaluation import HeadlineRow, evaluate_headlines, read_headline
from summarizer.rouge import METRICS
from workers.cli import options as given
from workers.cli.console import print_text, say, write_json
from workers.cli.exits import ExitCode
from workers.cli.floors import (
    Floors,
    hold_floors,
    means_of_headlines,
    means_of_methods,
    read_floors,
)

T = TypeVar("T")

Methods = Annotated[
    list[str] | None,
    typer.Option("--method", "-m", help="A method to measure; may be repeated [default: news]."),
]
FloorsFile = Annotated[
    Path | None,
    typer.Option(help="JSON of the least means by set, method and metric: below them, exit 1."),
]


Headlines = Annotated[
    bool, typer.Option(help="Measure headlines only: the rows need no summaries then.")
]


def evaluate_methods(
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", exists=True, dir_okay=False)],
    method: Methods = None,
    headlines: Headlines = False,
    sentences: given.Sentences = None,
    words: given.Words = None,
    floors: FloorsFile = None,
    as_json: given.AsJson = False,
    quiet: given.Quiet = False,
) -> None:
    """Compare methods with summaries that people wrote: ROUGE F1 with 95 % intervals.

    \b
    Examples:
      summarizer evaluate references.jsonl
      summarizer evaluate references.jsonl --method news --method lex-rank --sentences 2
      summarizer evaluate articles.jsonl --headlines
      summarizer evaluate references.jsonl --json | jq '.rows[] | select(.method == "news")'

    One object a line: "text"; "summary" (a text, or the list of its sentences) or "references" (a
    list of such summaries, of which the nearest counts); "headline", "language" and "set" if there
    are any. The lead and the oracle, the best that greedy choice can do, are always shown.
    """
    least = read_floors(floors) if floors else {}
    if headlines:
        if method or sentences or words:
            raise typer.BadParameter("--headlines takes no method and no length of paragraphs")
        _evaluate_headlines(file, floors=least, as_json=as_json, is_quiet=quiet)
        return
    methods = method or ["news"]
    options = [
        given.make_options(method=name, sentences=sentences, words=words) for name in methods
    ]
    references = list(_read_rows(file, read_reference))
    _need(references, "summary", file)
    with _progress(is_quiet=quiet) as progress:
        task = progress.add_task("measuring", total=len(references))
        rows = evaluate(
            references,
            methods=methods,
            options=options[0],
            on_article=lambda: progress.advance(task),
        )
    _need(rows, "sentence", file)
    if as_json:
        write_json({"file": file.name, "rows": [row.to_dict() for row in rows]})
    else:
        _print_rows(rows)
    hold_floors(means_of_methods(rows), least)


def _evaluate_headlines(file: Path, *, floors: Floors, as_json: bool, is_quiet: bool) -> None:
    """Compare headlines with the editors', and count the rules that they break."""
    articles = list(_read_rows(file, read_headline))
    _need(articles, "headline", file)
    with _progress(is_quiet=is_quiet) as progress:
        task = progress.add_task("measuring", total=len(articles))
        rows = evaluate_headlines(articles, on_article=lambda: progress.advance(task))
    _need(rows, "sentence", file)
    if as_json:
        write_json({"file": file.name, "rows": [row.to_dict() for row in rows]})
    else:
        _print_headline_rows(rows)
    hold_floors(means_of_headlines(rows), floors)


def _need(found: Sequence[object], what: str, file: Path) -> None:
    if not found:
        say(f"{file}: no article with a {what}")
        raise typer.Exit(ExitCode.ERROR)


def _read_rows(file: Path, read: Callable[[Mapping[str, Any]], T]) -> Iterator[T]:
    """Read the articles of a file; a line that means nothing is named on stderr."""
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                values = orjson.loads(line.rstrip(b"\r\n").decode())
                if not isinstance(values, dict):
                    raise InvalidArticleError("a line must be a JSON object")
                yield read(values)
            except (UnicodeDecodeError, orjson.JSONDecodeError, InvalidArticleError) as error:
                say(f"{file}:{number}: {error}")


def _progress(*, is_quiet: bool) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("articles"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=is_quiet or not sys.stderr.isatty(),
    )


def _print_rows(rows: Sequence[Row]) -> None:
    width = max(len(row.method) for row in rows)
    group = None
    for row in rows:
        if row.group != group:
            group = row.group
            print_text(f"{group}: {row.articles} articles", style="bold")
        cells = [f"{name} {_cell(row.scores[name])}" for name in METRICS]
        if row.gain is not None:
            cells.append(f"over lead {_cell(row.gain, sign='+')}")
        if headline := row.scores.get("headline_rouge1"):
            cells.append(f"headline {_cell(headline)}")
        print_text(f"  {row.method:<{width}}  {'  '.join(cells)}")


def _print_headline_rows(rows: Sequence[HeadlineRow]) -> None:
    for row in rows:
        print_text(f"{row.group}: {row.articles} articles", style="bold")
        broken = ", ".join(f"{name} {count}" for name, count in row.violations.items()) or "0"
        print_text(
            f"  rouge1 {_cell(row.rouge1)}  opening {_cell(row.opening)}  "
            f"over opening {_cell(row.gain, sign='+')}  marked cuts {row.cuts}  "
            f"broken rules {broken}"
        )


def _cell(interval: Interval, *, sign: str = "") -> str:
    return f"{interval.mean:{sign}5.2f} [{interval.low:{sign}.1f} {interval.high:{sign}.1f}]"
