"""The menu and the profile are Telegram's to show, in each language; only what differs is set."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import defaultdict

import pytest
from patience import until
from telegram_standin import Refuse, TelegramStandIn
from telegram_standin.server import Call

from bot.handlers.profile import FOR_ADMINISTRATORS, FOR_OPERATORS, IN_GROUPS, IN_PRIVATE
from bot.i18n.strings import languages, strings_of

SAY = strings_of()
SETTERS = ("setMyCommands", "setMyDescription", "setMyShortDescription")
MENUS = {
    "all_private_chats": IN_PRIVATE,
    "all_group_chats": IN_GROUPS,
    "all_chat_administrators": FOR_ADMINISTRATORS,
}
EVERY_LANGUAGE = {"", *languages()}


async def introduced(telegram: TelegramStandIn, times: int = 1) -> None:
    """Wait until the bot has set, or left, the last of its profile for the nth time."""
    await until(
        lambda: len(telegram.calls_of("getMyShortDescription")) >= times * len(EVERY_LANGUAGE)
    )
    await asyncio.sleep(0.05)


def menus(telegram: TelegramStandIn) -> dict[tuple[str, str], dict[str, str]]:
    """Return the commands that were set, each with its description, by scope and language."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for call in telegram.calls_of("setMyCommands"):
        scope = json.loads(call.parameters["scope"])
        commands = json.loads(call.parameters["commands"])
        found[scope["type"], call.parameters.get("language_code", "")] = {
            one["command"]: one["description"] for one in commands
        }
    return found


def by_language(calls: list[Call], field: str) -> dict[str, str]:
    return {call.parameters.get("language_code", ""): call.parameters[field] for call in calls}


async def test_every_place_has_its_commands_in_every_language(telegram, running):
    """In private no /ask, which is for groups; and settings only for who may change them."""
    async with running():
        await introduced(telegram)
    found = menus(telegram)
    assert set(found) == {(scope, tag) for scope in MENUS for tag in EVERY_LANGUAGE}
    for (scope, tag), commands in found.items():
        say = strings_of(tag or "en")
        wanted = {name: getattr(say, f"command_{name}") for name in MENUS[scope]}
        assert list(commands.items()) == list(wanted.items())


async def test_the_profile_is_set_in_every_language(telegram, running):
    async with running():
        await introduced(telegram)
    described = by_language(telegram.calls_of("setMyDescription"), "description")
    short = by_language(telegram.calls_of("setMyShortDescription"), "short_description")
    # What stands for everybody is not set again for those who speak the operator's language.
    assert described == {
        tag: strings_of(tag or "en").description for tag in EVERY_LANGUAGE - {"en"}
    }
    assert short == {
        tag: strings_of(tag or "en").short_description for tag in EVERY_LANGUAGE - {"en"}
    }


async def test_what_telegram_has_already_is_not_set_again(telegram, running):
    """Before a profile may be changed again Telegram can make a bot wait for hours."""
    async with running():
        await introduced(telegram)
    before = {method: len(telegram.calls_of(method)) for method in SETTERS}
    async with running():
        await introduced(telegram, 2)
    assert {method: len(telegram.calls_of(method)) for method in SETTERS} == before


async def test_who_has_no_language_of_these_gets_the_operators(telegram, running):
    """And once it is another one, nothing of the first is left standing for anybody."""
    async with running():
        await introduced(telegram)
    async with running(language="ur"):
        await introduced(telegram, 2)
    urdu = strings_of("ur")
    stands: dict[str, str] = defaultdict(str)
    for call in telegram.calls_of("setMyDescription"):
        stands[call.parameters.get("language_code", "")] = call.parameters["description"]
    assert stands[""] == stands["ur"] == urdu.description
    assert stands["en"] == SAY.description
    assert menus(telegram)["all_group_chats", ""]["ask"] == urdu.command_ask


async def test_an_operator_is_offered_more_in_private(telegram, running):
    """One who has never written to the bot has no menu of his own yet; that holds nothing up."""
    olga = telegram.user("Olga")
    telegram.private_chat(olga)
    async with running(admins=frozenset({olga.id, 99})):
        await introduced(telegram)
    own = [
        call
        for call in telegram.calls_of("setMyCommands")
        if json.loads(call.parameters["scope"]) == {"type": "chat", "chat_id": olga.id}
    ]
    (call,) = own
    assert [one["command"] for one in json.loads(call.parameters["commands"])] == [*FOR_OPERATORS]


async def test_that_nothing_can_be_set_is_told_and_holds_nothing_up(telegram, running, caplog):
    caplog.set_level(logging.WARNING)
    telegram.fail("getMyCommands", Refuse(400, "Bad Request: not now"))
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "ferries")
        assert "Ferries" in (await telegram.reply(private)).text
    assert "the menu and profile could not be set (BadRequest)" in caplog.text


@pytest.mark.parametrize(
    ("switches", "hinted"),
    [
        ({"privacy": True}, {"privacy mode is on"}),
        ({"inline": False}, {"inline mode is off"}),
        ({"guests": False}, {"guest mode is off"}),
        ({}, set()),
        (
            {"privacy": True, "inline": False, "guests": False},
            {"privacy mode is on", "inline mode is off", "guest mode is off"},
        ),
    ],
)
async def test_the_start_tells_what_is_switched_off_at_botfathers(
    telegram, running, caplog, switches, hinted
):
    """So that nobody wonders why mentions in groups, or quotes from other chats, do not work."""
    caplog.set_level(logging.INFO, logger="bot.handlers.profile")
    for name, switched in switches.items():
        setattr(telegram._world, name, switched)
    async with running():
        pass
    told = {
        record.getMessage() for record in caplog.records if record.name == "bot.handlers.profile"
    }
    every = {"privacy mode is on", "inline mode is off", "guest mode is off"}
    assert {hint for hint in every if any(hint in one for one in told)} == hinted
    assert any("@OnRecordBot" in one for one in told)
