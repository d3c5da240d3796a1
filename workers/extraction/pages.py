"""A page's markup to a bounded tree, and what it declares; must not know what an article is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from htmldate import find_date
from lxml import etree, html

from workers.characters import drop_forbidden, one_line
from workers.extraction.markup import tidy_markup

MAX_ELEMENTS = 50_000
"""A page has at most so many elements: the work of extraction grows with them."""

_MAX_TITLE_CHARS = 500

_HTML = re.compile(r"<(?:html|head|body|article|main|div|p|h1|section)[\s>/]", re.IGNORECASE)
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9_-]*)?")


class PageError(Exception):
    """The text is no page that can be read."""


def parse_page(text: str) -> html.HtmlElement:
    """Return the root of a page; nothing is loaded, no entity expanded, nesting is bounded.

    Raises:
        PageError: it is no HTML, or has too many elements.
    """
    text = tidy_markup(drop_forbidden(text))
    if not _HTML.search(text):
        raise PageError("it is no HTML")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True, collect_ids=False)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except etree.LxmlError as error:
        raise PageError("its HTML cannot be read") from error
    elements = sum(1 for _ in root.iter())
    if elements > MAX_ELEMENTS:
        raise PageError(f"it has {elements} elements, the limit is {MAX_ELEMENTS}")
    return root


def read_metas(root: html.HtmlElement) -> Mapping[str, str]:
    """Return the page's meta elements by name, in lower case; of a repeated one, the first."""
    metas: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("http-equiv")
        content = one_line(element.get("content", ""))
        if name and content:
            metas.setdefault(name.lower(), content)
    return metas


def read_title(root: html.HtmlElement, *, metas: Mapping[str, str]) -> str | None:
    """Return the page's title: what it tells other sites, its only headline, or its window's."""
    headlines = [one_line(element.text_content()) for element in root.iter("h1")]
    headlines = [headline for headline in headlines if headline]
    title = metas.get("og:title") or (headlines[0] if len(headlines) == 1 else None)
    title = title or one_line(root.findtext(".//title") or "") or next(iter(headlines), "")
    site = metas.get("og:site_name")
    if site and title.endswith(site):
        title = title.removesuffix(site).rstrip(" |-–—·:") or title
    return title[:_MAX_TITLE_CHARS] or None


def read_language(root: html.HtmlElement, *, metas: Mapping[str, str]) -> str | None:
    """Return the language that the page declares, ISO 639-1."""
    for declared in (root.get("lang"), metas.get("og:locale"), metas.get("content-language")):
        found = _LANGUAGE.fullmatch((declared or "").strip())
        if found:
            return found[1].lower()
    return None


def read_published_at(root: html.HtmlElement, *, url: str) -> str | None:
    """Return when the page says that it was published, RFC 3339.

    A day without a time counts as its midnight, a time without a zone as UTC. Dates in the future
    are not believed.

    Args:
        root: the page.
        url: where it was; some URLs hold the date.
    """
    found = find_date(
        root,
        url=url,
        # What the page says comes before what its URL says.
        deferred_url_extractor=True,
        original_date=True,
        extensive_search=False,
        outputformat="%Y-%m-%dT%H:%M:%S%z",
    )
    if found is None:
        return None
    instant = datetime.fromisoformat(found)
    instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return instant.isoformat().replace("+00:00", "Z")
