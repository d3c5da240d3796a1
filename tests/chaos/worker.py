"""`summarizer worker` as it is, but for articles that carry a mark.

Poison ends or holds the process at the moment the engine is asked for it, as a fault in the engine
or in a library below it would. A slow article takes its time, so that faults find chunks in hand.
Every article that comes through goes to the engine untouched.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
from collections.abc import Iterable
from threading import Event
from typing import Any, NoReturn

from summarizer import Article
from tests.chaos.material import POISON_MARK, SLOW_MARK, Poison
from workers import processing
from workers.cli import main

_NAME = "summarize_many"
_engine = vars(processing)[_NAME]


def _suffer(poison: Poison) -> NoReturn:
    if poison is Poison.EXIT:
        os._exit(1)
    if poison is Poison.SEGFAULT:
        os.kill(os.getpid(), signal.SIGSEGV)
    if poison is Poison.OUT_OF_MEMORY:
        # What the kernel does to a process that has taken too much.
        os.kill(os.getpid(), signal.SIGKILL)
    if poison is Poison.DEAF:
        # As C code that never returns to the interpreter: the article's limit does not reach it.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    while True:
        signal.pause()


def _summarize_many(articles: Iterable[Article], *options: Any, **flags: Any) -> Any:
    articles = list(articles)
    for article in articles:
        _, mark, poison = article.text.partition(POISON_MARK)
        if mark:
            _suffer(Poison(poison))
        if SLOW_MARK in article.text:
            Event().wait(_slow_s)
    return _engine(articles, *options, **flags)


if __name__ == "__main__":
    vars(processing)[_NAME] = _summarize_many
    _slow_s = float(sys.argv.pop())
    sys.argv = ["summarizer", "worker"]
    faulthandler.register(signal.SIGUSR2)
    main()
