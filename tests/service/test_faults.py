"""What workers and schedulers live through: a Redis that refuses, damaged batches, faults."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import orjson
import pytest
import redis
from celery.signals import worker_shutdown

from summarizer import Article
from tests.articles import make_items, make_text
from tests.chaos.material import SLOW_MARK, Poison, text_of
from tests.conftest import StartWorker
from tests.processes import RedisServer, WorkerProcess, start_redis
from tests.service.test_workers import wait_for_end
from tests.waiting import wait_until
from workers.batches import BatchState, Item
from workers.celery_app import HintSender, create_celery_app
from workers.cli.exits import ExitCode
from workers.errors import LoopEndedError, StoreFullError, StoreRefusedError
from workers.keys import Keys
from workers.processing import process_chunk
from workers.redis_server import find_server
from workers.schedule_service import ScheduleService
from workers.schedule_store import open_schedule_store
from workers.scheduler import run_beside
from workers.schedules import RunState, Schedule
from workers.service import Service
from workers.settings import Settings
from workers.stopping import exit_code
from workers.store import Store, open_store


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    """A server of the test's own, to be set so that it refuses."""
    with start_redis(tmp_path) as server:
        yield server


@contextmanager
def serving(settings: Settings, server: RedisServer) -> Iterator[tuple[Service, redis.Redis]]:
    """Open a service on the server, and a client that sets it."""
    client = redis.Redis.from_url(server.url)
    store = open_store(settings, redis_url=server.url, attempts=5)
    app = create_celery_app(settings, redis_url=server.url)
    yield Service(store, dispatch=HintSender(app, where=server.url), settings=settings), client
    client.close()
    store.close()
    app.close()


@pytest.mark.parametrize(
    ("refuse", "take"),
    [
        (
            lambda client: client.config_set("min-replicas-to-write", 1),
            lambda client: client.config_set("min-replicas-to-write", 0),
        ),
        (
            lambda client: client.replicaof("127.0.0.1", "1"),
            lambda client: client.replicaof("NO", "ONE"),
        ),
    ],
    ids=["no replicas", "read only"],
)
def test_a_worker_waits_for_a_redis_that_takes_no_writes(
    server: RedisServer,
    settings: Settings,
    start_worker: StartWorker,
    refuse: Callable[[redis.Redis], object],
    take: Callable[[redis.Redis], object],
) -> None:
    own = settings.model_copy(update={"redis_url": server.url})
    with serving(own, server) as (service, client):
        worker = start_worker(redis_url=server.url)
        assert wait_for_end(service, service.submit(make_items(3)).batch.id).counts.succeeded == 3
        refuse(client)
        wait_until(lambda: worker.log.read_bytes().count(b"Trying to reconnect") > 1)
        take(client)
        assert wait_for_end(service, service.submit(make_items(4)).batch.id).counts.succeeded == 4
        assert worker.process.poll() is None


def test_what_a_redis_holds_is_read_though_it_cannot_write_to_its_disk(
    settings: Settings, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with start_redis(disk, options={"save": "3600 1"}) as server:
        with serving(settings, server) as (service, client):
            batch = service.submit(make_items(3)).batch
            # It takes no writes from the first failure on, and answers no PING either.
            shutil.rmtree(disk)
            client.bgsave()
            wait_until(lambda: client.info("persistence")["rdb_last_bgsave_status"] == "err")
            with pytest.raises(redis.exceptions.ResponseError, match="MISCONF"):
                client.ping()
        with serving(settings, server) as (service, _):
            assert service.get(batch.id) == batch
            assert service.list() == (batch,)
            assert list(service.result_lines(batch.id)) == []
            with pytest.raises(StoreRefusedError, match="MISCONF"):
                service.submit(make_items(3))


def test_a_full_redis_is_listed_and_read_so_that_room_can_be_made(
    settings: Settings, tmp_path: Path
) -> None:
    # Redis refuses more than the Valkey of the wheel does: every transaction.
    with (
        start_redis(tmp_path, server=find_server()) as server,
        serving(settings, server) as (
            service,
            client,
        ),
    ):
        older, newer = (service.submit(make_items(2)).batch.id for _ in range(2))
        store = open_store(settings, redis_url=server.url, attempts=5)
        process_chunk(store, older, 0, settings=settings, dispatch=lambda batch_id, chunks: None)
        store.close()
        client.config_set("maxmemory", client.info("memory")["used_memory"] // 2)
        with pytest.raises(StoreFullError):
            service.submit(make_items(2))
        assert [batch.id for batch in service.list()] == [newer, older]
        assert [batch.id for batch in service.list(before=newer)] == [older]
        assert len(list(service.result_lines(older))) == 2
        service.delete(older)
        assert [batch.id for batch in service.list()] == [newer]


def test_a_worker_that_cannot_work_ends_with_an_error(start_worker: StartWorker) -> None:
    worker = start_worker(redis_url="redis://localhost:1/no-number")
    assert worker.process.wait(30) == ExitCode.USAGE


@dataclass(frozen=True)
class Worker:
    """What Celery names as the sender of its signals, as far as it is asked."""

    exitcode: int


def test_the_exit_code_of_a_worker_that_gave_up_is_not_lost() -> None:
    code = exit_code()
    assert code() == 0
    worker = Worker(exitcode=1)
    worker_shutdown.send(sender=worker)
    assert code() == 1


@contextmanager
def chaos_worker(settings: Settings, folder: Path, *, slow_s: float = 0) -> Iterator[WorkerProcess]:
    """Run the worker whose process suffers from articles that carry a mark."""
    log = folder / "chaos-worker.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.worker", str(slow_s)],
            stdout=output,
            stderr=output,
            env={**os.environ, **settings.to_environment()},
            start_new_session=True,
        )
    with WorkerProcess(process, log) as worker:
        yield worker


def test_an_article_that_hangs_for_longer_than_a_lease_fails_alone_and_for_its_time(
    service: Service, settings: Settings, start_worker: StartWorker, tmp_path: Path
) -> None:
    """Its process never returns to the interpreter, and is killed at the limit of its chunk."""
    own = settings.model_copy(update={"lease_s": 1.0, "chunk_time_limit_s": 4, "max_attempts": 1})
    deaf = Article(text=text_of(Poison.DEAF, sentences=1))
    items = [*make_items(3), Item(index=3, custom_id="deaf", article=deaf)]
    start_worker("scheduler", lease_s=1.0)
    with chaos_worker(own, tmp_path):
        batch = service.submit(items).batch
        assert wait_for_end(service, batch.id).counts.succeeded == 3
    *others, hung = (orjson.loads(line)["result"] for line in service.result_lines(batch.id))
    assert {result["type"] for result in others} == {"succeeded"}
    assert hung["error"]["code"] == "time_limit"


def test_results_that_redis_refuses_for_longer_than_a_lease_cost_no_attempt(
    server: RedisServer, settings: Settings, start_worker: StartWorker, tmp_path: Path
) -> None:
    own = settings.model_copy(update={"redis_url": server.url, "lease_s": 0.5, "max_attempts": 1})
    article = Article(text=f"{make_text(1)}\n{SLOW_MARK}")
    scheduler = start_worker("scheduler", redis_url=server.url)
    with chaos_worker(own, tmp_path, slow_s=1) as worker, serving(own, server) as (service, client):
        batch = service.submit([Item(index=0, custom_id="healthy", article=article)]).batch
        wait_until(lambda: service.get(batch.id).counts.processing)
        client.config_set("min-replicas-to-write", 1)
        wait_until(lambda: b"waits for it" in worker.log.read_bytes())
        wait_until(lambda: b"waiting for it" in scheduler.log.read_bytes())
        client.config_set("min-replicas-to-write", 0)
        assert wait_for_end(service, batch.id).state is BatchState.COMPLETED


@pytest.mark.parametrize(
    "ask",
    [lambda store: store.batch("batch_0"), lambda store: store.claim("batch_0", 0, lease_s=1)],
    ids=["a command", "a script"],
)
def test_a_server_that_is_busy_with_a_script_is_a_typed_error(
    server: RedisServer, settings: Settings, ask: Callable[[Store], object]
) -> None:
    client = redis.Redis.from_url(server.url)
    client.config_set("lua-time-limit", 1)

    def occupy() -> None:
        with pytest.raises(redis.exceptions.ResponseError):
            redis.Redis.from_url(server.url).eval("while true do end", 0)

    def is_busy() -> bool:
        try:
            return not client.ping()
        except redis.exceptions.ResponseError:
            return True

    endless = Thread(target=occupy)
    endless.start()
    wait_until(is_busy)
    store = open_store(settings, redis_url=server.url, attempts=0)
    with pytest.raises(StoreRefusedError, match="BUSY"):
        ask(store)
    client.script_kill()
    endless.join()
    client.close()
    store.close()


def test_a_damaged_batch_keeps_no_other_from_being_looked_after(
    store: Store, settings: Settings, redis_client: redis.Redis, start_worker: StartWorker
) -> None:
    hintless = Service(store, dispatch=lambda batch_id, chunks: None, settings=settings)
    batches = [hintless.submit(make_items(3)).batch.id for _ in range(4)]
    damaged, *others = sorted(batches)
    keys = Keys(settings.key_prefix)
    store.claim(damaged, 0, lease_s=0.05)
    redis_client.delete(keys.batch(damaged).len)
    scheduler = start_worker("scheduler")
    start_worker()
    for batch_id in others:
        assert wait_for_end(hintless, batch_id).state is BatchState.COMPLETED
    assert scheduler.process.poll() is None
    said = f"looking after batch {damaged} failed".encode()
    assert scheduler.log.read_bytes().count(said) == 1
    counts = store.batch(damaged).counts
    assert (counts.queued, counts.processing) == (0, 3)
    redis_client.delete(*keys.batch(damaged).all())
    wait_until(lambda: damaged not in store.open_batches())


def test_a_run_that_cannot_be_read_keeps_no_other_from_going_on(
    settings: Settings, redis_client: redis.Redis, start_worker: StartWorker, tmp_path: Path
) -> None:
    keys = Keys(settings.key_prefix)
    unread = keys.schedule("lost").run(1000)
    redis_client.hset(unread, mapping={"state": "of a later version"})
    redis_client.sadd(keys.open_runs, "lost|1000")
    assert settings.redis_url is not None
    schedules = open_schedule_store(settings, redis_url=settings.redis_url, attempts=5)
    (tmp_path / "inbox").mkdir()
    night = Schedule(name="night", cron="hourly", sources=(str(tmp_path / "inbox"),))
    asked = ScheduleService(schedules)
    asked.add(night, folder=tmp_path)
    scheduler = start_worker("scheduler", tick_interval_s=0.05)
    wait_until(lambda: b"of a later version" in scheduler.log.read_bytes())
    slot = asked.run_now("night").slot

    def has_ended() -> bool:
        run = schedules.run("night", slot)
        return run is not None and run.state is RunState.COMPLETED

    wait_until(has_ended)
    redis_client.delete(unread)
    redis_client.srem(keys.open_runs, "lost|1000")
    schedules.remove("night")
    schedules.close()


def test_a_loop_that_fails_ends_the_other_and_says_why() -> None:
    stop = Event()

    def fail() -> None:
        raise RuntimeError("can't start new thread")

    with pytest.raises(LoopEndedError, match="RuntimeError: can't start new thread"):
        run_beside(lambda: wait_until(stop.is_set), fail, stop=stop)
