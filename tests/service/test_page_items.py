"""Items whose articles come from pages, through a batch: errors, results, repeats and retries."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import orjson
import pytest

from summarizer import Article
from tests.articles import make_items, make_text
from workers.batches import Batch, BatchState, Item, Page
from workers.errors import IdempotencyKeyReusedError
from workers.loading import Loading
from workers.processing import process_chunk
from workers.service import Service
from workers.settings import Settings
from workers.store import Store

URL = "https://desk:secret@velm.example/harbour"
SHOWN = "https://velm.example/harbour"
NOT_HAD = Page(asked=URL, error=("fetch_failed", "the server answered 404"))
HAD = Page(asked=URL, url=SHOWN)


@pytest.fixture
def quiet(store: Store, settings: Settings) -> Service:
    """A service whose hints reach nobody: the test takes the chunks itself."""
    return Service(store, dispatch=lambda batch_id, chunks: None, settings=settings)


def item(index: int, page: Page | None, *, text: str | None = None) -> Item:
    has_text = page is None or page.error is None
    text = text or (make_text(index) if has_text else "")
    article = Article(text=text, title="Harbour reopens", published_at="2026-11-22T08:00:00Z")
    return Item(index=index, custom_id=f"a-{index}", article=article, page=page)


def work(store: Store, settings: Settings, batch: Batch) -> Batch:
    """Do a batch of one chunk as a worker does, and return it as it is then."""
    process_chunk(store, batch.id, 0, settings=settings, dispatch=lambda batch_id, chunks: None)
    return store.batch(batch.id)


def records(service: Service, batch: Batch) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in service.result_lines(batch.id)]


def test_a_page_that_was_not_had_is_an_errored_result_among_the_others(
    quiet: Service, store: Store, settings: Settings
) -> None:
    batch = quiet.submit([item(0, None), item(1, NOT_HAD), item(2, HAD)]).batch
    ended = work(store, settings, batch)
    assert ended.state is BatchState.PARTIALLY_COMPLETED
    assert (ended.counts.succeeded, ended.counts.errored) == (2, 1)
    text, failed, page = records(quiet, batch)
    assert failed == {
        "index": 1,
        "custom_id": "a-1",
        "result": {
            "type": "errored",
            "error": {"code": "fetch_failed", "message": "the server answered 404"},
        },
    }
    assert text["result"]["type"] == page["result"]["type"] == "succeeded"
    assert "article" not in text


def test_a_summary_of_a_page_comes_with_the_text_that_its_offsets_count_in(
    quiet: Service, store: Store, settings: Settings
) -> None:
    batch = quiet.submit([item(0, HAD), item(1, Page())]).batch
    work(store, settings, batch)
    for record, url in zip(records(quiet, batch), [SHOWN, None], strict=True):
        article = record["article"]
        assert article == {
            "url": url,
            "title": "Harbour reopens",
            "language": None,
            "published_at": "2026-11-22T08:00:00Z",
            "text": make_text(record["index"]),
        }
        sentences = record["result"]["summary"]["sentences"]
        assert len(sentences) > 5
        for sentence in sentences:
            assert article["text"][sentence["start"] : sentence["end"]] == sentence["text"]


def test_the_same_urls_are_the_same_submit_whatever_their_pages_say_now(
    quiet: Service, store: Store, settings: Settings
) -> None:
    first = quiet.submit([item(0, HAD, text="Rain fell on Velm.")], idempotency_key="night")
    changed = quiet.submit([item(0, HAD, text="Snow fell on Velm.")], idempotency_key="night")
    failed = quiet.submit([item(0, NOT_HAD)], idempotency_key="night")
    assert (first.is_new, changed.is_new, failed.is_new) == (True, False, False)
    other = replace(HAD, asked="https://velm.example/quay")
    for another in (item(0, other), item(0, None), item(0, Page())):
        with pytest.raises(IdempotencyKeyReusedError):
            quiet.submit([another], idempotency_key="night")
    work(store, settings, first.batch)


def test_a_retry_reads_pages_again_and_is_the_same_when_repeated(
    quiet: Service, store: Store, settings: Settings
) -> None:
    def renew(items: Iterable[Item]) -> Iterator[Item]:
        for failed in items:
            assert failed.page == NOT_HAD
            yield replace(failed, article=Article(text=make_text(7)), page=HAD)

    parent = work(store, settings, quiet.submit([item(0, None), item(1, NOT_HAD)]).batch)
    child = quiet.retry(parent.id, renew=renew)
    assert child.is_new
    again = quiet.retry(parent.id, renew=lambda items: pytest.fail("asked for once more"))
    assert (again.batch.id, again.is_new) == (child.batch.id, False)
    assert work(store, settings, child.batch).state is BatchState.COMPLETED
    (record,) = records(quiet, child.batch)
    assert (record["custom_id"], record["article"]["url"]) == ("a-1", SHOWN)


def test_what_is_loaded_is_kept_alive_while_pages_are_waited_for(
    store: Store, settings: Settings
) -> None:
    for keep_every_s, is_written in ((0.0, True), (3600.0, False)):
        token = secrets.token_hex(8)
        loading = Loading(store, "batch_x", token, fingerprint_of={}, keep_every_s=keep_every_s)
        assert loading.add(tuple(make_items(1))) is is_written
        loading.abandon()
