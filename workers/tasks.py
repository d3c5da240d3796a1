"""Task bodies of a few lines: everything they do stands in `processing`."""

from __future__ import annotations

from functools import cached_property

from celery import Celery, Task

from workers.celery_app import PROCESS_CHUNK, HintSender, create_celery_app
from workers.processing import process_chunk
from workers.settings import Settings
from workers.store import Store, open_store

_WORKER_ATTEMPTS = 60
"""A worker waits about a minute for Redis before it gives a chunk up to its lease."""


def create_worker_app(settings: Settings, *, redis_url: str) -> Celery:
    """Return the Celery application with its task, as a worker runs it."""
    app = create_celery_app(settings, redis_url=redis_url)

    class ChunkTask(Task):  # type: ignore[misc]
        """The task's state in one worker process."""

        @cached_property
        def store(self) -> Store:
            """The process's own store: made at the first chunk, so after the fork."""
            return open_store(settings, redis_url=redis_url, attempts=_WORKER_ATTEMPTS)

        @cached_property
        def dispatch(self) -> HintSender:
            """Sends the hints of a split chunk."""
            return HintSender(app, where=redis_url)

    @app.task(name=PROCESS_CHUNK, base=ChunkTask, bind=True)  # type: ignore[untyped-decorator]
    def process(self: ChunkTask, batch_id: str, chunk: int) -> None:
        process_chunk(
            self.store,
            batch_id,
            chunk,
            lease_s=settings.lease_s,
            max_attempts=settings.max_attempts,
            dispatch=self.dispatch,
        )

    return app
