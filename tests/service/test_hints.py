"""Hints may be lost in any way; what was accepted is named to its submitter, and ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import redis

from tests.articles import make_items
from tests.processes import RedisServer, start_redis
from workers.batches import BatchState
from workers.celery_app import HintSender, create_celery_app
from workers.service import Service
from workers.settings import Settings
from workers.store import open_store

Fault = Callable[[RedisServer, redis.Redis], object]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    """A server of the test's own, to be killed."""
    with start_redis(tmp_path) as server:
        yield server


@pytest.mark.parametrize(
    ("fault", "mend"),
    [
        (lambda server, _: server.kill(), lambda server, _: server.start()),
        (
            lambda _, client: client.config_set("min-replicas-to-write", 1),
            lambda _, client: client.config_set("min-replicas-to-write", 0),
        ),
        (
            lambda _, client: client.replicaof("127.0.0.1", "1"),
            lambda _, client: client.replicaof("NO", "ONE"),
        ),
        (
            lambda _, client: client.config_set("maxmemory", 1),
            lambda _, client: client.config_set("maxmemory", 0),
        ),
    ],
    ids=["killed", "no replicas", "read only", "full"],
)
def test_a_submit_whose_hints_redis_does_not_take_names_its_batch(
    server: RedisServer, settings: Settings, fault: Fault, mend: Fault
) -> None:
    own = settings.model_copy(update={"redis_url": server.url})
    client = redis.Redis.from_url(server.url)
    store = open_store(own, redis_url=server.url, attempts=0)
    app = create_celery_app(own, redis_url=server.url)
    sender = HintSender(app, where=store.where)

    def send_in_vain(batch_id: str, chunks: Sequence[int]) -> None:
        fault(server, client)
        sender(batch_id, chunks)

    batch = Service(store, dispatch=send_in_vain, settings=own).submit(make_items(3)).batch
    assert (batch.state, batch.counts.queued) == (BatchState.QUEUED, 3)
    mend(server, client)
    assert store.batch(batch.id) == batch
    sender(batch.id, [0])
    assert store.queue_length() == 1
    client.close()
    store.close()
    app.close()
