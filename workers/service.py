"""One door for command line and schedules: submit, get, list, results, cancel, retry, delete.

Gets its store and its dispatcher as arguments; must not know Celery, Redis or where articles come
from.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

import orjson

from summarizer import Options
from workers.batches import MAX_EXPIRES_AFTER_S, Batch, BatchState, Item
from workers.errors import (
    BatchNotFoundError,
    BatchTooLargeError,
    IllegalTransitionError,
    InvalidBatchError,
    StoreFullError,
    StoreUnavailableError,
)
from workers.labels import check_labels
from workers.loading import Loading, into_chunks
from workers.settings import Settings
from workers.store import Store

_log = logging.getLogger(__name__)


class Dispatch(Protocol):
    """Sends hints: messages that name chunks to take. Any of them may be lost."""

    def __call__(self, batch_id: str, chunks: Sequence[int]) -> None:
        """Send one hint for each chunk of the batch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a submit came to.

    Attributes:
        batch: the batch as it stood right after the commit.
        is_new: False when the same submit had been made before.
    """

    batch: Batch
    is_new: bool


class Service:
    """Everything that can be asked of batches."""

    def __init__(self, store: Store, *, dispatch: Dispatch, settings: Settings) -> None:
        self._store = store
        self._dispatch = dispatch
        self._settings = settings

    def submit(
        self,
        items: Iterable[Item],
        *,
        options: Options | None = None,
        display_name: str | None = None,
        metadata: Mapping[str, str] | None = None,
        idempotency_key: str | None = None,
        expires_after_s: int | None = None,
        parent_batch_id: str | None = None,
        token: str | None = None,
        before_commit: Callable[[], None] = lambda: None,
    ) -> Submission:
        """Submit a batch; when this returns, the batch will finish.

        Args:
            items: the articles, read lazily; indexes must count up from 0.
            options: how to summarise, where an item does not say otherwise.
            display_name: a name for lists.
            metadata: the submitter's own pairs, given back by every poll.
            idempotency_key: the same key, articles and options give the same batch, however often,
                with the name and metadata of the first time.
            expires_after_s: what is not begun after so many seconds expires; 1 to
                `MAX_EXPIRES_AFTER_S`.
            parent_batch_id: the batch that this one retries.
            token: names what is loaded, for `discard`.
            before_commit: called when all is loaded; what it raises ends the submit.

        Raises:
            InvalidBatchError: there is no article, there are too many, it expires too late, or its
                name, metadata or key are too long.
            IdempotencyKeyReusedError: the key belongs to a batch of other articles or options.
            StoreFullError: Redis is too full to take more.
            StoreUnavailableError: Redis cannot be reached.
        """
        check_labels(
            display_name=display_name, metadata=metadata or {}, idempotency_key=idempotency_key
        )
        if expires_after_s is not None and not 1 <= expires_after_s <= MAX_EXPIRES_AFTER_S:
            raise InvalidBatchError(
                f"expires_after_s {expires_after_s}: 1 to {MAX_EXPIRES_AFTER_S} seconds are allowed"
            )
        self.refuse_if_full()
        batch_id = _batch_id(idempotency_key)
        token = token or secrets.token_hex(8)
        defaults = (options or Options()).to_dict()
        loading = Loading(
            self._store, batch_id, token, fingerprint_of=defaults,
            keep_every_s=self._settings.loading_ttl_s / 4,
        )  # fmt: skip
        try:
            for chunk in into_chunks(items, defaults, settings=self._settings):
                if loading.add(chunk):
                    self.refuse_if_full()
                if loading.total > self._settings.max_batch_items:
                    limit = self._settings.max_batch_items
                    raise BatchTooLargeError("articles", loading.total, limit)
            loading.flush()
            if not loading.numbers:
                raise InvalidBatchError("the batch holds no article")
            before_commit()
        except BaseException:
            # Whatever stopped the submit, Ctrl-C included: nothing of it may stay.
            loading.abandon()
            raise
        fields = {
            "options": orjson.dumps(defaults).decode(),
            "display_name": display_name,
            "metadata": orjson.dumps(dict(metadata)).decode() if metadata else None,
            "parent_batch_id": parent_batch_id,
        }
        # Its reply is the last that is waited for: what is committed has to be named.
        commit = self._store.commit(
            batch_id,
            token,
            chunks=len(loading.numbers),
            total=loading.total,
            fingerprint=loading.fingerprint,
            fields={name: value for name, value in fields.items() if value is not None},
            expires_after_s=expires_after_s,
        )
        if commit.is_new:
            self._send_hints(batch_id, loading.numbers)
        return Submission(batch=commit.batch, is_new=commit.is_new)

    def discard(self, idempotency_key: str, *, token: str) -> None:
        """Drop what a submit has loaded under a token: unless it is committed, it never will be."""
        self._store.discard(_batch_id(idempotency_key), token)

    def get(self, batch_id: str) -> Batch:
        """Return a batch as it stands.

        Raises:
            BatchNotFoundError: unknown, deleted or expired.
        """
        return self._store.batch(batch_id)

    def get_by_key(self, idempotency_key: str) -> Batch:
        """Return the batch that was submitted with a key.

        Raises:
            BatchNotFoundError: none was, or it was deleted, or has expired.
        """
        return self._store.batch(_batch_id(idempotency_key))

    def list(
        self,
        *,
        limit: int = 20,
        before: str | None = None,
        states: Collection[BatchState] = tuple(BatchState),
    ) -> tuple[Batch, ...]:
        """Return batches, newest first; `before` is the id that the last page ended with."""
        return self._store.batches(limit=limit, before=before, states=states)

    def cancel(self, batch_id: str) -> Batch:
        """Cancel a batch: what waits never starts, what is being worked on may finish.

        Raises:
            BatchNotFoundError: unknown, deleted or expired.
            IllegalTransitionError: it has ended in another way.
        """
        self._store.cancel(batch_id)
        return self._store.batch(batch_id)

    def retry(
        self, batch_id: str, *, renew: Callable[[Iterable[Item]], Iterable[Item]] = iter
    ) -> Submission:
        """Submit what did not succeed in a batch as a new batch, its child; twice gives the same.

        Args:
            batch_id: the batch.
            renew: reads the pages again that could not be read.

        Raises:
            BatchNotFoundError: unknown, deleted or expired.
            IllegalTransitionError: it has not ended.
            InvalidBatchError: everything succeeded.
        """
        parent = self._store.batch(batch_id)
        if not parent.state.is_final:
            raise IllegalTransitionError(batch_id, parent.state, "retried")
        if parent.counts.succeeded == parent.counts.total:
            raise InvalidBatchError(
                f"every article of batch {batch_id} succeeded: nothing to retry"
            )
        # By its load: the id comes again with its idempotency key, as that of another batch.
        key = f"retry of {batch_id} loaded as {parent.load}"
        # What was retried before needs no page to be asked for.
        with suppress(BatchNotFoundError):
            return Submission(batch=self.get_by_key(key), is_new=False)
        items = renew(self._store.unsuccessful_items(parent))
        return self.submit(
            (replace(item, index=index) for index, item in enumerate(items)),
            options=Options.from_mapping(parent.options),
            display_name=parent.display_name,
            metadata=parent.metadata,
            idempotency_key=key,
            parent_batch_id=batch_id,
        )

    def delete(self, batch_id: str) -> None:
        """Delete a batch that has ended, with its results.

        Raises:
            BatchNotFoundError: unknown, deleted or expired.
            IllegalTransitionError: it has not ended.
        """
        self._store.delete(batch_id)

    def result_lines(self, batch_id: str, *, after_index: int = -1) -> Iterator[bytes]:
        """Yield the result lines there are, in input order, also before the batch has ended.

        Before the end there are gaps where articles are not finished, so `after_index` goes on from
        the last line of an earlier read only where that read left none out.

        Args:
            batch_id: the batch.
            after_index: only items beyond this index.

        Raises:
            BatchNotFoundError: unknown, deleted or expired, before or while it was read.
        """
        return self._store.result_lines(batch_id, after_index=after_index)

    def now(self) -> float:
        """Return the time that batches live by: the store's, in seconds since the epoch."""
        return self._store.now()

    def refuse_if_full(self) -> None:
        """Refuse a submit while there is still room for the results of what was taken before.

        Raises:
            StoreFullError: Redis is too full to take more.
        """
        memory = self._store.memory()
        share = self._settings.memory_share
        if memory.limit and memory.used > share * memory.limit:
            raise StoreFullError(
                self._store.where,
                f"{memory.used} of {memory.limit} bytes are used, and nothing is submitted "
                f"beyond {share:.0%} (memory_share)",
            )

    def _send_hints(self, batch_id: str, chunks: Sequence[int]) -> None:
        try:
            self._dispatch(batch_id, chunks)
        except StoreUnavailableError as error:
            # The batch is committed: the reaper finds the chunks without a hint.
            _log.warning("hints of batch %s are left to the reaper: %s", batch_id, error)


def _batch_id(idempotency_key: str | None) -> str:
    """Return a new id, or the one that belongs to the key."""
    if idempotency_key is None:
        return f"batch_{secrets.token_hex(12)}"
    return f"batch_{hashlib.sha256(idempotency_key.encode()).hexdigest()[:24]}"
