"""Key names, declared in one place beside what they hold; sends no command.

All times to live: a batch still loading carries `Settings.loading_ttl_s`; a live batch carries
none; the script that finishes a batch gives each of its keys `Settings.results_ttl_s`. The braces
keep the keys of one batch together.

| key                     | type   | holds                                                        |
|-------------------------|--------|--------------------------------------------------------------|
| `ns:b:{id}`             | hash   | state, counts, instants, options, fingerprint, load (the     |
|                         |        | token of the submitter that made it), lease (the longest of  |
|                         |        | a chunk, in ms)                                              |
| `ns:b:{id}:inp`         | hash   | chunk → zstd of its items; once finished, of those that did  |
|                         |        | not succeed (for a retry), or nothing                        |
| `ns:b:{id}:len`         | hash   | chunk → number of items                                      |
| `ns:b:{id}:pend`        | zset   | unfinished chunk → the lease's deadline in ms; or, when      |
|                         |        | queued, minus the instant its hint was last sent, 0 while it |
|                         |        | is still to be sent                                          |
| `ns:b:{id}:att`         | hash   | of an unfinished chunk: attempts, the claim that holds it    |
|                         |        | (`chunk:owner`), what ended the last attempt (`chunk:cause`) |
| `ns:b:{id}:res`         | hash   | chunk → zstd of its result lines, or how it ended without    |
|                         |        | any: `cancelled`, `expired`; the once-only marker            |
| `ns:b:{id}:load:T:inp`  | hash   | as `inp` while submitter T loads; renamed by the commit      |
| `ns:b:{id}:load:T:len`  | hash   | as `len` while loading                                       |
| `ns:open`               | set    | ids of unfinished batches, for the reaper                    |
| `ns:batches`            | zset   | id → instant of creation in ms, for lists; expired batches   |
|                         |        | leave it at the reaper's looks                               |
| `ns:q:chunks` and other | kombu  | Celery's own, under the same prefix; the hints that are left |
|                         |        | go when no batch is open                                     |
| `ns:up:{program}`       | zset   | process → when it said last that it is up; seconds           |
| `ns:schedules`          | hash   | name → the schedule; stays until it is removed               |
| `ns:handled`            | hash   | name → until when its slots were looked at, in ms            |
| `ns:openruns`           | set    | `name|slot` of runs that have not ended                      |
| `ns:s:{name}:runs`      | zset   | slots of its runs, for the history                           |
| `ns:s:{name}:run:SLOT`  | hash   | one run; `Settings.history_ttl_s` once it has ended          |
| `ns:s:{name}:found:T`   | hash   | number → zstd of what the submitter T of a run found; for    |
|                         |        | `Settings.results_ttl_s`, or so long after its run's end     |
| `ns:s:{name}:seen`      | zset   | marks of articles it has had → when; `Settings.seen_ttl_s`   |
| `ns:s:{name}:sketches`  | zset   | sketches of their texts → when; `Settings.seen_ttl_s`        |
| `ns:s:{name}:sources`   | hash   | source → what it said last (ETag …); `Settings.seen_ttl_s`   |

A chunk's number is the index of its first item.
"""

from __future__ import annotations

from dataclasses import dataclass

QUEUE = "chunks"
"""The Celery queue of chunk hints."""

PRIORITIES = (0, 3, 6, 9)
"""Celery's queue on Redis is four lists, by the priority of its messages; 0 goes first."""

_BETWEEN = "\x06\x16"
"""What kombu puts between a queue's name and a priority."""


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
class ScheduleKeys:
    """The keys of one schedule."""

    base: str

    @property
    def runs(self) -> str:
        """Slots of its runs."""
        return f"{self.base}:runs"

    @property
    def seen(self) -> str:
        """Marks of the articles it has had."""
        return f"{self.base}:seen"

    @property
    def sketches(self) -> str:
        """What tells near-copies of the articles it has had."""
        return f"{self.base}:sketches"

    @property
    def sources(self) -> str:
        """What its sources said last."""
        return f"{self.base}:sources"

    @property
    def run_prefix(self) -> str:
        """What keys of its runs begin with."""
        return f"{self.base}:run:"

    @property
    def found_prefix(self) -> str:
        """What keys of what its runs found begin with."""
        return f"{self.base}:found:"

    def run(self, slot_ms: int) -> str:
        """One run."""
        return f"{self.run_prefix}{slot_ms}"

    def found(self, token: str) -> str:
        """What one submitter of a run found."""
        return f"{self.found_prefix}{token}"


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
    def queues(self) -> tuple[str, ...]:
        """The lists of waiting hints, by priority."""
        first = f"{self.broker_prefix}{QUEUE}"
        return (first, *(f"{first}{_BETWEEN}{priority}" for priority in PRIORITIES[1:]))

    def batch(self, batch_id: str) -> BatchKeys:
        """Return the keys of one batch."""
        base = f"{self.prefix}:b:{{{batch_id}}}"
        return BatchKeys(
            base, f"{base}:inp", f"{base}:len", f"{base}:pend", f"{base}:att", f"{base}:res"
        )

    @property
    def schedules(self) -> str:
        """Schedules by name."""
        return f"{self.prefix}:schedules"

    @property
    def handled(self) -> str:
        """Until when each schedule's slots were looked at."""
        return f"{self.prefix}:handled"

    @property
    def open_runs(self) -> str:
        """Runs that have not ended."""
        return f"{self.prefix}:openruns"

    def schedule(self, name: str) -> ScheduleKeys:
        """Return the keys of one schedule."""
        return ScheduleKeys(f"{self.prefix}:s:{{{name}}}")

    def up(self, program: str) -> str:
        """Which processes of a program are up."""
        return f"{self.prefix}:up:{program}"

    def load(self, batch_id: str, token: str) -> LoadKeys:
        """Return the keys under which one submitter loads a batch before it is visible."""
        base = f"{self.prefix}:b:{{{batch_id}}}:load:{token}"
        return LoadKeys(f"{base}:inp", f"{base}:len")
