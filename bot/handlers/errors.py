"""Deals with what went wrong in a handler: logs it, and tells a person who waits in private.

Which of Telegram's refusals are no mishap at all is known here; which faults pass and are tried
again, ``delivery`` knows.
"""

from __future__ import annotations

import logging

from telegram import Update
from telegram.error import (
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ContextTypes

from bot.handlers.addressing import is_private
from bot.rendering.html import plain
from bot.services.desk import Desk
from bot.wire.http_client import PerhapsReceived
from bot.wire.retry import with_retries

logger = logging.getLogger(__name__)


async def handle_error(update: object, context: ContextTypes.DEFAULT_TYPE, desk: Desk) -> None:
    """Note why *update* could not be dealt with, and apologise if that helps anybody."""
    error = context.error
    if update is None and isinstance(error, NetworkError):
        # A poll that failed, and is made again; a silence that lasts is the watchdog's to tell.
        logger.debug("a poll failed (%s)", type(error).__name__)
        return
    chat = update.effective_chat if isinstance(update, Update) else None
    if isinstance(error, ChatMigrated) and chat:
        desk.migrate(chat.id, error.new_chat_id)
        return
    if isinstance(error, Forbidden):
        logger.info("a chat does not let the bot write any more")
        return
    number = update.update_id if isinstance(update, Update) else "?"
    desk.state.count("errors")
    if isinstance(error, RetryAfter):
        # An apology would be refused too.
        logger.warning("update %s: Telegram took no more messages for the chat", number)
    elif isinstance(error, TimedOut) or _may_have_arrived(error):
        # The reply was sent, and most likely arrived; to say that it did not would be false.
        logger.warning("update %s: Telegram did not confirm the reply", number)
    else:
        logger.error("update %s failed", number, exc_info=error)
        if isinstance(update, Update):
            await _apologise(update, desk)


async def _apologise(update: Update, desk: Desk) -> None:
    """Say in private that a question was not answered."""
    message = update.message
    if message is None or not is_private(message.chat):
        return
    strings = desk.view(message.chat, message.from_user).strings
    try:
        await with_retries(lambda: message.reply_text(plain(strings.trouble)))
    except TelegramError as again:  # nothing more can be done
        logger.error("nor could it be said (%s)", type(again).__name__)


def _may_have_arrived(error: Exception | None) -> bool:
    return isinstance(error, NetworkError) and isinstance(error.__cause__, PerhapsReceived)
