"""The watchdog: it stops a bot that is silent or refused, rather than let it look alive."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import time
from typing import Any

import pytest
from hand_clock import HandClock
from patience import until
from telegram.error import InvalidToken, NetworkError
from telegram_standin import Flood, Refuse, ServerError, Slow, TelegramStandIn, Unauthorized

from bot.state.state import State
from bot.wire import polling
from bot.wire.claims import Claims
from bot.wire.http_client import AiohttpRequest
from bot.wire.polling import Heartbeat, PollingRequest, SteadyBot, watch


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def heartbeat(tmp_path, clock) -> Heartbeat:
    return Heartbeat(tmp_path / "health", clock)


def no_claims() -> Claims:
    """Return the claims of a process that is alone."""
    return Claims(State.open(None))


@pytest.fixture(autouse=True)
def looked_often(monkeypatch) -> None:
    """Let the watch look fifty times a second."""
    monkeypatch.setattr(polling, "_LOOK_EVERY", 0.02)


def test_silence_is_counted_from_the_start_and_from_each_beat(heartbeat, clock):
    assert heartbeat.silence() == 0
    clock.now += 30
    assert heartbeat.silence() == 30
    heartbeat.beat()
    assert heartbeat.silence() == 0
    clock.now += 5
    assert heartbeat.silence() == 5


def test_the_health_file_is_touched_by_a_beat_and_by_nothing_else(tmp_path, heartbeat):
    file = tmp_path / "health"
    assert not file.exists()
    heartbeat.beat()
    first = file.stat().st_mtime_ns
    heartbeat.silence()
    assert file.stat().st_mtime_ns == first
    heartbeat.beat()
    assert file.stat().st_mtime_ns >= first


def test_a_health_file_that_cannot_be_written_is_no_reason_to_stop(tmp_path, clock):
    (tmp_path / "file").write_text("in the way")
    heartbeat = Heartbeat(tmp_path / "file" / "health", clock)
    clock.now += 30
    heartbeat.beat()
    assert heartbeat.silence() == 0
    assert heartbeat.fatal == ""


async def test_the_watch_stops_the_bot_after_too_long_a_silence(heartbeat, clock, caplog):
    stopped = asyncio.Event()
    watching = asyncio.create_task(watch(heartbeat, 45, stopped.set))
    await asyncio.sleep(0)
    clock.now += 45
    await asyncio.sleep(0.1)
    assert not stopped.is_set(), "45 seconds were allowed"
    clock.now += 0.5
    await asyncio.wait_for(stopped.wait(), 5)
    stopped.clear()
    await asyncio.wait_for(stopped.wait(), 5)  # the library may not have heard the first call
    watching.cancel()
    assert heartbeat.fatal == "Telegram has not answered for 45 seconds"
    assert [one.levelno for one in caplog.records] == [logging.CRITICAL]


async def test_the_watch_lets_a_bot_live_that_telegram_answers(heartbeat, clock):
    stopped = asyncio.Event()
    watching = asyncio.create_task(watch(heartbeat, 45, stopped.set))
    for _ in range(4):
        clock.now += 40
        heartbeat.beat()
        await asyncio.sleep(0.05)
    assert not stopped.is_set()
    assert not watching.done()
    watching.cancel()


async def test_the_time_that_a_start_takes_is_no_silence(heartbeat, clock):
    """A large record may take minutes to load, in which nothing is polled."""
    clock.now += 3600
    stopped = asyncio.Event()
    watching = asyncio.create_task(watch(heartbeat, 45, stopped.set))
    await asyncio.sleep(0.1)
    assert not stopped.is_set()
    watching.cancel()


async def test_who_else_polls_with_the_same_token_is_told_of(telegram, running, caplog):
    """Each would get some of the updates; polling goes on all the same."""
    conflict = Refuse(409, "Conflict: terminated by other getUpdates request")
    async with running() as heartbeat:
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.fail("getUpdates", conflict)
        telegram.say(private, amina, "ferries")
        assert "Ferries" in (await telegram.reply(private, timeout=15)).text
        assert heartbeat.fatal == ""
    told = [one for one in caplog.records if one.name == polling.__name__]
    assert [one.levelno for one in told] == [logging.ERROR]
    assert "another program" in told[0].getMessage()


async def test_of_another_program_that_polls_no_traceback_is_logged(telegram, running, caplog):
    """Every half minute there would be one."""
    conflict = Refuse(409, "Conflict: terminated by other getUpdates request")
    async with running():
        telegram.fail("getUpdates", conflict, times=2)
        await until(lambda: len(telegram.calls_of("getUpdates")) > 2)
    assert not [one for one in caplog.records if one.exc_info]


async def test_a_bot_that_may_not_poll_for_an_hour_stops_when_it_is_told_to(
    telegram, running, caplog
):
    """The library would sleep through it."""
    async with running():
        telegram.fail("getUpdates", Flood(3600), times=50)
        await until(lambda: "Telegram wants no poll for 3600 seconds" in caplog.text)
        began = time.monotonic()
    assert time.monotonic() - began < 2
    assert not [one for one in caplog.records if one.exc_info]


async def test_polling_goes_on_after_the_time_that_telegram_asked_for(telegram, running):
    async with running():
        telegram.fail("getUpdates", Flood(1))
        amina = telegram.user("Amina")
        private = telegram.private_chat(amina)
        telegram.say(private, amina, "ferries")
        assert "Ferries" in (await telegram.reply(private, timeout=15)).text


@pytest.mark.parametrize("fault", [Flood(3600), ServerError(502), Unauthorized(), Slow(30)])
async def test_the_last_poll_holds_nothing_up(telegram, running, caplog, monkeypatch, fault):
    """It only tells Telegram what has been handled."""
    monkeypatch.setattr(polling, "_LAST_POLL", 0.2)
    async with running():
        await until(lambda: bool(telegram.calls_of("getMe")))
        await asyncio.sleep(0.1)
        telegram.fail("getUpdates", fault, times=9)
        began = time.monotonic()
    assert time.monotonic() - began < 5
    assert not [one for one in caplog.records if one.exc_info]


async def test_the_watch_stops_a_bot_that_can_never_poll_again(heartbeat, caplog):
    """It need not wait for silence: the library's polling is over at the first refusal."""
    stopped = asyncio.Event()
    watching = asyncio.create_task(watch(heartbeat, 3600, stopped.set))
    await asyncio.sleep(0)
    heartbeat.fatal = "Telegram does not know this bot's token (any more)"
    await asyncio.wait_for(stopped.wait(), 5)
    watching.cancel()
    assert "token" in caplog.text


async def test_a_poll_that_is_answered_touches_the_health_file(telegram, running, configuration):
    async with running() as heartbeat:
        amina = telegram.user("Amina")
        telegram.say(telegram.private_chat(amina), amina, "ferries")
        for _ in range(100):
            if configuration.health_file.exists():
                break
            await asyncio.sleep(0.05)
    assert configuration.health_file.exists()
    assert heartbeat.silence() < 10


class CannedPolling(PollingRequest):
    """Polls that are answered with the same bytes, whatever they ask."""

    def __init__(self, heartbeat: Heartbeat, payload: bytes) -> None:
        super().__init__(heartbeat)
        self.payload = payload

    async def do_request(self, *_: Any, **__: Any) -> tuple[int, bytes]:
        """Return the bytes."""
        return 200, self.payload


def polled(heartbeat: Heartbeat, payload: bytes) -> SteadyBot:
    polling = CannedPolling(heartbeat, payload)
    return SteadyBot(polling, no_claims(), token="1:x", request=AiohttpRequest())


@pytest.mark.parametrize(
    "payload",
    [
        b"<html>Welcome to the hotel!</html>",
        b'{"ok":true}',
        b'{"ok":false}',
        b'{"ok":true,"result":5}',
        b'{"ok":true,"result":[5]}',
        b'{"ok":true,"result":[{"message":{}}]}',
        b'{"ok":true,"result":[{"update_id":Infinity,"message":{}}]}',
        b'{"ok":true,"result":[{"update_id":1000000000000000000000,"message":{}}]}',
        b'{"ok":true,"result":' + b"[" * 200_000,
    ],
)
async def test_a_poll_that_something_else_answered_is_a_fault_of_the_network(heartbeat, payload):
    """The library pauses after such a fault; after any other it asks again at once, forever."""
    with pytest.raises(NetworkError):
        await polled(heartbeat, payload).get_updates()


async def test_an_update_that_cannot_be_parsed_keeps_its_number_and_is_not_logged(
    heartbeat, caplog
):
    """What came with it is questions, and who asked them."""
    chat = {"id": 5, "type": "private"}
    good = {"message_id": 2, "date": 1, "chat": chat, "text": "a confidential question"}
    bad = {"message_id": 1, "text": "another confidential question"}
    found = [{"update_id": 7, "message": bad}, {"update_id": 8, "message": good}]
    payload = json.dumps({"ok": True, "result": found}).encode()
    updates = await polled(heartbeat, payload).get_updates()
    assert [one.update_id for one in updates] == [7, 8]
    assert updates[0].message is None
    assert updates[1].message is not None
    assert "update 7 cannot be parsed" in caplog.text
    assert "confidential" not in caplog.text


async def test_a_bot_that_telegram_refuses_leaves_no_connection_open(
    telegram: TelegramStandIn, heartbeat, caplog
):
    """Left open, each would complain on the terminal when the program ends."""

    def made() -> SteadyBot:
        return SteadyBot(
            PollingRequest(heartbeat),
            no_claims(),
            token=telegram.token,
            base_url=telegram.base_url,
            request=AiohttpRequest(),
        )

    async def refused() -> None:
        telegram.fail("getMe", Unauthorized())
        with pytest.raises(InvalidToken):
            await made().initialize()

    await refused()
    gc.collect()
    assert "Unclosed" not in caplog.text
    bot = made()
    telegram.fail("getMe", Unauthorized())
    with pytest.raises(InvalidToken):
        await bot.initialize()
    await bot.initialize()
    assert bot.username == "OnRecordBot"
    await bot.shutdown()
