"""Key names, declared in one place beside what they hold; sends no command.

All times to live: a batch still loading carries `Settings.loading_ttl_s`; a live batch carries
none; the script that finishes a batch gives each of its keys `Settings.results_ttl_s`. The braces
keep the keys of one batch together.

| key                     | type   | holds                                                        |
|-------------------------|--------|--------------------------------------------------------------|
| `ns:b:{id}`             | hash   | state, counts, instants, options, fingerprint                |
| `ns:b:{id}:inp`         | hash   | chunk → zstd of its items; once finished, of those that did  |
|                         |        | not succeed (for a retry), or nothing                        |
| `ns:b:{id}:len`         | hash   | chunk → number of items                                      |
| `ns:b:{id}:pend`        | zset   | unfinished chunk → the lease's deadline in ms; or, when      |
|                         |        | queued, minus the instant its hint was last sent             |
| `ns:b:{id}:att`         | hash   | of an unfinished chunk: attempts, the claim that holds it    |
|                         |        | (`chunk:owner`), what ended the last attempt (`chunk:cause`) |
| `ns:b:{id}:res`         | hash   | chunk → zstd of its result lines, or how it ended without    |
|                         |        | any: `cancelled`, `expired`; the once-only marker            |
| `ns:b:{id}:load:T:inp`  | hash   | as `inp` while submitter T loads; renamed by the commit      |
| `ns:b:{id}:load:T:len`  | hash   | as `len` while loading                                       |
| `ns:open`               | set    | ids of unfinished batches, for the reaper                    |
| `ns:batches`            | zset   | id → instant of creation in ms, for lists                    |
| `ns:q:chunks` and other | kombu  | Celery's own, under the same prefix                          |

A chunk's number is the index of its first item.
"""

from __future__ import annotations

from dataclasses import dataclass

QUEUE = "chunks"
"""The Celery queue of chunk hints."""


@dataclass(frozen=True, slots=True)
class BatchKeys:
    """The keys of one batch."""

    meta: str
    inp: str
    len: str
    pend: str
    att: str
    res: str

    def all(self) -> tuple[str, ...]:
        """Return every key of the batch, in the order the scripts expect."""
        return (self.meta, self.inp, self.len, self.pend, self.att, self.res)


@dataclass(frozen=True, slots=True)
class LoadKeys:
    """The keys of one submitter that is loading a batch."""

    inp: str
    len: str


@dataclass(frozen=True, slots=True)
class Keys:
    """All key names under one prefix; two installations with two prefixes never meet."""

    prefix: str

    @property
    def open(self) -> str:
        """Ids of unfinished batches."""
        return f"{self.prefix}:open"

    @property
    def batches(self) -> str:
        """Ids of all batches by instant of creation."""
        return f"{self.prefix}:batches"

    @property
    def broker_prefix(self) -> str:
        """What Celery's own keys begin with."""
        return f"{self.prefix}:q:"

    @property
    def queue(self) -> str:
        """The list of waiting hints."""
        return f"{self.broker_prefix}{QUEUE}"

    def batch(self, batch_id: str) -> BatchKeys:
        """Return the keys of one batch."""
        base = f"{self.prefix}:b:{{{batch_id}}}"
        return BatchKeys(
            base, f"{base}:inp", f"{base}:len", f"{base}:pend", f"{base}:att", f"{base}:res"
        )

    def load(self, batch_id: str, token: str) -> LoadKeys:
        """Return the keys under which one submitter loads a batch before it is visible."""
        base = f"{self.prefix}:b:{{{batch_id}}}:load:{token}"
        return LoadKeys(f"{base}:inp", f"{base}:len")
