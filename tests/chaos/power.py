"""What a power cut does to an append-only file: its tail, not yet on the disk, is gone.

A process that is killed leaves what it wrote in the kernel's cache; a machine that loses power does
not. Here the file's length is watched, so that as much can be cut off as was written in a window.
"""

from __future__ import annotations

import os
import random
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from workers.redis_server import append_only_file


@dataclass(slots=True)
class AppendOnlyTail:
    """The growing end of a server's append-only file.

    Attributes:
        folder: the server's folder.
        window_s: what was written longer ago than this is on the disk.
    """

    folder: Path
    window_s: float = 2.0
    _seen: deque[tuple[float, Path, int]] = field(default_factory=deque)

    def watch(self, now: float) -> None:
        """Note how long the file is at this instant."""
        if (path := append_only_file(self.folder)) is not None:
            self._seen.append((now, path, path.stat().st_size))
        while self._seen and self._seen[0][0] < now - self.window_s:
            self._seen.popleft()

    def lose(self, chance: random.Random) -> int:
        """Cut off a random part of what was written in the window; return how many bytes.

        The cut may fall in the middle of a record. The server must not be running.
        """
        path = append_only_file(self.folder)
        if path is None:
            return 0
        # A file that was begun in the window may be lost to its first byte.
        oldest = next((size for _, seen, size in self._seen if seen == path), 0)
        return truncate(path, keep_at_least=oldest, chance=chance)


def truncate(path: Path, *, keep_at_least: int, chance: random.Random) -> int:
    """Cut a file to a random length, not below the given one; return how many bytes went."""
    size = path.stat().st_size
    keep = chance.randint(min(keep_at_least, size), size)
    os.truncate(path, keep)
    return size - keep
