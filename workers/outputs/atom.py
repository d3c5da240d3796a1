"""An Atom feed of summaries (RFC 4287); must not know other formats."""

from __future__ import annotations

from typing import BinaryIO

from summarizer.version import __version__
from workers.outputs.escaping import markup_text, printable_line, rfc3339, web_url
from workers.outputs.records import OutputItem, RunInfo

_NAME = "news-summarizer"


class AtomWriter:
    """A feed of the articles that were summarised: headline, paragraph, and a link to the page.

    The feed and its entries keep their identifiers from run to run.
    """

    def __init__(self, stream: BinaryIO, *, run: RunInfo) -> None:
        self._stream = stream
        self._run = run
        self._updated = rfc3339(run.slot.isoformat()) or ""
        self._write(
            '<?xml version="1.0" encoding="utf-8"?>',
            '<feed xmlns="http://www.w3.org/2005/Atom">',
            _element("id", run.unique_id()),
            _element("title", run.schedule),
            _element("updated", self._updated),
            f"<author>{_element('name', _NAME)}</author>",
            f'<generator version="{markup_text(__version__)}">{_NAME}</generator>',
        )

    def add(self, item: OutputItem) -> None:
        """Write one entry."""
        summary = item.summary
        if summary is None:
            return
        url = web_url(item.url)
        published = rfc3339(item.published_at)
        self._write(
            f'<entry xml:lang="{markup_text(summary["language"])}">',
            _element("id", self._run.unique_id(item.lasting_name)),
            _element("title", printable_line(summary["headline"]["text"])),
            _element("updated", self._updated),
            _element("published", published) if published else "",
            f'<link rel="alternate" href="{markup_text(url)}"/>' if url else "",
            _element("content", summary["paragraph"]["text"]),
            "</entry>",
        )

    def finish(self) -> None:
        """Close the feed."""
        self._write("</feed>")

    def _write(self, *lines: str) -> None:
        self._stream.write("".join(f"{line}\n" for line in lines if line).encode())


def _element(name: str, text: str) -> str:
    return f"<{name}>{markup_text(text)}</{name}>"
