"""What in the text of an article is not its story, and where that stands.

Decides by position: what a line above, between or below the paragraphs may be. The wording of
each kind is its neighbours' business; so are sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from summarizer.models import Removed, RemovedKind
from summarizer.text.boilerplate import line_kind, line_starts, may_be_boilerplate
from summarizer.text.bylines import byline_kind, glued_byline_chars, is_stamp
from summarizer.text.datelines import dateline_chars
from summarizer.text.labels import find_labels, may_have_labels
from summarizer.text.markup import find_blocks, inner_span, is_only_marks
from summarizer.text.signoffs import find_tail, is_sign_off, may_have_tail
from summarizer.text.subheads import (
    MAX_TITLE_CHARS,
    ends_like_sentence,
    is_framed,
    is_paragraph,
    is_sub_head,
    is_title,
)

_EMPTY_LINE: Final = re.compile(r"\n[^\S\n]*\n|\r[^\S\r\n]*\r")
_SENTENCE: Final = re.compile(
    r"\b\w++\W++\w++\W++\w|[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{4}"
)
# What a line begins or ends with that may hold marks at its edges.
_LEFT_MARKS: Final = frozenset("<>*•▪‣◦●■►▶✓-–—+_=~#&[!`.·|@")
_RIGHT_MARKS: Final = frozenset("*_>;`~-–—=")

_HEAD_LINES: Final = 8
_FOOT_LINES: Final = 12
_LONG_CHARS: Final = 60
_MAX_TAILS: Final = 8
# Kinds whose loss costs no word of a story, taken out even where all the rest must stay.
_WORDLESS: Final = frozenset((RemovedKind.MARKUP, RemovedKind.DATELINE))


class _Line(NamedTuple):
    """A line without the white space around it, and its offset in the article."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(slots=True)
class _Draft:
    """The lines that are still thought to be story, and what was taken out so far."""

    text: str
    language: str
    lines: list[_Line] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)

    def remove(self, kind: RemovedKind, line: _Line) -> None:
        """Note a line, or the part of one, as not of the story; an empty one is nothing."""
        if line.text:
            self.removed.append(Removed(kind=kind, start=line.start, end=line.end))


def find_removed(text: str, *, language: str = "en") -> tuple[Removed, ...]:
    """Find what is not the story: datelines, bylines, sub-heads, trash lines, credits and the like.

    Args:
        text: the article, as given.
        language: ISO 639-1 code.

    Returns:
        Spans in order, never overlapping. A text of which no sentence would be left keeps its
        lines.
    """
    draft = _Draft(text, language)
    _read_lines(draft)
    _clean_head(draft)
    _clean_foot(draft)
    _clean_between(draft)
    if may_have_labels(language):
        _clean_within(draft)
    removed = sorted(draft.removed, key=lambda span: span.start)
    if not removed or _has_sentence(text, removed):
        return tuple(removed)
    removed = [span for span in removed if span.kind in _WORDLESS]
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
        _read_stretch(draft, start, text[start : block.start])
        draft.removed.append(block)
        start = block.end
    _read_stretch(draft, start, text[start:] if start else text)


def _read_stretch(draft: _Draft, start: int, stretch: str) -> None:
    starts = line_starts(draft.language)
    # Most lines are paragraphs: telling them costs three look-ups.
    for raw in stretch.splitlines(keepends=True):
        if text := raw.strip():
            at = start if text[0] == raw[0] else start + raw.index(text[0])
            line = _Line(at, text)
            if text[0] in _LEFT_MARKS or text[-1] in _RIGHT_MARKS:
                _read_marked(draft, line)
            elif may_be_boilerplate(text, starts) or may_have_tail(text):
                _read_plain(draft, line)
            else:
                draft.lines.append(line)
        start += len(raw)


def _read_marked(draft: _Draft, line: _Line) -> None:
    """Take the marks off a line, or the whole line where it is none of the story."""
    if kind := _marked_kind(line.text, language=draft.language):
        draft.remove(kind, line)
        return
    left, right = inner_span(line.text)
    draft.remove(RemovedKind.MARKUP, _Line(line.start, line.text[:left]))
    draft.remove(RemovedKind.MARKUP, _Line(line.start + right, line.text[right:]))
    if left < right:
        _read_plain(draft, _Line(line.start + left, line.text[left:right]))


def _read_plain(draft: _Draft, line: _Line) -> None:
    if kind := line_kind(line.text, language=draft.language):
        draft.remove(kind, line)
    elif rest := _without_tails(draft, line, is_last=False):
        draft.lines.append(rest)


def _marked_kind(line: str, *, language: str) -> RemovedKind | None:
    if kind := line_kind(line, language=language):
        return kind
    if is_framed(line):
        return RemovedKind.SUB_HEAD
    return RemovedKind.MARKUP if is_only_marks(line) else None


def _without_tails(draft: _Draft, line: _Line, *, is_last: bool) -> _Line | None:
    """Take off what the line carries after its last sentence; None if nothing is left."""
    for _ in range(_MAX_TAILS):
        tail = find_tail(line.text, is_last=is_last, language=draft.language) if line.text else None
        if tail is None:
            break
        draft.remove(tail.kind, _Line(line.start + tail.start, line.text[tail.start :]))
        line = _Line(line.start, line.text[: tail.start].rstrip())
    return line if line.text else None


def _clean_head(draft: _Draft) -> None:
    """Drop bylines and time stamps above the first paragraph, and its dateline."""
    lines = draft.lines
    kept: list[_Line] = []
    for index, line in enumerate(lines[:_HEAD_LINES]):
        kind = byline_kind(line.text, language=draft.language)
        if kind is not None and index + 1 < len(lines):
            draft.remove(kind, line)
            continue
        story = _without_dateline(draft, _without_byline(draft, line), is_opening=True)
        kept.append(story)
        if story is not line or not is_title(line.text):
            lines[: index + 1] = kept
            return
    lines[:_HEAD_LINES] = kept


def _without_byline(draft: _Draft, line: _Line) -> _Line:
    return _without_start(draft, line, RemovedKind.BYLINE, glued_byline_chars(line.text))


def _without_dateline(draft: _Draft, line: _Line, *, is_opening: bool) -> _Line:
    chars = dateline_chars(line.text, is_opening=is_opening)
    return _without_start(draft, line, RemovedKind.DATELINE, chars)


def _without_start(draft: _Draft, line: _Line, kind: RemovedKind, chars: int) -> _Line:
    if not chars:
        return line
    draft.remove(kind, _Line(line.start, line.text[:chars]))
    return _Line(line.start + chars, line.text[chars:])


def _clean_foot(draft: _Draft) -> None:
    """Drop what signs the story off below its last paragraph, and at its end."""
    lines = draft.lines
    for _ in range(_FOOT_LINES):
        if not lines:
            return
        line = lines.pop()
        kind = _foot_kind(draft, line) if lines else None
        if kind is not None:
            draft.remove(kind, line)
        elif rest := _without_tails(draft, line, is_last=True):
            lines.append(rest)
            return


def _foot_kind(draft: _Draft, line: _Line) -> RemovedKind | None:
    if is_sign_off(line.text, language=draft.language):
        return RemovedKind.SIGN_OFF
    return byline_kind(line.text, language=draft.language)


def _clean_between(draft: _Draft) -> None:
    """Drop titles between paragraphs, datelines of later items and lines with a time only."""
    lines = draft.lines
    short: list[int] = []
    for index, line in enumerate(lines):
        if len(line.text) <= MAX_TITLE_CHARS:
            short.append(index)
        elif index and "(" in line.text[:_LONG_CHARS]:
            lines[index] = _without_dateline(draft, line, is_opening=False)
    has_titles = bool(short) and _holds_paragraphs(lines)
    for index in short:
        line = lines[index]
        if is_stamp(line.text):
            draft.remove(RemovedKind.TRASH_LINE, line)
        elif (has_titles or _is_set_apart(draft, index)) and _is_title_at(draft, index):
            draft.remove(RemovedKind.SUB_HEAD, line)


def _clean_within(draft: _Draft) -> None:
    """Drop the labels inside paragraphs."""
    for line in draft.lines:
        if len(line.text) > MAX_TITLE_CHARS:
            for kind, (start, end) in find_labels(line.text, language=draft.language):
                draft.remove(kind, _Line(line.start + start, line.text[start:end]))


def _holds_paragraphs(lines: list[_Line]) -> bool:
    """Say whether a line is a paragraph here, not a stretch of wrapped text or a row of a table."""
    long = [line.text for line in lines if len(line.text) > _LONG_CHARS]
    ended = sum(map(ends_like_sentence, long))
    return ended >= 2 and 3 * ended >= 2 * len(long)


def _is_set_apart(draft: _Draft, index: int) -> bool:
    """Say whether a line opens the text and an empty line follows: one paragraph makes a story."""
    lines = draft.lines
    if index or len(lines) == 1:
        return False
    return bool(_EMPTY_LINE.search(draft.text, lines[0].end, lines[1].start))


def _is_title_at(draft: _Draft, index: int) -> bool:
    """Say whether a line is a title by its shape and by the paragraphs around it."""
    text, lines = draft.text, draft.lines
    if index + 1 == len(lines) or not is_paragraph(lines[index + 1].text):
        return False
    line = lines[index]
    if not index:
        return is_title(line.text)
    before = lines[index - 1]
    if not ends_like_sentence(before.text) or not is_sub_head(line.text, language=draft.language):
        return False
    # Where empty lines part the paragraphs, one must part the title from what is above it.
    return bool(_EMPTY_LINE.search(text, before.end, line.start)) or not _EMPTY_LINE.search(text)
