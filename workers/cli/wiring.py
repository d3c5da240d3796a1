"""Builds the service for a command: finds Redis, opens the store, makes the dispatcher."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from workers.celery_app import HintSender, create_celery_app
from workers.embedded import find_running_stack
from workers.errors import SettingsError
from workers.fetching import Fetcher, FetchLimits
from workers.intake import Limits
from workers.schedule_store import ScheduleStore, open_schedule_store
from workers.service import Service
from workers.settings import ENV_PREFIX, Settings
from workers.store import open_store

_ATTEMPTS = 5
"""A command waits a second or two for Redis; a worker waits longer."""


_VARIABLES = {
    "allowed_networks": f"{ENV_PREFIX}FETCH_NETWORKS",
    "user_agent": f"{ENV_PREFIX}FETCH_USER_AGENT",
}


def find_redis(settings: Settings) -> str:
    """Return the Redis to talk to: the one that is set, else that of the stack that is up.

    Raises:
        SettingsError: there is neither.
    """
    if settings.redis_url is not None:
        return settings.redis_url
    if running := find_running_stack(settings.data_dir):
        return running.redis_url
    raise SettingsError(
        "SUMMARIZER_REDIS_URL",
        f"not set, and no stack is up in {settings.data_dir}: "
        "set it, or start one with `summarizer up`",
    )


@contextmanager
def open_service(settings: Settings, *, redis_url: str | None = None) -> Iterator[Service]:
    """Open the service on a Redis.

    Args:
        settings: the settings.
        redis_url: where Redis is; found by `find_redis` if not given.

    Raises:
        SettingsError: no Redis is known.
    """
    url = redis_url or find_redis(settings)
    store = open_store(settings, redis_url=url, attempts=_ATTEMPTS)
    app = create_celery_app(settings, redis_url=url)
    try:
        yield Service(store, dispatch=HintSender(app, where=store.where), settings=settings)
    finally:
        app.close()
        store.close()


@contextmanager
def open_schedules(settings: Settings, *, redis_url: str) -> Iterator[ScheduleStore]:
    """Open the schedules on a Redis.

    Args:
        settings: the settings.
        redis_url: where Redis is.
    """
    store = open_schedule_store(settings, redis_url=redis_url, attempts=_ATTEMPTS)
    try:
        yield store
    finally:
        store.close()


def limits_of(settings: Settings) -> Limits:
    """Return how much a submit, or the run of a schedule, may hold."""
    return Limits(max_items=settings.max_batch_items, max_article_bytes=settings.max_article_bytes)


def make_fetcher(settings: Settings) -> Fetcher:
    """Return the fetcher that the settings describe.

    Raises:
        SettingsError: a network or the user agent means nothing.
    """
    limits = FetchLimits(
        ports=frozenset(map(int, settings.fetch_ports.split(","))), pause_s=settings.fetch_pause_s
    )
    networks = [net.strip() for net in settings.fetch_networks.split(",") if net.strip()]
    try:
        return Fetcher(
            limits,
            allowed_networks=networks,
            user_agent=settings.fetch_user_agent,
            respects_robots=settings.fetch_robots,
        )
    except SettingsError as error:
        # The fetcher knows its own arguments, not the variables that they come from.
        raise SettingsError(_VARIABLES[error.name], error.problem) from error
