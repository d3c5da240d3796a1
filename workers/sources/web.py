"""Feeds, sitemaps and pages to what was found in them; must not know how documents are fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from itertools import islice
from typing import Final

from summarizer import Article
from workers.errors import ServiceError
from workers.fingerprints import article_keys
from workers.sources.attempts import fetch_document
from workers.sources.feeds import read_feed
from workers.sources.links import Link, read_instant, stable_uri
from workers.sources.markup import decode_markup, parse_xml
from workers.sources.progress import SourceProgress
from workers.sources.records import Fetched, Found, SourceCode, SourceProblem
from workers.sources.sitemaps import read_sitemap, read_sitemap_index

_LISTED: Final = 200_000
"""So many entries of one document are looked at."""

_HEAD_CHARS = 65_536


class DocumentKind(StrEnum):
    """What a document on the web is."""

    FEED = "feed"
    SITEMAP = "sitemap"
    SITEMAP_INDEX = "sitemap_index"
    PAGE = "page"


_ROOT = re.compile(
    r"<(?:[\w-]{1,40}:)?(?:(rss|rdf|feed)|(urlset)|(sitemapindex)|html|!doctype\s+html)(?=[\s>/])",
    re.IGNORECASE,
)


def read_web(
    progress: SourceProgress, url: str, *, depth: int = 0
) -> Iterator[Found | SourceProblem]:
    """Yield what a feed, sitemap, sitemap index or page has that was not had before, newest first.

    What it is, is told from its content and not from what the server calls it.

    Args:
        progress: the source.
        url: the document.
        depth: how many indexes led to it.
    """
    before = progress.before(url)
    document = fetch_document(
        url, progress=progress, etag=before.get("etag"), last_modified=before.get("last_modified")
    )
    if isinstance(document, SourceProblem):
        progress.keep(url)
        yield document
        return
    if document.is_not_modified:
        progress.pass_over(url)
        return
    is_complete, articles = True, -progress.had
    for item in _read_document(progress, document, url=url, depth=depth):
        is_complete &= isinstance(item, Found) or not item.is_temporary
        articles += isinstance(item, Found)
        yield item
    # What may be had later is asked for again, also of a feed that has not changed.
    if is_complete:
        progress.renew(
            url,
            articles=articles + progress.had,
            etag=document.etag,
            last_modified=document.last_modified,
        )


def _read_document(
    progress: SourceProgress, document: Fetched, *, url: str, depth: int
) -> Iterator[Found | SourceProblem]:
    text = decode_markup(document.content, charset=document.charset)
    kind, start = _kind(text)
    if kind is DocumentKind.PAGE:
        yield _found_on_page(progress, document, Link(uri=stable_uri(url), url=url))
        return
    # What stands before the root may define entities, or be a server's warning.
    root, is_whole = parse_xml(text[start:])
    base = document.final_url
    if root is not None and kind is DocumentKind.SITEMAP_INDEX:
        urls = read_sitemap_index(root, url=base)
        yield from _read_sitemaps(progress, urls, url=url, depth=depth)
        return
    read = read_feed if kind is DocumentKind.FEED else read_sitemap
    links = () if root is None else tuple(islice(read(root, url=base), _LISTED))
    if not links and not is_whole:
        message = f"the {kind} is broken before its first entry"
        yield progress.problem(
            url, code=SourceCode.INVALID_FEED, message=message, is_temporary=True
        )
    yield from _read_links(progress, links, url=url)


def _kind(text: str) -> tuple[DocumentKind, int]:
    """Tell what a document is, and where it begins, by the first root element that is known."""
    root = _ROOT.search(text, 0, _HEAD_CHARS)
    if root is None or not root.lastindex:
        return DocumentKind.PAGE, 0
    kinds = (DocumentKind.FEED, DocumentKind.SITEMAP, DocumentKind.SITEMAP_INDEX)
    return kinds[root.lastindex - 1], root.start()


def _read_sitemaps(
    progress: SourceProgress, urls: tuple[str, ...], *, url: str, depth: int
) -> Iterator[Found | SourceProblem]:
    web = progress.context.web
    if depth >= web.max_depth:
        message = f"an index within an index, deeper than {web.max_depth}"
        yield progress.problem(url, code=SourceCode.TOO_DEEP, message=message)
        return
    if len(urls) > web.max_sitemaps:
        yield _too_many(progress, url, f"{len(urls)} sitemaps", web.max_sitemaps)
    for sitemap in urls[: web.max_sitemaps]:
        yield from read_web(progress, sitemap, depth=depth + 1)
        if progress.is_over:
            return


def _read_links(
    progress: SourceProgress, links: tuple[Link, ...], *, url: str
) -> Iterator[Found | SourceProblem]:
    """Yield the articles of links that were not had before, the newest first."""
    limit = progress.context.web.max_articles
    new = _not_had(progress, links)
    progress.had += len(links) - len(new)
    if len(new) > limit:
        yield _too_many(progress, url, f"{len(new)} new articles", limit)
    for link in sorted(new, key=lambda link: link.version_at or "", reverse=True)[:limit]:
        if link.text is not None:
            yield _found(progress, link, url=link.url, text=link.text)
            continue
        assert link.url is not None, "a link without a text has a page"
        if progress.pages >= progress.context.web.max_pages:
            yield _too_many(progress, url, "pages to fetch", progress.context.web.max_pages)
            return
        progress.pages += 1
        yield from _read_page(progress, link, url=link.url)
        if progress.is_over:
            return


def _read_page(
    progress: SourceProgress, link: Link, *, url: str
) -> Iterator[Found | SourceProblem]:
    """Yield the article on a link's page; where that is gone for good, what the feed says."""
    page = fetch_document(url, progress=progress)
    found = page if isinstance(page, SourceProblem) else _found_on_page(progress, page, link)
    if isinstance(found, Found) or found.is_temporary or link.brief is None:
        yield found
        return
    yield replace(found, message=f"{found.message}; its text in the feed is taken")
    yield _found(progress, link, url=url, text=link.brief)


def _not_had(progress: SourceProgress, links: tuple[Link, ...]) -> list[Link]:
    """Return the links that were not had before, each once."""
    keys = {link: article_keys(link.uri, url=link.url) for link in links}
    # One question for all: the answer may be far away.
    had = set(progress.context.had([key for ours in keys.values() for key in ours]))
    new = []
    for link, ours in keys.items():
        if had.isdisjoint(ours):
            new.append(link)
            had.update(ours)
    return new


def _found_on_page(progress: SourceProgress, page: Fetched, link: Link) -> Found | SourceProblem:
    try:
        extracted = progress.context.extract(page.content, url=page.final_url, charset=page.charset)
    except ServiceError as error:
        return progress.problem(page.final_url, code=error.code, message=str(error))
    return _found(
        progress,
        replace(
            link,
            title=link.title or extracted.title,
            published_at=link.published_at or read_instant(extracted.published_at),
        ),
        url=page.final_url,
        text=extracted.text,
    )


def _found(
    progress: SourceProgress, link: Link, *, url: str | None, text: str
) -> Found | SourceProblem:
    place = url or link.uri
    limit = progress.context.limits.max_article_bytes
    data = text.encode("utf-8", "replace")
    if len(data) > limit:
        message = f"the article has {len(data)} bytes, the limit is {limit}"
        return progress.problem(place, code=SourceCode.TOO_LONG, message=message)
    return Found(
        uri=link.uri,
        article=Article(
            text=data.decode(),
            title=link.title and link.title.encode("utf-8", "replace").decode(),
            language=link.language,
            published_at=link.published_at,
        ),
        source=progress.source,
        place=place,
        url=url,
        version_at=link.version_at,
    )


def _too_many(progress: SourceProgress, url: str, what: str, limit: int) -> SourceProblem:
    message = f"{what}, the limit is {limit}; the newest are taken"
    return progress.problem(url, code=SourceCode.TOO_MANY, message=message, is_temporary=True)
