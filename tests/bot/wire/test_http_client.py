"""Calls to Telegram: what arrives, and what a fault tells without telling the token."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import io
import logging
import ssl
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import NetworkError, TimedOut
from telegram.ext import ExtBot
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter
from telegram_standin import Drop, ServerError, Slow, TelegramStandIn

from bot.wire import http_client
from bot.wire.http_client import AiohttpRequest, NeverSent, PerhapsReceived

TOKEN = "7000001:AAabcdefghijklmnopqrstuvwxyz0123456"
OK = b'{"ok":true,"result":true}'
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n" + OK

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(2) as opened:
        yield opened


@contextlib.asynccontextmanager
async def listening(behave: Behaviour) -> AsyncIterator[str]:
    """Serve sockets that do as *behave* says; yield an address with a token in it."""
    served: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        served.add(task := asyncio.current_task())  # type: ignore[arg-type]
        try:
            await behave(reader, writer)
        finally:
            writer.close()
            served.discard(task)  # type: ignore[arg-type]

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/bot{TOKEN}/getMe"
    finally:
        server.close()
        for task in list(served):
            task.cancel()
        await asyncio.gather(*served, return_exceptions=True)


async def read_call(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """Return the head and the body of one call."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-len")),
        0,
    )
    return head, await reader.readexactly(length)


async def answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        try:
            await read_call(reader)
        except asyncio.IncompleteReadError:
            return
        writer.write(ANSWER)


async def says_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_call(reader)
    await asyncio.sleep(30)


async def test_what_is_sent_arrives_and_what_is_answered_returns(telegram: TelegramStandIn):
    """In any script, with a keyboard, through the library's own bot."""
    amina = telegram.user("Amina")
    private = telegram.private_chat(amina)
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("آگے ›", callback_data="n:1")]])
    bot = ExtBot(telegram.token, base_url=telegram.base_url, request=AiohttpRequest())
    async with bot:
        text = "گوادر & <b>瓜达尔</b> 100% + ?=#"
        sent = await bot.send_message(
            private.id, text.replace("&", "&amp;"), parse_mode="HTML", reply_markup=keyboard
        )
    arrived = await telegram.reply(private)
    assert arrived.text == "گوادر & 瓜达尔 100% + ?=#"
    assert arrived.buttons == [["آگے ›"]]
    assert (sent.chat.id, sent.message_id) == (private.id, arrived.message_id)
    assert sent.text is None, "what was sent is read again, which takes longest of all"


async def test_of_a_message_in_a_topic_it_is_known_which(telegram: TelegramStandIn):
    """A link to it leads there, and to a message beneath no topic."""
    forum = telegram.group("Newsroom", forum=True)
    topic = telegram.topic(forum, "Ports")
    bot = ExtBot(telegram.token, base_url=telegram.base_url, request=AiohttpRequest())
    async with bot:
        told = await bot.send_message(forum.id, "Yes.", message_thread_id=topic.thread_id)
        plain = await bot.send_message(forum.id, "Yes.")
    assert (told.is_topic_message, told.message_thread_id) == (True, topic.thread_id)
    assert not plain.is_topic_message


async def test_a_file_is_carried_too(request_):
    """The bot sends none today; one that is sent tomorrow must not be dropped in silence."""
    file = InputFile(b"\x00record\xff" * 200_000, filename="record.jsonl")
    data = RequestData(
        [
            RequestParameter.from_input("document", file),
            RequestParameter.from_input("chat_id", 7),
        ]
    )
    received: list[bytes] = []

    async def keeps(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head, body = await read_call(reader)
        received.extend([head, body])
        writer.write(ANSWER)

    async with listening(keeps) as url:
        assert await request_.do_request(url, "POST", data) == (200, OK)
    head, body = received
    assert b"multipart/form-data" in head
    assert b"\x00record\xff" * 200_000 in body
    assert b'filename="record.jsonl"' in body
    assert b'name="chat_id"\r\n\r\n7\r\n' in body


async def test_one_connection_serves_one_call_after_another(request_):
    connections = 0

    async def counts(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await answers(reader, writer)

    async with listening(counts) as url:
        for _ in range(3):
            assert await request_.do_request(url, "POST") == (200, OK)
    assert connections == 1


async def test_a_connection_that_the_server_closed_is_not_used_again(request_):
    async def answers_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_call(reader)
        writer.write(ANSWER)  # and no word that it will close

    async with listening(answers_once) as url:
        for _ in range(3):
            assert await request_.do_request(url, "POST") == (200, OK)
            await asyncio.sleep(0.05)


async def test_an_idle_connection_is_given_up_before_the_server_would(monkeypatch):
    monkeypatch.setattr(http_client, "KEEP_ALIVE", 0.1)
    connections = 0

    async def counts(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await answers(reader, writer)

    async with listening(counts) as url, AiohttpRequest() as opened:
        await opened.do_request(url, "POST")
        await asyncio.sleep(0.2)
        await opened.do_request(url, "POST")
    assert connections == 2


async def test_a_call_that_is_cancelled_gives_its_connection_back(telegram: TelegramStandIn):
    """In a pool of one the next call would otherwise wait in vain, and polling would be over."""
    telegram.fail("getMe", Slow(5), times=3)
    bot = ExtBot(telegram.token, base_url=telegram.base_url, request=AiohttpRequest(1))
    await bot.request.initialize()
    for _ in range(3):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(bot.get_me(), 0.1)
    assert (await asyncio.wait_for(bot.get_me(), 2)).is_bot
    await bot.request.shutdown()


async def test_a_redirect_is_not_followed(request_):
    """The other place would be sent the token."""

    async def redirects(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head, _ = await read_call(reader)
        assert b"/elsewhere" not in head
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")

    async with listening(redirects) as url:
        fault = await fault_of(request_.do_request(url, "POST"))
    assert "302 Found" in str(fault)
    assert isinstance(fault.__cause__, NeverSent)


def test_only_servers_with_a_trusted_certificate_are_called():
    context = http_client._trusted()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.get_ca_certs(), "it trusts nobody"


async def test_without_being_opened_it_says_so():
    request = AiohttpRequest()
    with pytest.raises(RuntimeError, match="initialize"):
        await request.do_request("http://127.0.0.1:1/", "POST")
    await request.shutdown()


async def test_it_can_be_closed_and_opened_again():
    request = AiohttpRequest()
    async with listening(answers) as url:
        for _ in range(2):
            await request.initialize()
            await request.initialize()
            assert await request.do_request(url, "POST") == (200, OK)
            await request.shutdown()
            await request.shutdown()


# What a fault says: whether the call can have arrived, and nothing of the token.


async def closes_at_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    pass


async def reads_and_resets(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_call(reader)
    writer.transport.abort()


async def stops_in_mid_answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_call(reader)
    writer.write(ANSWER[:-5])


async def talks_nonsense(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_call(reader)
    writer.write(b"SSH-2.0-nonsense\r\n\r\n")


async def gives_up_as_a_gateway(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_call(reader)
    writer.write(b"HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n")


async def fault_of(call: Awaitable[Any]) -> NetworkError:
    """Return the fault that *call* ends in, after a look for the token in all that it says."""
    with pytest.raises(NetworkError) as caught:
        await call
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value)
    assert TOKEN.split(":")[1] not in told
    assert caught.value.__context__ is None, "what was caught may hold the address"
    return caught.value


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (closes_at_once, NetworkError),
        (reads_and_resets, NetworkError),
        (stops_in_mid_answer, NetworkError),
        (talks_nonsense, NetworkError),
        (gives_up_as_a_gateway, NetworkError),
        (says_nothing, TimedOut),
    ],
)
async def test_a_call_that_may_have_arrived_is_called_so(request_, behaviour, kind):
    async with listening(behaviour) as url:
        fault = await fault_of(request_.do_request(url, "POST", read_timeout=0.2))
    assert type(fault) is kind
    assert isinstance(fault.__cause__, PerhapsReceived)


class BrokenFile(io.BytesIO):
    """A file on a disk that has gone."""

    def read(self, _: int | None = -1) -> bytes:
        """Fail."""
        raise OSError(errno.EIO, "the disk has gone")


async def test_a_call_that_breaks_while_it_is_written_does_not_tell_the_token(request_):
    """The HTTP library then puts the address where the system's words belong."""
    file = InputFile(BrokenFile(b"words"), filename="words", read_file_handle=False)
    data = RequestData([RequestParameter.from_input("document", file)])
    async with listening(says_nothing) as url:
        fault = await fault_of(request_.do_request(url, "POST", data))
    assert "Input/output error" in str(fault)


@pytest.mark.parametrize(
    "url",
    [
        f"http://127.0.0.1:1/bot{TOKEN}/getMe",  # nobody listens
        f"http://[127.0.0.1/bot{TOKEN}/getMe",
        f"http:///bot{TOKEN}/getMe",
        f"ftp://127.0.0.1/bot{TOKEN}/getMe",
        f"http://127.0.0.1:99999/bot{TOKEN}/getMe",
        f"http://{'x' * 70}.example/bot{TOKEN}/getMe",
    ],
)
async def test_a_call_that_cannot_have_arrived_is_called_so(request_, url):
    fault = await fault_of(request_.do_request(url, "POST"))
    assert isinstance(fault.__cause__, NeverSent)


async def test_a_server_without_the_expected_certificate_is_sent_nothing(request_):
    received = b""

    async def listens(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal received
        received = await reader.read(65536)

    async with listening(listens) as url:
        address = url.replace("http://", "https://")
        fault = await fault_of(request_.do_request(address, "POST"))
    assert isinstance(fault.__cause__, NeverSent)
    assert TOKEN.encode() not in received


async def test_a_call_that_gets_no_connection_was_never_sent():
    async with listening(says_nothing) as url, AiohttpRequest(1) as opened:
        first = asyncio.create_task(opened.do_request(url, "POST"))
        await asyncio.sleep(0.05)
        second = opened.do_request(url, "POST", pool_timeout=0.05, connect_timeout=0.05)
        fault = await fault_of(second)
        first.cancel()
    assert isinstance(fault, TimedOut)
    assert isinstance(fault.__cause__, NeverSent)


async def test_a_call_that_cannot_be_written_ends_all_the_same(request_):
    """A server that takes nothing more would otherwise hold the call for ever."""

    async def takes_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    file = InputFile(bytes(16_000_000), filename="zeros")
    data = RequestData([RequestParameter.from_input("document", file)])
    async with listening(takes_nothing) as url:
        fault = await fault_of(
            request_.do_request(
                url,
                "POST",
                data,
                read_timeout=0.1,
                write_timeout=0.1,
                connect_timeout=0.1,
                pool_timeout=0.1,
            )
        )
    assert isinstance(fault, TimedOut)


@pytest.mark.parametrize("fault", [Drop(), Drop(after=True), ServerError(502), ServerError(500)])
async def test_a_fault_of_telegrams_is_a_network_error_and_the_next_call_succeeds(
    telegram: TelegramStandIn, fault, caplog
):
    bot = ExtBot(telegram.token, base_url=telegram.base_url, request=AiohttpRequest(1))
    async with bot:
        telegram.fail("getMe", fault)
        with pytest.raises(NetworkError):
            await bot.get_me()
        assert (await bot.get_me()).is_bot
    assert "<html>" not in caplog.text, "an error page is no news"


async def test_what_is_no_answer_of_telegrams_is_no_answer(request_):
    """Before the network is let in, a hotel answers everything: 200, and its own page."""
    for body in (b"<html>Welcome!</html>", b"[]", b'"ok"', b'{"ok":true}', b"\xff"):
        with pytest.raises(NetworkError, match="other than Telegram"):
            request_.parse_json_payload(body)
    assert request_.parse_json_payload(OK) == {"ok": True, "result": True}


# The environment's proxy.


@contextlib.asynccontextmanager
async def proxying(seen: list[bytes]) -> AsyncIterator[str]:
    """A proxy that answers by itself, and keeps what it was asked."""

    async def answers_itself(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head, _ = await read_call(reader)
        seen.append(head)
        writer.write(ANSWER)

    async with listening(answers_itself) as url:
        yield url.split("/")[2]


@pytest.mark.parametrize("name", ["HTTP_PROXY", "ALL_PROXY"])
async def test_the_environments_proxy_is_used_with_its_password(monkeypatch, name):
    seen: list[bytes] = []
    async with proxying(seen) as place:
        monkeypatch.delenv("REQUEST_METHOD", raising=False)
        monkeypatch.setenv(name.lower(), f"http://amina:secret@{place}")
        async with AiohttpRequest() as request:
            assert await request.do_request("http://telegram.example/x", "POST") == (200, OK)
    assert seen[0].startswith(b"POST http://telegram.example/x HTTP/1.1\r\n")
    assert b"Proxy-Authorization: Basic YW1pbmE6c2VjcmV0\r\n" in seen[0]


@pytest.mark.parametrize("status", [b"403 Forbidden", b"407 Auth Required", b"502 Bad Gateway"])
async def test_a_call_that_the_proxy_does_not_pass_on_was_never_sent(monkeypatch, status):
    """So it may be made again, even where a second message would be worse than none."""

    async def refuses(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head, _ = await read_call(reader)
        assert head.startswith(b"CONNECT telegram.example:443 "), "it was told more than the host"
        writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n")

    async with listening(refuses) as url:
        monkeypatch.setenv("https_proxy", f"http://{url.split('/')[2]}")
        async with AiohttpRequest() as request:
            address = f"https://telegram.example/bot{TOKEN}/sendMessage"
            fault = await fault_of(request.do_request(address, "POST"))
    assert isinstance(fault.__cause__, NeverSent)


async def test_a_call_to_a_proxy_that_is_not_there_was_never_sent(monkeypatch):
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")
    async with AiohttpRequest() as request:
        address = f"https://telegram.example/bot{TOKEN}/sendMessage"
        fault = await fault_of(request.do_request(address, "POST"))
    assert isinstance(fault.__cause__, NeverSent)


async def test_a_host_that_the_environment_excepts_is_called_directly(monkeypatch):
    seen: list[bytes] = []
    async with proxying(seen) as place, listening(answers) as url:
        monkeypatch.setenv("http_proxy", f"http://{place}")
        monkeypatch.setenv("no_proxy", "127.0.0.1,example.org")
        async with AiohttpRequest() as request:
            assert await request.do_request(url, "POST") == (200, OK)
    assert seen == []


async def test_a_sort_of_proxy_that_cannot_be_used_is_named_without_its_password(monkeypatch):
    monkeypatch.setenv("all_proxy", "socks5://amina:secret@127.0.0.1:1080")
    async with AiohttpRequest() as request:
        with pytest.raises(NetworkError, match="socks5") as caught:
            await request.do_request("https://telegram.example/x", "POST")
    assert "secret" not in "".join(traceback.format_exception(caught.value))


async def test_no_log_line_holds_the_token_even_when_asyncio_debugs(caplog):
    caplog.set_level(logging.DEBUG)
    asyncio.get_running_loop().set_debug(True)
    for behaviour in (answers, reads_and_resets, stops_in_mid_answer, says_nothing):
        async with listening(behaviour) as url, AiohttpRequest(1) as request:
            with contextlib.suppress(NetworkError):
                await request.do_request(url, "POST", read_timeout=0.05)
    asyncio.get_running_loop().set_debug(False)
    assert TOKEN.split(":")[1] not in caplog.text
