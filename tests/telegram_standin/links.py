"""Judges a link as Telegram does and puts it in canonical form; fetches nothing.

After `check_link_impl` in LinkManager.cpp and `parse_url` in HttpUrl.cpp of tdlib/td, which judge
the host letter by letter, the port by its number, and the user before an `@` not at all.
"""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass

_APP_SCHEMES = ("tonsite", "ton", "tg")
_SCHEME = re.compile(r"([^:/?#@\[\]]*)://")
_HIGHEST_PORT = 65535
#: A host as RFC 3986 and RFC 7230 have it, and any letter beyond ASCII.
_HOST = re.compile(r"(?:[a-z0-9._!$,~*'();&+=-]|[^\x00-\x7f]|%[0-9a-f]{2})*")
_BAD_ESCAPE = re.compile("%(?![0-9a-f]{2})")
_APP_HOST = re.compile(r"[a-z0-9_-]*")
_TON_SITE = re.compile(r"[a-z0-9._-]*")
_SPACE = " \t\r\n\v\0"
_UNSEEN = re.compile("[\0- ]")
_USER_LINK = re.compile(r"tg:(?://)?user/?\?([^#]*)(?:#.*)?", re.DOTALL)
#: `MAX_USER_ID` in UserId.h of tdlib/td.
_HIGHEST_USER = (1 << 40) - 1


class LinkError(ValueError):
    """A link Telegram does not take; the message is Telegram's reason."""


@dataclass(frozen=True, slots=True)
class _Address:
    scheme: str
    user: str
    host: str
    port: int
    is_ipv6: bool
    #: Begins with a slash.
    path: str


def check_link(link: str) -> str:
    """Return the link in canonical form; raises LinkError.

    http, https, tg, ton and tonsite only, http when no scheme is given, a host with a dot or an
    IPv6 address in brackets, and a path of at least "/".
    """
    for scheme in _APP_SCHEMES:
        if link[: len(scheme) + 1].lower() == f"{scheme}:":
            return _check_app_link(scheme, link[len(scheme) + 1 :].removeprefix("//"))
    address = _parse(link)
    if "." not in address.host and not address.is_ipv6:
        raise LinkError("Wrong HTTP URL")
    user = f"{address.user}@" if address.user else ""
    port = f":{address.port}" if address.port else ""
    return f"{address.scheme}://{user}{address.host}{port}{address.path}"


def linked_user(link: str) -> int | None:
    """Return the user id of a `tg://user?id=…` link, or None for any other link."""
    match = _USER_LINK.fullmatch(link.lower())
    for parameter in match[1].split("&") if match else ():
        name, _, value = parameter.partition("=")
        if name == "id":
            named = int(value) if re.fullmatch(r"[1-9][0-9]{0,12}", value) else 0
            return named if 0 < named <= _HIGHEST_USER else None
    return None


def _check_app_link(scheme: str, rest: str) -> str:
    """Return a link that an app of Telegram's opens; the slashes of its beginning are optional."""
    address = _parse(rest)
    if (
        rest[:7].lower() == "http://"
        or address.scheme == "https"
        or address.user
        or address.port
        or address.is_ipv6
    ):
        raise LinkError("Wrong tg URL" if scheme == "tg" else "Wrong ton URL")
    if not (_TON_SITE if scheme == "tonsite" else _APP_HOST).fullmatch(address.host):
        raise LinkError("Unallowed characters in URL host")
    path = address.path[1:] if address.path[1:2] == "?" else address.path
    return f"{scheme}://{address.host}{path}"


def _parse(link: str) -> _Address:
    scheme = "http"
    if begin := _SCHEME.match(link):
        scheme = _lowered(begin[1])
        if scheme not in ("http", "https"):
            raise LinkError("Unsupported URL protocol")
        link = link[begin.end() :]
    end = next((place for place, letter in enumerate(link) if letter in "/?#"), len(link))
    before_port, port = _split_port(link[:end])
    user, _, host = before_port.rpartition("@")
    host = _lowered(host)
    is_ipv6 = len(host) > 1 and host[0] == "[" and host[-1] == "]"
    if is_ipv6:
        _check_ipv6(host)
    if not host:
        raise LinkError("URL host is empty")
    if host == ".":
        raise LinkError("Host is invalid")
    if not is_ipv6 and not _HOST.fullmatch(host):
        if _BAD_ESCAPE.search(host):
            raise LinkError("Wrong percent-encoded symbol in URL host")
        raise LinkError("Wrong URL host")
    return _Address(scheme, user, host, port, is_ipv6, _canonical_path(link[end:]))


def _split_port(authority: str) -> tuple[str, int]:
    """Return what stands before the port, and the port, 0 without one; raises LinkError."""
    place = max(authority.rfind(mark) for mark in ":]@")
    if place < 1 or authority[place] != ":":
        return authority, 0
    digits = authority[place + 1 :].lstrip("0")
    if not re.fullmatch("[0-9]{1,5}", digits) or int(digits) > _HIGHEST_PORT:
        raise LinkError("Wrong port number specified in the URL")
    return authority[:place], int(digits)


def _check_ipv6(host: str) -> None:
    try:
        socket.inet_pton(socket.AF_INET6, host[1:-1])
    except (OSError, ValueError):
        raise LinkError("Wrong IPv6 address specified in the URL") from None


def _canonical_path(path: str) -> str:
    path = path.rstrip(_SPACE)
    slash = "" if path.startswith("/") else "/"
    return slash + _UNSEEN.sub(lambda found: f"%{ord(found[0]):02X}", path)


def _lowered(text: str) -> str:
    """Lower the letters of ASCII, as Telegram does; others might change their number."""
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")
