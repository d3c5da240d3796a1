"""Options that several commands share, and the summary options they come to."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from summarizer import HEADLINE_PRESETS, METHODS, Avoid, InvalidOptionsError, Options
from workers.batches import Item
from workers.cli.console import say
from workers.cli.pages import read_articles
from workers.cli.targets import parse_out
from workers.intake import Problem, ProblemCode
from workers.settings import Settings

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        help="Files (.txt, .md, .jsonl, .json), folders, or - for standard input.",
        show_default=False,
    ),
]
Method = Annotated[
    str, typer.Option("--method", "-m", help="How sentences are ranked; see `summarizer methods`.")
]
Sentences = Annotated[
    int | None, typer.Option(help="At most so many sentences [default: 3].", show_default=False)
]
Words = Annotated[int | None, typer.Option(help="At most so many words.", show_default=False)]
Chars = Annotated[int | None, typer.Option(help="At most so many characters.", show_default=False)]
Ratio = Annotated[
    float | None, typer.Option(help="At most this share of the words.", show_default=False)
]
HeadlineChars = Annotated[
    str,
    typer.Option(help=f"Longest headline: a number, or {', '.join(HEADLINE_PRESETS)}."),
]
Language = Annotated[str, typer.Option(help='ISO 639-1 code, or "auto" to detect it.')]
Query = Annotated[
    str | None, typer.Option(help="What the paragraph should be about.", show_default=False)
]
Keywords = Annotated[int, typer.Option(help="How many keywords to return.")]
AvoidKinds = Annotated[
    list[Avoid] | None, typer.Option("--avoid", help="Kinds of sentence to do without.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON to stdout.")]
Timeout = Annotated[
    float | None,
    typer.Option(min=0, help="Wait at most so many seconds; then exit with 6.", show_default=False),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")]
RedisUrl = Annotated[
    str | None,
    typer.Option(
        help="Where Redis is [default: SUMMARIZER_REDIS_URL, or the stack that is up].",
        show_default=False,
    ),
]
DataDir = Annotated[
    Path | None,
    typer.Option(help="Where the stack keeps its files [default: SUMMARIZER_DATA_DIR].",
                 show_default=False),
]  # fmt: skip
Out = Annotated[
    Path | None,
    typer.Option(
        "--out", "-o", metavar="FILE", parser=parse_out, show_default=False,
        help="Write the results to this JSONL file or pipe, in folders that are made where they "
        "are missing; - is standard output.",
    ),
]  # fmt: skip


def make_options(**given: Any) -> Options:
    """Return the summary options that the command line gives; None means "not given".

    Raises:
        InvalidOptionsError: a value is out of range, or the method does not exist.
    """
    values = {name: value for name, value in given.items() if value is not None}
    chars = values.get("headline_chars")
    if isinstance(chars, str) and re.fullmatch(r"(?a:\d{1,99})", chars):
        values["headline_chars"] = int(chars)
    options = Options.from_mapping(values)
    if options.method not in METHODS:
        raise InvalidOptionsError("method", options.method, f"one of {', '.join(METHODS)}")
    return options


def read_pairs(pairs: Sequence[str]) -> dict[str, str]:
    """Return what `--metadata` gives, each key once.

    Raises:
        typer.BadParameter: one is no pair, or its key was given before.
    """
    read: dict[str, str] = {}
    for pair in pairs:
        name, separator, value = pair.partition("=")
        if not separator or not name:
            raise typer.BadParameter(f"{pair!r} is not KEY=VALUE", param_hint="--metadata")
        if name in read:
            message = f"{pair!r}: the key {name!r} has the value {read[name]!r} already"
            raise typer.BadParameter(message, param_hint="--metadata")
        read[name] = value
    return read


_TAKEN = (ProblemCode.EMPTY_ARTICLE, ProblemCode.PAGE_NOT_READ)
"""Problems of articles that are taken nevertheless, and have an errored result."""


class Articles:
    """The items of some paths; problems go to stderr as they come, and are counted.

    Attributes:
        problems: what is wrong with the input so far.
        refused: those of them that have no result.
    """

    def __init__(self, paths: Sequence[str], settings: Settings) -> None:
        stdin = None if sys.stdin is None else sys.stdin.buffer
        self._found = read_articles(paths, settings=settings, stdin=stdin)
        self.problems = 0
        self.refused = 0

    def __iter__(self) -> Iterator[Item]:
        for found in self._found:
            if isinstance(found, Problem):
                self.problems += not found.is_note
                self.refused += not (found.is_note or found.code in _TAKEN)
                say(str(found))
            else:
                yield found
