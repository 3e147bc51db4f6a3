"""Changes messages of ours, and takes them back; knows when there is nothing left to change.

How a new message is sent is left to ``sending``.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence

from telegram import Bot, Message, MessageEntity
from telegram.constants import MessageLimit
from telegram.error import BadRequest

from bot.rendering.view import Reply, RichMessage
from bot.services.refusals import reason_of
from bot.services.sending import unless
from bot.wire.newer_api import (
    EphemeralMessage,
    delete_ephemeral,
    edit_ephemeral,
    edit_rich,
    ephemeral_of,
)
from bot.wire.retry import with_retries

logger = logging.getLogger(__name__)

#: What Telegram says of a change that changes nothing, and of a message that is gone.
_UNCHANGED = ("not modified",)
_GONE = ("to edit not found", "message_id_invalid", "message not found")
#: What it says of a change to an ephemeral message of over 1,024 characters, though 4,096 are
#: promised (https://github.com/tdlib/telegram-bot-api/issues/881).
_TOO_LONG_TO_CHANGE = "caption_too_long"
#: What a server older than 10.1 says, which looks for a text in place of the rich message.
_RICH_UNKNOWN = "text is empty"
#: What stands between the words of a message and what is written beneath.
_GAP = "\n\n"


async def change(message: Message, reply: Reply) -> bool:
    """Make *message*, one of ours, say *reply*; return whether it does.

    It does not if it is gone; nor if one person sees it and Telegram takes no text so long.

    Raises:
        TelegramError: it was refused, or Telegram could not be reached.
    """
    bot = message.get_bot()
    if which := ephemeral_of(message):
        return await _changed(lambda: edit_ephemeral(bot, which, reply.html, reply.keyboard))
    return await _changed(
        lambda: bot.edit_message_text(
            reply.html,
            chat_id=message.chat.id,
            message_id=message.message_id,
            reply_markup=reply.keyboard,
        )
    )


class RichUnknown(Exception):
    """The server knows no rich messages."""


async def change_into_rich(message: Message, rich: RichMessage) -> bool:
    """Make *message*, one of ours, a *rich* one; return whether it was taken.

    Raises:
        RichUnknown: the server takes none.
        TelegramError: the chat refused it, or Telegram could not be reached.
    """
    bot, place = message.get_bot(), (message.chat.id, message.message_id)
    try:
        await _changed(lambda: edit_rich(bot, *place, rich.html, rich.keyboard, is_rtl=rich.is_rtl))
    except BadRequest as error:
        if reason_of(error):
            raise
        logger.warning("Telegram did not take a rich message (%s)", error.message)
        if _RICH_UNKNOWN in error.message.lower():
            raise RichUnknown from None
        return False
    return True


async def restate(message: Message, reply: Reply) -> None:
    """Give *message*, one of ours, the buttons of *reply*, and the text it had when last seen.

    Another press may have changed its text meanwhile, and the new buttons belong to this one.
    """
    await _change_text(message, message.text or "", message.entities, reply)


async def write_beneath(message: Message, reply: Reply) -> None:
    """Write ``reply.beneath`` beneath the text that *message*, one of ours, had when last seen.

    It replaces what was written there before.
    """
    kept, entities = _without_beneath(message)
    offset, length = _units(f"{kept}{_GAP}"), _units(reply.beneath)
    entities.append(MessageEntity(MessageEntity.PRE, offset, length))
    await _change_text(message, f"{kept}{_GAP}{reply.beneath}", entities, reply)


def room_beneath(message: Message) -> int:
    """Return how many characters can be written beneath the text of *message*."""
    kept, _ = _without_beneath(message)
    return MessageLimit.MAX_TEXT_LENGTH - len(kept) - len(_GAP)


async def take_back(which: EphemeralMessage, bot: Bot) -> None:
    """Take back a message that one person sees; if it is gone, that is no error.

    Raises:
        TelegramError: Telegram could not be reached.
    """
    try:
        await with_retries(lambda: delete_ephemeral(bot, which))
    except BadRequest as error:
        logger.debug("an ephemeral message was not taken back (%s)", error.message)


async def _change_text(
    message: Message, text: str, entities: Sequence[MessageEntity], reply: Reply
) -> None:
    bot = message.get_bot()
    if which := ephemeral_of(message):
        await _changed(lambda: edit_ephemeral(bot, which, text, reply.keyboard, entities))
        return
    await _changed(
        lambda: bot.edit_message_text(
            text,
            chat_id=message.chat.id,
            message_id=message.message_id,
            parse_mode=None,
            entities=entities,
            reply_markup=reply.keyboard,
        )
    )


async def _changed(call: Callable[[], Awaitable[object]]) -> bool:
    """Change a message of ours by *call*; return whether it is as *call* makes it."""
    try:
        await unless(_UNCHANGED, call)
    except BadRequest as error:
        said = error.message.lower()
        if not any(wording in said for wording in (*_GONE, _TOO_LONG_TO_CHANGE)):
            raise
        return False
    return True


def _without_beneath(message: Message) -> tuple[str, list[MessageEntity]]:
    """Return the text of *message* without what is written beneath it, and its entities."""
    text, entities = message.text or "", list(message.entities)
    if entities and entities[-1].type == MessageEntity.PRE:
        units = text.encode("utf-16-le")[: 2 * entities.pop().offset]
        text = units.decode("utf-16-le").rstrip("\n")
    return text, entities


def _units(text: str) -> int:
    """Return the length of *text* as entities count it: in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2
