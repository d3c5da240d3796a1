"""One quiet run over every innocent article: what the others are compared with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.chaos.material import STOCK, stock
from tests.chaos.plan import Plan
from tests.processes import WorkerProcess
from tests.waiting import wait_until
from workers.cli.wiring import open_service
from workers.settings import Settings


def summarise_undisturbed(plan: Plan, settings: Settings, folder: Path) -> list[bytes]:
    """Return the result of each innocent article, as JSON, from a worker that nobody disturbs.

    It is the worker that users run, without the poison of `tests.chaos.worker`.
    """
    quiet = settings.model_copy(update={"key_prefix": "undisturbed"})
    log = folder / "undisturbed.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "summarizer", "worker"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={**os.environ, **quiet.to_environment()},
            start_new_session=True,
        )
    with WorkerProcess(process, log), open_service(quiet) as service:
        batch = service.submit(stock(plan)).batch
        wait_until(lambda: service.get(batch.id).state.is_final, timeout_s=60)
        lines = list(service.result_lines(batch.id))
    results = [line.partition(b'"result":')[2].removesuffix(b"}") for line in lines]
    assert len(results) == STOCK
    assert all(result.startswith(b'{"type":"succeeded"') for result in results)
    return results
