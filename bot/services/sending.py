"""Sends replies and answers queries; knows which of Telegram's refusals are harmless.

How a message of ours is changed is left to ``changing``, and how a call gets through a faulty
network to ``wire.retry``.
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
    ReplyParameters,
    TextQuote,
)
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated

from bot.rendering.html import plain
from bot.rendering.view import Reply
from bot.services.refusals import is_topic_gone
from bot.wire.newer_api import Ephemeral, send_ephemeral
from bot.wire.retry import with_retries

#: What Telegram says of an answer that comes too late: the user has typed on, or gone.
_TOO_LATE = ("query is too old",)


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


async def answer_press(query: CallbackQuery, notice: str | None = None) -> None:
    """Stop the button's clock; a press too old to be answered is no error."""
    # Not "": with Defaults the library makes an empty list of an empty text.
    await unless(_TOO_LATE, lambda: query.answer(notice or None))


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
    await unless(
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
    await unless(_TOO_LATE, lambda: message.answer_guest_query(result))


async def unless(harmless: Sequence[str], call: Callable[[], Awaitable[object]]) -> None:
    """Make *call*; a refusal in one of the *harmless* wordings is no error."""
    try:
        await with_retries(call)
    except BadRequest as error:
        if not any(wording in error.message.lower() for wording in harmless):
            raise
