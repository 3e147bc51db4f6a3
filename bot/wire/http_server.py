"""Serves HTTP on one port: ``/healthz``, and the webhook if there is one.

It speaks no TLS and is meant to stand behind a proxy that does. What is in a delivery is left to
``webhook_receiver``, how many processes share the port to ``process.workers``.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import Callable
from typing import Any

from aiohttp import web
from telegram import Bot
from telegram.ext import Updater

from bot.configuration import Configuration, ConfigurationError
from bot.health import Health
from bot.wire.http_connections import Connection, Server
from bot.wire.webhook_receiver import WebhookReceiver

logger = logging.getLogger(__name__)

#: Where to listen for deliveries by default: only a proxy on this machine can call there.
DEFAULT_LISTEN = "127.0.0.1:8080"
HEALTH_PATH = "/healthz"
#: Connections that may wait to be accepted. Telegram opens at most 100 at a time.
_BACKLOG = 128
#: Seconds that a connection is kept without a request. Longer than proxies keep theirs (nginx 60,
#: Caddy 120), so that it is they who close: a request on a connection being closed is lost.
_KEEP_ALIVE = 150.0
#: Seconds for which a refused request is still read, so that its sender can read the refusal.
_LINGER = 1.0
#: Seconds in which, when closing, connections that are open may still bring a request: one that is
#: on its way arrives in milliseconds.
_LAST_CALL = 0.3
#: Seconds that a request under way has to be answered when closing; a delivery is answered within
#: four, whatever becomes of it.
_LAST_ANSWER = 5.0


def open_listener(configuration: Configuration) -> socket.socket | None:
    """Return the socket to listen on, in this process or those it forks; None if none is wanted.

    Raises:
        ConfigurationError: the port cannot be had, or the settings do not go together.
    """
    if configuration.workers > 1 and not configuration.webhook:
        repair = "Give its address with --webhook, or leave workers at 1."
        raise ConfigurationError("workers", "several need a webhook, and there is none", repair)
    if configuration.workers > 1 and not hasattr(os, "fork"):
        raise ConfigurationError("workers", "this system cannot fork", "Leave workers at 1.")
    address = configuration.listen or (DEFAULT_LISTEN if configuration.webhook else "")
    if not address:
        return None
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, int(port)), family=family, backlog=_BACKLOG)
    except OSError as error:
        # If a name is not found, the error's number is no errno.
        unnumbered = error.errno is None or isinstance(error, socket.gaierror)
        reason = error.strerror if unnumbered else os.strerror(error.errno or 0)
        repair = "Stop what listens there, or give another address with --listen."
        raise ConfigurationError("listen", f"{address}: {reason}", repair) from None


class HttpServer:
    """An HTTP server on a socket that listens already; opened and closed once."""

    def __init__(
        self,
        listener: socket.socket,
        health: Callable[[], Health],
        receiver: WebhookReceiver | None = None,
        on_ready: Callable[[], None] = lambda: None,
    ) -> None:
        """Serve on *listener*; call *on_ready* when the first request can be answered."""
        self._listener = listener
        self._health = health
        self._receiver = receiver
        self._on_ready = on_ready
        self._server: Server | None = None
        self._runner: web.ServerRunner | None = None
        self._closing = False

    @property
    def is_open(self) -> bool:
        """Whether requests are answered, and it is not being closed."""
        return self._runner is not None and not self._closing

    async def open(self) -> None:
        """Begin to answer."""
        self._server = Server(
            self._answer,
            keepalive_timeout=_KEEP_ALIVE,
            lingering_time=_LINGER,
            auto_decompress=False,  # Telegram compresses nothing, and a bomb would
        )
        self._runner = web.ServerRunner(self._server, shutdown_timeout=_LAST_ANSWER)
        await self._runner.setup()
        await web.SockSite(self._runner, self._listener, backlog=_BACKLOG).start()
        host, port = self._listener.getsockname()[:2]
        logger.info("listening on %s:%d", f"[{host}]" if ":" in host else host, port)
        self._on_ready()

    async def close(self) -> None:
        """Accept no connection more, answer what the open ones bring, and close them."""
        if self._runner is None or self._server is None:
            return
        self._closing = True
        if self._receiver:
            self._receiver.close()
        for site in self._runner.sites:
            await site.stop()
        # At least once: what was accepted a moment ago is not among the connections yet.
        for _ in range(int(_LAST_CALL / 0.02)):
            await asyncio.sleep(0.02)
            if not self._server.connections:
                break
        await self._runner.cleanup()
        self._runner = None

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        connection = request.protocol
        if not isinstance(connection, Connection):
            raise TypeError(f"a connection of another server: {connection!r}")
        connection.begin_answer()
        try:
            response = await self._dispatch(request)
        except ConnectionError:
            raise  # the caller has gone
        except web.RequestPayloadError:
            response = web.Response(status=400)
        except Exception:
            logger.exception("a request could not be answered")
            response = web.Response(status=500)
        finally:
            connection.end_answer()
        response.headers["Server"] = "onrecord"  # or the library tells its version, and Python's
        if self._closing:
            response.force_close()
        return response

    async def _dispatch(self, request: web.BaseRequest) -> web.Response:
        if request.raw_path == HEALTH_PATH and request.method in {"GET", "HEAD"}:
            health = self._health()
            return web.json_response(
                health.to_json(),
                status=200 if health.status == "ok" else 503,
                headers={"Cache-Control": "no-store"},
            )
        if self._receiver and (request.method, request.raw_path) == ("POST", self._receiver.path):
            return await self._receiver.receive(request)
        return web.Response(status=404)


class HttpServerUpdater(Updater):
    """Takes the place of the library's own webhook server.

    ``run_webhook`` starts it, and when it stops, stops it first and then works off what is queued.
    """

    def __init__(
        self, bot: Bot, update_queue: asyncio.Queue[object], http_server: HttpServer
    ) -> None:
        """Fill *update_queue* through the webhook of *http_server*."""
        super().__init__(bot, update_queue)
        self._http_server = http_server

    @property
    def running(self) -> bool:
        """Whether updates can come in."""
        return self._http_server.is_open

    async def start_webhook(self, *_: Any, **__: Any) -> asyncio.Queue[object]:
        """Open the server, on the socket it has; it takes no options of the library's server."""
        await self._http_server.open()
        return self.update_queue

    async def stop(self) -> None:
        """Close the server."""
        await self._http_server.close()
