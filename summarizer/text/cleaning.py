"""What in the text of an article is not its story, and where that stands.

Decides by position: what a line above, between or below the paragraphs may be. The wording of
each kind is its neighbours' business; so are sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from summarizer.models import Removed, RemovedKind, Span
from summarizer.text.boilerplate import line_kind
from summarizer.text.datelines import dateline_end
from summarizer.text.markup import find_blocks, inner_span, is_only_marks
from summarizer.text.signatures import byline_kind, stamp_kind
from summarizer.text.signoffs import find_tail, is_sign_off
from summarizer.text.subheads import (
    MAX_SUB_HEAD_CHARS,
    MAX_TITLE_CHARS,
    ends_like_sentence,
    is_framed,
    is_paragraph,
    is_sub_head_like,
    is_title_like,
)

_LINE: Final = re.compile(r"\S[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*")
_EMPTY_LINE: Final = re.compile(r"\n[^\S\n]*\n")
_SENTENCE: Final = re.compile(
    r"\b\w++\W++\w++\W++\w|[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{4}"
)
_MARKS: Final = frozenset("<>*•▪‣◦●■►▶✓-+_=~#&[!`.·|–—")
_FRAMES: Final = frozenset("-–—*=_~#")

_HEAD_LINES: Final = 8
_FOOT_LINES: Final = 12
# Kinds whose loss costs no word of a story, kept out when all the rest must stay.
_HARMLESS: Final = frozenset((RemovedKind.MARKUP, RemovedKind.DATELINE))


@dataclass(slots=True)
class _Draft:
    """The lines that are still thought to be story, and what was taken out so far."""

    text: str
    language: str
    lines: list[Span] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)

    def remove(self, kind: RemovedKind, start: int, end: int) -> None:
        if start < end:
            self.removed.append(Removed(kind=kind, start=start, end=end))


def find_removed(text: str, *, language: str = "en") -> tuple[Removed, ...]:
    """Find what is not the story: datelines, bylines, sub-heads, trash lines, credits and the like.

    Args:
        text: the article, as given.
        language: ISO 639-1 code.

    Returns:
        Spans in order, never overlapping. A text in which nothing else would be left keeps its
        lines.
    """
    draft = _Draft(text, language)
    _read_lines(draft)
    _clean_head(draft)
    _clean_foot(draft)
    _clean_between(draft)
    removed = sorted(draft.removed, key=lambda span: span.start)
    if not removed or _has_sentence(text, removed):
        return tuple(removed)
    removed = [span for span in removed if span.kind in _HARMLESS]
    return tuple(removed) if _has_sentence(text, removed) else ()


def _has_sentence(text: str, removed: list[Removed]) -> bool:
    starts = [0, *(span.end for span in removed)]
    ends = [*(span.start for span in removed), len(text)]
    return any(_SENTENCE.search(text, *gap) for gap in zip(starts, ends, strict=True))


def _read_lines(draft: _Draft) -> None:
    """Split the text into lines, and drop those that tell by themselves that they are no story."""
    text = draft.text
    start = 0
    for block in find_blocks(text) if "<" in text else ():
        _read_stretch(draft, start, block.start)
        draft.removed.append(block)
        start = block.end
    _read_stretch(draft, start, len(text))


def _read_stretch(draft: _Draft, start: int, end: int) -> None:
    text = draft.text
    for match in _LINE.finditer(text, start, end):
        line_start, line_end = match.span()
        while text[line_end - 1].isspace():
            line_end -= 1
        if text[line_start] in _MARKS or text[line_end - 1] in "*_>;`~":
            _read_marked(draft, line_start, line_end)
        else:
            _read_line(draft, line_start, line_end)


def _read_marked(draft: _Draft, start: int, end: int) -> None:
    """Take the marks off a line, or the whole line where they frame a title."""
    text = draft.text
    if end - start <= 2 * MAX_TITLE_CHARS:
        if is_only_marks(text, start=start, end=end):
            draft.remove(RemovedKind.MARKUP, start, end)
            return
        if kind := line_kind(text, start=start, end=end):
            draft.remove(kind, start, end)
            return
        if text[start] in _FRAMES and is_framed(text, start=start, end=end):
            draft.remove(RemovedKind.SUB_HEAD, start, end)
            return
    inner = inner_span(text, start=start, end=end)
    draft.remove(RemovedKind.MARKUP, start, inner.start)
    draft.remove(RemovedKind.MARKUP, inner.end, end)
    if inner.start < inner.end:
        _read_line(draft, *inner)


def _read_line(draft: _Draft, start: int, end: int) -> None:
    text = draft.text
    if kind := line_kind(text, start=start, end=end):
        draft.remove(kind, start, end)
        return
    while text[end - 1] == ")" and (tail := find_tail(text, start=start, end=end, is_last=False)):
        draft.remove(tail.kind, tail.start, tail.end)
        end = _trimmed_end(text, start, tail.start)
    draft.lines.append(Span(start, end))


def _trimmed_end(text: str, start: int, end: int) -> int:
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return end


def _clean_head(draft: _Draft) -> None:
    """Drop title, bylines and time stamps above the first paragraph, and its dateline."""
    text, lines = draft.text, draft.lines
    kept: list[Span] = []
    for index, (start, end) in enumerate(lines[:_HEAD_LINES]):
        kind = byline_kind(text, start=start, end=end, language=draft.language)
        if kind is None or index + 1 == len(lines):
            after = dateline_end(text, start=start, end=end, is_opening=True)
            draft.remove(RemovedKind.DATELINE, start, after)
            is_title = after == start and not kept and is_title_like(
                text, start=start, end=end, max_chars=MAX_TITLE_CHARS
            )
            kept.append(Span(after, end))
            if not is_title:
                lines[: index + 1] = kept
                return
        else:
            draft.remove(kind, start, end)
    lines[:_HEAD_LINES] = kept


def _clean_foot(draft: _Draft) -> None:
    """Drop what signs the story off below its last paragraph, and at its end."""
    text, lines = draft.text, draft.lines
    for _ in range(_FOOT_LINES):
        if len(lines) < 2:
            break
        start, end = lines[-1]
        if is_sign_off(text, start=start, end=end):
            draft.remove(RemovedKind.SIGN_OFF, start, end)
        elif kind := byline_kind(text, start=start, end=end, language=draft.language):
            draft.remove(kind, start, end)
        else:
            break
        lines.pop()
    if lines:
        start, end = lines[-1]
        while tail := find_tail(text, start=start, end=end, is_last=True):
            draft.remove(tail.kind, tail.start, tail.end)
            end = _trimmed_end(text, start, tail.start)
        lines[-1] = Span(start, end)


def _clean_between(draft: _Draft) -> None:
    """Drop titles between paragraphs, datelines of later items and lines with a time only."""
    text, lines = draft.text, draft.lines
    has_titles = _holds_paragraphs(text, lines)
    has_empty_lines = bool(_EMPTY_LINE.search(text))
    for index, (start, end) in enumerate(lines):
        if end - start > MAX_TITLE_CHARS:
            if index:
                after = dateline_end(text, start=start, end=end, is_opening=False)
                draft.remove(RemovedKind.DATELINE, start, after)
        elif kind := stamp_kind(text, start=start, end=end):
            draft.remove(kind, start, end)
        elif has_titles and index + 1 < len(lines):
            if _is_title(draft, index, has_empty_lines=has_empty_lines):
                draft.remove(RemovedKind.SUB_HEAD, start, end)


def _holds_paragraphs(text: str, lines: list[Span]) -> bool:
    """Say whether a line is a paragraph here, rather than a stretch of wrapped text or a table row."""
    long = [end for start, end in lines if end - start > MAX_SUB_HEAD_CHARS]
    ended = sum(ends_like_sentence(text, end=end) for end in long)
    return ended >= 2 and 3 * ended >= 2 * len(long)


def _is_title(draft: _Draft, index: int, *, has_empty_lines: bool) -> bool:
    text, lines = draft.text, draft.lines
    start, end = lines[index]
    if not is_paragraph(text, start=lines[index + 1].start, end=lines[index + 1].end):
        return False
    if not index:
        return is_title_like(text, start=start, end=end, max_chars=MAX_TITLE_CHARS)
    before = lines[index - 1].end
    if not ends_like_sentence(text, end=before):
        return False
    if has_empty_lines and not _EMPTY_LINE.search(text, before, start):
        return False
    return is_sub_head_like(text, start=start, end=end, language=draft.language)
