"""Keeps polling alive: knows when Telegram was last reached, and gets past a broken update.

python-telegram-bot has two traps. One 401 or 404 to getUpdates ends polling for good while the
program runs on and looks alive. And one update that the library cannot parse is asked for again,
hundreds of times a second, forever. Here the first ends the bot, and the second is skipped.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.wire.claims import Claim, Claims
from bot.wire.http_client import AiohttpRequest
from bot.wire.json_shapes import number as is_number
from bot.wire.update_shapes import without_nonsense

logger = logging.getLogger(__name__)

#: Seconds between two looks at the heartbeat.
_LOOK_EVERY = 1.0
#: Seconds that the last poll may take, which only tells Telegram what has been handled: a bot that
#: is told to stop has half a minute in all.
_LAST_POLL = 3.0


class Heartbeat:
    """When Telegram last answered a poll, and whether it ever will again."""

    def __init__(self, health_file: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """Touch *health_file* at each answer; *clock* gives seconds."""
        self._health_file = health_file
        self._clock = clock
        self._last = clock()
        #: Why polling is over for good; empty while it is not.
        self.fatal = ""

    def begin(self) -> None:
        """Count the silence from now on."""
        self._last = self._clock()

    def beat(self) -> None:
        """Note that a poll was answered."""
        self._last = self._clock()
        try:
            self._health_file.touch()
        except OSError as error:
            # Health checks will say so; that is no reason to stop answering.
            logger.debug("the health file cannot be written: %s", error)

    def silence(self) -> float:
        """Return for how many seconds no poll has been answered."""
        return self._clock() - self._last


class PollingRequest(AiohttpRequest):
    """Makes the getUpdates calls, and notes in the heartbeat what came of each."""

    def __init__(self, heartbeat: Heartbeat, **options: Any) -> None:
        """Take the *options* of ``AiohttpRequest``."""
        super().__init__(**options)
        self._heartbeat = heartbeat
        #: What Telegram answered last, as bytes; an update that cannot be parsed is found in it.
        self.payload = b""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make one call; note a success, and a refusal that no later call will undo."""
        code, payload = await super().do_request(*args, **kwargs)
        self.payload = payload
        if code == 200:
            self._heartbeat.beat()
        elif code in (401, 404):
            self._heartbeat.fatal = "Telegram does not know this bot's token (any more)"
        elif code == 409:
            logger.error("another program polls with the same token; stop one of the two")
        return code, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the object that Telegram answered, its updates without what cannot be in them.

        Raises:
            NetworkError: it is no such object; something between us and Telegram answered.
            ValueError: nothing is right of an update.
        """
        answer = AiohttpRequest.parse_json_payload(payload)
        if isinstance(updates := answer.get("result"), list):
            answer["result"] = [without_nonsense(one) for one in updates]
        return answer


class SteadyBot(ExtBot[int]):
    """A bot that skips an update the library cannot parse."""

    def __init__(self, polling: PollingRequest, claims: Claims, **options: Any) -> None:
        """Poll through *polling*, claim in *claims*; take the other *options* of ``ExtBot``."""
        super().__init__(get_updates_request=polling, **options)
        self._polling = polling
        self._claims = claims
        self._refused = False
        # The library logs all that came with such an update: questions, and who asked them.
        logging.getLogger("telegram.ext.ExtBot").addFilter(_no_updates)

    async def initialize(self) -> None:
        """Open the connections; close them again if Telegram cannot be reached or refuses."""
        try:
            await super().initialize()
        except BaseException:
            # The library leaves them open then, and they would complain when collected.
            await super().shutdown()
            raise

    async def get_updates(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:
        """Return the next updates.

        One that cannot be parsed stays empty but for its number, and so does one that another
        process works on.
        """
        # The library polls without waiting only when it stops.
        if not _seconds(kwargs.get("timeout", 1)):
            return await self._poll_for_the_last_time(*args, **kwargs)
        updates = await self._poll(*args, **kwargs)
        # The next poll, which begins at once, tells Telegram to forget them.
        claims = self._claims.take(updates, for_good=True)
        # The library asks from the last one on, so that none may be missing.
        return tuple(
            one if whose is Claim.OURS else Update(one.update_id)
            for one, whose in zip(updates, claims, strict=True)
        )

    async def _poll(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:
        try:
            return await super().get_updates(*args, **kwargs)
        except RetryAfter as error:
            # Raised, it would have the library sleep for as long, even when it is told to stop. As
            # a poll that takes so long it is broken off then.
            seconds = _seconds(error.retry_after)
            logger.warning("Telegram wants no poll for %.0f seconds", seconds)
            await asyncio.sleep(seconds)
            return ()
        except InvalidToken:
            # Raised, it would end polling, and once more when the bot stops, which then neither
            # sends the replies under way nor ends its tasks. So it waits until the watch stops
            # the bot; the library then asks a last time.
            if not self._refused:
                self._refused = True
                await asyncio.Event().wait()
            return ()
        except TelegramError:
            raise
        except Exception:  # whatever parsing raises
            return tuple(self._salvaged())

    async def _poll_for_the_last_time(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:
        """Tell Telegram what has been handled; if that fails, it brings the last updates again."""
        if self._refused:
            return ()
        try:
            async with asyncio.timeout(_LAST_POLL):
                return await super().get_updates(*args, **kwargs)
        except (TelegramError, TimeoutError) as error:
            logger.warning("the last poll failed (%s)", type(error).__name__)
        except Exception:  # whatever parsing raises; the updates come again
            logger.warning("the last poll brought what cannot be parsed")
        return ()

    def _salvaged(self) -> list[Update]:
        try:
            numbered = [
                (raw["update_id"], raw) for raw in json.loads(self._polling.payload)["result"]
            ]
        except (TypeError, ValueError, LookupError, RecursionError):
            numbered = [(None, None)]
        if not all(is_number(number) for number, _ in numbered):
            # Raised as this, it makes the library pause before it asks again; as anything else, it
            # would end polling.
            raise NetworkError("something other than Telegram answered")
        updates = []
        for number, raw in numbered:
            try:
                updates.append(Update.de_json(without_nonsense(raw), self))
            except Exception as error:  # whatever parsing raises
                logger.error(
                    "update %d cannot be parsed (%s); skipped", number, type(error).__name__
                )
                updates.append(Update(number))
        return updates


def _seconds(length: float | timedelta) -> float:
    return length.total_seconds() if isinstance(length, timedelta) else float(length)


def _no_updates(record: logging.LogRecord) -> bool:
    return "parsing updates" not in str(record.msg)


async def watch(heartbeat: Heartbeat, longest_silence: float, stop: Callable[[], None]) -> None:
    """Call *stop* once *heartbeat* has been silent for too long, or Telegram will never answer.

    It is called again and again until this task is cancelled: while the library still starts, it
    notices such a call only at certain moments.
    """
    heartbeat.begin()
    while not heartbeat.fatal:
        await asyncio.sleep(_LOOK_EVERY)
        if heartbeat.silence() > longest_silence:
            heartbeat.fatal = f"Telegram has not answered for {longest_silence:.0f} seconds"
    logger.critical("%s; stopping", heartbeat.fatal)
    while True:
        stop()
        await asyncio.sleep(_LOOK_EVERY)
