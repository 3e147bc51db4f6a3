"""Delivers updates to a webhook as Telegram does; where that is, the bot has said elsewhere.

After WebhookActor.cpp of tdlib/telegram-bot-api: one update a request; those of one chat one after
another in order, those of different chats side by side, up to `max_connections`; again after a
pause until the answer is a 2xx or the update is 24 hours old. There is no TLS: the stand-in plays
the reverse proxy too. A method call in the answer, which Telegram would run, breaks the test.
"""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import itertools
import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp

from telegram_standin.faults import DELIVERY, Drop, FaultPlan, Flood, Slow
from telegram_standin.updates import LIFETIME_SECONDS, Queued
from telegram_standin.webhook import WEBHOOK, Webhook
from telegram_standin.world import World

#: Telegram waits 1 second after the first and the second failure, then twice as long each time, up
#: to a minute or two (`on_update_error`). A tenth of that spares tests the waiting.
FIRST_PAUSE = 0.1
LONGEST_PAUSE = 6.0
#: How long an answer may take (`create_connection`).
PATIENCE = 60.0

_BROKEN = "Connection reset by peer"


@dataclass(slots=True, eq=False)
class Delivery:
    """One attempt to deliver an update; `outcome` is "ok" or what went wrong."""

    update_id: int
    kind: str
    outcome: str = "under way"


@dataclass(slots=True)
class _Parcel:
    update: Queued
    failures: int = 0


class _Undelivered(Exception):
    def __init__(self, problem: str, retry_after: int = 0) -> None:
        super().__init__(problem)
        self.retry_after = retry_after


class Deliveries:
    """All deliveries of a stand-in: one deliverer at a time, for the webhook now set."""

    def __init__(self, world: World, faults: FaultPlan, breakages: list[Exception]) -> None:
        self.world = world
        self.faults = faults
        self.breakages = breakages
        self.made: list[Delivery] = []
        self._proxies: dict[str, Iterator[str]] = {}
        self._webhook: Webhook | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def proxy(self, public: str, *local: str) -> None:
        """Forward what goes to a public address to the local ones in turn; raises ValueError."""
        if not public.startswith("https://") or not local:
            raise ValueError("a public https address is needed, and a local one behind it")
        self._proxies[public.rstrip("/")] = itertools.cycle([end.rstrip("/") for end in local])

    def local_address(self, url: str) -> str | None:
        """Return where the proxy leads for a URL, None if nowhere."""
        for public, local in self._proxies.items():
            rest = url.removeprefix(public)
            if rest != url and rest[:1] in ("", "/", "?"):
                return next(local) + rest
        return None

    def notice(self) -> None:
        """Begin or end delivering if the bot has set another webhook or none."""
        webhook: Webhook | None = self.world.settings.get(WEBHOOK)
        if webhook is self._webhook:
            return
        self._webhook = webhook
        for task in self._tasks:
            task.cancel()
        if webhook:
            self._tasks.append(asyncio.create_task(_Deliverer(self, webhook).run()))

    async def stop(self) -> None:
        """Break off what is under way."""
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task


class _Deliverer:
    def __init__(self, all_deliveries: Deliveries, webhook: Webhook) -> None:
        self._all = all_deliveries
        self._world = all_deliveries.world
        self._webhook = webhook
        self._seen = 0
        self._busy = 0
        # What awaits delivery, lane by lane, and the lanes whose first parcel may go now.
        self._lanes: dict[object, deque[_Parcel]] = {}
        self._ready: list[tuple[int, object]] = []

    async def run(self) -> None:
        """Deliver until cancelled."""
        patience = aiohttp.ClientTimeout(total=PATIENCE)
        async with aiohttp.ClientSession(timeout=patience) as session, asyncio.TaskGroup() as group:
            while True:
                lane = await self._world.pulse.until(self._next_lane, LIFETIME_SECONDS)
                if lane is not None:
                    self._busy += 1
                    group.create_task(self._attempt(session, lane))

    def _next_lane(self) -> object | None:
        for queued in self._world.updates.after(self._seen):
            self._seen = queued.number
            lane = _lane_of(queued)
            if lane not in self._lanes:
                self._lanes[lane] = deque()
                heapq.heappush(self._ready, (queued.number, lane))
            self._lanes[lane].append(_Parcel(queued))
        if self._busy >= self._webhook.max_connections or not self._ready:
            return None
        return heapq.heappop(self._ready)[1]

    async def _attempt(self, session: aiohttp.ClientSession, lane: object) -> None:
        parcel = self._lanes[lane][0]
        pause = await self._deliver(session, parcel)
        self._busy -= 1
        self._world.pulse.beat()
        if pause is None:
            self._world.updates.forget(parcel.update.update_id)
            self._lanes[lane].popleft()
        else:
            await self._world.clock.sleep(pause)
        if self._lanes[lane]:
            heapq.heappush(self._ready, (self._lanes[lane][0].update.number, lane))
        else:
            del self._lanes[lane]
        self._world.pulse.beat()

    async def _deliver(self, session: aiohttp.ClientSession, parcel: _Parcel) -> float | None:
        """Try once; return the seconds before another attempt, None if there is to be none."""
        update = parcel.update
        if not self._world.updates.holds(update.update_id):
            return None
        delivery = Delivery(update.update_id, _kind_of(update))
        self._all.made.append(delivery)
        try:
            await self._send(session, update)
        except asyncio.CancelledError:
            delivery.outcome = "broken off"
            raise
        except _Undelivered as problem:
            delivery.outcome = str(problem)
            return self._pause_after(parcel, problem)
        except Exception as failure:
            self._all.breakages.append(failure)
            delivery.outcome = f"the stand-in broke: {failure!r}"
        else:
            delivery.outcome = "ok"
        return None

    def _pause_after(self, parcel: _Parcel, problem: _Undelivered) -> float:
        self._webhook.last_error_date = self._world.clock.now()
        self._webhook.last_error_message = str(problem)
        self._world.transcript.note(None, f"! delivery: {problem}")
        parcel.failures += 1
        doubled = FIRST_PAUSE * 2 ** max(parcel.failures - 2, 0)
        return problem.retry_after or min(doubled, LONGEST_PAUSE)

    async def _send(self, session: aiohttp.ClientSession, update: Queued) -> None:
        """Bring the update to the bot, through whatever fault is due; raises _Undelivered."""
        fault = self._all.faults.next(DELIVERY)
        if isinstance(fault, Drop) and not fault.after:
            raise _Undelivered(_BROKEN)
        if fault is not None and not isinstance(fault, Drop | Slow):
            wait = fault.retry_after if isinstance(fault, Flood) else 0
            raise _Undelivered(_wrong_response(fault.refusal().status), wait)
        status, wait, content = await self._post(session, json.dumps(update.body).encode())
        if isinstance(fault, Slow):
            await self._world.clock.sleep(fault.seconds)
        if isinstance(fault, Drop):
            raise _Undelivered(_BROKEN)
        if not 200 <= status < 300:
            raise _Undelivered(_wrong_response(status), wait)
        if "method" in content:
            raise AssertionError(f"the stand-in runs no method named in an answer: {content!r}")

    async def _post(self, session: aiohttp.ClientSession, body: bytes) -> tuple[int, int, str]:
        """Return the answer's status, after how many seconds it may be asked again, and content."""
        address = self._all.local_address(self._webhook.url)
        if address is None:
            raise _Undelivered("Failed to resolve host: Name or service not known")
        try:
            async with session.post(address, data=body, headers=self._headers()) as response:
                wait = response.headers.get("Retry-After", "")
                content = await response.text(errors="replace")
                return response.status, int(wait) if wait.isdecimal() else 0, content
        except TimeoutError:
            raise _Undelivered("Read timeout expired") from None
        except aiohttp.ClientConnectorError:
            raise _Undelivered("Connection refused") from None
        except aiohttp.ClientError:
            raise _Undelivered(_BROKEN) from None

    def _headers(self) -> dict[str, str]:
        headers = {
            "Content-Type": "application/json",
            "Host": urlsplit(self._webhook.url).netloc,
        }
        if self._webhook.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._webhook.secret_token
        return headers


def _wrong_response(status: int) -> str:
    return f"Wrong response from the webhook: {status} {HTTPStatus(status).phrase}"


def _kind_of(update: Queued) -> str:
    return next((name for name in update.body if name != "update_id"), "")


def _lane_of(update: Queued) -> object:
    """Return what an update is kept in order with: its chat's messages or its sender's queries."""
    kind = _kind_of(update)
    payload = update.body.get(kind)
    match payload:
        case {"chat": {"id": place}} | {"from": {"id": place}}:
            return ("messages" if kind.endswith(("message", "_post")) else kind, place)
    return update.number
