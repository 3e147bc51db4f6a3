"""Decides who wrote a message, whether it is meant for the bot, and what it asks.

In private everything is. In a group only a command, a mention or a reply to the bot is, and in a
channel only a command.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from telegram import Message, MessageEntity, TextQuote, User
from telegram.constants import ChatType

from index import is_doubt, references_in

#: The command that asks, as Telegram writes it without its slash.
ASK = "ask"
_MENTIONS = (MessageEntity.MENTION, MessageEntity.TEXT_MENTION)


@dataclass(frozen=True, slots=True)
class Wording:
    """The text of a message, taken apart by the entities in it that address somebody."""

    #: The text without the command and the mentions of the bot, on one line.
    text: str
    #: The command that it begins with, in lower case without slash and bot name; empty if none.
    command: str = ""
    #: The bot that the command names, in lower case: "otherbot" of ``/help@OtherBot``.
    target: str = ""
    #: Whether the command names our bot.
    names_us: bool = False
    #: Whether our bot is mentioned, and whether anybody is.
    mentions_us: bool = False
    mentions_anybody: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What a message asks, and which message the answer belongs beneath."""

    #: Empty if the bot is addressed and asked nothing.
    question: str
    answer_beneath: Message
    #: What of that message is asked about, if the user chose a part of it.
    quoted: TextQuote | None = None
    #: Whether it replies to the bot without naming it, and so may be meant for the others.
    unaddressed: bool = False


def read(message: Message, bot: User) -> Wording:
    """Return the wording of *message*, as it speaks to *bot*."""
    text = message.text or message.caption or ""
    # Entities count UTF-16 code units, of two bytes each. The library's own way to read them raises
    # an error where half a character is covered.
    units = text.encode("utf-16-le", "surrogatepass")
    our_name = (bot.username or "").lower()
    command = target = ""
    mentions_us = mentions_anybody = False
    addressing = []
    for entity in message.entities or message.caption_entities:
        covered = slice(2 * entity.offset, 2 * (entity.offset + entity.length))
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            name, _, target = _text_of(units[covered])[1:].lower().partition("@")
            command = name
            addressing.append(covered)
        elif entity.type in _MENTIONS:
            mentions_anybody = True
            us = (
                _text_of(units[covered]).lower() == f"@{our_name}"
                if entity.type == MessageEntity.MENTION
                else entity.user is not None and entity.user.id == bot.id
            )
            if us:
                mentions_us = True
                addressing.append(covered)
    # Cut by offset, not by name: the question may name the bot too.
    for covered in sorted(addressing, key=attrgetter("start"), reverse=True):
        units = units[: covered.start] + " ".encode("utf-16-le") + units[covered.stop :]
    return Wording(
        text=" ".join(_text_of(units).split()),
        command=command,
        target=target,
        names_us=bool(command) and target == our_name,
        mentions_us=mentions_us,
        mentions_anybody=mentions_anybody,
    )


def asked_by(
    message: Message, bot: User, wording: Wording | None = None, *, commands_only: bool = False
) -> Asked | None:
    """Return what *message* asks the *bot*; ``None`` if the bot is not addressed.

    A command other than /ask is no question, and one for another bot (/ask@OtherBot) is not ours.
    Addressed in reply to a message and without a subject of its own, as by "is this true?", the bot
    is asked about that message, or the part of it that the user chose to quote.
    """
    wording = wording or read(message, bot)
    addressed = _is_addressed(message, wording, commands_only=commands_only)
    if not addressed and (commands_only or not _is_in_passing(message, wording, bot)):
        return None
    question, worded = wording.text, has_words(wording.text)
    replies = message.reply_to_message is not None or message.quote is not None
    doubts = replies and is_doubt(question, bot.first_name, bot.username or "")
    if not addressed:
        # A thumb up in reply to an answer is meant for the other people in the chat.
        return Asked(question, message, unaddressed=True) if worded else None
    if not doubts and (worded or (question and message.chat.type == ChatType.PRIVATE)):
        return Asked(question, message)
    return _asked_beneath(message, bot) or Asked(question if doubts else "", message)


def author_of(message: Message) -> User | None:
    """Return the user who wrote *message*; ``None`` if it was written in the name of a chat."""
    return None if message.sender_chat else message.from_user


def sender_of(message: Message) -> int:
    """Return the id of the sender: a user, or the chat in whose name a user wrote."""
    if message.sender_chat:
        return message.sender_chat.id
    return message.from_user.id if message.from_user else message.chat.id


def written_by_a_bot(message: Message) -> bool:
    """Return whether a bot wrote *message*: two bots that answer each other never end.

    Anonymous administrators and channels write through bots of Telegram's own, as a chat.
    """
    sender = message.from_user
    return bool(message.via_bot or (sender and sender.is_bot and not message.sender_chat))


def replied_to(message: Message, bot: User) -> Message | None:
    """Return the message of the *bot* that *message* replies to, if it does."""
    replied = message.reply_to_message
    return replied if replied is not None and _wrote(replied, bot) else None


def has_words(text: str) -> bool:
    """Return whether there is a letter or a digit of any script in *text*."""
    return any(map(str.isalnum, text))


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
    # In a topic every message counts as a reply to the one that opened it, which has no text.
    words = read(replied, bot).text if replied else ""
    return Asked(words, replied) if replied and words else None


def _is_addressed(message: Message, wording: Wording, *, commands_only: bool) -> bool:
    if wording.command:
        return wording.command == ASK and (not wording.target or wording.names_us)
    if message.chat.type == ChatType.PRIVATE:
        return True
    # What a channel posts appears in its discussion group by itself, and asks no more there.
    posted = message.chat.type == ChatType.CHANNEL or message.is_automatic_forward
    return not posted and not commands_only and wording.mentions_us


def _is_in_passing(message: Message, wording: Wording, bot: User) -> bool:
    """Return whether *message* replies to the *bot*, and to nobody else."""
    ours = replied_to(message, bot) is not None and not message.is_automatic_forward
    return ours and not wording.command and not wording.mentions_anybody


def _wrote(message: Message, bot: User) -> bool:
    return message.from_user is not None and message.from_user.id == bot.id


def _text_of(units: bytes) -> str:
    return units.decode("utf-16-le", "replace")
