"""The options that come with an article: checked and laid over one another.

Must not know where options come from; what they mean is the library's matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from summarizer import METHODS, InvalidOptionsError, Options
from workers.batches import merge_options
from workers.intake.problems import ProblemCode, RefusalError, shown


def read_options(value: object, *, defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Return checked options, as JSON has them; null is as good as absent, for all and for each.

    Args:
        value: what the input holds.
        defaults: checked options to lay them over.

    Raises:
        RefusalError: they are no object, or the library does not know a name or a value.
    """
    if value is None:
        return dict(defaults)
    if not isinstance(value, dict):
        raise _refusal(f"the options are {shown(value)}, not an object")
    own = {name: setting for name, setting in value.items() if setting is not None}
    for name, setting in own.items():
        # The library quotes values in full, and deep nesting breaks repr().
        if not _is_flat(setting):
            raise _refusal(f"option {shown(name)} holds {shown(setting)} that no option takes")
    merged = merge_options(defaults, own)
    try:
        options = Options.from_mapping(merged)
    except InvalidOptionsError as error:
        message = f"option {shown(error.option)} is {shown(error.value)}: {error.allowed}"
        raise _refusal(message) from error
    if options.method not in METHODS:
        known = ", ".join(METHODS)
        raise _refusal(f"option 'method' is {shown(options.method)}: known: {known}")
    return merged


def _is_flat(value: object) -> bool:
    """Whether it is a scalar or a list of texts, as every option's value is."""
    if isinstance(value, list):
        return all(isinstance(element, str) for element in value)
    return not isinstance(value, dict)


def _refusal(message: str) -> RefusalError:
    return RefusalError(ProblemCode.INVALID_OPTIONS, message)
