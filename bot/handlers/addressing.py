"""Decides whether a message is meant for the bot, and what it asks.

In private everything is. In a group only a command, a mention or a reply to the bot is: whoever
else is talking is left alone. In a channel only a command is.
"""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Chat, Message, MessageEntity, TextQuote, User
from telegram.constants import ChatType

from index import is_doubt, references_in

#: The command that asks, as Telegram writes it without its slash.
ASK = "ask"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a message asks, and which message the answer belongs beneath."""

    #: Empty if the bot is addressed and asked nothing.
    question: str
    about: Message
    #: What of that message is asked about, if the person chose a part of it.
    quoted: TextQuote | None = None
    #: Whether it is said beneath the bot's words without naming it, and may be meant for others.
    aside: bool = False


def asked_by(message: Message, bot: User, *, commands_only: bool = False) -> Asked | None:
    """Return what *message* asks the *bot*; ``None`` if the bot is not addressed.

    A command other than /ask is no question, and one for another bot (/ask@OtherBot) is not ours.
    Addressed in reply to somebody's message and without a subject of its own, as by "is this
    true?", the bot is asked about that message, or the part of it that the person chose to quote.
    """
    addressed = _is_addressed(message, bot, commands_only=commands_only)
    if not addressed and (commands_only or not _is_said_aside(message, bot)):
        return None
    question = question_in(message, bot)
    beneath = message.reply_to_message is not None or message.quote is not None
    doubts = beneath and is_doubt(question, bot.first_name, bot.username or "")
    if not addressed:
        # A thumb up, or a doubt, beneath an answer is for the others to see.
        asks = has_words(question) and not doubts
        return Asked(question, message, aside=True) if asks else None
    if not doubts and (has_words(question) or (question and is_private(message.chat))):
        return Asked(question, message)
    return _asked_beneath(message, bot) or Asked(question if doubts else "", message)


def _asked_beneath(message: Message, bot: User) -> Asked | None:
    """Return what *message*, which has no subject of its own, asks of what it replies to."""
    replied, quoted = message.reply_to_message, message.quote
    if quoted and (quoted.is_manual or not replied) and (words := " ".join(quoted.text.split())):
        # What stands in another chat can be asked about, but not answered beneath.
        return Asked(words, replied, quoted) if replied else Asked(words, message)
    if replied and _wrote(replied, bot):
        # Of the bot's own words only what they quote can be asked about; the record knows which of
        # these are references.
        return Asked(" ".join(references_in(replied.text or "")), message)
    # What a topic was opened with counts as replied to by all that is said in it, and has no text.
    words = question_in(replied, bot) if replied else ""
    return Asked(words, replied) if replied and words else None


def question_in(message: Message, bot: User) -> str:
    """Return the text of *message* without the command and the mentions that address the *bot*."""
    # What they cover is cut out and not replaced wherever it stands: the bot may also be asked of.
    units = _units(message)
    found = command(message)
    addressing = [*([found] if found else []), *_mentions(message, bot)]
    for entity in sorted(addressing, key=lambda one: one.offset, reverse=True):
        before, after = units[: 2 * entity.offset], units[2 * (entity.offset + entity.length) :]
        units = before + " ".encode("utf-16-le") + after
    return " ".join(units.decode("utf-16-le", "replace").split())


def command(message: Message) -> MessageEntity | None:
    """Return the command that *message* begins with: ``/ask@OnRecordBot``."""
    for entity in message.entities or message.caption_entities:
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            return entity
    return None


def is_named(message: Message, bot: User) -> bool:
    """Return whether the command of *message* names the *bot*: /help@OnRecordBot."""
    found = command(message)
    return found is not None and _target(message, found) == (bot.username or "").lower()


def written_by_a_bot(message: Message) -> bool:
    """Return whether another program wrote *message*: two that answer each other never end.

    Anonymous administrators and channels write through bots of Telegram's own, as a chat.
    """
    sender = message.from_user
    return bool(message.via_bot or (sender and sender.is_bot and not message.sender_chat))


def is_nobodys(message: Message) -> bool:
    """Return whether *message* came by itself: from a program, or from the channel discussed."""
    return bool(message.is_automatic_forward) or written_by_a_bot(message)


def sender_of(message: Message) -> int:
    """Return the number of who wrote *message*: a person, or the chat that a person speaks for."""
    if message.sender_chat:
        return message.sender_chat.id
    return message.from_user.id if message.from_user else message.chat.id


def is_private(chat: Chat) -> bool:
    """Return whether only one person and the bot are in *chat*."""
    return chat.type == ChatType.PRIVATE


def _is_addressed(message: Message, bot: User, *, commands_only: bool) -> bool:
    found = command(message)
    if found is not None:
        name = _covered(message, found)[1:].partition("@")[0]
        return name.lower() == ASK and (
            _target(message, found) in ("", (bot.username or "").lower())
        )
    if is_private(message.chat):
        return True
    # What a channel posts reaches its discussion group by itself, and asks there no more than here.
    posted = message.chat.type == ChatType.CHANNEL or message.is_automatic_forward
    if posted or commands_only:
        return False
    return bool(_mentions(message, bot))


def _is_said_aside(message: Message, bot: User) -> bool:
    """Return whether *message* replies to the *bot*, and speaks to nobody else."""
    replied = message.reply_to_message
    ours = replied is not None and _wrote(replied, bot) and not message.is_automatic_forward
    others = (MessageEntity.MENTION, MessageEntity.TEXT_MENTION)
    entities = message.entities or message.caption_entities
    return ours and command(message) is None and not any(one.type in others for one in entities)


def _target(message: Message, found: MessageEntity) -> str:
    return _covered(message, found).partition("@")[2].lower()


def has_words(text: str) -> bool:
    """Return whether there is a letter or a digit of any script in *text*."""
    return any(character.isalnum() for character in text)


def _wrote(message: Message, bot: User) -> bool:
    return message.from_user is not None and message.from_user.id == bot.id


def _mentions(message: Message, bot: User) -> list[MessageEntity]:
    """Return the mentions of the *bot* in *message*."""
    own_name = f"@{bot.username}".lower()
    return [
        entity
        for entity in message.entities or message.caption_entities
        if (entity.type == MessageEntity.MENTION and _covered(message, entity).lower() == own_name)
        or (entity.type == MessageEntity.TEXT_MENTION and entity.user and entity.user.id == bot.id)
    ]


def _units(message: Message) -> bytes:
    """Return the text of *message* as entities count it: UTF-16 code units, of two bytes each."""
    return (message.text or message.caption or "").encode("utf-16-le", "surrogatepass")


def _covered(message: Message, entity: MessageEntity) -> str:
    """Return the text that *entity* covers, as far as there is any."""
    # The library's own way raises an error where half a character is covered.
    covered = _units(message)[2 * entity.offset : 2 * (entity.offset + entity.length)]
    return covered.decode("utf-16-le", "replace")
