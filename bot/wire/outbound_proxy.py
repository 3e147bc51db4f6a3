"""Knows which proxy the environment wants a call to Telegram to go through.

What is called through it is left to ``http_client``, and how its failures are told to
``obstacles``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.request import proxy_bypass

from yarl import URL

from bot.wire.obstacles import Obstacle, Place, shown

#: What proxies can be called by.
_SCHEMES = ("http", "https")


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy, with the user name and the password if its address has them."""

    address: URL
    #: The variable that names it, such as ``HTTPS_PROXY``; of a system's own settings, those.
    named_by: str

    @property
    def place(self) -> Place:
        """Where it listens, without the user name and the password."""
        return Place(self.address.host or "", self.address.port or 80)

    @property
    def has_user(self) -> bool:
        """Whether its address has a user name."""
        return self.address.user is not None


class UnusableProxy(Exception):
    """What the environment names cannot be a proxy; carries the obstacle."""

    def __init__(self, obstacle: Obstacle) -> None:
        """Carry the *obstacle*."""
        self.obstacle = obstacle
        super().__init__(obstacle.reason)


def proxy_for(address: URL, proxies: Mapping[str, str]) -> Proxy | None:
    """Return the one of *proxies* that calls of *address* go through.

    *proxies* is what ``urllib.request.getproxies`` returns: addresses by scheme.

    Raises:
        UnusableProxy: it is none, or one of another sort.
    """
    scheme = address.scheme if proxies.get(address.scheme) else "all"
    written = proxies.get(scheme)
    if not written or proxy_bypass(address.host or ""):
        return None
    named_by = _named_by(scheme)
    try:
        proxy = URL(written if "://" in written else f"http://{written}")
    except ValueError:
        proxy = URL()
    if proxy.host and proxy.scheme not in _SCHEMES:
        raise UnusableProxy(
            Obstacle(
                f"a {shown(proxy.scheme)} proxy ({named_by}) cannot be used, only an http one",
                f"Name an http proxy in {named_by}, or unset it if Telegram can be reached without",
            )
        )
    if not proxy.host:
        raise UnusableProxy(
            Obstacle(
                f"{named_by} is not the address of a proxy",
                "Write it as http://proxy.example.org:3128",
            )
        )
    return Proxy(proxy, named_by)


def _named_by(scheme: str) -> str:
    """Return what names the proxy for *scheme*; the lower-case name comes first, as in urllib."""
    names = (f"{scheme}_proxy", f"{scheme}_proxy".upper())
    return next((name for name in names if os.environ.get(name)), "the system's proxy setting")
