"""Keeps in order what becomes of one message of ours: presses of its buttons, an edited question.

Each is worked out while others may be, and what was begun later must not be undone by what took
longer. How a message is changed is ``sending``'s work.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from telegram import Message

from bot.front.chat_slots import ChatSlots

#: So many messages are remembered; presses come soon after one another, or not at all.
REMEMBERED = 4096


@dataclass(slots=True)
class _Shown:
    """A message of ours that changes."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    #: How many changes were begun, and which of them was made last.
    begun: int = 0
    made: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A change that was begun, and may have been overtaken when it is to be made."""

    _shown: _Shown
    _number: int
    _turns: ChatSlots

    @asynccontextmanager
    async def due(self) -> AsyncIterator[bool]:
        """Wait until no other is being made; yield whether this one still is to be."""
        async with self._turns.one_of(self._shown.lock):
            overtaken = self._shown.made > self._number
            if not overtaken:
                self._shown.made = self._number
            yield not overtaken


class Edits:
    """The changes of all messages."""

    def __init__(self, turns: ChatSlots) -> None:
        """Remember none; whoever waits stands aside as in *turns*."""
        self._turns = turns
        self._messages: OrderedDict[tuple[int, int], _Shown] = OrderedDict()

    def begin(self, message: Message) -> Change:
        """Begin to change *message*: what was begun before comes too late once this is made."""
        key = (message.chat.id, message.message_id)
        shown = self._messages.setdefault(key, _Shown())
        self._messages.move_to_end(key)
        while len(self._messages) > REMEMBERED:
            self._messages.popitem(last=False)
        shown.begun += 1
        return Change(shown, shown.begun, self._turns)
