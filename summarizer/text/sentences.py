"""The sentences of an article, as spans of the text as given.

Puts together the blocks that lines make and the ends that Punkt finds; knows neither in detail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from summarizer.models import Removed, Span
from summarizer.text.blocks import split_blocks
from summarizer.text.sentence_ends import load_tokenizer


def split_sentences(
    text: str, *, removed: Sequence[Removed] = (), language: str = "en"
) -> tuple[Span, ...]:
    """Split an article into sentences.

    Args:
        text: the article as given.
        removed: what cleaning took out; no sentence touches or crosses it.
        language: ISO 639-1 code; a language without parameters of its own is split by neutral ones.

    Returns:
        The sentences in order, trimmed of white space; every other character outside of `removed`
        is in exactly one of them.
    """
    tokenizer = load_tokenizer(language)
    blocks: Iterable[Span] = split_blocks(text)
    if removed:
        blocks = _cut_out(text, blocks, removed)
    spans = []
    for block, block_end in blocks:
        pieces = tokenizer.spans(text[block:block_end])
        spans += [Span(block + start, block + end) for start, end in pieces]
    return tuple(spans)


def _cut_out(text: str, blocks: Iterable[Span], removed: Sequence[Removed]) -> Iterator[Span]:
    """Yield what is left of the blocks, trimmed of white space."""
    gaps = sorted((gap.start, gap.end) for gap in removed)
    # Where one stretch lies within another, the later counts up to the end of the longer.
    ends = list(accumulate((end for _, end in gaps), max))
    first = 0
    for start, stop in blocks:
        while first < len(gaps) and ends[first] <= start:
            first += 1
        position, index = start, first
        while index < len(gaps) and gaps[index][0] < stop:
            yield from _trimmed(text, position, gaps[index][0])
            position = max(position, ends[index])
            index += 1
        yield from _trimmed(text, position, stop)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end] if start < end else ""
    left = len(piece) - len(piece.lstrip())
    if left < len(piece):
        yield Span(start + left, start + len(piece.rstrip()))
