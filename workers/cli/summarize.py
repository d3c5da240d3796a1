"""`summarizer summarize`: articles in, summaries out, in this process and without a queue."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Annotated

import typer

from summarizer import Options, SummarizerError, Summary, summarize
from workers.batches import Item, merge_options
from workers.blobs import result_line
from workers.cli import options as given
from workers.cli.console import print_explanation, print_summary, say, write_json, write_line
from workers.cli.exits import ExitCode
from workers.intake.problems import printable
from workers.processing import result_of
from workers.settings import read_settings


def summarize_articles(
    paths: given.Paths,
    method: given.Method = "news",
    sentences: given.Sentences = None,
    words: given.Words = None,
    chars: given.Chars = None,
    ratio: given.Ratio = None,
    headline_chars: given.HeadlineChars = "web",
    language: given.Language = "auto",
    query: given.Query = None,
    keywords: given.Keywords = 0,
    avoid: given.AvoidKinds = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Show every sentence's score, and the reasons; --json always does."
        ),
    ] = False,
    as_json: given.AsJson = False,
) -> None:
    """Summarise articles at once, in this process.

    \b
    Examples:
      summarizer summarize story.txt
      summarizer summarize story.txt --sentences 2 --headline-chars wire
      curl -s https://example.org/story.txt | summarizer summarize -
      summarizer summarize articles.jsonl --json > results.jsonl
      summarizer summarize story.txt --method lex-rank --explain

    With --json, the summary of a lone article; of several, a line for each: index, custom_id, and
    the result, which is a summary or an error.
    """
    options = given.make_options(
        method=method,
        sentences=sentences,
        words=words,
        chars=chars,
        ratio=ratio,
        headline_chars=headline_chars,
        language=language,
        query=query,
        keywords=keywords,
        avoid=avoid,
    )
    articles = given.Articles(paths, read_settings(os.environ))
    succeeded = failed = 0
    for item in articles:
        outcome = _outcome(item, options)
        if isinstance(outcome, Summary):
            succeeded += 1
        else:
            failed += 1
        if as_json:
            _write(item, outcome, is_alone=_is_alone(item, paths))
        elif isinstance(outcome, Summary):
            print_summary(item.custom_id, outcome.to_dict())
            if explain:
                print_explanation(outcome.to_dict())
    if failed or articles.problems:
        raise typer.Exit(ExitCode.SOME_ERRORED if succeeded else ExitCode.ERROR)


def _outcome(item: Item, options: Options) -> Summary | SummarizerError:
    """Return the summary of an article, or why there is none, which is said too."""
    own = Options.from_mapping(merge_options(options.to_dict(), item.options))
    try:
        return summarize(item.article, own)
    except SummarizerError as error:
        if item.article.text.strip():  # of an empty one, the intake has said so
            say(f"{item.source}: {error}")
        return error


def _is_alone(item: Item, paths: Sequence[str]) -> bool:
    """Whether the article is all that was given: a file that holds one, or one on stdin."""
    return len(paths) == 1 and item.source in (printable(paths[0]), "stdin")


def _write(item: Item, outcome: Summary | SummarizerError, *, is_alone: bool) -> None:
    """Write what became of an article as JSON: a line of results, or the summary alone."""
    if not is_alone:
        write_line(result_line(item, result_of(outcome)))
    elif isinstance(outcome, Summary):
        write_json(outcome.to_dict())
