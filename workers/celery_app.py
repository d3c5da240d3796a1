"""Celery's configuration, and the dispatcher that sends hints; must not know what tasks do.

Messages are hints, so there is no result backend; a task acknowledges late, and a dead worker's
chunk comes back by its lease, not by Celery's redelivery: docs/architecture.md, "Decisions". The
reasons of other settings stand beside them, and in docs/chaos.md, "What it found".
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence

from celery import Celery
from kombu.exceptions import BatchPublishError, OperationalError

from workers.connection import CLIENT_ERRORS
from workers.errors import StoreUnavailableError
from workers.keys import PRIORITIES, QUEUE, Keys
from workers.settings import Settings

PROCESS_CHUNK = "summarizer.process_chunk"
"""The name of the one task."""

_PUBLISH_BATCH = 500

_FAILURES = (OperationalError, BatchPublishError, *CLIENT_ERRORS)
"""What kombu raises: only a part of it are errors of its own that have one parent."""

_SOCKET_TIMEOUT_S = 5.0
"""Longer than the second for which a worker lets Redis wait for a hint."""

_HEALTH_CHECK_S = 5
"""A connection that says nothing for twice as long is given up (a router forgot it, perhaps)."""

_FIRST_INDEXES = (500, 5_000, 50_000)
"""Where the next priority begins: a batch's first articles go before all others' later ones.

So a small batch does not wait behind a large one, and a large one begins at once.
"""


def create_celery_app(settings: Settings, *, redis_url: str) -> Celery:
    """Return a Celery application that sends and takes hints.

    Args:
        settings: the settings.
        redis_url: redis://, rediss:// or unix://.
    """
    app = Celery("summarizer", broker=_broker_url(redis_url))
    app.conf.update(
        task_ignore_result=True,
        task_serializer="json",
        accept_content=["json"],
        event_serializer="json",
        task_default_queue=QUEUE,
        task_acks_late=True,
        task_reject_on_worker_lost=False,
        # Celery's count of messages in hand grows by one with every acknowledgement that fails, and
        # at the limit the worker takes no more work, for good. Counted are requests instead.
        worker_prefetch_multiplier=0,
        worker_disable_prefetch=True,
        worker_max_tasks_per_child=500,
        worker_max_memory_per_child=settings.worker_memory_mb * 1024,
        task_time_limit=settings.chunk_time_limit_s,
        worker_soft_shutdown_timeout=settings.stop_grace_s / 2,
        worker_enable_soft_shutdown_on_idle=False,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        worker_hijack_root_logger=False,
        # Nobody commands workers from afar; each would leave a binding behind when killed, and
        # the connection for it ends the worker when Redis dies at the wrong moment.
        worker_enable_remote_control=False,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        # A Redis that takes no writes just then (a replica before it is promoted, a full disk) is
        # waited for as one that is away.
        broker_channel_error_retry=True,
        broker_transport_options={
            "global_keyprefix": Keys(settings.key_prefix).broker_prefix,
            "priority_steps": list(PRIORITIES),
            # Without it a worker may read for ever from a connection that Redis lost when it died,
            # and neither take work nor stop (celery/kombu#490).
            "socket_timeout": _SOCKET_TIMEOUT_S,
            "socket_connect_timeout": _SOCKET_TIMEOUT_S,
            "health_check_interval": _HEALTH_CHECK_S,
            "visibility_timeout": 600,
            "unacked_restore_interval": 5,
            "unacked_restore_throttle": 1,
        },
    )
    return app


class HintSender:
    """Sends hints through Celery, many to a round trip; a `service.Dispatch`."""

    def __init__(self, app: Celery, *, where: str) -> None:
        self._app = app
        self._where = where

    def __call__(self, batch_id: str, chunks: Sequence[int]) -> None:
        """Send one hint for each chunk.

        Raises:
            StoreUnavailableError: the broker cannot be reached, is full, or refuses; any of the
                hints may have been sent.
        """
        try:
            with self._app.producer_pool.acquire(block=True) as producer:
                with producer.batch(_PUBLISH_BATCH):
                    for chunk in chunks:
                        # A chunk's number is the index of its first article.
                        self._app.send_task(
                            PROCESS_CHUNK,
                            args=[batch_id, chunk],
                            priority=PRIORITIES[bisect(_FIRST_INDEXES, chunk)],
                            producer=producer,
                            retry=False,
                        )
        except _FAILURES as error:
            raise StoreUnavailableError(self._where, str(error.__cause__ or error)) from error


def _broker_url(redis_url: str) -> str:
    """Return the URL as kombu spells it: its Unix sockets are redis+socket://…?virtual_host=DB."""
    if not redis_url.startswith("unix://"):
        return redis_url
    return redis_url.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=")
