"""Knows how each chat is answered: its settings, its language, and what was shown there."""

from __future__ import annotations

import logging

from telegram import Chat, Message, User
from telegram.constants import ChatType

from bot.configuration import Configuration
from bot.i18n.strings import strings_for
from bot.rendering.view import Reply, View
from bot.state.state import ChatSettings, State
from bot.wire.newer_api import ephemeral_id_of

logger = logging.getLogger(__name__)

#: The kinds of chats in which Telegram surely allows a button that leads to another chat.
_SHARING = (ChatType.PRIVATE, ChatType.GROUP, ChatType.SUPERGROUP)


class Chats:
    """The chats that the bot is in."""

    def __init__(self, configuration: Configuration, state: State) -> None:
        """Keep in *state* what is remembered of a chat."""
        self._default_language = configuration.language
        self._listed = configuration.chats
        self._state = state
        #: The bot itself, once Telegram has said who it is: links and shared quotes carry its name.
        self.me: User | None = None

    def settings(self, chat: Chat) -> ChatSettings:
        """Return how *chat* wants to be answered."""
        return self._state.settings(chat.id)

    def change(self, chat: Chat, settings: ChatSettings) -> None:
        """Answer *chat* by these *settings* from now on."""
        self._state.set_settings(chat.id, settings)

    @property
    def keeps_settings(self) -> bool:
        """Whether settings are still known after a restart."""
        return self._state.persistent

    def view(
        self, chat: Chat | None, user: User | None, settings: ChatSettings | None = None
    ) -> View:
        """Return how *user* sees the bot in *chat*, whose *settings* may be known already.

        In the chat's language if it has chosen one. Without, in private and where there is no chat,
        in the user's: the one chosen in private, or Telegram's. A group and a channel have many
        readers: without a choice of theirs they are answered in the operator's language.
        """
        is_private = chat is not None and chat.type == ChatType.PRIVATE
        if settings is None and chat:
            settings = self.settings(chat)
        language = settings.language if settings else ""
        if not language and user and (chat is None or is_private):
            chosen = "" if is_private else self._state.settings(user.id).language
            language = chosen or user.language_code or ""
        # Telegram allows no button that leads to another chat beneath a channel's posts, nor where
        # people write to a channel.
        can_share = chat is None or (chat.type in _SHARING and not chat.is_direct_messages)
        return self._view(language, can_share=can_share)

    def view_of(self, person: int) -> View:
        """Return how the user with the ID *person* sees the bot in private, so far as is known."""
        return self.view(None, None, self._state.settings(person))

    def common_view(self) -> View:
        """Return how the bot is seen where no user and no chat is known."""
        return self._view(None)

    def _view(self, tag: str | None, *, can_share: bool = True) -> View:
        """Return a view in the language nearest to *tag*."""
        strings = strings_for(tag, self._default_language)
        if self.me is None:
            return View(strings)
        inline = bool(self.me.supports_inline_queries)
        return View(strings, self.me.username or "", can_share and inline)

    def note_shown(self, message: Message, reply: Reply) -> None:
        """Remember which paragraph a message in a group shows, so that it is not repeated there.

        What one person alone sees is not shown to the group.
        """
        if message.chat.type == ChatType.PRIVATE or ephemeral_id_of(message):
            return
        thread = message.message_thread_id if message.is_topic_message else None
        if reply.shown_reference:
            self._state.note_quote(
                message.chat.id,
                message_id=message.message_id,
                thread_id=thread,
                reference=reply.shown_reference,
            )
        else:
            self.forget_shown(message)

    def forget_shown(self, message: Message) -> None:
        """Remember that a message shows no paragraph any more, or is gone."""
        self._state.forget_quote(message.chat.id, message.message_id)

    def is_listed(self, chat: Chat) -> bool:
        """Return whether the operator lets the bot be in *chat*, or in the group that it was."""
        if not self._listed or chat.id in self._listed:
            return True
        return not self._listed.isdisjoint(self._state.former_groups(chat.id))

    def migrate(self, old_chat: int, new_chat: int) -> None:
        """Move what is remembered of a group, and that it is listed, to its supergroup."""
        self._state.migrate(old_chat, new_chat)
        if old_chat in self._listed and new_chat not in self._listed:
            logger.warning("chat %d has become %d: put that into “chats”", old_chat, new_chat)
            self._state.note_move(old_chat, new_chat)

    def forget(self, chat: Chat) -> None:
        """Forget everything about *chat*."""
        self._state.forget_chat(chat.id)
