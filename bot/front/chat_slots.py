"""Lets only a few updates of one chat be worked on at once, so that no chat takes all the capacity.

How fast the bot may write to a chat is ``wire.rate_limiter``'s part, how many updates of all chats
are worked on ``wire.update_queue``'s.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass, field

#: How many updates of one chat are worked on at once.
AT_WORK = 4
#: How many more wait for a slot: as many as a chat may send in a minute, unless the operator allows
#: more.
IN_LINE = 30


@dataclass(slots=True)
class _Slots:
    """The slots of one chat."""

    free: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_WORK))
    #: How many updates have one, or wait for one.
    updates: int = 0


class ChatSlots:
    """The slots of all chats."""

    def __init__(self, released: Callable[[], AbstractContextManager[None]]) -> None:
        """Begin with every slot free; what waits for one does so within *released*."""
        self._released = released
        self._chats: dict[int, _Slots] = {}

    @asynccontextmanager
    async def hold(self, lock: asyncio.Semaphore | asyncio.Lock) -> AsyncIterator[None]:
        """Hold *lock*; while it is waited for, another update may be worked on."""
        if lock.locked():
            with self._released():
                await lock.acquire()
        else:
            await lock.acquire()
        try:
            yield
        finally:
            lock.release()

    @asynccontextmanager
    async def take(self, chat_id: int, *, waits: bool = True) -> AsyncIterator[bool]:
        """Take a slot of a chat, when there is one; yield whether it was taken.

        It yields false if too many wait already, or if it would have to wait and *waits* is false.
        """
        slots = self._chats.setdefault(chat_id, _Slots())
        if slots.updates >= (AT_WORK + IN_LINE if waits else AT_WORK):
            yield False
            return
        slots.updates += 1
        try:
            async with self.hold(slots.free):
                yield True
        finally:
            slots.updates -= 1
            if not slots.updates:
                del self._chats[chat_id]
