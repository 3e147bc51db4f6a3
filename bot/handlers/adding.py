"""Makes drafts of what operators send with /add: a document, a link, a text.

What becomes of the drafts is left to ``reviewing``, and what a message brings is told by ``sent``.
"""

from __future__ import annotations

import asyncio
import datetime
import logging

from telegram import Message
from telegram.error import TelegramError

from bot.front.request import Request
from bot.handlers.reviewing import Reviewing
from bot.handlers.sent import Open, Sent, TooLarge, opened, sent_with
from bot.i18n.strings import Strings
from bot.rendering.html import plain
from bot.rendering.reviews import render_refused
from bot.rendering.view import Reply
from bot.services.changing import change
from bot.services.drafts import MOST_DRAFTS, Drafts
from bot.services.importing import Importing
from bot.services.sending import send
from documents import Refused
from index import InvalidField

logger = logging.getLogger(__name__)

#: Seconds between two looks at what nobody needs any more.
_TIDY = 60.0


class Adding:
    """What the bot does with /add, and with the drafts that come of it."""

    def __init__(
        self,
        importing: Importing,
        drafts: Drafts,
        reviewing: Reviewing,
        *,
        time_zone: datetime.tzinfo,
        is_alone: bool,
    ) -> None:
        """Read by *importing*, keep the drafts in *drafts*, have them shown by *reviewing*.

        Unless this process *is_alone* nothing is added: another would get the next press. The days
        of forwarded messages are counted in the *time_zone*.
        """
        self._importing = importing
        self._drafts = drafts
        self._reviewing = reviewing
        self._time_zone = time_zone
        self._is_alone = is_alone

    async def add(self, request: Request) -> None:
        """Read what a message brings, and show the first draft of it for review."""
        message, strings = request.message, request.view.strings
        sent = sent_with(message, self._time_zone) if request.is_private else None
        room = self._drafts.room(request.sender)
        if sent is None or not self._is_alone or not room:
            why = strings.add_how
            if not request.is_private:
                why = strings.add_private
            elif not self._is_alone:
                why = strings.add_one_process
            elif not room:
                why = strings.add_full.format(number=MOST_DRAFTS)
            await send(message, Reply(plain(why)))
            return
        told = await send(message, Reply(plain(strings.add_reading)))
        if failed := await self._read(sent, request, told, room):
            await change(told, failed)

    async def hint(self, request: Request) -> None:
        """Say how a document that came without a command is put on record."""
        await send(request.message, Reply(plain(request.view.strings.add_hint)))

    async def keep(self) -> None:
        """Forget, now and then, what nobody has seen to for long."""
        while True:
            await asyncio.sleep(_TIDY)
            self._drafts.tidy()
            await self._importing.tidy()

    async def close(self) -> None:
        """End what reads."""
        await self._importing.close()

    async def _read(self, sent: Sent, request: Request, told: Message, room: int) -> Reply | None:
        """Make drafts of what was *sent* and show the first in *told*; or return why there is none.

        What else is to be said of it is said beneath.
        """
        message, strings = request.message, request.view.strings
        open_it = await _opened(sent, strings)
        if isinstance(open_it, Reply):
            return open_it
        try:
            reading = await self._importing.read(
                open_it, claims=sent.claims, given=sent.given, most=room
            )
        except InvalidField as error:
            refused = Refused(name=error.field, what=error.what, repair=error.repair)
            return render_refused([refused], strings)
        review = self._drafts.begin(request.sender, reading.drafts)
        if review is None:
            if reading.refused:
                return render_refused(reading.refused, strings)
            return Reply(plain(strings.add_full.format(number=MOST_DRAFTS)))
        if reading.refused:
            await send(message, render_refused(reading.refused, strings))
        if reading.is_cut or review.total < len(reading.drafts):
            await send(message, Reply(plain(strings.add_cut.format(number=review.total))))
        await self._reviewing.begin(review, told, strings)
        return None


async def _opened(sent: Sent, strings: Strings) -> Open | Reply:
    """Return what opens what was *sent*, or why a file of it cannot be had."""
    try:
        return await opened(sent)
    except TooLarge:
        return Reply(plain(strings.add_too_large))
    except TelegramError as error:
        # So Telegram says it where it told no size before.
        if "too big" in error.message.lower():
            return Reply(plain(strings.add_too_large))
        reason = type(error).__name__
        logger.warning("a file could not be fetched (%s)", reason)
        return Reply(plain(strings.add_not_fetched.format(reason=reason)))
