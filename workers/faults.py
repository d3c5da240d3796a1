"""Steps that may fail without the others: a fault is logged, and what stands beside it goes on.

Must not know what the steps are.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from workers.errors import StoreUnavailableError

_log = logging.getLogger(__name__)

T = TypeVar("T")


class Faults:
    """The faults of a loop's steps; one that comes again at every look is logged once."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def contain(self, what: str, step: Callable[[], T]) -> T | None:
        """Return what a step gives; None, and a line in the log, where it fails.

        The one place where a batch's, a schedule's or a run's failure is kept from the others,
        whatever it is.

        Args:
            what: names the step, for the log.
            step: the step.

        Raises:
            StoreUnavailableError: Redis is away, which is no fault of the step.
        """
        try:
            value = step()
        except StoreUnavailableError:
            raise
        except Exception as error:  # noqa: BLE001
            if self._known.get(what) != repr(error):
                _log.error("%s failed; everything else goes on", what, exc_info=error)
            self._known[what] = repr(error)
            return None
        self._known.pop(what, None)
        return value
