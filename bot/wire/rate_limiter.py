"""Keeps the bot within Telegram's flood limits, chat by chat.

The library's own limiter stops every call there is when one chat has had enough; here only that
chat waits. What a broken connection or a server in trouble did is left to ``retry``.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from math import ceil, inf
from typing import Any

from aiolimiter import AsyncLimiter
from telegram.constants import FloodLimit
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

logger = logging.getLogger(__name__)

#: Seconds that a message waits out refusals at most; by then its user has moved on.
LONGEST_WAIT = 60.0
#: The same for the answer to a query: Telegram forgets an inline query after 30 seconds, and a
#: person in the middle of typing sooner.
LONGEST_QUERY_WAIT = 5.0
#: Added to each wait that Telegram asks for: it gives whole seconds.
MARGIN = 0.1
#: When this many chats refuse within this many seconds, the bot as a whole has sent too much.
FLOOD_CHATS = 5
FLOOD_SECONDS = 2.0
#: With more groups than this, those that have not been written to for a minute are forgotten.
GROUPS_KEPT = 512

_MESSAGES = ("send", "edit", "copy", "forward")
_Answer = bool | dict[str, Any] | list[dict[str, Any]]
_Call = Callable[[], Awaitable[_Answer]]


@dataclass(slots=True, eq=False)
class _Pause:
    """A chat that takes no messages until some time; those that wait are then sent one by one."""

    until: float
    refused: float = -inf
    waiting: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class PerChatRateLimiter(BaseRateLimiter[int]):
    """Spreads messages over time, and waits when a chat refuses more.

    Answers to queries are held up by nothing but their own refusal, and the bot's profile is set
    once, whatever comes of it: before it may be set again Telegram can make a bot wait for hours.
    A call's ``rate_limit_args`` is how many seconds it may wait in all.
    """

    def __init__(
        self,
        per_second: float = FloodLimit.MESSAGES_PER_SECOND,
        group_per_minute: float = FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP,
        *,
        slot_released: Callable[[], AbstractContextManager[None]] = nullcontext,
        once: Callable[[_Call], Awaitable[_Answer]] = lambda call: call(),
    ) -> None:
        """Keep to the two rates in the long run, 0 for none; see ``slot_released``.

        A call that puts a new message in a group is made by *once*.
        """
        self._once = once
        self._overall = _bucket(per_second, 1) if per_second else None
        self._group_per_minute = group_per_minute
        #: A message that waits for its chat alone does so within this context.
        self.slot_released = slot_released
        self._groups: OrderedDict[int | str, AsyncLimiter] = OrderedDict()
        self._paused: dict[int | str, _Pause] = {}
        self._flooded_until = -inf

    async def initialize(self) -> None:
        """Do nothing; there is nothing to open."""

    async def shutdown(self) -> None:
        """Do nothing; there is nothing to close."""

    async def process_request(  # noqa: PLR0917  # the library's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, _Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> _Answer:
        """Make the call when Telegram's limits allow it.

        Raises:
            RetryAfter: it would have to wait too long.
        """
        call: _Call = partial(callback, *args, **kwargs)
        if endpoint.startswith("setMy"):
            return await call()
        if endpoint.startswith("answer"):
            return await self._by_itself(call, rate_limit_args or LONGEST_QUERY_WAIT)
        chat = data.get("chat_id")
        if chat is None or not endpoint.startswith(_MESSAGES):
            return await self._by_itself(call, rate_limit_args or LONGEST_WAIT)
        chat = _number(chat)
        if not endpoint.startswith("edit") and not (isinstance(chat, int) and chat > 0):
            call = partial(self._once, call)
        return await self._write(chat, call, rate_limit_args or LONGEST_WAIT)

    async def _write(self, chat: int | str, call: _Call, patience: float) -> _Answer:
        """Make a call that puts a message in *chat*, in its turn."""
        # It waits for its group's rate as long as that takes; only refusals count for *patience*.
        await self._group_allows(chat)
        deadline = _now() + patience
        while (pause := self._pause_of(chat)) is None:
            try:
                return await self._attempt(call)
            except RetryAfter as error:
                self._refused(chat, error)
        pause.waiting += 1
        try:
            with nullcontext() if self._flooded else self.slot_released():
                await pause.turn.acquire()
            try:
                return await self._after(pause, chat, call, deadline)
            finally:
                pause.turn.release()
        finally:
            pause.waiting -= 1

    async def _after(self, pause: _Pause, chat: int | str, call: _Call, deadline: float) -> _Answer:
        while True:
            rest = max(0.0, pause.until - _now())
            if _now() + rest > deadline:
                raise RetryAfter(max(1, ceil(rest)))
            with nullcontext() if self._flooded else self.slot_released():
                await asyncio.sleep(rest)
            try:
                return await self._attempt(call)
            except RetryAfter as error:
                self._refused(chat, error)

    async def _attempt(self, call: _Call) -> _Answer:
        if self._overall is not None:
            await self._overall.acquire()
        return await call()

    async def _group_allows(self, chat: int | str) -> None:
        """Wait until *chat*, if it is a group or a channel, has room for a message."""
        if not self._group_per_minute or (isinstance(chat, int) and chat > 0):
            return
        limiter = self._groups.pop(chat, None) or _bucket(self._group_per_minute, 60)
        self._groups[chat] = limiter
        while len(self._groups) > GROUPS_KEPT:
            longest_idle = next(iter(self._groups.values()))
            if not longest_idle.has_capacity(longest_idle.max_rate):
                break
            self._groups.popitem(last=False)
        if not limiter.has_capacity():
            with self.slot_released():
                await limiter.acquire()
            return
        await limiter.acquire()

    async def _by_itself(self, call: _Call, patience: float) -> _Answer:
        """Make a call that waits for no other, and no other for it."""
        deadline = _now() + patience
        while True:
            try:
                return await call()
            except RetryAfter as error:
                seconds = _seconds(error)
                if _now() + seconds > deadline:
                    raise
            with self.slot_released():
                await asyncio.sleep(seconds)

    @property
    def _flooded(self) -> bool:
        return _now() < self._flooded_until

    def _pause_of(self, chat: int | str) -> _Pause | None:
        """Return the pause that *chat* is in, if any."""
        pause = self._paused.get(chat)
        if pause is not None and not pause.waiting and pause.until <= _now():
            del self._paused[chat]
            pause = None
        if pause is None and self._flooded:
            pause = self._paused[chat] = _Pause(self._flooded_until)
        return pause

    def _refused(self, chat: int | str, error: RetryAfter) -> None:
        """Note that *chat* wants no more messages for the time that *error* says."""
        now, seconds = _now(), _seconds(error)
        over = [one for one, it in self._paused.items() if not it.waiting and it.until <= now]
        for one in over:
            del self._paused[one]
        pause = self._paused.setdefault(chat, _Pause(now))
        pause.until = max(pause.until, now + seconds)
        pause.refused = now
        logger.info("a chat is flooded; it waits %.0f seconds", seconds)
        refused = sum(now - one.refused < FLOOD_SECONDS for one in self._paused.values())
        if refused >= FLOOD_CHATS and not self._flooded:
            # Going on with the other chats, one refusal each, would only prolong it.
            logger.warning("Telegram refuses many chats; all wait %.0f seconds", seconds)
            self._flooded_until = now + min(seconds, LONGEST_WAIT)


def _bucket(messages: float, seconds: float) -> AsyncLimiter:
    """Return what lets *messages* through in *seconds*; it may be less than one message."""
    if messages < 1:
        return AsyncLimiter(1, seconds / messages)
    return AsyncLimiter(messages, seconds)


def _now() -> float:
    return asyncio.get_running_loop().time()


def _seconds(error: RetryAfter) -> float:
    """Return how long Telegram wants a call to wait; by setting the library gives it either way."""
    wait = error.retry_after
    return MARGIN + (wait.total_seconds() if isinstance(wait, timedelta) else wait)


def _number(chat: Any) -> int | str:
    """Return *chat* as a number, or the name of a group or channel as it is."""
    try:
        return int(chat)
    except (TypeError, ValueError):
        return str(chat)
