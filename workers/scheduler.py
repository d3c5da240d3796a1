"""The scheduler's loop: looks after leases and hints; must not know how batches are stored.

It does its work itself and does not send it as a Celery task: what brings lost messages back must
not be a message. Any number of schedulers may run; each look is idempotent.
"""

from __future__ import annotations

import logging
from threading import Event

from workers.errors import StoreUnavailableError
from workers.processing import reap
from workers.service import Dispatch
from workers.settings import Settings
from workers.store import Store

_log = logging.getLogger(__name__)


def run_scheduler(store: Store, *, dispatch: Dispatch, settings: Settings, stop: Event) -> None:
    """Reap every `reap_interval_s` until `stop` is set; wait out a Redis that is away.

    Args:
        store: where batches are.
        dispatch: sends hints.
        settings: the settings.
        stop: ends the loop.
    """
    is_away = False
    while not stop.is_set():
        try:
            reap(store, dispatch=dispatch, hint_age_s=settings.hint_age_s)
            if is_away:
                _log.warning("Redis is back")
            is_away = False
        except StoreUnavailableError as error:
            if not is_away:
                _log.warning("%s; waiting for it", error)
            is_away = True
        stop.wait(settings.reap_interval_s)
