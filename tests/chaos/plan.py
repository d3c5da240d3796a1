"""What a chaos run does, drawn from its seed; starts and kills nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

ROLLBACK_S = 4.0
"""With `everysec`, a killed server may lose what it answered in its last seconds.

While a background fsync runs, the server postpones its write for up to two seconds, the reply not.
"""


class Fault(StrEnum):
    """What is done to the running service."""

    CHILD = "worker child killed"
    MAIN = "worker's main process killed"
    WORKER = "whole worker killed"
    TERM = "worker told to stop (SIGTERM)"
    QUIT = "worker told to stop (SIGQUIT)"
    PAUSE = "worker paused past its lease"
    REDIS = "Redis killed"
    FREEZE = "Redis frozen for longer than clients wait"
    POWER = "Redis's power cut"
    CUT = "network of a worker host cut"
    SCHEDULER = "scheduler killed"
    SUBMITTER = "submitter killed"


class Deck(StrEnum):
    """Which faults a run draws."""

    PROCESSES = "processes"
    NETWORK = "network"
    POWER = "power"


_CARDS = {
    Deck.PROCESSES: {
        Fault.CHILD: 8,
        Fault.MAIN: 1,
        Fault.WORKER: 3,
        Fault.TERM: 2,
        Fault.QUIT: 1,
        Fault.PAUSE: 2,
        Fault.REDIS: 2,
        Fault.FREEZE: 1,
        Fault.SCHEDULER: 3,
        Fault.SUBMITTER: 4,
    },
    Deck.NETWORK: {Fault.CUT: 7, Fault.REDIS: 2, Fault.CHILD: 1, Fault.WORKER: 1},
    Deck.POWER: {Fault.POWER: 5, Fault.CHILD: 1, Fault.WORKER: 1, Fault.SUBMITTER: 1},
}
"""Faults come as cards: all of the deck, shuffled, before they are shuffled again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A chaos run.

    Attributes:
        seed: decides faults, victims, pauses and articles; not how the machine schedules them.
        seconds: how long faults go on; the batches that are open then still end.
        deck: which faults.
        articles: no more batches are begun once so many articles were accepted.
        fsync: the server's `appendfsync`.
        pause_s: mean time between two faults.
        workers: worker processes, each with two children.
        open_batches: submitters wait while so many batches are open.
        poison_every: one batch in so many holds a poisoned article, each kind in its turn.
        sentences: how many an innocent article has.
        poll_s: the poller's pause between two rounds over all open batches.
        slow_s: how long a slow article takes, of which there is one in fifty; the slower, the more
            faults find a chunk in hand.
        cancel_share: the share of batches that are cancelled on their way.
    """

    seed: int
    seconds: float
    deck: Deck = Deck.PROCESSES
    articles: int = 10_000_000
    fsync: str = "everysec"
    pause_s: float = 1.2
    workers: int = 2
    open_batches: int = 10
    poison_every: int = 50
    sentences: int = 4
    poll_s: float = 0.005
    slow_s: float = 0.3
    cancel_share: float = 0.1

    def faults(self) -> Iterator[tuple[float, Fault]]:
        """Yield faults without end, each with the pause before it."""
        chance = random.Random(f"{self.seed}/faults")
        while True:
            cards = _CARDS[self.deck].items()
            deck = [fault for fault, number in cards for _ in range(number)]
            chance.shuffle(deck)
            for fault in deck:
                yield min(chance.expovariate(1 / self.pause_s), 4 * self.pause_s), fault
