"""Runs the service under faults and judges what comes out: the composition root of a chaos run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from time import monotonic

import redis

from tests.chaos.aftermath import check_keys, drain_messages
from tests.chaos.course import Course
from tests.chaos.faults import FaultMaker
from tests.chaos.network import Host, build_network
from tests.chaos.plan import Deck, Plan
from tests.chaos.poller import Poller
from tests.chaos.power import AppendOnlyTail
from tests.chaos.report import Report, make_report
from tests.chaos.stage import Stage
from tests.chaos.undisturbed import summarise_undisturbed
from tests.processes import RedisServer, start_redis
from workers.cli.wiring import open_service
from workers.keys import Keys
from workers.settings import Settings, read_settings
from workers.store import open_store


def run_chaos(
    plan: Plan,
    folder: Path,
    *,
    server: Path | None = None,
    say: Callable[[str], None] = lambda line: None,
) -> Report:
    """Run batches under faults, let them end, and judge them.

    Args:
        plan: the run.
        folder: an empty folder for logs, ledgers and the server's files.
        server: the server's binary; the one that a user would get, if not given.
        say: takes a line now and then.
    """
    started = monotonic()
    violations: list[str] = []
    report = violations.append
    with ExitStack() as stack:
        redis_server, hosts = _build(plan, folder, server, stack)
        url = redis_server.url
        settings = _settings(url, folder)
        expected = summarise_undisturbed(plan, settings, folder)
        service = stack.enter_context(open_service(settings))
        client = stack.enter_context(redis.Redis.from_url(url))
        stage = Stage(plan, settings, hosts=hosts, folder=folder, report=report)
        stack.callback(stage.close)
        tail = AppendOnlyTail(folder)
        faults = FaultMaker(plan, stage, redis_server, tail)
        store = open_store(settings, redis_url=url, attempts=0)
        poller = Poller(
            store, pause_s=plan.poll_s, may_roll_back=faults.may_roll_back, report=report
        )
        poller.start()
        stack.callback(poller.stop)
        course = Course(plan, stage, faults, poller, service, stock=expected, report=report)
        course.storm(say, watch=tail.watch)
        course.settle()
        pulses = course.feel_pulses()
        keys = Keys(settings.key_prefix)
        unacked = drain_messages(client, keys, report=report)
        course.judge_again()
        stage.close()
        check_keys(client, keys, report=report)
    return make_report(
        plan,
        seconds=monotonic() - started,
        course=course,
        unacked=unacked,
        pulses=pulses,
        poller=poller,
        faults=faults.done,
        logs=folder,
        violations=violations,
    )


def _build(
    plan: Plan, folder: Path, server: Path | None, stack: ExitStack
) -> tuple[RedisServer, Sequence[Host]]:
    """Start Redis, in a network of its own where networks are cut; return it and its hosts."""
    options = {"appendfsync": plan.fsync}
    if plan.deck is not Deck.NETWORK:
        started = stack.enter_context(start_redis(folder, server=server, options=options))
        return started, [Host("here", started.url)]
    network = stack.enter_context(build_network(plan.workers))
    options.update(network.redis_options)
    started = stack.enter_context(
        start_redis(folder, server=server, before=network.redis_before, options=options)
    )
    return started, network.hosts


def _settings(redis_url: str, folder: Path) -> Settings:
    """Return settings under which a minute holds many leases.

    A chunk may take longer than its lease, so that a paused worker can finish late.
    """
    return read_settings(
        {},
        redis_url=redis_url,
        data_dir=folder,
        concurrency=2,
        chunk_items=25,
        article_time_limit_s=2,
        chunk_time_limit_s=6,
        lease_s=4,
        reap_interval_s=0.25,
        hint_age_s=2,
        stop_grace_s=10,
        results_ttl_s=300,
    )
