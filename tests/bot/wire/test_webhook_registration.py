"""Telegram is asked to deliver to us, and looked at from time to time to see that it does."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from patience import until
from telegram import Bot
from telegram_standin import Flood, ServerError, TelegramStandIn, Unauthorized

from bot.wire import webhook_registration as registration_module
from bot.wire.http_client import AiohttpRequest
from bot.wire.polling import Heartbeat
from bot.wire.webhook_receiver import secret_token
from bot.wire.webhook_registration import WebhookRegistration

pytestmark = pytest.mark.slow

URL = "https://bot.example.org/onrecord"
WANTED = ["message", "inline_query"]


@pytest.fixture
async def bot(telegram: TelegramStandIn) -> AsyncIterator[Bot]:
    requests = {"request": AiohttpRequest(), "get_updates_request": AiohttpRequest()}
    async with Bot(telegram.token, base_url=telegram.base_url, **requests) as one:
        yield one


@pytest.fixture
def heartbeat(tmp_path: Path) -> Heartbeat:
    return Heartbeat(tmp_path / "health")


Keeping = Callable[..., contextlib.AbstractAsyncContextManager[WebhookRegistration]]


@pytest.fixture
def keeping(bot: Bot, heartbeat: Heartbeat, monkeypatch: pytest.MonkeyPatch) -> Keeping:
    """Return what keeps the bot registered, looking twenty times a second."""
    monkeypatch.setattr(registration_module, "_AFTER_FAILURE", 0.05)

    @contextlib.asynccontextmanager
    async def keep(**more: Any) -> AsyncIterator[WebhookRegistration]:
        given = {"url": URL, "allowed_updates": WANTED, "longest_silence": 0.2, **more}
        registration = WebhookRegistration(bot, heartbeat, **given)
        task = asyncio.create_task(registration.keep())
        try:
            yield registration
        finally:
            task.cancel()

    return keep


async def looks(telegram: TelegramStandIn, more: int = 3) -> None:
    """Wait for some more looks at the webhook to be answered."""
    before = len(telegram.calls_of("getWebhookInfo"))
    await until(lambda: len(telegram.calls_of("getWebhookInfo")) > before + more)


async def test_telegram_is_told_once_where_to_deliver_and_what(telegram, keeping):
    async with keeping(workers=2):
        await looks(telegram)
    (call,) = telegram.calls_of("setWebhook")
    assert call.outcome == "ok"
    assert call.parameters["url"] == URL
    assert call.parameters["secret_token"] == secret_token(telegram.token)
    assert json.loads(call.parameters["allowed_updates"]) == WANTED
    assert int(call.parameters["max_connections"]) == 32
    assert call.parameters["drop_pending_updates"] == "false", "what waits is not thrown away"


async def test_telegram_takes_no_more_than_a_hundred_connections(telegram, keeping):
    async with keeping(workers=64):
        await until(lambda: telegram.calls_of("setWebhook"))
    assert int(telegram.calls_of("setWebhook")[0].parameters["max_connections"]) == 100


async def test_the_webhook_stays_when_the_bot_stops(telegram, bot, keeping):
    """Another process may serve it; what nobody serves Telegram keeps for a day."""
    async with keeping():
        await looks(telegram)
    assert (await bot.get_webhook_info()).url == URL
    assert telegram.calls_of("deleteWebhook") == []


async def test_of_several_workers_only_the_first_sets_it(telegram, keeping, heartbeat, caplog):
    """The others look whether Telegram answers them too, and leave the rest to the first."""
    async with keeping(is_first=False) as registration:
        await looks(telegram)
        assert registration.trouble == ""
    assert telegram.calls_of("setWebhook") == []
    assert heartbeat.silence() < 1
    assert caplog.records == []


async def test_each_answer_is_noted_in_the_heartbeat(tmp_path, telegram, keeping):
    async with keeping():
        await until((tmp_path / "health").exists)
        (tmp_path / "health").unlink()
        await until((tmp_path / "health").exists)


async def test_while_telegram_is_in_trouble_the_heartbeat_is_silent(telegram, keeping, heartbeat):
    """The watch on the heartbeat ends the bot then; here nothing is given up."""
    telegram.fail("setWebhook", ServerError(), times=3)
    telegram.fail("getWebhookInfo", ServerError(), times=3)
    async with keeping() as registration:
        await asyncio.sleep(0.12)
        assert heartbeat.silence() >= 0.12
        await looks(telegram, 4)
        assert heartbeat.silence() < 0.12
        assert registration.trouble == ""
    assert heartbeat.fatal == ""
    assert len(telegram.calls_of("setWebhook")) == 4


async def test_of_programs_that_set_it_at_once_each_has_its_turn(
    telegram, keeping, heartbeat, monkeypatch
):
    """To be told to wait is an answer: that silence ends nobody."""
    beats: list[None] = []
    monkeypatch.setattr(heartbeat, "beat", lambda: beats.append(None))
    telegram.fail("setWebhook", Flood(1))
    async with keeping():
        await until(lambda: beats)
        assert len(telegram.calls_of("setWebhook")) == 1
        await until(lambda: len(telegram.calls_of("setWebhook")) == 2)
        await looks(telegram, 1)
    assert heartbeat.fatal == ""


async def test_a_token_that_is_revoked_is_the_end(telegram, keeping, heartbeat):
    async with keeping():
        await looks(telegram)
        telegram.fail("getWebhookInfo", Unauthorized(), times=9)
        await until(lambda: heartbeat.fatal)
        assert "token" in heartbeat.fatal
        asked = len(telegram.calls_of("getWebhookInfo"))
        await asyncio.sleep(0.15)
        assert len(telegram.calls_of("getWebhookInfo")) == asked


async def test_an_address_that_telegram_refuses_is_the_end(telegram, keeping, heartbeat):
    async with keeping(url="https://bot.example.org:8080/onrecord"):
        await until(lambda: heartbeat.fatal)
    assert heartbeat.fatal.startswith("Telegram refuses the webhook https://bot.example.org:8080")
    assert "only on ports 80, 88, 443 or 8443" in heartbeat.fatal


async def test_a_webhook_that_was_taken_away_is_set_again(telegram, bot, keeping, caplog):
    """Somebody polled with the same token: to try something out, and is done."""
    async with keeping():
        await looks(telegram)
        await bot.delete_webhook()
        await until(lambda: len(telegram.calls_of("setWebhook")) == 2)
        await looks(telegram)
        assert (await bot.get_webhook_info()).url == URL
    (said,) = [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]
    assert said.startswith("the webhook was removed: another program uses the same token")


async def test_a_webhook_that_leads_elsewhere_is_left_there(telegram, bot, keeping, caplog):
    """A new machine took over; two that both insist would get updates by turns."""
    async with keeping() as registration:
        await looks(telegram)
        await bot.set_webhook("https://new.example.org/onrecord")
        await looks(telegram)
        assert registration.trouble == "displaced"
        await bot.set_webhook("https://bot.example.org:443/onrecord")
        await looks(telegram)
        assert registration.trouble == "", "the same address, written in another way"
    assert len(telegram.calls_of("setWebhook")) == 3
    assert [one.levelno for one in caplog.records].count(logging.ERROR) == 1


class Bringing:
    """A bot at the public address, which answers as the test wants."""

    def __init__(self, telegram: TelegramStandIn) -> None:
        self.telegram = telegram
        self.status = 200
        self._runner = web.ServerRunner(web.Server(self._answer))

    async def __aenter__(self) -> Bringing:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.telegram.proxy("https://bot.example.org", f"http://127.0.0.1:{port}")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _answer(self, _: web.BaseRequest) -> web.Response:
        return web.Response(status=self.status)


async def test_what_keeps_telegram_from_delivering_is_said_once_with_its_repair(
    telegram, bot, keeping, caplog
):
    """And said again when it comes back after all had been delivered."""
    caplog.set_level(logging.INFO, "bot")
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)

    def said(*levels: int) -> list[str]:
        return [one.getMessage() for one in caplog.records if one.levelno in levels]

    async with Bringing(telegram) as bringing, keeping():
        await looks(telegram)
        bringing.status = 502
        telegram.say(private, amina, "ferries")
        await until(lambda: len(telegram.deliveries) >= 2)
        await looks(telegram)
        assert said(logging.ERROR) == [
            "Telegram cannot deliver (1 waiting): Wrong response from the webhook: 502 Bad Gateway."
            " Let the proxy pass the webhook's path on to where the bot listens."
        ]
        bringing.status = 403
        await until(lambda: len(said(logging.ERROR)) == 2)
        assert "X-Telegram-Bot-Api-Secret-Token" in said(logging.ERROR)[1]
        bringing.status = 200
        await until(lambda: "Telegram delivers again" in said(logging.INFO))
        bringing.status = 403
        telegram.say(private, amina, "fishing boats")
        await until(lambda: len(said(logging.ERROR)) == 3)
    assert said(logging.ERROR)[1] == said(logging.ERROR)[2]


async def test_what_went_wrong_before_the_start_is_not_held_against_it(
    telegram, bot, keeping, caplog
):
    amina = telegram.user("Amina")
    async with Bringing(telegram) as bringing:
        bringing.status = 502
        await bot.set_webhook(
            URL,
            secret_token=secret_token(telegram.token),
            max_connections=16,
            allowed_updates=WANTED,
        )
        telegram.say(telegram.private_chat(amina), amina, "ferries")
        await until(lambda: len(telegram.deliveries) == 2)
        bringing.status = 200
        await until(lambda: telegram.deliveries[-1].outcome == "ok")
        assert (await bot.get_webhook_info()).last_error_message
        async with keeping():
            await looks(telegram)
    assert [one for one in caplog.records if one.levelno >= logging.WARNING] == []


@pytest.mark.parametrize(
    ("said", "repair"),
    [
        ("Wrong response from the webhook: 404 Not Found", "path"),
        ("Wrong response from the webhook: 503 Service Unavailable", "--workers"),
        ("Connection refused", "Start the proxy"),
        ("Connection timed out", "firewall"),
        ("Read timeout expired", "firewall"),
        ("SSL error {error:0A000086:SSL routines::certificate verify failed}", "trusted"),
        ("Failed to resolve host: Name or service not known", "DNS"),
        ("Something new", "log of the proxy"),
    ],
)
def test_each_thing_that_telegram_says_has_a_repair(said, repair):
    assert repair in registration_module.repair_of(said)
