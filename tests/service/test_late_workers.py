"""Workers that come late to a batch whose id belongs to another one by now."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from summarizer import Article, Options
from tests.articles import make_text
from tests.conftest import StartWorker
from tests.service.test_workers import wait_for_end
from tests.waiting import wait_until
from workers.batches import Item
from workers.service import Service


def make_named_items(name: str, count: int, *, sentences: int) -> Iterator[Item]:
    """Yield items that say in their ids which payload they belong to."""
    for index in range(count):
        text = f"Report {name} {index}.\n{make_text(index, sentences=sentences)}"
        yield Item(index=index, custom_id=f"{name}-{index}", article=Article(text=text))


def test_a_worker_that_slept_does_not_bring_its_results_into_the_next_batch_of_the_key(
    service: Service, start_worker: StartWorker
) -> None:
    start_worker("scheduler")
    options = Options(method="lead")
    sleeper = start_worker(concurrency=1, lease_s=0.5)
    first = service.submit(
        make_named_items("first", 60, sentences=600), options=options, idempotency_key="night"
    ).batch
    wait_until(lambda: service.get(first.id).counts.processing)
    for process in sleeper.family():
        process.suspend()
    assert service.get(first.id).counts.processing
    other = start_worker(concurrency=1)
    wait_for_end(service, first.id)
    other.process.terminate()
    other.process.wait(20)
    service.delete(first.id)
    second = service.submit(
        make_named_items("second", 60, sentences=600), options=options, idempotency_key="night"
    ).batch
    assert second.id == first.id
    for process in sleeper.family():
        process.resume()
    wait_for_end(service, second.id)
    found = [orjson.loads(line)["custom_id"] for line in service.result_lines(second.id)]
    assert found == [f"second-{index}" for index in range(60)]
