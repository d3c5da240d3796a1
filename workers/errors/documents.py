"""Errors of documents from the web: fetching them, and reading an article in them."""

from __future__ import annotations

from workers.errors.base import ServiceError


class FetchError(ServiceError):
    """A document was not fetched; `url` is without credentials and cut to a readable length."""

    code = "fetch_error"

    def __init__(self, url: str, reason: str, *details: object) -> None:
        super().__init__(url, reason, *details)
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        if not self.url.strip():
            return "the URL is empty: there is nothing to fetch"
        return f"{self.url} was not fetched: {self.reason}"


class FetchBlockedError(FetchError):
    """The URL, or an address behind it, is one that we do not connect to."""

    code = "fetch_blocked"


class RobotsDisallowedError(FetchError):
    """The site's robots.txt does not allow it, or cannot be had, which counts as the same."""

    code = "robots_disallowed"


class FetchFailedError(FetchError):
    """The server could not be reached, did not give the document, or overstepped a limit.

    `status` is that of the HTTP response, if there was one; `is_temporary` says whether the same
    request may well succeed later.
    """

    code = "fetch_failed"

    def __init__(
        self, url: str, reason: str, status: int | None = None, is_temporary: bool = False
    ) -> None:
        super().__init__(url, reason, status, is_temporary)
        self.status = status
        self.is_temporary = is_temporary


class ExtractionError(ServiceError):
    """The bytes hold no article that can be read."""

    code = "extraction_failed"

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        return f"no article could be read from {self.url}: {self.reason}"
