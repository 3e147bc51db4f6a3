"""Which updates this process works on: it claims each, so that no other process answers it too.

Of what a webhook brings, a claim lasts for seconds, and is renewed until the update is handled:
what a process had claimed when it was killed is free again soon after, for whichever process
Telegram brings it to. What a poll brings is claimed for good, as the next poll has Telegram forget
it.
When Telegram is told so is left to ``webhook_receiver`` and ``polling``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from enum import Enum, auto
from typing import Protocol, TypeVar

from telegram import Update
from telegram.error import TelegramError

from bot.wire.http_client import PerhapsReceived

#: Seconds between two renewals of what takes longer: well within the ``CLAIM_SECONDS`` of ``state``
#: for which a claim lasts. Most is handled before the first, and costs none.
RENEW_EVERY = 1.5

Answer = TypeVar("Answer")

#: The number of the update that is worked on.
_UPDATE: ContextVar[int] = ContextVar("_UPDATE")


class Claim(Enum):
    """Whose an update is that Telegram brought."""

    #: It is ours now, and is to be handled.
    OURS = auto()
    #: It was brought before, and is being handled in this process.
    HERE = auto()
    #: Another process claimed it, and may have been killed since.
    ELSEWHERE = auto()
    #: It has been handled, by whichever process.
    HANDLED = auto()


class ClaimStore(Protocol):
    """Where the claims of all processes are; ``bot.state.state.State`` is one."""

    def claim(self, updates: Sequence[int], *, handled: bool = False) -> set[int]:
        """Claim the *updates*, or note them as *handled*; return those that were free."""

    def handled(self, updates: Sequence[int]) -> set[int]:
        """Return which of the *updates* are handled."""

    def note_handled(self, update: int, *, handled: bool = True) -> None:
        """Remember whether an update needs no answer any more."""

    def renew_claims(self, updates: Sequence[int]) -> None:
        """Keep the *updates* claimed."""

    def release(self, update: int) -> None:
        """Let another process claim an update that is not handled."""


class Claims:
    """The updates that this process has claimed and not handled yet."""

    def __init__(self, store: ClaimStore) -> None:
        """Claim in the *store* that all processes share."""
        self._store = store
        #: What is called when an update begins to wait, with its number and who waits for its end.
        self.on_wait: Callable[[int, Sequence[asyncio.Future[bool]]], None] | None = None
        #: By its number, who waits for each update's end.
        self._under_way: dict[int, list[asyncio.Future[bool]]] = {}
        #: Those of them that are noted as handled already, and that are older than one renewal.
        self._noted: set[int] = set()
        self._renewed: set[int] = set()

    def take(self, updates: Sequence[Update], *, for_good: bool = False) -> list[Claim]:
        """Claim the *updates* that can be claimed; return of each whose it is.

        Claimed *for_good*, none is handled again whatever becomes of this process.
        """
        claimed: set[int] = set()
        for fleeting in (False, True):
            numbers = [
                one.update_id
                for one in updates
                if is_fleeting(one) == fleeting and not self.is_under_way(one.update_id)
            ]
            if numbers:
                claimed |= self._store.claim(numbers, handled=fleeting or for_good)
        others = [
            number
            for one in updates
            if (number := one.update_id) not in claimed and not self.is_under_way(number)
        ]
        handled = self._store.handled(others) if others else set()
        whose = []
        for one in updates:
            number = one.update_id
            if self.is_under_way(number):
                whose.append(Claim.HERE)
            elif number in claimed:
                whose.append(Claim.OURS)
                if not (is_fleeting(one) or for_good):
                    self._under_way[number] = []
            else:
                whose.append(Claim.HANDLED if number in handled else Claim.ELSEWHERE)
        return whose

    def end(self, number: int, *, handled: bool = True) -> None:
        """Note that an update is no longer under way: it is *handled*, or is to come again."""
        waiting = self._under_way.pop(number, None)
        if waiting is None:
            return
        if number in self._noted:
            self._noted.discard(number)
        elif handled:
            self._store.note_handled(number)
        else:
            self._store.release(number)
        for future in waiting:
            if not future.done():
                future.set_result(handled)

    def begin(self, number: int) -> None:
        """Note that the task which calls this works on an update from now on."""
        _UPDATE.set(number)

    def wait(self) -> None:
        """Note that the update that is worked on only waits from now on, as for a flood limit."""
        number = _UPDATE.get(None)
        if self.on_wait and number in self._under_way:
            self.on_wait(number, self._under_way[number])

    async def once(self, call: Callable[[], Awaitable[Answer]]) -> Answer:
        """Make a *call* that sends a message for which two would be worse than none.

        The update is noted as handled before, so that nobody sends it again if this process is
        killed before it knows that Telegram has it.
        """
        number = _UPDATE.get(None)
        if number is None or number not in self._under_way or number in self._noted:
            return await call()
        self._store.note_handled(number)
        self._noted.add(number)
        try:
            return await call()
        except TelegramError as error:
            if not isinstance(error.__cause__, PerhapsReceived):
                self._noted.discard(number)
                self._store.note_handled(number, handled=False)
            raise

    def follow(self, number: int) -> asyncio.Future[bool] | None:
        """Return what tells whether an update was handled, once it ended; None if it has.

        It is the caller's own, who may end it before.
        """
        waiting = self._under_way.get(number)
        if waiting is None:
            return None
        future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        waiting.append(future)
        return future

    def is_under_way(self, number: int) -> bool:
        """Return whether an update was claimed here and is not handled yet."""
        return number in self._under_way

    async def keep(self) -> None:
        """Renew what takes long, until this task is cancelled."""
        while True:
            await asyncio.sleep(RENEW_EVERY)
            self._renewed &= self._under_way.keys()
            if self._renewed:
                self._store.renew_claims(sorted(self._renewed))
            self._renewed |= self._under_way.keys()


def is_fleeting(update: Update) -> bool:
    """Return whether an *update* is not worth bringing again: its user types on meanwhile."""
    return update.inline_query is not None
