"""What Telegram delivers: taken in once, refused from anybody else, and left with it in a flood."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import re
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from patience import until
from telegram import Bot, Update

from bot.health import Health
from bot.state.state import CLAIM_SECONDS, State
from bot.wire import http_server, webhook_receiver
from bot.wire.claims import Claims
from bot.wire.http_client import AiohttpRequest
from bot.wire.http_server import HttpServer
from bot.wire.webhook_receiver import MOST_BYTES, SECRET_HEADER, WebhookReceiver, secret_token

TOKEN = "7123456789:AAmade_for-this_test_and_for_no_bot0"
SECRET = {SECRET_HEADER: secret_token(TOKEN)}
URL = "https://bot.example.org/on/record"


def our_bot() -> Bot:
    """Return the bot that updates are for; it makes no calls."""
    return Bot(TOKEN, request=AiohttpRequest(), get_updates_request=AiohttpRequest())


def question(number: int, text: str = "ferries") -> dict[str, Any]:
    """Return an update with a message, as Telegram writes it."""
    amina = {"id": 7, "is_bot": False, "first_name": "Amina"}
    chat = {"id": 7, "type": "private", "first_name": "Amina"}
    message = {"message_id": number, "date": 1740000000, "chat": chat, "from": amina, "text": text}
    return {"update_id": number, "message": message}


@pytest.fixture
def state() -> State:
    return State.open(None)


@pytest.fixture
def claims(state) -> Claims:
    return Claims(state)


@pytest.fixture
def queue() -> asyncio.Queue[object]:
    return asyncio.Queue()


class Sender:
    """Delivers as Telegram does, or as somebody who would like to be Telegram."""

    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        self._session = session
        self._base = base

    async def __call__(
        self, body: object, headers: dict[str, str] | None = None, path: str = "/on/record"
    ) -> int:
        """Return the status of the answer to *body*, JSON unless it is bytes; it says no more."""
        data = io.BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
        chosen = SECRET if headers is None else headers
        async with self._session.post(self._base + path, data=data, headers=chosen) as response:
            assert await response.read() == b""
            self.headers = response.headers
            return response.status


@pytest.fixture
def receiver(queue, claims, monkeypatch) -> WebhookReceiver:
    """Return a receiver that waits for no update for longer than a moment."""
    monkeypatch.setattr(webhook_receiver, "LONGEST_HOLD", 0.05)
    return WebhookReceiver(URL, our_bot(), queue, claims, most_waiting=3)


@pytest.fixture
async def send(listener, receiver, monkeypatch) -> AsyncIterator[Sender]:
    monkeypatch.setattr(http_server, "_LINGER", 0.05)
    door = HttpServer(listener, lambda: Health(1, 0, 0, 0, 0, 180), receiver)
    await door.open()
    async with aiohttp.ClientSession() as session:
        yield Sender(session, "http://127.0.0.1:{1}".format(*listener.getsockname()))
    await door.close()


@pytest.fixture(autouse=True)
def nothing_secret_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level(logging.DEBUG, "bot")
    yield
    said = [one.getMessage() for one in caplog.records if one.name.startswith("bot")]
    for word in (TOKEN, SECRET[SECRET_HEADER], "ferries", "Amina"):
        assert word not in " ".join(said)


def taken(queue: asyncio.Queue[object]) -> list[int]:
    """Return the numbers of the updates in the queue, and empty it."""
    updates = [queue.get_nowait() for _ in range(queue.qsize())]
    return [one.update_id for one in updates if isinstance(one, Update)]


async def test_an_update_is_taken_in_and_acknowledged(send, queue):
    assert await send(question(1)) == 200
    update = queue.get_nowait()
    assert isinstance(update, Update)
    assert update.message
    assert update.message.text == "ferries"
    assert update.message.get_bot().token == TOKEN, "it could not be replied to"


async def test_an_update_that_comes_twice_is_acknowledged_twice_and_taken_in_once(send, queue):
    """Telegram brings it again if our answer was lost on the way."""
    assert [await send(question(1)) for _ in range(3)] == [200, 200, 200]
    assert taken(queue) == [1]


@pytest.mark.parametrize(
    "secret",
    [None, "", "x", SECRET[SECRET_HEADER][:-1], f"{SECRET[SECRET_HEADER]}x", "é" * 43],
)
async def test_whoever_does_not_know_the_secret_is_turned_away(send, queue, claims, secret):
    """Without a word why, and before anything that was sent is read."""
    headers = {} if secret is None else {SECRET_HEADER: secret}
    assert await send(question(1), headers) == 403
    assert await send(b"no JSON", headers) == 403
    assert await send(b"x" * (MOST_BYTES + 1), headers) == 403
    assert taken(queue) == []
    assert not claims.is_under_way(1)


async def test_the_secret_of_another_bot_opens_nothing(send):
    assert await send(question(1), {SECRET_HEADER: secret_token(f"{TOKEN[:-1]}1")}) == 403


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"update",
        b"[1",
        b"[" * 100_000,
        b"\xff\xfe",
        b"null",
        b"7",
        b'"update_id"',
        b"[]",
        b"{}",
        b'{"update_id": "1"}',
        b'{"update_id": true}',
        b'{"update_id": 1.0}',
        b'{"update_id": null}',
        b'{"update_id": ' + b"9" * 5000 + b"}",
    ],
)
async def test_what_is_no_update_is_refused_and_does_no_harm(send, queue, caplog, body):
    assert await send(body) == 400
    assert "what was delivered is no update" in caplog.text
    assert await send(question(1)) == 200
    assert taken(queue) == [1]


@pytest.mark.parametrize(
    "rest",
    [
        {"message": 7},
        {"message": {"message_id": 1}},
        {"message": {"message_id": 1, "date": "soon", "chat": {"id": 1, "type": "private"}}},
        {"callback_query": []},
        {"inline_query": {"id": "1", "from": "Amina", "query": "ferries"}},
    ],
)
async def test_an_update_that_the_library_cannot_read_is_acknowledged_and_its_number_logged(
    send, queue, caplog, rest
):
    """Refused, Telegram would bring it again for a day, and let all of that chat wait behind it."""
    assert await send({"update_id": 41, **rest}) == 200
    assert taken(queue) == []
    (said,) = [one for one in caplog.records if one.levelno == logging.ERROR]
    assert said.getMessage().startswith("update 41 cannot be parsed (")


async def test_an_update_of_a_sort_that_is_not_known_yet_is_taken_in(send, queue):
    assert await send({"update_id": 5, "thought_transfer": {"from": 1}}) == 200
    assert taken(queue) == [5]


async def test_in_a_flood_updates_stay_with_telegram_until_there_is_room(send, queue, claims):
    """And are not taken for seen when they come again."""
    assert [await send(question(number)) for number in (1, 2, 3)] == [200] * 3
    assert await send(question(4)) == 503
    assert int(send.headers["Retry-After"]) > 0
    assert not claims.is_under_way(4)
    assert taken(queue) == [1, 2, 3]
    assert await send(question(4)) == 200
    assert taken(queue) == [4]


# When Telegram is told that it may forget an update.


async def test_an_update_is_acknowledged_when_it_is_handled_and_not_before(
    send, queue, claims, monkeypatch
):
    monkeypatch.setattr(webhook_receiver, "LONGEST_HOLD", 10)
    delivery = asyncio.create_task(send(question(1)))
    await until(lambda: not queue.empty())
    _, waiting = await asyncio.wait([delivery], timeout=0.1)
    assert waiting, "it would be lost if the process were killed now"
    claims.end(1)
    assert await delivery == 200


async def test_what_another_process_works_on_is_left_with_telegram_until_that_is_done(
    send, queue, state
):
    """That process may have been killed: then Telegram still has the update when the claim ends."""
    state.claim([1])
    assert await send(question(1)) == 503
    assert 0 < int(send.headers["Retry-After"]) < 5
    assert taken(queue) == []
    state.note_handled(1)
    assert await send(question(1)) == 200
    assert taken(queue) == []


async def test_what_was_claimed_by_a_process_that_is_no_more_is_taken_in(
    send, queue, state, monkeypatch
):
    state.claim([1])
    monkeypatch.setattr(state, "_clock", lambda: time.time() + CLAIM_SECONDS + 1)
    assert await send(question(1)) == 200
    assert taken(queue) == [1]


async def test_an_update_that_comes_again_while_it_is_handled_waits_with_the_first(
    send, queue, claims, monkeypatch
):
    monkeypatch.setattr(webhook_receiver, "LONGEST_HOLD", 10)
    deliveries = [asyncio.create_task(send(question(1))) for _ in range(3)]
    await until(lambda: len(claims._under_way.get(1, ())) == 3)
    claims.end(1)
    assert await asyncio.gather(*deliveries) == [200] * 3
    assert taken(queue) == [1]


async def test_an_inline_query_keeps_no_connection(send, queue, monkeypatch):
    """Its user types on, and would not see an answer that comes later."""
    monkeypatch.setattr(webhook_receiver, "LONGEST_HOLD", 10)
    typed = {"id": "1", "from": question(1)["message"]["from"], "query": "f", "offset": ""}
    async with asyncio.timeout(2):
        assert await send({"update_id": 1, "inline_query": typed}) == 200
        assert await send({"update_id": 1, "inline_query": typed}) == 200
    assert taken(queue) == [1]


async def test_chats_that_wait_for_a_flood_limit_leave_connections_to_the_others(
    send, queue, claims, monkeypatch
):
    """However many there are: beyond a number, the one that began first is acknowledged."""
    monkeypatch.setattr(webhook_receiver, "LONGEST_HOLD", 10)
    monkeypatch.setattr(webhook_receiver, "MOST_WAITING_HELD", 3)
    flooded = []
    for number in range(1, 9):
        flooded.append(asyncio.create_task(send(question(number))))
        await until(lambda number=number: claims.is_under_way(number))
        taken(queue)
        claims.begin(number)
        claims.wait()
        claims.wait()
    await until(lambda: sum(one.done() for one in flooded) == 5)
    assert [one.done() for one in flooded] == [True] * 5 + [False] * 3
    assert claims.is_under_way(1), "it is answered all the same"
    for number in range(1, 9):
        claims.end(number)
    assert await asyncio.gather(*flooded) == [200] * 8


async def test_what_was_acknowledged_already_takes_no_room_when_it_waits_again(
    send, queue, claims, monkeypatch
):
    monkeypatch.setattr(webhook_receiver, "LONGEST_HOLD", 10)
    monkeypatch.setattr(webhook_receiver, "MOST_WAITING_HELD", 1)
    held = []
    for number in (1, 2):
        held.append(asyncio.create_task(send(question(number))))
        await until(lambda number=number: claims.is_under_way(number))
        claims.begin(number)
        claims.wait()
    await until(held[0].done)
    claims.begin(1)
    claims.wait()
    _, waiting = await asyncio.wait([held[1]], timeout=0.1)
    assert waiting
    for number in (1, 2):
        claims.end(number)
    assert await asyncio.gather(*held) == [200, 200]


async def test_what_is_not_handled_when_the_server_closes_is_left_with_telegram(send, receiver):
    """Another process gets it, or is told that the last seconds of this one were enough."""
    receiver.close()
    assert await send(question(1)) == 503
    assert int(send.headers["Retry-After"]) > 0


async def test_what_is_dropped_because_the_bot_stops_is_free_for_the_next_process(
    send, receiver, claims, state, monkeypatch
):
    monkeypatch.setattr(webhook_receiver, "LONGEST_HOLD", 10)
    delivery = asyncio.create_task(send(question(1)))
    await until(lambda: claims.is_under_way(1))
    receiver.close()
    claims.end(1, handled=False)
    assert await delivery == 503
    assert state.claim([1]) == {1}


async def test_no_body_is_larger_than_a_mebibyte(send, queue):
    whole = json.dumps(question(1)).encode()
    assert await send(whole + b" " * (MOST_BYTES - len(whole) - 1)) == 200
    assert await send(whole + b" " * (MOST_BYTES - len(whole) + 1)) == 413
    assert taken(queue) == [1]


async def test_a_body_of_unknown_length_is_measured_as_it_comes(listener, send, queue):
    host, port = listener.getsockname()
    reader, writer = await asyncio.open_connection(host, port)
    head = f"POST /on/record HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {SECRET[SECRET_HEADER]}\r\n"
    writer.write(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    for _ in range(17):
        writer.write(chunk)
    assert (await asyncio.wait_for(reader.readline(), 5)).startswith(b"HTTP/1.1 413 ")
    writer.close()
    assert taken(queue) == []


async def test_who_never_ends_a_delivery_is_not_waited_for(listener, send, monkeypatch):
    monkeypatch.setattr(webhook_receiver, "_PATIENCE", 0.05)
    reader, writer = await asyncio.open_connection(*listener.getsockname())
    head = f"POST /on/record HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {SECRET[SECRET_HEADER]}\r\n"
    writer.write(f"{head}Content-Length: 100\r\n\r\nhalf".encode())
    assert (await asyncio.wait_for(reader.readline(), 5)).startswith(b"HTTP/1.1 408 ")
    writer.close()


@pytest.mark.parametrize(
    "path", ["/", "/on/record/", "/on/recorD", "/on//record", "/on/record?x=1", "/on%2Frecord"]
)
async def test_no_other_path_takes_anything_in(send, queue, path):
    assert await send(question(1), path=path) == 404
    assert taken(queue) == []


@pytest.mark.parametrize(
    ("url", "path"),
    [
        (URL, "/on/record"),
        ("https://bot.example.org", "/"),
        ("https://bot.example.org/", "/"),
        ("https://bot.example.org:8443/a-b_c.d~/", "/a-b_c.d~/"),
    ],
)
def test_the_path_is_that_of_the_public_address(url, path):
    claims = Claims(State.open(None))
    assert WebhookReceiver(url, our_bot(), asyncio.Queue(), claims).path == path


@settings(max_examples=30)
@given(st.from_regex(r"\d{5,12}:[\w-]{30,60}", fullmatch=True))
def test_the_secret_is_derived_from_the_token_and_does_not_show_it(token):
    """Every process and machine agrees on it; it has the form that Telegram takes."""
    secret = secret_token(token)
    assert secret == secret_token(token)
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", secret)
    assert secret != secret_token(f"{token}0")
    assert not set(re.findall(r"[\w-]{6}", token)) & set(re.findall(r"(?=([\w-]{6}))", secret))
