"""What feeds and sitemaps say of an article, in one form; must not know how it is fetched."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urljoin, urlsplit

MAX_URI_CHARS: Final = 256
"""No identifier is longer; it names its article in the batch."""

# Schemes whose names are unique in the world; "night.jsonl:17" and "id:17" have none.
_GLOBAL_ID = re.compile(r"(?:(?:urn|tag|doi|info|uuid):|[a-z][a-z0-9+-]*://)\S+", re.IGNORECASE)

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8}){0,8}")
_CREDENTIALS = re.compile(r"(?<=//)[^/?#]*@")
_DATE_CHARS: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An article that a feed or sitemap names.

    Attributes:
        uri: its stable identifier.
        url: its page, absolute; None if it has none.
        title: its headline.
        text: the whole article, where the feed carries it; None otherwise.
        brief: what the feed says of it, where that can stand for a page that is gone.
        published_at: when it was first published, RFC 3339 in UTC.
        updated_at: when it was last changed.
        language: ISO 639-1 code.
    """

    uri: str
    url: str | None
    title: str | None = None
    text: str | None = None
    brief: str | None = None
    published_at: str | None = None
    updated_at: str | None = None
    language: str | None = None

    @property
    def version_at(self) -> str | None:
        """When this version was made, as far as is known."""
        return max(filter(None, (self.updated_at, self.published_at)), default=None)


def is_global(identifier: str) -> bool:
    """Whether an identifier counts everywhere, and not only in its feed or file."""
    return bool(_GLOBAL_ID.fullmatch(identifier))


def stable_uri(text: str) -> str:
    """Return an identifier as one that can be stored and shown: at most 256 printable characters.

    One that is longer, or has others, becomes what it begins with and a digest of all of it.
    """
    if len(text) <= MAX_URI_CHARS and text.isprintable():
        return text
    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()
    begin = "".join(char for char in text[: MAX_URI_CHARS - len(digest) - 1] if char.isprintable())
    return f"{begin}~{digest}"


def without_credentials(url: str) -> str:
    """Return a URL as it may be stored and shown."""
    return _CREDENTIALS.sub("", url)


def read_instant(text: str | None) -> str | None:
    """Return a time as RFC 3339 in UTC, to the second; None where it cannot be read.

    Takes what feeds use: RFC 822 with or without a day's name, RFC 3339, other ISO 8601. A time
    without a zone is taken to be in UTC.
    """
    text = (text or "").strip()[:_DATE_CHARS]
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            instant = read(text)
            instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
            instant = instant.astimezone(UTC)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
        return instant.isoformat(timespec="seconds").replace("+00:00", "Z")
    return None


def read_language(tag: str | None) -> str | None:
    """Return the ISO 639 code of a BCP 47 language tag; None where it is none."""
    found = _LANGUAGE.fullmatch((tag or "").strip())
    return found[1].lower() if found else None


def web_url(reference: str | None, *, base: str) -> str | None:
    """Return a reference as an absolute http or https URL; None where it is no such thing."""
    try:
        url = urljoin(base, (reference or "").strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    is_web = bool(reference) and parts.scheme in ("http", "https") and bool(parts.netloc)
    return url if is_web and url.isprintable() else None
