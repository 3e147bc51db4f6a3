"""The time of Telegram, which a test moves forward, and all that waits for it."""

from __future__ import annotations

import asyncio
import time
from email.utils import parsedate_to_datetime

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram_standin import Slow, TelegramStandIn


def elapsed(since: float) -> float:
    return asyncio.get_running_loop().time() - since


async def test_the_clock_runs_and_is_moved(telegram: TelegramStandIn) -> None:
    clock = telegram.clock
    assert abs(clock.time() - time.time()) < 1
    clock.advance(3600.5)
    assert 3600 < clock.time() - time.time() < 3601
    assert isinstance(clock.now(), int)
    assert 0 <= clock.time() - clock.now() < 1.5
    with pytest.raises(ValueError, match="cannot go back"):
        clock.advance(-1)


async def test_every_answer_bears_the_time_of_telegram(telegram: TelegramStandIn) -> None:
    """Refusals too, whatever the clock of the machine says."""
    telegram.clock.turn_back(600)
    for method, status in (("getMe", 200), ("getCat", 404)):
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{telegram.base_url}{telegram.token}/{method}") as response,
        ):
            assert response.status == status
            told = parsedate_to_datetime(response.headers["Date"]).timestamp()
    assert abs(told - telegram.clock.time()) < 2
    assert 590 < time.time() - told < 610


async def test_a_machine_may_be_ahead_of_telegram_or_behind(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    """Its clock follows Telegram's, which can be turned back for a machine that has its own."""
    ahead, behind = telegram.clock.apart(600), telegram.clock.apart(-60)
    telegram.clock.advance(3600)
    telegram.clock.turn_back(1800)
    assert abs(telegram.clock.time() - time.time() - 1800) < 1
    assert abs(ahead() - telegram.clock.time() - 600) < 1
    assert abs(behind() - telegram.clock.time() + 60) < 1
    private = telegram.private_chat(telegram.user("Amina"))
    sent = await bot.send_message(private.id, "x")
    assert abs(sent.date.timestamp() - time.time() - 1800) < 3
    with pytest.raises(ValueError, match="not turned forward"):
        telegram.clock.turn_back(-1)


async def test_in_the_morning_some_hours_change_no_date(telegram: TelegramStandIn) -> None:
    """However late it was; and by less than a day."""
    clock = telegram.clock
    for hour in range(24):
        clock.advance((hour * 3600 - clock.time()) % (24 * 3600))
        before = clock.time()
        clock.advance_to_morning()
        assert time.gmtime(clock.time() + 1).tm_hour == 9
        assert 0 <= clock.time() - before <= 24 * 3600 + 1


async def test_moving_the_clock_wakes_who_sleeps_by_it(telegram: TelegramStandIn) -> None:
    """But only whose time has come; and by itself the time passes too."""
    begin = asyncio.get_running_loop().time()
    long, short = (asyncio.create_task(telegram.clock.sleep(hours * 3600)) for hours in (2, 1))
    await asyncio.sleep(0)
    telegram.clock.advance(3600)
    await short
    assert not long.done()
    telegram.clock.advance(3600)
    await long
    assert elapsed(begin) < 1
    await telegram.clock.sleep(0.05)
    assert elapsed(begin) > 0.04


async def test_moving_the_clock_ends_long_polls_and_slow_answers(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    begin = asyncio.get_running_loop().time()
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await asyncio.sleep(0.1)
    telegram.clock.advance(49)
    await asyncio.sleep(0.05)
    assert not poll.done()
    telegram.clock.advance(2)
    assert await poll == ()
    telegram.fail("getMe", Slow(seconds=30))
    slow = asyncio.create_task(bot.get_me())
    await asyncio.sleep(0.1)
    telegram.clock.advance(31)
    assert (await slow).id == telegram.bot.id
    assert elapsed(begin) < 2


async def test_a_press_grown_too_old_is_not_waited_for(telegram: TelegramStandIn, bot: Bot) -> None:
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Next", callback_data="2")]])
    await bot.send_message(private.id, "One", reply_markup=keyboard)
    press = telegram.press(amina, await telegram.reply(private), "Next")
    waiting = asyncio.create_task(press.answered(timeout=60))
    await asyncio.sleep(0)
    telegram.clock.advance(151)
    with pytest.raises(AssertionError, match="did not answer the press in time"):
        await asyncio.wait_for(waiting, 1)
