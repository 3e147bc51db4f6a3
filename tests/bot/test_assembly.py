"""The real bot by webhook, brought its updates by the stand-in; and polling, with /healthz."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
from patience import until
from telegram_standin import Drop, Flood, ServerError, TelegramStandIn

pytestmark = pytest.mark.slow

URL = "https://bot.example.org/onrecord"

Serving = Callable[..., contextlib.AbstractAsyncContextManager[Any]]


@pytest.fixture
def serving(telegram: TelegramStandIn, running: Serving, listener: socket.socket) -> Serving:
    """Return what runs the bot by webhook, or polling with a port."""

    def serve(**settings: Any) -> contextlib.AbstractAsyncContextManager[Any]:
        telegram.proxy("https://bot.example.org", address(listener))
        return running(listener=listener, **settings)

    return serve


def address(listener: socket.socket) -> str:
    return "http://127.0.0.1:{1}".format(*listener.getsockname())


async def health(listener: socket.socket) -> tuple[int, dict[str, Any]]:
    """Return the status and the figures of /healthz."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{address(listener)}/healthz") as response,
    ):
        return response.status, await response.json()


async def test_a_question_that_is_delivered_is_answered(telegram, serving):
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    async with serving(webhook=URL):
        telegram.say(private, amina, "ferries")
        assert "Ferries to the harbour island" in (await telegram.reply(private)).text
        telegram.say(private, amina, "fishing boats")
        assert "Fishing boats" in (await telegram.reply(private)).text
    assert telegram.calls_of("getUpdates") == []
    assert {one.outcome for one in telegram.deliveries} == {"ok"}


async def test_what_was_asked_before_the_start_is_answered(telegram, serving):
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    telegram.say(private, amina, "ferries")
    async with serving(webhook=URL):
        assert "Ferries" in (await telegram.reply(private)).text


async def test_a_delivery_that_fails_on_the_way_is_answered_once(telegram, serving):
    """Before us, and after: when the answer is lost, Telegram brings the update again."""
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    async with serving(webhook=URL):
        for fault in (Drop(), Drop(after=True), ServerError(502), Flood(1)):
            telegram.fail_delivery(fault)
            telegram.say(private, amina, "ferries")
            assert "Ferries" in (await telegram.reply(private)).text
        await telegram.quiet(private)
    assert len(telegram.calls_of("sendMessage")) == 4
    assert len([one for one in telegram.deliveries if one.outcome == "ok"]) == 4


async def test_what_was_taken_in_is_answered_though_the_bot_stops(telegram, serving):
    """Telegram was told that it arrived, and would not bring it again."""
    chats = []
    async with serving(webhook=URL, concurrency=1, messages_per_second=0):
        for number in range(20):
            asker = telegram.user(f"Asker {number}")
            chats.append(telegram.private_chat(asker))
            telegram.say(chats[-1], asker, "ferries")
        await until(lambda: len(telegram.deliveries) == 20)
        before = len(telegram.calls_of("sendMessage"))
        received = {one.update_id for one in telegram.deliveries if one.outcome == "ok"}
    assert before < 20
    sent = [call for call in telegram.calls_of("sendMessage") if call.outcome == "ok"]
    assert len(sent) >= len(received)
    assert len({call.parameters["chat_id"] for call in sent}) == len(sent), "answered twice"


async def test_health_is_told_of_a_bot_by_webhook(telegram, serving, listener, index):
    async with serving(webhook=URL):
        await until(lambda: telegram.calls_of("getWebhookInfo"))
        code, said = await health(listener)
    assert (code, said["status"]) == (200, "ok")
    assert said["paragraphs"] == index.searched.paragraphs
    assert said["waiting"] == 0
    assert 0 <= said["silence"] <= 5
    assert said["index_age"] >= 0 <= said["uptime"]


async def test_health_is_told_of_a_bot_that_polls(telegram, serving, listener):
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    async with serving():
        telegram.say(private, amina, "ferries")
        await telegram.reply(private)
        assert (await health(listener))[1]["status"] == "ok"
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{address(listener)}/onrecord", data=b"{}") as response,
        ):
            assert response.status == 404
    assert telegram.calls_of("setWebhook") == []


async def test_polling_takes_a_webhook_away_that_was_left_behind(telegram, serving, running):
    """Or nothing would ever come: Telegram does one or the other."""
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    async with serving(webhook=URL):
        await until(lambda: telegram.calls_of("setWebhook"))
    assert telegram.calls_of("deleteWebhook") == []
    async with running():
        telegram.say(private, amina, "ferries")
        assert "Ferries" in (await telegram.reply(private)).text
