"""Sitemaps, news sitemaps and sitemap indexes to links; must not know how they are fetched.

Sources: sitemaps.org protocol 0.9, Google's news extension 0.9.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from workers.characters import one_line
from workers.sources.links import Link, read_instant, read_language, stable_uri, web_url
from workers.sources.markup import local_name


def read_sitemap(root: etree._Element, *, url: str) -> Iterator[Link]:
    """Yield the pages of a sitemap, in its order.

    Args:
        root: the sitemap.
        url: where it came from.
    """
    for entry in root.iter("{*}url"):
        fields = _fields(entry)
        page = web_url(fields.get("loc"), base=url)
        if page:
            yield Link(
                uri=stable_uri(page),
                url=page,
                title=one_line(fields.get("title", "")) or None,
                published_at=read_instant(fields.get("publication_date")),
                updated_at=read_instant(fields.get("lastmod")),
                language=read_language(fields.get("language")),
            )


def read_sitemap_index(root: etree._Element, *, url: str) -> tuple[str, ...]:
    """Return the URLs of an index's sitemaps, the ones changed last first.

    Args:
        root: the index.
        url: where it came from.
    """
    listed = [_fields(entry) for entry in root.iter("{*}sitemap")]
    listed.sort(key=lambda fields: read_instant(fields.get("lastmod")) or "", reverse=True)
    urls = (web_url(fields.get("loc"), base=url) for fields in listed)
    return tuple(dict.fromkeys(filter(None, urls)))


def _fields(entry: etree._Element) -> dict[str, str]:
    """Return the texts of what is in an entry by name, the first of each.

    Pictures and videos have titles and places of their own: their parts are left out.
    """
    fields: dict[str, str] = {}
    for element in entry.iterdescendants("*"):
        parent = element.getparent()
        if parent is not None and local_name(parent) in ("image", "video"):
            continue
        fields.setdefault(local_name(element), (element.text or "").strip())
    return fields
