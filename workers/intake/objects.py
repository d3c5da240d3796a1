"""JSON values to articles, each refusal with its reason; must not know files or lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from summarizer import Article
from workers.batches import Item
from workers.intake.fields import text_field
from workers.intake.ninjs import is_ninjs, map_ninjs
from workers.intake.options import read_options
from workers.intake.problems import ProblemCode, RefusalError, shown

MAX_CUSTOM_ID_CHARS = 256

# The outer shape of BCP 47; whether the language is known is the library's matter.
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,8}")


_CONTENTS = ("text", "html", "url")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageItem:
    """An item whose article stands on a page that is still to be read.

    Attributes:
        item: the item; its article has no text yet, and what the page says only where that was
            given beside it.
        html: the page's HTML; None if its URL was given.
        url: the page's URL; None if its HTML was given.
    """

    item: Item
    html: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """An article, or the page that holds it, and the options that come with it.

    `flaw` says what was left out of it.
    """

    article: Article
    options: Mapping[str, Any]
    flaw: str | None = None
    html: str | None = None
    url: str | None = None


def read_fields(value: object) -> dict[str, Any]:
    """Return a JSON value as the object that it should be.

    Raises:
        RefusalError: it is something else.
    """
    if isinstance(value, dict):
        return value
    message = f"an article object is expected, not {shown(value)}"
    raise RefusalError(ProblemCode.INVALID_ARTICLE, message)


def read_custom_id(fields: Mapping[str, Any], *, default: str) -> str:
    """Return the article's own name: `custom_id`, the `uri` of a ninjs object, or the default.

    Raises:
        RefusalError: it is not 1 to 256 printable characters.
    """
    own = text_field(fields, "custom_id")
    if own is None:
        own = fields["uri"] if is_ninjs(fields) else default
    if own.strip() and len(own) <= MAX_CUSTOM_ID_CHARS and own.isprintable():
        return own
    rule = f"1 to {MAX_CUSTOM_ID_CHARS} printable characters are allowed"
    raise RefusalError(ProblemCode.INVALID_ARTICLE, f"custom_id {shown(own)}: {rule}")


def read_request(
    fields: Mapping[str, Any], *, defaults: Mapping[str, Any], now: datetime, max_bytes: int
) -> Request:
    """Return what an article object, ours or ninjs, asks for; keys without a meaning are ignored.

    Args:
        fields: the object.
        defaults: checked options, which its own are laid over.
        now: the instant that embargoes are held against.
        max_bytes: text and title together may have so many, in UTF-8.

    Raises:
        RefusalError: it is no article that can be taken.
    """
    if is_ninjs(fields):
        fields = map_ninjs(fields, now=now)
    content, value = _content(fields)
    text = value if content == "text" else ""
    title = text_field(fields, "title")
    _check_size(text, title or "", max_bytes)
    published_at = text_field(fields, "published_at") or None
    is_time = published_at is None or _is_time(published_at)
    article = Article(
        text=text,
        title=title if title and not title.isspace() else None,
        language=_language(fields),
        published_at=published_at if is_time else None,
    )
    return Request(
        article=article,
        options=read_options(fields.get("options"), defaults=defaults),
        flaw=None
        if is_time
        else f"'published_at' is {shown(published_at)}, not an RFC 3339 time; taken without it",
        html=value if content == "html" else None,
        url=value if content == "url" else None,
    )


def _content(fields: Mapping[str, Any]) -> tuple[str, str]:
    """Return the one field that holds the article, or leads to it, and what stands there.

    Beside text or HTML a URL only says where that is from, as in many collections.
    """
    given = {key: text_field(fields, key) for key in _CONTENTS}
    found = [(key, value) for key, value in given.items() if value is not None]
    if found and found[0][0] != found[-1][0] == "url":
        found.pop()
    if len(found) == 1:
        return found[0]
    problem = "'text' and 'html' stand together" if found else "there is no article"
    message = f"{problem}: one of 'text', 'html' and 'url' is expected"
    raise RefusalError(ProblemCode.INVALID_ARTICLE, message)


def _check_size(text: str, title: str, max_bytes: int) -> None:
    # A character takes at most four bytes, so that hardly any article needs counting.
    if 4 * (len(text) + len(title)) <= max_bytes:
        return
    size = len(text.encode()) + len(title.encode())
    if size > max_bytes:
        message = f"the article has {size} bytes, the limit is {max_bytes}"
        raise RefusalError(ProblemCode.TOO_LONG, message)


def _is_time(text: str) -> bool:
    """Whether every output can show the time: one that only some could would be another's loss."""
    try:
        instant = datetime.fromisoformat(text)
        (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return False
    return True


def _language(fields: Mapping[str, Any]) -> str | None:
    language = text_field(fields, "language")
    if not language or language == "auto":
        return None
    if _LANGUAGE_TAG.fullmatch(language):
        return language
    message = f"'language' is {shown(language)}, not an ISO 639-1 code such as 'en'"
    raise RefusalError(ProblemCode.INVALID_ARTICLE, message)
