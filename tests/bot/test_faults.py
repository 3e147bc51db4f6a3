"""The bot when Telegram is in trouble, or sends trouble."""

from __future__ import annotations

import asyncio
import logging

import pytest
from telegram_standin import (
    Drop,
    Flood,
    NotFound,
    ServerError,
    Slow,
    TelegramStandIn,
    Unauthorized,
)

from bot.process.logs import RedactingFormatter


@pytest.mark.parametrize(
    "fault",
    [Flood(retry_after=1), ServerError(502), ServerError(500), Drop()],
    ids=["429", "502", "500", "dropped"],
)
async def test_a_passing_fault_delays_the_answer_and_does_not_lose_it(telegram, running, fault):
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.fail("sendMessage", fault)
        telegram.say(private, amina, "ferries")
        assert "Ferries" in (await telegram.reply(private)).text
        await telegram.quiet(private)


async def test_one_chat_that_is_told_to_wait_delays_no_other(telegram, running):
    """The library's own limiter stops every call for one chat's flood."""
    async with running():
        amina, bashir = telegram.user("Amina"), telegram.user("Bashir")
        flooded, other = telegram.private_chat(amina), telegram.private_chat(bashir)
        telegram.fail("sendMessage", Flood(retry_after=2))
        telegram.say(flooded, amina, "ferries")
        for _ in range(50):
            if telegram.calls_of("sendMessage"):
                break
            await asyncio.sleep(0.02)
        telegram.say(other, bashir, "fishing boats")
        assert "Fishing boats" in (await telegram.reply(other, timeout=1)).text
        assert "Ferries" in (await telegram.reply(flooded, timeout=4)).text


async def test_faults_while_polling_do_not_end_it(telegram, running):
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.fail("getUpdates", ServerError(502))
        telegram.fail("getUpdates", Drop())
        telegram.say(private, amina, "ferries")
        assert "Ferries" in (await telegram.reply(private, timeout=15)).text


async def test_an_update_that_cannot_be_parsed_is_stepped_over_and_loses_no_other(
    telegram: TelegramStandIn, running, caplog
):
    """The library would ask for it again some 700 times a second, forever."""
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    telegram.say(private, amina, "ferries")
    telegram.queue_raw({"message": {"message_id": 7, "text": "a message without a date"}})
    telegram.say(private, amina, "fishing boats")
    async with running():
        replies = {(await telegram.reply(private)).text[:12] for _ in range(2)}
        assert replies == {"Ferries to t", "Fishing boat"}
        await telegram.quiet(private)
    assert len(telegram.calls_of("getUpdates")) < 10
    assert "cannot be parsed" in caplog.text


@pytest.mark.parametrize("refusal", [Unauthorized(), NotFound()], ids=["401", "404"])
async def test_a_refused_token_is_noticed_at_once(telegram, running, refusal):
    """One ends the library's polling for good, silently; the watchdog must see it."""
    async with running() as heartbeat:
        await asyncio.sleep(0.1)
        telegram.fail("getUpdates", refusal, times=3)
        telegram.say(telegram.private_chat(amina := telegram.user("Amina")), amina, "wakes it")
        for _ in range(50):
            if heartbeat.fatal:
                break
            await asyncio.sleep(0.1)
    assert "token" in heartbeat.fatal


async def test_when_the_bot_fails_a_person_is_told_and_the_question_is_not_logged(
    telegram, running, index, monkeypatch, caplog
):
    async with running():
        monkeypatch.setattr(type(index), "ask", _breaks)
        amina = telegram.user("Amina")
        private, group = telegram.private_chat(amina), telegram.group("Newsroom")
        telegram.say(private, amina, "a confidential question")
        assert "Something went wrong" in (await telegram.reply(private)).text
        telegram.say(group, amina, "/ask a confidential question")
        await telegram.quiet(group)
        monkeypatch.undo()
        telegram.say(private, amina, "ferries")
        assert "Ferries" in (await telegram.reply(private)).text
    assert "confidential" not in caplog.text


def _breaks(*_: object) -> None:
    raise ZeroDivisionError("made for this test")


async def test_no_log_line_at_any_level_holds_the_token(telegram, running, caplog):
    """Not in messages, arguments or tracebacks, not even from the libraries at DEBUG."""
    caplog.set_level(logging.DEBUG)
    async with running():
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.fail("sendMessage", ServerError(502))
        telegram.say(private, amina, "ferries")
        await telegram.reply(private)
    secret = telegram.token.split(":")[1]
    formatter = RedactingFormatter(telegram.token)
    raw = [logging.Formatter().format(one) for one in caplog.records]
    assert any(secret in line for line in raw), "nothing to redact: the test tests nothing"
    assert not any(secret in formatter.format(one) for one in caplog.records)


async def test_a_group_never_gets_an_answer_twice(telegram, running):
    """A lost confirmation is not a lost answer: in a group one message ends the argument."""
    async with running():
        group = telegram.group("Newsroom")
        telegram.fail("sendMessage", Drop(after=True))
        telegram.say(group, telegram.user("Amina"), "/ask ferries")
        assert "Ferries" in (await telegram.reply(group)).text
        await telegram.quiet(group, seconds=1)


async def test_one_groups_flood_does_not_take_everybodys_place(telegram, running):
    """Questions beyond the few that a group may have in work stand in line; others are served."""
    async with running(concurrency=6):
        amina = telegram.user("Amina")
        group, private = telegram.group("Newsroom"), telegram.private_chat(amina)
        telegram.fail("sendMessage", Slow(2), times=4)
        for _ in range(12):
            telegram.say(group, amina, "/ask ferries")
        await asyncio.sleep(0.3)
        telegram.say(private, amina, "fishing boats")
        assert "Fishing boats" in (await telegram.reply(private, timeout=1)).text
        for _ in range(12):
            await telegram.reply(group)
        await telegram.quiet(group)


async def test_those_who_wait_for_their_chat_take_nobodys_place(telegram, running):
    """Otherwise a few groups that are told to wait would keep the whole bot waiting."""
    async with running(concurrency=2):
        amina = telegram.user("Amina")
        groups = [telegram.group(f"Newsroom {number}") for number in range(3)]
        private = telegram.private_chat(amina)
        telegram.fail("sendMessage", Flood(retry_after=2), times=3)
        for group in groups:
            telegram.say(group, amina, "/ask ferries")
        for _ in range(75):
            if len(telegram.calls_of("sendMessage")) == 3:
                break
            await asyncio.sleep(0.02)
        assert len(telegram.calls_of("sendMessage")) == 3
        telegram.say(private, amina, "fishing boats")
        assert "Fishing boats" in (await telegram.reply(private, timeout=1)).text
        for group in groups:
            assert "Ferries" in (await telegram.reply(group)).text


async def test_a_profile_that_cannot_be_set_holds_nobody_up(telegram, running):
    telegram.fail("setMyCommands", Flood(retry_after=30))
    async with running(setup=True):
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "ferries")
        assert "Ferries" in (await telegram.reply(private, timeout=3)).text
