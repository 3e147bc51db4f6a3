"""Serves the Bot API over HTTP: addresses, tokens, bodies, scripted faults and the call log.

What a call does is left to the methods; what a test sees of it, to the stand-in's face.
"""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from telegram_standin import answering, files, membership, profile, receiving, sending
from telegram_standin.delivery import Deliveries
from telegram_standin.faults import Drop, Fault, FaultPlan, Slow
from telegram_standin.methods import Method, call_method
from telegram_standin.parameters import Parameters, read_parameters
from telegram_standin.rates import Rates
from telegram_standin.refusals import Refusal
from telegram_standin.world import World

METHODS: Mapping[str, Method] = {
    **receiving.METHODS,
    **sending.METHODS,
    **answering.METHODS,
    **profile.METHODS,
    **membership.METHODS,
    **files.METHODS,
}

_WELL_FORMED_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{35}")
_BAD_GATEWAY_PAGE = "<html><head><title>502 Bad Gateway</title></head><body></body></html>"
#: core.telegram.org/bots/api#sending-files, in bytes.
_LARGEST_UPLOAD = 50_000_000
# A bot polling in a tight loop must not fill the memory with its call log.
_CALLS_KEPT = 20_000


@dataclass(slots=True, eq=False)
class Call:
    """One call the server received.

    `outcome` is "under way" until the answer, then "ok", the refusal ("400 Bad Request: …") or
    what became of the socket; `result` is the JSON of a success.
    """

    method: str
    parameters: Mapping[str, Any]
    outcome: str = "under way"
    result: Any = None


class Server:
    """An HTTP server on an ephemeral port of 127.0.0.1."""

    def __init__(self, world: World, token: str, *, rates: bool = False) -> None:
        self._world = world
        self._rates = Rates(world.clock) if rates else None
        self._token = token
        self._closing = False
        self._runner: web.AppRunner | None = None
        self.faults = FaultPlan()
        self.calls: deque[Call] = deque(maxlen=_CALLS_KEPT)
        #: Errors of the stand-in itself, which no test may overlook.
        self.breakages: list[Exception] = []
        self.deliveries = Deliveries(world, self.faults, self.breakages)
        self.port = 0

    async def start(self) -> None:
        """Listen."""
        app = web.Application(client_max_size=_LARGEST_UPLOAD)
        app.on_response_prepare.append(self._date)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/{path:.*}", self._file)
        app.router.add_route("*", "/{anything:.*}", self._not_found)
        # Without cancellation, a poll whose client has gone would wait out its timeout.
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=1.0
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Answer whatever is waiting, then close every socket."""
        self._closing = True
        self._world.updates.close()
        self._world.pulse.beat()
        try:
            await self.deliveries.stop()
        finally:
            if self._runner:
                await self._runner.cleanup()

    async def _date(self, request: web.Request, response: web.StreamResponse) -> None:
        response.headers["Date"] = self._world.clock.date_header()

    async def _not_found(self, request: web.Request) -> web.Response:
        return _refused(Refusal(404, "Not Found"))

    async def _file(self, request: web.Request) -> web.Response:
        """Answer a bot that fetches a file."""
        by_path = {files.path_of(one): file for one, file in self._world.files.items()}
        found = by_path.get(request.match_info["path"])
        if request.match_info["token"] != self._token or found is None:
            return _refused(Refusal(404, "Not Found"))
        return web.Response(body=found.content, content_type="application/octet-stream")

    async def _handle(self, request: web.Request) -> web.Response:
        token, name = request.match_info["token"], request.match_info["method"]
        if not _WELL_FORMED_TOKEN.fullmatch(token):
            return _refused(Refusal(404, "Not Found"))
        if token != self._token:
            return _refused(Refusal(401, "Unauthorized"))
        call = Call(name, {})
        self.calls.append(call)
        fault = self.faults.next(name)
        try:
            return await self._answer(request, call, fault)
        except asyncio.CancelledError:
            if call.outcome == "under way":
                call.outcome = "given up by the bot"
            raise
        except Refusal as refusal:
            call.outcome = str(refusal)
            self._note(call)
            self._world.pulse.beat()
            return _refused(refusal)
        except Exception as problem:
            self.breakages.append(problem)
            call.outcome = f"the stand-in broke: {problem!r}"
            return _refused(Refusal(500, f"Internal Server Error: {problem!r}"))

    async def _answer(self, request: web.Request, call: Call, fault: Fault | None) -> web.Response:
        given = await read_parameters(request)
        call.parameters = dict(given)
        if isinstance(fault, Drop) and not fault.after:
            return self._drop(request, call, "dropped before it was processed")
        if fault is not None and not isinstance(fault, Drop | Slow):
            raise fault.refusal()
        response = await self._run(call, given)
        if isinstance(fault, Drop):
            return self._drop(request, call, "processed, but the answer was dropped")
        if isinstance(fault, Slow):
            await self._wait(fault.seconds)
        return response

    async def _wait(self, seconds: float) -> None:
        clock = self._world.clock
        due = clock.time() + seconds
        await self._world.pulse.until(
            lambda: True if self._closing or clock.time() >= due else None, seconds
        )

    async def _run(self, call: Call, given: Parameters) -> web.Response:
        if self._rates and call.method.startswith("send") and call.method != "sendChatAction":
            self._rates.count(self._world.find_chat(given.get("chat_id")))
        call.result = await call_method(METHODS, call.method, self._world, given)
        call.outcome = "ok"
        self.deliveries.notice()
        self._world.pulse.beat()
        return web.json_response({"ok": True, "result": call.result})

    def _note(self, call: Call) -> None:
        if call.method == "getUpdates":
            return
        chat_id = str(call.parameters.get("chat_id"))
        chat = next((chat for chat in self._world.chats.values() if str(chat.id) == chat_id), None)
        self._world.transcript.note(chat, f"! {call.method}: {call.outcome}")

    def _drop(self, request: web.Request, call: Call, outcome: str) -> web.Response:
        call.outcome = outcome
        self._note(call)
        if request.transport:
            request.transport.abort()
        return web.Response()


def _refused(refusal: Refusal) -> web.Response:
    if refusal.status == 502:
        return web.Response(status=502, text=_BAD_GATEWAY_PAGE, content_type="text/html")
    return web.json_response(refusal.to_json(), status=refusal.status)
