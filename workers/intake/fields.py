"""Typed access to the fields of JSON objects; must not know what any field means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workers.intake.problems import ProblemCode, RefusalError, shown


def text_field(fields: Mapping[str, Any], key: str) -> str | None:
    """Return the text under a key; null is as good as absent.

    Raises:
        RefusalError: what stands there is no text.
    """
    value = fields.get(key)
    if value is None or isinstance(value, str):
        return value
    raise wrong_type(key, value, "a string")


def array_field(fields: Mapping[str, Any], key: str) -> list[Any]:
    """Return the array under a key, empty if it is absent or null.

    Raises:
        RefusalError: what stands there is no array.
    """
    value = fields.get(key)
    if value is None:
        return []
    if isinstance(value, list):
        return value
    raise wrong_type(key, value, "an array")


def wrong_type(key: str, value: object, expected: str) -> RefusalError:
    """Return the refusal of an article for the type of one of its fields."""
    return RefusalError(ProblemCode.INVALID_ARTICLE, f"{key!r} is {shown(value)}, not {expected}")
