"""What a run found comes back as it was, however much it is, and as the version before kept it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import orjson
import pytest
import redis
from hypothesis import given
from hypothesis import strategies as st

from workers.blobs import MAX_BLOB_BYTES, pack_lines
from workers.errors import CorruptBlobError
from workers.findings import Findings, FoundItem, unpack_findings
from workers.schedule_store import ScheduleStore, open_schedule_store
from workers.settings import Settings

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FINDINGS = st.builds(
    Findings,
    items=st.lists(
        st.builds(
            FoundItem,
            custom_id=TEXT,
            title=st.none() | TEXT,
            url=st.none() | TEXT,
            source=TEXT,
            published_at=st.none() | TEXT,
        )
    ).map(tuple),
    skipped=st.integers(0, 10**6),
    keys=st.lists(TEXT).map(tuple),
    sketches=st.lists(TEXT).map(tuple),
    sources=st.lists(st.dictionaries(TEXT, TEXT, max_size=3)).map(tuple),
    states=st.dictionaries(TEXT, st.dictionaries(TEXT, st.just({"etag": "x"}))),
)


@pytest.fixture
def schedules(settings: Settings) -> Iterator[ScheduleStore]:
    assert settings.redis_url is not None
    store = open_schedule_store(settings, redis_url=settings.redis_url, attempts=5)
    yield store
    store.close()


@given(findings=FINDINGS)
def test_findings_come_out_as_they_went_in(findings: Findings) -> None:
    assert unpack_findings(findings.pack()) == findings
    assert unpack_findings([pack_lines([orjson.dumps(asdict(findings))])]) == findings


def test_more_than_a_blob_may_hold_is_kept_and_read(
    schedules: ScheduleStore, redis_client: redis.Redis, settings: Settings
) -> None:
    title = "t" * (MAX_BLOB_BYTES // 8)
    items = tuple(
        FoundItem(custom_id=str(n), title=title, url=None, source="s", published_at=None)
        for n in range(9)
    )
    keys = tuple(f"uri:{n:032x}" for n in range(200_000))
    states = {"/in": {f"/in/{n}": {"etag": str(n)} for n in range(2_500)}, "/none": {}}
    findings = Findings(
        items=items, skipped=3, keys=keys, sketches=("ff", ""), sources=({"a": 1},), states=states
    )
    schedules.save_found("night", "token", findings.pack())
    (key,) = redis_client.keys(f"{settings.key_prefix}:s:*")
    assert 0 < redis_client.ttl(key) <= settings.results_ttl_s
    assert unpack_findings(schedules.found("night", "token")) == findings
    redis_client.hset(f"{settings.key_prefix}:s:{{night}}:run:1000", "owner", "me")
    schedules.note("night", 1.0, token="me", keys=keys, sketches=(), states={})
    assert schedules.seen("night", keys) == frozenset(keys)
    schedules.forget_found("night", "token")
    assert schedules.found("night", "token") == ()


def test_what_the_version_before_kept_is_read(
    schedules: ScheduleStore, redis_client: redis.Redis, settings: Settings
) -> None:
    findings = Findings(items=(), skipped=2, keys=("k",), sketches=(), sources=(), states={"s": {}})
    blob = pack_lines([orjson.dumps(asdict(findings))])
    redis_client.set(f"{settings.key_prefix}:s:{{night}}:found:token", blob)
    assert unpack_findings(schedules.found("night", "token")) == findings


@pytest.mark.parametrize("lines", [[], [b"{"], [b"[]"], [b'{"keys":[]}'], [b'{"items":[{}]}']])
def test_what_are_no_findings_is_refused(lines: list[bytes]) -> None:
    with pytest.raises(CorruptBlobError):
        unpack_findings([pack_lines(lines)])
