"""Takes the address of a page apart as Telegram does, and tells whether it would link it.

Telegram drops a link that it does not take without a word, and leaves its text. What else an
address of a statement must be is left to ``fields``; nothing is fetched or looked up here.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address

import regex

_WHOLE = regex.compile(r"(?i:https?)://(?P<authority>[^/?#\s]++)(?:[/?#].*+)?", regex.DOTALL)
#: What follows the last @, as tdlib/td reads it (``parse_url`` in tdutils/td/utils/HttpUrl.cpp).
_PLACE = regex.compile(r"(?P<host>\[[^\[\]]*+\]|[^:\[\]]++)(?::0*+(?P<port>[0-9]*+))?")
#: The characters of a host that RFC 3986 and td allow; of a name before it, colons too.
_HOST = regex.compile(r"(?:[A-Za-z0-9._!$,~*'();&+=\x80-\U0010ffff-]|%[0-9A-Fa-f]{2})++")
_NAME = regex.compile(r"(?:[A-Za-z0-9._!$,~*'();&+=:\x80-\U0010ffff-]|%[0-9A-Fa-f]{2})*+")
_IPV6 = regex.compile(r"[0-9A-Fa-f:.]++")
_LAST_PORT, _MOST_DIGITS = 65_535, 5


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address that Telegram looks at."""

    #: In brackets if it is an IPv6 address.
    host: str
    #: Whether there is an "@" before it, and perhaps a name before that.
    named: bool

    @property
    def is_ipv6(self) -> bool:
        """Whether the host is a number of the sixth version of the Internet Protocol."""
        return self.host.startswith("[")


def read_address(url: str) -> Address | None:
    """Return the parts of *url*, which begins with http:// or https://; ``None`` if td refuses it.

    It does so if the port is not one from 1 to 65535, the IPv6 address is none, or the host or the
    name before it has a character that must not stand there. Any host will do: "localhost".

    >>> read_address("https://example.org:443/statement")
    Address(host='example.org', named=False)
    >>> read_address("https://example.org:99999/statement")
    """
    whole = _WHOLE.fullmatch(url)
    name, at, place = whole["authority"].rpartition("@") if whole else ("", "", "")
    found = _PLACE.fullmatch(place)
    if not found or not _is_port(found["port"]) or not _NAME.fullmatch(name):
        return None
    host: str = found["host"]
    allowed = _is_ipv6(host) or (host != "." and _HOST.fullmatch(host))
    return Address(host, bool(at)) if allowed else None


def is_linked(url: str) -> bool:
    """Return whether Telegram makes a link of *url*: a whole address, on a host with a dot.

    After ``LinkManager::check_link`` of tdlib/td.
    """
    address = read_address(url)
    return address is not None and (address.is_ipv6 or "." in address.host)


def _is_port(digits: str | None) -> bool:
    """Return whether *digits*, without zeros in front, are a port; so is none at all."""
    return digits is None or (len(digits) <= _MOST_DIGITS and 0 < int(digits or 0) <= _LAST_PORT)


def _is_ipv6(host: str) -> bool:
    if not (host.startswith("[") and _IPV6.fullmatch(host[1:-1])):
        return False
    try:
        IPv6Address(host[1:-1])
    except ValueError:
        return False
    return True
