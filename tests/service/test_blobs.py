"""Blobs: what goes in comes out, and nothing unpacks past its limit."""

from __future__ import annotations

import random

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from summarizer import Article
from workers.batches import Item, Page
from workers.blobs import (
    item_line,
    line_index,
    pack_items,
    pack_lines,
    read_result,
    result_line,
    select_lines,
    unpack_items,
    unpack_lines,
)
from workers.errors import CorruptBlobError

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
ITEMS = st.builds(
    Item,
    index=st.integers(0, 10**6),
    custom_id=TEXT,
    article=st.builds(
        Article,
        text=TEXT,
        title=st.none() | TEXT,
        language=st.none() | TEXT,
        published_at=st.none() | TEXT,
    ),
    options=st.dictionaries(TEXT, st.integers(0, 9) | TEXT, max_size=3),
    source=TEXT,
    page=st.none()
    | st.builds(
        Page,
        asked=st.none() | TEXT,
        url=st.none() | TEXT,
        error=st.none() | st.tuples(TEXT, TEXT),
    ),
)


@given(items=st.lists(ITEMS, max_size=5))
def test_items_come_out_as_they_went_in(items: list[Item]) -> None:
    assert list(unpack_items(pack_items(items))) == items


@given(item=ITEMS)
def test_the_same_item_gives_the_same_bytes(item: Item) -> None:
    assert item_line(item) == item_line(item)


def test_result_lines_keep_index_and_custom_id() -> None:
    item = Item(index=41, custom_id="a-1", article=Article(text="x"))
    line = result_line(item, {"type": "errored"})
    assert line_index(line) == 41
    assert read_result(line) == {"index": 41, "custom_id": "a-1", "result": {"type": "errored"}}


def test_lines_beyond_an_index_are_selected() -> None:
    item = Item(index=0, custom_id="a", article=Article(text="x"))
    lines = [result_line(Item(index=n, custom_id="a", article=item.article), {}) for n in (7, 8, 9)]
    assert select_lines(lines, after_index=3) == lines
    assert select_lines(lines, after_index=8) == lines[2:]
    assert select_lines([], after_index=8) == []


def test_a_small_blob_that_unpacks_to_gigabytes_is_refused_unread() -> None:
    bomb = zstandard.ZstdCompressor(level=19).compress(b"\0" * 50_000_000)
    assert len(bomb) < 10_000
    with pytest.raises(CorruptBlobError, match="limit is 1000000"):
        unpack_lines(bomb, max_bytes=1_000_000)


def test_a_blob_that_hides_its_size_is_refused() -> None:
    hidden = zstandard.ZstdCompressor(write_content_size=False).compress(b"{}" * 1000)
    with pytest.raises(CorruptBlobError):
        unpack_lines(hidden, max_bytes=100)


@pytest.mark.parametrize("blob", [b"", b"no zstd at all", pack_lines([b"x"])[:-3]])
def test_what_is_no_blob_is_a_typed_error(blob: bytes) -> None:
    with pytest.raises(CorruptBlobError):
        unpack_lines(blob)


def test_a_single_flipped_bit_is_told_also_where_the_frame_stays_well_formed() -> None:
    blob = bytearray(pack_lines([random.Random(1).randbytes(1000)]))
    blob[500] ^= 1
    with pytest.raises(CorruptBlobError):
        unpack_lines(bytes(blob))


@pytest.mark.parametrize("line", [b"[]", b"{}", b'{"index":0}', b"not json"])
def test_what_is_no_item_is_a_typed_error(line: bytes) -> None:
    with pytest.raises(CorruptBlobError):
        unpack_items(pack_lines([line]))
