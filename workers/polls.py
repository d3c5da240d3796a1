"""What polls ask of batches: one as it stands, the list, the results; writes nothing.

Knows the layout of keys (`keys.py`), not how batches move.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import orjson

from workers.batches import Batch, BatchState, Item, RequestCounts, ResultType
from workers.blobs import result_line, select_lines, unpack_items, unpack_lines
from workers.connection import Connection
from workers.errors import BatchNotFoundError, UnreadableBatchError
from workers.keys import BatchKeys, Keys

_log = logging.getLogger(__name__)

_PAGE = 10
"""Results are read so many chunks at a time."""


_LAST_INSTANT = 253_402_300_799.0
"""The last second that has a time in RFC 3339: the end of the year 9999."""

_ENDED_WITHOUT_WORK = (ResultType.CANCELLED.value.encode(), ResultType.EXPIRED.value.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The server's memory in bytes; a limit of 0 means that there is none."""

    used: int
    limit: int


class BatchReader:
    """The reading side of the store."""

    def __init__(self, connection: Connection, keys: Keys) -> None:
        self._connection = connection
        self._redis = connection.client
        self._keys = keys

    @property
    def where(self) -> str:
        """Where the server is, without any password."""
        return self._connection.where

    def close(self) -> None:
        """Close the connections."""
        self._connection.close()

    def server_info(self) -> Mapping[str, Any]:
        """Return what the server says of itself (the INFO command)."""
        with self._connection.translated():
            return cast(Mapping[str, Any], self._redis.info())

    def now(self) -> float:
        """Return the server's time, in seconds since the epoch."""
        with self._connection.translated():
            seconds, microseconds = self._redis.time()
        return seconds + microseconds / 1e6

    def batch(self, batch_id: str) -> Batch:
        """Return a batch as it stands; one command.

        Raises:
            BatchNotFoundError: unknown, deleted or expired.
            UnreadableBatchError: it is none of this version's making.
        """
        with self._connection.translated():
            fields = cast(dict[bytes, bytes], self._redis.hgetall(self._keys.batch(batch_id).meta))
        if not fields:
            raise BatchNotFoundError(batch_id)
        return _batch(batch_id, fields)

    def batches(
        self,
        *,
        limit: int,
        before: str | None = None,
        states: Collection[BatchState] = tuple(BatchState),
    ) -> tuple[Batch, ...]:
        """Return batches, newest first.

        Args:
            limit: at most so many.
            before: only those made before this batch.
            states: only those in one of these states.

        Raises:
            BatchNotFoundError: the batch named by `before` is not in the list.
        """
        listing = self._keys.batches
        with self._connection.translated():
            start = 0
            if before is not None:
                rank = cast(int | None, self._redis.zrevrank(listing, before))
                if rank is None:
                    raise BatchNotFoundError(before)
                start = rank + 1
            found: list[Batch] = []
            while len(found) < limit:
                ids = cast(list[bytes], self._redis.zrevrange(listing, start, start + limit - 1))
                if not ids:
                    break
                page = self._known([batch_id.decode() for batch_id in ids])
                # Expired batches leave the list here, so it does not grow without bound.
                start += len(page)
                found.extend(batch for batch in page if batch and batch.state in states)
        return tuple(found[:limit])

    def result_lines(self, batch_id: str, *, after_index: int = -1) -> Iterator[bytes]:
        """Yield the result lines there are, in input order, a few chunks at a time.

        Args:
            batch_id: the batch.
            after_index: only items beyond this index.

        Raises:
            BatchNotFoundError: unknown, deleted or expired.
        """
        keys = self._keys.batch(batch_id)
        for page in self._pages(batch_id, after_index=after_index):
            with self._connection.translated():
                blobs = cast(list[bytes | None], self._redis.hmget(keys.res, page))
            for chunk, blob in zip(page, blobs, strict=True):
                if blob in _ENDED_WITHOUT_WORK:
                    lines = self._lines_without_work(keys, chunk, blob)
                else:
                    lines = unpack_lines(blob) if blob is not None else []
                yield from select_lines(lines, after_index=after_index)

    def unsuccessful_items(self, batch_id: str) -> Iterator[Item]:
        """Yield the items of an ended batch that did not succeed, in input order.

        Args:
            batch_id: the batch.

        Raises:
            BatchNotFoundError: unknown, deleted or expired.
        """
        keys = self._keys.batch(batch_id)
        for page in self._pages(batch_id):
            with self._connection.translated():
                blobs = cast(list[bytes | None], self._redis.hmget(keys.inp, page))
            for blob in blobs:
                if blob is not None:
                    yield from unpack_items(blob)

    def memory(self) -> Memory:
        """Return how much memory the server uses, and how much it may."""
        with self._connection.translated():
            info = cast(Mapping[str, Any], self._redis.info("memory"))
        return Memory(used=int(info["used_memory"]), limit=int(info.get("maxmemory", 0)))

    def _pages(self, batch_id: str, *, after_index: int = -1) -> Iterator[list[str]]:
        """Yield the numbers of a batch's chunks in input order, a few at a time."""
        with self._connection.translated():
            lengths = cast(dict[bytes, bytes], self._redis.hgetall(self._keys.batch(batch_id).len))
        if not lengths:
            raise BatchNotFoundError(batch_id)
        chunks = sorted(
            number
            for number, length in ((int(n), int(length)) for n, length in lengths.items())
            if number + length > after_index + 1
        )
        for start in range(0, len(chunks), _PAGE):
            yield [str(number) for number in chunks[start : start + _PAGE]]

    def _lines_without_work(self, keys: BatchKeys, chunk: str, how: bytes) -> list[bytes]:
        """Return the result lines of a chunk that nobody worked on; its items are still there."""
        with self._connection.translated():
            blob = cast(bytes | None, self._redis.hget(keys.inp, chunk))
        if blob is None:
            return []  # the batch was deleted since
        return [result_line(item, {"type": how.decode()}) for item in unpack_items(blob)]

    def _known(self, ids: Sequence[str]) -> list[Batch | None]:
        """Return those of the batches that are there, None where unreadable; forget the others."""
        with self._redis.pipeline(transaction=False) as pipe:
            for batch_id in ids:
                pipe.hgetall(self._keys.batch(batch_id).meta)
            rows = cast(list[dict[bytes, bytes]], pipe.execute())
        gone = [batch_id for batch_id, row in zip(ids, rows, strict=True) if not row]
        if gone:
            self._redis.zrem(self._keys.batches, *gone)
        return [_listed(batch_id, row) for batch_id, row in zip(ids, rows, strict=True) if row]


def _listed(batch_id: str, row: Mapping[bytes, bytes]) -> Batch | None:
    """Return a batch for a list, which one that cannot be read does not end."""
    try:
        return _batch(batch_id, row)
    except UnreadableBatchError as error:
        _log.error("%s", error)
        return None


def _batch(batch_id: str, row: Mapping[bytes, bytes]) -> Batch:
    """Return the record of a batch from its hash.

    Raises:
        UnreadableBatchError: it holds something else.
    """
    try:
        return _record(batch_id, {name.decode(): value.decode() for name, value in row.items()})
    except (KeyError, ValueError) as error:
        raise UnreadableBatchError(batch_id, f"{type(error).__name__} {error}") from error


def _record(batch_id: str, fields: Mapping[str, str]) -> Batch:
    """Return the record of a batch from its fields; instants are stored in milliseconds."""

    def instant(name: str) -> float | None:
        # There was no limit once to how late a batch may expire, and Lua wrote 1e+23.
        return min(float(fields[name]) / 1000, _LAST_INSTANT) if name in fields else None

    counts = {
        name: int(fields[name])
        for name in (
            "total", "queued", "processing", "succeeded", "errored", "cancelled", "expired",
        )
    }  # fmt: skip
    return Batch(
        id=batch_id,
        state=BatchState(fields["state"]),
        counts=RequestCounts(**counts),
        created_at=int(fields["created_at"]) / 1000,
        in_progress_at=instant("in_progress_at"),
        cancelling_at=instant("cancelling_at"),
        completed_at=instant("completed_at"),
        expires_at=instant("expires_at"),
        results_expire_at=instant("results_expire_at"),
        display_name=fields.get("display_name"),
        parent_batch_id=fields.get("parent_batch_id"),
        options=orjson.loads(fields.get("options", "{}")),
        metadata=orjson.loads(fields.get("metadata", "{}")),
    )
