"""Holds the updates that wait for their turn, and sheds load when there are too many.

The library takes every update from its queue at once and lets it wait where nobody can choose;
this queue gives out only as many as are worked on, whatever the library's ``concurrent_updates``.
What is answered is left to the handlers.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import Application

logger = logging.getLogger(__name__)

#: From so many waiting updates on, the newest comes first: whoever asked just now still looks on.
#: At some hundred answers a second, sixty-four are gone before a person notices the wait.
CROWDED = 64
#: So many updates wait at most: 40 MB of questions as the library holds them, or three times that
#: if all were as long as Telegram allows.
MOST = 10_000
#: Seconds after which Telegram itself forgets an inline query that nobody has fetched.
INLINE_SECONDS = 30.0
#: So many updates may be begun, those included that stand aside: 34 in each of 30 flooded groups.
MOST_BEGUN = 1024
#: Seconds that a bot told to stop goes on answering what waits. What is under way then still has
#: the rest of the half minute that compose.yaml gives.
STOP_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An update, when it came, and what a later one that makes it pointless has in common."""

    update: Update
    since: float
    subject: Hashable


class UpdateQueue(asyncio.Queue[object]):
    """A queue of updates for the library's application: oldest first, newest first in a crowd.

    Of one person's inline queries only the newest waits, and of a message only its last edit. What
    is no update, such as the library's sign to stop, comes after all updates.
    """

    def __init__(
        self, at_once: int, *, most: int = MOST, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Give out *at_once* until one is done, hold *most*; *clock* gives seconds."""
        super().__init__()
        self._at_once = at_once
        self._most = most
        self._clock = clock
        self._waiting: OrderedDict[int, _Waiting] = OrderedDict()
        self._newest: dict[Hashable, int] = {}
        self._inline: OrderedDict[int, None] = OrderedDict()
        #: Those that are let go first: inline queries, and what was said in groups and channels.
        self._lesser: OrderedDict[int, None] = OrderedDict()
        self._others: deque[object] = deque()
        self._last = 0
        self._taken = 0
        self._freed = asyncio.Event()
        self._lost_in_spell = 0
        #: How many updates were let go since the start, pointless ones not counted.
        self.dropped = 0

    @property
    def crowded(self) -> bool:
        """Whether so many wait that the newest comes first."""
        return len(self._waiting) > CROWDED

    @contextmanager
    def slot_released(self) -> Iterator[None]:
        """Let another update be worked on while one in work only waits."""
        self._taken -= 1
        self._freed.set()
        try:
            yield
        finally:
            self._taken += 1

    def qsize(self) -> int:
        """Return how many wait."""
        return len(self._waiting) + len(self._others)

    def empty(self) -> bool:
        """Return whether none waits."""
        return not self.qsize()

    async def get(self) -> object:
        """Return the next, once there is one and a place is free to work on it."""
        while True:
            while self._taken >= self._at_once:
                self._freed.clear()
                await self._freed.wait()
            try:
                return await super().get()
            except asyncio.QueueEmpty:  # all that waited had expired
                continue

    def get_nowait(self) -> object:
        """Return the next, whether or not a place is free; raises ``asyncio.QueueEmpty``."""
        self._forget_expired()
        item = super().get_nowait()
        self._taken += 1
        if self.empty():
            self._end_spell()
        return item

    def put_nowait(self, item: object) -> None:
        """Let *item* wait; what it makes pointless, or has no room any more, is let go."""
        before = self._newest.get(_subject(item)) if isinstance(item, Update) else None
        if isinstance(item, Update) and before is not None:
            item = _not_seen_before(item, self._waiting[before].update)
        super().put_nowait(item)
        if before is not None:
            self._remove(before)
            super().task_done()
        if len(self._waiting) > self._most:
            self._lose(next(iter(self._lesser or self._waiting)), f"more than {self._most} wait")

    def task_done(self) -> None:
        """Note that one of those given out is done, and its place free."""
        super().task_done()
        self._taken -= 1
        self._freed.set()

    async def drain(self, seconds: float) -> None:
        """Wait until all are done; after *seconds*, let go of those that nobody works on yet."""
        try:
            async with asyncio.timeout(seconds):
                await self.join()
        except TimeoutError:
            while self._waiting:
                self._lose(next(iter(self._waiting)), "the bot stops")
            self._end_spell()

    def _put(self, item: object) -> None:
        if not isinstance(item, Update):
            self._others.append(item)
            return
        self._last += 1
        subject = _subject(item)
        if subject is not None:
            self._newest[subject] = self._last
        self._waiting[self._last] = _Waiting(item, self._clock(), subject)
        if item.inline_query:
            self._inline[self._last] = None
        if item.inline_query or _said_in_public(item):
            self._lesser[self._last] = None

    def _get(self) -> object:
        if not self._waiting:
            return self._others.popleft()
        return self._remove(next(reversed(self._waiting) if self.crowded else iter(self._waiting)))

    def _remove(self, number: int) -> Update:
        waiting = self._waiting.pop(number)
        self._inline.pop(number, None)
        self._lesser.pop(number, None)
        if self._newest.get(waiting.subject) == number:
            del self._newest[waiting.subject]
        return waiting.update

    def _forget_expired(self) -> None:
        now = self._clock()
        while self._inline:
            oldest = next(iter(self._inline))
            if now - self._waiting[oldest].since <= INLINE_SECONDS:
                break
            self._lose(oldest, f"an inline query waited {INLINE_SECONDS:.0f} seconds")

    def _end_spell(self) -> None:
        if self._lost_in_spell:
            logger.warning("%d updates were let go; none waits any more", self._lost_in_spell)
        self._lost_in_spell = 0

    def _lose(self, number: int, why: str) -> None:
        self._remove(number)
        super().task_done()
        self.dropped += 1
        if not self._lost_in_spell:
            logger.warning("too much is asked (%s); updates are let go", why)
        self._lost_in_spell += 1


class DrainingApplication(Application[Any, Any, Any, Any, Any, Any]):
    """The library's application, which before it stops answers what waits.

    The library itself warns of each update that it takes on while it stops.
    """

    async def stop(self) -> None:
        """Stop, when what waits in the backlog is done or there is no more time for it."""
        if self.running and isinstance(self.update_queue, UpdateQueue):
            await self.update_queue.drain(STOP_SECONDS)
        await super().stop()


def _not_seen_before(edit: Update, waiting: Update) -> Update:
    """Return *edit*, or its words as a new message's if the one that it edits is still *waiting*.

    Nobody has seen that one; and a command is heard only in a new message.
    """
    if waiting.message and edit.edited_message:
        return Update(edit.update_id, message=edit.edited_message)
    if waiting.channel_post and edit.edited_channel_post:
        return Update(edit.update_id, channel_post=edit.edited_channel_post)
    return edit


def _subject(update: Update) -> Hashable:
    """Return what only the newest update about needs to be answered; None if there is no such."""
    if update.inline_query:
        return update.inline_query.from_user.id
    message = _said(update)
    return (message.chat.id, message.message_id) if message else None


def _said_in_public(update: Update) -> bool:
    message = _said(update)
    return message is not None and message.chat.type != ChatType.PRIVATE


def _said(update: Update) -> Message | None:
    return (
        update.message
        or update.edited_message
        or update.channel_post
        or update.edited_channel_post
        or update.guest_message
    )
