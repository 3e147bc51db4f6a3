"""Sends replies, changes them and answers queries; knows which of Telegram's refusals are harmless.

How a call gets through a faulty network is left to ``wire.retry``.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence

from telegram import (
    Bot,
    CallbackQuery,
    ForceReply,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    Message,
    MessageEntity,
    ReplyParameters,
    TextQuote,
)
from telegram.constants import ChatType, MessageLimit
from telegram.error import BadRequest, ChatMigrated

from bot.rendering.html import plain
from bot.rendering.view import Reply, RichMessage
from bot.services.refusals import is_topic_gone, reason_of
from bot.wire.newer_api import (
    Ephemeral,
    EphemeralMessage,
    delete_ephemeral,
    edit_ephemeral,
    edit_rich,
    ephemeral_of,
    send_ephemeral,
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
#: What Telegram says of an answer that comes too late: the user has typed on, or gone.
_TOO_LATE = ("query is too old",)
#: What stands between the words of a message and what is written beneath.
_GAP = "\n\n"


async def send(about: Message, reply: Reply, quoted: TextQuote | None = None) -> Message:
    """Send *reply* beneath the message *about*, in its topic; return the message sent.

    It quotes *quoted*, a part of *about* that the user chose. If the group has become a supergroup
    meanwhile, it is sent there; in private, if the topic is gone, outside of it.

    Raises:
        TelegramError: it was refused, or Telegram could not be reached.
    """
    if not about.message_id:
        # Only its author and the bot see it, so that nobody else can be shown what is replied to.
        return await _send_into(about.chat.id, reply, about)
    beneath = ReplyParameters(about.message_id)
    if quoted:
        beneath = ReplyParameters(
            about.message_id,
            quote=quoted.text,
            quote_parse_mode=None,
            quote_entities=quoted.entities,
            # The same words may stand there twice.
            quote_position=quoted.position,
        )
    is_private = about.chat.type == ChatType.PRIVATE
    try:
        return await with_retries(
            lambda: about.reply_text(
                reply.html, reply_markup=reply.keyboard, reply_parameters=beneath
            ),
            at_most_once=not is_private,
        )
    except ChatMigrated as moved:
        return await _send_into(moved.new_chat_id, reply, about, in_topic=False)
    except BadRequest as error:
        # The author has changed the message meanwhile.
        if quoted and "quote" in error.message.lower():
            return await send(about, reply)
        if is_private and is_topic_gone(error):
            return await _send_into(about.chat.id, reply, about, in_topic=False)
        raise


async def send_alone(about: Message, reply: Reply, only_for: Ephemeral) -> Message:
    """Send *reply* beneath *about*, in a group, so that one person alone sees it.

    Raises:
        TelegramError: it was refused, or Telegram could not be reached.
    """
    return await with_retries(
        lambda: send_ephemeral(
            about.get_bot(),
            about.chat.id,
            reply.html,
            reply.keyboard,
            only_for,
            beneath=about.message_id,
            thread_id=_topic_of(about),
        ),
        at_most_once=True,
    )


async def publish(shown: Message, reply: Reply) -> Message:
    """Show to everyone in the group, as *reply*, what *shown*, one of ours, shows to one person.

    Raises:
        TelegramError: it was refused, or Telegram could not be reached.
    """
    asked = shown.reply_to_message
    if asked and asked.message_id:
        return await send(asked, reply)
    return await _send_into(shown.chat.id, reply, shown)


async def take_back(which: EphemeralMessage, bot: Bot) -> None:
    """Take back a message that one person sees; if it is gone, that is no error.

    Raises:
        TelegramError: Telegram could not be reached.
    """
    try:
        await with_retries(lambda: delete_ephemeral(bot, which))
    except BadRequest as error:
        logger.debug("an ephemeral message was not taken back (%s)", error.message)


async def _send_into(
    chat_id: int, reply: Reply, about: Message, *, in_topic: bool = True
) -> Message:
    """Send *reply* into a chat beneath nothing; into the topic of *about*, if *in_topic*."""
    bot, topic = about.get_bot(), _topic_of(about) if in_topic else None
    return await with_retries(
        lambda: bot.send_message(
            chat_id, reply.html, reply_markup=reply.keyboard, message_thread_id=topic
        ),
        at_most_once=about.chat.type != ChatType.PRIVATE,
    )


def _topic_of(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None


async def ask_for(about: Message, text: str) -> Message:
    """Send a plain *text* beneath *about* that asks for a reply; return the message sent.

    Raises:
        TelegramError: it was refused, or Telegram could not be reached.
    """
    return await with_retries(
        lambda: about.reply_text(
            plain(text),
            reply_markup=ForceReply(),
            reply_parameters=ReplyParameters(about.message_id),
        )
    )


async def send_file(about: Message, name: str, content: str) -> None:
    """Send *content* as a text file called *name* beneath the message *about*.

    Raises:
        TelegramError: it was refused, or Telegram could not be reached.
    """
    await with_retries(
        lambda: about.reply_document(
            content.encode(), filename=name, reply_parameters=ReplyParameters(about.message_id)
        )
    )


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


async def answer_press(query: CallbackQuery, notice: str | None = None) -> None:
    """Stop the button's clock; a press too old to be answered is no error."""
    # Not "": with Defaults the library makes an empty list of an empty text.
    await _unless(_TOO_LATE, lambda: query.answer(notice or None))


async def answer_inline(
    query: InlineQuery,
    results: Sequence[InlineQueryResultArticle],
    *,
    cache_time: int | None = None,
    is_personal: bool = False,
    next_offset: str = "",
    button: InlineQueryResultsButton | None = None,
) -> None:
    """Show *results* to a user who types; a query too old to be answered is no error."""
    await _unless(
        _TOO_LATE,
        lambda: query.answer(
            results,
            cache_time=cache_time,
            is_personal=is_personal,
            # Not "", as above.
            next_offset=next_offset or None,
            button=button,
        ),
    )


async def answer_guest(message: Message, result: InlineQueryResultArticle) -> None:
    """Answer *message*, in a chat that the bot is not in; one too old is no error."""
    await _unless(_TOO_LATE, lambda: message.answer_guest_query(result))


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
    """Change a message of ours by *call*; return whether it is still there."""
    try:
        await _unless(_UNCHANGED, call)
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


async def _unless(harmless: Sequence[str], call: Callable[[], Awaitable[object]]) -> None:
    """Make *call*; a refusal in one of the *harmless* wordings is no error."""
    try:
        await with_retries(call)
    except BadRequest as error:
        if not any(wording in error.message.lower() for wording in harmless):
            raise
