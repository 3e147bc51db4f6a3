"""A web site on this machine, which answers as a test says and keeps what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from documents.opening.limits import Limits
from documents.opening.web import fetch

#: So long a test waits for a site that falls silent, at most.
LIMITS = Limits(link_seconds=0.6, quiet_seconds=0.3)

Answer = Callable[[Any], None]


class Site(ThreadingHTTPServer):
    """Answers each path as ``answers`` says, otherwise with 404."""

    daemon_threads = True

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        #: The path and the headers of each request.
        self.asked: list[tuple[str, dict[str, str]]] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    def url(self, path: str, host: str = "site.example") -> str:
        """Return the address of *path* here, under the name *host*."""
        return f"http://{host}:{self.server_address[1]}{path}"

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [path for path, _ in self.asked]

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that hang up are what is tested."""


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append((self.path, headers))
        self.server.answers.get(self.path, says(404))(self)

    def log_message(self, *_: object) -> None:
        pass


def says(status: int = 200, body: str = "", **headers: str) -> Answer:
    """Return an answer; "_" in a header's name stands for "-".

    With an ETag it answers 304 to who has that.
    """

    def given(handler: _Handler) -> None:
        known = headers.get("ETag")
        same = known is not None and handler.headers.get("If-None-Match") == known
        content = b"" if same else body.encode()
        handler.send_response(304 if same else status)
        for name, value in {"Content_Length": str(len(content)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return given


@contextmanager
def serving() -> Iterator[Site]:
    """Run a site while the context lasts."""
    site = Site()
    thread = threading.Thread(target=site.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()
        thread.join()


#: The program's own way to fetch, to this machine alone.
fetch_here = partial(fetch, limits=LIMITS, resolve=lambda _: ["127.0.0.1"], permit=lambda _: True)
