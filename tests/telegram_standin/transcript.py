"""Writes down the conversation for people to read; it takes no part in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from telegram_standin.messages import Message
from telegram_standin.people import Chat

_INDENT = "    "


@dataclass(slots=True)
class Transcript:
    """What was said in every chat, in order."""

    _lines: list[tuple[Chat | None, str]] = field(default_factory=list)

    def message(self, message: Message, *, edited: bool = False) -> None:
        """Note a message sent or edited, with its buttons."""
        about = " edits" if edited else ""
        if message.reply_to and not edited:
            about = f" (to #{message.reply_to.message_id})"
        text = message.text.replace("\n", "\n" + _INDENT)
        line = f"#{message.message_id} {message.sender}{about}: {text}"
        for row in message.buttons:
            line += "\n" + _INDENT + " ".join(f"[{label}]" for label in row)
        self._lines.append((message.chat, line))

    def note(self, chat: Chat | None, line: str) -> None:
        """Note anything else; without a chat it belongs to all of them."""
        self._lines.append((chat, line))

    def render(self, chat: Chat | None = None) -> str:
        """Return the transcript of one chat or of all, a title line wherever the chat changes."""
        written: list[str] = []
        current: Chat | None = None
        for place, line in self._lines:
            if chat and place and place.id != chat.id:
                continue
            if place and (current is None or place.id != current.id):
                current = place
                written.append(f"— {place} —")
            written.append(line)
        return "\n".join(written)
