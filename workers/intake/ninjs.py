"""IPTC ninjs objects, 1.x to 3.x, to the article objects of our own JSON; knows nothing else.

The versions differ in letter case ("pubstatus", "pubStatus"), in a name ("embargoed",
"embargoedUntil") and in that 2.0 turned `headline` and `body_text` into arrays of renditions
(https://iptc.org/std/ninjs/, schemas 1.0 to 3.3 in github.com/iptc/newsinjson).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from workers.intake.fields import array_field, text_field
from workers.intake.problems import ProblemCode, RefusalError, shown

_STATUSES = ("usable", "withheld", "canceled")
_PLAIN_TEXT = "text/plain"


def is_ninjs(fields: Mapping[str, Any]) -> bool:
    """Tell a ninjs object from an article object of our own: `uri` is all that ninjs requires."""
    return isinstance(fields.get("uri"), str) and fields.keys().isdisjoint(("text", "html", "url"))


def map_ninjs(fields: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
    """Return the ninjs object as an article object of our own.

    Args:
        fields: the object.
        now: the instant that embargoes are held against, with its offset from UTC.

    Raises:
        RefusalError: it is withheld, canceled or embargoed, has no plain text, or is malformed.
    """
    lowered = _lowered(fields)
    _check_status(lowered)
    _check_embargo(lowered, now)
    return {
        "text": _body(lowered),
        "title": text_field(lowered, "headline") or _main_value(lowered, "headlines"),
        "language": text_field(lowered, "language"),
        "published_at": text_field(lowered, "versioncreated"),
        "options": fields.get("options"),
    }


def _lowered(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {key.lower(): value for key, value in fields.items()}


def _check_status(fields: Mapping[str, Any]) -> None:
    status = text_field(fields, "pubstatus")
    if not status or status == "usable":
        return
    if status in _STATUSES:
        raise RefusalError(ProblemCode.WITHHELD, f"the publisher's status is {status!r}")
    known = ", ".join(_STATUSES)
    message = f"the publisher's status is {shown(status)}, not one of {known}"
    raise RefusalError(ProblemCode.INVALID_ARTICLE, message)


def _check_embargo(fields: Mapping[str, Any], now: datetime) -> None:
    for key in ("embargoed", "embargoeduntil"):
        value = text_field(fields, key)
        if not value:
            continue
        until = _instant(value)
        if until is None:
            # An embargo that cannot be read may not have ended.
            message = f"{key!r} is {shown(value)}, not an RFC 3339 time with an offset from UTC"
            raise RefusalError(ProblemCode.INVALID_ARTICLE, message)
        if until > now:
            raise RefusalError(ProblemCode.EMBARGOED, f"embargoed until {until.isoformat()}")


def _instant(value: str) -> datetime | None:
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        return None
    return instant if instant.tzinfo else None


def _body(fields: Mapping[str, Any]) -> str:
    text = text_field(fields, "body_text")
    if text is None:
        text = _main_value(fields, "bodies")
    if text is None:
        message = "no plain text: neither 'body_text' nor a body of content type text/plain"
        raise RefusalError(ProblemCode.UNSUPPORTED_SOURCE, message)
    return text


def _main_value(fields: Mapping[str, Any], key: str) -> str | None:
    """Return the plain text whose role is "main", else the first one."""
    entries = [_lowered(entry) for entry in array_field(fields, key) if isinstance(entry, dict)]
    plain = [entry for entry in entries if _is_plain(entry)]
    main = [entry for entry in plain if entry.get("role") == "main"]
    return text_field((main or plain)[0], "value") if plain else None


def _is_plain(entry: Mapping[str, Any]) -> bool:
    """Whether it says to be plain text, or says nothing."""
    content_type = text_field(entry, "contenttype") or _PLAIN_TEXT
    return content_type.partition(";")[0].strip().lower() == _PLAIN_TEXT
