"""A link is fetched within limits, from where it may be, or refused in one line.

Only this machine is reached: its address is permitted by a guard that is given, where the real one
would refuse it.
"""

from __future__ import annotations

import datetime
import gzip
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from documents.model import Source, TryLater, Unreadable
from documents.opening.limits import Limits
from documents.opening.web import NotModified, fetch

PAGE = "<!doctype html><html><p>Good morning, é.</p></html>"
SMALL = Limits(file_bytes=100_000, link_seconds=2.0, quiet_seconds=0.5)

Answer = Callable[[Any], None]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def base(self) -> str:
        return f"http://site.example:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that hang up are what is tested."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append((self.path, headers))
        self.server.answers[self.path](self)

    def log_message(self, *_: object) -> None:
        pass


def answer(status: int = 200, body: bytes = b"", **headers: str) -> Answer:
    """Return an answer; "_" in a header's name stands for "-"."""

    def given(handler: _Handler) -> None:
        handler.send_response(status)
        told = {"Content_Length": str(len(body)), **headers}
        for name, value in told.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return given


@pytest.fixture
def site() -> Iterator[_Server]:
    server = _Server()
    serving = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    serving.start()
    yield server
    server.shutdown()
    server.server_close()
    serving.join()


def here(_: str) -> Sequence[str]:
    return ["127.0.0.1"]


def got(url: str, **given: Any) -> Source:
    kept = {"limits": SMALL, "resolve": here, "permit": lambda _: True, **given}
    source = fetch(url, **kept)
    assert isinstance(source, Source)
    return source


def refused(url: str, **given: Any) -> Unreadable:
    with pytest.raises(Unreadable) as error:
        got(url, **given)
    assert error.value.repair
    assert "\n" not in str(error.value)
    return error.value


def test_a_page_is_fetched_with_what_the_server_says_of_it(site: _Server) -> None:
    site.answers["/a?b=c"] = answer(
        200,
        PAGE.encode(),
        Content_Type="text/html; charset=UTF-8",
        ETag='"v1"',
        Last_Modified="Wed, 01 Jan 2025 00:00:00 GMT",
    )
    source = got(f"{site.base}/a?b=c#d")
    assert source.content == PAGE.encode()
    assert (source.content_type, source.charset) == ("text/html", "utf-8")
    assert source.name == source.url == f"{site.base}/a?b=c#d"
    assert source.fetched == datetime.datetime.now(datetime.UTC).date()
    assert (source.etag, source.last_modified) == ('"v1"', "Wed, 01 Jan 2025 00:00:00 GMT")
    ((_, headers),) = site.asked
    assert headers["host"] == site.base.removeprefix("http://")
    assert "OnRecord" in headers["user-agent"]
    assert not headers.keys() & {"cookie", "authorization", "referer"}


def test_what_did_not_change_is_not_sent_again(site: _Server) -> None:
    site.answers["/"] = answer(304)
    found = fetch(
        f"{site.base}/",
        etag='"v1"',
        last_modified="then",
        resolve=here,
        permit=lambda _: True,
        limits=SMALL,
    )
    assert found == NotModified(url=f"{site.base}/")
    ((_, headers),) = site.asked
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('"v1"', "then")
    refused(f"{site.base}/")


@pytest.mark.parametrize(
    ("packing", "packed"),
    [
        ("gzip", gzip.compress(PAGE.encode(), mtime=0)),
        (
            "x-gzip",
            gzip.compress(PAGE[:20].encode(), mtime=0) + gzip.compress(PAGE[20:].encode(), mtime=0),
        ),
        ("deflate", zlib.compress(PAGE.encode())),
        ("deflate", zlib.compress(PAGE.encode())[2:-4]),
        ("identity", PAGE.encode()),
    ],
)
def test_a_packed_answer_is_unpacked(site: _Server, packing: str, packed: bytes) -> None:
    site.answers["/"] = answer(200, packed, Content_Encoding=packing)
    assert got(f"{site.base}/").content == PAGE.encode()


def test_a_long_packed_answer_is_unpacked_whole(site: _Server) -> None:
    text = b"".join(b"%d " % number for number in range(15_000)) + b"\x00" * 10_000
    for packed in (zlib.compress(text), zlib.compress(text)[2:-4]):
        site.answers["/"] = answer(200, packed, Content_Encoding="deflate")
        assert got(f"{site.base}/").content == text


@pytest.mark.parametrize(
    ("body", "headers", "what"),
    [
        (b"x" * 100_001, {}, "more than 100 kB"),
        (
            gzip.compress(b"x" * 3_000_000, mtime=0),
            {"Content_Encoding": "gzip"},
            "more than 100 kB",
        ),
        (gzip.compress(PAGE.encode(), mtime=0)[:-9], {"Content_Encoding": "gzip"}, "only a part"),
        (b"no gzip at all", {"Content_Encoding": "gzip"}, "damaged"),
        (b"x", {"Content_Encoding": "br"}, "not asked for"),
        (gzip.compress(b"x", mtime=0), {"Content_Encoding": "gzip, gzip"}, "not asked for"),
        (b"short", {"Content_Length": "50"}, "only a part"),
    ],
)
def test_a_body_that_is_too_long_or_damaged_is_refused(
    site: _Server, body: bytes, headers: dict[str, str], what: str
) -> None:
    site.answers["/"] = answer(200, body, **headers)
    assert what in refused(f"{site.base}/").what


def test_a_body_without_end_is_left(site: _Server) -> None:
    def endless(handler: _Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 10_000)

    site.answers["/"] = endless
    began = time.monotonic()
    assert "more than 100 kB" in refused(f"{site.base}/").what
    assert time.monotonic() - began < 2


def _drips(handler: _Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x")
        time.sleep(0.05)


def _drips_headers(handler: _Handler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
    while True:
        handler.wfile.write(b"x")
        time.sleep(0.05)


def _is_silent(handler: _Handler) -> None:
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
    time.sleep(5)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("slow", "least", "most"), [(_drips, 1.9, 4), (_drips_headers, 1.9, 4), (_is_silent, 0.4, 1.9)]
)
def test_a_slow_site_is_left(site: _Server, slow: Answer, least: float, most: float) -> None:
    """No byte sets the clock back; silence is given up sooner."""
    site.answers["/"] = slow
    began = time.monotonic()
    assert "took over 2 s" in refused(f"{site.base}/").what
    assert least < time.monotonic() - began < most


def test_a_redirect_is_followed(site: _Server) -> None:
    site.answers["/a"] = answer(301, Location="/b/c")
    site.answers["/b/c"] = answer(302, Location="../d/é".encode().decode("latin-1"))
    site.answers["/d/%C3%A9"] = answer(200, PAGE.encode())
    source = got(f"{site.base}/a")
    assert source.name == f"{site.base}/a"
    assert source.url == f"{site.base}/d/é"


def test_redirects_without_end_are_left(site: _Server) -> None:
    site.answers["/"] = answer(302, Location="/")
    assert "more than 5 times" in refused(f"{site.base}/").what
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    "place",
    [
        "http://10.0.0.1/",
        "http://[::ffff:127.0.0.1]:{port}/secret",
        "http://127.0.0.1:{port}/secret",
        "http://127.1:{port}/secret",
        "//inner.example:{port}/secret",
        "file:///etc/passwd",
        "http://user@site.example:{port}/secret",
        "http://site.example:25/",
    ],
)
def test_each_redirect_is_checked_like_the_link(site: _Server, place: str) -> None:
    """Only site.example may be reached; the other addresses, and names, are of this machine too."""
    port = site.server_address[1]
    site.answers["/"] = answer(302, Location=place.format(port=port))
    site.answers["/secret"] = answer(200, b"secret")
    known = {"site.example": ["127.0.0.1"]}
    refused(
        f"{site.base}/",
        resolve=lambda host: known.get(host, ["127.0.0.2"]),
        permit=lambda address: address == "127.0.0.1",
    )
    assert [path for path, _ in site.asked] == ["/"]


def test_this_machine_is_refused_by_the_real_guard(site: _Server) -> None:
    port = site.server_address[1]
    for host in ("127.0.0.1", "[::ffff:127.0.0.1]", "localhost", "2130706433"):
        with pytest.raises(Unreadable, match=r"no public site|no site is known"):
            fetch(f"http://{host}:{port}/", limits=SMALL)
    assert site.asked == []


def test_a_name_is_resolved_once_and_the_address_that_was_checked_is_used(site: _Server) -> None:
    """A second answer that leads elsewhere (DNS rebinding) is never asked for."""
    site.answers["/"] = answer(200, PAGE.encode())
    answers = iter([["127.0.0.1"]])
    checked: list[str] = []

    def note(address: str) -> bool:
        checked.append(address)
        return True

    assert got(f"{site.base}/", resolve=lambda _: next(answers), permit=note)
    assert checked == ["127.0.0.1"]


def test_the_proxies_of_the_environment_are_not_used(
    site: _Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    site.answers["/"] = answer(200, PAGE.encode())
    assert got(f"{site.base}/")


@pytest.mark.parametrize(
    ("status", "body", "what"),
    [
        (401, b"", "password"),
        (403, b"Forbidden", "does not give it to programs"),
        (404, b"", "nothing at this address"),
        (410, b"", "taken down"),
        (418, b"", "refuses it (418)"),
        (429, b"", "less often"),
        (500, b"", "out of order (500)"),
        (503, b"maintenance", "out of order (503)"),
        (302, b"", "refuses it (302)"),
        (403, b"<html><title>Just a moment...</title>", "robot check"),
        (503, b"<html>Checking your browser before accessing", "robot check"),
        (429, b"<html>Please solve the CAPTCHA", "robot check"),
        (202, b"<html><script>window.gokuProps = {}", "robot check"),
        (200, b"<html><script src='/_Incapsula_Resource?x'>", "robot check"),
        (404, b"\x1f\x8b no gzip", "nothing at this address"),
        (403, gzip.compress(b"<html>" + b" " * 200_000, mtime=0), "does not give it to programs"),
    ],
)
def test_a_status_is_told_in_one_line(site: _Server, status: int, body: bytes, what: str) -> None:
    packed = {"Content_Encoding": "gzip"} if body.startswith(b"\x1f") else {}
    site.answers["/"] = answer(status, body, **packed)
    assert what in refused(f"{site.base}/").what


def test_a_robot_check_is_known_by_its_header(site: _Server) -> None:
    site.answers["/"] = answer(403, b"", Cf_Mitigated="challenge")
    error = refused(f"{site.base}/")
    assert "robot check" in error.what
    assert "browser" in error.repair


def test_a_statement_about_robots_is_no_robot_check(site: _Server) -> None:
    told = "<html><p>Asked “are you a robot?”, she laughed.</p>" + "<p>Then she spoke.</p>" * 2000
    site.answers["/"] = answer(200, told.encode())
    assert got(f"{site.base}/").content == told.encode()


def test_a_site_that_is_not_there_is_told() -> None:
    assert "does not answer" in refused("http://site.example:1024/").what


def test_an_answer_that_is_no_http_is_told(site: _Server) -> None:
    site.answers["/"] = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH\r\n")
    assert "cannot be understood" in refused(f"{site.base}/").what


def test_a_certificate_is_asked_for(site: _Server) -> None:
    """A server that speaks no TLS does not get a plain request instead."""
    port = site.server_address[1]
    refused(f"https://site.example:{port}/")
    assert site.asked == []


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("120", 120, 120),
        (" 0 ", 0, 0),
        ("9" * 400, 999_999_999, 999_999_999),
        (+3600, 3500, 3600),
        (-3600, 0, 0),
        ("soon", 0, 0),
        ("-5", 0, 0),
        ("٣", 0, 0),
        ("Fri, 99 Foo 9999999 00:00:00 GMT", 0, 0),
    ],
    ids=["seconds", "none", "many", "ahead", "past", "word", "less", "digit", "no day"],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_site_says_for_how_long_to_leave_it_alone(
    site: _Server, status: int, said: str | int, least: float, most: float
) -> None:
    """In seconds, or as a date: here so many seconds from now."""
    if isinstance(said, int):
        said = formatdate(time.time() + said, usegmt=True)
    site.answers["/"] = answer(status, b"", Retry_After=said.encode().decode("latin-1"))
    error = refused(f"{site.base}/")
    assert isinstance(error, TryLater)
    assert least <= error.seconds <= most


def test_what_is_gone_asks_for_no_patience(site: _Server) -> None:
    site.answers["/"] = answer(404, b"", Retry_After="120")
    assert not isinstance(refused(f"{site.base}/"), TryLater)
