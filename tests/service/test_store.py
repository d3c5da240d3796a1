"""The store's contract: what each server-side step promises, whatever else happens around it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Event

import pytest
import redis

from tests.waiting import wait_until
from workers.batches import BatchState
from workers.blobs import pack_lines
from workers.claims import ClaimOutcome
from workers.errors import (
    BatchNotFoundError,
    IdempotencyKeyReusedError,
    InvalidBatchError,
    StoreRefusedError,
    StoreUnavailableError,
)
from workers.keys import Keys
from workers.settings import Settings
from workers.store import Commit, Store, open_store

BATCH = "batch_0123456789abcdef01234567"
LEASE_S = 30.0
LOAD = "t"


def load(store: Store, token: str = LOAD, *, chunks: int = 2, length: int = 3) -> None:
    """Load chunks numbered by their first item, as a submit does."""
    store.load(BATCH, token, {n * length: (b"blob %d" % n, length) for n in range(chunks)})


def commit(store: Store, token: str = LOAD, *, chunks: int = 2, total: int = 6) -> Commit:
    return store.commit(
        BATCH, token, chunks=chunks, total=total, fingerprint="f", fields={"options": "{}"}
    )


def results(first: int, *, length: int = 3) -> bytes:
    """Return a chunk's results as a worker packs them."""
    return pack_lines(b'{"index":%d,"custom_id":"c"}' % n for n in range(first, first + length))


@pytest.fixture
def loaded(store: Store) -> Store:
    """A store with one committed batch of two chunks of three items."""
    load(store)
    commit(store)
    return store


@pytest.fixture
def finish(loaded: Store) -> None:
    for chunk in (0, 3):
        loaded.claim(BATCH, chunk, lease_s=LEASE_S)
        loaded.complete(BATCH, chunk, results(chunk), succeeded=3, errored=0, load=LOAD)


def test_nothing_is_visible_before_the_commit(store: Store) -> None:
    load(store)
    with pytest.raises(BatchNotFoundError):
        store.batch(BATCH)
    assert store.batches(limit=10) == ()
    assert store.open_batches() == ()
    assert store.claim(BATCH, 0, lease_s=LEASE_S).outcome is ClaimOutcome.FINISHED


def test_a_half_loaded_batch_expires_by_itself(
    store: Store, redis_client: redis.Redis, settings: Settings
) -> None:
    load(store)
    keys = list(redis_client.scan_iter(match=f"{settings.key_prefix}:b:*"))
    assert len(keys) == 2
    assert all(0 < redis_client.ttl(key) <= settings.loading_ttl_s for key in keys)


def test_a_load_that_expired_before_its_commit_is_refused(
    store: Store, redis_client: redis.Redis, settings: Settings
) -> None:
    load(store)
    redis_client.delete(Keys(settings.key_prefix).load(BATCH, "t").inp)
    with pytest.raises(InvalidBatchError, match="loading_ttl_s"):
        commit(store)
    assert list(redis_client.scan_iter(match=f"{settings.key_prefix}:b:*")) == []


def test_discard_leaves_no_key(store: Store, redis_client: redis.Redis, settings: Settings) -> None:
    load(store)
    store.discard(BATCH, "t")
    assert list(redis_client.scan_iter(match=f"{settings.key_prefix}:*")) == []


def test_a_committed_batch_is_queued_with_every_item_counted(loaded: Store) -> None:
    batch = loaded.batch(BATCH)
    assert batch.state is BatchState.QUEUED
    assert (batch.counts.total, batch.counts.queued) == (6, 6)
    assert loaded.open_batches() == (BATCH,)
    assert [listed.id for listed in loaded.batches(limit=10)] == [BATCH]


def test_committing_the_same_batch_twice_makes_one(loaded: Store) -> None:
    load(loaded, "other")
    before = loaded.batch(BATCH)
    again = commit(loaded, "other")
    assert (again.is_new, again.batch) == (False, before)


def test_committing_other_articles_under_the_same_id_is_refused(
    loaded: Store, redis_client: redis.Redis, settings: Settings
) -> None:
    load(loaded, "other", chunks=1)
    with pytest.raises(IdempotencyKeyReusedError, match=BATCH):
        loaded.commit(BATCH, "other", chunks=1, total=3, fingerprint="g", fields={})
    assert list(redis_client.scan_iter(match=f"{settings.key_prefix}:b:*:load:*")) == []


def test_a_chunk_is_leased_to_one_worker_only(loaded: Store) -> None:
    first = loaded.claim(BATCH, 3, lease_s=LEASE_S)
    assert (first.outcome, first.attempts, first.blob) == (ClaimOutcome.CLAIMED, 1, b"blob 1")
    assert loaded.claim(BATCH, 3, lease_s=LEASE_S).outcome is ClaimOutcome.LEASED
    batch = loaded.batch(BATCH)
    assert batch.state is BatchState.IN_PROGRESS
    assert batch.in_progress_at is not None
    assert (batch.counts.queued, batch.counts.processing) == (3, 3)


def test_the_first_finisher_wins_and_counts_move_once(loaded: Store) -> None:
    loaded.claim(BATCH, 0, lease_s=LEASE_S)
    assert loaded.complete(BATCH, 0, results(0), succeeded=2, errored=1, load=LOAD) is True
    assert loaded.complete(BATCH, 0, b"late", succeeded=3, errored=0, load=LOAD) is False
    counts = loaded.batch(BATCH).counts
    assert (counts.queued, counts.processing, counts.succeeded, counts.errored) == (3, 0, 2, 1)
    assert loaded.claim(BATCH, 0, lease_s=LEASE_S).outcome is ClaimOutcome.FINISHED


def test_results_that_miss_an_item_are_refused(loaded: Store) -> None:
    token = loaded.claim(BATCH, 0, lease_s=LEASE_S).token
    with pytest.raises(redis.exceptions.ResponseError, match="WRONGCOUNT"):
        loaded.complete(BATCH, 0, results(0), succeeded=2, errored=0, load=LOAD, token=token)
    assert loaded.batch(BATCH).counts.processing == 3


@pytest.mark.usefixtures("finish")
def test_the_last_chunk_ends_the_batch_and_gives_every_key_a_time_to_live(
    store: Store, redis_client: redis.Redis, settings: Settings
) -> None:
    batch = store.batch(BATCH)
    assert batch.state is BatchState.COMPLETED
    assert batch.completed_at is not None
    assert batch.results_expire_at is not None
    assert batch.results_expire_at - batch.completed_at == settings.results_ttl_s
    assert store.open_batches() == ()
    keys = list(redis_client.scan_iter(match=f"{settings.key_prefix}:*"))
    assert len(keys) == 4  # meta, len, res and the list
    assert all(0 < redis_client.ttl(key) <= settings.results_ttl_s for key in keys)


@pytest.mark.parametrize(
    ("errored", "state"),
    [
        ((0, 0), BatchState.COMPLETED),
        ((1, 0), BatchState.PARTIALLY_COMPLETED),
        ((3, 3), BatchState.FAILED),
    ],
)
def test_the_final_state_says_how_the_items_ended(
    loaded: Store, errored: tuple[int, int], state: BatchState
) -> None:
    for chunk, bad in zip((0, 3), errored, strict=True):
        loaded.claim(BATCH, chunk, lease_s=LEASE_S)
        loaded.complete(BATCH, chunk, results(chunk), succeeded=3 - bad, errored=bad, load=LOAD)
    assert loaded.batch(BATCH).state is state


def test_a_late_finisher_does_not_bring_expired_keys_back(
    loaded: Store, redis_client: redis.Redis, settings: Settings
) -> None:
    loaded.claim(BATCH, 0, lease_s=LEASE_S)
    keys = Keys(settings.key_prefix)
    redis_client.delete(*keys.batch(BATCH).all(), keys.open, keys.batches)
    assert loaded.complete(BATCH, 0, results(0), succeeded=3, errored=0, load=LOAD) is False
    assert list(redis_client.scan_iter(match=f"{settings.key_prefix}:*")) == []


def test_an_expired_lease_goes_back_to_the_queue_once(loaded: Store) -> None:
    loaded.claim(BATCH, 0, lease_s=0.05)
    reaped = wait_until(lambda: loaded.reap(BATCH, hint_age_s=1000).expired_leases)
    assert reaped == 1
    again = loaded.reap(BATCH, hint_age_s=1000)
    assert (again.expired_leases, again.chunks) == (0, (0,))
    loaded.note_hints(BATCH, [0])
    assert loaded.reap(BATCH, hint_age_s=1000).chunks == ()
    counts = loaded.batch(BATCH).counts
    assert (counts.queued, counts.processing) == (6, 0)
    assert loaded.claim(BATCH, 0, lease_s=LEASE_S).attempts == 2


def test_an_expired_lease_can_be_claimed_before_the_reaper_sees_it(loaded: Store) -> None:
    loaded.claim(BATCH, 0, lease_s=0.05)
    second = wait_until(
        lambda: (
            (claim := loaded.claim(BATCH, 0, lease_s=LEASE_S)).outcome is ClaimOutcome.CLAIMED
            and claim
        )
    )
    assert second.attempts == 2
    assert loaded.batch(BATCH).counts.processing == 3


def test_a_worker_whose_lease_expired_may_still_be_the_first_to_finish(loaded: Store) -> None:
    loaded.claim(BATCH, 0, lease_s=0.05)
    wait_until(lambda: loaded.reap(BATCH, hint_age_s=1000).chunks)
    assert loaded.complete(BATCH, 0, results(0), succeeded=3, errored=0, load=LOAD) is True
    counts = loaded.batch(BATCH).counts
    assert (counts.queued, counts.processing, counts.succeeded) == (3, 0, 3)


def test_an_old_hint_is_named_again_and_a_fresh_one_is_not(loaded: Store) -> None:
    assert loaded.reap(BATCH, hint_age_s=1000).chunks == ()
    named = wait_until(lambda: loaded.reap(BATCH, hint_age_s=0.05).chunks)
    assert sorted(named) == [0, 3]
    loaded.note_hints(BATCH, [0])
    assert loaded.reap(BATCH, hint_age_s=0, most_lost=1).chunks == (3,)
    loaded.note_hints(BATCH, [3])
    assert loaded.reap(BATCH, hint_age_s=1000).chunks == ()


def test_a_released_chunk_is_free_at_once_and_says_what_ended_it(loaded: Store) -> None:
    first = loaded.claim(BATCH, 0, lease_s=LEASE_S)
    assert first.cause == ""
    assert loaded.release(BATCH, 0, token=first.token, cause="worker_crashed") is True
    assert loaded.release(BATCH, 0, token=first.token, cause="worker_crashed") is False
    second = loaded.claim(BATCH, 0, lease_s=LEASE_S)
    assert (second.attempts, second.cause) == (2, "worker_crashed")


def test_whoever_lost_a_chunk_can_neither_release_nor_keep_it(loaded: Store) -> None:
    first = loaded.claim(BATCH, 0, lease_s=0.05, token="one/1")
    wait_until(lambda: loaded.reap(BATCH, hint_age_s=1000).chunks)
    loaded.claim(BATCH, 0, lease_s=LEASE_S, token="two/1")
    assert loaded.release(BATCH, 0, token=first.token, cause="worker_crashed") is False
    assert loaded.renew(BATCH, 0, token=first.token, lease_s=LEASE_S) is False
    assert loaded.batch(BATCH).counts.processing == 3
    assert loaded.release(BATCH, 0, token="two/", cause="worker_crashed") is True


def test_a_claim_whose_reply_was_lost_is_ours_and_counts_once(loaded: Store) -> None:
    first = loaded.claim(BATCH, 0, lease_s=LEASE_S, token="one/1")
    assert loaded.claim(BATCH, 0, lease_s=LEASE_S, token="one/1") == first
    assert loaded.batch(BATCH).counts.processing == 3


def test_a_lease_that_ended_because_redis_was_away_costs_no_attempt(loaded: Store) -> None:
    loaded.claim(BATCH, 0, lease_s=0.05)
    wait_until(lambda: loaded.reap(BATCH, hint_age_s=1000, was_away=True).chunks)
    assert loaded.claim(BATCH, 0, lease_s=LEASE_S).attempts == 1


def test_a_lease_can_be_lengthened_while_it_is_held(loaded: Store) -> None:
    token = loaded.claim(BATCH, 0, lease_s=0.3).token
    assert loaded.renew(BATCH, 0, token=token, lease_s=LEASE_S) is True
    begun = loaded.now()
    wait_until(lambda: loaded.now() > begun + 0.4)
    assert loaded.reap(BATCH, hint_age_s=1000).expired_leases == 0
    loaded.release(BATCH, 0, token=token, cause="x")
    assert loaded.renew(BATCH, 0, token=token, lease_s=LEASE_S) is False


def test_a_split_chunk_becomes_single_items_that_are_counted_once(loaded: Store) -> None:
    token = loaded.claim(BATCH, 3, lease_s=LEASE_S).token
    singles = {3: b"three", 4: b"four", 5: b"five"}
    assert loaded.split(BATCH, 3, singles, load=LOAD) is True
    # A worker that lost the reply sends no hints; the reaper does.
    assert loaded.split(BATCH, 3, singles, load=LOAD) is False
    assert loaded.reap(BATCH, hint_age_s=1000).chunks == (3, 4, 5)
    assert (
        loaded.complete(BATCH, 3, results(3), succeeded=3, errored=0, load=LOAD, token=token)
        is False
    )
    counts = loaded.batch(BATCH).counts
    assert (counts.queued, counts.processing) == (6, 0)
    for item, blob in singles.items():
        claim = loaded.claim(BATCH, item, lease_s=LEASE_S)
        assert (claim.attempts, claim.blob) == (1, blob)
        loaded.complete(BATCH, item, results(item, length=1), succeeded=1, errored=0, load=LOAD)
    loaded.claim(BATCH, 0, lease_s=LEASE_S)
    loaded.complete(BATCH, 0, results(0), succeeded=3, errored=0, load=LOAD)
    assert loaded.batch(BATCH).state is BatchState.COMPLETED
    assert len(list(loaded.result_lines(BATCH))) == 6


def test_results_come_in_input_order_whatever_order_chunks_end_in(loaded: Store) -> None:
    for chunk in (3, 0):
        loaded.claim(BATCH, chunk, lease_s=LEASE_S)
        loaded.complete(BATCH, chunk, results(chunk), succeeded=3, errored=0, load=LOAD)
    indexes = [int(line[9:10]) for line in loaded.result_lines(BATCH)]
    assert indexes == [0, 1, 2, 3, 4, 5]
    assert len(list(loaded.result_lines(BATCH, after_index=3))) == 2
    assert list(loaded.result_lines(BATCH, after_index=5)) == []


def test_results_can_be_read_before_the_end(loaded: Store) -> None:
    assert list(loaded.result_lines(BATCH)) == []
    loaded.claim(BATCH, 3, lease_s=LEASE_S)
    loaded.complete(BATCH, 3, results(3), succeeded=3, errored=0, load=LOAD)
    assert len(list(loaded.result_lines(BATCH))) == 3


def test_an_unknown_batch_is_a_typed_error(store: Store) -> None:
    with pytest.raises(BatchNotFoundError, match="batch_nowhere"):
        store.batch("batch_nowhere")
    with pytest.raises(BatchNotFoundError):
        list(store.result_lines("batch_nowhere"))
    with pytest.raises(BatchNotFoundError):
        store.batches(limit=1, before="batch_nowhere")


def test_the_list_pages_from_new_to_old_and_forgets_expired_batches(
    store: Store, redis_client: redis.Redis, settings: Settings
) -> None:
    ids = [f"batch_{number}" for number in range(5)]
    for batch_id in ids:
        store.load(batch_id, "t", {0: (b"x", 1)})
        store.commit(batch_id, "t", chunks=1, total=1, fingerprint="f", fields={})
        wait_until(lambda: store.now() > store.batches(limit=1)[0].created_at + 0.001)
    page = store.batches(limit=2)
    assert [batch.id for batch in page] == ["batch_4", "batch_3"]
    redis_client.delete(Keys(settings.key_prefix).batch("batch_2").meta)
    assert [batch.id for batch in store.batches(limit=2, before="batch_3")] == [
        "batch_1",
        "batch_0",
    ]


class Meanwhile(frozenset[BatchState]):
    """States; while a list is read, the steps are done when a batch is first held to them."""

    steps: list[Callable[[], object]]

    def __contains__(self, state: object) -> bool:
        while self.steps:
            self.steps.pop()()
        return super().__contains__(state)


@pytest.mark.parametrize("spread", [1, 0], ids=["one after the other", "at one instant"])
@pytest.mark.parametrize("what", ["comes", "goes"])
def test_a_list_repeats_and_skips_none_when_a_batch_comes_or_goes_meanwhile(
    store: Store, redis_client: redis.Redis, settings: Settings, what: str, spread: int
) -> None:
    def make(batch_id: str) -> None:
        store.load(batch_id, "t", {0: (b"x", 1)})
        store.commit(batch_id, "t", chunks=1, total=1, fingerprint="f", fields={})

    for number in range(6):
        make(f"batch_{number}")
    listing = Keys(settings.key_prefix).batches
    redis_client.zadd(listing, {f"batch_{number}": 1 + spread * number for number in range(6)})
    store.cancel("batch_5")
    queued = Meanwhile([BatchState.QUEUED])
    queued.steps = [lambda: make("batch_6") if what == "comes" else store.delete("batch_5")]
    found = store.batches(limit=2, states=queued)
    assert [batch.id for batch in found] == ["batch_4", "batch_3"]
    rest = store.batches(limit=10, before="batch_3")
    assert [batch.id for batch in rest] == ["batch_2", "batch_1", "batch_0"]


def test_a_server_that_is_away_is_a_typed_error(settings: Settings) -> None:
    away = open_store(settings, redis_url="unix:///nowhere/at/all.sock", attempts=0)
    with pytest.raises(StoreUnavailableError, match=r"/nowhere/at/all\.sock"):
        away.now()


@pytest.mark.parametrize(
    "ask",
    [lambda store: store.batch(BATCH), lambda store: store.claim(BATCH, 0, lease_s=LEASE_S)],
    ids=["a command", "a script"],
)
def test_a_user_without_rights_is_a_typed_error(
    settings: Settings, redis_client: redis.Redis, ask: Callable[[Store], object]
) -> None:
    user = f"reader-{settings.key_prefix}"
    redis_client.acl_setuser(
        user, enabled=True, passwords=["+secret"], keys=["elsewhere:*"], categories=["+@all"]
    )
    assert settings.redis_url is not None
    url = settings.redis_url.replace("://", f"://{user}:secret@", 1)
    stranger = open_store(settings, redis_url=url, attempts=0)
    with pytest.raises(StoreRefusedError, match=r"refuses: .*permission"):
        ask(stranger)
    stranger.close()
    redis_client.acl_deluser(user)


def test_the_reaper_forgets_a_batch_whose_keys_are_gone(
    loaded: Store, redis_client: redis.Redis, settings: Settings
) -> None:
    keys = Keys(settings.key_prefix)
    redis_client.delete(*keys.batch(BATCH).all(), keys.batches)
    assert loaded.reap(BATCH, hint_age_s=0).chunks == ()
    assert loaded.open_batches() == ()


def make_batch_again(store: Store, redis_client: redis.Redis, settings: Settings) -> None:
    """Let the batch's keys go, as after a deletion or their time to live, and its id come again."""
    redis_client.delete(*Keys(settings.key_prefix).batch(BATCH).all())
    load(store, "again")
    commit(store, "again")


def test_a_late_worker_s_results_are_not_taken_for_those_of_a_later_batch_of_the_same_id(
    loaded: Store, redis_client: redis.Redis, settings: Settings
) -> None:
    late = loaded.claim(BATCH, 0, lease_s=LEASE_S)
    make_batch_again(loaded, redis_client, settings)
    before = loaded.batch(BATCH)
    assert not loaded.complete(
        BATCH, 0, results(0), succeeded=3, errored=0, load=late.load, token=late.token
    )
    singles = {0: b"zero", 1: b"one", 2: b"two"}
    assert not loaded.split(BATCH, 0, singles, load=late.load)
    assert not loaded.renew(BATCH, 0, token=late.token, lease_s=LEASE_S)
    assert not loaded.release(BATCH, 0, token=late.token, cause="worker_crashed")
    assert loaded.batch(BATCH) == before
    claim = loaded.claim(BATCH, 0, lease_s=LEASE_S)
    assert (claim.load, claim.attempts, claim.blob) == ("again", 1, b"blob 0")
    assert loaded.complete(BATCH, 0, results(0), succeeded=3, errored=0, load=claim.load)


def test_a_commit_whose_reply_was_lost_is_the_same_commit(loaded: Store) -> None:
    again = commit(loaded, LOAD)
    assert (again.is_new, again.batch) == (True, loaded.batch(BATCH))


def set_clock_back(client: redis.Redis, settings: Settings) -> None:
    """Bring every instant in the batch's queue a day nearer to the end of time."""
    pend = Keys(settings.key_prefix).batch(BATCH).pend
    day_ms = 86_400_000
    for chunk, score in client.zrange(pend, 0, -1, withscores=True):
        client.zadd(pend, {chunk: score + (day_ms if score > 0 else -day_ms)})


def test_a_clock_that_was_set_back_delays_no_chunk(
    loaded: Store, redis_client: redis.Redis, settings: Settings
) -> None:
    loaded.claim(BATCH, 0, lease_s=LEASE_S)
    assert loaded.reap(BATCH, hint_age_s=1000).chunks == ()
    set_clock_back(redis_client, settings)
    reaped = loaded.reap(BATCH, hint_age_s=1000)
    assert (reaped.expired_leases, reaped.lost_hints, reaped.chunks) == (1, 1, (0, 3))
    loaded.note_hints(BATCH, reaped.chunks)
    assert loaded.reap(BATCH, hint_age_s=1000).chunks == ()
    assert loaded.batch(BATCH).counts.processing == 0
    assert loaded.claim(BATCH, 0, lease_s=LEASE_S).attempts == 1


def test_a_clock_that_was_set_back_keeps_no_batch_from_its_cancellation(
    loaded: Store, redis_client: redis.Redis, settings: Settings
) -> None:
    loaded.claim(BATCH, 0, lease_s=LEASE_S)
    set_clock_back(redis_client, settings)
    loaded.cancel(BATCH)
    loaded.reap(BATCH, hint_age_s=1000)
    assert loaded.batch(BATCH).state is BatchState.CANCELLED


def test_the_reaper_forgets_expired_batches_though_another_is_open(
    loaded: Store, redis_client: redis.Redis, settings: Settings
) -> None:
    listing = Keys(settings.key_prefix).batches
    redis_client.zadd(listing, {f"batch_gone_{number}": number for number in range(30)})
    assert loaded.forget_gone() == 30
    assert redis_client.zrange(listing, 0, -1) == [BATCH.encode()]


def test_the_list_never_forgets_a_batch_that_was_made_again_meanwhile(
    store: Store, redis_client: redis.Redis, settings: Settings
) -> None:
    keys = Keys(settings.key_prefix)
    stop, looks = Event(), count()
    seen = [0]

    def look() -> None:
        while not stop.is_set():
            store.batches(limit=5)
            seen[0] = next(looks)

    with ThreadPoolExecutor(1) as pool:
        looking = pool.submit(look)
        try:
            for _ in range(150):
                load(store)
                commit(store)
                before = seen[0]
                wait_until(lambda before=before: seen[0] > before + 1)
                assert redis_client.zscore(keys.batches, BATCH) is not None
                # As when it expires: the list still has it.
                redis_client.delete(*keys.batch(BATCH).all(), keys.open)
        finally:
            stop.set()
        looking.result()
    store.batches(limit=5)


def test_a_large_batch_is_cancelled_in_steps(store: Store, redis_client: redis.Redis) -> None:
    """So that no other client waits for the whole of it."""
    load(store, chunks=2500, length=1)
    commit(store, chunks=2500, total=2500)

    def scripts() -> int:
        return int(redis_client.info("commandstats")["cmdstat_evalsha"]["calls"])

    before = scripts()
    store.cancel(BATCH)
    # One more if the server has not met the script before.
    assert scripts() - before in (3, 4)
    batch = store.batch(BATCH)
    assert (batch.state, batch.counts.cancelled) == (BatchState.CANCELLED, 2500)
