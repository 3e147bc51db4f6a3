"""At the start the bot sets at Telegram what it needs, if its operator wants that; else it asks."""

from __future__ import annotations

import asyncio
import logging

import pytest
from patience import until
from telegram_standin import Flood, Refuse, TelegramStandIn

from bot.i18n.strings import languages, strings_of

SAY = strings_of()
EVERY_LANGUAGE = {"", *languages()}
MENTION = "@OnRecordBot"


@pytest.fixture(autouse=True)
def told(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO)
    return caplog


@pytest.fixture
def untouched(telegram: TelegramStandIn) -> TelegramStandIn:
    """Return a Telegram that knows of the bot what it knows of any that @BotFather just made."""
    world = telegram._world
    world.privacy, world.inline, world.guests = True, False, False
    return telegram


async def introduced(telegram: TelegramStandIn, times: int = 1) -> None:
    """Wait until the bot has compared, and perhaps set, what Telegram knows, for the nth time."""
    await until(
        lambda: len(telegram.calls_of("getMyShortDescription")) >= times * len(EVERY_LANGUAGE)
    )
    before = -1
    while before != len(telegram.calls):
        before = len(telegram.calls)
        await asyncio.sleep(0.05)


def set_by(telegram: TelegramStandIn) -> list[str]:
    """Return the methods of all calls that changed something of the bot's."""
    return [call.method for call in telegram.calls if call.method.startswith("setMy")]


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage() for one in caplog.records if one.name == "bot.services.introduction"]


async def test_without_setup_nothing_is_changed_and_a_line_says_how_it_is(untouched, running, told):
    async with running():
        await introduced(untouched)
    assert set_by(untouched) == []
    (line,) = [one for one in lines(told) if "onrecord setup" in one]
    for name in ("inline mode", "guest mode", "privacy mode", "menu in groups", "description"):
        assert name in line
    assert "setup: true" in line


async def test_with_setup_all_is_set_and_at_the_next_start_nothing(untouched, running, told):
    async with running(setup=True):
        await introduced(untouched)
    done = set_by(untouched)
    assert set(done) == {
        *("setMySettings", "setMyCommands", "setMyDescription", "setMyShortDescription"),
    }
    assert any(one.startswith("set at Telegram: inline mode") for one in lines(told))
    told.clear()
    async with running(setup=True):
        await introduced(untouched, 2)
    assert set_by(untouched) == done
    assert lines(told) == [f"answering as {MENTION}"]
    async with running():
        await introduced(untouched, 3)
    assert not any("onrecord setup" in one for one in lines(told))


async def test_the_profile_shows_questions_that_the_record_answers(untouched, running, index):
    async with running(setup=True):
        await introduced(untouched)
    example = index.examples()[0]
    by_language = {
        call.parameters.get("language_code", ""): call.parameters["description"]
        for call in untouched.calls_of("setMyDescription")
    }
    assert by_language.keys() == EVERY_LANGUAGE
    assert all(example in text for text in by_language.values())


async def test_once_inline_mode_is_on_quotes_can_be_shared(untouched, running):
    """Nobody has to start the bot a second time for that."""
    amina = untouched.user("Amina")
    private = untouched.private_chat(amina)
    async with running(setup=True):
        await introduced(untouched)
        untouched.say(private, amina, "ferries")
        reply = await untouched.reply(private)
    assert any("Share" in label for row in reply.buttons for label in row)


async def test_an_older_server_leaves_the_switches_to_botfather(untouched, running, told):
    untouched._world.api = (10, 0)
    async with running(setup=True):
        await introduced(untouched)
    said = lines(told)
    assert any("inline mode is off: tell @BotFather /setinline" in one for one in said)
    assert any("privacy mode is on: tell @BotFather /setprivacy" in one for one in said)
    assert any("older than 10.5" in one for one in said)
    assert {*set_by(untouched)} >= {"setMyCommands", "setMyDescription"}


async def test_what_is_put_off_for_hours_is_told_and_holds_nothing_up(untouched, running, told):
    untouched.fail("setMyDescription", Flood(10_000), times=4)
    amina = untouched.user("Amina")
    private = untouched.private_chat(amina)
    async with running(setup=True):
        await introduced(untouched)
        untouched.say(private, amina, "ferries")
        assert "Ferries" in (await untouched.reply(private)).text
    line = "not set at Telegram: description (Telegram allows that again in 3 hours)"
    assert lines(told).count(line) == 1
    assert len(untouched.calls_of("setMyShortDescription")) == len(EVERY_LANGUAGE)


async def test_what_is_put_off_is_set_when_telegram_allows_it(untouched, running):
    untouched.fail("setMyDescription", Flood(1))
    async with running(setup=True):
        await introduced(untouched, 2)
    assert len(untouched.calls_of("setMyDescription")) == len(EVERY_LANGUAGE) + 1


@pytest.mark.parametrize("setup", [True, False])
async def test_that_nothing_can_be_read_is_told_and_holds_nothing_up(
    telegram, running, told, setup
):
    telegram.fail("getMyCommands", Refuse(400, "Bad Request: not now"))
    async with running(setup=setup):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "ferries")
        assert "Ferries" in (await telegram.reply(private)).text
        await until(lambda: any("Telegram refuses: Not now" in one for one in lines(told)))
    assert set_by(telegram) == []


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
async def test_the_start_tells_what_is_switched_off(telegram, running, told, switches, hinted):
    """So that nobody wonders why mentions in groups, or quotes from other chats, do not work."""
    for name, switched in switches.items():
        setattr(telegram._world, name, switched)
    async with running():
        await introduced(telegram)
    every = {"privacy mode is on", "inline mode is off", "guest mode is off"}
    said = lines(told)
    assert {hint for hint in every if any(hint in one for one in said)} == hinted
    assert f"answering as {MENTION}" in said


async def test_guest_mode_is_not_missed_where_only_listed_chats_are_answered(
    telegram, running, told
):
    telegram._world.guests = False
    async with running(chats=frozenset({-1001})):
        await introduced(telegram)
    assert not any("guest mode" in one for one in lines(told))
