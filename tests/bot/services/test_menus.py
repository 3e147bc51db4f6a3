"""Menus are set in every place and language, and known from others."""

from __future__ import annotations

import json

import pytest
from telegram import BotCommand, BotCommandScopeChat
from telegram.error import BadRequest
from telegram_standin import Refuse

from bot.i18n.strings import languages, strings_of
from bot.services.menus import (
    FOR_ADMINISTRATORS,
    FOR_OPERATORS,
    IN_GROUPS,
    IN_PRIVATE,
    commands_at_telegram,
    is_as_wanted,
    menu_for_operator,
    menu_of,
    menus,
    set_menu,
)

MENUS = {
    "all_private_chats": IN_PRIVATE,
    "all_group_chats": IN_GROUPS,
    "all_chat_administrators": FOR_ADMINISTRATORS,
}


def test_every_place_has_its_commands_in_every_language():
    """In private no /ask, which is for groups; and settings only for who may change them."""
    found = {(one.scope.type, one.language): one for one in menus("ur")}
    assert set(found) == {(scope, tag) for scope in MENUS for tag in ("", *languages())}
    for (scope, tag), menu in found.items():
        say = strings_of(tag or "ur")
        assert [(one.command, one.description) for one in menu.commands] == [
            (name, getattr(say, f"command_{name}")) for name in MENUS[scope]
        ]


def test_an_operator_has_more():
    menu = menu_for_operator(7, "en")
    assert [one.command for one in menu.commands] == [*FOR_OPERATORS]
    assert menu.scope == BotCommandScopeChat(7)


def test_a_menu_is_another_if_a_word_differs_or_who_sees_what_is_sent():
    """The library itself compares only the words."""
    scope = BotCommandScopeChat(7)
    plain = menu_of("there", scope, IN_GROUPS, strings_of())
    for_one = menu_of("there", scope, IN_GROUPS, strings_of(), ephemeral={"ask"})
    assert plain.commands == for_one.commands
    assert is_as_wanted(plain, plain.commands)
    assert not is_as_wanted(plain, for_one.commands)
    assert not is_as_wanted(for_one, plain.commands)
    assert not is_as_wanted(plain, plain.commands[1:])
    assert not is_as_wanted(plain, [BotCommand("ask", "Ask!"), *plain.commands[1:]])


async def test_a_menu_that_was_set_is_known_again(telegram, bot):
    olga = telegram.user("Olga")
    telegram.private_chat(olga)
    menu = menu_for_operator(olga.id, "en")
    assert not is_as_wanted(menu, await commands_at_telegram(bot, menu))
    await set_menu(bot, menu)
    assert is_as_wanted(menu, await commands_at_telegram(bot, menu))
    (call,) = telegram.calls_of("setMyCommands")
    assert json.loads(call.parameters["scope"]) == {"type": "chat", "chat_id": olga.id}


async def test_an_ephemeral_command_is_set_as_one_and_known_as_one(telegram, bot):
    group = telegram.group("Newsroom")
    scope = BotCommandScopeChat(group.id)
    menu = menu_of("there", scope, IN_GROUPS, strings_of(), ephemeral={"ask"})
    assert not is_as_wanted(menu, await commands_at_telegram(bot, menu))
    await set_menu(bot, menu)
    assert is_as_wanted(menu, await commands_at_telegram(bot, menu))
    (call,) = telegram.calls_of("setMyCommands")
    sent = json.loads(call.parameters["commands"])
    assert [one.get("is_ephemeral", False) for one in sent] == [one == "ask" for one in IN_GROUPS]


async def test_a_refusal_is_raised(telegram, bot):
    telegram.fail("setMyCommands", Refuse(400, "Bad Request: not now"))
    with pytest.raises(BadRequest, match="Not now"):
        await set_menu(bot, next(menus("en")))
