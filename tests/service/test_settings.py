"""Settings: made from a mapping, defaults that work, errors that name the setting."""

from __future__ import annotations

from pathlib import Path

import pytest

from workers.errors import SettingsError
from workers.settings import Settings, read_settings


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
    ],
)
def test_a_wrong_setting_is_named_with_its_value(environ: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        read_settings(environ)


def test_a_wrong_flag_is_named_as_the_flag() -> None:
    with pytest.raises(SettingsError, match="setting concurrency: "):
        read_settings({}, concurrency=0)


def test_an_empty_variable_counts_as_not_set() -> None:
    assert read_settings({"SUMMARIZER_REDIS_URL": ""}).redis_url is None


def test_settings_survive_the_way_through_an_environment() -> None:
    settings = read_settings({}, redis_url="redis://h:1/2", data_dir=Path("/tmp/x"), lease_s=1.5)
    assert read_settings(settings.to_environment()) == settings


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
