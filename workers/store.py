"""How batches move: the only code that changes them; must not know articles or Celery.

Every step that moves counts is one server-side script (`lua/`), so that nothing can come between
the parts of a step and two workers can never count the same chunk twice. What workers ask for
stands in `claims`; Celery messages are hints only.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from workers.batches import TRANSITIONS, Batch, BatchState
from workers.claims import ClaimStore
from workers.connection import Connection
from workers.errors import (
    BatchNotFoundError,
    IdempotencyKeyReusedError,
    IllegalTransitionError,
    InvalidBatchError,
)
from workers.keys import Keys
from workers.polls import read_batch
from workers.settings import Settings

_STEP_LIMIT = 1000
"""So many chunks are cancelled in one step, for the same reason as below."""

_LIST_LOOK = 100
"""So many batches of the list are looked at at once."""

_LOOK_LIMIT = 500
"""So many chunks of a batch a reaper looks at in one step, so that nobody waits long for it."""

_SCRIPTS = (
    "commit", "claim", "renew", "complete", "release", "split", "hinted",
    "reap", "cancel", "delete", "forget", "idle",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """What a commit came to: the batch right after it, and whether this commit made it."""

    batch: Batch
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaped:
    """What a look at one batch found.

    Attributes:
        expired_leases: how many were returned to the queue.
        lost_hints: how many of the chunks have had a hint that counts as lost.
        chunks: those that need a fresh hint.
    """

    expired_leases: int
    lost_hints: int
    chunks: tuple[int, ...]


class Store(ClaimStore):
    """Batches in Redis. One store a process, made after any fork."""

    def __init__(
        self, connection: Connection, keys: Keys, *, results_ttl_s: int, loading_ttl_s: int
    ) -> None:
        super().__init__(connection, keys, results_ttl_s=results_ttl_s)
        self._loading_ttl_s = loading_ttl_s

    # Submit.

    def load(self, batch_id: str, token: str, chunks: Mapping[int, tuple[bytes, int]]) -> None:
        """Write chunks of a batch that is not visible yet; they expire unless committed.

        Args:
            batch_id: the batch.
            token: names this submitter's load, apart from any other of the same batch.
            chunks: blob and number of items by chunk number.
        """
        keys = self._keys.load(batch_id, token)
        # One transaction: what a power cut leaves of it must not stay for ever.
        with self._connection.translated(), self._redis.pipeline() as pipe:
            pipe.hset(keys.inp, mapping={n: blob for n, (blob, _) in chunks.items()})
            pipe.hset(keys.len, mapping={n: length for n, (_, length) in chunks.items()})
            pipe.expire(keys.inp, self._loading_ttl_s)
            pipe.expire(keys.len, self._loading_ttl_s)
            pipe.execute()

    def discard(self, batch_id: str, token: str) -> None:
        """Drop what a submitter has loaded."""
        keys = self._keys.load(batch_id, token)
        with self._connection.translated():
            self._redis.unlink(keys.inp, keys.len)

    def commit(
        self,
        batch_id: str,
        token: str,
        *,
        chunks: int,
        total: int,
        fingerprint: str,
        fields: Mapping[str, str],
        expires_after_s: int | None = None,
    ) -> Commit:
        """Make a loaded batch visible in one step; after it, the batch will finish.

        Args:
            batch_id: the batch.
            token: names the load, and the batch that comes of it apart from any other of its id; a
                commit whose reply was lost may be asked for again with it.
            chunks: how many chunks were loaded.
            total: how many items they hold.
            fingerprint: of the payload: the same batch may be committed twice, another not.
            fields: further fields of the batch, as stored.
            expires_after_s: what is not begun after so many seconds expires; None means never.

        Returns:
            The batch, and whether this made it or the same batch was there already.

        Raises:
            IdempotencyKeyReusedError: a batch of this id holds another payload.
            InvalidBatchError: loading took so long that the loaded keys have expired.
        """
        load = self._keys.load(batch_id, token)
        pairs = [part for pair in fields.items() for part in pair]
        expires = "" if expires_after_s is None else expires_after_s
        arguments = [batch_id, token, chunks, total, fingerprint, expires, *pairs]
        outcome, *meta = self._run("commit", batch_id, arguments, load.inp, load.len)
        if outcome == b"incomplete":
            raise InvalidBatchError(
                f"loading took longer than loading_ttl_s ({self._loading_ttl_s} s); submit again"
            )
        values = dict(zip(meta[::2], meta[1::2], strict=True))
        if values[b"fingerprint"].decode() != fingerprint:
            raise IdempotencyKeyReusedError(batch_id)
        return Commit(batch=read_batch(batch_id, values), is_new=outcome == b"committed")

    # A batch's life.

    def cancel(self, batch_id: str) -> None:
        """Cancel a batch; a second time changes nothing.

        Raises:
            BatchNotFoundError: unknown, deleted or expired.
            IllegalTransitionError: it has ended in another way.
        """
        arguments = [batch_id, self._results_ttl_s, _STEP_LIMIT]
        before, ended = self._run("cancel", batch_id, arguments)
        state = _state_before(batch_id, before)
        # Whatever ends this loop: no more of the batch is begun, and the reaper ends the rest.
        while ended == _STEP_LIMIT:
            _, ended = self._run("cancel", batch_id, arguments)
        is_cancelled = state in (BatchState.CANCELLING, BatchState.CANCELLED)
        if not is_cancelled and BatchState.CANCELLING not in TRANSITIONS[state]:
            raise IllegalTransitionError(batch_id, state, "cancelled")

    def delete(self, batch_id: str) -> None:
        """Remove a batch that has ended, with every key.

        Raises:
            BatchNotFoundError: unknown, deleted or expired.
            IllegalTransitionError: it has not ended.
        """
        state = _state_before(batch_id, self._run("delete", batch_id, [batch_id]))
        if not state.is_final:
            raise IllegalTransitionError(batch_id, state, "deleted")

    # Reap.

    def open_batches(self) -> tuple[str, ...]:
        """Return the ids of unfinished batches."""
        with self._connection.translated():
            members = cast(set[bytes], self._redis.smembers(self._keys.open))
        return tuple(sorted(member.decode() for member in members))

    def queue_length(self) -> int:
        """Return how many hints wait in the queue."""
        with self._connection.translated(), self._redis.pipeline(transaction=False) as pipe:
            for queue in self._keys.queues:
                pipe.llen(queue)
            return sum(pipe.execute())

    def reap(
        self,
        batch_id: str,
        *,
        hint_age_s: float,
        most_lost: int = _LOOK_LIMIT,
        was_away: bool = False,
    ) -> Reaped:
        """Return a batch's expired leases to the queue and name the chunks that need a hint.

        They are named until `note_hints` says that they have it. Where the batch is being cancelled
        or has expired, what nobody works on ends instead.

        Args:
            batch_id: the batch.
            hint_age_s: the age from which a queued chunk's hint counts as lost.
            most_lost: so many of the lost hints are named, the oldest first.
            was_away: Redis could not be reached, so that no lease could be kept: what has expired
                gets its attempt back.
        """
        limits = [int(hint_age_s * 1000), _LOOK_LIMIT, most_lost, self._results_ttl_s]
        expired, lost, *chunks = self._run("reap", batch_id, [batch_id, *limits, int(was_away)])
        found = tuple(map(int, chunks))
        return Reaped(expired_leases=expired, lost_hints=lost, chunks=found)

    def drop_left_hints(self) -> None:
        """Drop the hints that are left in the queue when no batch is open."""
        self._connection.run("idle", keys=[self._keys.open, *self._keys.queues], arguments=[])

    def forget_gone(self) -> int:
        """Take batches that have expired out of the list, of a few at any place of it.

        Returns:
            How many they were.
        """
        listing = self._keys.batches
        with self._connection.translated():
            size = self._redis.zcard(listing)
            start = secrets.randbelow(max(1, size - _LIST_LOOK + 1))
            ids = cast(list[bytes], self._redis.zrange(listing, start, start + _LIST_LOOK - 1))
        return self._forget([batch_id.decode() for batch_id in ids])


def _state_before(batch_id: str, reply: bytes) -> BatchState:
    """Return the batch's state before a script, as that has replied it."""
    if reply == b"gone":
        raise BatchNotFoundError(batch_id)
    return BatchState(reply.decode())


def open_store(settings: Settings, *, redis_url: str, attempts: int) -> Store:
    """Return a store on a new connection.

    Args:
        settings: the prefix of keys and their times to live.
        redis_url: redis://, rediss:// or unix://.
        attempts: how often a command is tried again while Redis is away.
    """
    moves = ", ".join(
        f"{state} = {{{', '.join(f'{to} = true' for to in sorted(targets))}}}"
        for state, targets in TRANSITIONS.items()
    )
    connection = Connection(
        redis_url, attempts=attempts, prelude=f"local LEGAL = {{{moves}}}", scripts=_SCRIPTS
    )
    return Store(
        connection,
        Keys(settings.key_prefix),
        results_ttl_s=settings.results_ttl_s,
        loading_ttl_s=settings.loading_ttl_s,
    )
