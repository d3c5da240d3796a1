"""Hints may be lost in any way; what was accepted is named to its submitter, and ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import redis

from tests.articles import make_items
from tests.processes import RedisServer, start_redis
from tests.waiting import wait_until
from workers.batches import BatchState
from workers.celery_app import HintSender, create_celery_app
from workers.reaping import reap
from workers.service import Service
from workers.settings import Settings
from workers.store import Store, open_store

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


def test_lost_hints_are_sent_again_though_the_queue_is_never_short(
    service: Service, store: Store, settings: Settings
) -> None:
    """A few at a look, the oldest first, and none twice: most may only be waiting their turn."""
    small = settings.model_copy(update={"chunk_items": 1})
    hintless = Service(store, dispatch=lambda batch_id, chunks: None, settings=small)
    lost = [hintless.submit(make_items(20)).batch.id for _ in range(2)]
    others = service.submit(make_items(1)).batch
    busy = HintSender(create_celery_app(settings, redis_url=store.where), where=store.where)
    busy(others.id, [0] * 60)
    looks: list[list[tuple[str, int]]] = []

    def look() -> bool:
        sent: list[tuple[str, int]] = []

        def send(batch_id: str, chunks: Sequence[int]) -> None:
            sent.extend((batch_id, chunk) for chunk in chunks if batch_id in lost)

        reap(store, dispatch=send, hint_age_s=0.5)
        looks.append(sent)
        return sum(map(len, looks)) >= 40

    wait_until(look)
    first = [hint for sent in looks for hint in sent][:40]
    assert len(set(first)) == 40
    assert max(map(len, looks)) <= 16
    for batch_id in (*lost, others.id):
        service.cancel(batch_id)


def test_a_chunk_that_came_back_gets_its_hint_whoever_was_killed_before_sending_it(
    service: Service, store: Store, settings: Settings
) -> None:
    batch = service.submit(make_items(1)).batch
    busy = HintSender(create_celery_app(settings, redis_url=store.where), where=store.where)
    busy(batch.id, [0] * 60)
    store.claim(batch.id, 0, lease_s=0.05)
    wait_until(lambda: store.reap(batch.id, hint_age_s=1000).expired_leases)
    sent: list[int] = []
    reap(store, dispatch=lambda _, chunks: sent.extend(chunks), hint_age_s=1000)
    reap(store, dispatch=lambda _, chunks: sent.extend(chunks), hint_age_s=1000)
    assert sent == [0]
    service.cancel(batch.id)


def test_hints_that_nobody_needs_leave_the_queue(service: Service, store: Store) -> None:
    """They have no time to live, and there may be no worker that takes them."""
    ended = service.submit(make_items(1)).batch
    service.cancel(ended.id)
    batch = service.submit(make_items(1)).batch
    reap(store, dispatch=lambda batch_id, chunks: None, hint_age_s=1000)
    assert store.queue_length() == 2
    service.cancel(batch.id)
    reap(store, dispatch=lambda batch_id, chunks: None, hint_age_s=1000)
    assert store.queue_length() == 0
