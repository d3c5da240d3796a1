"""A body in its content coding to bytes, within limits; must not know where it comes from.

Every step's output is bounded, so that a few kilobytes that stand for gigabytes cost no more memory
than the limit and a block.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Final, Protocol

import brotli
import zstandard

from workers.fetching.records import FetchLimits

ACCEPTED_CODINGS: Final = "gzip, deflate, br, zstd"

# What `Content-Encoding: zstd` may ask for (RFC 9659).
_ZSTD_WINDOW = 8 << 20
# A block of zstd's is 4 bytes for 128 KB at most: so many bytes at a time unpack to 8 MB.
_ZSTD_STEP = 256
_STEP_BYTES = 1 << 20


class ContentError(Exception):
    """The body is over a limit, or not in the coding that it claims."""


class _Unpacker(Protocol):
    """Unpacks a body piece by piece."""

    def unpack(self, data: bytes) -> Iterator[bytes]:
        """Yield what the next bytes unpack to, in pieces of bounded size."""

    @property
    def is_finished(self) -> bool:
        """Whether the body may end here."""


def read_content(chunks: Iterable[bytes], *, coding: str, limits: FetchLimits) -> bytes:
    """Return a body's bytes, unpacked.

    Args:
        chunks: the body as it comes.
        coding: the value of Content-Encoding, empty if there is none.
        limits: how large it may be before and after.

    Raises:
        ContentError: it is over a limit, in an unknown coding, damaged, or ends early.
    """
    coding = coding.strip().lower()
    make = _UNPACKERS.get(coding)
    if make is None:
        raise ContentError(f"its content coding {coding[:40]!r} is not one of {ACCEPTED_CODINGS}")
    unpacker = make()
    content = bytearray()
    is_begun = False
    try:
        for chunk in _counted(chunks, limits.max_wire_bytes):
            is_begun = True
            for piece in unpacker.unpack(chunk):
                content += piece
                if len(content) > limits.max_content_bytes:
                    raise ContentError(
                        f"it unpacks to more bytes than the limit of {limits.max_content_bytes}"
                    )
    except (zlib.error, brotli.error, zstandard.ZstdError) as error:
        raise ContentError(f"it is not the {coding} that it claims to be: {error}") from error
    if is_begun and not unpacker.is_finished:
        raise ContentError(f"its {coding} data end early")
    return bytes(content)


def _counted(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise ContentError(f"it has more bytes than the limit of {limit}")
        yield chunk


class _Plain:
    is_finished = True

    def unpack(self, data: bytes) -> Iterator[bytes]:
        yield data


class _Zlib:
    """gzip, and deflate with its zlib header or, as some servers send it, without."""

    def __init__(self) -> None:
        self._stream: zlib._Decompress | None = None

    def unpack(self, data: bytes) -> Iterator[bytes]:
        if self._stream is None and data:
            is_headed = data[0] == 0x1F or data[0] & 0x0F == zlib.DEFLATED
            self._stream = zlib.decompressobj(zlib.MAX_WBITS | 32 if is_headed else -zlib.MAX_WBITS)
        while data and self._stream:
            yield self._stream.decompress(data, _STEP_BYTES)
            if self._stream.unused_data.strip(b"\0"):
                raise zlib.error("more follows after its end")
            data = self._stream.unconsumed_tail

    @property
    def is_finished(self) -> bool:
        return self._stream is not None and self._stream.eof


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def unpack(self, data: bytes) -> Iterator[bytes]:
        yield self._stream.process(data, output_buffer_limit=_STEP_BYTES)
        while not self._stream.can_accept_more_data():
            yield self._stream.process(b"", output_buffer_limit=_STEP_BYTES)

    @property
    def is_finished(self) -> bool:
        return bool(self._stream.is_finished())


class _Zstandard:
    def __init__(self) -> None:
        self._stream = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()

    def unpack(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _ZSTD_STEP):
            yield self._stream.decompress(data[start : start + _ZSTD_STEP])
            if self._stream.unused_data:
                raise zstandard.ZstdError("more follows after its end")

    @property
    def is_finished(self) -> bool:
        return self._stream.eof


_UNPACKERS: dict[str, Callable[[], _Unpacker]] = {
    "": _Plain,
    "identity": _Plain,
    "gzip": _Zlib,
    "x-gzip": _Zlib,
    "deflate": _Zlib,
    "br": _Brotli,
    "zstd": _Zstandard,
}
