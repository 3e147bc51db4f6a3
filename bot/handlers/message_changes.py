"""Keeps changes of one message of ours in order: presses of its buttons, and edited questions.

Several may be worked out at once, and one that began later must not be undone by one that took
longer. How a message is changed is left to ``services.changing``.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from cachetools import LRUCache
from telegram import Message

from bot.front.chat_slots import ChatSlots
from bot.wire.newer_api import ephemeral_of

#: How many messages are remembered; presses come soon after one another, or not at all.
REMEMBERED = 4096


@dataclass(slots=True)
class _Edited:
    """A message of ours that changes."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    #: How many changes were begun, and which of them was made last.
    begun: int = 0
    made: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """A change that was begun; a later one may be made before it."""

    _edited: _Edited
    _number: int
    _slots: ChatSlots

    @asynccontextmanager
    async def due(self) -> AsyncIterator[bool]:
        """Wait until no other is being made; yield whether this one is still to be made."""
        async with self._slots.hold(self._edited.lock):
            overtaken = self._edited.made > self._number
            if not overtaken:
                self._edited.made = self._number
            yield not overtaken


class MessageChanges:
    """The changes of all messages."""

    def __init__(self, slots: ChatSlots) -> None:
        """Let other updates be worked on, by way of *slots*, while a change waits."""
        self._slots = slots
        self._messages: LRUCache[tuple[int, int, int], _Edited] = LRUCache(REMEMBERED)

    def begin(self, message: Message) -> Change:
        """Begin to change *message*: what was begun before comes too late once this is made."""
        # A message that one person sees has no number that it shares with no other, but for them.
        which = ephemeral_of(message)
        key = (message.chat.id, 0, message.message_id)
        if which:
            key = (which.chat_id, which.person, which.number)
        edited = self._messages.setdefault(key, _Edited())
        edited.begun += 1
        return Change(edited, edited.begun, self._slots)
