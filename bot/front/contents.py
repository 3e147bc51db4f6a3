"""Reads the words of any message, wherever they stand in it, and tells a message without words.

Words are in the text, the caption, the blocks of a rich message, the question of a poll, the title
and tasks of a checklist, and what a game says of itself. A place, a contact, a die and an invoice
state nothing. What the words ask is left to ``addressing``, and the caption of another picture of
the same album to ``album_captions``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex
from telegram import Checklist, ExternalReplyInfo, Game, Message, MessageEntity, Poll

from bot.front.flat_text import LINKS, FlatText, entities_within, utf16_length, well_formed
from bot.front.rich_text import flattened
from bot.wire.newer_api import rich_message_of

#: The fields of a message that hold what somebody sent. All others, also those of a later Bot API,
#: tell of something that happened in the chat, or how the message was sent.
CONTENT = (
    *("text", "caption", "animation", "audio", "checklist", "contact", "dice", "document", "game"),
    *("giveaway", "giveaway_winners", "invoice", "live_photo", "location", "paid_media", "photo"),
    *("poll", "sticker", "story", "venue", "video", "video_note", "voice"),
)
#: An address with or without its scheme, as the label of a link.
_ADDRESS = regex.compile(
    r"(?i)\A(?:(?:[a-z][a-z0-9+.-]*+://|(?:mailto|tel|tg):)\S++"
    r"|(?:[\p{L}\p{N}_-]++\.)++\p{L}{2,}+(?:[/?#:]\S*+)?)"
)
#: An address or a name where Telegram marks none, as in a poll. A script without spaces may follow.
_BARE = regex.compile(
    r"(?i)(?<![\p{L}\p{N}_])(?:(?:https?|tg|ftp)://|www\.|(?:t|telegram)\.me/)[!-~]++"
    r"|(?<![\p{L}\p{N}_@/.])@[a-z][a-z0-9_]{3,31}+(?![\p{L}\p{N}_])"
)
#: What is drawn, of which some count as letters or digits: ℹ️, the digit of 1️⃣.
_DRAWN = regex.compile(r"[0-9#*]\uFE0F?\u20E3|\p{Extended_Pictographic}")


@dataclass(frozen=True, slots=True)
class Contents:
    """The words of a message, wherever they stand in it."""

    #: Plain text, with line breaks between blocks.
    text: str
    #: What in it addresses somebody or is a link, in UTF-16 units of the text, in order and apart:
    #: bot_command, mention, text_mention, url, text_link and email.
    entities: tuple[MessageEntity, ...] = ()


def contents_of(message: Message) -> Contents | None:
    """Return the words of *message*; ``None`` if it has none that can be read."""
    for text, entities in (
        (message.text, message.entities),
        (message.caption, message.caption_entities),
    ):
        if written := well_formed(text):
            # Not trimmed: what else is known of a text counts in the units of the whole.
            within = entities_within(entities, utf16_length(written))
            return Contents(written, within) if written.strip() else None
    if rich := rich_message_of(message):
        return _contents(*flattened(rich))
    return _of_parts(message.poll, message.checklist, message.game)


def contents_beneath(message: Message) -> Contents | None:
    """Return the words of what *message* replies to, here or elsewhere; ``None`` if it has none.

    If it replies to one task of a checklist or one option of a poll, they are the words of that. A
    part that the sender chose to quote is not looked at.
    """
    replied = message.reply_to_message or message.external_reply
    if replied is None:
        return None
    if part := _part_chosen(message, replied.poll, replied.checklist):
        return part
    if isinstance(replied, Message):
        return contents_of(replied)
    return contents_beneath_elsewhere(replied)


def contents_beneath_elsewhere(external_reply: ExternalReplyInfo) -> Contents | None:
    """Return the words of a message of another chat that is replied to, as far as it is shown.

    Telegram shows its poll, checklist or game, and nothing of its text but what is quoted.
    """
    return _of_parts(external_reply.poll, external_reply.checklist, external_reply.game)


def words_of(contents: Contents) -> str:
    """Return what of *contents* can be searched, on one line; empty if there is nothing.

    The command at the beginning, names with @, and addresses are left out. A link keeps its label,
    and somebody without a username is called by a name; but names alone, digits in a box and emoji
    say nothing.

    >>> words_of(Contents("@badr https://ports.example.org/a")), words_of(Contents("It opens."))
    ('', 'It opens.')
    """
    units = contents.text.encode("utf-16-le", "surrogatepass")
    kept, unnamed, end = [], [], 0
    for entity in entities_within(contents.entities, len(units) // 2):
        start, stop = 2 * entity.offset, 2 * (entity.offset + entity.length)
        covered = units[start:stop].decode("utf-16-le", "replace")
        before = units[end:start].decode("utf-16-le", "replace")
        end = stop
        kept += [before, " " if _is_unsaid(entity, covered) else covered]
        unnamed += [before, " " if entity.type == MessageEntity.TEXT_MENTION else kept[-1]]
    rest = units[end:].decode("utf-16-le", "replace")
    if not _says_something("".join([*unnamed, rest])):
        return ""
    return " ".join(_BARE.sub(" ", "".join([*kept, rest])).split())


def has_content(message: Message) -> bool:
    """Return whether *message* holds what somebody sent, readable or not.

    A service message does not, and neither does one of a kind that is not known.
    """
    return rich_message_of(message) is not None or any(getattr(message, name) for name in CONTENT)


def _is_unsaid(entity: MessageEntity, covered: str) -> bool:
    """Return whether what *entity* has *covered* addresses somebody, or is an address."""
    if entity.type == MessageEntity.BOT_COMMAND:
        return entity.offset == 0
    if entity.type == MessageEntity.TEXT_LINK:
        return _ADDRESS.fullmatch(covered.strip()) is not None
    return entity.type == MessageEntity.MENTION or entity.type in LINKS


def _says_something(text: str) -> bool:
    """Return whether there is a letter or a digit that is no address, no name and not drawn."""
    return any(map(str.isalnum, _DRAWN.sub("", _BARE.sub(" ", text))))


def _part_chosen(
    message: Message, poll: Poll | None, checklist: Checklist | None
) -> Contents | None:
    """Return the words of the option or the task that *message* replies to, if it does to one."""
    option, task = message.reply_to_poll_option_id, message.reply_to_checklist_task_id
    flat = FlatText()
    if option is not None and isinstance(poll, Poll):
        for one in poll.options:
            if one.persistent_id == option:
                _write(flat, one.text, one.text_entities)
    if task is not None and isinstance(checklist, Checklist):
        for each in checklist.tasks:
            if each.id == task:
                _write(flat, each.text, each.text_entities)
    return _contents(*flat.finished())


def _of_parts(poll: Poll | None, checklist: Checklist | None, game: Game | None) -> Contents | None:
    """Return the words of what a message holds besides texts and pictures."""
    flat = FlatText()
    if isinstance(poll, Poll):
        # What can be chosen, and why it is right, is not what the poll says.
        _write(flat, poll.question, poll.question_entities)
        _write(flat, poll.description, poll.description_entities)
    if isinstance(checklist, Checklist):
        _write(flat, checklist.title, checklist.title_entities)
        for task in checklist.tasks:
            _write(flat, task.text, task.text_entities)
            # Each is a sentence of its own.
            if isinstance(task.text, str) and task.text[-1:].isalnum():
                flat.write(".")
    if isinstance(game, Game):
        _write(flat, game.title)
        _write(flat, game.description)
        _write(flat, game.text, game.text_entities)
    return _contents(*flat.finished())


def _write(flat: FlatText, text: object, entities: Sequence[MessageEntity] | None = None) -> None:
    flat.line()
    flat.write(text, entities or ())


def _contents(text: str, entities: tuple[MessageEntity, ...]) -> Contents | None:
    return Contents(text, entities) if text.strip() else None
