"""What the reaper does at a look: brings back what was lost; no Celery in here."""

from __future__ import annotations

import logging
import secrets
from functools import partial

from workers.faults import Faults
from workers.service import Dispatch
from workers.store import Store

_log = logging.getLogger(__name__)

_SHORT_QUEUE = 16
"""With no more hints waiting than this, an old hint of a queued chunk must be lost."""

_MOST_LOST = 500
"""So many lost hints are sent again at one look at a short queue."""

_MOST_LATE = 16
"""So many at one look at a long queue, where most of them are only waiting their turn."""


def reap(
    store: Store,
    *,
    dispatch: Dispatch,
    hint_age_s: float,
    was_away: bool = False,
    faults: Faults | None = None,
) -> int:
    """Return expired leases to the queue and send lost hints again; safe to run twice at once.

    What nobody needs any more leaves the queue and the list of batches. A batch whose keys are
    damaged keeps no other from being looked after.

    Args:
        store: where batches are.
        dispatch: sends hints.
        hint_age_s: the age from which the hint of a queued chunk counts as lost.
        was_away: Redis could not be reached until now.
        faults: knows those of the looks before.

    Returns:
        How many hints were sent.
    """
    faults = faults or Faults()
    waiting = store.queue_length()
    # The longer the queue, the longer a hint may have to wait its turn.
    age_s = hint_age_s * max(1.0, waiting / _SHORT_QUEUE)
    left = _MOST_LOST if waiting <= _SHORT_QUEUE else _MOST_LATE

    def look_after(batch_id: str) -> int:
        nonlocal left
        reaped = store.reap(batch_id, hint_age_s=age_s, most_lost=left, was_away=was_away)
        left -= reaped.lost_hints
        if reaped.chunks:
            dispatch(batch_id, reaped.chunks)
            store.note_hints(batch_id, reaped.chunks)
            _log.info(
                "batch %s: %d leases expired, %d hints sent",
                batch_id, reaped.expired_leases, len(reaped.chunks),
            )  # fmt: skip
        return len(reaped.chunks)

    open_batches = store.open_batches()
    if waiting and not open_batches:
        store.drop_left_hints()
    store.forget_gone()
    return sum(
        faults.contain(f"looking after batch {batch_id}", partial(look_after, batch_id)) or 0
        for batch_id in _from_anywhere(open_batches)
    )


def _from_anywhere(batch_ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return the batches in turn from any one on, so that none is always the last to be asked."""
    start = secrets.randbelow(len(batch_ids)) if batch_ids else 0
    return batch_ids[start:] + batch_ids[:start]
