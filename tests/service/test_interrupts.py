"""Signals while a block runs that has to be tidied up after: real ones, sent to this process."""

from __future__ import annotations

import os
import signal

import pytest

from workers.interrupts import tidied_up


def start_while_a_signal_comes(done: list[str]) -> None:
    with tidied_up(tidy_up=lambda: done.append("tidied up"), hurry=lambda: None) as held_back:
        with held_back():
            os.kill(os.getpid(), signal.SIGTERM)
            done.append("started and noted")
        done.append("went on")


def test_a_signal_that_is_held_back_ends_the_block_after_what_must_not_be_broken_off() -> None:
    done: list[str] = []
    with pytest.raises(SystemExit) as ended:
        start_while_a_signal_comes(done)
    assert done == ["started and noted", "tidied up"]
    assert ended.value.code == 128 + signal.SIGTERM


def test_a_signal_while_it_is_tidied_up_hurries_that_and_breaks_nothing_off() -> None:
    done: list[str] = []

    def tidy_up() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        done.append("tidied up")

    with tidied_up(tidy_up=tidy_up, hurry=lambda: done.append("hurried")):
        done.append("ran")
    assert done == ["ran", "hurried", "tidied up"]


def test_the_handlers_that_stood_before_are_there_again() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with tidied_up(tidy_up=lambda: None, hurry=lambda: None):
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before


def test_they_are_there_again_where_tidying_up_fails() -> None:
    before = signal.getsignal(signal.SIGTERM)

    def tidy_up() -> None:
        raise OSError("no space left")

    with (
        pytest.raises(OSError, match="no space left"),
        tidied_up(tidy_up=tidy_up, hurry=lambda: None),
    ):
        pass
    assert signal.getsignal(signal.SIGTERM) is before
