"""A claim on a chunk, kept while the work goes on; must not know what the work is."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread
from time import monotonic

from workers.claims import ClaimStore
from workers.errors import StoreUnavailableError
from workers.faults import Faults

_log = logging.getLogger(__name__)


@contextmanager
def kept_lease(
    store: ClaimStore, batch_id: str, chunk: int, *, token: str, lease_s: float, limit_s: float
) -> Iterator[None]:
    """Lengthen a lease in the block, from a thread, whenever a third of it is over.

    So it is kept through code that does not return for long, in a library below Python for example,
    unless that holds the interpreter's lock. What becomes of it changes nothing in the block.

    Args:
        store: where the claim was made.
        batch_id: the batch.
        chunk: the chunk.
        token: the claim's.
        lease_s: the lease.
        limit_s: it is kept for no longer than this.
    """
    is_over = Event()
    ends_at = monotonic() + limit_s
    renew = partial(store.renew, batch_id, chunk, token=token, lease_s=lease_s)

    def keep() -> None:
        faults = Faults()
        is_held: bool | None = True
        # None is a fault, which may pass.
        while is_held is not False and not is_over.wait(lease_s / 3) and monotonic() < ends_at:
            try:
                is_held = faults.contain(f"keeping the lease of chunk {chunk}", renew)
            except StoreUnavailableError as error:
                _log.warning("%s; the lease of chunk %s may end early", error, chunk)

    # Not waited for at the end: what it asks for then is refused.
    Thread(target=keep, name="lease", daemon=True).start()
    try:
        yield
    finally:
        is_over.set()
