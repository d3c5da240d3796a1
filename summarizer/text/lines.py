"""Where a line break ends a sentence, whatever its words: the blocks of a text.

Looks at the shape of lines only; what a full stop means is none of its business.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from summarizer.models import Span

# What str.splitlines splits at, with all white space up to the text of the next line.
_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_SINGLE_BREAKS = frozenset(("\n", "\r\n", "\r"))
_FIRST_WORD = re.compile(r"[\u2e80-\uffdc]|[^\s\u2e80-\uffdc]{1,30}")

# Columns narrower than a newspaper's or wider than a terminal's are not wrapped text.
_WIDTHS = range(30, 121)
# Wrapping that balances its lines leaves some shorter than they could be.
_FULL = 0.85
_BULLETS = frozenset("•‣▪◦●■□○▸►➤✓")
_LINE_ENDS = frozenset(".?!…:;\"'”’»“‘)]}。！？؟۔।")


class _Break(NamedTuple):
    """A line break: where its line ends, where the next begins, how far that is indented."""

    end: int
    start: int
    indent: int
    is_single: bool


def split_blocks(text: str) -> list[Span]:
    """Split a text at the line breaks that end a sentence.

    An empty line always does. A single break does where a line holds a paragraph, and does not
    where a line was wrapped, that is where the first word of the next would not have fitted into
    the width of the text, or where the next goes on in lower case.

    Args:
        text: any text.

    Returns:
        The spans between such breaks, in order, trimmed of white space, none of them empty.
    """
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    if start >= end:
        return []
    breaks = [_read_break(text, match) for match in _BREAK.finditer(text, start, end)]
    width = _column_width(text, start, breaks) if any(b.is_single for b in breaks) else 0
    blocks = []
    line_start, block_start = start, start
    for break_ in breaks:
        if not (break_.is_single and _is_wrap(text, block_start, line_start, break_, width)):
            blocks.append(Span(block_start, break_.end))
            block_start = break_.start
        line_start = break_.start
    blocks.append(Span(block_start, end))
    return blocks


def _read_break(text: str, match: re.Match[str]) -> _Break:
    start, after = match.span()
    gap = match.group()
    visible = gap.rstrip(" \t\u3000\xa0")
    end = start
    while text[end - 1].isspace():
        end -= 1
    return _Break(end, after, len(gap) - len(visible), visible in _SINGLE_BREAKS)


def _column_width(text: str, start: int, breaks: list[_Break]) -> int:
    """Return the width that the text was wrapped at, 0 where a line holds a paragraph."""
    starts = [start, *(b.start for b in breaks)]
    singles = [(b.end - begin, b) for begin, b in zip(starts, breaks, strict=False) if b.is_single]
    lengths = sorted(length for length, _ in singles)
    # One over-long line, such as an address, says nothing about the others.
    width = lengths[int(len(lengths) * 0.95)]
    if width not in _WIDTHS:
        return 0
    full = sum(_is_full(text, length, b, width) for length, b in singles)
    return width if 2 * full > len(singles) else 0


def _is_full(text: str, length: int, break_: _Break, width: int) -> bool:
    word = _FIRST_WORD.match(text, break_.start)
    return length + 1 + (len(word.group()) if word else 0) > _FULL * width


def _is_wrap(text: str, block: int, line: int, break_: _Break, width: int) -> bool:
    """Say whether the sentence runs over the break."""
    first = text[break_.start]
    if first in _BULLETS:
        return False
    if width and not break_.indent and _is_full(text, break_.end - line, break_, width):
        return True
    # Lower-case text opens its paragraphs in lower case too.
    return first.islower() and not text[block].islower() and text[break_.end - 1] not in _LINE_ENDS
