"""The commands that Telegram offers as people type a slash: which, where, in which language.

Where Telegram has another menu than it should is told in ``bot_comparison``; when one is set is
left to ``introduction``, and to whoever changes what a chat is offered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from bot.i18n.strings import Strings, languages, strings_of
from bot.wire.newer_api import ephemeral_command, is_ephemeral_command
from bot.wire.retry import with_retries

#: The commands that a user is offered, each with the string ``command_…`` that describes it.
IN_PRIVATE = ("check", "ref", "trim", "sources", "settings", "help")
IN_GROUPS = ("ask", "check", "ref", "trim", "sources", "help")
FOR_ADMINISTRATORS = (*IN_GROUPS, "settings")
FOR_OPERATORS = (*IN_PRIVATE, "add", "status", "reload", "misses")

_PLACES: tuple[tuple[str, BotCommandScope, tuple[str, ...]], ...] = (
    ("in private", BotCommandScopeAllPrivateChats(), IN_PRIVATE),
    ("in groups", BotCommandScopeAllGroupChats(), IN_GROUPS),
    ("for administrators", BotCommandScopeAllChatAdministrators(), FOR_ADMINISTRATORS),
)


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands that are offered in one place to users of one language."""

    #: For an operator to read: "in groups".
    place: str
    scope: BotCommandScope
    #: Two letters; empty for whoever has none of the languages that are set.
    language: str
    commands: tuple[BotCommand, ...]


def menu_of(
    place: str,
    scope: BotCommandScope,
    names: Sequence[str],
    strings: Strings,
    *,
    language: str = "",
    ephemeral: Collection[str] = (),
) -> Menu:
    """Return the menu of the commands *names*, described by *strings*.

    What is sent from the menu by an *ephemeral* one, only its sender and the bot see.
    """
    commands = []
    for name in names:
        description = str(getattr(strings, f"command_{name}"))
        make = ephemeral_command if name in ephemeral else BotCommand
        commands.append(make(name, description))
    return Menu(place, scope, language, tuple(commands))


def menus(language: str) -> Iterator[Menu]:
    """Yield the menus of all chats, in each language.

    Whoever speaks none of the languages gets the operator's, *language*. That one is set by its
    name as well: an earlier version may have set something else.
    """
    for tag in ("", *languages()):
        strings = strings_of(tag or language)
        for place, scope, names in _PLACES:
            yield menu_of(place, scope, names, strings, language=tag)


def menu_for_operator(operator: int, language: str) -> Menu:
    """Return the menu of the private chat with an operator."""
    scope = BotCommandScopeChat(operator)
    return menu_of(f"for operator {operator}", scope, FOR_OPERATORS, strings_of(language))


async def commands_at_telegram(bot: Bot, menu: Menu) -> tuple[BotCommand, ...]:
    """Return the commands that Telegram has in the place of *menu*.

    Raises:
        TelegramError: they cannot be read, as in a chat that the bot does not know.
    """
    return await with_retries(lambda: bot.get_my_commands(menu.scope, menu.language or None))


def is_as_wanted(menu: Menu, commands: Sequence[BotCommand]) -> bool:
    """Return whether *commands* are those of *menu*, to the last word."""
    return [*map(_parts, commands)] == [*map(_parts, menu.commands)]


async def set_menu(bot: Bot, menu: Menu) -> None:
    """Have Telegram offer the commands of *menu*.

    Raises:
        TelegramError: it was refused, or Telegram could not be reached.
    """
    await with_retries(
        lambda: bot.set_my_commands(menu.commands, menu.scope, menu.language or None)
    )


def _parts(command: BotCommand) -> tuple[str, str, bool]:
    # The library takes two commands for equal that differ in what it does not know.
    return command.command, command.description, is_ephemeral_command(command)
