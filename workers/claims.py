"""Chunks as workers hold them: claimed, kept, given back, split, finished.

Must not know how a batch comes to be or ends, nor what an article is. Method: the lease pattern of
at-least-once queues with a once-only result marker.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import orjson

from workers.connection import Connection
from workers.keys import Keys
from workers.polls import BatchReader


class ClaimOutcome(StrEnum):
    """What became of a claim."""

    CLAIMED = "claimed"
    LEASED = "leased"
    FINISHED = "finished"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A worker's claim on a chunk; all but the outcome only when it was granted.

    Attributes:
        outcome: whether it was granted, or why not.
        token: names the claim.
        load: names what the batch came of, apart from a later batch of the same id.
        attempts: how often the chunk was claimed, this time included.
        cause: what ended the attempt before, where that is known.
        length: how many items the chunk holds.
        options: the batch's options, as JSON has them.
        blob: the items.
    """

    outcome: ClaimOutcome
    token: str = ""
    load: str = ""
    attempts: int = 0
    cause: str = ""
    length: int = 0
    options: Mapping[str, Any] = field(default_factory=dict)
    blob: bytes = b""


class ClaimStore(BatchReader):
    """What a worker asks of the store."""

    def __init__(self, connection: Connection, keys: Keys, *, results_ttl_s: int) -> None:
        super().__init__(connection, keys)
        self._results_ttl_s = results_ttl_s

    def claim(
        self, batch_id: str, chunk: int, *, lease_s: float, token: str | None = None
    ) -> Claim:
        """Lease a chunk, or say why not.

        Args:
            batch_id: the batch.
            chunk: the chunk.
            lease_s: until when it is ours.
            token: names this claim; a claim whose reply was lost is ours when asked for again, and
                counts as one attempt. A new one if not given.
        """
        token = token or secrets.token_hex(8)
        reply = self._run("claim", batch_id, [chunk, int(lease_s * 1000), token])
        outcome = ClaimOutcome(reply[0].decode())
        if outcome is not ClaimOutcome.CLAIMED:
            return Claim(outcome=outcome)
        _, load, attempts, cause, length, options, blob = reply
        return Claim(
            outcome=outcome,
            token=token,
            load=load.decode(),
            attempts=attempts,
            cause=cause.decode(),
            length=length,
            options=orjson.loads(options),
            blob=blob,
        )

    def renew(self, batch_id: str, chunk: int, *, token: str, lease_s: float) -> bool:
        """Lengthen the lease of a claim that still holds its chunk; False if it does not."""
        return bool(self._run("renew", batch_id, [chunk, int(lease_s * 1000), token]))

    def complete(
        self,
        batch_id: str,
        chunk: int,
        blob: bytes,
        *,
        succeeded: int,
        errored: int,
        load: str,
        errored_items: bytes = b"",
        token: str = "",
    ) -> bool:
        """Store a chunk's results and move the counts, in one step and only once.

        Args:
            batch_id: the batch.
            chunk: the chunk.
            blob: the result lines.
            succeeded: how many items succeeded.
            errored: how many errored.
            load: the claim's; results of a batch that is gone are not taken for those of a later
                one of its id.
            errored_items: those items, kept for a retry.
            token: the claim's. Whoever holds the chunk now, the first results are taken; it tells
                results that miss an item from those of a chunk that was split meanwhile.

        Returns:
            True if these results were taken, False if the chunk was finished or split before or is
            gone.
        """
        counts = [succeeded, errored]
        known = [self._results_ttl_s, token, load]
        arguments = [batch_id, chunk, blob, *counts, errored_items, *known]
        return bool(self._run("complete", batch_id, arguments))

    def release(self, batch_id: str, chunk: int, *, token: str, cause: str) -> bool:
        """Give a leased chunk back, to wait for a hint; False if the claim or the batch is over.

        Args:
            batch_id: the batch.
            chunk: the chunk.
            token: the claim's, or what it begins with.
            cause: what ended the attempt; the next claim gets it.
        """
        arguments = [batch_id, chunk, cause, self._results_ttl_s, token]
        return bool(self._run("release", batch_id, arguments))

    def note_hints(self, batch_id: str, chunks: Sequence[int]) -> None:
        """Note that hints of chunks were sent; without it the reaper sends them again."""
        self._run("hinted", batch_id, chunks)

    def split(self, batch_id: str, chunk: int, singles: Mapping[int, bytes], *, load: str) -> bool:
        """Replace a chunk by single items, which wait for hints; False if it is gone.

        Args:
            batch_id: the batch.
            chunk: the chunk.
            singles: the blob of each item by its index.
            load: the claim's.
        """
        pairs = [part for pair in singles.items() for part in pair]
        arguments = [batch_id, chunk, self._results_ttl_s, load, *pairs]
        return bool(self._run("split", batch_id, arguments))

    def _run(self, script: str, batch_id: str, arguments: Sequence[Any], *more_keys: str) -> Any:
        """Run a script on a batch's keys and the two lists that every script may touch."""
        keys = [*self._keys.batch(batch_id).all(), self._keys.open, self._keys.batches, *more_keys]
        return self._connection.run(script, keys=keys, arguments=arguments)
