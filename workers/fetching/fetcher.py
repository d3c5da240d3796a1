"""Documents from the web: redirects, robots.txt, politeness; must not know what a document is for.

Every hop of a redirect is a new URL, checked like the first. No cookies are kept, and no proxy or
password file of the environment is read. Several threads may use one fetcher; how many is for the
caller to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from threading import Event
from types import TracebackType
from typing import Final, Self

import httpx

from summarizer.version import __version__
from workers.errors import (
    FetchBlockedError,
    FetchError,
    FetchFailedError,
    RobotsDisallowedError,
    SettingsError,
)
from workers.fetching.addresses import read_networks
from workers.fetching.exchange import Answer, Exchange, authorization, charset, media_type
from workers.fetching.network import Deadline
from workers.fetching.pauses import Pauses
from workers.fetching.records import Fetched, FetchLimits, Surroundings
from workers.fetching.robots import Robots, RobotsCache, read_robots
from workers.fetching.urls import origin_of, read_url, shown, without_credentials

PRODUCT: Final = "news-summarizer"
"""The name by which robots.txt may address us."""

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_TEMPORARY = frozenset((408, 425, 429, 500, 502, 503, 504))
_BUSY = frozenset((429, 503))

# A site that is down is not asked for its robots.txt with every article.
_REFUSAL_TTL_S = 300.0

_VALIDATOR = re.compile(r"[!-~\x80-\xff](?:[ -~\x80-\xff]{0,998}[!-~\x80-\xff])?")
_USER_AGENT = re.compile(r"[!-~](?:[ -~]{0,198}[!-~])?")


def make_user_agent(contact: str | None = None) -> str:
    """Return what we call ourselves: who we are, and where to complain.

    Args:
        contact: a URL or an e-mail address.
    """
    return f"{PRODUCT}/{__version__}" + (f" (+{contact})" if contact else "")


class Fetcher:
    """Fetches documents over HTTP, from public addresses, within limits, as sites allow.

    Args:
        limits: how long, how large and how often.
        allowed_networks: networks such as `10.1.0.0/16` that may be connected to though they are
            not public.
        user_agent: what we call ourselves; robots.txt is asked for the name it begins with.
        respects_robots: whether a site's robots.txt decides.
        surroundings: resolver, clock and certificates.

    Raises:
        SettingsError: a network or the user agent means nothing.
    """

    def __init__(
        self,
        limits: FetchLimits,
        *,
        allowed_networks: Iterable[str] = (),
        user_agent: str | None = None,
        respects_robots: bool = True,
        surroundings: Surroundings | None = None,
    ) -> None:
        user_agent = user_agent or make_user_agent()
        if not _USER_AGENT.fullmatch(user_agent):
            raise SettingsError(
                "user_agent", f"up to 200 printable ASCII characters, got {user_agent!r}"
            )
        self._limits = limits
        self._surroundings = surroundings or Surroundings()
        self._respects_robots = respects_robots
        self._robot = re.split(r"[/ ]", user_agent)[0]
        self._exchange = Exchange(
            limits,
            allowed=read_networks(allowed_networks),
            user_agent=user_agent,
            surroundings=self._surroundings,
        )
        self._robots = RobotsCache(now=self._surroundings.now)
        self._pauses = Pauses(now=self._surroundings.now)
        self._closed = Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let nothing more be fetched; fetches that wait for their turn end."""
        self._closed.set()

    def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched:
        """Fetch a document, waiting for our turn at its host.

        Args:
            url: an http or https URL; credentials in it are sent to its own origin only.
            etag: the ETag that the document had last time.
            last_modified: the Last-Modified that it had last time.

        Returns:
            The document, or that it is not modified since.

        Raises:
            FetchBlockedError: the URL, or one that it leads to, or an address is refused.
            RobotsDisallowedError: a site does not allow it.
            FetchFailedError: it could not be had, or not within the limits.
        """
        asked = read_url(url, limits=self._limits)
        conditions = _conditions(etag, last_modified)
        try:
            answer = self._ask(asked, conditions=conditions)
        except FetchError as error:
            if error.url == shown(asked):
                raise
            reason = f"it leads to {error.url}: {error.reason}"
            raise type(error)(shown(asked), reason, *error.args[2:]) from error
        return Fetched(
            url=without_credentials(asked),
            final_url=without_credentials(answer.url),
            status=answer.status,
            content=answer.content,
            content_type=media_type(answer.headers),
            charset=charset(answer.headers),
            etag=_validator(answer.headers.get("etag")),
            last_modified=_validator(answer.headers.get("last-modified")),
            is_not_modified=answer.status == 304,
        )

    def _ask(self, url: httpx.URL, *, conditions: Mapping[str, str]) -> Answer:
        """Return the document, or with conditions that it is not modified."""
        deadline = Deadline(self._limits.total_s, now=self._surroundings.now)
        admit = partial(self._admit, hosts=set())
        answer = self._follow(url, headers=conditions, deadline=deadline, admit=admit)
        status = answer.status
        if status // 100 == 2 or (status == 304 and conditions):
            return answer
        if status in _BUSY:
            self._hold_off(answer)
        reason = f"the server answered {status}"
        raise FetchFailedError(shown(answer.url), reason, status, status in _TEMPORARY)

    def _follow(
        self,
        url: httpx.URL,
        *,
        headers: Mapping[str, str],
        deadline: Deadline,
        admit: Callable[[httpx.URL, Deadline], None],
    ) -> Answer:
        """Return the answer at the end of the redirects; each URL on the way must be admitted."""
        credentials = authorization(url)
        origin = origin_of(url)
        here = url
        for _ in range(self._limits.max_redirects + 1):
            admit(here, deadline)
            own = credentials if origin_of(here) == origin else {}
            answer = self._exchange.get(here, headers={**headers, **own}, deadline=deadline)
            target = answer.headers.get("location")
            if answer.status not in _REDIRECTS or target is None:
                return answer
            target = target.encode("latin-1").decode("utf-8", "replace")
            here = read_url(target, limits=self._limits, base=here).copy_with(userinfo=b"")
        limit = f"it leads to more than {self._limits.max_redirects} redirects"
        raise FetchFailedError(shown(url), limit)

    def _admit(self, url: httpx.URL, deadline: Deadline, *, hosts: set[str]) -> None:
        """Wait for our turn to ask for a URL, if its site allows that.

        Args:
            url: the URL.
            deadline: moved by the time that we wait.
            hosts: those whose turn we had in this fetch already.
        """
        pause_s = self._limits.pause_s
        if self._respects_robots:
            robots = self._robots_of(url, deadline)
            if robots.refusal:
                raise RobotsDisallowedError(shown(url), robots.refusal)
            if not robots.allows(origin_of(url) + url.raw_path.decode(), robot=self._robot):
                raise RobotsDisallowedError(
                    shown(url), f"its site's robots.txt disallows it for {self._robot}"
                )
            pause_s = max(pause_s, min(robots.pause_s, self._limits.max_pause_s))
        wait_s = 0.0
        if url.host not in hosts:
            hosts.add(url.host)
            wait_s = self._pauses.take_turn(url.host, pause_s=pause_s)
        if self._closed.is_set() or (wait_s and self._surroundings.wait(self._closed, wait_s)):
            raise FetchFailedError(shown(url), "the fetcher was closed", None, True)
        deadline.extend(wait_s)

    def _robots_of(self, url: httpx.URL, deadline: Deadline) -> Robots:
        origin = origin_of(url)
        robots = self._robots.find(origin)
        if robots is None:
            robots = self._fetch_robots(url, deadline)
            ttl_s = self._limits.robots_ttl_s
            if robots.refusal:
                ttl_s = min(ttl_s, _REFUSAL_TTL_S)
            self._robots.keep(origin, robots, ttl_s=ttl_s)
        return robots

    def _fetch_robots(self, url: httpx.URL, deadline: Deadline) -> Robots:
        """Ask a site for its robots.txt: with 4xx there is none, other failures are a refusal."""
        place = url.copy_with(raw_path=b"/robots.txt")
        try:
            answer = self._follow(place, headers={}, deadline=deadline, admit=_admit_any)
        except FetchBlockedError as error:
            raise FetchBlockedError(shown(url), error.reason) from error
        except FetchFailedError as error:
            reason = f"its site's robots.txt cannot be had: {error.reason}"
            raise FetchFailedError(shown(url), reason, None, error.is_temporary) from error
        if answer.status // 100 == 2:
            return read_robots(answer.content, robot=self._robot)
        if answer.status // 100 == 4 and answer.status != 429:
            return Robots()
        reason = f"its site answers {answer.status} for robots.txt, which counts as a refusal"
        return Robots(refusal=reason)

    def _hold_off(self, answer: Answer) -> None:
        """Leave a busy server alone for as long as it asks."""
        asked = answer.headers.get("retry-after", "")
        if asked.isdecimal() and len(asked) < 10:
            seconds = min(float(asked), self._limits.max_pause_s)
            self._pauses.hold(answer.url.host, seconds=seconds)


def _admit_any(url: httpx.URL, deadline: Deadline) -> None:
    """A robots.txt may always be asked for, and is waited for by all."""


def _conditions(etag: str | None, last_modified: str | None) -> Mapping[str, str]:
    # Both are sent: some servers look at one of them only.
    given = {"If-None-Match": _validator(etag), "If-Modified-Since": _validator(last_modified)}
    return {name: value for name, value in given.items() if value is not None}


def _validator(value: str | None) -> str | None:
    """Return an ETag or a Last-Modified if it can be sent back as it is."""
    return value if value is not None and _VALIDATOR.fullmatch(value) else None
