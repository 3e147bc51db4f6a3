"""Recognises a page that a site shows to programs in place of the one that was asked for."""

from __future__ import annotations

from collections.abc import Mapping

#: Statuses with which such pages come; 202 is Amazon's.
_STATUSES = frozenset({202, 403, 429, 503})
#: Headers that say so, with a word of their value: Cloudflare, Amazon, DataDome.
_HEADERS = (
    ("cf-mitigated", "challenge"),
    ("x-amzn-waf-action", ""),
    ("x-datadome", ""),
    ("x-dd-b", ""),
)
#: What no page says that has a text to read, in small letters.
_MARKS = (
    b"just a moment...",
    b"attention required! | cloudflare",
    b"cf-chl-",
    b"_cf_chl_opt",
    b"checking your browser",
    b"_incapsula_resource",
    b"captcha-delivery.com",
    b"px-captcha",
    b"pardon our interruption",
    b"awswafcookiedomainlist",
    b"window.gokuprops",
    b"enable javascript and cookies to continue",
    b"verify you are human",
    b"are you a robot",
    b"ddos protection by",
)
#: With these statuses any mention of a check is one.
_HINTS = (b"captcha", b"challenge", b"are you human", b"unusual traffic", b"bot detection")
#: A check has little text; a statement about robots has more.
_LONGEST = 30_000


def is_robot_check(status: int, headers: Mapping[str, str], beginning: bytes) -> bool:
    """Return whether an answer is a check for robots; *beginning* is of its unpacked body."""
    told = {name.lower(): value.lower() for name, value in headers.items()}
    if status in _STATUSES and any(name in told and word in told[name] for name, word in _HEADERS):
        return True
    page = beginning[: _LONGEST + 1].lower()
    if status in _STATUSES:
        return any(mark in page for mark in (*_MARKS, *_HINTS))
    return len(page) <= _LONGEST and b"<html" in page and any(mark in page for mark in _MARKS)
