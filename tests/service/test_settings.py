"""Settings: made from a mapping, defaults that work, errors that name the setting."""

from __future__ import annotations

from pathlib import Path

import pytest
from kombu.transport.redis import Channel

from workers.celery_app import create_celery_app
from workers.cli.wiring import make_fetcher
from workers.errors import SettingsError
from workers.settings import Settings, read_settings
from workers.store import open_store


def test_every_default_works_out_of_the_box() -> None:
    settings = read_settings({})
    assert settings.redis_url is None
    assert settings.data_dir.is_absolute()
    assert settings.concurrency >= 1


def test_flags_win_over_the_environment_and_it_over_defaults() -> None:
    environ = {"SUMMARIZER_CONCURRENCY": "3", "SUMMARIZER_LEASE_S": "9.5", "PATH": "/bin"}
    settings = read_settings(environ, concurrency=4, key_prefix=None)
    assert (settings.concurrency, settings.lease_s) == (4, 9.5)
    assert settings.key_prefix == "summarizer"


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"SUMMARIZER_CONCURENCY": "3"}, "SUMMARIZER_CONCURENCY: there is no such setting"),
        ({"SUMMARIZER_CONCURRENCY": "many"}, "SUMMARIZER_CONCURRENCY: .*'many'"),
        ({"SUMMARIZER_CONCURRENCY": "0"}, "SUMMARIZER_CONCURRENCY: .*1.*'0'"),
        ({"SUMMARIZER_REDIS_URL": "http://x"}, "SUMMARIZER_REDIS_URL: .*'http://x'"),
        ({"SUMMARIZER_KEY_PREFIX": "a:b"}, "SUMMARIZER_KEY_PREFIX"),
        ({"SUMMARIZER_FETCH_PORTS": "80,99999"}, "FETCH_PORTS: ports are .* 65535.*'80,99999'"),
        ({"SUMMARIZER_FETCH_PORTS": "0"}, "SUMMARIZER_FETCH_PORTS: ports are from 1"),
        ({"SUMMARIZER_FETCH_PORTS": "http"}, "SUMMARIZER_FETCH_PORTS: .*list of numbers.*'http'"),
        ({"SUMMARIZER_DATA_DIR": "~nobody-here/x"}, "DATA_DIR: there is no such user.*here/x'"),
    ],
)
def test_a_wrong_setting_is_named_with_its_value(environ: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        read_settings(environ)


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_no_setting_takes_what_is_no_number(value: str) -> None:
    numbers = [
        name for name, field in Settings.model_fields.items() if field.annotation in (int, float)
    ]
    assert len(numbers) > 15
    for name in numbers:
        with pytest.raises(SettingsError, match=f"_{name.upper()}: .*'{value}'"):
            read_settings({f"SUMMARIZER_{name.upper()}": value})


@pytest.mark.parametrize(
    ("name", "value"), [("FETCH_NETWORKS", "foo"), ("FETCH_USER_AGENT", "caf\xe9")]
)
def test_what_the_fetcher_refuses_is_named_as_it_was_set(name: str, value: str) -> None:
    settings = read_settings({f"SUMMARIZER_{name}": value})
    with pytest.raises(SettingsError, match=f"^setting SUMMARIZER_{name}: .*{value}"):
        make_fetcher(settings)


def test_a_wrong_flag_is_named_as_the_flag() -> None:
    with pytest.raises(SettingsError, match=r"^--concurrency: "):
        read_settings({}, concurrency=0)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("redis://:6379x", "the port is no number"),
        ("redis://localhost:99999/0", "the port is no number"),
        ("redis://localhost:-1", "the port is no number"),
        ("redis://localhost:0", "port 0"),
        ("redis://[::1", "its host is broken"),
        ("redis://localhost:1/0?foo=bar", "no option 'foo'"),
        ("redis://localhost:1/0?socket_timeout=abc", "no option 'socket_timeout'"),
        ("redis://localhost:6379/abc", "the database 'abc' is not a number"),
        ("redis://localhost:6379/-1", "the database '-1' is not a number"),
        ("redis://localhost:6379/1/2", "the database '1/2' is not a number"),
        ("redis://localhost:6379/0 ", "white space"),
        ("redis://localhost/0#x", "nothing is read after #"),
        ("rediss://localhost/0?ssl_cert_reqs=foo", "ssl_cert_reqs 'foo': none, optional"),
        ("unix:///tmp/redis.sock?db=abc", "the database 'abc' is not a number"),
        ("unix://tmp/redis.sock", "a whole path"),
        ("unix://", "a whole path"),
        ("redis+socket:///nope", "not of the form redis://"),
        ("redis:/localhost", "not of the form redis://"),
        ("localhost:6379", "not of the form redis://"),
    ],
)
def test_a_redis_url_that_no_client_can_be_opened_with_is_refused(url: str, said: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({"SUMMARIZER_REDIS_URL": url})
    assert str(refused.value).startswith("setting SUMMARIZER_REDIS_URL: ")
    assert said in str(refused.value)
    assert str(refused.value).endswith(f", got {url!r}")
    with pytest.raises(SettingsError, match=r"^--redis-url: "):
        read_settings({}, redis_url=url)


@pytest.mark.parametrize(
    "url",
    [
        "redis://", "redis:///2", "redis://h", "redis://h:6380/15", "redis://[::1]:6379/0",
        "redis://user:p%2Fw@h/0", "rediss://u:p@h/0?ssl_ca_certs=/a.pem&ssl_cert_reqs=none",
        "unix:///tmp/redis.sock", "unix://u:p@/tmp/redis.sock?db=3",
    ],
)  # fmt: skip
def test_both_clients_are_opened_with_the_same_place(url: str) -> None:
    settings = read_settings({}, redis_url=url)
    store = open_store(settings, redis_url=url, attempts=0)
    ours = store._redis.connection_pool.make_connection()
    store.close()
    app = create_celery_app(settings, redis_url=url)
    channel = Channel.__new__(Channel)
    channel.connection = app.connection().transport
    theirs = channel._connparams()
    assert theirs["db"] == ours.db
    assert theirs.get("path") == getattr(ours, "path", None)
    assert theirs.get("port") == getattr(ours, "port", None)
    kind = theirs.pop("connection_class")
    assert kind(**{name: value for name, value in theirs.items() if name != "max_connections"})


@pytest.mark.parametrize("url", ["redis://:s3cret@h:x/0", "http://u:s3cret@h", "redis://:s3/c@h"])
def test_no_message_shows_a_password(url: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({"SUMMARIZER_REDIS_URL": url})
    assert "s3" not in str(refused.value)


def test_an_empty_variable_counts_as_not_set() -> None:
    assert read_settings({"SUMMARIZER_REDIS_URL": ""}).redis_url is None


def test_settings_survive_the_way_through_an_environment() -> None:
    settings = read_settings({}, redis_url="redis://h:1/2", data_dir=Path("/tmp/x"), lease_s=1.5)
    assert read_settings(settings.to_environment()) == settings


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
