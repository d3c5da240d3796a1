"""Real parts for every test: a Redis-protocol server of our own, real worker processes."""

from __future__ import annotations

import os
import secrets
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import redis

from tests.left_overs import end_left_overs, mark_run
from tests.processes import RedisServer, WorkerProcess, start_program, start_redis
from workers.celery_app import HintSender, create_celery_app
from workers.keys import Keys
from workers.service import Service
from workers.settings import Settings, read_settings
from workers.store import Store, open_store

StartWorker = Callable[..., WorkerProcess]


def pytest_configure(config: pytest.Config) -> None:
    """End what a killed run left behind, once a run and not in each of its parallel processes."""
    # A shell that starts the tests in the background has them ignore Ctrl-C, and so would every
    # command they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if not hasattr(config, "workerinput"):
        end_left_overs()
        mark_run()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """Half as many test processes again as cores, since much of their time is waiting for others.

    None leaves it to xdist, which takes the number from its variable.
    """
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    has_affinity = hasattr(os, "sched_getaffinity")
    cores = len(os.sched_getaffinity(0)) if has_affinity else os.cpu_count() or 1
    return (3 * cores + 1) // 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the thousands of short tests end a run: a long one begun last would be waited for alone.

    Groups come before all others, the largest first; so xdist has it.
    """
    items.sort(key=lambda item: "library" in item.path.parts)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the developer has set must not change a test."""
    for name in list(os.environ):
        if name.startswith("SUMMARIZER_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A server for this test process alone."""
    with start_redis(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def settings(redis_server: RedisServer, tmp_path: Path) -> Settings:
    """Settings with a prefix of the test's own, and times short enough to wait for."""
    return read_settings(
        {},
        redis_url=redis_server.url,
        data_dir=tmp_path / "data",
        key_prefix=f"test-{secrets.token_hex(6)}",
        concurrency=2,
        lease_s=5,
        reap_interval_s=0.1,
        hint_age_s=0.5,
    )


@pytest.fixture
def redis_client(redis_server: RedisServer) -> Iterator[redis.Redis]:
    """A client that looks at what our code has written."""
    client = redis.Redis.from_url(redis_server.url)
    yield client
    client.close()


@pytest.fixture
def store(settings: Settings, redis_client: redis.Redis) -> Iterator[Store]:
    """The store; a key that a finished batch leaves without a time to live fails the test."""
    assert settings.redis_url is not None
    store = open_store(settings, redis_url=settings.redis_url, attempts=5)
    yield store
    store.close()
    assert keys_without_ttl(redis_client, settings) == set()


@pytest.fixture
def service(store: Store, settings: Settings) -> Iterator[Service]:
    """The service as the command line builds it."""
    assert settings.redis_url is not None
    app = create_celery_app(settings, redis_url=settings.redis_url)
    sender = HintSender(app, where=settings.redis_url)
    yield Service(store, dispatch=sender, settings=settings)
    app.close()


@pytest.fixture
def start_worker(settings: Settings, tmp_path: Path) -> Iterator[StartWorker]:
    """Start real `summarizer worker` (or scheduler) processes, ended after the test."""
    with ExitStack() as running:

        def start(name: str = "worker", **changes: object) -> WorkerProcess:
            child = settings.model_copy(update=changes)
            return running.enter_context(start_program(name, child, tmp_path))

        yield start


def keys_without_ttl(client: redis.Redis, settings: Settings) -> set[str]:
    """Return the keys that would stay for ever though no batch is open.

    Celery's bindings of the queue are its own and of constant size; a schedule stays until it is
    removed.
    """
    keys = Keys(settings.key_prefix)
    lasting = (keys.broker_prefix, keys.schedules, keys.handled, keys.open_runs)
    if client.exists(keys.open, keys.open_runs):
        return set()
    return {
        key.decode()
        for key in client.scan_iter(match=f"{settings.key_prefix}:*")
        if client.ttl(key) == -1
        and not key.decode().startswith(lasting)
        and not key.endswith(b":runs")
    }
