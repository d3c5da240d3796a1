"""Exit codes, and which error gives which; knows nothing of commands."""

from __future__ import annotations

from enum import IntEnum

from summarizer import InvalidOptionsError, SummarizerError
from workers.errors import (
    InvalidLabelError,
    InvalidScheduleError,
    ServiceError,
    SettingsError,
    StoreUnavailableError,
)


class ExitCode(IntEnum):
    """What the command's exit code says. Codes and meanings never change."""

    OK = 0
    ERROR = 1
    USAGE = 2
    SOME_ERRORED = 3
    UNREACHABLE = 5
    TIMED_OUT = 6
    INTERRUPTED = 130
    BROKEN_PIPE = 141
    TERMINATED = 143


EXIT_CODES_HELP = (
    "Exit codes: 0 all well, 1 error, 2 wrong usage, 3 finished but some articles errored, "
    "5 Redis unreachable or full, 6 --timeout ran out, 130 interrupted (Ctrl-C), "
    "141 the reader of the output has gone, 143 terminated."
)


def exit_code_of(error: SummarizerError | ServiceError) -> ExitCode:
    """Return the exit code that an error ends the command with."""
    match error:
        case StoreUnavailableError():
            return ExitCode.UNREACHABLE
        case InvalidOptionsError() | InvalidScheduleError() | InvalidLabelError() | SettingsError():
            return ExitCode.USAGE
        case _:
            return ExitCode.ERROR
