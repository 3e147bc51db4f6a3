"""Carries calls to Telegram and back over aiohttp, for less work than the library's own client.

A fault says whether the call can have reached Telegram, in words without the address: that holds
the token. The words are left to ``obstacles``, what is tried again to ``retry``, and what has to
wait to ``rate_limiter``.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from functools import cache, lru_cache
from io import BytesIO
from ssl import SSLContext
from typing import Any
from urllib.request import getproxies

import aiohttp
import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.wire.api_answers import is_answer, learn_time, obstacle_in
from bot.wire.obstacles import Obstacle, Place, obstacle_of, untrusted_file
from bot.wire.outbound_proxy import Proxy, UnusableProxy, proxy_for
from bot.wire.reachability import Reachability
from bot.wire.telegram_clock import TelegramClock

logger = logging.getLogger(__name__)

#: Seconds that a call to Telegram may take.
TIMEOUTS: Mapping[str, Any] = {
    "connect_timeout": 10.0,
    "read_timeout": 20.0,
    "write_timeout": 20.0,
}
#: Seconds that an idle connection is kept. nginx, which many servers stand behind, closes after 75
#: and routers forget after minutes: a call on a connection that is just being closed is lost.
KEEP_ALIVE = 30.0
#: Seconds for a call that carries a file to be written, as the library gives it.
FILE_WRITE_TIMEOUT = 20.0
#: A gateway gave up waiting for an answer to a call that it had passed on.
_GATEWAY_TIMEOUT = 504
_JSON = {"Content-Type": "application/json"}
#: What names the certificates to trust in place of the usual ones, as for the library's own client.
_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")

#: What is kept of a message that we sent: all that tells where it stands.
_WHERE = (
    *("message_id", "date", "chat", "message_thread_id", "is_topic_message"),
    *("ephemeral_message_id", "receiver_user"),
)


class NeverSent(Exception):
    """The call did not reach Telegram."""


class PerhapsReceived(Exception):
    """Telegram may have carried the call out; its answer did not come."""


class AiohttpRequest(BaseRequest):
    """Makes calls over one pool of connections, open from ``initialize`` to ``shutdown``."""

    def __init__(
        self,
        connection_pool_size: int = 16,
        *,
        read_timeout: float | None = 5.0,
        write_timeout: float | None = 5.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 1.0,
        clock: TelegramClock | None = None,
        reachability: Reachability | None = None,
    ) -> None:
        """Take the timeouts in seconds; None is without end.

        *clock* learns what time it is at Telegram, and *reachability* whether that answers.
        """
        self._pool_size = connection_pool_size
        self._read_timeout = read_timeout
        self._write_timeout = write_timeout
        self._connect_timeout = connect_timeout
        self._pool_timeout = pool_timeout
        self._session: aiohttp.ClientSession | None = None
        self._proxies: dict[str, str] = {}
        self._clock = clock or TelegramClock(tells=False)
        self._reachability = reachability or Reachability()

    @property
    def read_timeout(self) -> float | None:
        """The seconds a call waits for its answer unless told otherwise."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool; it connects at the first call.

        Raises:
            NetworkError: the certificates to trust cannot be read.
        """
        if self._session is not None:
            return
        # aiohttp could read the environment itself, but does it at each call, in two threads.
        self._proxies = getproxies()
        trusted = self._trusted()
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=self._pool_size, keepalive_timeout=KEEP_ALIVE, ssl=trusted
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
        )

    async def shutdown(self) -> None:
        """Close every connection."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(  # noqa: PLR0917  # the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one call and return the status and the body.

        Raises:
            TimedOut: no connection, or no answer, in time.
            NetworkError: no connection, or a broken one. Of both, the cause is ``NeverSent`` or
                ``PerhapsReceived``.
        """
        if self._session is None:
            raise RuntimeError("the HTTP client is not open: call initialize() first")
        files = bool(request_data and request_data.contains_files)
        timeout = _timeout(
            *(
                default if given is BaseRequest.DEFAULT_NONE else given
                for given, default in (
                    (pool_timeout, self._pool_timeout),
                    (connect_timeout, self._connect_timeout),
                    (write_timeout, FILE_WRITE_TIMEOUT if files else self._write_timeout),
                    (read_timeout, self._read_timeout),
                )
            )
        )
        data: bytes | aiohttp.FormData | None = None
        if request_data is not None:
            data = _form(request_data) if files else request_data.json_payload
        place: Place | None = None
        proxy: Proxy | None = None
        called = self._clock.machine()
        try:
            address = URL(url)
            place = Place(address.host, address.port or 0) if address.host else None
            proxy = proxy_for(address, self._proxies)
            async with self._session.request(
                method,
                address,
                data=data,
                headers=None if files or data is None else _JSON,
                timeout=timeout,
                proxy=proxy.address if proxy else None,
                allow_redirects=False,  # Telegram sends none; another's would be sent the token
            ) as response:
                status, body = response.status, await response.read()
        except UnusableProxy as unusable:
            fault = NetworkError(unusable.obstacle.reason)
            fault.__cause__ = NeverSent(unusable.obstacle.reason)
            self._reachability.failed(unusable.obstacle)
        except Exception as error:  # whatever it is, its words may hold the address
            obstacle = obstacle_of(error, place, proxy)
            fault = _fault(error, obstacle)
            self._reachability.failed(obstacle)
        else:
            is_telegrams = is_answer(response, body)
            if is_telegrams:
                learn_time(self._clock, url.rpartition("/")[2], response, body, called)
            found = obstacle_in(response, is_telegrams, place, proxy) if place else None
            if found is None:
                self._reachability.answered()
                return status, body
            self._reachability.failed(found)
            if is_telegrams and status != _GATEWAY_TIMEOUT:
                return status, body
            fault = NetworkError(found.reason)
            if status == _GATEWAY_TIMEOUT:
                fault.__cause__ = PerhapsReceived(found.reason)
            elif status < 500:
                fault.__cause__ = NeverSent(found.reason)
        # Raised out here, or the error caught above would be shown as its context.
        raise fault

    def _trusted(self) -> SSLContext:
        """Return the certificates to trust; say so if those that are named cannot be read."""
        try:
            return _trusted()
        except OSError:
            named = next((name for name in _CERTIFICATES if os.environ.get(name)), "")
            if not named:
                raise
        obstacle = untrusted_file(named)
        self._reachability.failed(obstacle)
        raise NetworkError(obstacle.reason) from NeverSent(obstacle.reason)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the object that Telegram answered; of a message sent, only where it stands.

        The rest of such a message is what we have just sent ourselves, and reading it again takes
        the library longer than all else that it does to send one. The library's own way logs the
        body of every error page, with a traceback.

        Raises:
            NetworkError: it is no such object; something between us and Telegram answered.
        """
        try:
            answer = json.loads(payload)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict) or (answer.get("ok") and "result" not in answer):
            raise NetworkError("something other than Telegram answered")
        sent = answer.get("result")
        if isinstance(sent, dict) and sent.keys() >= {"message_id", "chat"}:
            answer["result"] = {name: sent[name] for name in _WHERE if name in sent}
        return answer


@lru_cache
def _timeout(
    pool: float | None, connect: float | None, write: float | None, read: float | None
) -> aiohttp.ClientTimeout:
    """Return the four timeouts as aiohttp knows them: its last is for a call as a whole.

    aiohttp has none for writing, so a call that is not written is ended by the sum of all four.
    """
    reached = None if pool is None or connect is None else pool + connect
    whole = None if reached is None or write is None or read is None else reached + write + read
    return aiohttp.ClientTimeout(total=whole, connect=reached, sock_connect=connect, sock_read=read)


def _form(request_data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData(request_data.json_parameters)
    for name, (filename, content, kind) in request_data.multipart_data.items():
        # aiohttp warns of more than a megabyte of bytes, which it writes in one go.
        file = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, file, filename=filename, content_type=kind)
    return form


@cache
def _trusted() -> SSLContext:
    """Return the certificates that the library's own client trusts; a system may have none."""
    context = httpx.create_ssl_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


def _fault(error: Exception, obstacle: Obstacle) -> NetworkError:
    """Return what *error*, told as *obstacle*, means for the call."""
    never = isinstance(
        error,
        aiohttp.ClientConnectorError
        | aiohttp.ConnectionTimeoutError
        | aiohttp.ClientHttpProxyError
        | aiohttp.InvalidURL
        | aiohttp.NonHttpUrlClientError
        | ValueError,  # an address that is none
    )
    timed_out = isinstance(error, TimeoutError)
    fault = TimedOut(obstacle.reason) if timed_out else NetworkError(obstacle.reason)
    fault.__cause__ = NeverSent(obstacle.reason) if never else PerhapsReceived(obstacle.reason)
    return fault
