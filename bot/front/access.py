"""Decides which chats and people are answered at all, and keeps track of chats that move or close.

It comes before every handler. Without lists in the configuration everybody is welcome.
"""

from __future__ import annotations

import contextlib
import logging

from telegram import (
    Bot,
    Chat,
    ChatMember,
    InlineQueryResultsButton,
    Message,
    Update,
    User,
)
from telegram.error import Forbidden, TelegramError
from telegram.ext import ApplicationHandlerStop, ContextTypes

from bot.front.limits import Limits, Verdict
from bot.handlers.addressing import command, is_private
from bot.handlers.sending import answer_press, send
from bot.rendering.html import plain
from bot.rendering.view import Reply
from bot.services.desk import Desk
from bot.wire.retry import with_retries

logger = logging.getLogger(__name__)

#: What a chat is for the bot once it is out, and a channel while it gets its posts.
_OUT = (ChatMember.LEFT, ChatMember.BANNED)
_INSIDE = (ChatMember.ADMINISTRATOR, ChatMember.OWNER)


class Access:
    """Who is let in."""

    def __init__(self, desk: Desk) -> None:
        """Go by the configuration at the *desk*."""
        self._desk = desk
        # Whoever may not ask is told once a minute at most.
        self._told = Limits(1)

    async def admit(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Do nothing for who may ask; turn the others away.

        Raises:
            ApplicationHandlerStop: no handler may see the update.
        """
        self._follow(update)
        chat, person, message = (
            update.effective_chat,
            update.effective_user,
            update.effective_message,
        )
        if chat and not is_private(chat) and not update.guest_message:
            if not self._desk.is_listed(chat):
                if not _is_farewell(update):
                    await self._leave(chat, context.bot)
                raise ApplicationHandlerStop
            if message and await _is_heard_in_channel(message, context.bot):
                raise ApplicationHandlerStop
        elif person and not self._is_welcome(person):
            await self._turn_away(update, person)
            raise ApplicationHandlerStop

    def _is_welcome(self, person: User) -> bool:
        people = self._desk.configuration.people
        return not people or person.id in people or person.id in self._desk.configuration.admins

    def _follow(self, update: Update) -> None:
        """Let what is remembered move with a group that became a supergroup, or be forgotten."""
        desk, message = self._desk, update.message
        if message and message.migrate_to_chat_id:
            desk.migrate(message.chat.id, message.migrate_to_chat_id)
        elif message and message.migrate_from_chat_id:
            desk.migrate(message.migrate_from_chat_id, message.chat.id)
        changed = update.my_chat_member
        if changed and changed.new_chat_member.status in _OUT:
            logger.info("a chat has shut the bot out; what was remembered of it is forgotten")
            desk.state.forget_chat(changed.chat.id)

    async def _leave(self, chat: Chat, bot: Bot) -> None:
        if self._told.ask(chat.id) is Verdict.FREE:
            logger.info("leaving chat %d, which is not among “chats”", chat.id)
            text = plain(self._desk.common_view.strings.not_for_this_chat.format(number=chat.id))
            # Where it may not write, it leaves without a word.
            with contextlib.suppress(TelegramError):
                await bot.send_message(chat.id, text)
        try:
            await with_retries(lambda: bot.leave_chat(chat.id))
        except Forbidden:
            logger.debug("it was out already: being added comes in two updates")
        except TelegramError as error:
            logger.warning("chat %d could not be left (%s)", chat.id, type(error).__name__)

    async def _turn_away(self, update: Update, person: User) -> None:
        strings = self._desk.view(update.effective_chat, person).strings
        text = strings.not_for_you.format(number=person.id)
        message, query = update.message, update.callback_query
        if update.inline_query:
            # In private, where the button leads, there is room to say more.
            button = InlineQueryResultsButton(strings.inline_not_for_you, start_parameter="listed")
            with contextlib.suppress(TelegramError):  # the person has typed on, or gone
                await update.inline_query.answer([], is_personal=True, button=button)
        elif query:
            await answer_press(query, text)
        elif message and self._told.ask(person.id) is Verdict.FREE:
            await send(message, Reply(plain(text)))


async def _is_heard_in_channel(message: Message, bot: Bot) -> bool:
    """Return whether *message* is a channel's command, which came here by itself and is done there.

    Every post of a channel comes into its discussion group, where it would be done again.
    """
    channel = message.sender_chat
    if not message.is_automatic_forward or channel is None or command(message) is None:
        return False
    try:
        return (await bot.get_chat_member(channel.id, bot.id)).status in _INSIDE
    except TelegramError:
        return False


def _is_farewell(update: Update) -> bool:
    """Return whether *update* tells that the bot is out of a chat already."""
    changed = update.my_chat_member
    return changed is not None and changed.new_chat_member.status in _OUT
