"""The root command, and how errors end it; what commands do stands in their own modules."""

from __future__ import annotations

import gc
import logging
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from types import FrameType
from typing import Annotated, Any, NoReturn

import orjson
import typer
from pydantic import ValidationError
from typer.core import TyperGroup

from summarizer import SummarizerError, __version__
from workers.cli import about, batch, evaluate, processes, run, schedule_runs, summarize
from workers.cli.console import drop_stdout, drop_unsaid, flush_stdout, say
from workers.cli.exits import EXIT_CODES_HELP, ExitCode, exit_code_of
from workers.cli.wording import in_words
from workers.errors import ServiceError
from workers.intake.problems import printable

_log = logging.getLogger(__name__)


class _Commands(TyperGroup):
    """Names the value in the error of an option that wants a number, as typer does not."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            if isinstance(error.__cause__, ValidationError):
                error.message = f"{error.__cause__.errors()[0]['input']!r}: {error.message}"
            raise


app = typer.Typer(
    cls=_Commands,
    name="summarizer",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EXIT_CODES_HELP,
)
app.command("summarize")(summarize.summarize_articles)
app.command("run")(run.run_articles)
app.command("up")(run.stay_up)
app.add_typer(batch.app, name="batch")
app.add_typer(schedule_runs.app, name="schedule")
app.command("worker")(processes.worker)
app.command("scheduler")(processes.scheduler)
app.command("evaluate")(evaluate.evaluate_methods)
app.command("methods")(about.methods)
app.command("doctor")(about.doctor)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"summarizer {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Headlines and paragraphs for news, made only of words that stand in the article.

    \b
    Examples:
      summarizer summarize story.txt              one article, at once
      summarizer run articles/                    many, on this machine, with real workers
      summarizer up                               keep server, workers and scheduler up
      summarizer batch submit night.jsonl --wait  submit to them, wait for the end
      summarizer doctor                           is everything in place?
    """


def main() -> NoReturn:
    """Run the command line; every error ends as one line on stderr and a documented code."""
    # The modules are not looked through again, at the end above all; nor do the worker's processes,
    # which share them, each get a copy of their own from that.
    gc.freeze()
    signal.signal(signal.SIGTERM, _terminate)
    if isinstance(sys.stdout, TextIOWrapper):
        # What a narrow encoding lacks is shown as an escape, as on stderr.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        try:
            _refuse_bytes(sys.argv[1:])
            with _storing_text():
                app()
        finally:
            flush_stdout()
    except (ServiceError, SummarizerError) as error:
        say(f"error: {in_words(error)}")
        sys.exit(exit_code_of(error))
    except OSError as error:
        _end_with(error)
    except SystemExit as ended:
        # Where the reader of stdout has gone, typer and rich end with 1 by themselves.
        if isinstance(ended.__context__, BrokenPipeError):
            _end_with(ended.__context__)
        raise
    except KeyboardInterrupt:
        sys.exit(ExitCode.INTERRUPTED)
    finally:
        drop_unsaid()
    sys.exit(ExitCode.OK)


def _refuse_bytes(words: Sequence[str]) -> None:
    """Refuse what is neither UTF-8 nor the name of a file: no text, key or id is read from it."""
    for word in words:
        is_text = not any("\ud800" <= char <= "\udfff" for char in word)
        if not is_text and not Path(word).exists():
            say(f"error: the argument '{printable(word)}' is not in UTF-8")
            sys.exit(ExitCode.USAGE)


@contextmanager
def _storing_text() -> Iterator[None]:
    """End where the name of a file, or the folder of the command, would be stored and is no text.

    Both may be any bytes; where they are only read, or shown, nothing is amiss.
    """
    try:
        yield
    except (UnicodeEncodeError, orjson.JSONEncodeError) as error:
        if "surrogates" not in str(error):
            raise
        say("error: what is stored is in UTF-8, and an argument, or this folder's name, is not")
        sys.exit(ExitCode.USAGE)


def _end_with(error: OSError) -> NoReturn:
    """End with what the system refused; a reader that has gone, such as `head`, needs no word."""
    drop_stdout()
    if isinstance(error, BrokenPipeError):
        sys.exit(ExitCode.BROKEN_PIPE)
    _log.debug("where it came from", exc_info=error)
    say(f"error: {error.filename}: {error.strerror}" if error.filename else f"error: {error}")
    sys.exit(ExitCode.ERROR)


def _terminate(signum: int, frame: FrameType | None) -> NoReturn:
    """End as Ctrl-C would, with everything that was started stopped again."""
    sys.exit(ExitCode.TERMINATED)
