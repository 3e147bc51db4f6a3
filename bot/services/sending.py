"""Sends replies, changes them and answers queries; knows which of Telegram's refusals are harmless.

How a call gets through a faulty network is left to ``wire.retry``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from telegram import (
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
from bot.rendering.view import Reply
from bot.wire.retry import with_retries

#: What Telegram says of a change that changes nothing, and of a message that is gone.
_UNCHANGED = ("not modified", "to edit not found", "message_id_invalid")
#: What Telegram says of an answer that comes too late: the user has typed on, or gone.
_TOO_LATE = ("query is too old",)
#: What stands between the words of a message and what is written beneath.
_GAP = "\n\n"


async def send(about: Message, reply: Reply, quoted: TextQuote | None = None) -> Message:
    """Send *reply* beneath the message *about*, in its topic; return the message sent.

    It quotes *quoted*, a part of *about* that the user chose. If the group has become a supergroup
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
    at_most_once = about.chat.type != ChatType.PRIVATE
    try:
        return await with_retries(
            lambda: about.reply_text(
                reply.html, reply_markup=reply.keyboard, reply_parameters=beneath
            ),
            at_most_once=at_most_once,
        )
    except ChatMigrated as moved:
        chat_id, bot = moved.new_chat_id, about.get_bot()
        return await with_retries(
            lambda: bot.send_message(chat_id, reply.html, reply_markup=reply.keyboard),
            at_most_once=at_most_once,
        )
    except BadRequest as error:
        # The author has changed the message meanwhile.
        if not quoted or "quote" not in error.message.lower():
            raise
        return await send(about, reply)


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


async def change(message: Message, reply: Reply) -> None:
    """Make *message*, one of ours, say *reply*; if it does already, or is gone, do nothing."""
    bot = message.get_bot()
    await _unless(
        _UNCHANGED,
        lambda: bot.edit_message_text(
            reply.html,
            chat_id=message.chat.id,
            message_id=message.message_id,
            reply_markup=reply.keyboard,
        ),
    )


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
    await _unless(
        _UNCHANGED,
        lambda: bot.edit_message_text(
            text,
            chat_id=message.chat.id,
            message_id=message.message_id,
            parse_mode=None,
            entities=entities,
            reply_markup=reply.keyboard,
        ),
    )


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
