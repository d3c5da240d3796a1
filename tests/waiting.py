"""The only way to wait in tests: for a condition."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import TypeVar

T = TypeVar("T")


def wait_until(condition: Callable[[], T], *, timeout_s: float = 30.0) -> T:
    """Return the condition's first true value; fail when the time is out."""
    deadline = monotonic() + timeout_s
    pause = Event()
    while not (value := condition()):
        if monotonic() > deadline:
            raise AssertionError(f"not true within {timeout_s} s: {condition}")
        pause.wait(0.02)
    return value
