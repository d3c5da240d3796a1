"""Words, stems and stop words of sentences."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terms:
    """The terms of each sentence (being written by the engine engineer)."""

    sentences: tuple[tuple[str, ...], ...]
