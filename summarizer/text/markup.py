"""Remains of HTML and Markdown in what should be plain text.

Knows marks only: what the words between them are is not its task. Marks inside a sentence stay,
since taking them out would tear it; they go at the edges of a line, and between blocks.
"""

from __future__ import annotations

import re
from typing import Final

from summarizer.models import Removed, RemovedKind, Span

_MAX_TAG_CHARS: Final = 500

# Tags that end a line wherever they stand, and those whose content is never text.
_BREAKING_TAG: Final = re.compile(
    r"</?(?:address|article|aside|blockquote|body|br|caption|center|dd|div|dl|dt|figcaption|figure|"
    r"footer|form|h[1-6]|head|header|hr|html|iframe|img|li|main|nav|ol|p|picture|pre|section|"
    r"source|table|tbody|td|tfoot|th|thead|title|tr|ul|video)"
    rf"(?:[\s/][^<>]{{0,{_MAX_TAG_CHARS}}})?>",
    re.IGNORECASE,
)
_HIDDEN: Final = re.compile(r"<!--|<!\[CDATA\[|<(script|style|noscript|svg|template)\b", re.IGNORECASE)
_DOCTYPE: Final = re.compile(r"<[!?][A-Za-z][^<>]{0,500}>")
_CLOSING: Final = {"<!--": "-->", "<![cdata[": "]]>"}

_INLINE_TAG: Final = re.compile(rf"<(/?)([A-Za-z][\w-]{{0,20}})(?:\s[^<>]{{0,{_MAX_TAG_CHARS}}})?/?>")
_BLANK_ENTITY: Final = re.compile(r"&(?:nbsp|ensp|emsp|thinsp|zwnj|zwj|#160|#8203|#xa0|#x200b);", re.I)
_BULLET: Final = re.compile(r"(?:>\s?|[*•▪‣◦●■►▶✓]\s+|[-+]\s+(?=[\"'‘“«*_\[]|[^\W\d_a-z]))+(?=\S)")
_LINK: Final = re.compile(r"\[([^\[\]]{1,300})\]\(([^()\s]{1,500})\)")
_IMAGE: Final = re.compile(r"!\[[^\[\]]{0,300}\]\([^()\s]{0,500}\)")
_RULE: Final = re.compile(r"[\s*_=~#•·.|+<>–—-]{2,}")
_EMPHASIS: Final = ("***", "**", "__", "*", "_", "~~", "`")


def find_blocks(text: str) -> list[Removed]:
    """Find tags between blocks, and comments, scripts and styles with all they hold.

    Args:
        text: the article.

    Returns:
        The spans, in order; a line ends at each.
    """
    hidden = _find_hidden(text)
    tags = [match.span() for pattern in (_BREAKING_TAG, _DOCTYPE) for match in pattern.finditer(text)]
    blocks: list[Removed] = []
    end = 0
    for start, stop in sorted([*hidden, *tags]):
        if start >= end:
            blocks.append(Removed(kind=RemovedKind.MARKUP, start=start, end=stop))
            end = stop
    return blocks


def _find_hidden(text: str) -> list[tuple[int, int]]:
    """Find what a browser does not show; one that is never closed is only a stray tag."""
    found = []
    unclosed: set[str] = set()
    position = 0
    while match := _HIDDEN.search(text, position):
        opening = match.group().lower()
        closing = _CLOSING.get(opening, f"</{opening[1:]}")
        position = match.end()
        # Looking again for a closing that is not there would take quadratic time.
        if closing in unclosed:
            continue
        close = _find_ignoring_case(text, closing, position)
        if close < 0:
            unclosed.add(closing)
            continue
        after = text.find(">", close)
        position = after + 1 if after >= 0 else len(text)
        found.append((match.start(), position))
    return found


def _find_ignoring_case(text: str, closing: str, position: int) -> int:
    match = re.compile(re.escape(closing), re.IGNORECASE).search(text, position)
    return match.start() if match else -1


def is_only_marks(text: str, *, start: int, end: int) -> bool:
    """Say whether a line is a rule or an image, with no word of the story in it."""
    return bool(_RULE.fullmatch(text, start, end) or _IMAGE.fullmatch(text, start, end))


def inner_span(text: str, *, start: int, end: int) -> Span:
    """Find what is left of a line without the marks at its edges.

    Args:
        text: the article.
        start: where the line begins.
        end: where it ends.

    Returns:
        The span of what is left, empty where the line held marks only.
    """
    for _ in range(8):
        before = start, end
        start, end = _without_blanks(text, start, end)
        start, end = _without_tags(text, start, end)
        start, end = _without_markdown(text, start, end)
        if (start, end) == before or start >= end:
            break
    return Span(start, max(start, end))


def _without_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    while match := _BLANK_ENTITY.match(text, start, end):
        start = match.end()
    while text[end - 1] == ";" and (at := text.rfind("&", start, end)) >= start:
        if not _BLANK_ENTITY.fullmatch(text, at, end):
            break
        end = at
    return _trimmed(text, start, end)


def _without_tags(text: str, start: int, end: int) -> tuple[int, int]:
    """Take tags off the edges, unless their other half stands inside the line."""
    opening = _INLINE_TAG.match(text, start, end)
    if opening:
        close = f"</{opening[2]}>"
        inside = text.find(close, opening.end(), end)
        if inside < 0 or inside + len(close) == end:
            start = opening.end()
            end = end if inside < 0 else inside
    if end - start > 2 and text[end - 1] == ">":
        at = text.rfind("<", max(start, end - _MAX_TAG_CHARS), end)
        closing = _INLINE_TAG.fullmatch(text, at, end) if at >= 0 else None
        if closing and (not closing[1] or text.find(f"<{closing[2]}", start, at) < 0):
            end = at
    return _trimmed(text, start, end)


def _without_markdown(text: str, start: int, end: int) -> tuple[int, int]:
    if bullet := _BULLET.match(text, start, end):
        start = bullet.end()
    for mark in _EMPHASIS:
        inner, outer = start + len(mark), end - len(mark)
        if (
            inner < outer
            and text.startswith(mark, start)
            and text.endswith(mark, inner, end)
            and text.find(mark, inner, outer) < 0
        ):
            return _trimmed(text, inner, outer)
    if link := _LINK.fullmatch(text, start, end):
        return _trimmed(text, *link.span(1))
    return start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
