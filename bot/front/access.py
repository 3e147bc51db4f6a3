"""Decides which chats and users are answered at all, and notices chats that move or close.

Without lists in the configuration every chat and every user is answered.
"""

from __future__ import annotations

import contextlib
import logging

from telegram import Bot, Chat, ChatMember, InlineQueryResultsButton, Message, Update, User
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.configuration import Configuration
from bot.front.addressing import read
from bot.front.throttles import Limit
from bot.rendering.html import plain
from bot.rendering.view import Reply
from bot.services.chats import Chats
from bot.services.delivery import Delivery
from bot.services.refusals import reason_of
from bot.services.sending import answer_inline, answer_press, send
from bot.wire.retry import with_retries

logger = logging.getLogger(__name__)

#: The bot's status in a chat that it is out of, and in a channel whose posts it gets.
_OUT = (ChatMember.LEFT, ChatMember.BANNED)
_INSIDE = (ChatMember.ADMINISTRATOR, ChatMember.OWNER)
#: What the button above the results brings a user who is not answered inline.
_OPENED_UNLISTED = "listed"


class Access:
    """Who is answered."""

    def __init__(
        self, configuration: Configuration, chats: Chats, delivery: Delivery, told: Limit
    ) -> None:
        """Answer those that *configuration* lists; *told* limits how often others are told so.

        *delivery* is told where the bot's rights change.
        """
        self._delivery = delivery
        self._users = configuration.people and configuration.people | configuration.admins
        self._chats = chats
        self._told = told

    async def admit(self, update: Update, bot: Bot) -> bool:
        """Return whether *update* may be answered; if not, its user or chat is told."""
        self._follow(update)
        chat, user, message = update.effective_chat, update.effective_user, update.effective_message
        if update.guest_message:
            # It is answered in the chat of the others, who may be strangers to the operator.
            if chat and not self._chats.is_listed(chat):
                return False
        elif chat and chat.type != ChatType.PRIVATE:
            if not self._chats.is_listed(chat):
                if not _tells_that_we_are_out(update):
                    await self._leave(chat, bot)
                return False
            return not (message and await _is_answered_in_channel(message, bot))
        if user and self._users and user.id not in self._users:
            await self._turn_away(update, user)
            return False
        return True

    def _follow(self, update: Update) -> None:
        """Move what is remembered with a group that became a supergroup; forget a closed chat."""
        message, changed = update.message, update.my_chat_member
        if message and message.migrate_to_chat_id:
            self._chats.migrate(message.chat.id, message.migrate_to_chat_id)
        elif message and message.migrate_from_chat_id:
            self._chats.migrate(message.migrate_from_chat_id, message.chat.id)
        if changed:
            self._delivery.forget(changed.chat.id)
        if changed and changed.new_chat_member.status in _OUT:
            logger.info("the bot was removed from a chat, whose settings are forgotten")
            self._chats.forget(changed.chat)

    async def _leave(self, chat: Chat, bot: Bot) -> None:
        if self._told.allows(chat.id):
            logger.info("leaving chat %d, which is not among “chats”", chat.id)
            strings = self._chats.common_view().strings
            text = plain(strings.not_for_this_chat.format(number=chat.id))
            # Where it may not write, it leaves without a word.
            with contextlib.suppress(TelegramError):
                await bot.send_message(chat.id, text)
        try:
            await with_retries(lambda: bot.leave_chat(chat.id))
        except TelegramError as error:
            # It may be out already: being added comes in two updates.
            level = logging.DEBUG if reason_of(error) else logging.WARNING
            logger.log(level, "chat %d could not be left (%s)", chat.id, type(error).__name__)

    async def _turn_away(self, update: Update, user: User) -> None:
        strings = self._chats.view(update.effective_chat, user).strings
        text = strings.not_for_you.format(number=user.id)
        if update.inline_query:
            # In private, where the button leads, there is room to say more.
            button = InlineQueryResultsButton(
                strings.inline_not_for_you, start_parameter=_OPENED_UNLISTED
            )
            with contextlib.suppress(TelegramError):
                await answer_inline(update.inline_query, [], is_personal=True, button=button)
        elif update.callback_query:
            await answer_press(update.callback_query, text)
        elif update.message and self._told.allows(user.id):
            await send(update.message, Reply(plain(text)))


async def _is_answered_in_channel(message: Message, bot: Bot) -> bool:
    """Return whether *message* is a command forwarded from a channel that the bot answers itself.

    Every post of a channel is forwarded into its discussion group.
    """
    channel = message.sender_chat
    if not message.is_automatic_forward or channel is None or not read(message, bot.bot).command:
        return False
    try:
        return (await bot.get_chat_member(channel.id, bot.id)).status in _INSIDE
    except TelegramError:
        return False


def _tells_that_we_are_out(update: Update) -> bool:
    changed = update.my_chat_member
    return changed is not None and changed.new_chat_member.status in _OUT
