"""Decides whether a message is meant for the bot, and what it asks.

In private everything is. In a group only a command, a mention or a reply to the bot is: whoever
else is talking is left alone.
"""

from __future__ import annotations

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType

#: The command that asks, as Telegram writes it without its slash.
ASK = "ask"


def question_for(message: Message, bot: User) -> str | None:
    """Return what *message* asks the *bot*, perhaps nothing (""); ``None`` if it is not addressed.

    A command other than /ask is no question, and one for another bot (/ask@OtherBot) is not ours.
    """
    command = _command(message)
    if command is not None:
        name, _, target = message.parse_entity(command)[1:].partition("@")
        ours = not target or target.lower() == (bot.username or "").lower()
        return question_in(message, bot) if ours and name.lower() == ASK else None
    if message.chat.type == ChatType.PRIVATE or _mentions(message, bot):
        return question_in(message, bot)
    replied = message.reply_to_message
    if replied and replied.from_user and replied.from_user.id == bot.id:
        return question_in(message, bot)
    return None


def question_in(message: Message, bot: User) -> str:
    """Return the text of *message* without the command and the mentions that address the *bot*."""
    # An entity's offset and length count UTF-16 code units (Bot API, MessageEntity), of two bytes.
    # What they cover is cut out and not replaced wherever it stands: the bot may also be asked of.
    units = (message.text or "").encode("utf-16-le", "surrogatepass")
    command = _command(message)
    addressing = [*([command] if command else []), *_mentions(message, bot)]
    for entity in sorted(addressing, key=lambda one: one.offset, reverse=True):
        before, after = units[: 2 * entity.offset], units[2 * (entity.offset + entity.length) :]
        units = before + " ".encode("utf-16-le") + after
    return " ".join(units.decode("utf-16-le", "replace").split())


def _command(message: Message) -> MessageEntity | None:
    """Return the command that *message* begins with: ``/ask@OnRecordBot``."""
    for entity in message.entities:
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            return entity
    return None


def _mentions(message: Message, bot: User) -> list[MessageEntity]:
    """Return the mentions of the *bot* in *message*."""
    if not message.text:
        return []
    own_name = f"@{bot.username}".lower()
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    return [
        entity
        for entity, text in message.parse_entities(kinds).items()
        if text.lower() == own_name or (entity.user and entity.user.id == bot.id)
    ]
