"""Batches through real workers: submit, poll, results."""

from __future__ import annotations

import base64
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import orjson
import pytest
import redis

from summarizer import Article, Options
from tests.articles import make_items, make_text
from tests.conftest import StartWorker
from tests.forwarding import forward_to
from tests.processes import RedisServer
from tests.waiting import wait_until
from workers.batches import Batch, BatchState, Item
from workers.errors import (
    BatchTooLargeError,
    IdempotencyKeyReusedError,
    InvalidBatchError,
    StoreUnavailableError,
)
from workers.keys import Keys
from workers.service import Service, Submission
from workers.settings import Settings
from workers.store import Store


def wait_for_end(service: Service, batch_id: str) -> Batch:
    """Poll as a user does; at every poll the counts must sum to the total."""

    def ended() -> Batch | None:
        batch = service.get(batch_id)
        counts = batch.counts
        assert counts.queued + counts.processing + counts.finished == counts.total
        assert min(counts.queued, counts.processing) >= 0
        return batch if batch.state.is_final else None

    return wait_until(ended, timeout_s=60)


def test_500_articles_submit_poll_results_with_two_workers(
    service: Service, start_worker: StartWorker
) -> None:
    workers = [start_worker(concurrency=1), start_worker(concurrency=1)]
    batch = service.submit(make_items(500)).batch
    assert batch.state is BatchState.QUEUED
    assert batch.counts.total == 500
    ended = wait_for_end(service, batch.id)
    assert ended.state is BatchState.COMPLETED
    assert ended.counts.succeeded == 500
    records = [orjson.loads(line) for line in service.result_lines(batch.id)]
    assert [record["index"] for record in records] == list(range(500))
    assert [record["custom_id"] for record in records] == [f"article-{n}" for n in range(500)]
    for record in records:
        text = make_text(record["index"])
        summary = record["result"]["summary"]
        assert summary["headline"]["text"]
        for sentence in summary["sentences"]:
            assert text[sentence["start"] : sentence["end"]] == sentence["text"]
    assert len(workers) == 2


def test_one_and_four_processes_give_byte_identical_results(
    service: Service, start_worker: StartWorker
) -> None:
    found = []
    for processes in (1, 4):
        worker = start_worker(concurrency=processes)
        batch = service.submit(make_items(120), options=Options(words=60, keywords=5)).batch
        wait_for_end(service, batch.id)
        found.append(list(service.result_lines(batch.id)))
        worker.process.terminate()
        worker.process.wait(20)
    assert found[0] == found[1]
    assert len(found[0]) == 120


def test_two_workers_share_the_work(
    service: Service, start_worker: StartWorker, settings: Settings
) -> None:
    workers = [start_worker(concurrency=1, log_level="info") for _ in range(2)]
    wait_until(lambda: all(b" ready." in worker.log.read_bytes() for worker in workers))
    batch = service.submit(make_items(600)).batch
    wait_for_end(service, batch.id)
    for worker in workers:
        assert worker.log.read_bytes().count(b"received") >= 1


def test_an_article_that_cannot_be_summarised_fails_alone(
    service: Service, start_worker: StartWorker
) -> None:
    start_worker()
    items = [
        Item(index=0, custom_id="good", article=Article(text=make_text(1))),
        Item(index=1, custom_id="empty", article=Article(text=" \n ")),
        Item(index=2, custom_id="dots", article=Article(text="... --- ...")),
    ]
    batch = service.submit(items).batch
    ended = wait_for_end(service, batch.id)
    assert ended.state is BatchState.PARTIALLY_COMPLETED
    assert (ended.counts.succeeded, ended.counts.errored) == (1, 2)
    results = [orjson.loads(line)["result"] for line in service.result_lines(batch.id)]
    assert [result["type"] for result in results] == ["succeeded", "errored", "errored"]
    assert {result["error"]["code"] for result in results[1:]} == {"empty_article"}


def test_each_item_may_have_options_of_its_own(service: Service, start_worker: StartWorker) -> None:
    start_worker()
    texts = [Article(text=make_text(number)) for number in range(3)]
    items = [
        Item(index=0, custom_id="a", article=texts[0]),
        Item(index=1, custom_id="b", article=texts[1], options={"method": "luhn", "sentences": 1}),
        Item(index=2, custom_id="c", article=texts[2]),
    ]
    batch = service.submit(items, options=Options(method="lead", sentences=2)).batch
    wait_for_end(service, batch.id)
    summaries = [orjson.loads(line)["result"]["summary"] for line in service.result_lines(batch.id)]
    assert [summary["method"] for summary in summaries] == ["lead", "luhn", "lead"]
    chosen = [len(summary["paragraph"]["sentence_indexes"]) for summary in summaries]
    assert chosen == [2, 1, 2]


def test_a_lost_hint_is_sent_again_by_the_scheduler(
    store: Store, settings: Settings, start_worker: StartWorker
) -> None:
    """Every message is lost here, and the batch ends all the same."""
    service = Service(store, dispatch=lambda batch_id, chunks: None, settings=settings)
    batch = service.submit(make_items(50)).batch
    start_worker("scheduler")
    start_worker()
    assert wait_for_end(service, batch.id).state is BatchState.COMPLETED


def test_a_batch_is_accepted_though_the_broker_fails_after_the_commit(
    store: Store, settings: Settings
) -> None:
    def fail(batch_id: str, chunks: object) -> None:
        raise StoreUnavailableError("nowhere", "gone")

    service = Service(store, dispatch=fail, settings=settings)
    batch = service.submit(make_items(3)).batch
    assert service.get(batch.id).state is BatchState.QUEUED


def test_a_killed_workers_chunks_are_done_by_another(
    service: Service, start_worker: StartWorker
) -> None:
    start_worker("scheduler")
    doomed = start_worker(lease_s=0.5)
    batch = service.submit(make_items(1000)).batch
    wait_until(lambda: service.get(batch.id).counts.finished)
    doomed.kill()
    assert not service.get(batch.id).state.is_final
    start_worker()
    ended = wait_for_end(service, batch.id)
    assert ended.counts.succeeded == 1000
    assert len(list(service.result_lines(batch.id))) == 1000


def test_a_worker_whose_connections_went_dead_takes_work_again_and_stops(
    service: Service, redis_server: RedisServer, start_worker: StartWorker
) -> None:
    """Without a time limit the worker would read from the dead connection for ever."""
    start_worker("scheduler")
    with forward_to(redis_server.url) as way:
        worker = start_worker(redis_url=f"redis://127.0.0.1:{way.port}/0")
        assert wait_for_end(service, service.submit(make_items(3)).batch.id).counts.succeeded == 3
        way.go_dead()
        assert wait_for_end(service, service.submit(make_items(4)).batch.id).counts.succeeded == 4
        way.go_dead()
        worker.process.terminate()
        assert worker.process.wait(30) == 0


def test_the_same_idempotency_key_and_articles_make_one_batch(service: Service) -> None:
    first = service.submit(make_items(5), idempotency_key="night-1")
    again = service.submit(make_items(5), idempotency_key="night-1")
    assert (first.is_new, again.is_new) == (True, False)
    assert first.batch.id == again.batch.id
    assert len(service.list()) == 1
    with pytest.raises(IdempotencyKeyReusedError):
        service.submit(make_items(6), idempotency_key="night-1")
    with pytest.raises(IdempotencyKeyReusedError):
        service.submit(make_items(5), options=Options(sentences=1), idempotency_key="night-1")


def test_the_same_submit_from_many_at_once_makes_one_batch(
    service: Service, redis_client: redis.Redis, settings: Settings
) -> None:
    def submit(_: int) -> Submission:
        return service.submit(make_items(50), idempotency_key="night-1")

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(submit, range(8)))
    assert len({submission.batch.id for submission in found}) == 1
    assert [submission.is_new for submission in found].count(True) == 1
    assert service.get(found[0].batch.id).counts.total == 50
    assert list(redis_client.scan_iter(match=f"{settings.key_prefix}:b:*:load:*")) == []


def test_a_worker_process_that_has_grown_is_replaced(
    service: Service, start_worker: StartWorker
) -> None:
    worker = start_worker(concurrency=1, worker_memory_mb=64, log_level="info")
    wait_until(lambda: b" ready." in worker.log.read_bytes())
    first = worker.children()
    batch = service.submit(make_items(200)).batch
    assert wait_for_end(service, batch.id).counts.succeeded == 200
    wait_until(lambda: {*worker.children()}.isdisjoint(first))


def test_an_empty_submit_is_refused_and_leaves_nothing(service: Service) -> None:
    with pytest.raises(InvalidBatchError, match="no article"):
        service.submit([])
    assert service.list() == ()


def test_too_many_articles_are_refused_with_the_limit(store: Store, settings: Settings) -> None:
    small = settings.model_copy(update={"max_batch_items": 10, "chunk_items": 4})
    service = Service(store, dispatch=lambda batch_id, chunks: None, settings=small)
    with pytest.raises(BatchTooLargeError, match="the limit is 10"):
        service.submit(make_items(11))
    assert service.list() == ()
    assert store.open_batches() == ()


def test_name_metadata_and_options_come_back_with_every_poll(service: Service) -> None:
    submitted = service.submit(
        make_items(1),
        options=Options(method="luhn", ratio=0.2),
        display_name="night desk",
        metadata={"desk": "world"},
    ).batch
    batch = service.get(submitted.id)
    assert batch.display_name == "night desk"
    assert batch.metadata == {"desk": "world"}
    assert batch.options == {"method": "luhn", "ratio": 0.2}


def test_a_message_is_json_and_names_its_chunk_only(
    service: Service, settings: Settings, redis_client: redis.Redis
) -> None:
    batch = service.submit(make_items(1)).batch
    message = orjson.loads(redis_client.lindex(Keys(settings.key_prefix).queues[0], 0))
    assert message["content-type"] == "application/json"
    assert _arguments(message) == [batch.id, 0]


def _arguments(message: dict[str, Any]) -> list[Any]:
    arguments, _, _ = orjson.loads(base64.b64decode(message["body"]))
    return list(arguments)


def test_a_small_batch_does_not_wait_behind_a_large_one(
    service: Service, settings: Settings, redis_client: redis.Redis
) -> None:
    """A worker takes the first lists first: each batch's first articles before any later ones."""
    large = service.submit(make_items(6000, sentences=1)).batch
    small = service.submit(make_items(3)).batch
    waiting = [
        [_arguments(orjson.loads(message)) for message in redis_client.lrange(queue, 0, -1)]
        for queue in Keys(settings.key_prefix).queues
    ]
    assert waiting[0][0] == [small.id, 0]
    assert [max(chunk for _, chunk in hints) for hints in waiting if hints] == [400, 4900, 5900]
    assert large.counts.total == 6000


def test_a_worker_process_calculates_in_one_thread() -> None:
    code = (
        "import workers.cli, numpy, psutil; matrix = numpy.ones((700, 700)); matrix @ matrix; "
        "print(psutil.Process().num_threads())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "1\n"
