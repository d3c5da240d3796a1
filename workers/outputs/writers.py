"""What every format's writer offers, and the plain formats; must not know where files end up."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO, Protocol

import orjson

from workers.outputs.escaping import csv_cell, rfc3339
from workers.outputs.records import OutputItem, RunInfo


class Writer(Protocol):
    """Writes one file, item by item, in the order of the batch; equal input gives equal bytes."""

    def add(self, item: OutputItem) -> None:
        """Write one item."""

    def finish(self) -> None:
        """Write what comes after the last item."""


class JsonLinesWriter:
    """The results as the API has them, with what the run knows of each article."""

    def __init__(self, stream: BinaryIO, *, run: RunInfo) -> None:
        del run
        self._stream = stream

    def add(self, item: OutputItem) -> None:
        """Write one line."""
        record = {
            "index": item.index,
            "custom_id": item.custom_id,
            "title": item.title,
            "url": item.url,
            "source": item.source,
            "published_at": item.published_at,
            "result": item.result,
        }
        self._stream.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))

    def finish(self) -> None:
        """Write nothing more."""


CSV_COLUMNS = (
    "index",
    "custom_id",
    "source",
    "url",
    "title",
    "published_at",
    "status",
    "headline",
    "paragraph",
    "language",
    "method",
    "error_code",
    "error_message",
)


class CsvWriter:
    """A table, one row an article, errored ones too (RFC 4180).

    In UTF-8 with a byte order mark, without which Excel takes it for Windows-1252. No cell begins a
    formula.
    """

    def __init__(self, stream: BinaryIO, *, run: RunInfo) -> None:
        del run
        self._stream = stream
        stream.write("\ufeff".encode())
        self._write(CSV_COLUMNS)

    def add(self, item: OutputItem) -> None:
        """Write one row."""
        summary = item.summary
        code, message = ("", "") if summary else item.error
        self._write(
            (
                str(item.index),
                item.custom_id,
                item.source,
                item.url or "",
                item.title or "",
                item.published_at or "",
                item.result["type"],
                summary["headline"]["text"] if summary else "",
                summary["paragraph"]["text"] if summary else "",
                summary["language"] if summary else "",
                summary["method"] if summary else "",
                code,
                message,
            )
        )

    def finish(self) -> None:
        """Write nothing more."""

    def _write(self, cells: tuple[str, ...]) -> None:
        row = io.StringIO(newline="")
        csv.writer(row).writerow(map(csv_cell, cells))
        self._stream.write(row.getvalue().encode())


class NinjsWriter:
    """IPTC ninjs 3.1, one object a line, of the articles that were summarised.

    The object stands for the summary and not for the article, whose identifier is among `altIds`.
    Source: ninjs-schema_3.1.json in github.com/iptc/newsinjson.
    """

    def __init__(self, stream: BinaryIO, *, run: RunInfo) -> None:
        self._stream = stream
        self._run = run

    def add(self, item: OutputItem) -> None:
        """Write one line."""
        summary = item.summary
        if summary is None:
            return
        record = {
            "uri": self._run.unique_id(item.lasting_name),
            "standard": {
                "name": "ninjs",
                "version": "3.1",
                "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
            },
            "type": "text",
            "representationType": "partial",
            "pubStatus": "usable",
            "versionCreated": rfc3339(self._run.slot.isoformat()),
            "contentCreated": rfc3339(item.published_at),
            "language": summary["language"],
            "title": item.title,
            "headlines": [_plain("main", summary["headline"]["text"])],
            "descriptions": [_plain("summary", summary["paragraph"]["text"])],
            "altIds": [
                {"role": role, "value": value}
                for role, value in (("article", item.custom_id), ("url", item.url))
                if value
            ],
            "infoSources": [{"name": item.source}] if item.source else None,
        }
        known = {name: value for name, value in record.items() if value is not None}
        self._stream.write(orjson.dumps(known, option=orjson.OPT_APPEND_NEWLINE))

    def finish(self) -> None:
        """Write nothing more."""


def _plain(role: str, text: str) -> dict[str, str]:
    return {"role": role, "contentType": "text/plain", "value": text}
