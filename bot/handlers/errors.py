"""Deals with what went wrong in a handler: logs it, and tells a user who waits in private.

``services.refusals`` knows which of Telegram's refusals are no errors, ``wire.retry`` which faults
pass and are tried again.
"""

from __future__ import annotations

import logging

from telegram import Update
from telegram.constants import ChatType
from telegram.error import (
    ChatMigrated,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ContextTypes

from bot.rendering.html import plain
from bot.services.chats import Chats
from bot.services.refusals import Refusals
from bot.state.state import State
from bot.wire.http_client import NeverSent, PerhapsReceived
from bot.wire.retry import with_retries

logger = logging.getLogger(__name__)


class Errors:
    """What the bot does about an error."""

    def __init__(self, chats: Chats, state: State, refusals: Refusals) -> None:
        """Count errors in *state*; apologise in the language that *chats* knows.

        What *refusals* takes is neither counted nor apologised for.
        """
        self._chats = chats
        self._state = state
        self._refusals = refusals

    async def handle(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Log why *update* could not be dealt with, and apologise if that helps."""
        error = context.error
        if update is None and isinstance(error, TelegramError):
            # The poll is made again. The watchdog tells of a lasting silence, ``wire.polling`` of
            # another program that polls.
            logger.debug("a poll failed (%s)", type(error).__name__)
            return
        chat = update.effective_chat if isinstance(update, Update) else None
        if isinstance(error, ChatMigrated) and chat:
            self._chats.migrate(chat.id, error.new_chat_id)
        if self._refusals.note(_place_of(update), error):
            return
        number = update.update_id if isinstance(update, Update) else "?"
        self._state.count("errors")
        if isinstance(error, RetryAfter):
            # An apology would be refused too.
            logger.warning("update %s: Telegram took no more messages for the chat", number)
        elif _may_have_arrived(error):
            # To say that the reply did not arrive would most likely be false.
            logger.warning("update %s: Telegram did not confirm the reply", number)
        else:
            logger.error("update %s failed", number, exc_info=error)
            if isinstance(update, Update):
                await self._apologise(update)

    async def _apologise(self, update: Update) -> None:
        """Say in private that a question was not answered."""
        message = update.message
        if message is None or message.chat.type != ChatType.PRIVATE:
            return
        strings = self._chats.view(message.chat, message.from_user).strings
        try:
            await with_retries(lambda: message.reply_text(plain(strings.trouble)))
        except TelegramError as again:  # nothing more can be done
            if self._refusals.note(message.chat.id, again):
                return
            logger.error("nor could the user be told (%s)", type(again).__name__)


def _place_of(update: object) -> int | str:
    """Return the ID of the chat that *update* is from, or what else stands for it.

    What is pressed or typed inline comes from chats that Telegram does not name to the bot.
    """
    if not isinstance(update, Update):
        return "unknown"
    if update.effective_chat:
        return update.effective_chat.id
    if update.callback_query:
        return f"of instance {update.callback_query.chat_instance}"
    return update.effective_user.id if update.effective_user else "unknown"


def _may_have_arrived(error: Exception | None) -> bool:
    """Return whether the call was sent, and only its answer did not come."""
    if isinstance(error, TimedOut):
        return not isinstance(error.__cause__, NeverSent)
    return isinstance(error, NetworkError) and isinstance(error.__cause__, PerhapsReceived)
