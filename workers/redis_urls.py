"""URLs of Redis as its users write them; must not open a connection.

Two clients read the same URL, redis-py for batches and kombu for hints. What one of them would take
for something else, or both only refuse in the midst of the work, is refused here.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

_FORMS = "redis://HOST:PORT/DB, rediss://HOST:PORT/DB or unix:///PATH?db=DB"
_SSL_OPTIONS = (
    "ssl_ca_certs", "ssl_ca_data", "ssl_ca_path", "ssl_cert_reqs", "ssl_certfile",
    "ssl_check_hostname", "ssl_ciphers", "ssl_keyfile", "ssl_password",
)  # fmt: skip
_OPTIONS = {"redis": (), "rediss": _SSL_OPTIONS, "unix": ("db",)}
_CERT_REQS = ("none", "optional", "required")


def check_redis_url(url: str) -> str:
    """Return the URL if both clients can be opened with it.

    Raises:
        ValueError: they cannot; says what is allowed.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        # What may stand in a password and not in a URL is the likeliest cause.
        hint = "; in a password, write / ? # @ : [ ] as %2F and so on" if "@" in url else ""
        raise ValueError(f"{_reason(error)}{hint}") from error
    if parts.scheme not in _OPTIONS or not url.startswith(f"{parts.scheme}://"):
        raise ValueError(f"it is not of the form {_FORMS}")
    if port == 0:
        raise ValueError("port 0: 1 to 65535 are allowed")
    if re.search(r"\s", url):
        raise ValueError("it holds white space")
    _check_place(parts)
    _check_options(parts)
    return url


def without_secrets(url: str) -> str:
    """Return a URL, however malformed, as messages may show it."""
    return re.sub(r"(?<=://).*@", "***@", url)


def _reason(error: ValueError) -> str:
    """Return what is wrong with a URL; the parser's own words name its code and parts of it."""
    return "the port is no number from 1 to 65535" if "ort" in str(error) else "its host is broken"


def _check_place(parts: SplitResult) -> None:
    path = unquote(parts.path)
    if parts.scheme == "unix":
        if parts.hostname or len(path) < 2:
            raise ValueError("a socket has a whole path: unix:///PATH")
    elif not re.fullmatch(r"(?a:/?|/\d+)", path):
        raise ValueError(f"the database {path.removeprefix('/')!r} is not a number")
    if parts.fragment:
        raise ValueError(f"nothing is read after #, such as {parts.fragment!r}")


def _check_options(parts: SplitResult) -> None:
    allowed = _OPTIONS[parts.scheme]
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if name not in allowed:
            known = f"known: {', '.join(allowed)}" if allowed else f"{parts.scheme}:// takes none"
            raise ValueError(f"there is no option {name!r}; {known}")
        if name == "db" and not re.fullmatch(r"(?a:\d+)", value):
            raise ValueError(f"the database {value!r} is not a number")
        if name == "ssl_cert_reqs" and value not in _CERT_REQS:
            raise ValueError(f"ssl_cert_reqs {value!r}: {', '.join(_CERT_REQS)} are known")
