"""`summarizer doctor` on Redis: what it keeps, and who is there to work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
import redis

from tests.commands import run_command
from tests.conftest import StartWorker, keys_without_ttl
from tests.processes import start_redis
from tests.waiting import wait_until
from workers.settings import Settings


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"appendonly": "no"}, "NO append-only file: a restart loses batches"),
        ({"maxmemory-policy": "allkeys-lru"}, "maxmemory-policy allkeys-lru: batches are thrown"),
        ({"maxmemory-policy": "volatile-ttl"}, "maxmemory-policy volatile-ttl: batches are thrown"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_redis_that_loses_batches_is_not_approved(
    options: dict[str, str], said: str, tmp_path: Path
) -> None:
    with start_redis(tmp_path, options=options) as server:
        done = run_command("doctor", "--redis-url", server.url, data_dir=tmp_path / "data")
    assert done.returncode == 1
    (line,) = [line for line in done.stdout.decode().splitlines() if " Redis: " in line]
    assert line.startswith("FAIL")
    assert said in line


@pytest.mark.parametrize("words", [("doctor",), ("batch", "list"), ("worker",)], ids=" ".join)
def test_a_mistyped_redis_is_wrong_usage_in_every_command(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    url = "redis://localhost:6379/abc"
    for flags, environ, named in (
        (["--redis-url", url], {}, "--redis-url"),
        ([], {"SUMMARIZER_REDIS_URL": url}, "setting SUMMARIZER_REDIS_URL"),
    ):
        done = run_command(*words, *flags, data_dir=tmp_path / "data", environ=environ)
        assert (done.returncode, done.stdout) == (2, b"")
        said = done.stderr.decode()
        assert said == f"error: {named}: the database 'abc' is not a number, got {url!r}\n"


def test_a_database_that_the_server_lacks_is_named(settings: Settings, tmp_path: Path) -> None:
    url = f"{settings.redis_url}?db=99"
    done = run_command("batch", "list", "--redis-url", url, data_dir=tmp_path / "data")
    assert done.returncode == 5
    assert done.stderr.decode() == f"error: Redis at {url} refuses: DB index is out of range\n"
    done = run_command("doctor", "--redis-url", url, data_dir=tmp_path / "data")
    assert done.returncode == 1
    assert f"FAIL  Redis: Redis at {url} refuses: DB index is out of range" in done.stdout.decode()


def test_it_says_who_is_up_and_who_is_not(
    settings: Settings, start_worker: StartWorker, redis_client: redis.Redis, tmp_path: Path
) -> None:
    def checks() -> dict[str, Any]:
        words = ["doctor", "--json", "--redis-url", str(settings.redis_url)]
        environ = {"SUMMARIZER_KEY_PREFIX": settings.key_prefix}
        done = run_command(*words, data_dir=tmp_path / "data", environ=environ)
        assert done.returncode == 0, done.stdout
        return {
            check["name"]: (check["is_ok"], check["detail"]) for check in orjson.loads(done.stdout)
        }

    nobody = checks()
    assert nobody["Redis"][0] is True
    for name in ("workers", "schedulers"):
        assert nobody[name][0] is None
        assert nobody[name][1].startswith("none is up; ")
    worker = start_worker()
    start_worker()
    start_worker("scheduler")
    there = {"workers": (True, "2 up"), "schedulers": (True, "1 up")}
    wait_until(lambda: there.items() <= checks().items())
    worker.kill()
    wait_until(lambda: checks()["workers"] == (True, "1 up"))
    assert keys_without_ttl(redis_client, settings) == set()
