"""What cannot be taken, and how that is said; must not know where input comes from.

Whatever a message quotes is printable and short, however hostile the input.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_SHOWN_CHARS = 60


class ProblemCode(StrEnum):
    """Why something was not taken, or is not worth taking."""

    UNREADABLE = "unreadable"
    UNSUPPORTED_SOURCE = "unsupported_source"
    INVALID_ENCODING = "invalid_encoding"
    INVALID_JSON = "invalid_json"
    INVALID_ARTICLE = "invalid_article"
    INVALID_OPTIONS = "invalid_options"
    TOO_LONG = "too_long"
    DUPLICATE_CUSTOM_ID = "duplicate_custom_id"
    EMBARGOED = "embargoed"
    WITHHELD = "withheld"
    INVALID_TIME = "invalid_time"
    EMPTY_ARTICLE = "empty_article"
    PAGE_NOT_READ = "page_not_read"
    NO_ARTICLES = "no_articles"
    SKIPPED_FILES = "skipped_files"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in the input that will have no summary; the rest of the input goes on.

    Attributes:
        place: the path as given, with the line ("night.jsonl:17") or the JSON pointer
            ("night.json#/requests/3") where there is one.
        code: what kind of problem it is.
        message: what was found and what is allowed, without the place.
        custom_id: the article's, where it could be read.
    """

    place: str
    code: ProblemCode
    message: str
    custom_id: str | None = None

    @property
    def is_note(self) -> bool:
        """Whether no article is wanting: other files lay there, or one has lost its time."""
        return self.code in (ProblemCode.SKIPPED_FILES, ProblemCode.INVALID_TIME)

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class RefusalError(Exception):
    """One file, line or article is not taken; never leaves this package."""

    def __init__(self, code: ProblemCode, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def at(self, place: str, *, custom_id: str | None = None) -> Problem:
        """Return the problem that the caller of this package sees."""
        return Problem(place=place, code=self.code, message=self.message, custom_id=custom_id)


def unreadable(error: OSError | ValueError) -> RefusalError:
    """Return the refusal of a file that the system does not give; ValueError is a path with NUL."""
    reason = error.strerror if isinstance(error, OSError) else None
    return RefusalError(ProblemCode.UNREADABLE, f"cannot be read: {reason or error}")


def printable(text: str) -> str:
    """Return the text with what cannot be printed escaped, so that UTF-8 and terminals take it."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in text
    )


def shown(value: object) -> str:
    """Return a JSON value as messages quote it: in JSON's terms, and short."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "an array"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str) and len(value) > _SHOWN_CHARS:
        return f"{value[:_SHOWN_CHARS]!r}… ({len(value)} characters)"
    return repr(value)
