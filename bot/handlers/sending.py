"""Sends replies, changes them and answers presses; knows which of Telegram's refusals are none.

How a call gets through a faulty network is ``delivery``'s work.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import CallbackQuery, Message, MessageEntity, ReplyParameters, TextQuote
from telegram.error import BadRequest, ChatMigrated

from bot.handlers.addressing import is_private
from bot.rendering.view import Reply
from bot.wire.retry import with_retries

#: What Telegram says of a change that changes nothing, and of a message that is gone.
_HARMLESS = ("not modified", "to edit not found", "message_id_invalid")
#: Characters that a message may have (Bot API, sendMessage).
LONGEST_TEXT = 4096
#: What stands between the words of a message and what is written beneath.
_APART = "\n\n"


async def send(about: Message, reply: Reply, quoted: TextQuote | None = None) -> Message:
    """Send *reply* beneath the message *about*, in its topic; return the message sent.

    Of the message it quotes what was *quoted* by whoever asked. If the group became a supergroup
    meanwhile, it is sent there.

    Raises:
        TelegramError: it was refused, or Telegram could not be reached.
    """
    beneath = ReplyParameters(about.message_id)
    if quoted:
        beneath = ReplyParameters(
            about.message_id,
            quote=quoted.text,
            quote_parse_mode=None,
            quote_entities=quoted.entities,
        )
    once = not is_private(about.chat)
    try:
        return await with_retries(
            lambda: about.reply_text(
                reply.html, reply_markup=reply.keyboard, reply_parameters=beneath
            ),
            once=once,
        )
    except ChatMigrated as moved:
        chat_id, bot = moved.new_chat_id, about.get_bot()
        return await with_retries(
            lambda: bot.send_message(chat_id, reply.html, reply_markup=reply.keyboard), once=once
        )
    except BadRequest as error:
        # Whoever wrote the message has changed it meanwhile.
        if not quoted or "quote" not in error.message.lower():
            raise
        return await send(about, reply)


async def change(message: Message, reply: Reply) -> None:
    """Let *message*, one of ours, say *reply*; that it does so already, or is gone, is no error."""
    bot = message.get_bot()
    await _changing(
        lambda: bot.edit_message_text(
            reply.html,
            chat_id=message.chat.id,
            message_id=message.message_id,
            reply_markup=reply.keyboard,
        )
    )


async def restate(message: Message, reply: Reply) -> None:
    """Give *message*, one of ours, the buttons of *reply*, and the words it had when last seen.

    Another press may have changed its words meanwhile, and the new buttons belong to these.
    """
    bot = message.get_bot()
    await _changing(
        lambda: bot.edit_message_text(
            message.text or "",
            chat_id=message.chat.id,
            message_id=message.message_id,
            parse_mode=None,
            entities=message.entities,
            reply_markup=reply.keyboard,
        )
    )


async def write_beneath(message: Message, reply: Reply) -> None:
    """Write what *reply* has for it beneath what *message*, one of ours, had when last seen.

    What was written there before gives way to it.
    """
    kept, entities = _kept(message)
    text = reply.beneath
    offset = len(f"{kept}{_APART}".encode("utf-16-le")) // 2
    length = len(text.encode("utf-16-le")) // 2
    entities.append(MessageEntity(MessageEntity.PRE, offset, length))
    bot = message.get_bot()
    await _changing(
        lambda: bot.edit_message_text(
            f"{kept}{_APART}{text}",
            chat_id=message.chat.id,
            message_id=message.message_id,
            parse_mode=None,
            entities=entities,
            reply_markup=reply.keyboard,
        )
    )


def room_beneath(message: Message) -> int:
    """Return how many characters can be written beneath the words of *message*."""
    kept, _ = _kept(message)
    return LONGEST_TEXT - len(kept) - len(_APART)


def _kept(message: Message) -> tuple[str, list[MessageEntity]]:
    """Return the words of *message* without what is written beneath them, and their entities."""
    text, entities = message.text or "", list(message.entities)
    if entities and entities[-1].type == MessageEntity.PRE:
        units = text.encode("utf-16-le")[: 2 * entities.pop().offset]
        text = units.decode("utf-16-le").rstrip("\n")
    return text, entities


async def answer_press(query: CallbackQuery, notice: str | None = None) -> None:
    """Stop the button's clock; a press too old to be answered is no error."""
    try:
        # Not "": with Defaults the library makes an empty list of an empty text.
        await with_retries(lambda: query.answer(notice or None))
    except BadRequest as error:
        if "query is too old" not in error.message.lower():
            raise


async def _changing(call: Callable[[], Awaitable[Message | bool]]) -> None:
    try:
        await with_retries(call)
    except BadRequest as error:
        if not any(harmless in error.message.lower() for harmless in _HARMLESS):
            raise
