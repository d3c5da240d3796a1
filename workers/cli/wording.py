"""Errors in the words of the command line: a part of a schedule or summary by its option."""

from __future__ import annotations

from summarizer import InvalidOptionsError, SummarizerError
from workers.errors import InvalidLabelError, InvalidScheduleError, ServiceError

_OPTIONS = {
    "timezone": "--tz", "sources": "--source", "formats": "--format", "display_name": "--name",
}  # fmt: skip
"""Options that are not called as the part is."""

_ARGUMENTS = ("name",)


def in_words(error: SummarizerError | ServiceError) -> str:
    """Return what an error says, naming what the user typed."""
    match error:
        case InvalidOptionsError():
            names = " and ".join(map(_option, error.option.split(" and ")))
            value = error.value if " and " in error.option else repr(error.value)
            return f"{names} {value}: {error.allowed}"
        case InvalidScheduleError() if error.part not in _ARGUMENTS:
            # Of what was not given there is no value.
            value = f" {error.value!r}" if error.value not in (None, "") else ""
            return f"{_option(error.part)}{value}: {error.allowed}"
        case InvalidLabelError():
            return f"{_option(error.part)}: {error.problem}"
        case _:
            return str(error)


def _option(part: str) -> str:
    return _OPTIONS.get(part, f"--{part.replace('_', '-')}")
