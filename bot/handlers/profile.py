"""Tells Telegram what the bot can do: the menu of commands and the profile, in each language.

Before a profile may be changed again Telegram can make a bot wait for hours; so only what differs
from what Telegram has is set.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from bot.configuration import Configuration
from bot.i18n.strings import Strings, languages, strings_of

logger = logging.getLogger(__name__)

#: The commands that a user is offered, each with the string ``command_…`` that describes it.
IN_PRIVATE = ("ref", "sources", "settings", "help")
IN_GROUPS = ("ask", "ref", "sources", "help")
FOR_ADMINISTRATORS = (*IN_GROUPS, "settings")
FOR_OPERATORS = (*IN_PRIVATE, "add", "status", "reload", "misses")

_SCOPES: tuple[tuple[BotCommandScope, tuple[str, ...]], ...] = (
    (BotCommandScopeAllPrivateChats(), IN_PRIVATE),
    (BotCommandScopeAllGroupChats(), IN_GROUPS),
    (BotCommandScopeAllChatAdministrators(), FOR_ADMINISTRATORS),
)


async def introduce(bot: Bot, configuration: Configuration) -> None:
    """Set the menu and the profile; if they cannot be set, log it and go on."""
    own = configuration.language
    # Texts without a language are shown to users whose language the bot does not speak. The
    # operator's own is set like the others: an earlier version may have set something else.
    spoken = [(tag, strings_of(tag or own)) for tag in ("", *languages())]
    try:
        for tag, strings in spoken:
            for scope, names in _SCOPES:
                await _set_commands(bot, names, scope, strings, tag)
        for operator in configuration.admins:
            await _offer_operator(bot, operator, strings_of(own))
        # Last, as it is here that Telegram makes a bot wait.
        for tag, strings in spoken:
            await _set_profile(bot, strings, tag)
    except TelegramError as error:
        logger.warning("the menu and profile could not be set (%s)", type(error).__name__)


def warn_of_settings(bot: Bot) -> None:
    """Tell the operator what @BotFather has switched off."""
    me = bot.bot
    if not me.can_read_all_group_messages:
        logger.info(
            "privacy mode is on: in groups the bot gets /ask and replies to it, but perhaps no "
            "mentions; if users mention it, switch it off with @BotFather (/setprivacy)"
        )
    if not me.supports_inline_queries:
        logger.info(
            "inline mode is off: quotes cannot be shared or searched from other chats; switch it "
            "on with @BotFather (/setinline)"
        )
    if not me.supports_guest_queries:
        logger.info(
            "guest mode is off: in chats that it is not in, the bot gets no mentions; switch it on "
            "with @BotFather if it should"
        )
    logger.info("answering as @%s", me.username)


async def _set_commands(
    bot: Bot, names: Iterable[str], scope: BotCommandScope, strings: Strings, tag: str
) -> None:
    wanted = [BotCommand(name, getattr(strings, f"command_{name}")) for name in names]
    if tuple(await bot.get_my_commands(scope, tag or None)) != tuple(wanted):
        await bot.set_my_commands(wanted, scope, tag or None)


async def _set_profile(bot: Bot, strings: Strings, tag: str) -> None:
    if (await bot.get_my_description(tag or None)).description != strings.description:
        await bot.set_my_description(strings.description, tag or None)
    short = await bot.get_my_short_description(tag or None)
    if short.short_description != strings.short_description:
        await bot.set_my_short_description(strings.short_description, tag or None)


async def _offer_operator(bot: Bot, operator: int, strings: Strings) -> None:
    try:
        await _set_commands(bot, FOR_OPERATORS, BotCommandScopeChat(operator), strings, "")
    except TelegramError as error:
        # An operator who has never written to the bot has no chat with it yet.
        logger.info("an operator's menu could not be set (%s)", type(error).__name__)
