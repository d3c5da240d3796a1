"""What the digests for readers have in common; must not know their formats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from workers.outputs.records import OutputItem, RunInfo

MAX_FAILURES: Final = 1_000
"""A digest names so many articles that were not summarised, and counts the rest."""


class Failures:
    """The articles that were not summarised, kept for the end of a digest."""

    def __init__(self) -> None:
        self._kept: list[tuple[str, str]] = []
        self._more = 0

    def add(self, item: OutputItem) -> None:
        """Keep an article, or count it."""
        if len(self._kept) == MAX_FAILURES:
            self._more += 1
            return
        code, message = item.error
        self._kept.append((item.title or item.custom_id, message or code))

    def lines(self, run: RunInfo) -> Iterator[tuple[str, str]]:
        """Yield what failed, and why: articles first, then what the sources could not give."""
        yield from self._kept
        if self._more:
            yield f"{self._more} more articles", "see the results"
        for problem in run.problems:
            yield problem.place, problem.message


def shown_slot(run: RunInfo) -> str:
    """Return the run's instant for readers, in its own zone: "23 November 2026, 02:00 CET"."""
    # Names of months by hand: those of `strftime` depend on the locale.
    month = _MONTHS[run.slot.month - 1]
    return f"{run.slot.day} {month} {run.slot.year}, {run.slot:%H:%M %Z}".strip()


def counted(run: RunInfo) -> str:
    """Return how many articles there are, in words."""
    articles = "1 article" if run.succeeded == 1 else f"{run.succeeded} articles"
    return f"{articles} summarised" + (f", {run.errored} not" if run.errored else "") + "."


_MONTHS = (
    "January February March April May June July August September October November December"
).split()
