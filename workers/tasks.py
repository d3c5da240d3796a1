"""Task bodies of a few lines: everything they do stands in `processing`."""

from __future__ import annotations

import logging
from functools import cached_property
from typing import Any

from billiard.exceptions import TimeLimitExceeded, WorkerLostError
from celery import Celery, Task
from celery.signals import heartbeat_sent, task_failure

from workers.batches import ItemErrorCode
from workers.celery_app import PROCESS_CHUNK, HintSender, create_celery_app
from workers.errors import StoreUnavailableError
from workers.presence import Program, open_presence
from workers.processing import claims_of, process_chunk
from workers.settings import Settings
from workers.store import Store, open_store

_log = logging.getLogger(__name__)

_WORKER_ATTEMPTS = 25
"""A worker's command waits about 20 seconds for Redis."""


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
            return HintSender(app, where=self.store.where)

    @app.task(name=PROCESS_CHUNK, base=ChunkTask, bind=True)  # type: ignore[untyped-decorator]
    def process(self: ChunkTask, batch_id: str, chunk: int) -> None:
        process_chunk(
            self.store, batch_id, chunk,
            settings=settings, dispatch=self.dispatch, message=self.request.id,
        )  # fmt: skip

    _release_chunks_of_lost_processes(app, settings, redis_url=redis_url)
    _say_that_it_is_up(settings, redis_url=redis_url)
    return app


def _say_that_it_is_up(settings: Settings, *, redis_url: str) -> None:
    """Note the worker's presence with every heartbeat of its main process."""
    presence = open_presence(settings, redis_url=redis_url)

    def note(**_: object) -> None:
        presence.note(Program.WORKER)

    heartbeat_sent.connect(note, weak=False)


_CAUSES = {
    WorkerLostError: ItemErrorCode.WORKER_CRASHED,
    TimeLimitExceeded: ItemErrorCode.TIME_LIMIT,
}


def _release_chunks_of_lost_processes(app: Celery, settings: Settings, *, redis_url: str) -> None:
    """Give a chunk back at once when the process that held it is killed.

    The worker's main process sees that happen; without this the chunk would wait for its lease to
    end, which is what happens when the main process is killed too.
    """

    def release(*, task_id: str, exception: BaseException, args: Any, **_: Any) -> None:
        cause = _CAUSES.get(type(exception))
        if cause is None:
            return
        batch_id, chunk = args
        store = open_store(settings, redis_url=redis_url, attempts=0)
        try:
            if store.release(batch_id, chunk, token=claims_of(task_id), cause=cause):
                HintSender(app, where=store.where)(batch_id, [chunk])
                store.note_hints(batch_id, [chunk])
        except StoreUnavailableError as error:
            _log.warning("chunk %s of %s is left to the reaper: %s", chunk, batch_id, error)
        finally:
            store.close()

    task_failure.connect(release, weak=False)
