"""One connection of the HTTP server: how long a request may take, and how many there may be.

The library waits for the rest of a request's head as long as its sender likes, takes any number of
connections, and answers what is no HTTP with a page that names it. What a request is answered is
left to ``http_server``.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

#: Seconds in which the head of a request must be there. Telegram and proxies send it at once.
HEAD_SECONDS = 20.0
#: Connections that are kept. Telegram opens at most 100 at a time.
MOST_CONNECTIONS = 256

# aiohttp logs a request that is no HTTP with a traceback and the bytes that came.
_silent_logger = logging.getLogger(f"{__name__}.library")
_silent_logger.addHandler(logging.NullHandler())
_silent_logger.propagate = False


class Server(web.Server):
    """Makes the connections; the *options* are those of the library's."""

    def __init__(
        self, answer: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]], **options: Any
    ) -> None:
        """Have *answer* answer each request."""
        self.options = {**options, "logger": _silent_logger, "access_log": None}
        self.most = min(MOST_CONNECTIONS, _descriptors() // 2)
        super().__init__(answer, **self.options)

    def __call__(self) -> Connection:
        """Return what deals with a connection that was just accepted."""
        return Connection(self)


class Connection(web.RequestHandler):
    """A connection that brings its requests in time, or is closed."""

    def __init__(self, server: Server) -> None:
        """Begin as one of *server*."""
        loop = asyncio.get_running_loop()
        super().__init__(server, loop=loop, **server.options)
        self._server = server
        self._running_loop = loop
        self._deadline: asyncio.TimerHandle | None = None
        self._answering = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the first request; close at once if there are too many connections."""
        super().connection_made(transport)
        if len(self._server.connections) > self._server.most:
            # Whoever is behind it comes again; taking all descriptors would stop everything.
            self.force_close()
            return
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        """Take in *data*; the first of a request begins the time for its head."""
        if not self._answering and self._deadline is None:
            self._expect_head()
        super().data_received(data)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Wait for nothing more."""
        self._expect_no_head()
        super().connection_lost(exc)

    def begin_answer(self) -> None:
        """Note that the head of a request is there; for its body the handler waits."""
        self._answering = True
        self._expect_no_head()

    def end_answer(self) -> None:
        """Note that the request is answered."""
        self._answering = False

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Return what answers a request that is no HTTP: nothing but a status."""
        response = super().handle_error(request, status, exc, message)
        bare = web.Response(status=response.status)
        bare.headers["Server"] = "onrecord"
        bare.force_close()
        return bare

    def _expect_head(self) -> None:
        self._deadline = self._running_loop.call_later(HEAD_SECONDS, self.force_close)

    def _expect_no_head(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def _descriptors() -> int:
    """Return how many files and connections the process may have open."""
    try:
        import resource  # noqa: PLC0415  # not every system has it
    except ImportError:
        return 2 * MOST_CONNECTIONS
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return limit if limit > 0 else 2 * MOST_CONNECTIONS
