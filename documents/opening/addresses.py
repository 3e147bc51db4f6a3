"""Decides which addresses of the internet a link may lead to: public ones, and no others.

A name is resolved once, every address of it is checked, and the connection is made to one that
was: a name that means something else a moment later (DNS rebinding) leads nowhere.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Thread
from urllib.parse import quote, urlsplit

import regex

from documents.model import Unreadable

#: Gives the addresses of a host, as text; it raises ``OSError`` for a host that is not known.
Resolve = Callable[[str], Sequence[str]]
#: Tells whether an address, as text, may be connected to.
Permit = Callable[[str], bool]

_PORTS = {"http": 80, "https": 443}
#: Below it, other ports than a scheme's own belong to mail, shells and databases.
_FIRST_FREE_PORT = 1024
_SAVE = "Open it in a browser, save the page, and add the file"
_NOT_PUBLIC = "Only public sites are opened: save it, and add the file"
_NO_LINK = regex.compile(r"[\x00-\x20\x7f-\x9f\\]")

#: Ranges that ``ipaddress`` (Python 3.11) calls global, and no public site stands in: IANA's
#: special-purpose registries, and the address at which Azure's machines find their own service.
_NOBODYS = tuple(
    map(
        ip_network,
        (
            "192.0.0.0/24",
            "192.88.99.0/24",
            "168.63.129.16/32",
            "2001::/23",
            "3fff::/20",
            "fec0::/10",
        ),
    )
)
_UNICAST = ip_network("2000::/3")
#: IPv6 addresses that hold an IPv4 address in their last 32 bits: RFC 4291, 6052.
_HOLDING = tuple(map(ip_network, ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a link leads: a host, and what to ask it for."""

    scheme: str
    host: str
    port: int
    #: The path and the query, as they are sent.
    path: str

    @property
    def authority(self) -> str:
        """Return the host and, if it is not the scheme's own, the port, as ``Host:`` has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def is_public(address: str) -> bool:
    """Return whether *address* is one of the public internet, also inside of an IPv6 address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address):
        if parsed.scope_id:
            return False
        inner = _held_by(parsed)
        if inner is not None:
            return _is_public(inner)
        if parsed not in _UNICAST:
            return False
    return _is_public(parsed)


def _held_by(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that *address* leads to, by a mapping, 6to4 or NAT64."""
    if any(address in network for network in _HOLDING):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.sixtofour


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
        and not any(address in network for network in _NOBODYS)
    )


def target_of(url: str) -> Target:
    """Return where *url* leads.

    Raises:
        Unreadable: it is no link to a page, or hides where it leads.
    """
    if _NO_LINK.search(url):
        raise Unreadable("the link has a character that no link has", "Copy the link anew")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
    except ValueError:
        raise Unreadable("this is no link", "Copy the link anew") from None
    if parts.scheme not in _PORTS:
        raise Unreadable(f"links that begin with {parts.scheme}: are not followed", _SAVE)
    if "@" in parts.netloc:
        raise Unreadable("the link has a user's name in it", "Give the link without it")
    if not host:
        raise Unreadable("the link names no site", "Copy the link anew")
    if port is None:
        port = _PORTS[parts.scheme]
    elif port != _PORTS[parts.scheme] and port < _FIRST_FREE_PORT:
        raise Unreadable(f"the link leads to port {port}, where no site is", "Copy the link anew")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        path += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|")
    return Target(scheme=parts.scheme, host=host, port=port, path=path)


def checked_addresses(
    target: Target, resolve: Resolve, permit: Permit, seconds: float
) -> Sequence[str]:
    """Return the addresses of *target*'s host, all of them permitted.

    Raises:
        Unreadable: it is not known, or one of them may not be connected to.
    """
    found = _in_time(lambda: resolve(target.host), seconds)
    if not found:
        raise Unreadable(f"no site is known as {target.host}", "Check how the link is spelt")
    if not all(map(permit, found)):
        raise Unreadable(f"{target.host} is no public site", _NOT_PUBLIC)
    return found


def resolve(host: str) -> Sequence[str]:
    """Return every address of *host*, in the order in which the system would try them."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def _in_time(resolved: Callable[[], Sequence[str]], seconds: float) -> Sequence[str]:
    """Return what *resolved* gives, or nothing: the system's resolver has no time limit."""
    given: list[Sequence[str]] = []

    def ask() -> None:
        try:
            given.append(resolved())
        except (OSError, UnicodeError):
            given.append(())

    asking = Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    if not given:
        raise TimeoutError
    return given[0]
