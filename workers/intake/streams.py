"""Bounded reading of one stream of bytes; must not know what the bytes mean."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from workers.intake.limits import Tally

_READ_BYTES = 1 << 20


class BoundedStream:
    """A stream that is never read past a limit at once, and whose bytes are counted."""

    def __init__(self, stream: BinaryIO, *, tally: Tally) -> None:
        self._stream = stream
        self._tally = tally
        # What `peek_line` has read ahead.
        self._ahead = io.BytesIO()

    def read(self, max_bytes: int) -> bytes | None:
        """Return all that is left, or None if that is more than `max_bytes`."""
        data = bytearray(self._ahead.read())
        while len(data) <= max_bytes:
            # A buffered stream sets aside as much memory as it is asked for.
            part = self._stream.read(min(_READ_BYTES, max_bytes + 1 - len(data)))
            if not part:
                return bytes(data)
            self._tally.add_bytes(len(part))
            data += part
        return None

    def lines(self, max_bytes: int) -> Iterator[bytes | None]:
        """Yield each line with its end, or None for a line of more than `max_bytes`."""
        while line := self._readline(max_bytes + 1):
            if len(line) <= max_bytes or line.endswith(b"\n"):
                yield line
            else:
                while line and not line.endswith(b"\n"):
                    line = self._readline(_READ_BYTES)
                yield None

    def peek_line(self, max_bytes: int) -> bytes:
        """Return the first line that is not blank, which stays to be read.

        The line is cut, or empty, where it ends more than `max_bytes` from the start.
        """
        ahead = bytearray()
        line = b""
        while len(ahead) < max_bytes and not line.strip():
            line = self._readline(max_bytes - len(ahead))
            if not line:
                break
            ahead += line
        self._ahead = io.BytesIO(bytes(ahead))
        return line

    def _readline(self, max_bytes: int) -> bytes:
        line = self._ahead.readline(max_bytes)
        if len(line) == max_bytes or line.endswith(b"\n"):
            return line
        rest = self._stream.readline(max_bytes - len(line))
        self._tally.add_bytes(len(rest))
        return line + rest
