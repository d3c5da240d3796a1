"""A worker that nobody restarts outlives any number of Redis's deaths."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.articles import make_items
from tests.conftest import StartWorker
from tests.processes import RedisServer, start_redis
from tests.waiting import wait_until
from workers.batches import BatchState
from workers.service import Service
from workers.settings import Settings

ARTICLES = 2000
DEATHS = 8

pytestmark = [pytest.mark.xdist_group("chaos"), pytest.mark.timeout(300)]


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """A server of this test's own, to be killed."""
    folder = tmp_path / "redis"
    folder.mkdir()
    with start_redis(folder) as server:
        yield server


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Chunks so small that the worker is nearly always at an acknowledgement."""
    return settings.model_copy(update={"chunk_items": 2, "lease_s": 2.0})


def test_a_worker_goes_on_however_often_redis_dies_while_it_acknowledges(
    service: Service, start_worker: StartWorker, redis_server: RedisServer
) -> None:
    start_worker("scheduler")
    worker = start_worker()
    batch_id = service.submit(make_items(ARTICLES, sentences=4)).batch.id

    def wait_for(finished: int) -> None:
        wait_until(lambda: service.get(batch_id).counts.finished >= finished, timeout_s=60)

    for death in range(DEATHS):
        wait_for((death + 1) * ARTICLES // (DEATHS + 4))
        redis_server.kill()
        redis_server.start()
    wait_for(ARTICLES)
    assert service.get(batch_id).state is BatchState.COMPLETED
    assert worker.process.poll() is None
