"""`summarizer run` and `up`: the whole service on one machine, once or staying up."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Event
from time import monotonic
from typing import Annotated

import typer

from workers.cli import options as given
from workers.cli.console import reading_progress, say
from workers.cli.exits import ExitCode
from workers.cli.targets import STDOUT, tee_lines
from workers.cli.watching import exit_code, watch, write_results
from workers.cli.wiring import open_service
from workers.embedded import find_running_stack, local_stack
from workers.errors import StackRunningError, StoreUnavailableError
from workers.settings import MAX_CONCURRENCY, Settings, read_settings

_LOOK_S = 0.5

Workers = Annotated[
    int | None, typer.Option("--workers", "-w", min=1, max=MAX_CONCURRENCY, show_default=False,
                             help="Worker processes [default: one a core]."),
]  # fmt: skip


def run_articles(
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
    workers: Workers = None,
    out: given.Out = None,
    as_json: given.AsJson = False,
    quiet: given.Quiet = False,
    data_dir: given.DataDir = None,
) -> None:
    """Summarise articles with everything on this machine: server, workers, scheduler, results.

    \b
    Examples:
      summarizer run articles/
      summarizer run night.jsonl --out summaries.jsonl
      summarizer run *.txt --sentences 2 --workers 4
      summarizer run articles/ --json | jq .result.summary.headline.text

    Everything it starts, it stops. The results stay in a file that the last line names.
    """
    settings = read_settings(os.environ, concurrency=workers, data_dir=data_dir)
    options = given.make_options(
        method=method, sentences=sentences, words=words, chars=chars, ratio=ratio,
        headline_chars=headline_chars, language=language, query=query, keywords=keywords,
        avoid=avoid,
    )  # fmt: skip
    articles = given.Articles(paths, settings)
    with _stack(settings) as redis_url, open_service(settings, redis_url=redis_url) as service:
        with reading_progress(articles, is_quiet=quiet) as read:
            batch = service.submit(read, options=options).batch
        try:
            begun = monotonic()
            batch = watch(service, batch.id, is_quiet=quiet)
            seconds = monotonic() - begun
        except (KeyboardInterrupt, SystemExit, StoreUnavailableError):
            say(f"stopping; batch {batch.id} keeps its place and goes on with the next `up`")
            raise
        path = settings.data_dir / "results" / f"{batch.id}.jsonl"
        if out is not None and out != STDOUT:
            path = out
        lines = tee_lines(service.result_lines(batch.id), path)
        write_results(lines, out=None, as_json=as_json or out == STDOUT)
    counts = batch.counts
    errored = f", {counts.errored} errored" if counts.errored else ""
    refused = f", {articles.refused} not taken" if articles.refused else ""
    say(
        f"{counts.succeeded} of {counts.total} summarised in {seconds:.1f} s{errored}{refused}; "
        f"results: {path}"
    )
    if not quiet:
        say("to have it done every night: summarizer schedule add --help")
    raise typer.Exit(exit_code(batch, problems=articles.problems))


def stay_up(workers: Workers = None, data_dir: given.DataDir = None) -> None:
    """Keep server, workers and scheduler up on this machine until Ctrl-C.

    \b
    Examples:
      summarizer up
      summarizer up --workers 8
      summarizer up & summarizer batch submit night.jsonl --wait

    Commands that are given the same data folder find the stack by themselves.
    """
    settings = read_settings(os.environ, concurrency=workers, data_dir=data_dir)
    with local_stack(settings, report=say, stays_up=True) as redis_url:
        say(f"up: {settings.concurrency} worker processes, Redis at {redis_url}; Ctrl-C stops")
        try:
            Event().wait()
        except (KeyboardInterrupt, SystemExit):
            say("stopping: chunks in hand are finished; Ctrl-C again leaves them to the next `up`")
            raise
    raise typer.Exit(ExitCode.OK)


@contextmanager
def _stack(settings: Settings) -> Iterator[str]:
    """Use the stack that stays up in the data folder, or run one for the time being."""
    with ExitStack() as entered:
        yield _enter_stack(settings, entered)


def _enter_stack(settings: Settings, entered: ExitStack) -> str:
    """Return the Redis URL of the stack to use, and have one that is our own end with the others.

    That of another `run` ends with it, whoever still needs it: its end is waited for.
    """
    pause, is_waiting = Event(), False
    while True:
        running = find_running_stack(settings.data_dir)
        if running and running.stays_up:
            say(f"using the stack that is up (process {running.pid})")
            return running.redis_url
        try:
            return entered.enter_context(local_stack(settings, report=say))
        except StackRunningError as error:
            if not is_waiting:
                say(f"{error}: waiting for its end")
            is_waiting = True
            pause.wait(_LOOK_S)
