"""The real bot on a machine whose clock is wrong: nobody in a group notices."""

from __future__ import annotations

import logging

import pytest

from bot.i18n.strings import strings_of
from bot.wire.telegram_clock import TelegramClock

SAY = strings_of()
FERRIES, BOATS = "Ferries to the harbour", "Fishing boats keep"
MINUTE, HOUR, DAY = 60, 3_600, 86_400
URL = "https://bot.example.org/onrecord"


@pytest.mark.parametrize(
    "machine_ahead", [310, 10 * MINUTE, HOUR, 30 * DAY, -10 * MINUTE, -HOUR, -400 * DAY]
)
async def test_a_fresh_question_in_a_group_is_answered(telegram, running, machine_ahead):
    amina = telegram.user("Amina")
    group = telegram.group("Newsroom", administrators=[amina])
    async with running(machine_ahead=machine_ahead):
        asked = telegram.say(group, amina, "/ask ferries")
        answer = await telegram.reply(group)
        assert FERRIES in answer.text
        telegram.edit(asked, "/ask fishing boats")
        assert BOATS in (await telegram.edited(answer)).text
        telegram.say(group, amina, "@OnRecordBot tunnel survey")
        assert "tunnel survey" in (await telegram.reply(group)).text
        for command in ("/sources@OnRecordBot", "/settings@OnRecordBot"):
            telegram.say(group, amina, command)
            await telegram.reply(group)


async def test_a_question_that_waited_while_the_bot_was_away_is_answered_if_it_is_fresh(
    telegram, running
):
    """It comes with the first poll, before the bot has sent anything."""
    amina, group = telegram.user("Amina"), telegram.group("Newsroom")
    telegram.say(group, amina, "/ask ferries")
    async with running(machine_ahead=HOUR):
        assert FERRIES in (await telegram.reply(group)).text


@pytest.mark.parametrize("machine_ahead", [0, HOUR, -HOUR])
async def test_an_old_question_in_a_group_is_not_answered(telegram, running, machine_ahead):
    """Also by a machine that is an hour behind, to which it looks fresh."""
    amina, group = telegram.user("Amina"), telegram.group("Newsroom")
    telegram.say(group, amina, "/ask ferries")
    telegram.clock.advance(6 * MINUTE)
    async with running(machine_ahead=machine_ahead):
        await telegram.quiet(group)
        telegram.say(group, amina, "/ask fishing boats")
        assert BOATS in (await telegram.reply(group)).text


@pytest.mark.parametrize("machine_ahead", [HOUR, -HOUR])
async def test_an_edit_of_a_question_edits_its_answer(telegram, running, machine_ahead):
    """The question is known to be of after the start, and so the answer to be its own."""
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    async with running(machine_ahead=machine_ahead):
        telegram.clock.advance(2)
        asked = telegram.say(private, amina, "ferries")
        answer = await telegram.reply(private)
        telegram.edit(asked, "fishing boats")
        assert BOATS in (await telegram.edited(answer)).text
        await telegram.quiet(private)


@pytest.mark.slow
async def test_by_webhook_it_is_the_same(telegram, running, listener):
    amina, group = telegram.user("Amina"), telegram.group("Newsroom")
    telegram.proxy(
        "https://bot.example.org", "http://127.0.0.1:{1}".format(*listener.getsockname())
    )
    async with running(listener=listener, webhook=URL, machine_ahead=HOUR):
        telegram.say(group, amina, "/ask ferries")
        assert FERRIES in (await telegram.reply(group)).text


async def test_a_bot_api_server_that_tells_no_time_is_measured_by_the_dates_of_messages(
    telegram, running, monkeypatch
):
    """Telegram's own program for such a server sends no Date."""
    monkeypatch.setattr(TelegramClock, "take_header", lambda *_: None)
    amina = telegram.user("Amina")
    private, group = telegram.private_chat(amina), telegram.group("Newsroom")
    async with running(machine_ahead=HOUR):
        telegram.say(private, amina, "ferries")
        await telegram.reply(private)
        telegram.say(group, amina, "/ask ferries")
        assert FERRIES in (await telegram.reply(group)).text


@pytest.mark.slow
async def test_and_of_updates_before_it_has_sent_anything(telegram, running, monkeypatch):
    monkeypatch.setattr(TelegramClock, "take_header", lambda *_: None)
    amina, group = telegram.user("Amina"), telegram.group("Newsroom")
    async with running(machine_ahead=HOUR):
        await telegram.quiet(group, seconds=3.5)
        telegram.say(group, amina, "/ask ferries")
        assert FERRIES in (await telegram.reply(group)).text


@pytest.mark.parametrize(
    ("machine_ahead", "logged", "line"),
    [
        (
            10 * MINUTE,
            "10 minutes ahead of Telegram's",
            SAY.status_clock_ahead.format(span="10 minutes"),
        ),
        (-HOUR, "60 minutes behind Telegram's", SAY.status_clock_behind.format(span="60 minutes")),
    ],
)
async def test_operators_are_told(
    *, telegram, running, operator, desk_chat, caplog, machine_ahead, logged, line
):
    async with running(machine_ahead=machine_ahead, admins=frozenset({operator.id})):
        telegram.say(desk_chat, operator, "ferries")
        await telegram.reply(desk_chat)
        telegram.say(desk_chat, operator, "/status")
        assert (await telegram.reply(desk_chat)).text.splitlines()[-1] == line
    told = [one for one in caplog.records if "clock" in one.getMessage()]
    assert [one.levelno for one in told] == [logging.WARNING]
    assert f"this machine's clock is {logged}; " in told[0].getMessage()


async def test_of_a_clock_that_is_right_nobody_is_told(
    telegram, running, operator, desk_chat, caplog
):
    async with running(admins=frozenset({operator.id}), machine_ahead=4):
        telegram.clock.advance(3 * HOUR)
        telegram.say(desk_chat, operator, "/status")
        assert "clock" not in (await telegram.reply(desk_chat)).text
    assert "clock" not in caplog.text
