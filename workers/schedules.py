"""Pure records of schedules and runs, and the arithmetic of slots; no Redis, no clock in here.

A slot is an instant at which a schedule is due, in seconds since the epoch. Cron lines are read by
cronsim, which keeps to Debian cron: a slot in the hour that the clocks skip runs once right after
it, a slot in the hour that they repeat runs once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

from summarizer import METHODS, Options
from workers.batches import rfc3339
from workers.errors import InvalidScheduleError

CRON_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "hourly": "0 * * * *",
        "daily": "0 0 * * *",
        "nightly": "0 2 * * *",
        "weekdays": "0 2 * * MON-FRI",
        "weekly": "0 2 * * MON",
        "monthly": "0 2 1 * *",
    }
)
"""Words that may stand for a cron line."""

ON_TIME_S = 120.0
"""A slot that is not older than this is on time: a scheduler looks every few seconds."""

MAX_CATCH_UP = 100
"""At most so many missed slots are run, and at most so many are listed as missed."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")


class CatchUp(StrEnum):
    """What becomes of slots that passed while no scheduler was up."""

    NONE = "none"
    LATEST = "latest"
    ALL = "all"


class ScheduleState(StrEnum):
    """Whether a schedule's slots are run."""

    ACTIVE = "active"
    PAUSED = "paused"


class RunState(StrEnum):
    """Where a run stands. The last three are final; undelivered are outputs that are owed."""

    DUE = "due"
    COLLECTING = "collecting"
    SUBMITTED = "submitted"
    UNDELIVERED = "undelivered"
    COMPLETED = "completed"
    FAILED = "failed"
    MISSED = "missed"

    @property
    def is_under_way(self) -> bool:
        """Whether its articles are still to be found or summarised."""
        return self in (RunState.DUE, RunState.COLLECTING, RunState.SUBMITTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A recurring run.

    Attributes:
        name: lower-case letters, digits, `-` and `_`; names the schedule everywhere.
        cron: five fields, as Debian's cron reads them.
        timezone: IANA zone that the cron line's times are in.
        sources: where articles come from: files, folders, globs, feeds, sitemaps, pages.
        output: the folder that takes a folder for each run; None keeps results in Redis only.
        formats: what is written there.
        options: how to summarise, as JSON has it.
        catch_up: what becomes of slots that nobody ran.
        grace_s: a missed slot older than this is never run.
        state: paused schedules have no slots.
        handled_until: slots up to this instant have been run, or counted as missed.
    """

    name: str
    cron: str
    timezone: str = "UTC"
    sources: tuple[str, ...] = ()
    output: str | None = None
    formats: tuple[str, ...] = ("jsonl",)
    options: Mapping[str, Any] = field(default_factory=dict)
    catch_up: CatchUp = CatchUp.LATEST
    grace_s: float = 86_400.0
    state: ScheduleState = ScheduleState.ACTIVE
    handled_until: float = 0.0

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            limit = "1 to 63 lower-case letters, digits, - and _, the first a letter or digit"
            raise InvalidScheduleError("name", self.name, limit)
        # From JSON they come as plain text.
        object.__setattr__(self, "catch_up", CatchUp(self.catch_up))
        object.__setattr__(self, "state", ScheduleState(self.state))
        object.__setattr__(self, "cron", read_cron(self.cron, self.timezone))
        if not self.sources:
            raise InvalidScheduleError("sources", "", "name at least one")
        if not 0 < self.grace_s <= 366 * 86_400:
            raise InvalidScheduleError("grace_s", self.grace_s, "above 0, and at most a year")
        if Options.from_mapping(self.options).method not in METHODS:
            known = ", ".join(METHODS)
            raise InvalidScheduleError("method", self.options["method"], f"known: {known}")

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the schedule."""
        shown = asdict(self)
        shown["handled_until"] = rfc3339(self.handled_until)
        return shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One occurrence of a schedule. Instants are seconds since the epoch.

    Attributes:
        schedule: the schedule's name.
        slot: the instant that it is for.
        state: where it stands.
        started_at: when its articles began to be collected.
        ended_at: when it ended.
        batch_id: the batch that summarises its articles; None if there were none.
        found: new articles that its sources had.
        skipped: articles that it left out, since the schedule had had them.
        succeeded: articles that were summarised.
        errored: articles that were not.
        sources: what became of each source: name, articles, problems.
        outputs: the files it wrote.
        error: why it failed, or could not be delivered.
    """

    schedule: str
    slot: float
    state: RunState
    started_at: float | None = None
    ended_at: float | None = None
    batch_id: str | None = None
    found: int = 0
    skipped: int = 0
    succeeded: int = 0
    errored: int = 0
    sources: tuple[Mapping[str, Any], ...] = ()
    outputs: tuple[str, ...] = ()
    error: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the run."""
        shown = asdict(self)
        for name in ("slot", "started_at", "ended_at"):
            shown[name] = rfc3339(shown[name])
        return shown


@dataclass(frozen=True, slots=True, kw_only=True)
class DueSlots:
    """Slots that have come: those to run, oldest first, and those that were missed for good."""

    run: tuple[float, ...]
    missed: tuple[float, ...]


def read_cron(line: str, timezone: str) -> str:
    """Return the five-field cron line that a line or a word such as `nightly` stands for.

    Args:
        line: the line or word.
        timezone: the zone that it is to be read in.

    Raises:
        InvalidScheduleError: the line or the zone means nothing, or no day ever matches.
    """
    cron = CRON_WORDS.get(line.strip().lower(), line.strip())
    start = datetime(2024, 1, 1, tzinfo=_zone(timezone))
    words = ", ".join(CRON_WORDS)
    if len(cron.split()) != 5:
        limit = f"five fields (minute hour day month weekday), or one of {words}"
        raise InvalidScheduleError("cron", line, limit)
    try:
        next(CronSim(cron, start))
    except CronSimError as error:
        raise InvalidScheduleError("cron", line, str(error)) from error
    except StopIteration as error:
        raise InvalidScheduleError("cron", line, "no day ever matches it") from error
    return cron


def next_slots(schedule: Schedule, *, after: float, count: int) -> tuple[float, ...]:
    """Return the slots that follow an instant.

    Args:
        schedule: the schedule.
        after: the instant, in seconds since the epoch.
        count: how many.
    """
    slots = _slots(schedule, after)
    return tuple(slot for _, slot in zip(range(count), slots, strict=False))


def due_slots(schedule: Schedule, *, now: float) -> DueSlots:
    """Return the slots that have come since the schedule was last looked at.

    Args:
        schedule: the schedule; `handled_until` says what was looked at.
        now: the instant, in seconds since the epoch.
    """
    if schedule.state is ScheduleState.PAUSED:
        return DueSlots(run=(), missed=())
    # Older slots are beyond the grace period whatever the policy: they need not be counted out.
    since = max(schedule.handled_until, now - max(schedule.grace_s, ON_TIME_S))
    come: list[float] = []
    for slot in _slots(schedule, since):
        if slot > now:
            break
        come.append(slot)
    match schedule.catch_up:
        case CatchUp.NONE:
            run = [slot for slot in come[-1:] if now - slot <= ON_TIME_S]
        case CatchUp.LATEST:
            run = come[-1:]
        case CatchUp.ALL:
            run = come[-MAX_CATCH_UP:]
    missed = [slot for slot in come if slot not in run][-MAX_CATCH_UP:]
    return DueSlots(run=tuple(run), missed=tuple(missed))


def _slots(schedule: Schedule, after: float) -> Iterator[float]:
    """Yield the slots after an instant, for ever."""
    start = datetime.fromtimestamp(after, UTC).astimezone(_zone(schedule.timezone))
    last = after
    for slot in CronSim(schedule.cron, start):
        instant = slot.timestamp()
        # In a repeated hour a local time can come before its start.
        if instant > last:
            last = instant
            yield instant


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        limit = "an IANA zone such as Europe/Paris or UTC"
        raise InvalidScheduleError("timezone", name, limit) from error
