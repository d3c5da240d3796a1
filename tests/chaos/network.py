"""Worker hosts whose network can be cut: Linux network namespaces joined by a router.

Redis, the router and each host have a namespace. A cut takes the router's end of a host's link
down, so that neither Redis nor the workers are told: packets go nowhere, as with a pulled cable
two switches away.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

_PORT = 6379
_REDIS_NET = "10.213.0"


@dataclass(slots=True)
class Host:
    """Where workers run.

    Attributes:
        name: for messages.
        redis_url: where Redis is, seen from here.
        before: put before a command to run it here.
    """

    name: str
    redis_url: str
    before: Sequence[str] = ()
    _cable: tuple[str, str] = ("", "")
    is_cut: bool = False

    def cut(self) -> None:
        """Let every packet from and to the host get lost."""
        self._set("down")
        self.is_cut = True

    def heal(self) -> None:
        """Join the host again."""
        self._set("up")
        self.is_cut = False

    def _set(self, state: str) -> None:
        router, device = self._cable
        _ip("-n", router, "link", "set", device, state)


@dataclass(frozen=True, slots=True)
class Network:
    """A server's namespace and the hosts around it."""

    redis_before: Sequence[str]
    redis_options: Mapping[str, str]
    hosts: Sequence[Host]


@contextmanager
def build_network(hosts: int) -> Iterator[Network]:
    """Make the namespaces, and remove them in any case; needs the right to (see `reason_not_to`).

    Args:
        hosts: how many worker hosts.
    """
    tag = f"chaos{secrets.token_hex(2)}"
    router, server = f"{tag}-router", f"{tag}-redis"
    spaces = [router, server, *(f"{tag}-host{number}" for number in range(hosts))]
    try:
        for space in spaces:
            _ip("netns", "add", space)
            _ip("-n", space, "link", "set", "lo", "up")
        _run("ip", "netns", "exec", router, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward")
        _lay_cable(router, server, device="to-redis", net=_REDIS_NET)
        url = f"redis://{_REDIS_NET}.2:{_PORT}/0"
        found = []
        for number, space in enumerate(spaces[2:]):
            device = f"to-host{number}"
            _lay_cable(router, space, device=device, net=f"10.213.{number + 1}")
            found.append(Host(space, url, ("ip", "netns", "exec", space), (router, device)))
        options = {"port": str(_PORT), "bind": f"{_REDIS_NET}.2", "protected-mode": "no"}
        yield Network(("ip", "netns", "exec", server), options, found)
    finally:
        for space in spaces:
            # Links go with their namespaces.
            subprocess.run(["ip", "netns", "del", space], stderr=subprocess.DEVNULL, check=False)


@cache
def reason_not_to() -> str | None:
    """Return why networks cannot be built here, or None; tries it once."""
    if shutil.which("ip") is None:
        return "iproute2 is not installed"
    if os.geteuid() != 0:
        return "network namespaces need root"
    try:
        with build_network(1):
            return None
    except subprocess.CalledProcessError as error:
        return f"network namespaces are not permitted: {error.stderr.decode().strip()}"


def _lay_cable(router: str, space: str, *, device: str, net: str) -> None:
    """Join a namespace to the router, which is its way to everything."""
    _ip("-n", router, "link", "add", "name", device, "type", "veth", "peer", "name", "eth0",
        "netns", space)  # fmt: skip
    for where, name, address in ((router, device, 1), (space, "eth0", 2)):
        _ip("-n", where, "address", "add", f"{net}.{address}/24", "dev", name)
        _ip("-n", where, "link", "set", name, "up")
    _ip("-n", space, "route", "add", "default", "via", f"{net}.1")


def _ip(*arguments: str) -> None:
    _run("ip", *arguments)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
