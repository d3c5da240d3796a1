"""`summarizer evaluate`: how near the methods come to summaries that people wrote."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from summarizer import InvalidArticleError, SummarizerError
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


def _parse_file(value: str) -> Path:
    """Return the file, or `-` for standard input; typer's own check looks for a file called so."""
    path = Path(value)
    if value != "-" and (path.is_dir() or not path.exists()):
        raise typer.BadParameter(f"{value!r} is {'a folder' if path.is_dir() else 'not there'}")
    return path


def evaluate_methods(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.jsonl", parser=_parse_file, help="The file, or - for standard input."
        ),
    ],
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
    are any. The lead and the oracle, the best that greedy choice can do, are always shown. Lines
    that mean nothing and articles without a sentence are named and left out; the exit code is 3.
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
    references = _Input(file, read_reference)
    references.need(references.rows, "summary")
    with _progress(is_quiet=quiet) as progress:
        task = progress.add_task("measuring", total=len(references.rows))
        rows = evaluate(
            references.rows,
            methods=methods,
            options=options[0],
            on_article=lambda: progress.advance(task),
            on_left_out=references.leave_out,
        )
    references.need(rows, "sentence")
    if as_json:
        write_json({"file": references.name, "rows": [row.to_dict() for row in rows]})
    else:
        _print_rows(rows)
    hold_floors(means_of_methods(rows), least)
    references.end()


def _evaluate_headlines(file: Path, *, floors: Floors, as_json: bool, is_quiet: bool) -> None:
    """Compare headlines with the editors', and count the rules that they break."""
    articles = _Input(file, read_headline)
    articles.need(articles.rows, "headline")
    with _progress(is_quiet=is_quiet) as progress:
        task = progress.add_task("measuring", total=len(articles.rows))
        rows = evaluate_headlines(
            articles.rows,
            on_article=lambda: progress.advance(task),
            on_left_out=articles.leave_out,
        )
    articles.need(rows, "sentence")
    if as_json:
        write_json({"file": articles.name, "rows": [row.to_dict() for row in rows]})
    else:
        _print_headline_rows(rows)
    hold_floors(means_of_headlines(rows), floors)
    articles.end()


class _Input(Generic[T]):
    """The articles of a file; what is left out is named on stderr, with its line."""

    def __init__(self, file: Path, read: Callable[[Mapping[str, Any]], T]) -> None:
        is_stdin = file == Path("-")
        self.name = "stdin" if is_stdin else file.name
        self.rows: list[T] = []
        self._place = "stdin" if is_stdin else str(file)
        self._lines: list[int] = []
        self._is_whole = True
        if is_stdin and sys.stdin is None:
            return
        with nullcontext(sys.stdin.buffer) if is_stdin else file.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    self.rows.append(read(_values(line)))
                    self._lines.append(number)
                except InvalidArticleError as error:
                    self._name(number, error)

    def leave_out(self, place: int, error: SummarizerError) -> None:
        """Name an article, by its place among the rows, that could not be measured."""
        self._name(self._lines[place], error)

    def need(self, found: Sequence[object], what: str) -> None:
        """End the command where nothing was found."""
        if not found:
            say(f"{self._place}: no article with a {what}")
            raise typer.Exit(ExitCode.ERROR)

    def end(self) -> None:
        """End the command, with the exit code that says whether all of the file was measured."""
        raise typer.Exit(ExitCode.OK if self._is_whole else ExitCode.SOME_ERRORED)

    def _name(self, line: int, error: SummarizerError) -> None:
        self._is_whole = False
        say(f"{self._place}:{line}: {error}")


def _values(line: bytes) -> dict[str, Any]:
    """Return the object of a line.

    Raises:
        InvalidArticleError: it holds none.
    """
    try:
        values = orjson.loads(line.rstrip(b"\r\n").decode())
    except UnicodeDecodeError as error:
        raise InvalidArticleError(str(error)) from error
    except orjson.JSONDecodeError as error:
        # The parser's own words place it on line 1: it was given one line.
        message = f"not valid JSON: {error.msg} at column {error.colno}"
        raise InvalidArticleError(message) from error
    if not isinstance(values, dict):
        raise InvalidArticleError("a line must be a JSON object")
    return values


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
