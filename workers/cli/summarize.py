"""`summarizer summarize`: articles in, summaries out, in this process and without a queue."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from summarizer import Options, SummarizerError, summarize
from workers.batches import merge_options
from workers.cli import options as given
from workers.cli.console import print_explanation, print_summary, say, write_json
from workers.cli.exits import ExitCode
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
        bool, typer.Option("--explain", help="Show every sentence's score, and the reasons.")
    ] = False,
    as_json: given.AsJson = False,
) -> None:
    """Summarise articles at once, in this process.

    \b
    Examples:
      summarizer summarize story.txt
      summarizer summarize story.txt --sentences 2 --headline-chars wire
      curl -s https://example.org/story.txt | summarizer summarize -
      summarizer summarize articles.jsonl --json > summaries.jsonl
      summarizer summarize story.txt --method lex-rank --explain

    With --json, one summary a line, in input order.
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
        own = Options.from_mapping(merge_options(options.to_dict(), item.options))
        try:
            summary = summarize(item.article, own).to_dict()
        except SummarizerError as error:
            failed += 1
            if item.article.text.strip():  # of an empty one, the intake has said so
                say(f"{item.source}: {error}")
            continue
        succeeded += 1
        if as_json:
            write_json(summary)
        else:
            print_summary(item.custom_id, summary)
        if explain:
            print_explanation(summary)
    if failed or articles.problems:
        raise typer.Exit(ExitCode.SOME_ERRORED if succeeded else ExitCode.ERROR)
