"""How fast a bot may send, where a test has switched that on."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.error import RetryAfter
from telegram_standin import TelegramStandIn
from telegram_standin.rates import MAX_A_MINUTE_IN_GROUP, MAX_A_SECOND

pytestmark = pytest.mark.filterwarnings("ignore:.*retry_after:DeprecationWarning")


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramStandIn]:
    """A Telegram whose clock the test moves by whole hours, so that its own pace plays no part."""
    async with TelegramStandIn(rates=True) as standing_in:
        yield standing_in


async def test_a_group_takes_twenty_messages_a_minute(telegram: TelegramStandIn, bot: Bot) -> None:
    """Changes and marks of typing are not counted."""
    group = telegram.group("Newsroom")
    for number in range(MAX_A_MINUTE_IN_GROUP):
        sent = await bot.send_message(group.id, f"{number}")
    await bot.send_chat_action(group.id, "typing")
    await bot.edit_message_text("x", group.id, sent.message_id)
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(group.id, "x")
    assert 1 <= refused.value.retry_after <= 60
    telegram.clock.advance(60)
    await bot.send_message(group.id, "x")


async def test_all_chats_together_take_thirty_a_second(
    telegram: TelegramStandIn, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock stands still meanwhile, however slow the machine is."""
    chats = [telegram.private_chat(telegram.user(f"Reader {n}")) for n in range(MAX_A_SECOND)]
    now = telegram.clock.time()
    monkeypatch.setattr(telegram.clock, "time", lambda: now)
    for chat in chats:
        await bot.send_message(chat.id, "x")
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(chats[0].id, "x")
    assert refused.value.retry_after == 1
    now += 1.5
    await bot.send_message(chats[0].id, "x")


async def test_without_being_asked_nothing_is_counted() -> None:
    async with TelegramStandIn() as patient, Bot(patient.token, base_url=patient.base_url) as bot:
        group = patient.group("Newsroom")
        for number in range(MAX_A_MINUTE_IN_GROUP + 1):
            await bot.send_message(group.id, f"{number}")
