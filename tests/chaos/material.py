"""The batches of a chaos run and what must come out of them; every process derives the same.

Innocent articles come from a small stock, so that one undisturbed run gives all expected results.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from summarizer import Article
from tests.articles import make_text
from tests.chaos.plan import Plan
from workers.batches import Item

STOCK = 300
"""How many different innocent articles there are."""

_SLOW_EVERY = 50

POISON_MARK = "The chaos run calls this article poison: "
SLOW_MARK = "The chaos run calls this article slow."

_SIZES = (1, 3, 40, 150, 400, 600, 1000)


class Poison(StrEnum):
    """How an article ends or holds the worker process that summarises it."""

    EXIT = "exit"
    SEGFAULT = "segfault"
    OUT_OF_MEMORY = "oom"
    HANG = "hang"
    DEAF = "deaf"


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """One batch: what each item is, and whether somebody cancels the batch."""

    number: int
    content: tuple[int | Poison, ...]
    is_cancelled: bool
    sentences: int

    @property
    def key(self) -> str:
        """The idempotency key."""
        return f"chaos-{self.number}"

    @property
    def metadata(self) -> dict[str, str]:
        """What tells a poll which batch it has found."""
        return {"number": str(self.number)}

    def items(self) -> list[Item]:
        """Return the batch's items."""
        return [
            Item(
                index=index,
                custom_id=custom_id(self.number, index),
                article=Article(text=text_of(content, sentences=self.sentences)),
            )
            for index, content in enumerate(self.content)
        ]


def plan_batch(plan: Plan, number: int) -> BatchPlan:
    """Return the batch of this number."""
    chance = random.Random(f"{plan.seed}/{number}")
    content: list[int | Poison] = [chance.randrange(STOCK) for _ in range(chance.choice(_SIZES))]
    turn, rest = divmod(number, plan.poison_every)
    if rest == plan.poison_every // 2:
        content[chance.randrange(len(content))] = list(Poison)[turn % len(Poison)]
    is_cancelled = chance.random() < plan.cancel_share
    return BatchPlan(number, tuple(content), is_cancelled, plan.sentences)


@cache
def text_of(content: int | Poison, *, sentences: int) -> str:
    """Return the text of an innocent article, or of a poisoned one."""
    if isinstance(content, Poison):
        return f"{make_text(0, sentences=3)}\n{POISON_MARK}{content}"
    text = make_text(content, sentences=sentences)
    return text if content % _SLOW_EVERY else f"{text}\n{SLOW_MARK}"


def custom_id(batch: int, index: int) -> str:
    """Return the item's id."""
    return f"{batch}-{index}"


def stock(plan: Plan) -> Sequence[Item]:
    """Return every innocent article once, in order."""
    return [
        Item(
            index=number,
            custom_id=str(number),
            article=Article(text=text_of(number, sentences=plan.sentences)),
        )
        for number in range(STOCK)
    ]
