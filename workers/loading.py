"""Items on their way into the store: how they are grouped, and what tells one payload from another.

Must not know what a batch is for, nor who submits it.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from time import monotonic
from typing import Any

import orjson

from summarizer import METHODS, Article, Options
from workers.batches import Item, Page, group_into_chunks
from workers.blobs import MAX_BLOB_BYTES, item_line, pack_lines
from workers.errors import StoreUnavailableError
from workers.settings import Settings
from workers.store import Store

_log = logging.getLogger(__name__)

_LOAD_BYTES = 4_000_000
"""Chunks are written in pipelines of about so many bytes."""


_ITEM_MS = 0.05
"""What an item costs beside its summary: JSON, compression, bookkeeping."""

_MS_PER_KCHAR = 0.4
"""What a method of cost 1 takes for a thousand characters."""

_CHUNK_CHARS = MAX_BLOB_BYTES // 60
"""A chunk holds no more characters unless one article does, whatever `chunk_ms` allows.

Results may have 54 bytes for each: a sentence has a score, and may be one letter. Beside them may
stand the text of a page, with up to 6 bytes for a character.
"""


def into_chunks(
    items: Iterable[Item], defaults: Mapping[str, Any], *, settings: Settings
) -> Iterator[tuple[Item, ...]]:
    """Group items, in order, into what one task takes.

    Args:
        items: any number of items; read lazily.
        defaults: the batch's options, as JSON has them.
        settings: how much work, and how many articles, one task takes.
    """
    default_method = str(defaults.get("method", Options().method))
    max_ms = settings.chunk_ms

    def cost_ms(item: Item) -> float:
        # One that is unknown costs nothing: its article ends with an error.
        method = METHODS.get(str(item.options.get("method", default_method)))
        cost = method.cost if method else 0
        chars = len(item.article.text)
        ms = _ITEM_MS + _MS_PER_KCHAR * cost * chars / 1000
        return max(ms, max_ms * chars / _CHUNK_CHARS)

    return group_into_chunks(items, cost=cost_ms, max_cost=max_ms, max_items=settings.chunk_items)


class Loading:
    """A batch on its way into the store, before the commit makes it visible.

    Args:
        store: the store.
        batch_id: the batch.
        token: names this load.
        fingerprint_of: what beside the items tells this payload from any other.
        keep_every_s: something is written so often, as what is written would expire.
    """

    def __init__(
        self,
        store: Store,
        batch_id: str,
        token: str,
        *,
        fingerprint_of: Mapping[str, Any],
        keep_every_s: float,
    ) -> None:
        self._store = store
        self._batch_id = batch_id
        self._token = token
        self._waiting: dict[int, tuple[bytes, int]] = {}
        self._waiting_bytes = 0
        self._keep_every_s = keep_every_s
        self._written_at = monotonic()
        self._hash = hashlib.sha256(orjson.dumps(dict(fingerprint_of)))
        self.numbers: list[int] = []
        self.total = 0

    @property
    def fingerprint(self) -> str:
        """What tells this payload from any other."""
        return self._hash.hexdigest()

    def add(self, chunk: tuple[Item, ...]) -> bool:
        """Take a chunk; return whether it was written, and those that waited with it."""
        number = chunk[0].index
        for item in chunk:
            self._hash.update(item_line(_as_asked(item)))
        blob = pack_lines(map(item_line, chunk))
        self._waiting[number] = (blob, len(chunk))
        self._waiting_bytes += len(blob)
        self.numbers.append(number)
        self.total += len(chunk)
        is_fresh = monotonic() < self._written_at + self._keep_every_s
        if self._waiting_bytes < _LOAD_BYTES and is_fresh:
            return False
        self.flush()
        return True

    def flush(self) -> None:
        """Write what waits."""
        if self._waiting:
            self._store.load(self._batch_id, self._token, self._waiting)
            self._waiting, self._waiting_bytes = {}, 0
            self._written_at = monotonic()

    def abandon(self) -> None:
        """Drop what was written; where Redis is away, it expires by itself."""
        try:
            self._store.discard(self._batch_id, self._token)
        except StoreUnavailableError as error:
            _log.warning("what was loaded of batch %s expires later: %s", self._batch_id, error)


def _as_asked(item: Item) -> Item:
    """Return what an item is known by: what was asked for, and not from where.

    A page may say something else, or not be had, when the same submit is made again.
    """
    if item.page is None or item.page.asked is None:
        return replace(item, source="")
    return replace(item, source="", article=Article(text=""), page=Page(asked=item.page.asked))
