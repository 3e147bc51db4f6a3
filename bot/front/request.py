"""One value per update, which handlers are given in its place.

A handler never looks at the library's ``Update``; what an update may be is left to ``stack``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from telegram import CallbackQuery, Chat, Message, User
from telegram.constants import ChatType

from bot.answering.asked import Asked
from bot.front.addressing import ASK_ALONE, Wording, asked_by, author_of, read, sender_of
from bot.front.contents import Contents
from bot.front.drafted import CHECK, Drafted, drafted_with
from bot.rendering.callback_data import CallbackData
from bot.rendering.view import View
from bot.services.chats import Chats
from bot.services.delivery import Place
from bot.state.state import ChatSettings, Readers
from bot.wire.newer_api import ephemeral_id_of


@dataclass(frozen=True, eq=False)
class Request:
    """A message that may be meant for the bot: what was asked, by whom, and where.

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
    #: Returns the caption of the album that a picture belongs to, if it is known.
    _album: Callable[[Message], Contents | None] = lambda _: None

    @property
    def key(self) -> tuple[int, int] | None:
        """What tells the message from all others; ``None`` if its number may be used again."""
        return None if self.ephemeral_id else (self.chat.id, self.message.message_id)

    @property
    def ephemeral_id(self) -> int:
        """The number of the message if only its author and the bot see it; else 0."""
        return ephemeral_id_of(self.message)

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

    @property
    def command(self) -> str:
        """The command that the message gives to the bot; empty if it gives none, or to another."""
        wording = self.wording
        return wording.command if not wording.target or wording.names_us else ""

    @cached_property
    def asked(self) -> Asked | None:
        """What the bot is asked; ``None`` if it is not addressed."""
        only_commands = self.settings.commands_only
        return asked_by(
            self.message, self.me, self.wording, commands_only=only_commands, album=self._album
        )

    @cached_property
    def drafted(self) -> Drafted | None:
        """The draft that the message brings to be checked; ``None`` if it brings none."""
        return drafted_with(self.message, self._album) if self.command == CHECK else None

    @cached_property
    def place(self) -> Place:
        """Where a reply belongs, and to whom it is shown."""
        author, about = author_of(self.message), self.drafted or self.asked
        about_replied = about is not None and about.about_replied
        # Where people write to a channel, each does so in a topic that nobody else sees.
        in_group = self.chat.type in _GROUPS and not self.chat.is_direct_messages
        person = author.id if author and in_group and not self.from_guest else 0
        return Place(
            (about_replied and self.message.reply_to_message) or self.message,
            self.message.quote if about and about.about_part else None,
            person=person,
            ephemeral=self.ephemeral_id,
            alone=self._wants_alone,
        )

    @property
    def _wants_alone(self) -> bool:
        """Whether, as the chat has it, the answer is for its author's eyes only."""
        readers = self.settings.readers
        chosen = readers is Readers.EACH_CHOOSES and self.wording.command == ASK_ALONE
        return readers is Readers.ASKER or chosen


#: Where a message can be shown to one person alone.
_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)


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
