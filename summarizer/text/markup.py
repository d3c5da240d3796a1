"""Remains of HTML and Markdown in what should be plain text.

Knows marks only: what the words between them are is not its task. Marks inside a sentence stay,
since taking them out would tear it; they go at the edges of a line, and between blocks.
"""

from __future__ import annotations

import re
from typing import Final

from summarizer.models import Removed, RemovedKind, Span

_MAX_TAG_CHARS: Final = 500
# Agencies set company names between angle brackets: words alone are no attributes.
_ATTRIBUTES: Final = rf"(?:\s+[\w:-]{{1,40}}\s*=[^<>]{{0,{_MAX_TAG_CHARS}}}|\s*/)?"

# Tags that end a line wherever they stand, and those whose content is never text.
_BREAKING_TAG: Final = re.compile(
    r"</?(?:address|article|aside|blockquote|body|br|caption|center|dd|div|dl|dt|figcaption|figure|"
    r"footer|form|h[1-6]|head|header|hr|html|iframe|img|li|main|nav|ol|p|picture|pre|section|"
    r"source|table|tbody|td|tfoot|th|thead|title|tr|ul|video)"
    rf"{_ATTRIBUTES}>",
    re.IGNORECASE,
)
_HIDDEN: Final = re.compile(
    r"<!--|<!\[CDATA\[|<(script|style|noscript|svg|template)\b", re.IGNORECASE
)
_DOCTYPE: Final = re.compile(r"<[!?][A-Za-z][^<>]{0,500}>")
_CLOSING: Final = {"<!--": "-->", "<![cdata[": "]]>"}

_INLINE_TAG: Final = re.compile(
    r"<(/?)(a|abbr|b|big|cite|code|del|em|font|i|ins|mark|q|s|small|span|strong|sub|sup|time|tt|u)"
    rf"{_ATTRIBUTES}\s*>"
)
_TAGS: Final = re.compile(rf"(?:{_INLINE_TAG.pattern}\s*+)+")
_BLANK_ENTITY: Final = r"&(?i:nbsp|ensp|emsp|thinsp|zwnj|zwj|#160|#8203|#xa0|#x200b);"
_BLANK: Final = re.compile(rf"(?:{_BLANK_ENTITY}\s*)+")
_BLANK_END: Final = re.compile(rf"(?:\s*{_BLANK_ENTITY})+\Z")
_BULLET: Final = re.compile(r"(?:>\s?|[*•▪‣◦●■►▶✓]\s+|[-+]\s+(?=[\"'‘“«*_\[]|[^\W\d_a-z]))+(?=\S)")
_LINK: Final = re.compile(r"\[([^\[\]]{1,300})\]\(([^()\s]{1,500})\)")
_IMAGE: Final = re.compile(r"!\[[^\[\]]{0,300}\]\([^()\s]{0,500}\)")
_RULE: Final = re.compile(r"[\s*_=~#•·.|+<>`–—-]{2,}")
_MAX_MARKS_CHARS: Final = 1000
_MAX_LAYERS: Final = 4
_EMPHASIS: Final = ("***", "**", "__", "*", "_", "~~", "`")


# Agencies also set stock symbols between angle brackets, in capitals: `<DD>` alone is not HTML.
_IS_HTML: Final = re.compile(r"</[A-Za-z]|<(?:br|hr|img|p|!DOCTYPE)\b|<!--|/>")


def find_blocks(text: str) -> list[Removed]:
    """Find tags between blocks, and comments, scripts and styles with all they hold.

    Args:
        text: the article.

    Returns:
        The spans, in order; a line ends at each.
    """
    if not _IS_HTML.search(text):
        return []
    hidden = _find_hidden(text)
    tags = [
        match.span() for pattern in (_BREAKING_TAG, _DOCTYPE) for match in pattern.finditer(text)
    ]
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


def is_only_marks(line: str) -> bool:
    """Say whether a line is a rule, an image or tags, with no word of the story in it."""
    return len(line) <= _MAX_MARKS_CHARS and any(
        marks.fullmatch(line) for marks in (_RULE, _IMAGE, _TAGS)
    )


def inner_span(line: str) -> Span:
    """Find what is left of a line without the marks at its edges.

    Args:
        line: one line, trimmed of white space.

    Returns:
        The span of what is left, in the line; empty where the line held marks only.
    """
    start, end = 0, len(line)
    for _ in range(_MAX_LAYERS):
        before = start, end
        for peel in (_without_blanks, _without_tags, _without_bullet, _without_emphasis):
            start, end = _trimmed(line, *peel(line, start, end))
            if start >= end:
                return Span(start, start)
        if (start, end) == before:
            break
    return Span(start, end)


def _without_blanks(line: str, start: int, end: int) -> tuple[int, int]:
    if opening := _BLANK.match(line, start, end):
        start = opening.end()
    if line[end - 1] == ";" and (closing := _BLANK_END.search(line, max(start, end - 80), end)):
        end = closing.start()
    return start, end


def _without_tags(line: str, start: int, end: int) -> tuple[int, int]:
    """Take tags off the edges, unless their other half stands inside the line."""
    if line[start] == "<" and (opening := _INLINE_TAG.match(line, start, end)):
        close = f"</{opening[2]}>"
        inside = line.find(close, opening.end(), end)
        if inside < 0:
            start = opening.end()
        elif inside + len(close) == end:
            return opening.end(), inside
    if line[end - 1] == ">":
        at = line.rfind("<", max(start, end - _MAX_TAG_CHARS), end)
        closing = _INLINE_TAG.fullmatch(line, at, end) if at >= 0 else None
        if closing and (not closing[1] or line.find(f"<{closing[2]}", start, at) < 0):
            end = at
    return start, end


def _without_bullet(line: str, start: int, end: int) -> tuple[int, int]:
    bullet = _BULLET.match(line, start, end)
    return (bullet.end(), end) if bullet else (start, end)


def _without_emphasis(line: str, start: int, end: int) -> tuple[int, int]:
    """Take off marks that hold the whole line, and no others inside it."""
    for mark in _EMPHASIS:
        inner, outer = start + len(mark), end - len(mark)
        if (
            inner < outer
            and line.startswith(mark, start)
            and line.endswith(mark, inner, end)
            and line.find(mark, inner, outer) < 0
        ):
            return inner, outer
    link = _LINK.fullmatch(line, start, end)
    return link.span(1) if link else (start, end)


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    while start < end and line[start].isspace():
        start += 1
    while start < end and line[end - 1].isspace():
        end -= 1
    return start, end
