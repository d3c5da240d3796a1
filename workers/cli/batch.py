"""`summarizer batch …`: submit, list, status, watch, results."""

from __future__ import annotations

import os
from functools import partial
from typing import Annotated

import typer

from workers.batches import MAX_EXPIRES_AFTER_S, Batch, BatchState
from workers.cli import options as given
from workers.cli.console import batch_line, print_text, reading_progress, say, write_json
from workers.cli.exits import EXIT_CODES_HELP, ExitCode
from workers.cli.pages import renew_pages
from workers.cli.watching import exit_code, watch, write_results
from workers.cli.wiring import open_service
from workers.service import Service
from workers.settings import read_settings

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, epilog=EXIT_CODES_HELP,
    help="Submit batches, watch them, fetch their results, cancel, retry and delete them.",
)  # fmt: skip

BatchId = Annotated[str, typer.Argument(metavar="BATCH", help="The id that submit printed.")]


@app.command()
def submit(
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
    name: Annotated[str | None, typer.Option(help="A name for lists.", show_default=False)] = None,
    metadata: Annotated[
        list[str] | None, typer.Option(metavar="KEY=VALUE", help="Your own pairs, given back.")
    ] = None,
    idempotency_key: Annotated[
        str | None,
        typer.Option(
            show_default=False,
            help="The same key, articles and options give the same batch, as it was named first.",
        ),
    ] = None,
    expires_after: Annotated[
        int | None,
        typer.Option(
            metavar="SECONDS",
            min=1,
            max=MAX_EXPIRES_AFTER_S,
            show_default=False,
            help="What is not begun by then expires.",
        ),
    ] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Wait for the end.")] = False,
    timeout: given.Timeout = None,
    out: given.Out = None,
    as_json: given.AsJson = False,
    quiet: given.Quiet = False,
    redis_url: given.RedisUrl = None,
    data_dir: given.DataDir = None,
) -> None:
    """Submit articles as a batch and print its id.

    \b
    Examples:
      summarizer batch submit night.jsonl
      summarizer batch submit articles/ --wait --out summaries.jsonl
      producer | summarizer batch submit - --idempotency-key night-2026-11-23
      summarizer batch submit night.jsonl --metadata desk=world --sentences 2

    With --wait the results go to --out, or to stdout. Ctrl-C leaves the batch running.
    """
    if not wait and (out is not None or timeout is not None):
        raise typer.BadParameter("--out and --timeout mean nothing without --wait")
    if idempotency_key is not None and not idempotency_key.strip():
        raise typer.BadParameter("it is empty", param_hint="--idempotency-key")
    settings = read_settings(os.environ, redis_url=redis_url, data_dir=data_dir)
    options = given.make_options(
        method=method, sentences=sentences, words=words, chars=chars, ratio=ratio,
        headline_chars=headline_chars, language=language, query=query, keywords=keywords,
        avoid=avoid,
    )  # fmt: skip
    articles = given.Articles(paths, settings)
    with open_service(settings) as service:
        with reading_progress(articles, is_quiet=quiet) as read:
            submission = service.submit(
                read, options=options, display_name=name, metadata=given.read_pairs(metadata or []),
                idempotency_key=idempotency_key, expires_after_s=expires_after,
            )  # fmt: skip
        batch = submission.batch
        if not submission.is_new:
            say("this batch was submitted before: nothing new was queued")
        if not wait:
            if as_json:
                write_json(batch.to_dict(now=service.now()))
            else:
                print_text(batch.id)
            raise typer.Exit(ExitCode.SOME_ERRORED if articles.problems else ExitCode.OK)
        say(f"batch {batch.id}")
        try:
            batch = watch(service, batch.id, timeout_s=timeout, is_quiet=quiet)
        except KeyboardInterrupt:
            say(f"the batch goes on; see it with: summarizer batch watch {batch.id}")
            raise
        write_results(service.result_lines(batch.id), out=out, as_json=as_json)
        raise typer.Exit(exit_code(batch, problems=articles.problems))


@app.command("list")
def list_batches(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many.")] = 20,
    before: Annotated[
        str | None, typer.Option(metavar="BATCH", help="Only those made before this one.")
    ] = None,
    states: Annotated[
        list[BatchState] | None, typer.Option("--status", help="Only those in this state.")
    ] = None,
    as_json: given.AsJson = False,
    redis_url: given.RedisUrl = None,
    data_dir: given.DataDir = None,
) -> None:
    """List batches, newest first.

    \b
    Examples:
      summarizer batch list
      summarizer batch list --status queued --status in_progress
      summarizer batch list --limit 100 --json
      summarizer batch list --before batch_0123456789abcdef01234567
    """
    settings = read_settings(os.environ, redis_url=redis_url, data_dir=data_dir)
    with open_service(settings) as service:
        batches = service.list(limit=limit, before=before, states=states or list(BatchState))
        if as_json:
            now = service.now()
            write_json([batch.to_dict(now=now) for batch in batches])
            return
    for batch in batches:
        print_text(batch_line(batch))


@app.command()
def status(
    batch_id: BatchId,
    as_json: given.AsJson = False,
    redis_url: given.RedisUrl = None,
    data_dir: given.DataDir = None,
) -> None:
    """Show where a batch stands.

    \b
    Examples:
      summarizer batch status batch_0123456789abcdef01234567
      summarizer batch status batch_0123456789abcdef01234567 --json | jq .request_counts
    """
    settings = read_settings(os.environ, redis_url=redis_url, data_dir=data_dir)
    with open_service(settings) as service:
        batch = service.get(batch_id)
        _show(service, batch, as_json=as_json)
    if not as_json:
        for pair in batch.metadata.items():
            print_text(f"  {'='.join(pair)}")


@app.command("watch")
def watch_batch(
    batch_id: BatchId,
    timeout: given.Timeout = None,
    as_json: given.AsJson = False,
    quiet: given.Quiet = False,
    redis_url: given.RedisUrl = None,
    data_dir: given.DataDir = None,
) -> None:
    """Wait until a batch ends, with a progress bar.

    \b
    Examples:
      summarizer batch watch batch_0123456789abcdef01234567
      summarizer batch watch batch_0123456789abcdef01234567 --timeout 600 && echo done

    Ctrl-C leaves the batch running.
    """
    settings = read_settings(os.environ, redis_url=redis_url, data_dir=data_dir)
    with open_service(settings) as service:
        batch = watch(service, batch_id, timeout_s=timeout, is_quiet=quiet)
        _show(service, batch, as_json=as_json)
    raise typer.Exit(exit_code(batch, problems=0))


@app.command()
def results(
    batch_id: BatchId,
    after_index: Annotated[int, typer.Option(min=-1, help="Only articles beyond this one.")] = -1,
    out: given.Out = None,
    as_json: given.AsJson = False,
    redis_url: given.RedisUrl = None,
    data_dir: given.DataDir = None,
) -> None:
    """Fetch the results there are, in input order; also before the batch has ended.

    Before the end there are gaps where articles are not finished: what an earlier call has left
    out stands before --after-index as well as behind it.

    \b
    Examples:
      summarizer batch results batch_0123456789abcdef01234567
      summarizer batch results batch_0123456789abcdef01234567 --out summaries.jsonl
      summarizer batch results batch_0123456789abcdef01234567 --json | jq .result.summary.headline
    """
    settings = read_settings(os.environ, redis_url=redis_url, data_dir=data_dir)
    with open_service(settings) as service:
        lines = service.result_lines(batch_id, after_index=after_index)
        write_results(lines, out=out, as_json=as_json)


@app.command()
def cancel(
    batch_id: BatchId,
    as_json: given.AsJson = False,
    redis_url: given.RedisUrl = None,
    data_dir: given.DataDir = None,
) -> None:
    """Cancel a batch: what waits never starts, what is being worked on may finish.

    \b
    Examples:
      summarizer batch cancel batch_0123456789abcdef01234567
    """
    settings = read_settings(os.environ, redis_url=redis_url, data_dir=data_dir)
    with open_service(settings) as service:
        _show(service, service.cancel(batch_id), as_json=as_json)


@app.command()
def retry(
    batch_id: BatchId,
    as_json: given.AsJson = False,
    redis_url: given.RedisUrl = None,
    data_dir: given.DataDir = None,
) -> None:
    """Submit what did not succeed in a batch as a new batch, and print its id.

    \b
    Examples:
      summarizer batch retry batch_0123456789abcdef01234567
      summarizer batch watch $(summarizer batch retry batch_0123456789abcdef01234567)

    A second retry of the same batch gives the same new batch.
    """
    settings = read_settings(os.environ, redis_url=redis_url, data_dir=data_dir)
    with open_service(settings) as service:
        child = service.retry(batch_id, renew=partial(renew_pages, settings=settings)).batch
        if as_json:
            write_json(child.to_dict(now=service.now()))
        else:
            print_text(child.id)


@app.command()
def delete(
    batch_id: BatchId,
    as_json: given.AsJson = False,
    redis_url: given.RedisUrl = None,
    data_dir: given.DataDir = None,
) -> None:
    """Delete a batch that has ended, with its results.

    \b
    Examples:
      summarizer batch delete batch_0123456789abcdef01234567
    """
    settings = read_settings(os.environ, redis_url=redis_url, data_dir=data_dir)
    with open_service(settings) as service:
        service.delete(batch_id)
    if as_json:
        write_json({"id": batch_id, "object": "batch", "deleted": True})


def _show(service: Service, batch: Batch, *, as_json: bool) -> None:
    """Write a batch as one line, or as JSON."""
    if as_json:
        write_json(batch.to_dict(now=service.now()))
    else:
        print_text(batch_line(batch))
