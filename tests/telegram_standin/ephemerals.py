"""Keeps the messages that only one person sees; who may send one is decided elsewhere.

They have no place among the messages of a chat: their numbers are their own, are forgotten when
they expire or are taken back, and may then be given to another one.
"""

from __future__ import annotations

from collections import deque

from telegram_standin.messages import Ephemeral, Message
from telegram_standin.people import User

_FIRST_NUMBER = 29_000_001


class Ephemerals:
    """The ephemeral messages there are now, by chat, person and number."""

    def __init__(self) -> None:
        #: Whether a number that has come free is given to the next message. Telegram may do so at
        #: any time, and does not say when.
        self.reuses_numbers = False
        self._kept: dict[tuple[int, int, int], Message] = {}
        self._free: deque[int] = deque()
        self._made = 0

    def name(self, receiver: User) -> Ephemeral:
        """Return what a new message to the receiver has in place of an id."""
        self._made += 1
        reused = self.reuses_numbers and self._free
        number = self._free.popleft() if reused else _FIRST_NUMBER + self._made
        return Ephemeral(number, receiver, self._made)

    def keep(self, message: Message) -> None:
        """Remember a message as it now stands."""
        self._kept[_place(message)] = message

    def find(self, chat_id: int, person_id: int, number: int) -> Message | None:
        """Return what this one person sees under this number now."""
        return self._kept.get((chat_id, person_id, number))

    def current(self, message: Message) -> Message | None:
        """Return a message as it now stands, None if it has gone or another has its number."""
        found = self._kept.get(_place(message))
        return found if found == message else None

    def forget(self, message: Message) -> None:
        """Let a message go, and its number come free."""
        del self._kept[_place(message)]
        assert message.ephemeral is not None, "only ephemeral messages are kept here"
        self._free.append(message.ephemeral.number)


def _place(message: Message) -> tuple[int, int, int]:
    person = message.only_for
    assert person is not None and message.ephemeral is not None, "everybody sees this message"
    return (message.chat.id, person.id, message.ephemeral.number)
