"""Feeds, sitemaps and pages to what was found in them; must not know how documents are fetched."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import islice
from typing import Final

from summarizer import Article
from workers.errors import ServiceError
from workers.fingerprints import article_keys
from workers.sources.attempts import fetch_document
from workers.sources.feeds import read_feed
from workers.sources.links import Link, read_instant, read_language
from workers.sources.markup import decode_markup, parse_xml
from workers.sources.progress import SourceProgress
from workers.sources.records import Extracted, Fetched, Found, SourceCode, SourceProblem
from workers.sources.sitemaps import read_sitemap, read_sitemap_index

MAX_URI_CHARS: Final = 256

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


def read_web(progress: SourceProgress, url: str, *, depth: int = 0) -> Iterator[Found | SourceProblem]:
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
        progress.keep(url)
        return
    is_complete = True
    for item in _read_document(progress, document, url=url, depth=depth):
        is_complete &= isinstance(item, Found) or item.code not in _UNFINISHED
        yield item
    if is_complete:
        progress.renew(url, etag=document.etag, last_modified=document.last_modified)
