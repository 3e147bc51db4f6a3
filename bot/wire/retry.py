"""Repeats a call that a broken connection, or a Telegram server in trouble (5xx), made fail.

Flood limits are kept by ``rate_limiter``. A reply that was delivered, and whose confirmation was
lost with the connection, may come twice in private, where losing it would be worse; in a group it
does not.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram.error import BadRequest, NetworkError, TimedOut

from bot.wire.http_client import NeverSent, PerhapsReceived

logger = logging.getLogger(__name__)

#: Seconds to wait before each further try.
PAUSES = (0.5, 2.0, 5.0)

Result = TypeVar("Result")


async def with_retries(
    call: Callable[[], Awaitable[Result]], *, at_most_once: bool = False
) -> Result:
    """Return what *call* returns, trying again after a passing fault.

    With *at_most_once* it is tried again only if it cannot have been carried out: for where a
    second message would be worse than none.

    Raises:
        TelegramError: it was refused, or every try failed.
    """
    for pause in PAUSES:
        try:
            return await call()
        except NetworkError as error:
            if not _passing(error) or (at_most_once and _may_have_arrived(error)):
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
        return isinstance(error.__cause__, NeverSent)
    return True


def _may_have_arrived(error: NetworkError) -> bool:
    """Return whether the connection broke when the call may have been carried out already."""
    return isinstance(error.__cause__, PerhapsReceived)
