"""A message as a value, with its JSON and what a test wants to read of it; storing is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram_standin.entities import Entity
from telegram_standin.keyboards import Button, Keyboard
from telegram_standin.people import Chat, User, sender_to_json


@dataclass(frozen=True, slots=True)
class Quote:
    """The part of the replied-to text a reply quotes; position in UTF-16 code units."""

    text: str
    position: int

    def to_json(self) -> dict[str, Any]:
        """Return the Bot API's TextQuote."""
        return {"text": self.text, "position": self.position, "is_manual": True}


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """A message as it stood at one moment.

    Two messages are equal when chat and id are, whatever edits lie between them, so that
    `reply.reply_to == question` holds for an edited question too.
    """

    chat: Chat
    message_id: int
    sender: User | Chat
    date: int
    text: str
    entities: tuple[Entity, ...] = ()
    #: The text as the sender handed it over, markup included.
    html: str = ""
    keyboard: Keyboard | None = None
    reply_to: Message | None = None
    quote: Quote | None = None
    edit_date: int | None = None
    link_preview_options: dict[str, Any] | None = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Message):
            return NotImplemented
        return (self.chat.id, self.message_id) == (other.chat.id, other.message_id)

    def __hash__(self) -> int:
        return hash((self.chat.id, self.message_id))

    @property
    def buttons(self) -> list[list[str]]:
        """The labels of the inline keyboard, row by row; empty without one."""
        return self.keyboard.labels if self.keyboard else []

    def button(self, label: str) -> Button:
        """Return the button with this label, or else the only one containing it.

        Raises AssertionError, listing the buttons, if there is none or more than one.
        """
        buttons = list(self.keyboard or ())
        found = [button for button in buttons if button.label == label] or [
            button for button in buttons if label in button.label
        ]
        if len(found) != 1:
            count = "no button" if not found else f"{len(found)} buttons"
            raise AssertionError(
                f"message #{self.message_id} has {count} for {label!r}; its buttons: {self.buttons}"
            )
        return found[0]

    def marked(self, kind: str) -> list[str]:
        """Return what each entity of a kind covers: `reply.marked("blockquote")`."""
        return [entity.text_of(self.text) for entity in self.entities if entity.type == kind]

    def to_json(self, *, with_reply: bool = True) -> dict[str, Any]:
        """Return the Bot API's Message; a replied-to message does not show its own reply."""
        body: dict[str, Any] = {
            "message_id": self.message_id,
            **sender_to_json(self.sender, self.chat),
            "chat": self.chat.to_json(),
            "date": self.date,
            "text": self.text,
        }
        if self.edit_date is not None:
            body["edit_date"] = self.edit_date
        if self.entities:
            body["entities"] = [entity.to_json() for entity in self.entities]
        if self.link_preview_options:
            body["link_preview_options"] = self.link_preview_options
        if self.keyboard:
            body["reply_markup"] = self.keyboard.to_json()
        if self.reply_to and with_reply:
            body["reply_to_message"] = self.reply_to.to_json(with_reply=False)
        if self.quote:
            body["quote"] = self.quote.to_json()
        return body
