"""`summarizer summarize`: articles in, summaries out, in this process and without a queue."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from summarizer import Options, SummarizerError, summarize
from workers.batches import Item, merge_options
from workers.blobs import result_line
from workers.cli import options as given
from workers.cli.console import print_explanation, print_summary, say, write_json, write_line
from workers.cli.exits import ExitCode
from workers.intake.problems import printable
from workers.processing import page_error, result_of
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

    With --json, the summary of a lone text; of several, or of pages, a line for each: index,
    custom_id, and the result, which is a summary or an error.
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
        result = _result(item, options)
        summary = result.get("summary")
        if summary:
            succeeded += 1
        else:
            failed += 1
        if as_json:
            _write(item, result, is_alone=_is_alone(item, paths))
        elif summary:
            print_summary(item.custom_id, summary)
            if explain:
                print_explanation(summary)
    if failed or articles.problems:
        raise typer.Exit(ExitCode.SOME_ERRORED if succeeded else ExitCode.ERROR)


def _result(item: Item, options: Options) -> dict[str, Any]:
    """Return the result of an article, with a message where there is no summary."""
    if failed := page_error(item):
        return failed
    own = Options.from_mapping(merge_options(options.to_dict(), item.options))
    try:
        return result_of(summarize(item.article, own))
    except SummarizerError as error:
        if item.article.text.strip():  # of an empty one, the intake has said so
            say(f"{item.source}: {error}")
        return result_of(error)


def _is_alone(item: Item, paths: Sequence[str]) -> bool:
    """Whether the article is all that was given: the text in a file, or on stdin."""
    is_lone = len(paths) == 1 and item.source in (printable(paths[0]), "stdin")
    # Of a page, the text that its offsets count in stands beside the summary.
    return is_lone and item.page is None


def _write(item: Item, result: dict[str, Any], *, is_alone: bool) -> None:
    """Write what became of an article as JSON: a line of results, or the summary alone."""
    if not is_alone:
        write_line(result_line(item, result))
    elif "summary" in result:
        write_json(result["summary"])
