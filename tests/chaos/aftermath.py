"""What must not stay behind when every batch of a run has ended."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

import redis

from tests.waiting import wait_until
from workers.keys import Keys

_WAIT_S = 60.0
_STEADY_S = 1.0


def drain_messages(client: redis.Redis, keys: Keys, *, report: Callable[[str], None]) -> int:
    """Wait until live workers have dropped every message that is left; return how many there were.

    Messages that killed workers held wait in Celery's `unacked` until `visibility_timeout` has
    passed, and a worker killed while it looked for them keeps the others from it for five minutes.
    Here both are made that old at once, so that the run need not wait.
    """
    unacked, index, mutex = (
        f"{keys.broker_prefix}{name}" for name in ("unacked", "unacked_index", "unacked_mutex")
    )
    client.delete(mutex)
    held = client.hlen(unacked)
    empty_since: float | None = None

    def is_empty() -> bool:
        nonlocal empty_since
        for tag, _ in client.zscan_iter(index):
            client.zadd(index, {tag: 0}, xx=True)
        if client.exists(*keys.queues, unacked, index):
            empty_since = None
        elif empty_since is None:
            empty_since = monotonic()
        # A message may be on its way between the queue and a worker.
        return empty_since is not None and monotonic() - empty_since > _STEADY_S

    try:
        wait_until(is_empty, timeout_s=_WAIT_S)
    except AssertionError:
        queued, unacknowledged = sum(map(client.llen, keys.queues)), client.hlen(unacked)
        report(f"messages left: {queued} queued, {unacknowledged} unacknowledged")
    return held


def check_keys(client: redis.Redis, keys: Keys, *, report: Callable[[str], None]) -> None:
    """Report the open batches, and every key that would stay for ever.

    Only Celery's bindings of the queue may, and they must not grow.
    """
    if still_open := client.scard(keys.open):
        report(f"{still_open} batches are in the open set")
    for key in client.scan_iter(match=f"{keys.prefix}:*", count=1000):
        if client.ttl(key) != -1:
            continue
        name = key.decode()
        if not name.startswith(f"{keys.broker_prefix}_kombu.binding"):
            report(f"{name} stays for ever")
        elif client.type(key) == b"set" and client.scard(key) > 1:
            report(f"{name} has grown: {client.smembers(key)}")
