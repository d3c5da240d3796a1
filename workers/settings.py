"""One frozen, typed object of settings, made from a mapping; must not read the environment itself.

Entry points call `read_settings(os.environ)` once and pass the object down. Every default works out
of the box.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from workers.errors import SettingsError
from workers.redis_urls import check_redis_url, without_secrets

ENV_PREFIX = "SUMMARIZER_"

MAX_CONCURRENCY = 1024
"""A worker starts at most so many processes."""

_DAY_S = 86_400


def _whole(path: Path) -> Path:
    """Return a folder by its one path without links: others might lead to the same folder."""
    try:
        return Path(os.path.realpath(path.expanduser()))
    except RuntimeError as error:
        raise ValueError("there is no such user, or no home folder") from error


def _ports(ports: str) -> str:
    """Refuse what is no list of ports."""
    if not re.fullmatch(r"(?a:\d{1,5}(,\d{1,5})*)", ports):
        raise ValueError("it is not a list of numbers separated by commas")
    if any(not 1 <= int(port) <= 65_535 for port in ports.split(",")):
        raise ValueError("ports are from 1 to 65535")
    return ports


class Settings(BaseModel):
    """Everything that can be set from outside; `SUMMARIZER_<NAME>` sets the field `<name>`."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    redis_url: Annotated[str, AfterValidator(check_redis_url)] | None = None
    """Where Redis is; without it, the stack that runs in `data_dir` is used."""

    key_prefix: str = Field("summarizer", pattern=r"^[A-Za-z0-9_.-]{1,64}$")
    """What every key begins with; two installations on one Redis take two prefixes."""

    data_dir: Annotated[Path, AfterValidator(_whole)] = Field(
        Path("~/.local/state/summarizer"), validate_default=True
    )
    """Where the one-machine stack keeps its Redis files, logs and results."""

    concurrency: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, le=MAX_CONCURRENCY)
    """Worker processes that a worker starts; the number of cores if not set."""

    chunk_items: int = Field(100, ge=1, le=1000)
    """A chunk holds at most so many articles."""

    chunk_ms: float = Field(100.0, gt=0, le=60_000)
    """A chunk holds about so much work, in milliseconds."""

    lease_s: float = Field(30.0, ge=0.1, le=3600)
    """How long a worker may hold a chunk before it is given to another."""

    max_attempts: int = Field(3, ge=1, le=100)
    """How often a chunk is tried before its articles are tried one by one."""

    reap_interval_s: float = Field(1.0, ge=0.05, le=60)
    """How often the scheduler looks for expired leases and lost hints."""

    hint_age_s: float = Field(5.0, ge=0.1, le=3600)
    """A hint this old counts as lost when the queue is short; behind a long queue, later."""

    results_ttl_s: int = Field(7 * _DAY_S, ge=1, le=366 * _DAY_S)
    """How long a finished batch and its results are kept."""

    loading_ttl_s: int = Field(3600, ge=10, le=_DAY_S)
    """How long a half-loaded batch is kept after its submitter died."""

    memory_share: float = Field(0.5, gt=0, le=1)
    """Nothing is submitted while Redis uses more than this share of its `maxmemory`."""

    article_time_limit_s: float = Field(10.0, gt=0, le=600)
    """How long one article may take; then it fails with `time_limit`."""

    chunk_time_limit_s: float = Field(120.0, ge=1, le=3600)
    """How long a chunk may take; then its worker process is killed and the chunk is split."""

    worker_memory_mb: int = Field(1024, ge=64)
    """A worker process that has grown beyond this is replaced after its chunk."""

    history_ttl_s: int = Field(400 * _DAY_S, ge=1, le=3660 * _DAY_S)
    """How long the history of a schedule's runs is kept."""

    seen_ttl_s: int = Field(90 * _DAY_S, ge=1, le=3660 * _DAY_S)
    """How long a schedule remembers the articles it has had."""

    tick_interval_s: float = Field(2.0, ge=0.05, le=60)
    """How often the scheduler looks for due slots, and brings runs further."""

    run_lease_s: float = Field(60.0, ge=0.5, le=3600)
    """A schedule's run whose scheduler died is taken over after so long."""

    fetch_user_agent: str | None = None
    """What the fetcher calls itself; name a page or address at which you can be reached."""

    fetch_networks: str = ""
    """Private networks that may be fetched from, such as `10.1.0.0/16`, separated by commas."""

    fetch_ports: Annotated[str, AfterValidator(_ports)] = "80,443,8080,8443"
    """Ports that may be fetched from, separated by commas."""

    fetch_pause_s: float = Field(1.0, ge=0, le=60)
    """Least pause between two fetches from one host."""

    fetch_robots: bool = True
    """Whether robots.txt decides what is fetched."""

    max_batch_items: int = Field(1_000_000, ge=1)
    """A batch holds at most so many articles."""

    max_article_bytes: int = Field(5_000_000, ge=1, le=64_000_000)
    """An article has at most so many bytes."""

    stop_grace_s: float = Field(20.0, ge=0.1, le=3600)
    """How long a worker may take to finish its chunk when it is asked to stop."""

    log_level: str = Field("warning", pattern=r"^(debug|info|warning|error)$")
    """The least severe message that worker and scheduler log."""

    def to_environment(self) -> dict[str, str]:
        """Return the settings as the environment that `read_settings` reads."""
        return {
            ENV_PREFIX + name.upper(): str(value)
            for name, value in self.model_dump(exclude_none=True).items()
        }


def read_settings(environ: Mapping[str, str], **flags: Any) -> Settings:
    """Make the settings from an environment and from command-line flags, which win.

    Args:
        environ: the environment; only names that begin with `SUMMARIZER_` are read.
        **flags: settings by field name; None means "not given".

    Raises:
        SettingsError: a name is unknown or a value malformed; it names both.
    """
    values: dict[str, Any] = {
        name.removeprefix(ENV_PREFIX).lower(): value
        for name, value in environ.items()
        if name.startswith(ENV_PREFIX) and value != ""
    }
    values |= {name: value for name, value in flags.items() if value is not None}
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])
        is_flag = flags.get(field) is not None
        name = f"--{field.replace('_', '-')}" if is_flag else ENV_PREFIX + field.upper()
        if first["type"] == "extra_forbidden":
            known = ", ".join(ENV_PREFIX + known.upper() for known in Settings.model_fields)
            raise SettingsError(name, f"there is no such setting; known: {known}") from error
        problem = first["msg"].removeprefix("Value error, ")
        given = without_secrets(str(first["input"]))
        raise SettingsError(name, f"{problem}, got {given!r}") from error
