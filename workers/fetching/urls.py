"""Text to a URL that may be asked for; must not know addresses, robots or connections."""

from __future__ import annotations

import re

import httpx

from workers.errors import FetchBlockedError
from workers.fetching.records import FetchLimits

_DEFAULT_PORTS = {"http": 80, "https": 443}
_SHOWN_CHARS = 300

_CREDENTIALS = re.compile(r"(^|//)[^/?#]*@")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# Names as resolvers take them, underscores included, and addresses.
_LABEL = "[a-z0-9_-]{1,63}"
_HOST = re.compile(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*|[0-9a-f.]*:[0-9a-f:.]*")


def read_url(text: str, *, limits: FetchLimits, base: httpx.URL | None = None) -> httpx.URL:
    """Return a URL that may be asked for, as far as that can be told from the URL alone.

    A fragment, and the dot that ends a fully qualified name, are dropped.

    Args:
        text: a URL, or with `base` a reference.
        limits: which ports are allowed, and how long a URL may be.
        base: what a reference is relative to.

    Raises:
        FetchBlockedError: it is no http or https URL, is too long, or names another port.
    """
    if len(text) > limits.max_url_chars:
        reason = f"its URL has {len(text)} characters, the limit is {limits.max_url_chars}"
        raise FetchBlockedError(shown(text), reason)
    try:
        url = base.join(text) if base else httpx.URL(text)
        url = url.copy_with(fragment=None, host=url.raw_host.decode().removesuffix("."))
    # httpx lets through what its encoders make of lone surrogates and of broken hosts.
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchBlockedError(shown(text), f"it is not a URL: {shown(str(error))}") from error
    if url.scheme not in _DEFAULT_PORTS:
        reason = f"its scheme is {shown(url.scheme)!r}, only http and https are fetched"
        raise FetchBlockedError(shown(text), reason)
    if not _HOST.fullmatch(url.raw_host.decode()):
        raise FetchBlockedError(shown(text), "it names no valid host")
    if port_of(url) not in limits.ports:
        allowed = ", ".join(map(str, sorted(limits.ports)))
        raise FetchBlockedError(shown(text), f"its port is {port_of(url)}, allowed are {allowed}")
    return url


def port_of(url: httpx.URL) -> int:
    """Return the port that is connected to."""
    return url.port if url.port is not None else _DEFAULT_PORTS[url.scheme]


def origin_of(url: httpx.URL) -> str:
    """Return scheme, host and port, as robots.txt and credentials are bound to them."""
    return f"{url.scheme}://{url.netloc.decode()}"


def without_credentials(url: httpx.URL) -> str:
    """Return the URL as it may be stored."""
    return str(url.copy_with(userinfo=b""))


def shown(url: httpx.URL | str) -> str:
    """Return the URL as it may stand in a message: no credentials, no control characters, short."""
    text = _CREDENTIALS.sub(r"\1", str(url)[: 10 * _SHOWN_CHARS])
    text = _CONTROL.sub("?", text.encode("ascii", "backslashreplace").decode())
    return text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS]}…"
