"""Whatever a person can type is written down where people look for it."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Iterator

import pytest
from telegram.ext import CommandHandler
from telegram_standin import TelegramStandIn

from bot.assembly import assemble
from bot.configuration import Configuration, setting_names
from bot.front.addressing import ASK
from bot.handlers.profile import FOR_ADMINISTRATORS, FOR_OPERATORS, IN_GROUPS, IN_PRIVATE
from bot.i18n.strings import strings_of
from bot.terminal.chat import Chat
from bot.terminal.screen import Screen
from bot.terminal.usage import parser
from index import Index

SAY = strings_of()
#: Telegram's own button sends it before a person has read anything; nobody types it.
SENT_BY_A_BUTTON = {"start"}


def commands_of_the_parser() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def options() -> Iterator[str]:
    """Yield every long option there is, with the command it belongs to."""
    for name, one in [("", parser()), *commands_of_the_parser()]:
        for action in one._actions:
            for option in action.option_strings:
                if option.startswith("--") and option != "--help":
                    yield f"{name} {option}".strip()


@pytest.fixture(scope="module")
def readme(project) -> str:
    return (project / "README.md").read_text(encoding="utf-8")


def commands_of_the_bot(configuration: Configuration, index: Index) -> set[str]:
    """Return every command that the bot obeys."""
    assembled = assemble(configuration, index)
    handled = {
        name
        for group in assembled.application.handlers.values()
        for handler in group
        if isinstance(handler, CommandHandler)
        for name in handler.commands
    }
    return handled | {ASK}


async def test_every_command_of_the_bot_is_in_its_help_or_menu(configuration, index):
    """The operators' are in their own menu alone; to others they are unknown."""
    token = TelegramStandIn().token
    obeyed = commands_of_the_bot(dataclasses.replace(configuration, token=token), index)
    assert {"start", "help", "ref", "sources", "settings", "status", "ask"} <= obeyed
    told = {name for name in obeyed if f"/{name}" in SAY.help}
    offered = {*IN_PRIVATE, *IN_GROUPS, *FOR_ADMINISTRATORS, *FOR_OPERATORS}
    assert told | offered == obeyed - SENT_BY_A_BUTTON
    assert not {"status", "reload", "misses"} & (told | {*IN_PRIVATE, *FOR_ADMINISTRATORS})


@pytest.mark.parametrize("name", sorted({*FOR_ADMINISTRATORS, *FOR_OPERATORS}))
def test_every_command_is_in_the_readme(readme, name):
    assert f"`/{name}" in readme


async def test_every_command_in_a_menu_is_answered(telegram, running):
    """What Telegram offers people as they type a slash is what the bot obeys."""
    olga = telegram.user("Olga")
    private = telegram.private_chat(olga)
    group = telegram.group("Newsroom", administrators=[olga])
    async with running(admins=frozenset({olga.id})):
        for command in FOR_OPERATORS:
            telegram.say(private, olga, f"/{command}")
            assert (await telegram.reply(private)).text != SAY.unknown_command
        for command in FOR_ADMINISTRATORS:
            # So it is written when it is picked from the menu of a group.
            telegram.say(group, olga, f"/{command}@OnRecordBot")
            assert (await telegram.reply(group)).text != SAY.unknown_command


def test_every_command_of_the_terminal_is_in_its_help(index):
    commands = set(Chat(index, SAY, Screen(SAY), 5).commands)
    assert {"/next", "/help", "/quit"} <= commands
    # Whoever reads the help has found /help.
    assert {one for one in commands if f"{one} " not in SAY.terminal_help} == {"/help"}
    assert "/help" in SAY.terminal_welcome


def test_the_help_of_the_command_line_names_every_command():
    text = parser().format_help()
    for name, command in commands_of_the_parser():
        assert f"\n    {name} " in text
        assert command.description


def test_every_option_says_what_it_is_for_but_those_that_need_no_words():
    plain = {"--title", "--publisher"}
    silent = {
        option
        for _, command in commands_of_the_parser()
        for action in command._actions
        for option in action.option_strings
        if not action.help
    }
    assert silent <= plain


@pytest.mark.parametrize("name", [name for name, _ in commands_of_the_parser()])
def test_every_subcommand_is_in_the_readme(readme, name):
    assert f"onrecord {name}" in readme


@pytest.mark.parametrize("option", sorted(set(options())))
def test_every_option_is_in_the_readme(readme, option):
    assert option.split()[-1] in readme


@pytest.mark.parametrize("name", sorted(setting_names()))
def test_every_setting_is_in_the_readme(readme, name):
    assert name in readme
