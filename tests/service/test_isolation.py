"""Two installations on one Redis, passwords and users: nobody sees what is not theirs."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
import trustme

from tests.articles import make_items
from tests.conftest import StartWorker
from tests.processes import RedisServer, start_redis
from tests.service.test_workers import wait_for_end
from tests.waiting import wait_until
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
            "ACL", "SETUSER", "news", "on", ">s3cret", "~news:*", "resetchannels",
            "+@all", "-@dangerous", "+info",
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


def _speaks_tls(server: str | None) -> bool:
    """Whether a server was built with TLS; the one in the wheel is not."""
    if server is None:
        return False
    # With TLS it complains of the certificate, without of TLS itself.
    probe = [server, "--port", "0", "--tls-port", "1", "--tls-cert-file", "/nowhere"]
    said = subprocess.run(probe, capture_output=True, check=False, timeout=10).stdout
    return b"tls-key-file" in said


REDIS_SERVER = shutil.which("redis-server")


@pytest.mark.skipif(not _speaks_tls(REDIS_SERVER), reason="needs a redis-server with TLS on PATH")
def test_tls_is_enough_for_everything(
    settings: Settings, start_worker: StartWorker, tmp_path: Path
) -> None:
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost")
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    certificate.private_key_pem.write_to_path(str(tmp_path / "key.pem"))
    certificate.cert_chain_pems[0].write_to_path(str(tmp_path / "cert.pem"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"rediss://localhost:{port}/0?ssl_ca_certs={tmp_path}/ca.pem"
    server = subprocess.Popen(
        [
            str(REDIS_SERVER), "--port", "0", "--tls-port", str(port), "--save", "",
            "--tls-cert-file", str(tmp_path / "cert.pem"),
            "--tls-key-file", str(tmp_path / "key.pem"),
            "--tls-ca-cert-file", str(tmp_path / "ca.pem"), "--tls-auth-clients", "no",
        ],
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        with pytest.raises(StoreUnavailableError):
            open_store(settings, redis_url=f"redis://localhost:{port}/0", attempts=0).now()
        own = settings.model_copy(update={"redis_url": url})
        store = open_store(own, redis_url=url, attempts=10)
        wait_until(lambda: store.now() > 0)
        service = open_service(own)
        batch = service.submit(make_items(20)).batch
        worker = start_worker(redis_url=url)
        assert wait_for_end(service, batch.id).state is BatchState.COMPLETED
        worker.process.terminate()
        worker.process.wait(20)
    finally:
        server.kill()
        server.wait()
