"""A batch as it is read in parts, too large for one reply; changes nothing.

Knows the layout of keys (`keys.py`), not how batches move.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import cast

from workers.batches import Item, ItemErrorCode, ResultType
from workers.blobs import (
    error_result,
    result_line,
    select_lines,
    unpack_items,
    unpack_results,
    unreadable_items,
)
from workers.connection import Connection
from workers.errors import BatchNotFoundError, CorruptBlobError
from workers.keys import BatchKeys

_log = logging.getLogger(__name__)

_IDENTITY = ("created_at", "load")
"""The fields that tell a batch from a later one of its id."""

_PAGE = 10
"""Results are read so many chunks at a time."""

_ENDED_WITHOUT_WORK = (ResultType.CANCELLED.value.encode(), ResultType.EXPIRED.value.encode())


class BatchParts:
    """A batch that is read in parts: all are of the same batch, or reading ends in an error.

    Raises:
        BatchNotFoundError: unknown, deleted or expired.
    """

    def __init__(self, connection: Connection, keys: BatchKeys, batch_id: str) -> None:
        self._connection = connection
        self._batch_id = batch_id
        self._keys = keys
        # No transaction, here and below: a Redis that is full refuses every one. What is the same
        # batch before and after was there in between, with all that it has.
        with connection.translated(), connection.client.pipeline(transaction=False) as pipe:
            pipe.hmget(keys.meta, _IDENTITY)
            pipe.hgetall(keys.len)
            pipe.hmget(keys.meta, _IDENTITY)
            self._identity, lengths, identity = pipe.execute()
        if identity[0] is None or identity != self._identity:
            raise BatchNotFoundError(batch_id)
        self._lengths = {int(chunk): int(length) for chunk, length in lengths.items()}

    @property
    def load(self) -> str:
        """What the batch came of."""
        return (self._identity[1] or b"").decode()

    def result_lines(self, *, after_index: int = -1) -> Iterator[bytes]:
        """Yield the result lines there are, in input order; of what is damaged, errored ones.

        Raises:
            BatchNotFoundError: the batch was deleted or has expired since it was first read.
        """
        for page in self._pages(after_index=after_index):
            for chunk, blob in zip(page, self._blobs(self._keys.res, page), strict=True):
                if blob is not None:
                    yield from select_lines(self._lines(chunk, blob), after_index=after_index)

    def left_items(self) -> Iterator[Item]:
        """Yield the items that the batch has kept, in input order.

        Raises:
            BatchNotFoundError: the batch was deleted or has expired since it was first read.
            CorruptBlobError: some of them are damaged.
        """
        for page in self._pages():
            for blob in self._blobs(self._keys.inp, page):
                if blob is not None:
                    yield from unpack_items(blob)

    def _pages(self, *, after_index: int = -1) -> Iterator[list[int]]:
        """Yield the numbers of the batch's chunks in input order, a few at a time."""
        chunks = sorted(
            chunk for chunk, length in self._lengths.items() if chunk + length > after_index + 1
        )
        for start in range(0, len(chunks), _PAGE):
            yield chunks[start : start + _PAGE]

    def _blobs(self, key: str, chunks: Sequence[int]) -> list[bytes | None]:
        """Return what one of the batch's keys holds for these chunks."""
        client = self._connection.client
        with self._connection.translated(), client.pipeline(transaction=False) as pipe:
            pipe.hmget(key, list(map(str, chunks)))
            pipe.hmget(self._keys.meta, _IDENTITY)
            blobs, identity = pipe.execute()
        if identity != self._identity:
            raise BatchNotFoundError(self._batch_id)
        return cast(list[bytes | None], blobs)

    def _lines(self, chunk: int, blob: bytes) -> list[bytes]:
        """Return the result lines of a chunk: where they are damaged, an error for each item.

        What stands behind them is read all the same, and every article has its line.
        """
        try:
            if blob in _ENDED_WITHOUT_WORK:
                return self._lines_without_work(chunk, blob)
            return unpack_results(blob)
        except CorruptBlobError as error:
            _log.error("results of chunk %s of batch %s: %s", chunk, self._batch_id, error)
            result = error_result(ItemErrorCode.INTERNAL_ERROR, str(error))
            items = unreadable_items(chunk, self._lengths[chunk])
            return [result_line(item, result) for item in items]

    def _lines_without_work(self, chunk: int, how: bytes) -> list[bytes]:
        """Return the result lines of a chunk that nobody worked on; its items are still there."""
        (blob,) = self._blobs(self._keys.inp, [chunk])
        if blob is None:
            raise CorruptBlobError("it is gone")
        return [result_line(item, {"type": how.decode()}) for item in unpack_items(blob)]
