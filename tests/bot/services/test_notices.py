"""What operators are told unasked reaches them, or one quiet line a day says why not."""

from __future__ import annotations

import logging

import pytest
from patience import until
from telegram import Bot
from telegram_standin import Refuse

from bot.i18n.strings import strings_of
from bot.services import notices, refusals
from bot.services.chats import Chats
from bot.services.notices import Notices
from bot.services.refusals import Refusals
from bot.services.watching import Fault, FolderFault
from bot.state.state import State

EMPTIED = Fault(FolderFault.EMPTIED, "")


@pytest.fixture
async def told(telegram, configuration, operator, desk_chat):
    """Return what tells the operator."""
    state = State.open(configuration.state, telegram.clock.now)
    async with Bot(telegram.token, telegram.base_url) as bot:
        chats = Chats(configuration, state)
        yield Notices(bot, {operator.id}, chats, Refusals(telegram.clock.now))
    state.close()


async def test_an_operator_who_blocked_the_bot_is_one_quiet_line(
    telegram, told, operator, desk_chat, caplog
):
    for module in (notices, refusals):
        caplog.set_level(logging.INFO, module.__name__)
    telegram.fail("sendMessage", Refuse(403, "Forbidden: bot was blocked by the user"), times=2)
    for tried in (1, 2):
        told.fault(EMPTIED)
        await until(lambda: len(telegram.calls_of("sendMessage")) == tried)  # noqa: B023
    told.fault(EMPTIED)
    assert (await telegram.reply(desk_chat)).text == strings_of("en").folder_emptied
    line = f"chat {operator.id}: the user has blocked the bot (told once a day)"
    assert [one.getMessage() for one in caplog.records if one.name.startswith("bot")] == [line]


async def test_another_fault_is_told_each_time(telegram, told, operator, caplog):
    telegram.fail("sendMessage", Refuse(400, "Bad Request: made for this test"), times=2)
    for _ in range(2):
        told.fault(EMPTIED)
    await until(lambda: len(telegram.calls_of("sendMessage")) == 2)
    await until(lambda: len(caplog.records) == 2)
    assert {one.levelno for one in caplog.records} == {logging.WARNING}
