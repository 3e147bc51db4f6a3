"""Why Telegram cannot be reached, in words that tell what to repair, and never the token."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
import socket
import ssl
import subprocess
import traceback
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram.error import NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.wire import http_client
from bot.wire.http_client import AiohttpRequest
from bot.wire.obstacles import Obstacle, Place, in_trouble, shown
from bot.wire.reachability import Reachability

SECRET = "AAabcdefghijklmnopqrstuvwxyz0123456"
TOKEN = f"7000001:{SECRET}"
TELEGRAM = f"https://api.telegram.org/bot{TOKEN}/getMe"
VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "ssl_cert_file", "ssl_cert_dir")


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    http_client._trusted.cache_clear()
    yield
    http_client._trusted.cache_clear()


@contextlib.asynccontextmanager
async def answering(answer: bytes, context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Serve a port that answers every request with *answer*, or closes if that is empty."""
    served: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        served.add(asyncio.current_task())  # type: ignore[arg-type]
        with contextlib.suppress(ConnectionError):
            _, path, *_ = [*(await reader.read(65536)).split(), b"", b""]
            writer.write(answer.replace(b"PATH", path))
            await writer.drain()
        writer.close()
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await asyncio.wait_for(asyncio.gather(*served), 5)


def response(status: bytes, body: bytes = b"") -> bytes:
    """Return an answer that ends with the connection; PATH in it is what was asked for."""
    return b"HTTP/1.1 " + status + b"\r\nConnection: close\r\n\r\n" + body


async def obstacle_to(url: str, caplog: pytest.LogCaptureFixture) -> Obstacle:
    """Return what is in the way of a call of *url*; nothing that is told holds a secret."""
    caplog.set_level(logging.DEBUG)
    reachability = Reachability()
    request = AiohttpRequest(1, reachability=reachability)
    with pytest.raises(NetworkError) as caught:
        async with request:
            await request.do_request(url, "POST", read_timeout=0.5, connect_timeout=0.5)
    assert reachability.obstacle is not None
    obstacle = reachability.obstacle
    told = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + repr(obstacle)
    for secret in (SECRET, "hush", "amina"):
        assert secret not in told + caplog.text
    assert str(caught.value) == obstacle.reason
    assert "BotFather" not in obstacle.repair
    assert not obstacle.repair.endswith(".")
    return obstacle


@pytest.mark.parametrize("scheme", ["socks5", "socks5h", "socks4", "ftp"])
@pytest.mark.parametrize("name", ["ALL_PROXY", "HTTPS_PROXY", "https_proxy"])
async def test_a_sort_of_proxy_that_cannot_be_used(monkeypatch, caplog, scheme, name):
    monkeypatch.setenv(name, f"{scheme}://amina:hush@127.0.0.1:1080")
    obstacle = await obstacle_to(TELEGRAM, caplog)
    assert obstacle.reason == f"a {scheme} proxy ({name}) cannot be used, only an http one"
    assert name in obstacle.repair


@pytest.mark.parametrize(
    "value",
    [
        "http://",
        "http://proxy.example:port",
        "http://proxy.example:99999",
        "http://[::1",
        "amina:hush",
        f"http://{TOKEN}",
        TOKEN,
        f"://{SECRET}",
    ],
)
async def test_what_is_no_address_of_a_proxy(monkeypatch, caplog, value):
    monkeypatch.setenv("HTTPS_PROXY", value)
    obstacle = await obstacle_to(TELEGRAM, caplog)
    assert obstacle.reason == "HTTPS_PROXY is not the address of a proxy"


async def test_a_proxy_that_is_not_there(monkeypatch, caplog):
    monkeypatch.setenv("HTTPS_PROXY", f"http://amina:hush@127.0.0.1:1/{TOKEN}")
    obstacle = await obstacle_to(TELEGRAM, caplog)
    assert obstacle.reason == "the proxy 127.0.0.1:1 (HTTPS_PROXY) refuses the connection"
    assert "HTTPS_PROXY" in obstacle.repair


@pytest.mark.parametrize("value", ["http://amina:hush@proxy.invalid:3128", "proxy.invalid:3128"])
async def test_a_proxy_whose_name_is_not_known(monkeypatch, caplog, value):
    monkeypatch.setenv("HTTPS_PROXY", value)
    obstacle = await obstacle_to(TELEGRAM, caplog)
    assert obstacle.reason.startswith("the name of the proxy proxy.invalid:3128 (HTTPS_PROXY) is")
    assert "HTTPS_PROXY" in obstacle.repair


@pytest.mark.parametrize(
    ("status", "user", "said", "repair"),
    [
        (b"407 Who are you", "", "wants a user name and a password", "http://user:password@"),
        (b"407 Who are you", "amina:hush@", "does not accept the user name", "HTTPS_PROXY"),
        (b"403 No", "amina:hush@", "does not pass calls on to api.telegram.org:443 (403 Forbidden)",
         "let api.telegram.org:443 through"),
        (b"502 Bad", "", "(502 Bad Gateway)", "let api.telegram.org:443 through"),
        (b"299 Odd", "", "(299)", "let api.telegram.org:443 through"),
    ],
)  # fmt: skip
async def test_a_proxy_that_does_not_pass_calls_on(
    *, monkeypatch, caplog, status, user, said, repair
):
    async with answering(response(status)) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{user}127.0.0.1:{port}")
        obstacle = await obstacle_to(TELEGRAM, caplog)
    assert obstacle.reason.startswith(f"the proxy 127.0.0.1:{port} (HTTPS_PROXY) ")
    assert said in obstacle.reason
    assert repair in obstacle.repair


@pytest.mark.parametrize("status", [b"407 Who are you", b"403 No", b"503 Later"])
async def test_a_proxy_that_answers_itself_before_a_server_without_tls(monkeypatch, caplog, status):
    """It is not CONNECT that it refuses then, and its page holds the whole address."""
    async with answering(response(status, b"<p>PATH is not for you</p>")) as port:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{port}")
        obstacle = await obstacle_to(f"http://api.example/bot{TOKEN}/getMe", caplog)
    assert f"the proxy 127.0.0.1:{port} (HTTP_PROXY)" in obstacle.reason


async def test_a_proxy_that_is_called_with_tls_and_has_none(monkeypatch, caplog):
    """A frequent slip: the variable is called HTTPS_PROXY, and the address is not https."""
    async with answering(response(b"200 OK")) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"https://127.0.0.1:{port}")
        obstacle = await obstacle_to(TELEGRAM, caplog)
    assert f"no TLS connection to the proxy 127.0.0.1:{port}" in obstacle.reason
    assert "http://" in obstacle.repair


async def test_a_name_that_is_not_known(caplog):
    obstacle = await obstacle_to(f"https://telegram.invalid:8081/bot{TOKEN}/getMe", caplog)
    assert obstacle.reason.startswith("the name telegram.invalid is not known (")
    assert "DNS" in obstacle.repair
    assert "“api”" in obstacle.repair


async def test_a_port_where_nothing_listens(caplog):
    obstacle = await obstacle_to(f"http://127.0.0.1:1/bot{TOKEN}/getMe", caplog)
    assert obstacle.reason == "nothing listens at 127.0.0.1:1 (connection refused)"
    assert "“api”" in obstacle.repair


@pytest.mark.parametrize(
    "url",
    [
        f"http://[127.0.0.1/bot{TOKEN}/getMe",
        f"http:///bot{TOKEN}/getMe",
        f"ftp://127.0.0.1/bot{TOKEN}/getMe",
        f"http://127.0.0.1:99999/bot{TOKEN}/getMe",
        f"https://{TOKEN}/bot{TOKEN}/getMe",
        f"http://{'x' * 70}.example/bot{TOKEN}/getMe",
    ],
)
async def test_an_address_that_is_none(caplog, url):
    obstacle = await obstacle_to(url, caplog)
    assert obstacle.reason == "the address in “api” is none"


async def test_a_host_that_may_be_a_secret_is_not_repeated(caplog):
    obstacle = await obstacle_to(f"https://{SECRET}.invalid/bot{TOKEN}/getMe", caplog)
    assert obstacle.reason.startswith("the name ….invalid is not known")
    assert SECRET.lower() not in obstacle.reason


async def test_a_certificate_that_is_not_trusted(monkeypatch, caplog, certificate):
    """As where a proxy looks into TLS; named in SSL_CERT_FILE, it is trusted."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    async with answering(response(b"200 OK", b'{"ok":true,"result":true}'), context) as port:
        url = f"https://127.0.0.1:{port}/bot{TOKEN}/getMe"
        obstacle = await obstacle_to(url, caplog)
        assert obstacle.reason.startswith(f"the certificate of 127.0.0.1:{port} is not trusted (")
        assert "SSL_CERT_FILE" in obstacle.repair
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        http_client._trusted.cache_clear()
        async with AiohttpRequest(1) as request:
            assert (await request.do_request(url, "POST"))[0] == 200
        obstacle = await obstacle_to(url.replace("127.0.0.1", "localhost"), caplog)
        assert "Hostname mismatch" in obstacle.reason
        assert "“api”" in obstacle.repair


@pytest.mark.parametrize("content", [None, "no certificates"])
async def test_certificates_that_cannot_be_read(monkeypatch, caplog, tmp_path, content):
    file = tmp_path / TOKEN
    if content:
        file.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    obstacle = await obstacle_to(TELEGRAM, caplog)
    assert obstacle.reason == "SSL_CERT_FILE names no file of certificates that can be read"


async def test_a_server_that_does_not_answer_in_time(caplog):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        obstacle = await obstacle_to(f"http://127.0.0.1:{port}/bot{TOKEN}/getMe", caplog)
    assert obstacle.reason == f"127.0.0.1:{port} did not answer in time"


async def test_a_server_that_closes_without_an_answer(caplog):
    async with answering(b"") as port:
        obstacle = await obstacle_to(f"http://127.0.0.1:{port}/bot{TOKEN}/getMe", caplog)
    assert obstacle.reason == f"127.0.0.1:{port} closed the connection without an answer"


@pytest.mark.parametrize(
    "answer",
    [
        response(b"200 OK", b"<html>Welcome to the hotel! You wanted PATH</html>"),
        response(b"302 Found", b"PATH"),
        response(b"401 Unauthorized", b"PATH"),
        response(b"404 Not Found", b"PATH was not found on this server"),
        response(b"404 Not Found", b'{"detail":"PATH not found"}'),
        response(b"403 Forbidden", b"[]"),
        response(b"200 OK", b'"PATH"'),
        response(b"200 OK", b"[" * 100_000),
        b"SSH-2.0-OpenSSH\r\n\r\n",
    ],
)
async def test_something_other_than_a_bot_api_server_that_answers(caplog, answer):
    """It says nothing about the token, and is no refusal by a chat."""
    async with answering(answer) as port:
        obstacle = await obstacle_to(f"http://127.0.0.1:{port}/bot{TOKEN}/getMe", caplog)
    assert obstacle.reason.startswith(f"something other than Telegram answers at 127.0.0.1:{port}")
    assert "“api”" in obstacle.repair


@pytest.mark.parametrize("status", [b"500 Oh", b"502 Oh", b"504 Oh"])
async def test_a_server_in_trouble(caplog, status):
    async with answering(response(status, b"PATH")) as port:
        reachability = Reachability()
        async with AiohttpRequest(1, reachability=reachability) as request:
            with pytest.raises(NetworkError) as caught:
                await request.do_request(f"http://127.0.0.1:{port}/bot{TOKEN}/getMe", "POST")
    assert SECRET not in repr(caught.value)
    assert reachability.obstacle is not None
    assert reachability.obstacle.reason.startswith(
        f"127.0.0.1:{port} answers {status[:3].decode()} "
    )


def test_telegrams_own_trouble_is_nothing_to_repair():
    obstacle = in_trouble(502, Place("api.telegram.org", 443))
    assert obstacle.reason == "Telegram's own servers answer 502 Bad Gateway"
    assert obstacle.repair.startswith("Wait")


async def test_a_refusal_by_telegram_is_an_answer(telegram):
    reachability = Reachability()
    request = AiohttpRequest(1, reachability=reachability)
    wrong = f"{TOKEN[:-1]}7"
    bot = ExtBot(wrong, base_url=telegram.base_url, request=request)
    await request.initialize()
    with pytest.raises(TelegramError, match="Unauthorized"):
        await bot.get_me()
    await request.shutdown()
    assert reachability.obstacle is None


@pytest.mark.parametrize(
    "name", [TOKEN, TOKEN.replace(":", "%3A"), f"x{SECRET}", f"a.{SECRET}.example", "7000001:hush"]
)
def test_no_name_that_is_shown_is_a_secret(name):
    assert SECRET not in shown(name)
    assert "hush" not in shown(name)


def test_a_name_that_is_shown_commands_no_terminal_and_fills_no_screen():
    assert shown("a\x1b[31m\n.example") == "…"
    assert len(shown("ab." * 5000)) <= 80
    assert shown("proxy.example.org") == "proxy.example.org"
    assert str(Place("2001:db8::1", 8081)) == "[2001:db8::1]:8081"


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a PEM file with a certificate for 127.0.0.1 that only itself vouches for."""
    path = tmp_path_factory.mktemp("certificate") / "own.pem"
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl, which makes a certificate, is not installed")
    subprocess.run(
        [
            *(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", path, "-out", path.with_suffix(".crt")),
        ],
        check=True,
        capture_output=True,
    )
    with path.open("ab") as whole:
        whole.write(path.with_suffix(".crt").read_bytes())
    return path
