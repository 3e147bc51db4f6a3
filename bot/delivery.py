"""Gets a message through to Telegram in spite of passing faults.

Flood limits are kept by the library's rate limiter. Here a call is repeated that a broken
connection or a Telegram server in trouble (5xx) kept from being answered. In private a reply that
was delivered and whose confirmation was lost may so come twice; lost it would be worse. In a group
it does not.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import httpx
from telegram.error import BadRequest, NetworkError, TimedOut
from telegram.ext import AIORateLimiter

logger = logging.getLogger(__name__)

#: Seconds to wait before each further try; there are as many of those.
PAUSES = (0.5, 2.0, 5.0)

Result = TypeVar("Result")
JSONDict = dict[str, Any]


class RepliesFirst(AIORateLimiter):
    """The library's limiter, but the bot's profile is set past it.

    Told to wait, the limiter holds up every call there is; and before a profile may be set again
    Telegram can make a bot wait for hours. So such a call is made once, and may fail.
    """

    async def process_request(  # noqa: PLR0917  # the library's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | JSONDict | list[JSONDict]]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> bool | JSONDict | list[JSONDict]:
        """Make the call when Telegram's limits allow it, or at once if it is about the profile."""
        if endpoint.startswith("setMy"):
            return await callback(*args, **kwargs)
        return await super().process_request(
            callback, args, kwargs, endpoint, data, rate_limit_args
        )


async def deliver(call: Callable[[], Awaitable[Result]], *, once: bool = False) -> Result:
    """Return what *call* returns, trying again after a passing fault.

    With *once* it is tried again only if it cannot have been carried out: where a second message
    would be worse than none.

    Raises:
        TelegramError: it was refused, or every try failed.
    """
    for pause in PAUSES:
        try:
            return await call()
        except NetworkError as error:
            if not _passing(error) or (once and _may_have_arrived(error)):
                raise
            logger.warning("Telegram did not answer (%s); trying again", type(error).__name__)
            await asyncio.sleep(pause)
    return await call()


def _passing(error: NetworkError) -> bool:
    """Return whether the call is likely not to have been carried out, and may be another time."""
    if isinstance(error, BadRequest):
        return False
    if isinstance(error, TimedOut):
        # A slow answer to a call that was sent is most likely on its way; do not send it twice.
        return isinstance(error.__cause__, httpx.ConnectTimeout | httpx.PoolTimeout)
    return True


def _may_have_arrived(error: NetworkError) -> bool:
    """Return whether the connection broke when the call may have been carried out already."""
    return isinstance(error.__cause__, httpx.ReadError | httpx.RemoteProtocolError)
