"""RSS 0.9x, 1.0 and 2.0 and Atom to links; must not know how a feed is fetched.

Reads by element names, as feeds in the wild mix the formats and forget to declare name spaces.
Not by feedparser: on hostile bytes its lenient parser takes time that grows with their square, and
raises errors of its own making; here, libxml2 has mended the feed before.
Sources: the RSS 2.0 specification (rssboard.org), RSS 1.0 (RDF), RFC 4287 (Atom).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from workers.characters import one_line
from workers.sources.links import Link, is_global, read_instant, read_language, stable_uri, web_url
from workers.sources.markup import html_text, local_name, read_text

FULL_TEXT_CHARS: Final = 500
"""A feed's own text is the article, and no teaser, from so many characters on."""

BRIEF_CHARS: Final = 100
"""From so many characters on, a feed's text stands for a page that is gone; less is a label."""

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
# Podcast and picture extensions use the names of the core for something else.
_FOREIGN = ("search.yahoo.com/mrss", "itunes.com", "podcastindex", "slash", "/wfw", "/thread/")
_FOREIGN_PREFIXES = ("media:", "itunes:", "podcast:", "slash:", "wfw:", "thr:")
_CUT = re.compile(
    r"(?:…|\.\.\.|\[\s*&?hellip;?\s*\])\W{0,3}$|(?:read|continue)\W+(?:more|reading)\b\W{0,40}$",
    re.I,
)
_TAIL_CHARS = 100


def read_feed(root: etree._Element, *, url: str) -> Iterator[Link]:
    """Yield the entries of a feed, in its order.

    An entry without an identifier is known by its link, one without either by what it says.

    Args:
        root: the feed.
        url: where it came from; relative links are relative to it.
    """
    base = web_url(root.get(_XML_BASE), base=url) or url
    language = _feed_language(root)
    for entry in root.iter("{*}item", "{*}entry"):
        fields = _fields(entry)
        link = _link(entry, fields, feed=url, base=base, language=language)
        if link:
            yield link


def _link(
    entry: etree._Element,
    fields: dict[str, list[etree._Element]],
    *,
    feed: str,
    base: str,
    language: str | None,
) -> Link | None:
    base = web_url(entry.get(_XML_BASE), base=base) or base
    guid = one_line(_first(fields, "guid", "id"))
    url = _entry_url(fields, guid=guid, base=base)
    title = one_line(html_text(_first(fields, "title")))
    text = _text(fields)
    if not (url or text):
        return None
    is_whole = not url or _is_uncut(text, from_chars=FULL_TEXT_CHARS)
    return Link(
        uri=stable_uri(_identifier(guid, feed=feed) or url or f"{feed}#{title}{text}"),
        url=url,
        title=title or None,
        text=text if is_whole else None,
        brief=text if not is_whole and _is_uncut(text, from_chars=BRIEF_CHARS) else None,
        published_at=_instant(fields, "pubdate", "published", "issued", "created", "date"),
        updated_at=_instant(fields, "updated", "modified"),
        language=read_language(entry.get(_XML_LANG) or _first(fields, "language")) or language,
    )


def _fields(entry: etree._Element) -> dict[str, list[etree._Element]]:
    fields: dict[str, list[etree._Element]] = {}
    for child in entry.iterchildren("*"):
        tag = str(child.tag)
        space, _, name = tag.rpartition("}")
        if not name.startswith(_FOREIGN_PREFIXES) and not any(part in space for part in _FOREIGN):
            fields.setdefault(local_name(child), []).append(child)
    return fields


def _first(fields: dict[str, list[etree._Element]], *names: str) -> str:
    """Return the text of the first of the names that has any."""
    for name in names:
        for element in fields.get(name, ()):
            text = read_text(element) if len(element) else (element.text or "").strip()
            if text:
                return text
    return ""


def _instant(fields: dict[str, list[etree._Element]], *names: str) -> str | None:
    return next(filter(None, (read_instant(_first(fields, name)) for name in names)), None)


def _entry_url(fields: dict[str, list[etree._Element]], *, guid: str, base: str) -> str | None:
    for element in fields.get("link", ()):
        if element.get("rel", "alternate") != "alternate":
            continue
        url = web_url(element.get("href") or element.text, base=base)
        if url:
            return url
    # RSS lets the guid be the link, unless it says that it is none.
    guids = fields.get("guid", ())
    is_link = any((element.get("isPermaLink") or "").lower() != "false" for element in guids)
    return web_url(guid, base=guid) if is_link else None


def _identifier(guid: str, *, feed: str) -> str | None:
    """Return the entry's own identifier; one like "4711" counts within its feed only."""
    if not guid or is_global(guid):
        return guid or None
    return f"{feed}#{guid}"


def _text(fields: dict[str, list[etree._Element]]) -> str:
    elements = [
        element
        for name in ("encoded", "content", "description", "summary")
        for element in fields.get(name, ())
    ]
    return max(map(read_text, elements), key=len, default="")


def _is_uncut(text: str, *, from_chars: int) -> bool:
    return len(text) >= from_chars and not _CUT.search(text[-_TAIL_CHARS:])


def _feed_language(root: etree._Element) -> str | None:
    declared = root.get(_XML_LANG)
    if not declared:
        element = next(root.iterfind("{*}channel/{*}language"), None)
        declared = element.text if element is not None else None
    return read_language(declared)
