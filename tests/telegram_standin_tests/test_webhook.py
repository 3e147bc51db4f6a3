"""Deliveries to a webhook: what they carry, in which order, how often, and what goes wrong."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot, Update
from telegram.error import BadRequest
from telegram_standin import Chat, Drop, Flood, ServerError, Slow, TelegramStandIn, User

PUBLIC = "https://bot.example.org"


@dataclass
class Door:
    """A bot's HTTP server: what it received, and how it answers."""

    answer: Callable[[], Awaitable[web.Response]]
    received: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    inside: int = 0
    most_inside: int = 0
    address: str = ""
    _knock: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, request: web.Request) -> web.Response:
        """Take an update in."""
        self.inside += 1
        self.most_inside = max(self.inside, self.most_inside)
        self.headers.append(dict(request.headers))
        self.paths.append(request.path)
        self.received.append(await request.json())
        self._knock.set()
        try:
            return await self.answer()
        finally:
            self.inside -= 1

    async def receive(self, count: int) -> None:
        """Wait until this many updates have come in all."""
        while len(self.received) < count:
            self._knock.clear()
            await asyncio.wait_for(self._knock.wait(), 5)

    @property
    def texts(self) -> list[str]:
        """The texts of the messages received, in order of arrival."""
        return [update["message"]["text"] for update in self.received]


async def _ok() -> web.Response:
    return web.Response()


@contextlib.asynccontextmanager
async def opened(
    answer: Callable[[], Awaitable[web.Response]] = _ok,
) -> AsyncIterator[Door]:
    door = Door(answer)
    app = web.Application()
    app.router.add_post("/{path:.*}", door.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    door.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield door
    finally:
        await runner.cleanup()


@pytest.fixture
async def door(telegram: TelegramStandIn) -> AsyncIterator[Door]:
    async with opened() as standing_open:
        telegram.proxy(PUBLIC, standing_open.address)
        yield standing_open


@pytest.fixture
def amina(telegram: TelegramStandIn) -> User:
    return telegram.user("Amina")


@pytest.fixture
def private(telegram: TelegramStandIn, amina: User) -> Chat:
    return telegram.private_chat(amina)


async def test_an_update_comes_as_json_with_the_secret(
    telegram: TelegramStandIn, bot: Bot, door: Door, amina: User, private: Chat
) -> None:
    telegram.say(private, amina, "before")
    await bot.set_webhook(f"{PUBLIC}/hook", secret_token="hush-hush")
    telegram.say(private, amina, "after")
    await telegram.quiet(private, seconds=0)
    assert door.texts == ["before", "after"]
    assert door.paths == ["/hook", "/hook"]
    # The library's own webhook server refuses any other type, even one with a charset.
    assert door.headers[0]["Content-Type"] == "application/json"
    assert door.headers[0]["X-Telegram-Bot-Api-Secret-Token"] == "hush-hush"
    assert door.headers[0]["Host"] == "bot.example.org"
    update = Update.de_json(door.received[1], bot)
    assert update.effective_user is not None
    assert update.effective_user.id == amina.id
    info = await bot.get_webhook_info()
    assert (info.pending_update_count, info.last_error_message) == (0, None)


async def test_updates_of_one_chat_come_in_order_and_those_of_many_at_once(
    telegram: TelegramStandIn, bot: Bot
) -> None:
    gate = asyncio.Event()

    async def wait_at_the_gate() -> web.Response:
        await gate.wait()
        return web.Response()

    people = [telegram.user(f"Person {number}") for number in range(5)]
    for word in ("first", "second"):
        for person in people:
            telegram.say(telegram.private_chat(person), person, f"{word} {person.id}")
    async with opened(wait_at_the_gate) as door:
        telegram.proxy(PUBLIC, door.address)
        await bot.set_webhook(PUBLIC, max_connections=3)
        await door.receive(3)
        await asyncio.sleep(0.05)
        assert door.texts == [f"first {person.id}" for person in people[:3]]
        gate.set()
        await telegram.quiet(telegram.private_chat(people[0]), seconds=0)
        assert door.most_inside == 3
        assert len(door.received) == 10
        for person in people:
            mine = [text for text in door.texts if text.endswith(str(person.id))]
            assert mine == [f"first {person.id}", f"second {person.id}"]


async def test_a_refused_update_comes_again_until_it_is_taken(
    telegram: TelegramStandIn, bot: Bot, amina: User, private: Chat
) -> None:
    answers = [web.Response(status=503), web.Response(status=400), web.Response()]

    async def next_answer() -> web.Response:
        return answers.pop(0)

    async with opened(next_answer) as door:
        telegram.proxy(PUBLIC, door.address)
        await bot.set_webhook(PUBLIC)
        telegram.say(private, amina, "Hello")
        await telegram.quiet(private, seconds=0)
        assert door.texts == ["Hello"] * 3
        assert len({update["update_id"] for update in door.received}) == 1
    assert [delivery.outcome for delivery in telegram.deliveries] == [
        "Wrong response from the webhook: 503 Service Unavailable",
        "Wrong response from the webhook: 400 Bad Request",
        "ok",
    ]
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 400 Bad Request"
    assert info.last_error_date is not None
    assert "! delivery: Wrong response from the webhook: 503" in telegram.transcript()


async def test_a_lost_answer_brings_the_update_again(
    telegram: TelegramStandIn, bot: Bot, door: Door, amina: User, private: Chat
) -> None:
    """Although the bot has it; what answers in the bot's place keeps it from the bot."""
    telegram.fail_delivery(Drop(after=True))
    telegram.fail_delivery(ServerError(502))
    telegram.fail_delivery(Drop())
    await bot.set_webhook(PUBLIC)
    telegram.say(private, amina, "Hello")
    await telegram.quiet(private, seconds=0)
    assert door.texts == ["Hello", "Hello"]
    assert [delivery.outcome for delivery in telegram.deliveries] == [
        "Connection reset by peer",
        "Wrong response from the webhook: 502 Bad Gateway",
        "Connection reset by peer",
        "ok",
    ]
    assert {delivery.kind for delivery in telegram.deliveries} == {"message"}


async def test_a_bot_may_say_when_to_come_again_and_a_test_need_not_wait(
    telegram: TelegramStandIn, bot: Bot, door: Door, amina: User, private: Chat
) -> None:
    telegram.fail_delivery(Flood(retry_after=600))
    await bot.set_webhook(PUBLIC)
    telegram.say(private, amina, "Hello")
    with pytest.raises(AssertionError, match="did not confirm its updates"):
        await telegram.quiet(private, timeout=0.2)
    telegram.clock.advance(600)
    await telegram.quiet(private, seconds=0)
    assert door.texts == ["Hello"]
    telegram.fail_delivery(Slow(600))
    telegram.say(private, amina, "Again")
    await door.receive(2)
    assert (await bot.get_webhook_info()).pending_update_count == 1
    telegram.clock.advance(600)
    await telegram.quiet(private, seconds=0)
    assert door.texts == ["Hello", "Again"]


async def test_an_update_is_given_up_after_a_day(
    telegram: TelegramStandIn, bot: Bot, amina: User, private: Chat
) -> None:
    await bot.set_webhook(PUBLIC)
    telegram.say(private, amina, "Hello")
    with pytest.raises(AssertionError, match="did not confirm its updates"):
        await telegram.quiet(private, timeout=0.05)
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Failed to resolve host: Name or service not known"
    assert info.pending_update_count == 1
    telegram.clock.advance(24 * 60 * 60 + 1)
    assert (await bot.get_webhook_info()).pending_update_count == 0
    await telegram.quiet(private, seconds=0)


async def test_an_address_nobody_listens_at_is_tried_again(
    telegram: TelegramStandIn, bot: Bot, amina: User, private: Chat
) -> None:
    async with opened() as door:
        pass
    telegram.proxy(PUBLIC, door.address)
    await bot.set_webhook(PUBLIC)
    telegram.say(private, amina, "Hello")
    with pytest.raises(AssertionError, match="did not confirm its updates"):
        await telegram.quiet(private, timeout=0.05)
    assert (await bot.get_webhook_info()).last_error_message == "Connection refused"
    async with opened() as door:
        telegram.proxy(PUBLIC, door.address)
        await telegram.quiet(private, seconds=0)
        assert door.texts == ["Hello"]


async def test_after_delete_webhook_the_rest_is_polled(
    telegram: TelegramStandIn, bot: Bot, amina: User, private: Chat
) -> None:
    """And nothing comes to the old address any more, not even what was on its way."""
    await bot.set_webhook(PUBLIC)
    telegram.say(private, amina, "Hello")
    await bot.delete_webhook()
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "Hello"
    async with opened() as door:
        telegram.proxy(PUBLIC, door.address)
        await asyncio.sleep(0.2)
        assert door.received == []
    await bot.set_webhook(PUBLIC, drop_pending_updates=True)
    assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_several_workers_share_one_webhook(
    telegram: TelegramStandIn, bot: Bot, door: Door
) -> None:
    """Each sets it again, which disturbs nothing; the proxy gives each its turn."""
    async with opened() as other:
        telegram.proxy(PUBLIC, door.address, other.address)
        await bot.set_webhook(PUBLIC, secret_token="s")
        await bot.set_webhook(PUBLIC, secret_token="s")
        people = [telegram.user(f"Person {number}") for number in range(6)]
        for person in people:
            telegram.say(telegram.private_chat(person), person, "Hello")
        await telegram.quiet(telegram.private_chat(people[0]), seconds=0)
        assert (len(door.received), len(other.received)) == (3, 3)
    assert len(telegram.deliveries) == 6


async def test_bad_addresses_and_numbers_are_refused(telegram: TelegramStandIn, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="only on ports 80, 88, 443 or 8443"):
        await bot.set_webhook("https://bot.example.org:8080/")
    with pytest.raises(BadRequest, match="https url must be provided"):
        await bot.set_webhook("bot.example.org")
    with pytest.raises(BadRequest, match="invalid webhook url"):
        await bot.set_webhook("https://:443/")
    with pytest.raises(BadRequest, match="Secret token contains unallowed characters"):
        await bot.set_webhook(PUBLIC, secret_token="no spaces")
    await bot.set_webhook(PUBLIC, max_connections=1000)
    assert (await bot.get_webhook_info()).max_connections == 100
    with pytest.raises(ValueError, match="a public https address"):
        telegram.proxy("http://bot.example.org", "http://127.0.0.1:1")


async def test_a_method_in_an_answer_breaks_the_test() -> None:
    async def call_in_reply() -> web.Response:
        return web.json_response({"method": "sendMessage", "chat_id": 1, "text": "x"})

    with pytest.raises(AssertionError, match="runs no method named in an answer"):
        async with TelegramStandIn() as telegram, opened(call_in_reply) as door:
            telegram.proxy(PUBLIC, door.address)
            async with Bot(telegram.token, base_url=telegram.base_url) as bot:
                await bot.set_webhook(PUBLIC)
                amina = telegram.user("Amina")
                telegram.say(telegram.private_chat(amina), amina, "Hello")
                await telegram.quiet(telegram.private_chat(amina), seconds=0)
