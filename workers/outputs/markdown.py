"""A digest in Markdown (CommonMark); must not know other formats."""

from __future__ import annotations

from typing import BinaryIO

from workers.outputs.digests import Failures, counted, shown_slot
from workers.outputs.escaping import markdown_text, shown_time, web_url
from workers.outputs.records import OutputItem, RunInfo


class MarkdownWriter:
    """Headlines and paragraphs by source, then what could not be summarised, and why."""

    def __init__(self, stream: BinaryIO, *, run: RunInfo) -> None:
        self._stream = stream
        self._run = run
        self._source: str | None = None
        self._failures = Failures()
        title = markdown_text(f"{run.schedule}, {shown_slot(run)}")
        self._write(f"# {title}", markdown_text(counted(run)))

    def add(self, item: OutputItem) -> None:
        """Write one article, or keep it for the end."""
        summary = item.summary
        if summary is None:
            self._failures.add(item)
            return
        if item.source != self._source:
            self._source = item.source
            self._write(f"## {markdown_text(item.source) or 'Articles'}")
        self._write(
            f"### {markdown_text(summary['headline']['text'])}",
            markdown_text(summary["paragraph"]["text"]),
            _origin(item),
        )

    def finish(self) -> None:
        """Write what failed."""
        lines = [(what, why) for what, why in self._failures.lines(self._run)]
        if lines:
            self._write("## Not summarised")
            self._write("\n".join(f"- {markdown_text(f'{what}: {why}')}" for what, why in lines))

    def _write(self, *blocks: str) -> None:
        self._stream.write("".join(f"{block}\n\n" for block in blocks if block).encode())


def _origin(item: OutputItem) -> str:
    """Return the line that says where an article is from: the publisher's headline, its date."""
    url = web_url(item.url)
    title = markdown_text(item.title or item.custom_id)
    time = shown_time(item.published_at)
    return " · ".join(filter(None, (f"[{title}](<{url}>)" if url else title, time)))
