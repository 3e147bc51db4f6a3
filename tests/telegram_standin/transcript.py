"""Writes down the conversation for people to read; it takes no part in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from telegram_standin.entities import QUOTES
from telegram_standin.messages import Message
from telegram_standin.people import Chat
from telegram_standin.topics import Topic

_INDENT = "    "


@dataclass(slots=True)
class Transcript:
    """What was said in every chat, in order, and the place of each line: a chat or a topic."""

    _lines: list[tuple[Chat | Topic | None, str]] = field(default_factory=list)

    def message(self, message: Message, *, edited: bool = False) -> None:
        """Note a message sent or edited, with its buttons."""
        line = f"{message.name} {_who(message)}{_about(message, edited)}"
        if message.only_for:
            line += f" (only {message.only_for} sees this)"
        for row in message.buttons:
            line += "\n" + _INDENT + " ".join(f"[{label}]" for label in row)
        self._lines.append((message.topic or message.chat, line))

    def note(self, chat: Chat | None, line: str, topic: Topic | None = None) -> None:
        """Note anything else; without a chat it belongs to all of them."""
        self._lines.append((topic or chat, line))

    def render(self, chat: Chat | None = None) -> str:
        """Return the transcript of one chat or of all, a title line wherever the place changes."""
        written: list[str] = []
        current: Chat | Topic | None = None
        for place, line in self._lines:
            if chat and place and _chat_of(place).id != chat.id:
                continue
            if place and place != current:
                current = place
                written.append(f"— {place} —")
            written.append(line)
        return "\n".join(written)


def _with_quotes_marked(message: Message) -> str:
    """Return the text, the lines of each quotation block marked as in e-mail."""
    # Offsets and lengths count UTF-16 code units, of two bytes each.
    units = message.text.encode("utf-16-le")
    for entity in reversed(message.entities):
        if entity.type in QUOTES:
            start, stop = 2 * entity.offset, 2 * (entity.offset + entity.length)
            block = "> " + units[start:stop].decode("utf-16-le").replace("\n", "\n> ")
            units = units[:start] + block.encode("utf-16-le") + units[stop:]
    return units.decode("utf-16-le")


def _chat_of(place: Chat | Topic) -> Chat:
    return place.chat if isinstance(place, Topic) else place


def _who(message: Message) -> str:
    if message.via_bot:
        return f"{message.sender} (via @{message.via_bot})"
    return f"{message.sender}, a guest" if message.guest_caller else str(message.sender)


def _about(message: Message, edited: bool) -> str:
    if message.service:
        return f" {message.service.told}"
    about = ""
    if edited:
        # It is the person's message, but the bot that edits it.
        about = ", edited" if message.via_bot else " edits"
    elif message.forward_of:
        about = f" forwards its post #{message.forward_of.message_id}"
    elif message.external_reply:
        there = message.external_reply
        where = "another topic" if there.chat.id == message.chat.id else str(there.chat)
        about = f" (to {there.name} in {where})"
    elif message.reply_to:
        about = f" (to {message.reply_to.name})"
    if message.quote and not edited:
        about = f"{about[:-1]}, “{message.quote.text}”)"
    text = _with_quotes_marked(message) or message.words
    shown = f"[{message.media.kind}] {text}" if message.media else text
    return f"{about}: {shown.strip()}".replace("\n", "\n" + _INDENT)
