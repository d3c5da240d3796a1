"""Any text to text that is safe in one format; must not know what the text says."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import escape
from urllib.parse import urlsplit

from workers.characters import FORBIDDEN, one_line

# What XML 1.0 forbids, and the other controls but tab and line ends.
_CONTROL = re.compile(f"[{FORBIDDEN}\x7f-\x9f]")
# OWASP, "CSV injection": what spreadsheets take for the beginning of a formula.
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_MARKDOWN = re.compile(r"[\\`*_\[\]<>&~|$#]|^[-+]")
_LIST_NUMBER = re.compile(r"^(\d{1,9})([.)])")
_IN_URL = re.compile(r"[^!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~\u00a0-\ud7ff\ue000-\U0010ffff]")


def printable_text(text: str) -> str:
    """Return the text with control characters and lone surrogates as U+FFFD."""
    return _CONTROL.sub("\ufffd", text)


def printable_line(text: str) -> str:
    """Return the text printable and on one line."""
    return one_line(printable_text(text))


def markup_text(text: str) -> str:
    """Return the text for the content of an HTML or XML element, or for a quoted attribute."""
    return escape(printable_text(text).replace("\r", " "), quote=True)


def csv_cell(text: str) -> str:
    """Return the text for a CSV cell that no spreadsheet takes for a formula.

    An apostrophe is put before what would be one.
    """
    text = printable_text(text)
    return f"'{text}" if _FORMULA.match(text) else text


def markdown_text(text: str) -> str:
    """Return the text on one line of Markdown (CommonMark, GFM) in which nothing is mark-up."""
    marked = _MARKDOWN.sub(lambda found: "\\" + found[0], printable_line(text))
    return _LIST_NUMBER.sub(r"\1\\\2", marked)


def web_url(url: str | None) -> str | None:
    """Return a URL that may be linked to, free of quotes, brackets and spaces; None for any other.

    Only http and https are linked: "javascript:" is a URL as well.
    """
    url = (url or "").strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return _IN_URL.sub(lambda found: f"%{ord(found[0]):02X}", url)


def rfc3339(text: str | None) -> str | None:
    """Return a time as RFC 3339 has it, in UTC and to the second; None where it is no time."""
    try:
        instant = datetime.fromisoformat(text or "")
        instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
        return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    except (ValueError, OverflowError):
        return None


def shown_time(text: str | None) -> str:
    """Return a time for readers, "2026-11-23 02:00 UTC"; empty where it is no time."""
    instant = rfc3339(text)
    return f"{instant[:10]} {instant[11:16]} UTC" if instant else ""
