"""One value per update, which handlers are given in its place.

A handler never looks at the library's ``Update``; what an update may be is left to ``stack``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from telegram import CallbackQuery, Chat, Message, User

from bot.front.addressing import (
    Asked,
    Wording,
    asked_by,
    author_of,
    read,
    sender_of,
)
from bot.rendering.callback_data import CallbackData
from bot.rendering.view import View
from bot.services.chats import Chats
from bot.state.state import ChatSettings


@dataclass(frozen=True, eq=False)
class Request:
    """A message that may be meant for the bot.

    Its plain fields cost nothing; the others are worked out when first asked for, and then kept.
    """

    message: Message
    chat: Chat
    is_private: bool
    #: Whether the message was there before, and has been edited.
    edited: bool
    #: Whether it mentions the bot in a chat that the bot is not in.
    from_guest: bool
    #: How many seconds ago it was written, or edited, when it came here.
    age: float
    #: The bot, as Telegram knows it.
    me: User
    _chats: Chats

    @cached_property
    def sender(self) -> int:
        """The id of the sender: a user, or the chat in whose name a user wrote."""
        return sender_of(self.message)

    @cached_property
    def settings(self) -> ChatSettings:
        """How the chat wants to be answered."""
        return ChatSettings() if self.from_guest else self._chats.settings(self.chat)

    @cached_property
    def view(self) -> View:
        """How the author sees the bot here: in which language, with which buttons."""
        chat = None if self.from_guest else self.chat
        return self._chats.view(chat, author_of(self.message), self.settings)

    @cached_property
    def wording(self) -> Wording:
        """The text, and by which command or mention it addresses the bot."""
        return read(self.message, self.me)

    @cached_property
    def asked(self) -> Asked | None:
        """What the bot is asked; ``None`` if it is not addressed."""
        only_commands = self.settings.commands_only
        return asked_by(self.message, self.me, self.wording, commands_only=only_commands)


@dataclass(frozen=True, eq=False)
class Press:
    """A button that a user pressed."""

    query: CallbackQuery
    user: User
    #: What the button means; ``None`` if it is none of ours, or not one of *message*'s.
    button: CallbackData | None
    #: The message that it stands under, one of ours; ``None`` if Telegram has lost sight of it.
    message: Message | None
    _chats: Chats

    @cached_property
    def view(self) -> View:
        """How the user sees the bot where the button stands, and how the message is changed."""
        return self._chats.view(self.query.message.chat if self.query.message else None, self.user)
