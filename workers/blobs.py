"""Items and result lines to compressed blobs and back; must not know where blobs are kept.

A blob is one zstd frame of JSON lines: items on the way in, the JSONL of the API on the way out, so
that results are streamed without being parsed again. JSON only, and no blob is unpacked past its
limit: a ten-kilobyte frame may claim gigabytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import orjson
import zstandard

from summarizer import Article
from workers.batches import Item, Page, ResultType
from workers.errors import CorruptBlobError

MAX_BLOB_BYTES = 256 * 1024 * 1024
"""No blob unpacks to more: a chunk has so few characters, or is one article that is large."""

_LEVEL = 3


def pack_lines(lines: Iterable[bytes]) -> bytes:
    """Compress JSON lines into one blob; its checksum tells when it is damaged."""
    compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
    return compressor.compress(b"\n".join(lines))


def unpack_lines(blob: bytes, *, max_bytes: int = MAX_BLOB_BYTES) -> list[bytes]:
    """Return the JSON lines of a blob.

    Raises:
        CorruptBlobError: it is no zstd frame, or unpacks to more than `max_bytes`.
    """
    try:
        size = zstandard.frame_content_size(blob)
        # A frame that names its size is unpacked to that size whatever max_output_size says.
        if size < 0 or size > max_bytes:
            raise CorruptBlobError(f"it unpacks to {size} bytes, the limit is {max_bytes}")
        content = zstandard.ZstdDecompressor().decompress(blob, max_output_size=max_bytes)
    except zstandard.ZstdError as error:
        raise CorruptBlobError(str(error)) from error
    return content.split(b"\n") if content else []


def item_line(item: Item) -> bytes:
    """Return the item as one JSON line; the same item gives the same bytes."""
    article = item.article
    record = {
        "index": item.index,
        "custom_id": item.custom_id,
        "text": article.text,
        "title": article.title,
        "language": article.language,
        "published_at": article.published_at,
        "options": dict(item.options),
        "source": item.source,
        "page": item.page and asdict(item.page),
    }
    return orjson.dumps({name: value for name, value in record.items() if value not in (None, {})})


def pack_items(items: Iterable[Item]) -> bytes:
    """Compress the items of a chunk into one blob."""
    return pack_lines(map(item_line, items))


def unpack_items(blob: bytes) -> tuple[Item, ...]:
    """Return the items of a chunk.

    Raises:
        CorruptBlobError: the blob is not one that `pack_items` made.
    """
    return tuple(map(_item, unpack_lines(blob)))


def unreadable_items(chunk: int, length: int) -> tuple[Item, ...]:
    """Return stand-ins for items whose blob is corrupt: their indexes are all that is known."""
    nothing = Article(text="")
    indexes = range(chunk, chunk + length)
    return tuple(Item(index=index, custom_id=f"#{index}", article=nothing) for index in indexes)


def error_result(code: str, message: str) -> dict[str, Any]:
    """Return the result of an item that errored."""
    return {
        "type": ResultType.ERRORED.value,
        "error": {"code": str(code), "message": message},
    }


def result_line(item: Item, result: dict[str, Any]) -> bytes:
    """Return one line of the results' JSONL: index, custom_id and the result.

    Where the article was read from a page, it comes with a summary: offsets count in its text.
    """
    record = {"index": item.index, "custom_id": item.custom_id, "result": result}
    if item.page and "summary" in result:
        record["article"] = {"url": item.page.url, **asdict(item.article)}
    return orjson.dumps(record)


def unpack_results(blob: bytes) -> list[bytes]:
    """Return the result lines of a blob.

    Raises:
        CorruptBlobError: the blob is not one that was packed of result lines.
    """
    lines = unpack_lines(blob)
    try:
        for line in lines:
            line_index(line)
    except ValueError as error:
        raise CorruptBlobError(f"not a result: {error}") from error
    return lines


def line_index(line: bytes) -> int:
    """Return the index that a result line begins with."""
    return int(line[len(b'{"index":') : line.index(b",")])


def read_result(line: bytes) -> dict[str, Any]:
    """Return one result line as the object it is."""
    record: dict[str, Any] = orjson.loads(line)
    return record


def select_lines(lines: Sequence[bytes], *, after_index: int) -> Sequence[bytes]:
    """Return the lines whose index is beyond `after_index`; lines stand in order of index."""
    if not lines or line_index(lines[0]) > after_index:
        return lines
    return [line for line in lines if line_index(line) > after_index]


def _item(line: bytes) -> Item:
    try:
        record = orjson.loads(line)
        return Item(
            index=record["index"],
            custom_id=record["custom_id"],
            article=Article(
                text=record["text"],
                title=record.get("title"),
                language=record.get("language"),
                published_at=record.get("published_at"),
            ),
            options=record.get("options", {}),
            source=record.get("source", ""),
            page=_page(record.get("page")),
        )
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise CorruptBlobError(f"not an item: {error}") from error


def _page(record: Mapping[str, Any] | None) -> Page | None:
    if record is None:
        return None
    error = record["error"]
    return Page(asked=record["asked"], url=record["url"], error=error and tuple(error))
