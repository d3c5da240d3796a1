"""Items on pages to items with articles; must not know how pages are fetched, or who asks."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from queue import SimpleQueue
from threading import Thread
from typing import Final

from summarizer import Article
from workers.batches import Item, Page
from workers.errors import ServiceError
from workers.intake import PageItem, Problem, ProblemCode
from workers.sources.attempts import fetch_document
from workers.sources.links import read_instant
from workers.sources.progress import SourceProgress
from workers.sources.records import SourceCode, SourceContext, SourceProblem

_PARALLEL_PAGES: Final = 8
_AHEAD: Final = 100
"""So many items are read further while a page is waited for."""

_Outcome = tuple[Item | Problem, ...]

_log = logging.getLogger(__name__)


def read_page(page: PageItem, *, progress: SourceProgress) -> Item | SourceProblem:
    """Return the item with the article that its page holds, or why that could not be had.

    What was given beside the page comes first: its title and the time of publication are taken
    from the page only where they were not. The language that a page declares is not believed.

    Args:
        page: the item and its page.
        progress: the source that asks.
    """
    place = page.item.source
    final_url: str | None = None
    charset: str | None = "utf-8"
    content = (page.html or "").encode()
    if page.url is not None:
        fetched = fetch_document(page.url, progress=progress)
        if isinstance(fetched, SourceProblem):
            return replace(fetched, place=place)
        final_url, charset, content = fetched.final_url, fetched.charset, fetched.content
    try:
        # A place such as "2026/11/23/night.jsonl:17" would be taken for a URL that holds a date.
        url = final_url or "its 'html'"
        extracted = progress.context.extract(content, url=url, charset=charset)
    except ServiceError as error:
        return progress.problem(place, code=error.code, message=str(error))
    given = page.item.article
    article = Article(
        text=extracted.text,
        title=given.title or extracted.title,
        language=given.language,
        published_at=given.published_at or read_instant(extracted.published_at),
    )
    size = len(article.text.encode()) + len((article.title or "").encode())
    limit = progress.context.limits.max_article_bytes
    if size > limit:
        message = f"the article has {size} bytes, the limit is {limit}"
        return progress.problem(place, code=SourceCode.TOO_LONG, message=message)
    return replace(page.item, article=article, page=Page(asked=page.url, url=final_url))


def read_pages(
    found: Iterable[Item | PageItem | Problem], *, context: SourceContext
) -> Iterator[Item | Problem]:
    """Read the pages among what intake has found, side by side, and yield all in its order.

    A page without an article is both: a problem, then an item with the error, so that it has a
    result. The fetcher is the caller's to close, which ends what is still being asked for.

    Args:
        found: items, pages and problems; read lazily.
        context: what pages are read with.
    """
    readers = _Readers(context)
    waiting: deque[Future[_Outcome] | _Outcome] = deque()
    try:
        for one in found:
            if not isinstance(one, PageItem):
                waiting.append((one,))
            elif one.url is None:
                waiting.append(_read(one, context))
            else:
                waiting.append(readers.submit(one))
            while waiting and (len(waiting) > _AHEAD or _is_ready(waiting[0])):
                yield from _ready(waiting.popleft())
        while waiting:
            yield from _ready(waiting.popleft())
    finally:
        readers.end(outcome for outcome in waiting if isinstance(outcome, Future))


def read_again(items: Iterable[Item], *, context: SourceContext) -> Iterator[Item]:
    """Read the pages that could not be read once more; other items stay as they are.

    Args:
        items: items of a batch.
        context: what pages are read with.
    """
    found = (
        PageItem(item=item, url=item.page.asked)
        if item.page and item.page.error and item.page.asked is not None
        else item
        for item in items
    )
    return (one for one in read_pages(found, context=context) if isinstance(one, Item))


class _Readers:
    """Threads that read pages side by side.

    They end with the process, which an executor's do not: a command that is told to stop would
    wait for the slowest server.
    """

    def __init__(self, context: SourceContext) -> None:
        self._context = context
        self._tasks: SimpleQueue[tuple[PageItem, Future[_Outcome]] | None] = SimpleQueue()
        self._threads = 0

    def submit(self, page: PageItem) -> Future[_Outcome]:
        """Let a page be read as soon as a thread is free."""
        future: Future[_Outcome] = Future()
        self._tasks.put((page, future))
        if self._threads < _PARALLEL_PAGES:
            self._threads += 1
            Thread(target=self._work, name="page", daemon=True).start()
        return future

    def end(self, unread: Iterable[Future[_Outcome]]) -> None:
        """Begin no more pages."""
        for future in unread:
            future.cancel()
        for _ in range(self._threads):
            self._tasks.put(None)

    def _work(self) -> None:
        while task := self._tasks.get():
            page, future = task
            if future.set_running_or_notify_cancel():
                future.set_result(_read(page, self._context))


def _read(page: PageItem, context: SourceContext) -> _Outcome:
    progress = SourceProgress(page.item.source, context=context)
    try:
        read = read_page(page, progress=progress)
    except Exception as error:  # noqa: BLE001 - one page is lost, not the batch
        _log.exception("the page of %s failed", page.item.source)
        message = f"{type(error).__name__}: {error}"
        read = progress.problem(page.item.source, code=SourceCode.INTERNAL_ERROR, message=message)
    if isinstance(read, Item):
        return (read,)
    problem = Problem(
        place=read.place,
        code=ProblemCode.PAGE_NOT_READ,
        message=read.message,
        custom_id=page.item.custom_id,
    )
    failed = Page(asked=page.url, error=(read.code, read.message))
    return problem, replace(page.item, page=failed)


def _is_ready(outcome: Future[_Outcome] | _Outcome) -> bool:
    return isinstance(outcome, tuple) or outcome.done()


def _ready(outcome: Future[_Outcome] | _Outcome) -> _Outcome:
    return outcome if isinstance(outcome, tuple) else outcome.result()
