"""Sends replies to where they belong: to everybody in a chat, or to one person in a group.

What one person alone sees is an ephemeral message. Where Telegram refuses it, the reply is shown to
everybody, once. How a reply is sent is left to ``sending``, how it is changed to ``changing``.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass

from cachetools import TTLCache
from telegram import Message, TextQuote
from telegram.error import BadRequest, Forbidden

from bot.rendering.replies import for_one
from bot.rendering.view import Reply, View
from bot.services.changing import change
from bot.services.sending import send, send_alone
from bot.wire.newer_api import Ephemeral, ephemeral_id_of

logger = logging.getLogger(__name__)

#: Seconds for which a group is not asked again after Telegram refused there, and how many groups
#: are remembered. An administrator may make the bot one meanwhile.
_REFUSED_SECONDS = 3600.0
_REFUSED_CHATS = 10_000
#: What Telegram says of one person: whoever has left can be told nothing, the others still can.
_ABOUT_PERSON = ("user_not_participant", "user_id_invalid")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reply belongs, and to whom it is shown."""

    #: The message beneath which it is sent.
    beneath: Message
    #: The part of that message that it quotes, if the user chose one.
    quoted: TextQuote | None = None
    _: KW_ONLY
    #: The ID of the person in a group who asked; 0 where nobody can be told alone.
    person: int = 0
    #: The number of the ephemeral message that asks; 0 if everybody sees the question.
    ephemeral: int = 0
    #: Whether only that person is to see the answer.
    alone: bool = False

    def is_for_one(self, reply: Reply) -> bool:
        """Return whether *reply* is for the eyes of the person alone, so far as that works."""
        return bool(self.ephemeral or self.alone or reply.aside)


class Delivery:
    """Sends to everybody, or to one."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Remember by *clock*, in seconds, where Telegram lets the bot write to one alone."""
        self._refused: TTLCache[int, bool] = TTLCache(_REFUSED_CHATS, _REFUSED_SECONDS, clock)

    async def send(self, place: Place, reply: Reply, view: View) -> Message:
        """Send *reply*, and return the message sent.

        What is said aside is for whoever asked. To one person, a quote has a button that
        shows it to everyone.

        Raises:
            TelegramError: it was refused, or Telegram could not be reached.
        """
        if sent := await self._sent_alone(place, reply, view):
            return sent
        return await send(place.beneath, reply, place.quoted)

    def forget(self, chat_id: int) -> None:
        """Forget what Telegram refused in a chat, where the bot's rights have changed."""
        self._refused.pop(chat_id, None)

    async def _sent_alone(self, place: Place, reply: Reply, view: View) -> Message | None:
        """Return the message that the person alone sees; ``None`` if everybody is to see it."""
        wanted = place.is_for_one(reply)
        chat_id = place.beneath.chat.id
        if not place.person or not wanted or (chat_id in self._refused and not place.ephemeral):
            return None
        only_for = Ephemeral(place.person, beneath=place.ephemeral)
        shown = for_one(reply, view)
        try:
            sent = await send_alone(place.beneath, shown, only_for)
        except (BadRequest, Forbidden) as error:
            if not error.message.lower().startswith(_ABOUT_PERSON):
                self._refused[chat_id] = True
            logger.debug("nobody can be told alone in chat %d (%s)", chat_id, error.message)
            return None
        if not ephemeral_id_of(sent):
            # The server knows nothing of it, and has shown the message to everybody.
            self._refused[chat_id] = True
            if shown is not reply:
                await change(sent, reply)
        return sent
