"""The port that is listened on: what it says of the bot's health, and how it opens and closes."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot

from bot.configuration import Configuration, ConfigurationError
from bot.health import Health
from bot.state.state import State
from bot.wire import http_connections
from bot.wire import http_server as http_server_module
from bot.wire.claims import Claims
from bot.wire.http_client import AiohttpRequest
from bot.wire.http_server import DEFAULT_LISTEN, HttpServer, HttpServerUpdater, open_listener
from bot.wire.webhook_receiver import WebhookReceiver

WELL = Health(
    paragraphs=53, index_age=12.34, uptime=99.96, silence=3.21, waiting=2, longest_silence=180
)

BOT = Bot("7:x", request=AiohttpRequest(), get_updates_request=AiohttpRequest())

Opened = Callable[..., contextlib.AbstractAsyncContextManager[str]]


@pytest.fixture
def opened(listener: socket.socket) -> Opened:
    """Return what serves a health, and gives the address."""

    @contextlib.asynccontextmanager
    async def open_one(
        health: Callable[[], Health] = lambda: WELL, **more: Any
    ) -> AsyncIterator[str]:
        http_server = HttpServer(listener, health, **more)
        await http_server.open()
        try:
            yield "http://127.0.0.1:{1}".format(*listener.getsockname())
        finally:
            await http_server.close()

    return open_one


async def asked(url: str, method: str = "GET") -> tuple[int, Any]:
    """Return the status and the JSON, or the text, of what is at *url*."""
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, url) as response,
    ):
        assert response.headers["Server"] == "onrecord", "the library told its version"
        if response.content_type == "application/json" and method != "HEAD":
            assert response.headers["Cache-Control"] == "no-store"
            return response.status, await response.json()
        return response.status, await response.text()


async def test_it_tells_how_the_bot_is_in_figures(opened):
    async with opened() as base:
        assert await asked(f"{base}/healthz") == (
            200,
            {
                "status": "ok",
                "paragraphs": 53,
                "index_age": 12.3,
                "uptime": 100.0,
                "silence": 3.2,
                "waiting": 2,
            },
        )
        assert await asked(f"{base}/healthz", "HEAD") == (200, "")


@pytest.mark.parametrize(
    ("health", "status"),
    [(replace(WELL, silence=120), "silent"), (replace(WELL, trouble="displaced"), "displaced")],
)
async def test_a_bot_that_is_not_well_says_so_by_503_as_well(opened, health, status):
    async with opened(lambda: health) as base:
        code, said = await asked(f"{base}/healthz")
    assert (code, said["status"]) == (503, status)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/healthz/"),
        ("GET", "/healthz?x"),
        ("POST", "/healthz"),
        ("POST", "/"),
        ("GET", "/hook"),
        ("DELETE", "/hook"),
        ("GET", "/../../etc/passwd"),
        ("OPTIONS", "/healthz"),
    ],
)
async def test_there_is_nothing_else(opened, method, path):
    claims = Claims(State.open(None))
    receiver = WebhookReceiver("https://bot.example.org/hook", BOT, asyncio.Queue(), claims)
    async with opened(receiver=receiver) as base:
        assert await asked(base + path, method) == (404, "")


async def test_nothing_is_taken_in_without_a_webhook(opened):
    async with opened() as base:
        assert await asked(f"{base}/hook", "POST") == (404, "")


async def test_what_is_no_http_is_refused_and_not_logged(opened, listener, caplog):
    """Whoever scans ports must not fill the log with what he likes."""
    caplog.set_level(logging.DEBUG)
    async with opened():
        for nonsense in (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", b"GET\r\n\r\n", b"A: B\r\n\r\n"):
            reader, writer = await asyncio.open_connection(*listener.getsockname())
            writer.write(nonsense)
            said = await asyncio.wait_for(reader.read(), 5)
            assert said.startswith(b"HTTP/1.0 400 ")
            head, _, page = said.lower().partition(b"\r\n\r\n")
            assert b"server: onrecord" in head
            assert b"aiohttp" not in said.lower(), "the library told its name"
            assert b"python" not in said.lower()
            assert page == b""
            writer.close()
    assert {one.levelno for one in caplog.records} <= {logging.DEBUG, logging.INFO}


HALVES = [
    b"",
    b"GET /hea",
    b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ",
    b"POST / HTTP/1.1\r\nHost: a\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET /healthz HTTP/1.1\r\nHo",
]


@pytest.mark.parametrize("half", HALVES)
async def test_a_head_that_does_not_end_is_not_waited_for(opened, listener, monkeypatch, half):
    """Neither at once, nor where the rest comes a byte at a time."""
    monkeypatch.setattr(http_connections, "HEAD_SECONDS", 0.3)
    async with opened():
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        writer.write(half)

        async def drip() -> None:
            with contextlib.suppress(ConnectionError):
                while half and not writer.is_closing():
                    writer.write(b"x")
                    await writer.drain()
                    await asyncio.sleep(0.05)

        dripping = asyncio.create_task(drip())
        said = b""
        # Closed with bytes unread, the connection is reset.
        with contextlib.suppress(ConnectionError):
            while more := await asyncio.wait_for(reader.read(1000), 3):
                said += more
        assert said.count(b"200 OK") == half.count(b"\r\n\r\n")
        writer.close()
        await dripping


async def test_a_connection_that_is_kept_may_be_silent_between_requests(
    opened, listener, monkeypatch
):
    """Proxies keep theirs for minutes."""
    monkeypatch.setattr(http_connections, "HEAD_SECONDS", 0.2)
    async with opened():
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        for _ in range(3):
            writer.write(b"GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n")
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
            assert b" 404 " in head.partition(b"\r\n")[0]
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            await asyncio.sleep(0.4)
        writer.close()


async def test_more_connections_than_there_is_room_for_are_closed_at_once(
    opened, listener, monkeypatch
):
    """The others go on, and their places are free again when they end."""
    monkeypatch.setattr(http_connections, "MOST_CONNECTIONS", 4)
    async with opened() as base, contextlib.AsyncExitStack() as held:
        for _ in range(4):
            _, writer = await asyncio.open_connection(*listener.getsockname())
            held.callback(writer.close)
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        assert await asyncio.wait_for(reader.read(), 5) == b""
        writer.close()
        await held.aclose()
        await asyncio.sleep(0.1)
        assert (await asked(f"{base}/healthz"))[0] == 200


async def test_a_mistake_of_ours_is_answered_by_500_and_logged(opened, caplog):
    """Telegram then brings the update again."""

    def health() -> Health:
        raise ValueError("out of order")

    async with opened(health) as base:
        assert await asked(f"{base}/healthz") == (500, "")
    assert "a request could not be answered" in caplog.text
    assert "out of order" in caplog.text


async def test_it_tells_once_it_is_open(opened, caplog):
    caplog.set_level(logging.INFO)
    told: list[bool] = []
    async with opened(on_ready=lambda: told.append(True)) as base:
        assert told == [True]
    assert f"listening on {base.removeprefix('http://')}" in caplog.text


class SlowReceiver(WebhookReceiver):
    """Takes its time."""

    async def receive(self, request: web.BaseRequest) -> web.Response:
        """Answer after a while."""
        await asyncio.sleep(0.2)
        return web.Response(status=201)


async def test_closing_answers_what_is_under_way_and_accepts_nothing_more(listener):
    claims = Claims(State.open(None))
    receiver = SlowReceiver("https://bot.example.org/hook", BOT, asyncio.Queue(), claims)
    http_server = HttpServer(listener, lambda: WELL, receiver)
    await http_server.open()
    address = listener.getsockname()
    url = "http://{}:{}/hook".format(*address)
    slow = [asyncio.create_task(asked(url, "POST")) for _ in range(20)]
    await asyncio.sleep(0.1)
    assert http_server.is_open
    await http_server.close()
    assert not http_server.is_open
    assert [await one for one in slow] == [(201, "")] * 20
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(*address)
    await http_server.close()  # once more does no harm


async def test_closing_still_answers_a_caller_who_was_let_in(listener):
    """Its connection was accepted; only the request is not there yet."""
    http_server = HttpServer(listener, lambda: WELL)
    await http_server.open()
    reader, writer = await asyncio.open_connection(*listener.getsockname())
    closing = asyncio.create_task(http_server.close())
    await asyncio.sleep(0.05)
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
    answer = await asyncio.wait_for(reader.read(), 5)
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"\r\nConnection: close\r\n" in answer
    writer.close()
    await closing


async def test_a_caller_who_says_nothing_does_not_hold_up_the_closing(listener, monkeypatch):
    monkeypatch.setattr(http_server_module, "_LAST_CALL", 0.1)
    http_server = HttpServer(listener, lambda: WELL)
    await http_server.open()
    reader, writer = await asyncio.open_connection(*listener.getsockname())
    await asyncio.wait_for(http_server.close(), 1)
    assert await reader.read() == b""
    writer.close()


async def test_the_librarys_updater_opens_and_closes_it(listener):
    """Its options are those of a server of the library's own, and mean nothing here."""
    queue: asyncio.Queue[object] = asyncio.Queue()
    updater = HttpServerUpdater(BOT, queue, HttpServer(listener, lambda: WELL))
    assert not updater.running
    assert await updater.start_webhook(listen="127.0.0.2", port=1, url_path="x") is queue
    assert updater.running
    assert (await asked("http://127.0.0.1:{1}/healthz".format(*listener.getsockname())))[0] == 200
    await updater.stop()
    assert not updater.running


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_it_listens_where_it_is_told(host):
    if host == "[::1]" and not socket.has_dualstack_ipv6():
        pytest.skip("there is no IPv6 here")
    port = free_port()
    listener = open_listener(Configuration(listen=f"{host}:{port}"))
    assert listener
    with listener, socket.create_connection((host.strip("[]"), port)):
        pass


def test_without_a_webhook_it_listens_only_if_told_to():
    assert open_listener(Configuration()) is None


def test_with_a_webhook_it_listens_on_this_machine_alone(monkeypatch):
    monkeypatch.setattr(http_server_module, "DEFAULT_LISTEN", f"127.0.0.1:{free_port()}")
    listener = open_listener(Configuration(webhook="https://bot.example.org/"))
    assert listener
    with listener:
        assert listener.getsockname()[0] == "127.0.0.1"
    assert DEFAULT_LISTEN == "127.0.0.1:8080"


@pytest.mark.parametrize(
    "listen",
    ["192.0.2.1:8080", "no.such.host.example:8080"],
)
def test_an_address_that_is_not_ours_is_named(listen):
    with pytest.raises(ConfigurationError) as refused:
        open_listener(Configuration(listen=listen))
    assert str(refused.value).startswith(f"listen: {listen}: ")
    assert "--listen" in refused.value.repair


def test_a_port_that_is_taken_is_named(listener):
    port = listener.getsockname()[1]
    with pytest.raises(ConfigurationError, match=rf"^listen: 127\.0\.0\.1:{port}: Address already"):
        open_listener(Configuration(listen=f"127.0.0.1:{port}"))


def test_several_workers_need_a_webhook():
    """Only one program can poll."""
    with pytest.raises(ConfigurationError, match="--webhook"):
        open_listener(Configuration(workers=2, listen=f"127.0.0.1:{free_port()}"))


def test_several_workers_need_a_system_that_can_fork(monkeypatch):
    monkeypatch.delattr(os, "fork")
    with pytest.raises(ConfigurationError, match="cannot fork"):
        open_listener(Configuration(workers=2, webhook="https://bot.example.org/"))
