"""Pure records of sources: what is to be read, what was found, what could not be had.

Must not know files, feeds or the network; what fetches and extracts is named by its shape only.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, BinaryIO, Protocol

from summarizer import Article
from workers.intake import Limits

SourceState = Mapping[str, Mapping[str, str]]
"""How files and documents of a source looked last time, by path or URL; JSON goes in and out.

A document has its `etag` and `last_modified` (RFC 9110), a file an `etag` of time and size; both
have how many `articles` were in it.
"""


class SourceKind(StrEnum):
    """What a source is named by; what it holds is seen when it is read."""

    STDIN = "stdin"
    PATH = "path"
    GLOB = "glob"
    URL = "url"


class SourceCode(StrEnum):
    """Problems that only sources have; others bear the codes of intake, fetching or extraction."""

    INVALID_FEED = "invalid_feed"
    INVALID_LINE = "invalid_line"
    TOO_DEEP = "too_deep"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    TIME_LIMIT = "source_time_limit"
    STOPPED = "stopped"
    INTERNAL_ERROR = "internal_error"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSpec:
    """A source as its owner named it: `value` is a path, a pattern, or a URL."""

    kind: SourceKind
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article that a source had.

    Attributes:
        uri: its stable identifier, at most 256 printable characters.
        article: the article.
        source: the name of the source: its path, pattern or URL.
        place: where in the source it was, such as "night.jsonl:17" or its page's URL.
        url: its page, if it has one.
        version_at: when this version was made, RFC 3339 in UTC, if that is known.
        options: the options that came with it, as JSON has them.
        custom_id: its owner's name for it, if it has one; another source may use the same.
    """

    uri: str
    article: Article
    source: str
    place: str
    url: str | None = None
    version_at: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    custom_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceProblem:
    """Something of a source that could not be had; the rest of it, and other sources, go on.

    Attributes:
        source: the name of the source.
        place: the file, line or URL.
        code: what kind of problem it is.
        message: what was found and what is allowed.
        attempts: how often it was tried.
        is_temporary: whether it may be gone next time.
    """

    source: str
    place: str
    code: str
    message: str
    attempts: int = 1
    is_temporary: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """What became of one source; comes after all that it had.

    Attributes:
        source: the name of the source.
        found: how many articles it gave.
        had: how many more it has that were had before, as far as is known.
        problems: how many problems.
        requests: how many requests were made, those made again included.
        is_unchanged: whether nothing in it had changed since last time.
        state: to be given back next time, once the articles are in safety.
    """

    source: str
    found: int
    had: int
    problems: int
    requests: int
    is_unchanged: bool
    state: SourceState


@dataclass(frozen=True, slots=True, kw_only=True)
class WebLimits:
    """How much one source on the web may ask for.

    Attributes:
        attempts: how often a request is made whose fault is temporary.
        first_pause_s: how long to wait before the second attempt; four times as long every time.
        max_articles: the newest so many articles are taken.
        max_pages: so many pages are fetched.
        max_sitemaps: so many sitemaps of an index are read, the ones changed last.
        max_depth: an index may lead to an index so often.
        max_source_s: no request is begun later than this.
    """

    attempts: int = 3
    first_pause_s: float = 2.0
    max_articles: int = 20_000
    max_pages: int = 2_000
    max_sitemaps: int = 50
    max_depth: int = 2
    max_source_s: float = 1_800.0


class Fetched(Protocol):
    """A document as it was fetched."""

    @property
    def final_url(self) -> str:
        """Where it was in the end."""

    @property
    def content(self) -> bytes:
        """Its bytes."""

    @property
    def charset(self) -> str | None:
        """The charset that the server named."""

    @property
    def etag(self) -> str | None:
        """The server's ETag."""

    @property
    def last_modified(self) -> str | None:
        """The server's Last-Modified."""

    @property
    def is_not_modified(self) -> bool:
        """Whether it is as it was; then there are no bytes."""


class Fetcher(Protocol):
    """Fetches documents from the web, safely."""

    def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched:
        """Return the document; raise a `ServiceError` where it cannot be had."""


class Extracted(Protocol):
    """An article as it was extracted from a page."""

    @property
    def title(self) -> str | None:
        """Its headline."""

    @property
    def text(self) -> str:
        """Its paragraphs."""

    @property
    def published_at(self) -> str | None:
        """When it was published, RFC 3339."""

    @property
    def language(self) -> str | None:
        """Its language, ISO 639-1."""


class Extract(Protocol):
    """Extracts the article from a page."""

    def __call__(self, content: bytes, *, url: str, charset: str | None) -> Extracted:
        """Return the article; raise a `ServiceError` where there is none."""


class Had(Protocol):
    """Tells which articles were had before."""

    def __call__(self, keys: Sequence[str]) -> Collection[str]:
        """Return those of the keys, by `workers.fingerprints.article_keys`, that were seen."""


def nothing_had(keys: Sequence[str]) -> Collection[str]:
    """Return that none of the keys was seen."""
    del keys
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceContext:
    """What sources are read with.

    Attributes:
        now: the instant that embargoes are held against.
        fetcher: what fetches.
        extract: what extracts articles from pages.
        pause: waits so many seconds; true when it was told to stop (`threading.Event.wait`).
        states: the state of each source, by name, as its last report had it.
        had: tells what was had before, so that no page is fetched twice.
        stdin: where standard input is read from.
        limits: how large articles and files may be.
        web: how much a source on the web may ask for.
        clock: seconds that go on steadily.
    """

    now: datetime
    fetcher: Fetcher
    extract: Extract
    pause: Callable[[float], bool]
    states: Mapping[str, SourceState] = field(default_factory=dict)
    had: Had = nothing_had
    stdin: BinaryIO | None = None
    limits: Limits = field(default_factory=Limits)
    web: WebLimits = field(default_factory=WebLimits)
    clock: Callable[[], float] = time.monotonic
