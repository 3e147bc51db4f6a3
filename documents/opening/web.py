"""Fetches what a link leads to, from public sites only, within limits of size and time.

It uses the standard library's ``http.client`` and no asynchronous client: one document is wanted at
a time, and the socket must be ours, connected to an address that was checked, with a clock that no
slow byte sets back. Proxies that the environment names are not used, as a proxy would resolve the
name again, where nobody checks it; where only a proxy leads out, a page is saved from a browser.
No cookie, password or referring page is sent.
"""

from __future__ import annotations

import datetime
import http.client
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cache
from urllib.parse import urljoin

from documents.model import Source, TryLater, Unreadable
from documents.opening.addresses import (
    Permit,
    Resolve,
    Target,
    checked_addresses,
    is_public,
    resolve,
    target_of,
)
from documents.opening.body import TooLong, read_body
from documents.opening.limits import Limits, size_of
from documents.opening.robots import is_robot_check
from documents.opening.sockets import TimedSocket, connect
from index import printable

USER_AGENT = "OnRecord (archive of official statements)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SAVE = "Open it in a browser, save the page, and add the file"
_LATER = "Try again later, or save the page from a browser and add the file"
_ROBOT_CHECK = ("the site shows a robot check", "Save the page from a browser, and add the file")
_CHECK_LINK = "Check the link"
#: Bytes read of an answer that is not the document, to see why.
_OF_A_REFUSAL = 65_536
#: Statuses that have a reason of their own; others are told by their number.
_STATUSES = {
    401: ("the site asks for a password (401)", _SAVE),
    402: ("the site asks to be paid (402)", _SAVE),
    403: ("the site does not give it to programs (403)", _SAVE),
    404: ("there is nothing at this address (404)", _CHECK_LINK),
    410: ("it was taken down (410)", "Look for it in an archive of the web"),
    429: ("the site asks to be asked less often (429)", _LATER),
    451: ("it may not be shown where this machine is (451)", _SAVE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """A link's document is still the one that was fetched before."""

    url: str


def fetch(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    user_agent: str = USER_AGENT,
    limits: Limits | None = None,
    resolve: Resolve = resolve,
    permit: Permit = is_public,
    context: Callable[[], ssl.SSLContext] | None = None,
) -> Source | NotModified:
    """Return what *url* leads to, or that it is still what had this *etag* and *last_modified*.

    Both are as an earlier source has them. *resolve*, *permit* and *context* (of TLS) are the
    system's and the public internet's, but in tests.

    Raises:
        Unreadable: it leads nowhere, to no public site, to a robot check, or to too much.
        TryLater: the site is out of order, or asks to be asked less often.
    """
    limits = limits or Limits()
    deadline = time.monotonic() + limits.link_seconds
    asked = {"User-Agent": user_agent, "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
    if etag:
        asked["If-None-Match"] = etag
    if last_modified:
        asked["If-Modified-Since"] = last_modified
    here = url.strip()
    try:
        for _ in range(limits.redirects + 1):
            target = target_of(here)
            found = checked_addresses(target, resolve, permit, deadline - time.monotonic())
            quiet = limits.quiet_seconds
            with connect(target, found, deadline, quiet, context or _trusted) as socket:
                answer = _ask(socket, target, asked)
                place = answer.getheader("Location") or ""
                if answer.status in _REDIRECTS and place:
                    here = urljoin(here, _as_utf_8(place)).partition("#")[0]
                    continue
                if answer.status == 304 and (etag or last_modified):
                    return NotModified(url=here)
                return _source(answer, url, here, limits)
    except TimeoutError:
        what = f"the site took over {limits.link_seconds:.0f} s, or fell silent"
        raise Unreadable(what, _LATER) from None
    except ssl.SSLCertVerificationError as error:
        what = f"the site does not prove who it is ({printable(error.verify_message)})"
        raise Unreadable(what, _SAVE) from None
    except (ssl.SSLError, http.client.HTTPException) as error:
        what = f"the site's answer cannot be understood ({type(error).__name__})"
        raise Unreadable(what, _SAVE) from None
    except (OSError, ValueError) as error:
        reason = printable(getattr(error, "strerror", None) or type(error).__name__)
        raise Unreadable(f"the site does not answer ({reason})", _LATER) from None
    raise Unreadable(f"the link leads on more than {limits.redirects} times", _SAVE)


def _ask(socket: TimedSocket, target: Target, headers: dict[str, str]) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(target.host, target.port)
    # Set, so that it connects nowhere itself: the address was checked.
    connection.sock = socket
    # Without the scheme's own port; some sites answer nothing else.
    connection.request("GET", target.path, headers={"Host": target.authority, **headers})
    return connection.getresponse()


def _source(answer: http.client.HTTPResponse, name: str, url: str, limits: Limits) -> Source:
    given = answer.status in (200, 203)
    try:
        content = read_body(answer, limits.file_bytes if given else _OF_A_REFUSAL)
    except TooLong as error:
        content = error.beginning
        if given:
            what = f"it has more than {size_of(limits.file_bytes)}, and no more are read"
            raise Unreadable(what, "Save the part that is to be filed, and add it") from None
    except Unreadable:
        content = b""
        if given:
            raise
    if is_robot_check(answer.status, dict(answer.getheaders()), content):
        raise Unreadable(*_ROBOT_CHECK)
    if not given:
        patience = _patience(answer.getheader("Retry-After") or "")
        if answer.status >= 500:
            raise TryLater(f"the site is out of order ({answer.status})", _LATER, patience)
        if answer.status == 429:
            raise TryLater(*_STATUSES[429], patience)
        raise Unreadable(
            *_STATUSES.get(answer.status, (f"the site refuses it ({answer.status})", _SAVE))
        )
    return Source(
        name=printable(name),
        content=content,
        url=url,
        content_type=answer.headers.get_content_type() if answer.headers["Content-Type"] else "",
        charset=str(answer.headers.get_content_charset() or ""),
        fetched=datetime.datetime.now(datetime.UTC).date(),
        etag=answer.getheader("ETag") or "",
        last_modified=answer.getheader("Last-Modified") or "",
    )


def _patience(retry_after: str) -> float:
    """Return how many seconds the header *retry_after* asks for: it has a number, or a moment."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return 0.0
    # A moment without a zone is by Universal Time (RFC 9110, section 5.6.7).
    until = until if until.tzinfo else until.replace(tzinfo=datetime.UTC)
    return max(0.0, (until - datetime.datetime.now(datetime.UTC)).total_seconds())


def _as_utf_8(header: str) -> str:
    """Return *header* as it was meant: http.client reads every byte as a letter."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


@cache
def _trusted() -> ssl.SSLContext:
    """Return the certificates that the system trusts, or certifi's where it has none."""
    paths = ssl.get_default_verify_paths()
    if paths.cafile or paths.capath:
        return ssl.create_default_context()
    import certifi  # noqa: PLC0415  # comes with httpx; small containers have no other

    return ssl.create_default_context(cafile=certifi.where())
