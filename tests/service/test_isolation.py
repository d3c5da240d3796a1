"""Two installations on one Redis, passwords and users: nobody sees what is not theirs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from tests.articles import make_items
from tests.conftest import StartWorker
from tests.processes import RedisServer, start_redis
from tests.service.test_workers import wait_for_end
from workers.batches import BatchState
from workers.celery_app import HintSender, create_celery_app
from workers.connection import without_password
from workers.errors import BatchNotFoundError, StoreUnavailableError
from workers.service import Service
from workers.settings import Settings
from workers.store import open_store


def open_service(settings: Settings) -> Service:
    assert settings.redis_url is not None
    store = open_store(settings, redis_url=settings.redis_url, attempts=0)
    app = create_celery_app(settings, redis_url=settings.redis_url)
    return Service(store, dispatch=HintSender(app, where=store.where), settings=settings)


def test_two_installations_on_one_redis_do_not_see_each_other(
    service: Service, settings: Settings, start_worker: StartWorker
) -> None:
    other_settings = settings.model_copy(update={"key_prefix": f"{settings.key_prefix}-other"})
    other = open_service(other_settings)
    theirs = other.submit(make_items(3)).batch
    ours = service.submit(make_items(3)).batch
    start_worker()
    start_worker("scheduler")
    assert wait_for_end(service, ours.id).state is BatchState.COMPLETED
    assert other.get(theirs.id).state is BatchState.QUEUED
    assert [batch.id for batch in service.list()] == [ours.id]
    with pytest.raises(BatchNotFoundError):
        service.get(theirs.id)
    other.cancel(theirs.id)


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[RedisServer]:
    """A server that wants a password, with a user who may touch one prefix only."""
    with start_redis(tmp_path) as server:
        client = redis.Redis.from_url(server.url)
        client.execute_command(
            "ACL", "SETUSER", "news", "on", ">s3cret", "~news:*", "&news:*", "&*",
            "+@all", "-@dangerous", "+info", "+keys",
        )  # fmt: skip
        client.execute_command("ACL", "SETUSER", "default", "off")
        client.close()
        yield server


def test_an_acl_user_with_a_password_is_enough_for_everything(
    guarded: RedisServer, settings: Settings, start_worker: StartWorker
) -> None:
    url = guarded.url.replace("unix://", "unix://news:s3cret@")
    own = settings.model_copy(update={"redis_url": url, "key_prefix": "news"})
    service = open_service(own)
    batch = service.submit(make_items(20)).batch
    start_worker(redis_url=url, key_prefix="news")
    start_worker("scheduler", redis_url=url, key_prefix="news")
    assert wait_for_end(service, batch.id).state is BatchState.COMPLETED


def test_a_wrong_password_is_a_typed_error_that_does_not_show_it(
    guarded: RedisServer, settings: Settings
) -> None:
    url = guarded.url.replace("unix://", "unix://news:wr0ng@")
    service = open_service(settings.model_copy(update={"redis_url": url}))
    with pytest.raises(StoreUnavailableError) as caught:
        service.list()
    assert "wr0ng" not in str(caught.value)
    assert "***" in str(caught.value)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("redis://host:6379/0", "redis://host:6379/0"),
        ("redis://:pw@host:6379/0", "redis://:***@host:6379/0"),
        ("rediss://user:p%40w@host/1", "rediss://user:***@host/1"),
        ("unix:///run/redis.sock", "unix:///run/redis.sock"),
    ],
)
def test_messages_show_urls_without_their_passwords(url: str, shown: str) -> None:
    assert without_password(url) == shown
