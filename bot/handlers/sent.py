"""Tells what a message with /add brings to be put on record: a file, links, or a text.

Files are fetched from Telegram here, into memory. Fetching links and reading what was brought is
left to ``documents``.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import regex
from telegram import (
    Document,
    Message,
    MessageOrigin,
    MessageOriginChannel,
    MessageOriginChat,
)
from telegram.constants import FileSizeLimit

from bot.wire.retry import with_retries
from documents import (
    Claim,
    Field,
    Refused,
    Source,
    open_paths,
    open_received,
    received_text,
)

#: The command that brings them, as Telegram writes it without its slash.
ADD = "add"
#: Bytes of a file that Telegram gives a bot.
LARGEST_FILE = int(FileSizeLimit.FILESIZE_DOWNLOAD)
_LINK = regex.compile(r"https?://\S+", regex.IGNORECASE)
#: What a text that was written or forwarded is called.
_TEXT = "Telegram message"

#: Opens what was brought; it may fetch links, and so is called beside the event loop.
Open = Callable[[], Iterable[Source | Refused]]


class TooLarge(Exception):
    """A file is larger than Telegram gives to bots."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a message brings."""

    #: A file that must be fetched from Telegram; else the rest tells all.
    file: Document | None = None
    links: tuple[str, ...] = ()
    text: str = ""
    #: The fields that whoever sent it gives.
    given: dict[str, object] = field(default_factory=dict)
    #: What Telegram tells of where it was forwarded from.
    claims: tuple[Claim, ...] = ()


def sent_with(message: Message, zone: datetime.tzinfo) -> Sent | None:
    """Return what *message*, which has the command, brings; ``None`` if nothing.

    That is the file that it is the caption of, what stands behind the command, or else the message
    that it replies to. The days of forwarded messages are counted in *zone*.
    """
    if message.document:
        return _with_file(message.document, message.forward_origin, zone)
    if written := _behind_command(message).strip():
        return _with_text(written, message.forward_origin, zone)
    replied, elsewhere = message.reply_to_message, message.external_reply
    if replied:
        return _with_replied(replied, zone)
    if elsewhere and elsewhere.document:
        return _with_file(elsewhere.document, elsewhere.origin, zone)
    return None


def _with_replied(replied: Message, zone: datetime.tzinfo) -> Sent | None:
    """Return what a message brings that was *replied* to; none of ours is put on record."""
    if replied.from_user == replied.get_bot().bot:
        return None
    if replied.document:
        return _with_file(replied.document, replied.forward_origin, zone)
    written = (replied.text or replied.caption or "").strip()
    if not written:
        return None
    return _with_text(written, replied.forward_origin, zone)


async def opened(sent: Sent) -> Open:
    """Return what opens what was *sent*; a file has been fetched by then.

    Raises:
        TooLarge: Telegram does not give it.
        TelegramError: it could not be fetched.
    """
    if sent.file:
        name, kind = sent.file.file_name or "", sent.file.mime_type or ""
        content = await fetched(sent.file)
        return lambda: open_received(name, content, kind)
    if sent.links:
        return lambda: open_paths(sent.links)
    return lambda: [received_text(_TEXT, sent.text)]


async def fetched(file: Document) -> bytes:
    """Return the bytes of *file*.

    Raises:
        TooLarge: Telegram does not give it.
        TelegramError: it could not be fetched.
    """
    if (file.file_size or 0) > LARGEST_FILE:
        raise TooLarge
    found = await with_retries(file.get_file)
    if (found.file_size or 0) > LARGEST_FILE:
        raise TooLarge
    content = await with_retries(found.download_as_bytearray)
    if len(content) > LARGEST_FILE:
        raise TooLarge
    return bytes(content)


def _with_file(file: Document, origin: MessageOrigin | None, zone: datetime.tzinfo) -> Sent:
    return Sent(file=file, claims=_claims(origin, zone, is_text=False))


def _with_text(written: str, origin: MessageOrigin | None, zone: datetime.tzinfo) -> Sent:
    """Return what is *written*: links alone, a text, or a link and its text below."""
    lines = [line.strip() for line in written.splitlines() if line.strip()]
    words = written.split()
    if all(map(_LINK.fullmatch, words)):
        return Sent(links=tuple(dict.fromkeys(words)), claims=_claims(origin, zone, is_text=False))
    if _LINK.fullmatch(lines[0]):
        text = written.partition("\n")[2].strip()
        return Sent(text=text, given={"url": lines[0]}, claims=_claims(origin, zone, is_text=True))
    return Sent(text=written, claims=_claims(origin, zone, is_text=True))


def _behind_command(message: Message) -> str:
    """Return what stands behind the command in *message*, with its line breaks."""
    text = message.text or ""
    command = next(iter(message.entities), None)
    if command is None:
        return text
    # Entities count UTF-16 code units, of two bytes each.
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * (command.offset + command.length) :].decode("utf-16-le", "replace")


def _claims(
    origin: MessageOrigin | None, zone: datetime.tzinfo, *, is_text: bool
) -> tuple[Claim, ...]:
    """Return what Telegram tells of where a message was forwarded from.

    The address of a channel's post is certain for the post's own text only.
    """
    if origin is None:
        return ()
    day = origin.date.astimezone(zone).date().isoformat()
    chat, where = None, "the forwarded message"
    if isinstance(origin, MessageOriginChannel):
        chat = origin.chat
    elif isinstance(origin, MessageOriginChat):
        chat = origin.sender_chat
    claims = []
    if chat and chat.title:
        where = f"forwarded from “{chat.title}”"
        claims.append(Claim(field=Field.PUBLISHER, value=chat.title, where=where))
    claims.append(Claim(field=Field.DATE, value=day, where=where))
    if isinstance(origin, MessageOriginChannel) and origin.chat.username:
        url = f"https://t.me/{origin.chat.username}/{origin.message_id}"
        claims.append(Claim(field=Field.URL, value=url, where=where, certain=is_text))
    return tuple(claims)
