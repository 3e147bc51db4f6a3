"""Lets the administrators of a chat choose how they are answered: /settings and its buttons."""

from __future__ import annotations

import logging
from dataclasses import replace

from telegram import InlineKeyboardButton, Message, Update, User
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import ContextTypes, ExtBot

from bot.front.limits import Limits, Verdict
from bot.front.throttling import is_allowed
from bot.handlers.addressing import is_named, is_private, written_by_a_bot
from bot.handlers.sending import send
from bot.i18n.strings import Strings, languages, strings_for, strings_of
from bot.rendering.callback_data import Action, CallbackData
from bot.rendering.html import plain
from bot.rendering.keyboards import button, keyboard
from bot.rendering.replies import SEVERAL
from bot.rendering.view import Reply, View
from bot.services.desk import Desk
from bot.state.state import ChatSettings
from bot.wire.retry import with_retries

logger = logging.getLogger(__name__)

#: So often a minute a chat may say a bare /settings, and Telegram be asked who said it.
_BARE = 6
#: Seconds that this question may wait where Telegram wants no more of them.
_PATIENCE = 5
#: So many languages stand side by side; more labels could not be read on a telephone.
_IN_A_ROW = 4


class SettingsOfChats:
    """What the bot does about the settings of chats."""

    def __init__(self, desk: Desk) -> None:
        """Keep the settings in the memory at the *desk*."""
        self._desk = desk
        self._bare = Limits(_BARE)

    async def show(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show how the bot answers in this chat, with buttons to change it."""
        message = update.effective_message
        if message is None or written_by_a_bot(message):
            return
        if not is_private(message.chat) and self._desk.too_old(message):
            return
        # A bare /settings may be meant for another bot of the group, and whether it is we have to
        # ask Telegram.
        named = is_named(message, context.bot.bot)
        if not named and self._bare.ask(message.chat.id) is not Verdict.FREE:
            return
        async with self._desk.turns.take(message.chat.id, waits=named) as free:
            if free:
                await self._show(message, named=named)

    async def _show(self, message: Message, *, named: bool) -> None:
        may_change = await _may_change(message)
        if not may_change and not named:
            return
        if await is_allowed(message, self._desk):
            view = self._desk.view_of(message)
            refused = Reply(plain(view.strings.admins_only))
            await send(message, self._rendered(message, view) if may_change else refused)

    async def choose(self, choice: str, message: Message, person: User, view: View) -> Reply | str:
        """Change a setting of the chat of *message* as *choice* says, ``language:ur``.

        Returns the settings as they then are, or a notice why they are not changed. A choice that
        there was once, and is no more, changes nothing.
        """
        if not is_private(message.chat) and not await _is_administrator(message, person):
            return view.strings.admins_only
        if settings := _changed(self._desk.settings(message.chat), choice):
            self._desk.state.set_settings(message.chat.id, settings)
        return self._rendered(message, self._desk.view(message.chat, person))

    def _rendered(self, message: Message, view: View) -> Reply:
        strings, settings = view.strings, self._desk.settings(message.chat)
        in_group = message.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)
        # In private and in a channel there is one for all: the one that this is said in.
        language = strings.settings_language_own if in_group else strings.language_name
        if settings.language:
            language = strings_for(settings.language).language_name
        lines = [
            strings.settings_heading,
            plain(strings.settings_language.format(language=language)),
        ]
        rows = _languages(settings, strings)
        if in_group:
            how = strings.settings_commands if settings.commands_only else strings.settings_mentions
            lines.append(plain(strings.settings_addressed.format(how=how)))
            mentions = _choice(strings, strings.settings_button_mentions, "commands:0")
            commands = _choice(strings, strings.settings_button_commands, "commands:1")
            rows.append(_marked([mentions, commands], int(settings.commands_only), strings))
        lines.append(plain(strings.settings_passages.format(number=settings.passages)))
        one = _choice(strings, strings.settings_button_one, "passages:1")
        three = _choice(strings, strings.settings_button_three, f"passages:{SEVERAL}")
        rows.append(_marked([one, three], int(settings.passages > 1), strings))
        if not is_private(message.chat):
            lines.append(plain(strings.settings_hint))
        if not self._desk.state.persistent:
            lines.append(plain(strings.settings_not_kept))
        return Reply("\n".join(lines), keyboard(rows))


def _changed(settings: ChatSettings, choice: str) -> ChatSettings | None:
    """Return *settings* after *choice*; ``None`` if there is no such choice."""
    name, _, value = choice.partition(":")
    if name == "language" and value in ("", *languages()):
        return replace(settings, language=value)
    if name == "commands" and value in ("0", "1"):
        return replace(settings, commands_only=value == "1")
    if name == "passages" and value in ("1", str(SEVERAL)):
        return replace(settings, passages=int(value))
    return None


def _languages(settings: ChatSettings, strings: Strings) -> list[list[InlineKeyboardButton]]:
    tags = ["", *languages()]
    names = [strings.settings_button_own, *(strings_of(tag).language_name for tag in tags[1:])]
    row = [_choice(strings, name, f"language:{tag}") for tag, name in zip(tags, names, strict=True)]
    chosen = tags.index(settings.language) if settings.language in tags else 0
    marked = _marked(row, chosen, strings)
    return [marked[first : first + _IN_A_ROW] for first in range(0, len(marked), _IN_A_ROW)]


def _choice(strings: Strings, label: str, choice: str) -> InlineKeyboardButton:
    return button(label, CallbackData(Action.CHOICE, reference=choice))


def _marked(
    row: list[InlineKeyboardButton], chosen: int, strings: Strings
) -> list[InlineKeyboardButton]:
    """Return *row* with the label of its button number *chosen* marked as what is so now."""
    return [
        InlineKeyboardButton(
            strings.settings_chosen.format(choice=one.text) if number == chosen else one.text,
            callback_data=one.callback_data,
        )
        for number, one in enumerate(row)
    ]


async def _may_change(message: Message) -> bool:
    """Return whether whoever wrote *message* may change the settings of its chat."""
    if is_private(message.chat) or message.chat.type == ChatType.CHANNEL:
        return True
    if message.sender_chat:
        # An anonymous administrator writes as the group; a channel is nobody here.
        return message.sender_chat.id == message.chat.id
    person = message.from_user
    return person is not None and await _is_administrator(message, person)


async def _is_administrator(message: Message, person: User) -> bool:
    # Asking for one member by number is promised to work only where the bot is an administrator.
    bot: ExtBot[int] = message.get_bot()  # type: ignore[assignment]  # it is the application's
    chat_id = message.chat.id
    try:
        administrators = await with_retries(
            lambda: bot.get_chat_administrators(chat_id, rate_limit_args=_PATIENCE)
        )
    except TelegramError as error:
        logger.warning("who administers a chat is not known (%s)", type(error).__name__)
        return False
    return any(one.user.id == person.id for one in administrators)
