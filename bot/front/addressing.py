"""Decides who wrote a message, whether it is meant for the bot, and what it asks.

In private everything is. In a group only a command, a mention or a reply to the bot is, and in a
channel only a command. Which words a message has is left to ``contents``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType

from bot.answering.asked import Above, Asked
from bot.front.contents import Contents, contents_beneath, contents_of, words_of
from bot.front.flat_text import well_formed
from index import is_doubt, references_in

#: The commands that ask, as Telegram writes them without their slash: for all to see, and for
#: whoever asks alone.
ASK = "ask"
ASK_ALONE = "askme"
_START = attrgetter("start")
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
    #: What of the text can be searched: its words besides links and names.
    words: str = ""
    #: What it asks: the text without addresses of pages. Those are on no record, and with them
    #: nothing would be found.
    question: str = ""


def read(message: Message, bot: User) -> Wording:
    """Return the wording of *message*, as it speaks to *bot*."""
    contents = contents_of(message)
    return _worded(contents, bot) if contents else Wording("")


def _worded(contents: Contents, bot: User) -> Wording:
    # Entities count UTF-16 code units, of two bytes each; they are in order and apart.
    units = contents.text.encode("utf-16-le", "surrogatepass")
    our_name = (bot.username or "").lower()
    command = target = ""
    mentions_us = mentions_anybody = False
    # Cut by offset, not by name: the question may name the bot too.
    addressing, addresses = [], []
    for entity in contents.entities:
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
        elif entity.type == MessageEntity.URL and "/" in _text_of(units[covered]):
            # Not the name of a publisher, as in from:ports.example.
            addresses.append(covered)
    text = _without(addressing, units)
    others = len(addressing) < len(contents.entities)
    # A link may bring a reference of ours.
    cuts = addresses and not references_in(text)
    return Wording(
        text=text,
        command=command,
        target=target,
        names_us=bool(command) and target == our_name,
        mentions_us=mentions_us,
        mentions_anybody=mentions_anybody,
        words=words_of(contents) if others else text,
        question=_without(sorted([*addressing, *addresses], key=_START), units) if cuts else text,
    )


def _without(spans: Sequence[slice], units: bytes) -> str:
    """Return the text of *units* on one line without the *spans*, which are in order and apart."""
    kept, end = [], 0
    for span in spans:
        kept.append(_text_of(units[end : span.start]))
        end = span.stop
    return " ".join(" ".join([*kept, _text_of(units[end:])]).split())


def asked_by(
    message: Message,
    bot: User,
    wording: Wording | None = None,
    *,
    commands_only: bool = False,
    album: Callable[[Message], Contents | None] = lambda _: None,
) -> Asked | None:
    """Return what *message* asks the *bot*; ``None`` if the bot is not addressed.

    A command other than those that ask is no question, and one for another bot (/ask@OtherBot) is
    not ours. Addressed in reply to a message and without a subject of its own, as by "is this
    true?", the bot is asked about that message, or the part of it that the user chose to quote.
    *album* returns the caption of the album that a picture belongs to, if it is known.
    """
    wording = wording or read(message, bot)
    addressed = _is_addressed(message, wording, commands_only=commands_only)
    if not addressed and (commands_only or not _is_in_passing(message, wording, bot)):
        return None
    asked = partial(
        Asked,
        written=wording.text,
        names=(bot.first_name, bot.username or ""),
        alone=wording.command == ASK_ALONE,
        by_name=bool(wording.command or wording.mentions_us),
        above=_above(message, bot),
    )
    if not addressed:
        # A thumb up in reply to an answer is meant for the other people in the chat.
        return asked(wording.text, unaddressed=True) if has_words(wording.text) else None
    doubts = is_doubt(wording.words, bot.first_name, bot.username or "")
    if has_words(wording.words) and not doubts:
        unreadable = _replies_to_unreadable(message, bot, album)
        return asked(wording.question, beneath_unreadable=unreadable)
    replied = None if _opens_topic(message) else message.reply_to_message
    # In private whoever sends a link or an emoji waits for an answer to that.
    waits = bool(wording.text) and message.chat.type == ChatType.PRIVATE and not doubts
    if _is_about_another(message, replied) and not waits:
        return _asked_beneath(message, replied, bot, asked, album, doubts=doubts)
    return _asked_alone(message, wording, asked, doubts=doubts)


def author_of(message: Message) -> User | None:
    """Return the user who wrote *message*; ``None`` if it was written in the name of a chat."""
    return None if message.sender_chat else message.from_user


def sender_of(message: Message) -> int:
    """Return the id of the sender: a user, or the chat in whose name a user wrote."""
    if message.sender_chat:
        return message.sender_chat.id
    return message.from_user.id if message.from_user else message.chat.id


def written_by_a_bot(message: Message, bot: User) -> bool:
    """Return whether a bot wrote *message*: two bots that answer each other never end.

    Anonymous administrators and channels write through bots of Telegram's own, as a chat. In
    private, what a user sends through another bot than ours is the user's own word.
    """
    sender, via = message.from_user, message.via_bot
    if via and (message.chat.type != ChatType.PRIVATE or via.id == bot.id):
        return True
    return bool(sender and sender.is_bot and not message.sender_chat)


def replied_to(message: Message, bot: User) -> Message | None:
    """Return the message of the *bot* that *message* replies to, if it does."""
    replied = message.reply_to_message
    return replied if replied is not None and _wrote(replied, bot) else None


def has_words(text: str) -> bool:
    """Return whether there is a letter or a digit of any script in *text*."""
    return any(map(str.isalnum, text))


def _replies_to_unreadable(
    message: Message, bot: User, album: Callable[[Message], Contents | None]
) -> bool:
    """Return whether *message* replies to something that has no words which can be read."""
    replied = None if _opens_topic(message) else message.reply_to_message
    if not _is_about_another(message, replied) or (replied and _wrote(replied, bot)):
        return False
    if message.quote and words_of(Contents(well_formed(message.quote.text))):
        return False
    contents = contents_beneath(message) or (album(replied) if replied else None)
    return not (contents and words_of(contents))


def _is_about_another(message: Message, replied: Message | None) -> bool:
    """Return whether *message* refers to another, here or elsewhere."""
    return bool(replied or message.quote or message.external_reply or message.reply_to_story)


def _asked_alone(
    message: Message, wording: Wording, asked: Callable[..., Asked], *, doubts: bool
) -> Asked:
    """Return what *message* asks, which has no subject and is about no other message."""
    text = wording.text
    # A link may bring a reference of ours.
    if references := references_in(text):
        return asked(" ".join(references))
    if doubts:
        # Of a picture it is the caption, of a link it stands beside it.
        about_unreadable = bool(message.caption) or text != wording.words
        return asked(text, doubts=True, unreadable=about_unreadable)
    # In a group an emoji alone asks nothing.
    is_private = message.chat.type == ChatType.PRIVATE
    unreadable = bool(text) and (is_private or has_words(text))
    return asked(text if unreadable else "", unreadable=unreadable)


def _asked_beneath(
    message: Message,
    replied: Message | None,
    bot: User,
    asked: Callable[..., Asked],
    album: Callable[[Message], Contents | None],
    *,
    doubts: bool,
) -> Asked:
    """Return what *message*, which has no subject of its own, asks of what it is written beneath.

    If that cannot be read, a doubt must not be answered as if the claim were known; to /ask alone
    the bot says how to ask.
    """
    quoted = message.quote
    if quoted and (quoted.is_manual or not replied) and (part := well_formed(quoted.text)).strip():
        # An emoji or a link may be chosen, too.
        words = words_of(Contents(part)) or " ".join(references_in(part))
        if not words:
            return asked("", unreadable=doubts)
        # What stands in another chat can be asked about, but not answered beneath.
        return asked(words, about_replied=replied is not None, about_part=replied is not None)
    if replied and _wrote(replied, bot):
        # Of the bot's own words only what they quote can be asked about; the record knows which of
        # these are references.
        return asked(" ".join(references_in(_text_in(replied))), doubts=doubts)
    contents = contents_beneath(message) or (album(replied) if replied else None)
    if words := words_of(contents) if contents else "":
        return asked(words, about_replied=replied is not None)
    return asked("", unreadable=doubts)


def _above(message: Message, bot: User) -> Above | None:
    """Return what of the *bot*'s *message* is written beneath."""
    replied, quoted = replied_to(message, bot), message.quote
    if replied is None:
        return None
    chosen = quoted.text if quoted and quoted.is_manual else ""
    return Above(_text_in(replied), chosen)


def _opens_topic(message: Message) -> bool:
    """Return whether *message* replies to nothing but the opening of its topic, as all there do."""
    replied = message.reply_to_message
    if replied is None:
        return False
    is_first = bool(message.is_topic_message) and replied.message_id == message.message_thread_id
    return is_first or replied.forum_topic_created is not None


def _text_in(message: Message) -> str:
    contents = contents_of(message)
    return contents.text if contents else ""


def _is_addressed(message: Message, wording: Wording, *, commands_only: bool) -> bool:
    if wording.command:
        asks = wording.command in (ASK, ASK_ALONE)
        return asks and (not wording.target or wording.names_us)
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
    """Return whether the *bot* wrote *message*.

    Where people write to a channel, it does so in the channel's name, as the people of the channel
    do; what it quotes there has a reference.
    """
    if message.chat.is_direct_messages and message.sender_chat:
        return bool(references_in(_text_in(message)))
    return message.from_user is not None and message.from_user.id == bot.id


def _text_of(units: bytes) -> str:
    return units.decode("utf-16-le", "replace")
