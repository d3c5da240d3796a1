"""`summarizer worker` and `scheduler`: the long-running processes of a deployment."""

from __future__ import annotations

import logging
import os
import signal
from functools import partial
from threading import Event
from typing import Annotated

import typer

from workers.celery_app import HintSender, create_celery_app
from workers.cli import options as given
from workers.cli.wiring import (
    find_redis,
    limits_of,
    make_fetcher,
    open_schedules,
    open_service,
)
from workers.extraction import extract_article
from workers.nightly import Nightly, Web
from workers.presence import open_presence
from workers.scheduler import run_beside, run_reaper, run_schedules
from workers.settings import MAX_CONCURRENCY, read_settings
from workers.stopping import exit_code, stop_in_time
from workers.store import open_store
from workers.tasks import create_worker_app

_LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def worker(
    concurrency: Annotated[
        int | None,
        typer.Option(
            "--concurrency",
            "-c",
            min=1,
            max=MAX_CONCURRENCY,
            help="Worker processes [default: one a core].",
            show_default=False,
        ),
    ] = None,
    redis_url: given.RedisUrl = None,
    data_dir: given.DataDir = None,
) -> None:
    """Take queued chunks of articles and summarise them, until told to stop.

    \b
    Examples:
      summarizer worker
      SUMMARIZER_REDIS_URL=redis://queue.internal:6379/0 summarizer worker --concurrency 8

    SIGTERM finishes the chunks in hand first; so does SIGQUIT within half of stop_grace_s.
    """  # fmt: skip
    settings = read_settings(
        os.environ, redis_url=redis_url, data_dir=data_dir, concurrency=concurrency
    )
    logging.basicConfig(level=settings.log_level.upper(), format=_LOG_FORMAT)
    url = find_redis(settings)
    # Until Celery's own handlers stand there is nothing to finish. An exception raised in the midst
    # of its imports might be swallowed, and the worker stay.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    app = create_worker_app(settings, redis_url=url)
    stop_in_time(settings.stop_grace_s)
    code = exit_code()
    app.worker_main(
        [
            "worker",
            f"--loglevel={settings.log_level}",
            f"--concurrency={settings.concurrency}",
            # Node names must differ between the workers of one machine.
            f"--hostname=summarizer-{os.getpid()}@%h",
            "-O", "fair",
            "--without-gossip",
            "--without-mingle",
        ]
    )  # fmt: skip
    raise typer.Exit(code())


def scheduler(redis_url: given.RedisUrl = None, data_dir: given.DataDir = None) -> None:
    """Run schedules, and bring back chunks of dead workers and lost messages, until told to stop.

    \b
    Examples:
      summarizer scheduler
      SUMMARIZER_REDIS_URL=redis://queue.internal:6379/0 summarizer scheduler

    Any number of schedulers may run at once.
    """
    settings = read_settings(os.environ, redis_url=redis_url, data_dir=data_dir)
    logging.basicConfig(level=settings.log_level.upper(), format=_LOG_FORMAT)
    url = find_redis(settings)
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, lambda *_: stop.set())
    with (
        open_service(settings, redis_url=url) as service,
        open_schedules(settings, redis_url=url) as schedules,
        make_fetcher(settings) as fetcher,
    ):
        web = Web(fetcher=fetcher, extract=extract_article)
        nightly = Nightly(
            schedules,
            service,
            web=web,
            limits=limits_of(settings),
            lease_s=settings.run_lease_s,
            stop=stop,
        )
        # Its own connection, without patience: what is away is looked for again at the next look.
        store = open_store(settings, redis_url=url, attempts=0)
        app = create_celery_app(settings, redis_url=url)
        sender = HintSender(app, where=store.where)
        presence = open_presence(settings, redis_url=url)
        run_beside(
            partial(
                run_reaper, store, dispatch=sender, presence=presence, settings=settings, stop=stop
            ),
            partial(run_schedules, nightly, settings=settings, stop=stop),
            stop=stop,
        )
