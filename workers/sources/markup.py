"""Bytes of XML and HTML to elements and plain text; must not know what a feed or an article is.

libxml2 reads all of it, in its recovering mode: feeds in the wild are broken, and its work stays
linear however they are. Nothing is loaded, no entity is expanded, nesting is bounded.
"""

from __future__ import annotations

import html
import re
import zlib
from html.entities import html5
from typing import Final

from lxml import etree

from workers.characters import drop_forbidden, one_line
from workers.charsets import decode_document

MAX_MARKUP_BYTES: Final = 64_000_000
"""A compressed sitemap is unpacked to at most so many bytes; the protocol allows 50 MB."""

# An ampersand that begins no number, and the name that it begins, if any.
_AMPERSAND = re.compile(r"&(?!#(?:[0-9]|[xX][0-9a-fA-F]))([A-Za-z][A-Za-z0-9]{1,31};)?")
_TAG = re.compile(r"</?[A-Za-z]|<!--")
_SPACE = re.compile(r"\s+")
_BREAK = re.compile(r"\n[^\S\n]*\n\s*")

_LEFT_OUT = tuple(
    "{*}" + name
    for name in (
        "script style noscript template iframe object svg audio video figure figcaption"
        " form button nav"
    ).split()
)
_BLOCKS = frozenset(
    (
        "address article aside blockquote body dd details div dl dt footer h1 h2 h3 h4 h5 h6"
        " header hr li main ol p pre section table tr ul"
    ).split()
)


def decode_markup(content: bytes, *, charset: str | None = None) -> str:
    """Return the text of a document; a gzip file, as sitemaps are, is unpacked.

    Args:
        content: the bytes.
        charset: the charset that the server named, if it did.
    """
    if content.startswith(b"\x1f\x8b"):
        content = _unpacked(content)
    return decode_document(content, charset=charset)


def parse_xml(text: str) -> tuple[etree._Element | None, bool]:
    """Return the root of an XML document, mended where it is broken, and whether it was whole.

    The root is None where there is none.
    """
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    plain = drop_forbidden(_AMPERSAND.sub(_read_name, text))
    try:
        root = etree.fromstring(plain.encode(), parser)
    except etree.XMLSyntaxError:
        return None, False
    return root, not parser.error_log


def read_text(element: etree._Element) -> str:
    """Return the plain text of an element that holds text, escaped HTML, or HTML itself.

    Paragraphs are separated by an empty line.
    """
    if len(element):
        return _text_of(element)
    return html_text(element.text or "")


def html_text(markup: str) -> str:
    """Return the plain text of a piece of HTML, paragraphs separated by an empty line.

    Text without a tag keeps its lines.
    """
    markup = drop_forbidden(markup)
    if not _TAG.search(markup):
        return html.unescape(markup).strip()
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(markup.encode(), parser)
    return "" if root is None else _text_of(root)


def local_name(element: etree._Element) -> str:
    """Return the element's name without name space or prefix, in lower case."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _text_of(root: etree._Element) -> str:
    etree.strip_elements(root, *_LEFT_OUT, with_tail=False)
    parts: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = local_name(element)
        if name in _BLOCKS:
            parts.append("\n\n")
        elif event == "start" and name == "br":
            parts.append("\n")
        elif name in ("td", "th"):
            parts.append(" ")
        text = element.text if event == "start" else element.tail
        if text and (event == "start" or element is not root):
            parts.append(_SPACE.sub(" ", text))
    paragraphs = (one_line(part) for part in _BREAK.split("".join(parts)))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _read_name(found: re.Match[str]) -> str:
    """Return what a name stands for; one that nobody knows, or none, stands for itself."""
    name = found[1]
    return html.escape(html5.get(name, f"&{name}")) if name else "&amp;"


def _unpacked(content: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(content, MAX_MARKUP_BYTES)
    except zlib.error:
        return b""
