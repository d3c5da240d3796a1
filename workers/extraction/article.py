"""A page's bytes to its article, by trafilatura; must not fetch, and must not know who asks.

trafilatura gets a parsed and bounded page, never bytes or URLs, and works in its fast mode: the
full one compares with other extractors, whose work grows with the square of a page's sections.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html
from trafilatura import bare_extraction

from workers.characters import one_line
from workers.charsets import decode_document, marked_encoding
from workers.errors import ExtractionError
from workers.extraction.pages import (
    PageError,
    parse_page,
    read_language,
    read_metas,
    read_published_at,
    read_title,
)

MAX_PAGE_BYTES = 5_000_000
"""A page has at most so many bytes."""

_MIN_PARAGRAPH_BYTES = 30
# Cells of a layout that hold less are menus.
_MIN_CELL_CHARS = 60
_MAX_WALL_CHARS = 3_000

_BINARY = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"RIFF")
_BINARY_HEAD_BYTES = 4_096
_CONTROLS = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32))

_BLOCKS = frozenset(("body", "p", "head", "list", "item", "quote", "table", "row", "cell", "code"))
_SENTENCE_END = re.compile(r"""[.!?…:;。！？؟।]["'”’»)\]]*$""")

# What stands on a page in place of its article: who asks, and what for.
_WALL_SUBJECT = re.compile(
    r"\b(?:cookies?|consent\w*|einwillig\w+|consenso|toestemming|samtycke|datenschutz\w*)\b",
    re.IGNORECASE,
)
_WALL_ADDRESS = re.compile(
    r"\b(?:we|our|your|you|wir|unsere?|nous|nos|vous|votre|vos|nuestr[oa]s?|noi|nostri|wij|onze|vi"
    r"|våra|nossos)\b",
    re.IGNORECASE,
)
_WALL_CHECK = re.compile(
    r"\b(?:enable|activate|turn on) javascript\b|\bjavascript (?:is )?(?:disabled|required)\b"
    r"|\bverify (?:that )?you are (?:a )?human\b|\bnot a robot\b|\bunusual traffic\b"
    r"|\bchecking your browser\b|\byou (?:don't|do not) have permission to access\b",
    re.IGNORECASE,
)

_log = logging.getLogger(__name__)
# What these report is raised here, as an error that names the page.
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedArticle:
    """The article of a page.

    Attributes:
        title: its headline, if the page has one.
        text: its paragraphs, separated by an empty line, without headline and sub-heads.
        published_at: when it was published, RFC 3339, if the page says so.
        language: the language that the page declares, ISO 639-1; it need not be right.
    """

    title: str | None
    text: str
    published_at: str | None
    language: str | None


def extract_article(content: bytes, *, url: str, charset: str | None) -> ExtractedArticle:
    """Extract the article of a page.

    Args:
        content: the page's bytes, unpacked.
        url: where it was, for its date and for messages; nothing is fetched.
        charset: the charset that the server named, if it did; it need not be right.

    Raises:
        ExtractionError: it is no page, too large, or holds no article.
    """
    try:
        return _extract(content, url=url, charset=charset)
    except PageError as error:
        raise ExtractionError(url, str(error)) from error
    except Exception as error:
        # Pages are hostile, and what reads them is not ours: one page is lost, not the run.
        _log.exception("extraction of %s failed", url)
        raise ExtractionError(url, f"{type(error).__name__} while it was read") from error


def _extract(content: bytes, *, url: str, charset: str | None) -> ExtractedArticle:
    if len(content) > MAX_PAGE_BYTES:
        raise PageError(f"it has {len(content)} bytes, the limit is {MAX_PAGE_BYTES}")
    if not content.strip():
        raise PageError("it is empty")
    if _is_binary(content):
        raise PageError("it is no text")
    root = parse_page(decode_document(content, charset=charset))
    metas = read_metas(root)
    title = read_title(root, metas=metas)
    language = read_language(root, metas=metas)
    published_at = read_published_at(root, url=url)
    document = bare_extraction(root, fast=True, include_comments=False)
    body = getattr(document, "body", None)
    paragraphs = list(_paragraphs(body)) if body is not None else []
    if not any(len(paragraph.encode()) >= _MIN_PARAGRAPH_BYTES for paragraph in paragraphs):
        raise PageError("it holds no article")
    if _is_wall(paragraphs):
        raise PageError("it asks for consent or checks the visitor in place of an article")
    return ExtractedArticle(
        title=title,
        text="\n\n".join(paragraphs),
        published_at=published_at,
        language=language,
    )


def _is_binary(content: bytes) -> bool:
    if marked_encoding(content):
        return False
    if content.startswith(_BINARY):
        return True
    head = content[:_BINARY_HEAD_BYTES]
    # Half of the bytes of a page in UTF-16 are zero.
    if head[:2] in (b"<\0", b"\0<"):
        return False
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return 100 * controls > len(head)


def _paragraphs(body: html.HtmlElement) -> Iterator[str]:
    """Yield the paragraphs of what trafilatura found, without heads, and without tables of data."""
    tables = list(body.iter("table"))
    if sum(map(_text_chars, tables)) * 2 < _text_chars(body):
        etree.strip_elements(body, "table", with_tail=False)
    for cell in body.iter("cell"):
        if _text_chars(cell) < _MIN_CELL_CHARS:
            cell.clear()
    etree.strip_elements(body, "head", with_tail=False)
    parts: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        is_break = element.tag == "lb" and _SENTENCE_END.search("".join(parts[-1:]).rstrip())
        if element.tag in _BLOCKS or is_break:
            yield from _flushed(parts)
        elif element.tag == "lb":
            parts.append(" ")
        parts.append((element.text if event == "start" else element.tail) or "")
    yield from _flushed(parts)


def _flushed(parts: list[str]) -> Iterator[str]:
    paragraph = one_line("".join(parts))
    parts.clear()
    if paragraph:
        yield paragraph


def _text_chars(element: html.HtmlElement) -> int:
    return sum(map(len, element.itertext()))


def _is_wall(paragraphs: list[str]) -> bool:
    """Whether a short text is mostly about cookies, consent or robots, and speaks to its reader."""
    chars = sum(map(len, paragraphs))
    about = sum(
        len(paragraph)
        for paragraph in paragraphs
        if _WALL_CHECK.search(paragraph)
        or (_WALL_SUBJECT.search(paragraph) and _WALL_ADDRESS.search(paragraph))
    )
    return chars <= _MAX_WALL_CHARS and 2 * about > chars
