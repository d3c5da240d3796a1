"""The command line: data on stdout, progress and messages on stderr, documented exit codes."""

import gc
import os
import signal

# Ctrl-C in the second that the imports take ends the command as it does later: with 130 and no
# traceback. Whoever imports the command line as a library keeps a handler of their own.
_at_start = signal.getsignal(signal.SIGINT)
if _at_start is signal.default_int_handler:
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))

# What the imports make is there to the end: to look through it meanwhile finds nothing to free.
_collects = gc.isenabled()
gc.disable()

from workers.cli.app import main  # noqa: E402

if _collects:
    gc.enable()

if _at_start is signal.default_int_handler:
    signal.signal(signal.SIGINT, _at_start)

__all__ = ["main"]
