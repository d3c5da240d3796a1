"""With `appendfsync always`, a power cut takes back nothing that a submitter was told."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from tests.articles import make_items
from tests.chaos.power import truncate
from tests.conftest import StartWorker
from tests.processes import RedisServer, start_redis
from tests.waiting import wait_until
from workers.batches import BatchState
from workers.redis_server import append_only_file, mend_append_only_file
from workers.service import Service
from workers.settings import Settings

ARTICLES = 300
ROUNDS = 3

pytestmark = [pytest.mark.xdist_group("chaos"), pytest.mark.timeout(300)]


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """A server that answers when the disk has it."""
    folder = tmp_path / "redis"
    folder.mkdir()
    with start_redis(folder, options={"appendfsync": "always"}) as server:
        yield server


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"chunk_items": 5, "lease_s": 2.0})


def test_a_batch_that_was_accepted_outlives_a_power_cut_at_any_byte_after_it(
    service: Service, start_worker: StartWorker, redis_server: RedisServer, tmp_path: Path
) -> None:
    """What was written later may be gone: the work is then done again, and counted once."""
    start_worker("scheduler")
    start_worker()
    path = _file_of(tmp_path)
    chance = random.Random(23)
    lost_bytes = 0
    for _ in range(ROUNDS):
        batch_id = service.submit(make_items(ARTICLES)).batch.id
        acknowledged = path.stat().st_size
        _wait_for(service, batch_id, finished=chance.randrange(ARTICLES))
        redis_server.kill()
        lost_bytes += truncate(path, keep_at_least=acknowledged, chance=chance)
        mend_append_only_file(tmp_path / "redis")
        redis_server.start()
        assert service.get(batch_id).counts.total == ARTICLES
        _wait_for(service, batch_id, finished=ARTICLES)
        assert service.get(batch_id).state is BatchState.COMPLETED
        lines = [orjson.loads(line) for line in service.result_lines(batch_id)]
        assert [line["index"] for line in lines] == list(range(ARTICLES))
    assert lost_bytes


@pytest.mark.parametrize("keep", [0.5, 0.999])
def test_a_batch_that_a_power_cut_takes_back_is_gone_whole_and_can_be_submitted_again(
    keep: float,
    service: Service,
    start_worker: StartWorker,
    redis_server: RedisServer,
    tmp_path: Path,
) -> None:
    """As `everysec` allows: the file ends before the commit, or just before its end."""
    path = _file_of(tmp_path)
    before = path.stat().st_size
    batch_id = service.submit(make_items(ARTICLES), idempotency_key="night").batch.id
    committed = path.read_bytes().rfind(b"fingerprint")
    redis_server.kill()
    os.truncate(path, before + int(keep * (committed - before)))
    redis_server.start()
    assert service.list() == ()
    again = service.submit(make_items(ARTICLES), idempotency_key="night")
    assert (again.is_new, again.batch.id) == (True, batch_id)
    start_worker("scheduler")
    start_worker()
    _wait_for(service, batch_id, finished=ARTICLES)
    assert service.get(batch_id).counts.succeeded == ARTICLES


def _file_of(tmp_path: Path) -> Path:
    path = append_only_file(tmp_path / "redis")
    assert path is not None
    return path


def _wait_for(service: Service, batch_id: str, *, finished: int) -> None:
    wait_until(lambda: service.get(batch_id).counts.finished >= finished, timeout_s=60)
