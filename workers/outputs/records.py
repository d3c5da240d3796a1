"""What outputs are written from: the results of a run and what the run knows of each article.

Must not know any format, nor where results are kept.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import orjson

# A name space of our own for identifiers made from names (RFC 9562, version 5).
_IDS = uuid.UUID("5f1f8f0e-6d3c-5a5e-9b0e-2a3f6f3f7c11")


class OutputFormat(StrEnum):
    """What a run's results can be written as."""

    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "md"
    HTML = "html"
    ATOM = "atom"
    NINJS = "ninjs"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunProblem:
    """Something that the run could not have; `place` is a file, line or URL."""

    place: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInfo:
    """The run that outputs are of.

    Attributes:
        schedule: the schedule's name.
        slot: the instant that the run is for, in the schedule's time zone.
        succeeded: how many articles were summarised.
        errored: how many were not.
        problems: what its sources could not give.
    """

    schedule: str
    slot: datetime
    succeeded: int = 0
    errored: int = 0
    problems: tuple[RunProblem, ...] = ()

    @property
    def folder_name(self) -> str:
        """The run's folder: the schedule, and local time as far as it has parts, in file-name form.

        Any number of schedules may share a folder: names are in lower case, so that what stands
        before the date is the schedule. In an hour that the clocks repeat, the second time carries
        its offset from UTC.
        """
        time = self.slot.strftime("%Y-%m-%dT%H%M")
        if self.slot.second or self.slot.microsecond:
            time += self.slot.strftime("%S")
        if self.slot.microsecond:
            # A run that was asked for, beside one at the full second.
            time += f".{self.slot.microsecond // 1000:03}"
        is_repeated = self.slot.utcoffset() != self.slot.replace(fold=0).utcoffset()
        return f"{self.schedule}-{time}{self.slot.strftime('%z') if is_repeated else ''}"

    def unique_id(self, name: str = "") -> str:
        """Return a URN for the schedule, or for an article of it; the same in every run."""
        return uuid.uuid5(_IDS, f"{self.schedule}\n{name}").urn


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputItem:
    """One result, and what the run knows of its article.

    Attributes:
        index: its place in the batch.
        custom_id: its name in the batch.
        result: as the JSON of the API has it: type, and summary or error.
        title: the publisher's headline.
        url: its page.
        source: the name of its source.
        published_at: when it was published, as its source says.
        uri: what it is known by from run to run; its name in the batch if not given.
    """

    index: int
    custom_id: str
    result: Mapping[str, Any]
    title: str | None = None
    url: str | None = None
    source: str = ""
    published_at: str | None = None
    uri: str = ""

    @property
    def lasting_name(self) -> str:
        """What the article is known by in every run, for identifiers that stay."""
        return self.uri or self.custom_id

    @property
    def summary(self) -> Mapping[str, Any] | None:
        """The summary as JSON has it; None where there is none."""
        return self.result.get("summary")

    @property
    def error(self) -> tuple[str, str]:
        """The code and message of why there is no summary."""
        error = self.result.get("error") or {"code": self.result["type"]}
        return error["code"], error.get("message", "")


def read_output_item(
    line: bytes,
    *,
    title: str | None = None,
    url: str | None = None,
    source: str = "",
    published_at: str | None = None,
    uri: str = "",
) -> OutputItem:
    """Return a line of a batch's results with what the run knows of the article.

    Args:
        line: the line, as `Service.result_lines` yields it.
        title: the publisher's headline.
        url: its page.
        source: the name of its source.
        published_at: when it was published.
        uri: what it is known by from run to run.
    """
    record = orjson.loads(line)
    return OutputItem(
        index=record["index"],
        custom_id=record["custom_id"],
        result=record["result"],
        title=title,
        url=url,
        source=source,
        published_at=published_at,
        uri=uri,
    )
