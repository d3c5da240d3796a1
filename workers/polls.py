"""What polls ask of batches: one as it stands, the list, the results.

Changes no batch; from the list it drops those that have expired. Knows the layout of keys
(`keys.py`), not how batches move.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import orjson

from workers.batch_parts import BatchParts
from workers.batches import Batch, BatchState, Item, RequestCounts
from workers.connection import Connection
from workers.errors import BatchNotFoundError, UnreadableBatchError
from workers.keys import Keys

_log = logging.getLogger(__name__)

_LAST_INSTANT = 253_402_300_799.0
"""The last second that has a time in RFC 3339: the end of the year 9999."""

_Place = tuple[bytes, float]
"""Where a batch stands in the list: its id, and the instant of its creation in ms."""


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
        return read_batch(batch_id, fields)

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
        found: list[Batch] = []
        with self._connection.translated():
            place = None if before is None else self._place(before)
            while len(found) < limit:
                listed = self._listed_before(place, limit=limit)
                if not listed:
                    break
                place = listed[-1]
                # Expired batches leave the list here, so it does not grow without bound.
                page = self._known([batch_id.decode() for batch_id, _ in listed])
                found.extend(batch for batch in page if batch and batch.state in states)
        return tuple(found[:limit])

    def result_lines(self, batch_id: str, *, after_index: int = -1) -> Iterator[bytes]:
        """Yield the result lines there are, in input order, a few chunks at a time.

        Before the batch has ended, chunks that are not finished are left out, wherever they stand.
        Where results are damaged, each of their items has an `internal_error`.

        Args:
            batch_id: the batch.
            after_index: only items beyond this index.

        Raises:
            BatchNotFoundError: unknown, deleted or expired, before or while it was read.
        """
        yield from self._parts(batch_id).result_lines(after_index=after_index)

    def unsuccessful_items(self, batch: Batch) -> Iterator[Item]:
        """Yield the items of an ended batch that did not succeed, in input order.

        Args:
            batch: the batch, and not a later one of its id.

        Raises:
            BatchNotFoundError: deleted or expired, before or while it was read.
            CorruptBlobError: some of them are damaged.
        """
        parts = self._parts(batch.id)
        if parts.load != batch.load:
            raise BatchNotFoundError(batch.id)
        yield from parts.left_items()

    def memory(self) -> Memory:
        """Return how much memory the server uses, and how much it may."""
        with self._connection.translated():
            info = cast(Mapping[str, Any], self._redis.info("memory"))
        return Memory(used=int(info["used_memory"]), limit=int(info.get("maxmemory", 0)))

    def _parts(self, batch_id: str) -> BatchParts:
        return BatchParts(self._connection, self._keys.batch(batch_id), batch_id)

    def _place(self, batch_id: str) -> _Place:
        """Return where a batch stands in the list.

        Raises:
            BatchNotFoundError: it is not in the list.
        """
        created = self._redis.zscore(self._keys.batches, batch_id)
        if created is None:
            raise BatchNotFoundError(batch_id)
        return batch_id.encode(), created

    def _listed_before(self, place: _Place | None, *, limit: int) -> list[_Place]:
        """Return what the list has next beyond a place, newest first; nothing at its end.

        Not by rank: that is another when batches come or go between two looks.
        """
        listing = self._keys.batches
        if place is None:
            newest = self._redis.zrevrange(listing, 0, limit - 1, withscores=True)
            return cast(list[_Place], newest)
        batch_id, created = place
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.zrevrangebyscore(listing, created, created, withscores=True)
            pipe.zrevrangebyscore(
                listing, f"({created!r}", "-inf", start=0, num=limit, withscores=True
            )
            same_instant, older = cast(tuple[list[_Place], list[_Place]], pipe.execute())
        return [other for other in same_instant if other[0] < batch_id] + older

    def _forget(self, ids: Sequence[str]) -> int:
        """Take those of the batches that are gone out of the list; return how many."""
        if not ids:
            return 0
        metas = [self._keys.batch(batch_id).meta for batch_id in ids]
        keys = [self._keys.batches, *metas]
        return int(self._connection.run("forget", keys=keys, arguments=ids))

    def _known(self, ids: Sequence[str]) -> list[Batch | None]:
        """Return those of the batches that are there, None where unreadable; forget the others."""
        with self._connection.translated(), self._redis.pipeline(transaction=False) as pipe:
            for batch_id in ids:
                pipe.hgetall(self._keys.batch(batch_id).meta)
            rows = cast(list[dict[bytes, bytes]], pipe.execute())
        gone = [batch_id for batch_id, row in zip(ids, rows, strict=True) if not row]
        self._forget(gone)
        return [_listed(batch_id, row) for batch_id, row in zip(ids, rows, strict=True) if row]


def _listed(batch_id: str, row: Mapping[bytes, bytes]) -> Batch | None:
    """Return a batch for a list, which one that cannot be read does not end."""
    try:
        return read_batch(batch_id, row)
    except UnreadableBatchError as error:
        _log.error("%s", error)
        return None


def read_batch(batch_id: str, row: Mapping[bytes, bytes]) -> Batch:
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
        load=fields.get("load", ""),
    )
