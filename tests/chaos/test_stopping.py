"""A worker ends within its grace period, whatever its processes hang in."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from summarizer import Article
from tests.articles import make_items
from tests.chaos.material import Poison, text_of
from tests.conftest import StartWorker
from tests.processes import WorkerProcess
from tests.service.test_workers import wait_for_end
from tests.waiting import wait_until
from workers.batches import Item
from workers.service import Service
from workers.settings import Settings


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGQUIT])
def test_a_worker_whose_process_never_returns_ends_in_time(
    number: signal.Signals,
    service: Service,
    settings: Settings,
    start_worker: StartWorker,
    tmp_path: Path,
) -> None:
    batch = service.submit(
        [
            *make_items(1),
            Item(
                index=1, custom_id="deaf", article=Article(text=text_of(Poison.DEAF, sentences=1))
            ),
        ]
    ).batch
    own = settings.model_copy(update={"stop_grace_s": 5.0, "max_attempts": 1})
    log = tmp_path / "worker.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.worker", "0"],
            stdout=output,
            stderr=output,
            env={**os.environ, **own.to_environment()},
            start_new_session=True,
        )
    with WorkerProcess(process, log) as worker:
        wait_until(lambda: service.get(batch.id).counts.processing)
        children = worker.children()
        process.send_signal(number)
        assert process.wait(20) == 0
        assert not any(map(psutil.Process.is_running, children))
    start_worker("scheduler")
    start_worker()
    assert wait_for_end(service, batch.id).counts.finished == 2
