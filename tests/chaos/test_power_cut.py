"""What an append-only file holds whose end a power cut took, by the policy of its fsync."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

from tests.articles import make_items
from tests.chaos.power import truncate
from tests.conftest import StartWorker
from tests.processes import RedisServer, start_redis
from tests.service.test_workers import wait_for_end
from workers.batches import Batch, BatchState
from workers.celery_app import HintSender, create_celery_app
from workers.processing import process_chunk
from workers.redis_server import append_only_file, mend_append_only_file
from workers.service import Service
from workers.settings import Settings
from workers.store import open_store

pytestmark = pytest.mark.xdist_group("chaos")

SEED = 20
BATCHES, ITEMS = 4, 40


@contextmanager
def serve(
    settings: Settings, folder: Path, **options: str
) -> Iterator[tuple[RedisServer, Service]]:
    """Start a server on the files of a folder, mended as at every start, and a service on it."""
    folder.mkdir(exist_ok=True)
    mend_append_only_file(folder)
    with start_redis(folder, options=options) as server:
        own = settings.model_copy(update={"redis_url": server.url, "chunk_items": 10})
        store = open_store(own, redis_url=server.url, attempts=5)
        app = create_celery_app(own, redis_url=server.url)
        try:
            yield server, Service(store, dispatch=HintSender(app, where=store.where), settings=own)
        finally:
            store.close()
            app.close()


def half_done(service: Service, number: int, settings: Settings, server: RedisServer) -> None:
    """Submit a batch and do half of its chunks."""
    batch = service.submit(make_items(ITEMS, sentences=2), idempotency_key=str(number)).batch
    store = open_store(settings, redis_url=server.url, attempts=5)
    for chunk in range(0, ITEMS // 2, 10):
        process_chunk(store, batch.id, chunk, settings=settings, dispatch=lambda *_: None)
    store.close()


def check(batch: Batch) -> None:
    counts = batch.counts
    assert counts.total == ITEMS
    assert counts.queued + counts.processing + counts.finished == ITEMS
    assert min(counts.queued, counts.processing, counts.succeeded) >= 0


def power_is_cut(folder: Path, *, keep_at_least: int, chance: random.Random) -> None:
    path = append_only_file(folder)
    assert path is not None
    truncate(path, keep_at_least=keep_at_least, chance=chance)


def size_of(folder: Path) -> int:
    path = append_only_file(folder)
    return path.stat().st_size if path is not None else 0


@pytest.fixture
def finish(settings: Settings, start_worker: StartWorker) -> Callable[[RedisServer], None]:
    """Start a worker and a scheduler on a server."""

    def start(server: RedisServer) -> None:
        for name in ("scheduler", "worker"):
            start_worker(name, redis_url=server.url)

    return start


def test_with_always_what_was_acknowledged_survives_any_cut_and_ends(
    settings: Settings, tmp_path: Path, finish: Callable[[RedisServer], None]
) -> None:
    """The cut falls anywhere behind what the file held when the last submit returned."""
    chance = random.Random(SEED)
    folder = tmp_path / "redis"
    with serve(settings, folder, appendfsync="always") as (server, service):
        for number in range(BATCHES):
            half_done(service, number, settings, server)
        last = service.submit(make_items(ITEMS, sentences=2), idempotency_key="last").batch
        acknowledged = size_of(folder)
        service.cancel(last.id)
        half_done(service, BATCHES, settings, server)
        server.kill()
    power_is_cut(folder, keep_at_least=acknowledged, chance=chance)
    with serve(settings, folder, appendfsync="always") as (server, service):
        finish(server)
        for key in (*map(str, range(BATCHES)), "last"):
            ended = wait_for_end(service, service.get_by_key(key).id)
            assert ended.state in (BatchState.COMPLETED, BatchState.CANCELLED)
            assert len(list(service.result_lines(ended.id))) == ITEMS
            check(ended)


def test_what_was_loaded_when_power_was_cut_does_not_stay_for_ever(
    settings: Settings, tmp_path: Path
) -> None:
    """The cut falls before the record that says how long what was loaded is kept."""
    with serve(settings, tmp_path) as (server, _):
        store = open_store(settings, redis_url=server.url, attempts=5)
        store.load("batch_1", "t", {0: (b"items", 1)})
        store.close()
        server.kill()
    path = append_only_file(tmp_path)
    assert path is not None
    os.truncate(path, path.read_bytes().index(b"PEXPIREAT"))
    with serve(settings, tmp_path) as (server, _), redis.Redis.from_url(server.url) as client:
        assert [key for key in client.scan_iter() if client.ttl(key) == -1] == []


def test_with_everysec_a_file_that_is_cut_anywhere_holds_whole_batches(
    settings: Settings, tmp_path: Path, finish: Callable[[RedisServer], None]
) -> None:
    """Started and used twice: the half of a transaction that is kept shows at the second start."""
    chance = random.Random(SEED)
    folder = tmp_path / "redis"
    with serve(settings, folder) as (server, service):
        for number in range(BATCHES):
            half_done(service, number, settings, server)
        server.kill()
    found = []
    for cut in range(8):
        torn = tmp_path / f"torn-{cut}"
        shutil.copytree(folder, torn)
        power_is_cut(torn, keep_at_least=0, chance=chance)
        for start in range(2):
            with serve(settings, torn) as (server, service):
                batches = service.list()
                for batch in batches:
                    check(batch)
                half_done(service, BATCHES + start, settings, server)
        found.append(len(batches) - 1)
    assert min(found) < BATCHES  # the cuts hit something
    with serve(settings, torn) as (server, service):
        finish(server)
        for number in range(BATCHES):
            # Sent again under its key, a batch that is gone is made, another is found.
            again = service.submit(make_items(ITEMS, sentences=2), idempotency_key=str(number))
            assert wait_for_end(service, again.batch.id).counts.succeeded == ITEMS
