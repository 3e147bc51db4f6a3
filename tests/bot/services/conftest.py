"""The library's bot, connected to the stand-in, without anything that answers."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram_standin import TelegramStandIn

from bot.wire.http_client import AiohttpRequest


@pytest.fixture
async def bot(telegram: TelegramStandIn) -> AsyncIterator[Bot]:
    made = Bot(
        telegram.token,
        base_url=telegram.base_url,
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    async with made:
        yield made
