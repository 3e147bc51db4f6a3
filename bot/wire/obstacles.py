"""Says in words what keeps a call from Telegram, and what to repair.

An operator reads this: never the address that was called, which holds the token, nor the user name
and the password of a proxy. What is done about it is left to ``retry`` and ``process.running``.
"""

from __future__ import annotations

import errno
import os
import socket
import ssl
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

import aiohttp
import regex

if TYPE_CHECKING:
    from bot.wire.outbound_proxy import Proxy

#: Telegram's own server; any other is the operator's setting ``api``.
TELEGRAM = "api.telegram.org"
#: What may be a token, or the secret half of one, is not repeated.
_SECRET = regex.compile(r"[\w-]{30,}|\d{5,}(?::|%3A)\S*")
#: Characters of a name that is shown.
_LONGEST = 80
_FAR = (
    *(errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN),
    errno.EADDRNOTAVAIL,
)
_FORBIDDEN = (errno.EACCES, errno.EPERM)
_FULL = (errno.EMFILE, errno.ENFILE)
#: X509_V_ERR_… of OpenSSL (x509_vfy.h).
_NOT_YET_VALID, _EXPIRED, _OTHER_NAME = 9, 10, 62

_CORRECT_API = "Correct “api” in onrecord.yaml"
_AGAIN = "If this lasts, look whether a firewall or a proxy on the way cuts connections"
_TRUST = (
    "If a proxy or a firewall of this network looks into TLS, put its root certificate into a PEM "
    "file and name that in SSL_CERT_FILE"
)
_TRUST_OWN = (
    "Put the root certificate of whoever signed it into a PEM file and name that in SSL_CERT_FILE"
)
_CLOCK = "Set this machine's clock; if that is right, the certificate has to be renewed"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What keeps a call from Telegram."""

    #: A clause: "the name api.telegram.org is not known".
    reason: str
    #: What to do, without a full stop.
    repair: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where something listens."""

    host: str
    port: int

    def __str__(self) -> str:
        """Return both, as an operator writes them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{shown(host)}:{self.port}"


def shown(name: str) -> str:
    """Return *name* as it may be shown: nothing in it is, or resembles, a token."""
    name = name if name.isprintable() else "…"
    return _SECRET.sub("…", name[:_LONGEST])


def obstacle_of(error: Exception, place: Place | None, proxy: Proxy | None) -> Obstacle:
    """Return what *error* means for a call of *place*, made through *proxy* if there is one."""
    if place is None:
        return Obstacle("the address in “api” is none", _CORRECT_API)
    if proxy is not None and isinstance(error, aiohttp.ClientHttpProxyError):
        return refused_by_proxy(error.status, place, proxy)
    if not isinstance(error, aiohttp.ClientConnectorError):
        return _broken(error, place, proxy)
    if proxy is not None and Place(error.host, error.port or 0) == proxy.place:
        return _unreachable_proxy(error, proxy)
    return _unreachable(error, place, proxy)


def answered_by_another(place: Place, proxy: Proxy | None, answer: str) -> Obstacle:
    """Return what it means that *answer* came, and no answer of the Bot API."""
    repair = (
        "A proxy, a firewall or the sign-in page of this network answers in Telegram's place: sign "
        "in there, or have calls of Telegram let through"
    )
    if place.host != TELEGRAM:
        repair = f"{_CORRECT_API}: a Bot API server must listen there"
    return Obstacle(
        f"something other than Telegram answers at {_way(place, proxy)}: {answer}", repair
    )


def in_trouble(status: int, place: Place) -> Obstacle:
    """Return what it means that *place* answered with the *status* of a server in trouble."""
    if place.host == TELEGRAM:
        return Obstacle(
            f"Telegram's own servers answer {phrase(status)}",
            "Wait: nothing is wrong on your side",
        )
    return Obstacle(f"{place} answers {phrase(status)}", "Look into the log of that server")


def refused_by_proxy(status: int, place: Place, proxy: Proxy) -> Obstacle:
    """Return what it means that *proxy* answered *status* itself, and passed nothing on."""
    who = _proxy_shown(proxy)
    if status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        if proxy.has_user:
            return Obstacle(
                f"{who} does not accept the user name and password",
                f"Correct them in {proxy.named_by}",
            )
        return Obstacle(
            f"{who} wants a user name and a password",
            f"Put them into {proxy.named_by}: http://user:password@proxy.example.org:3128",
        )
    return Obstacle(
        f"{who} does not pass calls on to {place} ({phrase(status)})",
        f"Have the proxy let {place} through",
    )


def untrusted_file(variable: str) -> Obstacle:
    """Return what it means that the certificates that *variable* names cannot be read."""
    return Obstacle(
        f"{variable} names no file of certificates that can be read",
        f"Correct {variable}, or unset it to trust the usual authorities",
    )


def phrase(status: int) -> str:
    """Return a status with its name: "502 Bad Gateway"."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _broken(error: Exception, place: Place, proxy: Proxy | None) -> Obstacle:
    """Return what it means that a call of *place* began and came to nothing."""
    way, repair = _way(place, proxy), _AGAIN
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        reason, repair = f"no connection to {way} was made in time", _let_through(place, proxy)
    elif isinstance(error, TimeoutError):
        reason, repair = f"{way} did not answer in time", _let_through(place, proxy)
    elif isinstance(error, aiohttp.ClientResponseError):
        return answered_by_another(place, proxy, "what is no HTTP")
    elif isinstance(error, aiohttp.InvalidURL | aiohttp.NonHttpUrlClientError | ValueError):
        reason, repair = "the address in “api” is none", _CORRECT_API
    elif _errno_of(error) and not isinstance(error, ssl.SSLError):
        reason = f"the connection to {way} broke ({os.strerror(_errno_of(error))})"
    elif isinstance(error, aiohttp.ServerConnectionError | aiohttp.ClientPayloadError | OSError):
        reason = f"{way} closed the connection without an answer"
    else:
        reason = f"the call of {way} failed ({type(error).__name__})"
    return Obstacle(reason, repair)


def _unreachable(
    error: aiohttp.ClientConnectorError, place: Place, proxy: Proxy | None
) -> Obstacle:
    """Return what it means that no connection to *place* was made."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return _untrusted(error, place)
    way, why, number = _way(place, proxy), _why(error), _errno_of(error)
    ours = place.host != TELEGRAM
    or_api = f", or {_lower(_CORRECT_API)}" if ours else ""
    if isinstance(error, aiohttp.ClientConnectorSSLError):
        reason = f"no TLS connection to {way} could be made"
        repair = f"{_CORRECT_API}: a server without TLS is http://" if ours else _AGAIN
    elif _is_name_unknown(error):
        reason = f"the name {shown(place.host)} is not known{why}"
        repair = f"Check this machine's network and its DNS{or_api}"
    elif number == errno.ECONNREFUSED and ours:
        reason = f"nothing listens at {way} (connection refused)"
        repair = f"Start the Bot API server there{or_api}"
    elif number in _FAR:
        reason = f"there is no way to {way}{why}"
        repair = f"Check this machine's network{or_api}"
    elif number in _FORBIDDEN:
        reason = f"this machine may not connect to {way}{why}"
        repair = "Have its firewall, or the rules of its container, allow it"
    elif number in _FULL:
        reason = f"too many files and connections are open{why}"
        repair = "Raise the limit of open files (ulimit -n), or lower “concurrency”"
    else:
        reason = f"no connection to {way} could be made{why}"
        repair = _let_through(place, proxy)
    return Obstacle(reason, repair)


def _unreachable_proxy(error: aiohttp.ClientConnectorError, proxy: Proxy) -> Obstacle:
    """Return what it means that no connection to *proxy* was made."""
    who, correct = _proxy_shown(proxy), f"Correct {proxy.named_by}"
    without = "or unset it if Telegram can be reached without a proxy"
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return Obstacle(f"the certificate of {who} is not trusted{_why(error)}", _TRUST)
    if isinstance(error, aiohttp.ClientConnectorSSLError):
        return Obstacle(
            f"no TLS connection to {who} could be made", f"{correct}: most proxies are http://"
        )
    if _is_name_unknown(error):
        return Obstacle(f"the name of {who} is not known{_why(error)}", f"{correct}, {without}")
    if _errno_of(error) == errno.ECONNREFUSED:
        return Obstacle(
            f"{who} refuses the connection",
            f"Start the proxy, or correct {proxy.named_by}, {without}",
        )
    return Obstacle(f"{who} cannot be reached{_why(error)}", f"{correct}, {without}")


def _untrusted(error: aiohttp.ClientConnectorCertificateError, place: Place) -> Obstacle:
    """Return what is wrong with the certificate of *place*."""
    found = error.certificate_error
    code = getattr(found, "verify_code", 0)
    reason = f"the certificate of {place} is not trusted{_why(error)}"
    if code in {_NOT_YET_VALID, _EXPIRED}:
        return Obstacle(reason, _CLOCK)
    if place.host != TELEGRAM and code == _OTHER_NAME:
        return Obstacle(reason, f"{_CORRECT_API}: the host must be one that the certificate names")
    if os.environ.get("SSL_CERT_FILE"):
        return Obstacle(
            reason,
            "The file that SSL_CERT_FILE names lacks the root certificate of whoever signed it: "
            "add it there, or unset SSL_CERT_FILE",
        )
    return Obstacle(reason, _TRUST if place.host == TELEGRAM else _TRUST_OWN)


def _why(error: aiohttp.ClientConnectorError | aiohttp.ClientConnectorCertificateError) -> str:
    """Return what the system, or OpenSSL, says of *error*, in brackets."""
    why: object = None
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        why = getattr(error.certificate_error, "verify_message", None)
    elif number := _errno_of(error):
        # gaierror has numbers of its own, and words from the C library.
        named = isinstance(error.os_error, socket.gaierror)
        why = error.strerror if named else os.strerror(number)
    return f" ({shown(why)})" if isinstance(why, str) and why else ""


def _is_name_unknown(error: aiohttp.ClientConnectorError) -> bool:
    return isinstance(error, aiohttp.ClientConnectorDNSError) or isinstance(
        error.os_error, socket.gaierror | UnicodeError
    )


def _errno_of(error: Exception) -> int:
    number = getattr(getattr(error, "os_error", error), "errno", None)
    return number if isinstance(number, int) else 0


def _way(place: Place, proxy: Proxy | None) -> str:
    return f"{place} through {_proxy_shown(proxy)}" if proxy else str(place)


def _proxy_shown(proxy: Proxy) -> str:
    return f"the proxy {proxy.place} ({proxy.named_by})"


def _let_through(place: Place, proxy: Proxy | None) -> str:
    if proxy:
        return f"Look whether the proxy lets {place} through"
    if place.host == TELEGRAM:
        return "Have the firewall or the provider let it through, or name a proxy in HTTPS_PROXY"
    return f"Look whether the Bot API server there is well, or {_lower(_CORRECT_API)}"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
