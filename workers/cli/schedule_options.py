"""Options of `summarizer schedule add|edit`, and the parts of a schedule that they come to.

None means "not given" for each of them: what is not given stays, or is the default.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from summarizer import HEADLINE_PRESETS, Avoid
from workers.batches import merge_options
from workers.cli import options as given
from workers.schedules import CRON_WORDS, CatchUp

Name = Annotated[str, typer.Argument(metavar="NAME", help="The schedule's name.")]
_CRON = f"Five cron fields, or one of {', '.join(CRON_WORDS)}."
NewCron = Annotated[str, typer.Option("--cron", help=_CRON)]
Cron = Annotated[str | None, typer.Option(help=_CRON, show_default=False)]
Zone = Annotated[
    str | None,
    typer.Option("--tz", help="IANA zone of the cron line, such as Europe/Paris [default: UTC].",
                 show_default=False),
]  # fmt: skip
Source = Annotated[
    list[str] | None,
    typer.Option(
        help="File, folder, glob, feed, sitemap, page, or a text file that lists such; repeatable.",
        show_default=False,
    ),
]
Output = Annotated[
    str | None,
    typer.Option(
        help="Folder that takes a folder a run, named by schedule and local time; "
        '"" for none [default: none].',
        show_default=False,
    ),
]
Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        help="jsonl, csv, md, html, atom or ninjs; repeatable [default: jsonl].",
        show_default=False,
    ),
]
CatchUpOption = Annotated[
    CatchUp | None,
    typer.Option(
        "--catch-up",
        help="What becomes of slots that nobody ran [default: latest].",
        show_default=False,
    ),
]
Grace = Annotated[
    float | None,
    typer.Option("--grace-s", help="A missed slot older than this is never run [default: a day].",
                 show_default=False),
]  # fmt: skip
Method = Annotated[
    str | None,
    typer.Option("--method", "-m", show_default=False,
                 help="How sentences are ranked; see `summarizer methods` [default: news]."),
]  # fmt: skip
HeadlineChars = Annotated[
    str | None,
    typer.Option(
        help=f"Longest headline: a number, or {', '.join(HEADLINE_PRESETS)} [default: web].",
        show_default=False,
    ),
]
Language = Annotated[
    str | None,
    typer.Option(help='ISO 639-1 code, or "auto" to detect it [default: auto].',
                 show_default=False),
]  # fmt: skip
AvoidKinds = Annotated[
    list[str] | None,
    typer.Option(
        "--avoid",
        help=f'Kinds of sentence to do without: {", ".join(Avoid)}; repeatable, "" for none.',
        show_default=False,
    ),
]
Keywords = Annotated[
    int | None,
    typer.Option(help="How many keywords to return [default: 0].", show_default=False),
]


def schedule_parts(**parts: Any) -> dict[str, Any]:
    """Return the parts of a schedule that were given."""
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in parts.items()
        if value is not None
    }


def summary_options(before: Mapping[str, Any], **values: Any) -> dict[str, Any]:
    """Return a schedule's summary options with those over them that were given.

    Args:
        before: what the schedule has, as JSON has it.
        values: what the command line gives; a length budget replaces the one before, "" takes an
            option away.

    Raises:
        InvalidOptionsError: a value is out of range, or the method does not exist.
    """
    own = {
        name: "" if value == [""] else value for name, value in values.items() if value is not None
    }
    merged = merge_options(before, own)
    options = given.make_options(**{name: value for name, value in merged.items() if value != ""})
    return options.to_dict()
