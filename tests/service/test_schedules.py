"""Slots: which have come, in any zone, over clock changes, after a pause of the machine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.errors import InvalidScheduleError
from workers.schedules import (
    CRON_WORDS,
    CatchUp,
    Schedule,
    ScheduleState,
    due_slots,
    next_slots,
)

ZONES = [
    "UTC", "Europe/Paris", "Europe/London", "America/New_York", "America/Sao_Paulo",
    "Asia/Kolkata", "Asia/Tokyo", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Auckland",
]  # fmt: skip
YEAR_S = 366 * 86_400


def schedule(**parts: object) -> Schedule:
    given = {"name": "night", "cron": "0 2 * * *", "sources": ("feeds.txt",)} | parts
    return Schedule(**given)  # type: ignore[arg-type]


def instant(text: str, zone: str = "UTC") -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()


def local(slot: float, zone: str) -> str:
    return datetime.fromtimestamp(slot, ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def test_the_slot_that_the_clocks_skip_runs_once_right_after_it() -> None:
    paris = schedule(cron="30 2 * * *", timezone="Europe/Paris")
    slots = next_slots(paris, after=instant("2026-03-28T12:00", "Europe/Paris"), count=2)
    assert [local(slot, "Europe/Paris") for slot in slots] == [
        "2026-03-29 03:00",
        "2026-03-30 02:30",
    ]


def test_the_slot_that_the_clocks_repeat_runs_once() -> None:
    paris = schedule(cron="30 2 * * *", timezone="Europe/Paris")
    slots = next_slots(paris, after=instant("2026-10-24T12:00", "Europe/Paris"), count=2)
    assert [local(slot, "Europe/Paris") for slot in slots] == [
        "2026-10-25 02:30",
        "2026-10-26 02:30",
    ]
    assert slots[1] - slots[0] == 25 * 3600


@pytest.mark.parametrize("zone", ZONES)
def test_a_year_of_nights_is_run_once_each_whatever_the_zone(zone: str) -> None:
    """A scheduler that looks every 50 minutes over a year: every fifth night right at the slot."""
    night = schedule(cron="30 2 * * *", timezone=zone, catch_up=CatchUp.ALL)
    now = instant("2026-01-01T00:00", zone)
    end = instant("2027-01-01T00:00", zone)
    handled, slots = now, []
    while now < end:
        now = min(now + 3000, end)
        current = schedule(
            cron="30 2 * * *", timezone=zone, catch_up=CatchUp.ALL, handled_until=handled
        )
        slots += due_slots(current, now=now).run
        handled = now
    assert len(slots) == 365
    assert len({local(slot, zone)[:10] for slot in slots}) == 365
    assert slots == list(next_slots(night, after=instant("2026-01-01T00:00", zone), count=365))


@given(
    zone=st.sampled_from(ZONES),
    cron=st.sampled_from(["0 2 * * *", "*/15 * * * *", "0 * * * *", "30 1 * * SUN", "5 3 1 * *"]),
    start=st.integers(1_760_000_000, 1_790_000_000),
    steps=st.lists(st.integers(1, 40_000), min_size=1, max_size=12),
)
def test_however_often_a_scheduler_looks_no_slot_is_lost_or_doubled(
    zone: str, cron: str, start: int, steps: list[int]
) -> None:
    now, handled, slots = float(start), float(start), []
    for step in steps:
        now += step
        looked_at = schedule(
            cron=cron, timezone=zone, catch_up=CatchUp.ALL, handled_until=handled, grace_s=YEAR_S
        )
        found = due_slots(looked_at, now=now)
        slots += found.missed + found.run
        handled = now
    expected = next_slots(schedule(cron=cron, timezone=zone), after=start, count=len(slots) + 1)
    assert slots == list(expected[:-1])
    assert expected[-1] > now


@pytest.mark.parametrize(
    ("catch_up", "run", "missed"),
    [(CatchUp.NONE, 0, 3), (CatchUp.LATEST, 1, 2), (CatchUp.ALL, 3, 0)],
)
def test_missed_slots_follow_the_catch_up_policy(catch_up: CatchUp, run: int, missed: int) -> None:
    monday = instant("2026-06-01T12:00")
    late = schedule(catch_up=catch_up, handled_until=monday, grace_s=7 * 86_400)
    found = due_slots(late, now=instant("2026-06-04T09:00"))
    assert (len(found.run), len(found.missed)) == (run, missed)
    if run:
        assert found.run[-1] == instant("2026-06-04T02:00")


def test_a_slot_on_time_runs_whatever_the_policy() -> None:
    for catch_up in CatchUp:
        on_time = schedule(catch_up=catch_up, handled_until=instant("2026-06-01T01:59:50"))
        found = due_slots(on_time, now=instant("2026-06-01T02:00:10"))
        assert found.run == (instant("2026-06-01T02:00"),)


def test_a_slot_beyond_the_grace_period_is_not_run() -> None:
    late = schedule(catch_up=CatchUp.ALL, handled_until=instant("2026-06-01T00:00"), grace_s=3600)
    assert due_slots(late, now=instant("2026-06-01T04:00")).run == ()


def test_a_clock_that_goes_back_runs_nothing_twice() -> None:
    done = schedule(handled_until=instant("2026-06-01T02:00:30"))
    for moment in ("2026-06-01T02:00:05", "2026-06-01T01:30", "2026-05-30T00:00"):
        assert due_slots(done, now=instant(moment)).run == ()


def test_a_paused_schedule_has_no_slots() -> None:
    paused = schedule(state=ScheduleState.PAUSED, handled_until=instant("2026-06-01T00:00"))
    assert due_slots(paused, now=instant("2026-06-01T03:00")).run == ()


def test_a_machine_that_was_off_for_years_is_caught_up_within_bounds() -> None:
    old = schedule(cron="* * * * *", catch_up=CatchUp.ALL, grace_s=86_400, handled_until=0.0)
    found = due_slots(old, now=datetime.now(UTC).timestamp())
    assert len(found.run) == 100
    assert len(found.missed) <= 100


@pytest.mark.parametrize("word", sorted(CRON_WORDS))
def test_words_stand_for_cron_lines(word: str) -> None:
    named = schedule(cron=word.upper())
    assert named.cron == CRON_WORDS[word]
    first, second = next_slots(named, after=instant("2026-06-01T00:00"), count=2)
    assert second > first


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"cron": "0 2 * *"}, "five fields"),
        ({"cron": "61 2 * * *"}, "'61 2 \\* \\* \\*': Bad minute"),
        ({"cron": "0 0 30 2 *"}, "'0 0 30 2 \\*'"),
        ({"cron": "sometimes"}, "one of hourly"),
        ({"cron": "0 0 2 * * *"}, "five fields"),
        ({"timezone": "Mars/Olympus"}, "'Mars/Olympus': an IANA zone"),
        ({"timezone": "../etc/passwd"}, "an IANA zone"),
        ({"timezone": ""}, "an IANA zone"),
        ({"name": "Night Desk"}, "'Night Desk': 1 to 63 lower-case"),
        ({"sources": ()}, "at least one"),
        ({"grace_s": 0}, "above 0"),
        ({"options": {"method": "magic"}}, "'magic': known: news"),
    ],
)
def test_an_impossible_schedule_is_refused_with_the_part_the_value_and_the_limit(
    parts: dict[str, object], said: str
) -> None:
    with pytest.raises(InvalidScheduleError, match=said):
        schedule(**parts)


def test_the_json_of_a_schedule_shows_times_in_utc() -> None:
    moment = datetime(2026, 6, 1, tzinfo=UTC)
    shown = schedule(handled_until=moment.timestamp()).to_dict()
    assert shown["handled_until"] == "2026-06-01T00:00:00.000Z"
    assert shown["catch_up"] == "latest"
    assert next_slots(schedule(), after=moment.timestamp(), count=1) == (
        (moment + timedelta(hours=2)).timestamp(),
    )
