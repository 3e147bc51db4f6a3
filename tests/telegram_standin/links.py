"""Judges a link as Telegram does and puts it in canonical form; fetches nothing."""

from __future__ import annotations

import re

_USER_LINK = re.compile(r"tg://user/?\?(?:.*&)?id=(\d+)")


class LinkError(ValueError):
    """A link Telegram does not take; the message is Telegram's reason."""


def check_link(link: str) -> str:
    """Return the link in canonical form; raises LinkError.

    After `LinkManager::check_link` of tdlib/td: http, https, tg and ton only, http when no
    scheme is given, a host with a dot, and a path of at least "/".
    """
    scheme, has_scheme, rest = link.strip().partition("://")
    if not has_scheme:
        scheme, rest = "http", scheme
    scheme = scheme.lower()
    if scheme in ("tg", "ton"):
        return f"{scheme}://{rest}"
    if scheme not in ("http", "https"):
        raise LinkError("Unsupported URL protocol")
    authority, path = _split_authority(rest)
    host = authority.rpartition("@")[2].partition(":")[0].lower()
    if not host:
        raise LinkError("URL host is empty")
    if "." not in host.strip(".") or re.search(r"\s", authority):
        raise LinkError("Wrong HTTP URL")
    if not path.startswith("/"):
        path = "/" + path
    return f"{scheme}://{authority.lower()}{path}"


def linked_user(link: str) -> int | None:
    """Return the user id of a `tg://user?id=…` link, or None for any other link."""
    match = _USER_LINK.fullmatch(link.strip())
    return int(match[1]) if match else None


def _split_authority(rest: str) -> tuple[str, str]:
    end = next((place for place, letter in enumerate(rest) if letter in "/?#"), len(rest))
    return rest[:end], rest[end:]
