"""How much a submit may hold; must not know what it holds."""

from __future__ import annotations

from dataclasses import dataclass

from workers.errors import BatchTooLargeError


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a submit may hold.

    Attributes:
        max_items: articles in one submit.
        max_article_bytes: one article's text and title, in UTF-8; of a text file, all its bytes.
        max_line_bytes: one line of JSON Lines; more is skipped without being held in memory. None
            stands for four times an article, for escapes and fields that are not read, and 1 MB.
        max_json_bytes: one .json file, which is held in memory whole.
        max_total_bytes: everything that is read for one submit, so that an endless input ends.
    """

    max_items: int = 1_000_000
    max_article_bytes: int = 5_000_000
    max_line_bytes: int | None = None
    max_json_bytes: int = 256_000_000
    max_total_bytes: int = 100_000_000_000

    @property
    def line_bytes(self) -> int:
        """The limit for a line, given or derived."""
        if self.max_line_bytes is None:
            return 4 * self.max_article_bytes + 1_000_000
        return self.max_line_bytes


class Tally:
    """What has been read so far for one submit, held against the limits."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._bytes = 0
        self._items = 0

    def add_bytes(self, count: int) -> None:
        """Count bytes that were read.

        Raises:
            BatchTooLargeError: there are more than `Limits.max_total_bytes`.
        """
        self._bytes += count
        if self._bytes > self._limits.max_total_bytes:
            raise BatchTooLargeError("bytes", self._bytes, self._limits.max_total_bytes)

    def next_index(self) -> int:
        """Count one more article and return its index.

        Raises:
            BatchTooLargeError: there are more than `Limits.max_items`.
        """
        self._items += 1
        if self._items > self._limits.max_items:
            raise BatchTooLargeError("articles", self._items, self._limits.max_items)
        return self._items - 1
