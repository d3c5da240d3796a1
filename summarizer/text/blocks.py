"""Where a line break ends a sentence, whatever its words: the blocks of a text.

Looks at the shape of lines only; what a full stop means is none of its business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.models import Span

_SINGLE_BREAKS = frozenset(("\n", "\r\n", "\r", "\v", "\x85", "\u2028"))
_INDENT = " \t\xa0\u3000"
# Writing without spaces may be wrapped after any character: it has no words here.
_FIRST_WORD = re.compile(r"[^\s\u2e80-\uffdc]{0,30}")

# Columns narrower than a newspaper's or wider than a terminal's are not wrapped text.
_WIDTHS = range(30, 121)
# Lines that were balanced, or wrapped by another measure than characters, are not all full.
_FULL = 0.85
_BULLETS = frozenset("•‣▪◦●■□○▸►➤✓")
_LINE_ENDS = frozenset(".?!…:;\"'”’»“‘)]}。！？؟۔।")


def split_blocks(text: str) -> list[Span]:
    """Split a text at the line breaks that end a sentence.

    An empty line always does. A single break does where a line holds a paragraph, and does not
    where a line was wrapped: where the first word of the next line would not have fitted into the
    width of the text, or where the sentence visibly goes on in lower case.

    Args:
        text: any text.

    Returns:
        The spans between such breaks, in order; each begins with text, and has some.
    """
    starts, ends = [], []
    position = 0
    for line, whole in zip(text.splitlines(), text.splitlines(keepends=True), strict=True):
        if story := line.lstrip():
            starts.append(position + len(line) - len(story))
            ends.append(position + len(line))
        position += len(whole)
    if not starts:
        return []
    ends[-1] = len(text.rstrip())
    gaps = [text[end:start] for end, start in zip(ends, starts[1:], strict=False)]
    lines = list(map(Span, starts, ends))
    is_single = [gap.rstrip(_INDENT) in _SINGLE_BREAKS for gap in gaps]
    return _join_wrapped(text, lines, gaps, is_single) if any(is_single) else lines


def _join_wrapped(
    text: str, lines: Sequence[Span], gaps: Sequence[str], is_single: Sequence[bool]
) -> list[Span]:
    width = _wrap_width(text, lines, is_single)
    blocks = [lines[0]]
    indent = _indent(text[: lines[0].start])
    for index, single in enumerate(is_single):
        line, following = lines[index], lines[index + 1]
        block = blocks[-1]
        is_indented = _indent(gaps[index]) > indent
        indent = _indent(gaps[index])
        is_wrapped = width > 0 and not is_indented and _is_full(text, line, following, width)
        if single and _goes_on(text, block, line, following, is_wrapped=is_wrapped):
            blocks[-1] = Span(block.start, following.end)
        else:
            blocks.append(following)
    return blocks


def _wrap_width(text: str, lines: Sequence[Span], is_single: Sequence[bool]) -> int:
    """Return the width in characters that the text was wrapped at, 0 if it was not."""
    pairs = [(lines[i], lines[i + 1]) for i, single in enumerate(is_single) if single]
    lengths = sorted(line.end - line.start for line, _ in pairs)
    # One over-long line, such as an address, says nothing about the others.
    width = lengths[int(len(lengths) * 0.95)]
    if width not in _WIDTHS or text[lines[0].start].islower():
        return 0
    evidence = sum(_wrap_evidence(text, line, following, width) for line, following in pairs)
    return width if evidence > 0 else 0


def _wrap_evidence(text: str, line: Span, following: Span, width: int) -> int:
    """Return how much a line looks wrapped, or below 0 how much like a paragraph or heading."""
    first = text[following.start]
    if _is_full(text, line, following, width):
        if _has_ended(text, line):
            return -1
        # Next to nothing but wrapping puts a small letter at the start of a line.
        return 2 if first.isalpha() and not first.isupper() else 0
    return 0 if first.islower() or _has_ended(text, line) else -1


def _indent(gap: str) -> int:
    return len(gap) - len(gap.rstrip(_INDENT))


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    word = _FIRST_WORD.match(text, following.start)
    word_chars = len(word.group()) if word else 0
    return line.end - line.start + 1 + word_chars > _FULL * width


def _goes_on(text: str, block: Span, line: Span, following: Span, *, is_wrapped: bool) -> bool:
    """Say whether a sentence may run from one line into the next."""
    first = text[following.start]
    if is_wrapped or first in _BULLETS:
        return first not in _BULLETS
    # Where paragraphs open in lower case too, that says nothing.
    if not first.islower() or text[block.start].islower():
        return False
    return not _has_ended(text, line)


def _has_ended(text: str, line: Span) -> bool:
    return text[line.start : line.end].rstrip()[-1] in _LINE_ENDS
