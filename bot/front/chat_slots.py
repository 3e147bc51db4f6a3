"""Lets only a few updates of one chat be worked on at once, so that none takes everybody's place.

Telegram lets a bot write to a group only so often. How the bot keeps to that is ``pacing``'s work,
how many updates are worked on in all the ``backlog``'s.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass, field

#: How many updates of one chat are worked on at once.
AT_WORK = 4
#: How many more wait in line: as many as a chat may ask in a minute, unless the operator has raised
#: that.
IN_LINE = 30


@dataclass(slots=True)
class _Queue:
    """The updates of a chat that are worked on, and those that wait for it."""

    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_WORK))
    length: int = 0


class ChatSlots:
    """The lines of all chats."""

    def __init__(self, slot_released: Callable[[], AbstractContextManager[None]]) -> None:
        """Begin without any; whoever waits in line does so within *aside*."""
        self._slot_released = slot_released
        self._lines: dict[int, _Queue] = {}

    @asynccontextmanager
    async def one_of(self, places: asyncio.Semaphore | asyncio.Lock) -> AsyncIterator[None]:
        """Hold one of *places*; whoever has to wait for it stands aside meanwhile."""
        if places.locked():
            with self._slot_released():
                await places.acquire()
        else:
            await places.acquire()
        try:
            yield
        finally:
            places.release()

    @asynccontextmanager
    async def take(self, chat_id: int, *, waits: bool = True) -> AsyncIterator[bool]:
        """Work on an update of a chat when its turn comes; yield whether it does.

        It does not if it would have to wait and *waits* is false, or if the line is too long.
        """
        line = self._lines.setdefault(chat_id, _Queue())
        if line.length >= (AT_WORK + IN_LINE if waits else AT_WORK):
            yield False
            return
        line.length += 1
        try:
            async with self.one_of(line.places):
                yield True
        finally:
            line.length -= 1
            if not line.length:
                del self._lines[chat_id]
