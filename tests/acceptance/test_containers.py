"""Dockerfile and compose file: valid, in step with the code, and what they install works.

No container engine is needed: the build stage's own commands run here in a clean environment.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import redis
import yaml

from tests.articles import make_text
from tests.processes import RedisServer
from tests.waiting import wait_until
from workers.redis_server import find_server
from workers.settings import ENV_PREFIX, Settings, read_settings

ROOT = Path(__file__).parents[2]
DOCKERFILE = ROOT / "Dockerfile"
COMPOSE_FILE = ROOT / "docker-compose.yml"
MAX_WHEEL_BYTES = 10_000_000

# `${NAME}` and `${NAME:-default}`.
_VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*))?\}")


@dataclass(frozen=True)
class Instruction:
    """One instruction of the Dockerfile and the number of its stage, from 0."""

    stage: int
    name: str
    value: str

    def words(self) -> list[str]:
        """Return the JSON array of an exec form."""
        words: list[str] = json.loads(self.value)
        return words


def instructions() -> list[Instruction]:
    lines = [line for line in DOCKERFILE.read_text().splitlines() if not line.startswith("#")]
    found = []
    stage = -1
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        if line:
            name, value = line.split(maxsplit=1)
            stage += name == "FROM"
            found.append(Instruction(stage, name, value))
    return found


def of_image(name: str) -> Instruction:
    """Return the last instruction of this name: the one that holds for the image."""
    return [found for found in instructions() if found.name == name][-1]


def services(environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the services with variables replaced, as compose does it."""
    given = environ or {}
    text = _VARIABLE.sub(lambda m: given.get(m[1]) or m[2] or "", COMPOSE_FILE.read_text())
    found: dict[str, Any] = yaml.safe_load(text)["services"]
    return found


def container_commands() -> list[list[str]]:
    """Return every summarizer command that image and services run."""
    ours = [service["command"] for service in services().values() if "build" in service]
    words = of_image("HEALTHCHECK").value.partition("CMD ")[2]
    health: list[str] = json.loads(words)
    assert of_image("ENTRYPOINT").words() == health[:1] == ["summarizer"]
    return [*ours, health[1:]]


def test_the_compose_file_is_valid_by_the_official_schema() -> None:
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*check, COMPOSE_FILE], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_command_of_the_containers_exists() -> None:
    commands = container_commands()
    assert len(commands) == 3
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", "summarizer", *command, "--help"], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        assert f"summarizer {command[0]}" in done.stdout


def test_every_variable_is_a_setting_and_every_setting_can_be_set() -> None:
    text = DOCKERFILE.read_text() + COMPOSE_FILE.read_text()
    named = {name.lower() for name in re.findall(rf"\b{ENV_PREFIX}(\w+)", text)}
    assert named == set(Settings.model_fields)


def test_the_services_start_with_the_settings_they_are_given() -> None:
    for name in ("worker", "scheduler"):
        environ = {
            name: value
            for name, value in services()[name]["environment"].items()
            if value is not None
        }
        assert read_settings(environ).redis_url == "redis://:@redis:6379/0"


@pytest.mark.parametrize("given", [None, "90"])
def test_a_worker_is_not_killed_before_its_grace_is_over(given: str | None) -> None:
    environ = {} if given is None else {"SUMMARIZER_STOP_GRACE_S": given}
    period = services(environ)["worker"]["stop_grace_period"]
    assert float(period.removesuffix("s")) >= read_settings(environ).stop_grace_s
    assert of_image("STOPSIGNAL").value == "SIGTERM"


def test_no_container_has_more_rights_than_it_needs() -> None:
    for service in services().values():
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert not {"ports", "privileged", "cap_add", "network_mode", "pid"} & set(service)
    uid = of_image("USER").value.split(":")[0]
    assert int(uid) > 0


def test_the_folder_that_the_image_names_can_be_written_by_its_user() -> None:
    uid, gid = of_image("USER").value.split(":")
    folder = re.search(r"SUMMARIZER_DATA_DIR=(\S+)", of_image("ENV").value)
    assert folder is not None
    for name in ("worker", "scheduler"):
        mounts = services()[name]["tmpfs"]
        assert f"{folder[1]}:uid={uid},gid={gid},mode=0700" in mounts
        assert "/tmp" in mounts


def test_images_are_pinned() -> None:
    base = next(found.value for found in instructions() if found.name == "ARG")
    assert re.fullmatch(r"BASE=python:3\.\d+-slim-\w+", base)
    assert re.search(r":\d+\.\d+\.\d+", services()["redis"]["image"])


@pytest.mark.parametrize("password", ["", "correct-horse"])
def test_the_redis_of_compose_keeps_what_it_is_given(password: str, tmp_path: Path) -> None:
    environ = {"REDIS_PASSWORD": password, "REDIS_MAXMEMORY": "64mb"}
    service = services(environ)["redis"]
    _, *options = service["command"]
    socket = tmp_path / "r.sock"
    log = tmp_path / "log"
    place = ["--port", "0", "--unixsocket", str(socket), "--dir", str(tmp_path)]
    with log.open("wb") as output:
        server = subprocess.Popen([find_server(), *options, *place], stdout=output, stderr=output)
    client = redis.Redis(unix_socket_path=str(socket), password=password or None)
    try:
        wait_until(socket.exists)
        kept = {
            name: client.config_get(name)[name]
            for name in ("appendonly", "appendfsync", "save", "maxmemory", "maxmemory-policy")
        }
        assert kept == {
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "maxmemory": str(64 * 2**20),
            "maxmemory-policy": "noeviction",
        }
        with redis.Redis(unix_socket_path=str(socket)) as stranger:
            if password:
                with pytest.raises(redis.exceptions.AuthenticationError):
                    stranger.ping()
            else:
                assert stranger.ping()
    finally:
        client.close()
        server.terminate()
        server.wait(10)
