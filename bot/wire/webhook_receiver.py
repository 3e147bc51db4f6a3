"""Receives what Telegram delivers: checks that it is Telegram's, reads it, and queues it.

Each response tells Telegram what to do with the update: 200 to forget it, 503 to deliver it again.
So 200 comes when the update is handled, and if this process is killed before, another gets it.
Until then the delivery takes one of the connections that Telegram opens, and what else was said in
the same chat waits behind it; so what takes long is acknowledged before it is handled.
Sockets are left to ``http_server``, asking Telegram to deliver to ``webhook_registration``.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import logging
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot, Update

from bot.wire.claims import Claim, Claims, is_fleeting
from bot.wire.update_shapes import without_nonsense

logger = logging.getLogger(__name__)

#: Where Telegram puts the secret that proves who is delivering.
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the header's name
#: Bytes of the largest update taken in. A message has at most 4,096 characters and 100 entities;
#: with those of the message it replies to, and every name, that is a few dozen kilobytes.
MOST_BYTES = 1024 * 1024
#: How many updates may wait in memory; what comes then is left with Telegram. A burst of a thousand
#: is a few seconds' work, and what waits here is lost if the process is killed.
MOST_WAITING = 1000
#: Seconds after which Telegram may deliver again what found no room. Without a number it would
#: double the pause each time (`on_update_error` in WebhookActor.cpp of the Bot API server).
COME_BACK = 5
#: The same for what another process has claimed: it is handled in a moment, or else free for others
#: within the ``CLAIM_SECONDS`` of ``state``.
COME_BACK_SOON = 1
#: Seconds after which an update is acknowledged that is not handled. What takes longer waits for a
#: flood limit. Less than ``http_server`` gives a request when it closes.
LONGEST_HOLD = 4.0
#: How many updates may be held that only wait, as for a flood limit of their chat: half of the
#: connections that ``webhook_registration`` asks for stay free for other chats.
MOST_WAITING_HELD = 8
#: Seconds in which a delivery must have been read. A proxy has all of it before it passes it on.
_PATIENCE = 20.0


def secret_token(token: str) -> str:
    """Return what Telegram has to send with each update of the bot with this *token*.

    It is derived, so that it needs no setting, and restarts and several machines agree on it; from
    it the token cannot be told. 43 characters of ``A-Za-z0-9_-``; Telegram takes up to 256.
    """
    digest = hashlib.blake2b(token.encode(), digest_size=32, person=b"onrecord webhook").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class _Held:
    """The deliveries that are answered when their updates are handled, or after long enough."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims
        #: What ends the holding of each update that only waits, the one that began first in front.
        self._waiting: dict[int, asyncio.Future[bool]] = {}
        claims.on_wait = self._make_room

    async def hold(self, number: int) -> bool:
        """Return whether an update is handled, once it is, or after long enough."""
        future = self._claims.follow(number)
        if future is None:
            return True
        timer = asyncio.get_running_loop().call_later(LONGEST_HOLD, _let_go, future)
        try:
            return await future
        finally:
            timer.cancel()
            self._waiting.pop(number, None)

    def _make_room(self, number: int, followers: Sequence[asyncio.Future[bool]]) -> None:
        """Let go the oldest of those that wait when there are too many, now that one more does."""
        # One that was let go stays among them until its update ends.
        if held := next((one for one in followers if not one.done()), None):
            self._waiting.setdefault(number, held)
        if len(self._waiting) > MOST_WAITING_HELD:
            _let_go(self._waiting.pop(next(iter(self._waiting))))


def _let_go(future: asyncio.Future[bool]) -> None:
    if not future.done():
        future.set_result(False)


class WebhookReceiver:
    """Puts each update that Telegram delivers into the queue, once, and waits until it is handled.

    It runs in one event loop, and is closed once.
    """

    def __init__(
        self,
        url: str,
        bot: Bot,
        queue: asyncio.Queue[object],
        claims: Claims,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        """Take what is sent to the path of *url*, put it into *queue* for *bot*.

        Each update is first claimed in *claims*: Telegram brings one again whenever our answer was
        lost.
        """
        #: The path of the address, as it is written there.
        self.path = urlsplit(url).path or "/"
        self._secret = secret_token(bot.token).encode()
        self._bot = bot
        self._queue = queue
        self._claims = claims
        self._most_waiting = most_waiting
        self._held = _Held(claims)
        self._closed = False

    def close(self) -> None:
        """Acknowledge from now on only what is handled: the rest is left for another process."""
        self._closed = True

    async def receive(self, request: web.BaseRequest) -> web.Response:
        """Take in what *request* delivers, and return the answer to Telegram."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        if (request.content_length or 0) > MOST_BYTES:
            return web.Response(status=413)
        try:
            async with asyncio.timeout(_PATIENCE):
                body = await request.read()  # which reads no more than a mebibyte either
        except TimeoutError:
            return web.Response(status=408)
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413)
        return await self._take(body)

    async def _take(self, body: bytes) -> web.Response:
        try:
            raw = json.loads(body)
            number = raw["update_id"]
        except (ValueError, RecursionError, TypeError, LookupError):
            number = None
        if type(number) is not int:
            # Cut short on the way, perhaps: Telegram may try again.
            logger.warning("what was delivered is no update (%d bytes)", len(body))
            return web.Response(status=400)
        # Asked first: an update that is sent back must not count as seen.
        if self._queue.qsize() >= self._most_waiting:
            return _come_again(COME_BACK)
        update = self._read(raw, number)
        if update is None:
            return web.Response()
        [whose] = self._claims.take([update])
        if whose is Claim.ELSEWHERE:
            return _come_again(COME_BACK_SOON)
        if whose is Claim.OURS:
            self._queue.put_nowait(update)
        if whose is Claim.HANDLED or is_fleeting(update) or await self._held.hold(number):
            return web.Response()
        return _come_again(COME_BACK_SOON) if self._closed else web.Response()

    def _read(self, raw: dict[str, Any], number: int) -> Update | None:
        """Return the update, or None if the library cannot read it.

        That is answered as received: Telegram would bring it again for a day, and nothing that
        comes from the same chat before it.
        """
        try:
            return Update.de_json(without_nonsense(raw), self._bot)
        except Exception as error:  # whatever parsing raises
            logger.error("update %d cannot be parsed (%s); skipped", number, type(error).__name__)
            return None


def _come_again(seconds: int) -> web.Response:
    return web.Response(status=503, headers={"Retry-After": str(seconds)})
