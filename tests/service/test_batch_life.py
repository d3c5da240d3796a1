"""A batch's life: cancel, expire, retry, delete; counts add up at every step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path

import orjson
import pytest
import redis

from summarizer import Article, Options
from tests.articles import make_items, make_text, make_wordy_items
from tests.conftest import StartWorker
from tests.processes import start_redis
from tests.service.test_workers import wait_for_end
from tests.waiting import wait_until
from workers.batches import MAX_EXPIRES_AFTER_S, Batch, BatchState, Item
from workers.blobs import MAX_BLOB_BYTES, line_index, pack_lines
from workers.celery_app import HintSender, create_celery_app
from workers.claims import ClaimOutcome
from workers.errors import (
    BatchNotFoundError,
    IllegalTransitionError,
    InvalidBatchError,
    StoreFullError,
)
from workers.keys import Keys
from workers.processing import process_chunk
from workers.reaping import reap
from workers.service import Service
from workers.settings import Settings
from workers.store import Store, open_store


@pytest.fixture
def quiet(store: Store, settings: Settings) -> Service:
    """A service whose hints reach nobody: the test takes the chunks itself."""
    small = settings.model_copy(update={"chunk_items": 10})
    return Service(store, dispatch=lambda batch_id, chunks: None, settings=small)


def types(service: Service, batch_id: str) -> list[str]:
    """Return how each item ended, in order."""
    return [orjson.loads(line)["result"]["type"] for line in service.result_lines(batch_id)]


def work(store: Store, settings: Settings, batch_id: str, chunk: int) -> ClaimOutcome:
    """Do one chunk as a worker does."""
    report = process_chunk(
        store, batch_id, chunk, settings=settings, dispatch=lambda batch_id, chunks: None
    )
    return report.outcome


def test_cancel_ends_what_waits_and_lets_what_is_leased_finish(
    quiet: Service, store: Store, settings: Settings
) -> None:
    batch = quiet.submit(make_items(30)).batch
    work(store, settings, batch.id, 0)
    claim = store.claim(batch.id, 10, lease_s=30)
    cancelling = quiet.cancel(batch.id)
    assert cancelling.state is BatchState.CANCELLING
    assert (cancelling.counts.processing, cancelling.counts.cancelled) == (10, 10)
    assert work(store, settings, batch.id, 20) is ClaimOutcome.FINISHED
    store.complete(batch.id, 10, b"", succeeded=10, errored=0, load=claim.load)
    ended = quiet.get(batch.id)
    assert ended.state is BatchState.CANCELLED
    assert (ended.counts.succeeded, ended.counts.cancelled) == (20, 10)


def test_cancelled_items_have_result_lines_too(
    quiet: Service, store: Store, settings: Settings
) -> None:
    batch = quiet.submit(make_items(30)).batch
    work(store, settings, batch.id, 10)
    assert quiet.cancel(batch.id).state is BatchState.CANCELLED
    assert types(quiet, batch.id) == ["cancelled"] * 10 + ["succeeded"] * 10 + ["cancelled"] * 10


def test_a_cancelled_batch_whose_worker_died_ends_with_the_lease(
    quiet: Service, store: Store, settings: Settings
) -> None:
    batch = quiet.submit(make_items(10)).batch
    store.claim(batch.id, 0, lease_s=0.05)
    quiet.cancel(batch.id)
    sent: list[int] = []

    def look() -> bool:
        reap(store, dispatch=lambda batch_id, chunks: sent.extend(chunks), hint_age_s=0)
        return quiet.get(batch.id).state is BatchState.CANCELLED

    wait_until(look)
    assert sent == []
    assert types(quiet, batch.id) == ["cancelled"] * 10


def test_cancelling_twice_changes_nothing_and_an_ended_batch_refuses(
    quiet: Service, store: Store, settings: Settings
) -> None:
    first = quiet.submit(make_items(10)).batch
    assert quiet.cancel(first.id) == quiet.cancel(first.id)
    second = quiet.submit(make_items(10)).batch
    work(store, settings, second.id, 0)
    with pytest.raises(IllegalTransitionError, match="is completed: it cannot be cancelled after"):
        quiet.cancel(second.id)
    with pytest.raises(BatchNotFoundError):
        quiet.cancel("batch_nowhere")


def test_cancel_while_real_workers_run_adds_up(service: Service, start_worker: StartWorker) -> None:
    start_worker("scheduler")
    start_worker()
    batch = service.submit(make_items(4000)).batch
    wait_until(lambda: service.get(batch.id).counts.finished)
    service.cancel(batch.id)
    ended = wait_for_end(service, batch.id)
    assert ended.state is BatchState.CANCELLED
    assert ended.counts.succeeded > 0
    assert ended.counts.cancelled > 0
    found = types(service, batch.id)
    assert found.count("succeeded") == ended.counts.succeeded
    assert found.count("cancelled") == ended.counts.cancelled
    assert len(found) == 4000


def test_what_is_not_begun_in_time_expires(
    quiet: Service, store: Store, settings: Settings
) -> None:
    batch = quiet.submit(make_items(30), expires_after_s=1).batch
    assert batch.expires_at == pytest.approx(batch.created_at + 1)
    work(store, settings, batch.id, 0)
    claim = store.claim(batch.id, 10, lease_s=30)
    work(store, settings, batch.id, 20)
    wait_until(lambda: store.now() > (batch.expires_at or 0))
    reap(store, dispatch=lambda batch_id, chunks: None, hint_age_s=0)
    assert quiet.get(batch.id).state is BatchState.IN_PROGRESS
    store.complete(batch.id, 10, b"", succeeded=10, errored=0, load=claim.load)
    assert quiet.get(batch.id).counts.processing == 0


@pytest.mark.parametrize("seconds", [0, -1, MAX_EXPIRES_AFTER_S + 1, 10**30])
def test_a_submit_that_expires_at_no_time_of_use_is_refused(quiet: Service, seconds: int) -> None:
    with pytest.raises(InvalidBatchError, match=rf"{seconds}: 1 to {MAX_EXPIRES_AFTER_S} seconds"):
        quiet.submit(make_items(1), expires_after_s=seconds)
    assert quiet.list() == ()


def test_an_expired_batch_says_so_and_keeps_what_was_done(
    quiet: Service, store: Store, settings: Settings
) -> None:
    batch = quiet.submit(make_items(30), expires_after_s=1).batch
    work(store, settings, batch.id, 0)
    wait_until(lambda: store.now() > (batch.expires_at or 0))
    assert work(store, settings, batch.id, 10) is ClaimOutcome.CLOSED
    reap(store, dispatch=lambda batch_id, chunks: None, hint_age_s=0)
    ended = quiet.get(batch.id)
    assert ended.state is BatchState.EXPIRED
    assert (ended.counts.succeeded, ended.counts.expired) == (10, 20)
    assert types(quiet, batch.id) == ["succeeded"] * 10 + ["expired"] * 20


def test_retry_submits_what_did_not_succeed_as_a_child(
    quiet: Service, store: Store, settings: Settings
) -> None:
    items = [
        Item(index=0, custom_id="good", article=Article(text=make_text(1))),
        Item(index=1, custom_id="bad", article=Article(text="--- ...")),
        Item(index=2, custom_id="fine", article=Article(text=make_text(2))),
        Item(index=3, custom_id="worse", article=Article(text="!!!"), options={"sentences": 1}),
    ]
    parent = quiet.submit(items, metadata={"desk": "world"}).batch
    work(store, settings, parent.id, 0)
    assert quiet.get(parent.id).state is BatchState.PARTIALLY_COMPLETED
    retried = quiet.retry(parent.id)
    again = quiet.retry(parent.id)
    assert (retried.is_new, again.is_new) == (True, False)
    child = retried.batch
    assert again.batch.id == child.id
    assert child.parent_batch_id == parent.id
    assert child.metadata == {"desk": "world"}
    assert child.counts.total == 2
    work(store, settings, child.id, 0)
    records = [orjson.loads(line) for line in quiet.result_lines(child.id)]
    assert [(record["index"], record["custom_id"]) for record in records] == [
        (0, "bad"),
        (1, "worse"),
    ]


def test_a_batch_that_takes_the_id_of_a_deleted_one_has_a_child_of_its_own(quiet: Service) -> None:
    def submit(articles: int) -> Batch:
        batch = quiet.submit(make_items(articles), idempotency_key="night").batch
        return quiet.cancel(batch.id)

    first = submit(2)
    child = quiet.retry(first.id).batch
    quiet.delete(first.id)
    second = submit(3)
    assert second.id == first.id
    retried = quiet.retry(second.id)
    assert retried.is_new
    assert retried.batch.id != child.id
    assert retried.batch.counts.total == 3
    assert quiet.retry(second.id).batch.id == retried.batch.id
    for batch in (child, retried.batch):
        quiet.cancel(batch.id)


def test_a_retry_does_not_take_the_items_of_a_batch_that_takes_the_id_meanwhile(
    quiet: Service,
) -> None:
    parent = quiet.submit(make_items(2), idempotency_key="night").batch
    quiet.cancel(parent.id)

    def renew(items: Iterable[Item]) -> Iterator[Item]:
        quiet.delete(parent.id)
        quiet.submit(make_items(3), idempotency_key="night")
        yield from items

    with pytest.raises(BatchNotFoundError, match=parent.id):
        quiet.retry(parent.id, renew=renew)
    assert [batch.counts.total for batch in quiet.list()] == [3]
    quiet.cancel(parent.id)


def test_cancelled_items_can_be_retried(quiet: Service) -> None:
    parent = quiet.submit(make_items(25)).batch
    quiet.cancel(parent.id)
    child = quiet.retry(parent.id).batch
    assert child.counts.total == 25
    quiet.cancel(child.id)


def test_retry_is_refused_while_the_batch_runs_and_when_all_succeeded(
    quiet: Service, store: Store, settings: Settings
) -> None:
    batch = quiet.submit(make_items(3)).batch
    with pytest.raises(
        IllegalTransitionError, match="is queued: it cannot be retried before its end"
    ):
        quiet.retry(batch.id)
    work(store, settings, batch.id, 0)
    with pytest.raises(InvalidBatchError, match="succeeded: nothing to retry"):
        quiet.retry(batch.id)


def cut_short(blob: bytes) -> bytes:
    return blob[:-3]


def flip_a_bit(blob: bytes) -> bytes:
    middle = len(blob) // 2
    return blob[:middle] + bytes([blob[middle] ^ 1]) + blob[middle + 1 :]


def replace_lines(blob: bytes) -> bytes:
    return pack_lines([b"no result"])


def outgrow_the_limit(blob: bytes) -> bytes:
    return pack_lines([b"0" * MAX_BLOB_BYTES, b"0"])


@pytest.mark.parametrize("damage", [cut_short, flip_a_bit, replace_lines, outgrow_the_limit])
@pytest.mark.parametrize("is_cancelled", [False, True], ids=["worked on", "cancelled"])
def test_what_is_behind_damaged_results_is_read_and_they_are_named(
    quiet: Service,
    store: Store,
    settings: Settings,
    redis_client: redis.Redis,
    damage: Callable[[bytes], bytes],
    is_cancelled: bool,
) -> None:
    batch = quiet.submit(make_items(30)).batch
    if is_cancelled:
        quiet.cancel(batch.id)
    else:
        for chunk in (0, 10, 20):
            work(store, settings, batch.id, chunk)
    keys = Keys(settings.key_prefix).batch(batch.id)
    key = keys.inp if is_cancelled else keys.res
    blob = redis_client.hget(key, "10")
    assert blob is not None
    redis_client.hset(key, "10", damage(blob))
    records = [orjson.loads(line) for line in quiet.result_lines(batch.id)]
    assert [record["index"] for record in records] == list(range(30))
    whole = "cancelled" if is_cancelled else "succeeded"
    assert types(quiet, batch.id) == [whole] * 10 + ["errored"] * 10 + [whole] * 10
    assert {record["result"]["error"]["code"] for record in records[10:20]} == {"internal_error"}
    assert records[10]["custom_id"] == "#10"
    assert "a stored blob cannot be read" in records[10]["result"]["error"]["message"]
    behind = list(quiet.result_lines(batch.id, after_index=18))
    assert [line_index(line) for line in behind] == list(range(19, 30))


def test_delete_leaves_no_key(
    quiet: Service, store: Store, settings: Settings, redis_client: redis.Redis
) -> None:
    batch = quiet.submit(make_items(30)).batch
    with pytest.raises(
        IllegalTransitionError, match="is queued: it cannot be deleted before its end"
    ):
        quiet.delete(batch.id)
    quiet.cancel(batch.id)
    quiet.delete(batch.id)
    assert list(redis_client.scan_iter(match=f"{settings.key_prefix}:*")) == []
    with pytest.raises(BatchNotFoundError):
        quiet.get(batch.id)
    with pytest.raises(BatchNotFoundError):
        quiet.delete(batch.id)


def test_a_worker_that_comes_late_does_not_bring_a_deleted_batch_back(
    quiet: Service, store: Store, settings: Settings, redis_client: redis.Redis
) -> None:
    batch = quiet.submit(make_items(3)).batch
    quiet.cancel(batch.id)
    quiet.delete(batch.id)
    assert work(store, settings, batch.id, 0) is ClaimOutcome.FINISHED
    assert store.complete(batch.id, 0, b"", succeeded=3, errored=0, load="t") is False
    assert store.renew(batch.id, 0, token="t", lease_s=1) is False
    assert store.release(batch.id, 0, token="t", cause="x") is False
    assert store.split(batch.id, 0, {0: b"", 1: b"", 2: b""}, load="t") is False
    assert list(redis_client.scan_iter(match=f"{settings.key_prefix}:*")) == []


def test_the_list_can_be_filtered_by_state(quiet: Service) -> None:
    ids = [quiet.submit(make_items(1)).batch.id for _ in range(6)]
    for batch_id in ids[::2]:
        quiet.cancel(batch_id)
    cancelled = quiet.list(limit=10, states=[BatchState.CANCELLED])
    assert {batch.id for batch in cancelled} == set(ids[::2])
    assert len(quiet.list(limit=2, states=[BatchState.QUEUED])) == 2
    for batch_id in ids[1::2]:
        quiet.cancel(batch_id)


def test_a_submit_to_a_redis_near_its_limit_is_refused_with_the_figures(
    quiet: Service, redis_client: redis.Redis, store: Store, settings: Settings
) -> None:
    used = int(redis_client.info("memory")["used_memory"])
    redis_client.config_set("maxmemory", used)
    try:
        with pytest.raises(StoreFullError, match=r"bytes are used.*50% \(memory_share\)"):
            quiet.submit(make_items(1))
    finally:
        redis_client.config_set("maxmemory", 0)
    assert quiet.list() == ()


def test_results_wait_while_redis_is_full(
    service: Service, redis_client: redis.Redis, start_worker: StartWorker
) -> None:
    """What was accepted is finished, however full the server was in between."""
    batch = service.submit(make_items(200)).batch
    redis_client.config_set("maxmemory", 1)
    try:
        worker = start_worker()
        wait_until(lambda: worker.process.poll() is not None or worker.children())
    finally:
        redis_client.config_set("maxmemory", 0)
    start_worker("scheduler")
    start_worker()
    assert wait_for_end(service, batch.id).state is BatchState.COMPLETED


def test_what_was_accepted_never_meets_the_memory_limit(
    settings: Settings, start_worker: StartWorker, tmp_path: Path
) -> None:
    """Submit until Redis refuses, then work all of it off: no command is ever refused for want
    of memory.
    """
    with start_redis(tmp_path) as server:
        client = redis.Redis.from_url(server.url)
        client.config_set("maxmemory", 9_000_000)
        own = settings.model_copy(update={"redis_url": server.url})
        store = open_store(own, redis_url=server.url, attempts=5)
        app = create_celery_app(own, redis_url=server.url)
        service = Service(store, dispatch=HintSender(app, where=server.url), settings=own)
        accepted = []

        def submit_without_end() -> None:
            for number in count():
                items = make_wordy_items(200, seed=number)
                accepted.append(service.submit(items).batch.id)

        with pytest.raises(StoreFullError):
            submit_without_end()
        assert len(accepted) > 3
        for _ in range(2):
            start_worker(redis_url=server.url)
        start_worker("scheduler", redis_url=server.url)
        for batch_id in accepted:
            assert wait_for_end(service, batch_id).state is BatchState.COMPLETED
        assert client.info("errorstats").get("errorstat_OOM") is None
        client.close()
        store.close()
        app.close()


def remove(store: Store, settings: Settings, client: redis.Redis, batch_id: str) -> None:
    store.delete(batch_id)


def let_expire(store: Store, settings: Settings, client: redis.Redis, batch_id: str) -> None:
    for key in Keys(settings.key_prefix).batch(batch_id).all():
        client.pexpire(key, 1)
    wait_until(lambda: not client.exists(*Keys(settings.key_prefix).batch(batch_id).all()))


def submit_again(store: Store, settings: Settings, client: redis.Redis, batch_id: str) -> None:
    store.delete(batch_id)
    store.load(batch_id, "again", {0: (b"", 600)})
    store.commit(batch_id, "again", chunks=1, total=600, fingerprint="f", fields={})
    store.cancel(batch_id)


@pytest.mark.parametrize("lose", [remove, let_expire, submit_again])
@pytest.mark.parametrize("is_cancelled", [False, True], ids=["worked on", "cancelled"])
def test_a_batch_that_goes_while_it_is_read_is_an_error_and_not_an_end(
    quiet: Service,
    store: Store,
    settings: Settings,
    redis_client: redis.Redis,
    lose: Callable[[Store, Settings, redis.Redis, str], None],
    is_cancelled: bool,
) -> None:
    batch = quiet.submit(make_items(600, sentences=1), options=Options(method="lead")).batch
    if is_cancelled:
        quiet.cancel(batch.id)
    else:
        for chunk in range(0, 600, 10):
            work(store, settings, batch.id, chunk)
    lines = quiet.result_lines(batch.id)
    next(lines)
    lose(store, settings, redis_client, batch.id)
    with pytest.raises(BatchNotFoundError, match=batch.id):
        list(lines)


def test_a_retry_of_a_batch_that_goes_while_it_is_read_makes_no_batch(
    quiet: Service, store: Store, settings: Settings, redis_client: redis.Redis
) -> None:
    parent = quiet.submit(make_items(600, sentences=1)).batch
    quiet.cancel(parent.id)

    def renew(items: Iterable[Item]) -> Iterator[Item]:
        for item in items:
            if item.index == 5:
                store.delete(parent.id)
            yield item

    with pytest.raises(BatchNotFoundError, match=parent.id):
        quiet.retry(parent.id, renew=renew)
    assert list(redis_client.scan_iter(match=f"{settings.key_prefix}:*")) == []
