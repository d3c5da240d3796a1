"""Dockerfile and compose file: valid, in step with the code, and what they install works.

No container engine is needed: what the build stage runs is run here in a clean environment, and
what the services run is run from there.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import redis
import yaml

from tests.articles import make_text
from tests.processes import WorkerProcess
from tests.waiting import wait_until
from workers.redis_server import find_server
from workers.settings import ENV_PREFIX, Settings, read_settings

ROOT = Path(__file__).parents[2]
MAX_WHEEL_BYTES = 10_000_000

_VARIABLE = re.compile(r"\$\{(\w+)(?::-([^}]*))?\}")

# One process builds what all these tests use; the packages may have to be downloaded.
pytestmark = [pytest.mark.xdist_group("containers"), pytest.mark.timeout(300)]


@dataclass(frozen=True)
class Instruction:
    """One instruction of the Dockerfile."""

    name: str
    value: str

    def words(self) -> list[str]:
        """Return the JSON array that its exec form ends with."""
        words: list[str] = json.loads(self.value[self.value.index("[") :])
        return words


def stages() -> list[list[Instruction]]:
    """Return the Dockerfile's instructions by stage; what stands before the first is stage 0."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    found: list[list[Instruction]] = [[]]
    for line in text.replace("\\\n", " ").split("\n"):
        if line.startswith("FROM "):
            found.append([])
        if line:
            found[-1].append(Instruction(*line.split(maxsplit=1)))
    return found


def of_image(name: str) -> Instruction:
    """Return the only instruction of this name in the final stage."""
    (found,) = (instruction for instruction in stages()[-1] if instruction.name == name)
    return found


def services(environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the services with `${NAME}` and `${NAME:-default}` replaced, as compose does it."""
    given = environ or {}

    def replaced(node: Any) -> Any:
        match node:
            case dict():
                return {name: replaced(value) for name, value in node.items()}
            case list():
                return [replaced(value) for value in node]
            case str():
                return _VARIABLE.sub(lambda found: given.get(found[1]) or found[2] or "", node)
        return node

    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    found: dict[str, Any] = replaced(compose["services"])
    return found


def environment_of(service: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, str]:
    """Return a container's variables; one without a value is passed on if it is given."""
    resolved = {
        name: given.get(name) if value is None else value
        for name, value in service["environment"].items()
    }
    return {name: value for name, value in resolved.items() if value is not None}


def test_the_compose_file_is_valid_by_the_official_schema() -> None:
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*check, ROOT / "docker-compose.yml"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def commands() -> list[str]:
    """Return the commands that health checks and services run."""
    entry, health = of_image("HEALTHCHECK").words()
    assert of_image("ENTRYPOINT").words() == [entry] == ["summarizer"]
    ours = [service["command"] for service in services().values() if "build" in service]
    return [health, *(command for (command,) in ours)]


@pytest.mark.parametrize("command", commands())
def test_every_command_of_the_containers_exists(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "summarizer", command, "--help"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_every_variable_is_a_setting_and_every_setting_can_be_set() -> None:
    text = (ROOT / "Dockerfile").read_text() + (ROOT / "docker-compose.yml").read_text()
    named = {name.lower() for name in re.findall(rf"\b{ENV_PREFIX}(\w+)", text)}
    assert named == set(Settings.model_fields)


@pytest.mark.parametrize("given", [{}, {"SUMMARIZER_STOP_GRACE_S": "90"}])
def test_a_worker_is_not_killed_before_its_grace_is_over(given: dict[str, str]) -> None:
    worker = services(given)["worker"]
    settings = read_settings(environment_of(worker, given))
    assert float(worker["stop_grace_period"].removesuffix("s")) >= settings.stop_grace_s


def test_no_container_has_more_rights_than_it_needs() -> None:
    for service in services().values():
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert not {"ports", "privileged", "cap_add", "network_mode", "pid"} & set(service)


def test_the_image_runs_as_a_numbered_user_who_can_write_where_it_has_to() -> None:
    uid, gid = of_image("USER").value.split(":")
    assert int(uid) > 0
    folder = re.search(r"SUMMARIZER_DATA_DIR=(\S+)", of_image("ENV").value)
    assert folder is not None
    for name in ("worker", "scheduler"):
        mounts = services()[name]["tmpfs"]
        assert mounts == ["/tmp", f"{folder[1]}:uid={uid},gid={gid},mode=0700"]


def test_the_scheduler_alone_has_a_way_out() -> None:
    networks = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["networks"]
    inner = {name for name, network in networks.items() if network and network.get("internal")}
    reached = {name: set(service["networks"]) for name, service in services().items()}
    assert set(networks) == set().union(*reached.values())
    assert [name for name, reaches in reached.items() if reaches - inner] == ["scheduler"]
    assert all(reaches & inner for reaches in reached.values())


@pytest.mark.parametrize(
    ("given", "mounts"),
    [
        ({}, ["./examples:/sources:ro", "outputs:/outputs"]),
        (
            {"SOURCES_DIR": "/srv/wire", "OUTPUTS_DIR": "/srv/summaries"},
            ["/srv/wire:/sources:ro", "/srv/summaries:/outputs"],
        ),
    ],
)
def test_schedules_read_and_write_folders_that_last(
    given: dict[str, str], mounts: list[str]
) -> None:
    assert services(given)["scheduler"]["volumes"] == mounts
    named = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["volumes"]
    assert "outputs" in named
    assert (ROOT / "examples").is_dir()
    # A new volume takes its owner from the folder of the image.
    made = " ".join(instruction.value for instruction in stages()[-1] if instruction.name == "RUN")
    uid, gid = of_image("USER").value.split(":")
    assert f"install --directory --owner {uid} --group {gid} /outputs" in made


def test_images_are_pinned() -> None:
    (base,) = stages()[0]
    assert re.fullmatch(r"BASE=python:3\.\d+-slim-\w+", base.value)
    assert re.search(r":\d+\.\d+\.\d+", services()["redis"]["image"])


def test_what_the_image_copies_reaches_the_builder() -> None:
    let_in = set((ROOT / ".dockerignore").read_text().splitlines())
    sources = [
        source
        for instruction in stages()[1]
        if instruction.name == "COPY"
        for source in instruction.value.split()[:-1]
    ]
    assert {f"!{source}" for source in sources} <= let_in
    assert "*" in let_in


@dataclass(frozen=True)
class Image:
    """What the build stage makes, in a folder outside the source tree."""

    folder: Path

    def start(
        self, *arguments: str, environ: Mapping[str, str], output: Path
    ) -> subprocess.Popen[bytes]:
        """Run the entry point as a container does: an empty home, nothing of the tester's."""
        with output.open("wb") as file:
            return subprocess.Popen(
                [str(self.folder / "venv" / "bin" / "summarizer"), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                cwd=self.folder / "home",
                env=self.environ(environ),
                start_new_session=True,
            )

    def run(self, *arguments: str, text: str = "", environ: Mapping[str, str] | None = None) -> str:
        """Run the entry point to its end and return what it wrote to stdout."""
        done = subprocess.run(
            [str(self.folder / "venv" / "bin" / "summarizer"), *arguments],
            input=text,
            capture_output=True,
            encoding="utf-8",
            cwd=self.folder / "home",
            env=self.environ(environ or {}),
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def environ(self, given: Mapping[str, str]) -> dict[str, str]:
        """Return the variables of a container that is given some."""
        home = self.folder / "home"
        image = {
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "PATH": f"{self.folder / 'venv' / 'bin'}:/usr/bin:/bin",
            "SUMMARIZER_DATA_DIR": str(home / "data"),
        }
        return {**image, **given}


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    """Run the commands of the build stage on what it copies, and on nothing else."""
    folder = tmp_path_factory.mktemp("image")
    source = folder / "src"
    source.mkdir()
    (folder / "home").mkdir()
    for instruction in stages()[1]:
        if instruction.name == "COPY":
            *names, target = instruction.value.split()
            for name in names:
                _copy(ROOT / name, source / target)
        elif instruction.name == "RUN":
            command = re.sub(r"--mount=\S+", "", instruction.value)
            _build(command.replace("/opt/summarizer", str(folder / "venv")), source)
    return Image(folder)


def _copy(path: Path, target: Path) -> None:
    if path.is_dir():
        shutil.copytree(path, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(path, target)


def _build(command: str, source: Path) -> None:
    """Run a build command with the tester's Python and package index, and no more."""
    index = {
        name: os.environ[name] for name in os.environ if re.match(r"(?i)PIP_|SSL_|.*_PROXY$", name)
    }
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=source,
        env={**index, "HOME": str(source.parent / "home"), "PATH": path},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_one_process_builds_what_these_tests_share(request: pytest.FixtureRequest) -> None:
    """A pytest that is newer than its xdist spreads the group, and each process builds it again."""
    wants_groups = request.config.getoption("loadgroup", False)
    assert request.node.nodeid.endswith("@containers") == wants_groups


def test_the_wheel_holds_the_two_packages_with_all_their_files_and_nothing_else(
    image: Image,
) -> None:
    (built,) = image.folder.glob("src/dist/*.whl")
    with zipfile.ZipFile(built) as wheel:
        packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert packed == {
        str(path.relative_to(ROOT))
        for package in ("summarizer", "workers")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert built.stat().st_size < MAX_WHEEL_BYTES


def test_what_is_installed_is_pinned_and_needed_and_fits_together(image: Image) -> None:
    pip = [sys.executable, "-m", "pip", "--python", str(image.folder / "venv" / "bin" / "python")]
    freeze = subprocess.run([*pip, "freeze", "--all"], capture_output=True, text=True, check=True)
    installed = {_normal(line) for line in freeze.stdout.splitlines() if " @ " not in line}
    pinned = {_normal(line) for line in (ROOT / "constraints.txt").read_text().splitlines()}
    assert installed - pinned == set()
    assert not {"pip", "pytest", "ruff", "mypy"} & {line.split("==")[0] for line in installed}
    subprocess.run([*pip, "check"], check=True)


def _normal(requirement: str) -> str:
    """Return a pin with its name as package indexes compare names (PEP 503)."""
    name, _, version = requirement.partition("==")
    return f"{re.sub('[-_.]+', '-', name).lower()}=={version}"


def test_what_is_installed_works_away_from_the_source(image: Image) -> None:
    assert "Examples:" in image.run("worker", "--help")
    checks = json.loads(image.run("doctor", "--json"))
    assert {"engine", "embedded server"} <= {found["name"] for found in checks if found["is_ok"]}
    summary = json.loads(image.run("summarize", "-", "--json", text=make_text(1)))
    assert summary["paragraph"]["text"]


@pytest.mark.parametrize("password", ["", "correct-horse"])
def test_the_services_of_compose_summarise_a_batch_and_stop_when_asked(
    image: Image, password: str, tmp_path: Path
) -> None:
    given = {"REDIS_PASSWORD": password, "REDIS_MAXMEMORY": "64mb", "SUMMARIZER_CONCURRENCY": "2"}
    found = services(given)
    articles = "".join(
        json.dumps({"custom_id": str(number), "text": make_text(number)}) + "\n"
        for number in range(20)
    )
    stop = signal.Signals[of_image("STOPSIGNAL").value]
    with ExitStack() as running:
        address = running.enter_context(redis_of_compose(found["redis"], password, tmp_path))
        environ = environment_of(found["scheduler"], given)
        environ["SUMMARIZER_REDIS_URL"] = environ["SUMMARIZER_REDIS_URL"].replace(
            "redis:6379", address
        )
        started = []
        for name in ("worker", "scheduler"):
            log = tmp_path / f"{name}.log"
            process = image.start(*found[name]["command"], environ=environ, output=log)
            started.append(running.enter_context(WorkerProcess(process, log)).process)
        submit = ["batch", "submit", "-", "--wait", "--quiet", "--json"]
        lines = image.run(*submit, text=articles, environ=environ).splitlines()
        assert [json.loads(line)["result"]["type"] for line in lines] == ["succeeded"] * 20
        looked = image.run("doctor", environ=environ)
        assert ", append-only file" in looked
        assert not password or password not in looked
        for process in started:
            process.send_signal(stop)
        grace_s = float(found["worker"]["stop_grace_period"].removesuffix("s"))
        assert [process.wait(grace_s) for process in started] == [0, 0]


@contextmanager
def redis_of_compose(service: Mapping[str, Any], password: str, folder: Path) -> Iterator[str]:
    """Run the server with the service's command, check what it keeps, yield its host and port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    place = ["--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder)]
    with (folder / "redis.log").open("wb") as log:
        command = [find_server(), *service["command"][1:], *place]
        server = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        with redis.Redis(port=port, password=password or None) as client:
            wait_until(lambda: _answers(client))
            assert (folder / "appendonlydir").is_dir()
            names = ("appendfsync", "save", "maxmemory", "maxmemory-policy")
            kept = [client.config_get(name)[name] for name in names]
            assert kept == ["everysec", "", str(64 * 2**20), "noeviction"]
        with redis.Redis(port=port) as stranger:
            assert _answers(stranger) == (not password)
        yield f"127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.exceptions.ConnectionError:  # an AuthenticationError is one of them
        return False
