"""Reads of an HTTP answer whether it is Telegram's, what is in the way if not, and its dates.

What the answer says beside that is for the library; the words of an obstacle come from
``obstacles``.
"""

from __future__ import annotations

import json
from typing import Any

import aiohttp

from bot.wire.obstacles import (
    Obstacle,
    Place,
    answered_by_another,
    in_trouble,
    phrase,
    refused_by_proxy,
)
from bot.wire.outbound_proxy import Proxy
from bot.wire.telegram_clock import Source, TelegramClock

_PROXY_WANTS_PASSWORD = 407
_BEGINNING = b'{"ok":'


def is_answer(response: aiohttp.ClientResponse, body: bytes) -> bool:
    """Return whether *response*, with this *body*, is an answer of the Bot API, or a file.

    A hotel's page for signing in is none, nor is the error page of a proxy.
    """
    if response.status == 200 and response.method == "GET":
        return True
    # So begins what Telegram answers, and reading all of it would take long.
    if body.startswith(_BEGINNING):
        return True
    answer = _read(body)
    return isinstance(answer, dict) and isinstance(answer.get("ok"), bool)


def obstacle_in(
    response: aiohttp.ClientResponse, is_telegrams: bool, place: Place, proxy: Proxy | None
) -> Obstacle | None:
    """Return what is in the way if *response* came, and is an answer of Telegram's or is not."""
    status = response.status
    if status >= 500 and (is_telegrams or proxy is None):
        return in_trouble(status, place)
    if is_telegrams:
        return None
    if proxy is not None and status == _PROXY_WANTS_PASSWORD:
        return refused_by_proxy(status, place, proxy)
    return answered_by_another(place, proxy, phrase(status))


def learn_time(
    clock: TelegramClock,
    method: str,
    response: aiohttp.ClientResponse,
    body: bytes,
    called: float,
) -> None:
    """Have *clock* learn from *response*, the answer to a call of *method* made at *called*.

    The dates of messages are Telegram's own, whatever server is between.
    """
    clock.take_header(response.headers.get("Date"), called)
    if response.status != 200:
        return
    if method.startswith("send") and clock.wants(Source.SENT, called):
        sent = _result_in(body)
        clock.take(Source.SENT, sent.get("date") if isinstance(sent, dict) else None, called)
    elif method == "getUpdates" and clock.wants(Source.POLLED, called):
        clock.take(Source.POLLED, _newest(_result_in(body)), called)


def _newest(updates: object) -> int | None:
    """Return the date of the newest message among the *updates* that a poll brought."""
    dates = (
        message.get("edit_date") or message.get("date")
        for update in (updates if isinstance(updates, list) else ())
        if isinstance(update, dict)
        for message in update.values()
        if isinstance(message, dict)
    )
    return max((date for date in dates if isinstance(date, int)), default=None)


def _result_in(body: bytes) -> Any:
    answer = _read(body)
    return answer.get("result") if isinstance(answer, dict) else None


def _read(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
