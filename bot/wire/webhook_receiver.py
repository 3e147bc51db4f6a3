"""Receives what Telegram delivers: checks that it is Telegram's, reads it, and queues it.

Each response tells Telegram what to do with the update: 200 to forget it, 503 to deliver it again.
Sockets are left to ``http_server``, asking Telegram to deliver to ``webhook_registration``.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot, Update

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
#: Seconds in which a delivery must have been read. A proxy has all of it before it passes it on.
_PATIENCE = 20.0


def secret_token(token: str) -> str:
    """Return what Telegram has to send with each update of the bot with this *token*.

    It is derived, so that it needs no setting, and restarts and several machines agree on it; from
    it the token cannot be told. 43 characters of ``A-Za-z0-9_-``; Telegram takes up to 256.
    """
    digest = hashlib.blake2b(token.encode(), digest_size=32, person=b"onrecord webhook").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class WebhookReceiver:
    """Puts each update that Telegram delivers into the queue, once."""

    def __init__(
        self,
        url: str,
        bot: Bot,
        queue: asyncio.Queue[object],
        first_time: Callable[[int], bool],
        most_waiting: int = MOST_WAITING,
    ) -> None:
        """Take what is sent to the path of *url*, put it into *queue* for *bot*.

        *first_time* is asked with the number of each update, and says whether no process has taken
        it yet: Telegram brings an update again whenever our answer was lost.
        """
        #: The path of the address, as it is written there.
        self.path = urlsplit(url).path or "/"
        self._secret = secret_token(bot.token).encode()
        self._bot = bot
        self._queue = queue
        self._first_time = first_time
        self._most_waiting = most_waiting

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
        return self._take(body)

    def _take(self, body: bytes) -> web.Response:
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
            return web.Response(status=503, headers={"Retry-After": str(COME_BACK)})
        if (update := self._read(raw, number)) and self._first_time(number):
            self._queue.put_nowait(update)
        return web.Response()

    def _read(self, raw: dict[str, Any], number: int) -> Update | None:
        """Return the update, or None if the library cannot read it.

        That is answered as received: Telegram would bring it again for a day, and nothing that
        comes from the same chat before it.
        """
        try:
            return Update.de_json(raw, self._bot)
        except Exception as error:  # whatever parsing raises
            logger.error("update %d cannot be parsed (%s); skipped", number, type(error).__name__)
            return None
