"""Lets the administrators of a chat choose how they are answered: /settings and its buttons."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial

from telegram import (
    Bot,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    Chat,
    InlineKeyboardButton,
    Message,
    User,
)
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.front.addressing import ASK, ASK_ALONE
from bot.front.request import Request
from bot.front.throttles import Limit
from bot.i18n.strings import Strings, languages, strings_of
from bot.rendering.callback_data import Action, CallbackData
from bot.rendering.html import plain
from bot.rendering.keyboards import button, keyboard
from bot.rendering.replies import SEVERAL
from bot.rendering.view import Reply, View
from bot.services.chats import Chats
from bot.services.menus import FOR_ADMINISTRATORS, IN_GROUPS, menu_of, set_menu
from bot.services.refusals import reason_of
from bot.state.state import ChatSettings, Readers
from bot.wire.retry import with_retries

logger = logging.getLogger(__name__)

#: How many seconds the question who administers a chat may be put off, if Telegram wants no more.
_PATIENCE = 5
#: How many languages stand side by side; more labels could not be read on a telephone.
_IN_A_ROW = 4


class SettingsOfChats:
    """What the bot does about the settings of chats."""

    def __init__(self, bot: Bot, chats: Chats, bare: Limit) -> None:
        """Change the settings of *chats*; *bare* limits how often one sends a bare /settings.

        The menus of the chats are set by *bot*.
        """
        self._bot = bot
        self._chats = chats
        self._bare = bare

    async def accepts(self, request: Request) -> bool:
        """Return whether a /settings is meant for us.

        A bare one may be meant for another bot of the group; ours answers it to administrators.
        Telegram has to be asked who is one.
        """
        if request.is_private or request.wording.names_us:
            return True
        if not self._bare.allows(request.chat.id):
            return False
        return await _may_change(request)

    async def show(self, request: Request) -> Reply:
        """Return how the bot answers in this chat, with buttons to change it."""
        # A bare one is here because its author may, but for what was edited into one.
        checked = not request.wording.names_us and not request.edited
        if checked or await _may_change(request):
            return self._rendered(request.message, request.view, request.settings)
        return Reply(plain(request.view.strings.admins_only), aside=True)

    async def choose(self, choice: str, message: Message, user: User) -> Reply | str:
        """Change a setting of the chat of *message* as *choice* says, ``language:ur``.

        Returns the settings as they then are, or a notice why they are not changed. A choice that
        there was once, and is no more, changes nothing.
        """
        chat = message.chat
        if chat.type != ChatType.PRIVATE and not await _is_administrator(message, user):
            return self._chats.view(chat, user).strings.admins_only
        settings = self._chats.settings(chat)
        if changed := _changed(settings, choice):
            self._chats.change(chat, changed)
            await self._offer(chat, settings, changed)
            # Another press may have changed them meanwhile.
            settings = self._chats.settings(chat)
        return self._rendered(message, self._chats.view(chat, user, settings), settings)

    async def _offer(self, chat: Chat, before: ChatSettings, now: ChatSettings) -> None:
        """Have the chat's menu offer /askme, or no more, if that or the language has changed."""
        chooses = now.readers is Readers.EACH_CHOOSES
        chose = before.readers is Readers.EACH_CHOOSES
        if chooses is chose and (not chooses or now.language == before.language):
            return
        strings, alone = self._chats.view(chat, None, now).strings, (ASK_ALONE,)
        try:
            for scope, names in (
                (BotCommandScopeChat(chat.id), IN_GROUPS),
                (BotCommandScopeChatAdministrators(chat.id), FOR_ADMINISTRATORS),
            ):
                if chooses:
                    offered = (ASK, ASK_ALONE, *(name for name in names if name != ASK))
                    menu = menu_of("here", scope, offered, strings, ephemeral=alone)
                    await set_menu(self._bot, menu)
                else:
                    await with_retries(partial(self._bot.delete_my_commands, scope))
        except TelegramError as error:
            # It can be typed all the same.
            logger.info("a chat's menu could not be set (%s)", type(error).__name__)

    def _rendered(self, message: Message, view: View, settings: ChatSettings) -> Reply:
        strings = view.strings
        in_group = message.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)
        in_group = in_group and not message.chat.is_direct_messages
        is_private = message.chat.type == ChatType.PRIVATE
        # There is one for all that is said here, this too.
        language = strings.settings_language.format(language=strings.language_name)
        lines = [strings.settings_heading, plain(language)]
        rows = _languages(strings, chosen=settings.language, is_private=is_private)
        if in_group:
            how = strings.settings_commands if settings.commands_only else strings.settings_mentions
            lines.append(plain(strings.settings_addressed.format(how=how)))
            mentions = _choice(strings, strings.settings_button_mentions, "commands:0")
            commands = _choice(strings, strings.settings_button_commands, "commands:1")
            rows.append(_marked([mentions, commands], int(settings.commands_only), strings))
            how = getattr(strings, f"settings_readers_{settings.readers}")
            lines.append(plain(strings.settings_readers.format(how=how)))
            readers = [
                _choice(strings, getattr(strings, f"settings_button_{one}"), f"readers:{one}")
                for one in Readers
            ]
            rows.append(_marked(readers, list(Readers).index(settings.readers), strings))
        lines.append(plain(strings.settings_passages.format(number=settings.passages)))
        one = _choice(strings, strings.settings_button_one, "passages:1")
        three = _choice(strings, strings.settings_button_three, f"passages:{SEVERAL}")
        rows.append(_marked([one, three], int(settings.passages > 1), strings))
        how = strings.settings_rich_on if settings.rich else strings.settings_rich_off
        lines.append(plain(strings.settings_rich.format(how=how)))
        off = _choice(strings, strings.settings_button_plain, "rich:0")
        on = _choice(strings, strings.settings_button_rich, "rich:1")
        rows.append(_marked([off, on], int(settings.rich), strings))
        if not is_private:
            lines.append(plain(strings.settings_hint))
        if not self._chats.keeps_settings:
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
    if name == "readers" and value in tuple(Readers):
        return replace(settings, readers=Readers(value))
    if name == "rich" and value in ("0", "1"):
        return replace(settings, rich=value == "1")
    return None


def _languages(
    strings: Strings, *, chosen: str, is_private: bool
) -> list[list[InlineKeyboardButton]]:
    """Return rows with a button for each language; in private also for that of the user's Telegram.

    Where many read, one is answered in, whether it was *chosen* or is the operator's.
    """
    named = {tag: strings_of(tag).language_name for tag in languages()}
    if is_private:
        named = {"": strings.settings_button_own, **named}
    row = [_choice(strings, name, f"language:{tag}") for tag, name in named.items()]
    current = strings.language
    if is_private:
        current = chosen if chosen in named else ""
    marked = _marked(row, list(named).index(current), strings)
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


async def _may_change(request: Request) -> bool:
    """Return whether the author of *request* may change the settings of its chat."""
    message = request.message
    if request.is_private or request.chat.type == ChatType.CHANNEL:
        return True
    if message.sender_chat:
        # An anonymous administrator writes as the group; a channel has no say here.
        return message.sender_chat.id == message.chat.id
    return message.from_user is not None and await _is_administrator(message, message.from_user)


async def _is_administrator(message: Message, user: User) -> bool:
    # Asking for one member by id is promised to work only where the bot is an administrator.
    bot: ExtBot[int] = message.get_bot()  # type: ignore[assignment]  # it is the application's
    chat_id = message.chat.id
    try:
        administrators = await with_retries(
            lambda: bot.get_chat_administrators(chat_id, rate_limit_args=_PATIENCE)
        )
    except TelegramError as error:
        # A chat that refuses it is told of elsewhere, once a day.
        level = logging.DEBUG if reason_of(error) else logging.WARNING
        logger.log(level, "Telegram did not say who administers a chat (%s)", type(error).__name__)
        return False
    return any(one.user.id == user.id for one in administrators)
