"""Which IP addresses may be connected to; must not know names, URLs or sockets' data.

The networks are those of IANA's special-purpose address registries (RFC 6890 and its updates), kept
here because `ipaddress.is_global` answers differently from one Python release to the next.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from workers.errors import SettingsError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_REFUSED: tuple[tuple[Network, str], ...] = tuple(
    (ip_network(network), kind)
    for network, kind in (
        ("0.0.0.0/8", "an unspecified address"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "an address shared by a carrier's customers"),
        ("127.0.0.0/8", "a loopback address"),
        # Azure's servers for virtual machines answer at this address, which looks public.
        ("168.63.129.16/32", "a cloud platform's address"),
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "an address kept for protocols"),
        ("192.0.2.0/24", "an address for documentation"),
        ("192.88.99.0/24", "a 6to4 relay's address"),
        ("192.168.0.0/16", "a private address"),
        ("198.18.0.0/15", "an address for benchmarks"),
        ("198.51.100.0/24", "an address for documentation"),
        ("203.0.113.0/24", "an address for documentation"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
        ("::/128", "an unspecified address"),
        ("::1/128", "a loopback address"),
        ("2001::/32", "a Teredo address"),
        ("2001::/23", "an address kept for protocols"),
        ("2001:db8::/32", "an address for documentation"),
        ("2002::/16", "a 6to4 address"),
        ("3fff::/20", "an address for documentation"),
        ("fc00::/7", "a private address"),
        ("fe80::/10", "a link-local address"),
        ("ff00::/8", "a multicast address"),
    )
)
_GLOBAL_UNICAST = IPv6Network("2000::/3")
# Networks with IPv6 alone reach every IPv4 address through this prefix (RFC 6052).
_NAT64 = IPv6Network("64:ff9b::/96")

# What WHATWG's URL standard calls a host that ends in a number: an IPv4 address in some spelling.
_ENDS_IN_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)")


def read_networks(networks: Iterable[str]) -> tuple[Network, ...]:
    """Read the networks that may be connected to though they are not public.

    Args:
        networks: such as `10.1.0.0/16` or `fd00:5::/64`.

    Raises:
        SettingsError: one of them is no network.
    """
    read = []
    for network in networks:
        try:
            read.append(ip_network(network))
        except ValueError as error:
            raise SettingsError("allowed_networks", str(error)) from error
    return tuple(read)


def refusal(address: Address, *, allowed: tuple[Network, ...] = ()) -> str | None:
    """Return what kind of address it is if we do not connect to its kind, else None.

    An IPv4 address inside an IPv6 one (mapped, or by NAT64) is judged as what it is.

    Args:
        address: the address.
        allowed: networks that are exempt.
    """
    if isinstance(address, IPv6Address):
        address = _embedded(address) or address
    if any(address in network for network in allowed):
        return None
    for network, kind in _REFUSED:
        if address in network:
            return kind
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST:
        return "not a public address"
    return None


def literal_address(host: str) -> Address | None:
    """Return the address that a host spells, in whatever notation; None if it is a name.

    Args:
        host: without brackets. `2130706433`, `0x7f.1` and `127.1` are 127.0.0.1, as resolvers
            have it.

    Raises:
        ValueError: it can only be an address, and is none.
    """
    if ":" in host:
        return ip_address(host)
    if not _ENDS_IN_NUMBER.fullmatch(host):
        return None
    try:
        return IPv4Address(socket.inet_aton(host))
    except OSError as error:
        raise ValueError(f"{host!r} is not an address") from error


def _embedded(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped
