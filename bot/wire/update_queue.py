"""Holds the updates that wait to be worked on, and drops some when there are too many.

The library takes every update from its queue at once, and lets it wait where none can be preferred;
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

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import Application

from bot.wire.claims import Claims
from bot.wire.newer_api import ephemeral_id_of

logger = logging.getLogger(__name__)

#: When more updates than this wait, the newest comes first: its user is still watching. At some
#: hundred answers a second, sixty-four are gone before a user notices the wait.
CROWDED = 64
#: How many updates wait at most: 40 MB of questions as the library holds them, or three times that
#: if all were as long as Telegram allows.
MOST = 10_000
#: Seconds after which Telegram itself forgets an inline query that was not fetched.
INLINE_SECONDS = 30.0
#: How many updates may be under way, with those that released their slot while they wait: 34 in
#: each of 30 flooded groups.
MOST_BEGUN = 1024
#: Seconds that a bot told to stop goes on answering what waits. With the last poll and what else
#: there is to do, it ends within the half minute that compose.yaml gives.
STOP_SECONDS = 20.0
#: Seconds for what is under way then. Telegram may have made a reply wait for a minute.
LAST_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An update, and when it came."""

    update: Update
    since: float
    #: What the update is about: a later one with the same subject makes this one pointless.
    subject: Hashable


class UpdateQueue(asyncio.Queue[object]):
    """A queue of updates for the library's application: oldest first, newest first in a crowd.

    Of one user's inline queries only the newest waits, and of a message only its last edit. What
    is no update, such as the library's sign to stop, comes after all updates.
    """

    def __init__(
        self,
        at_once: int,
        *,
        most: int = MOST,
        clock: Callable[[], float] = time.monotonic,
        claims: Claims | None = None,
    ) -> None:
        """Give out *at_once* until one is done, hold *most*; *clock* gives seconds.

        The *claims* are told when an update is handled, or dropped.
        """
        super().__init__()
        self._claims = claims
        #: What an update makes pointless ends with it, by its number.
        self._ends_too: dict[int, tuple[int, ...]] = {}
        self._at_once = at_once
        self._most = most
        self._clock = clock
        #: By subject, in the order in which they came.
        self._waiting: OrderedDict[Hashable, _Waiting] = OrderedDict()
        #: The subjects of those that are inline queries.
        self._inline: OrderedDict[Hashable, None] = OrderedDict()
        #: Of those that are dropped first: inline queries, and messages in groups and channels.
        self._lesser: OrderedDict[Hashable, None] = OrderedDict()
        self._others: deque[object] = deque()
        self._taken = 0
        self._freed = asyncio.Event()
        self._dropped_in_spell = 0
        #: How many updates were dropped since the start, pointless ones not counted.
        self.dropped = 0

    @property
    def crowded(self) -> bool:
        """Whether more wait than ``CROWDED``, and the newest comes first."""
        return len(self._waiting) > CROWDED

    @contextmanager
    def slot_released(self) -> Iterator[None]:
        """Let another update be worked on while one in work only waits."""
        self._taken -= 1
        self._freed.set()
        if self._claims:
            self._claims.wait()
        try:
            yield
        finally:
            self._taken += 1

    def qsize(self) -> int:
        """Return how many wait."""
        return len(self._waiting) + len(self._others)

    def empty(self) -> bool:
        """Return whether none waits."""
        return not (self._waiting or self._others)

    async def get(self) -> object:
        """Return the next, once there is one and a slot is free to work on it."""
        while True:
            while self._taken >= self._at_once:
                self._freed.clear()
                await self._freed.wait()
            try:
                return await super().get()
            except asyncio.QueueEmpty:  # all that waited had expired
                continue

    def get_nowait(self) -> object:
        """Return the next, whether or not a slot is free; raises ``asyncio.QueueEmpty``."""
        if self._inline:
            self._drop_expired()
        item = super().get_nowait()
        self._taken += 1
        if self._dropped_in_spell and self.empty():
            self._end_spell()
        return item

    def put_nowait(self, item: object) -> None:
        """Let *item* wait; drop what it makes pointless, or has no room any more."""
        if not isinstance(item, Update):
            super().put_nowait(item)
            return
        subject, in_public = _about(item)
        before = self._remove(subject) if subject in self._waiting else None
        if before:
            item = _as_unseen(item, before)
            pointless = (before.update_id, *self._ends_too.pop(before.update_id, ()))
            self._ends_too[item.update_id] = pointless
        if item.inline_query:
            self._inline[subject] = None
        if in_public:
            self._lesser[subject] = None
        super().put_nowait(_Waiting(item, self._clock(), subject))
        if before:
            super().task_done()
        if len(self._waiting) > self._most:
            self._drop(next(iter(self._lesser or self._waiting)), f"more than {self._most} wait")

    def task_done(self) -> None:
        """Note that one of those given out is done, and its slot free."""
        super().task_done()
        self._taken -= 1
        self._freed.set()

    def begin(self, update: Update) -> None:
        """Note that the task which calls this works on *update*."""
        if self._claims:
            self._claims.begin(update.update_id)

    def end(self, update: Update, *, handled: bool = True) -> None:
        """Note that *update* is *handled*, with what it made pointless, or is to come again."""
        pointless = self._ends_too.pop(update.update_id, ())
        if self._claims:
            for number in (update.update_id, *pointless):
                self._claims.end(number, handled=handled)

    async def drain(self, seconds: float) -> None:
        """Wait until all are done; after *seconds*, drop those that are not begun yet."""
        try:
            async with asyncio.timeout(seconds):
                await self.join()
        except TimeoutError:
            while self._waiting:
                self._drop(next(iter(self._waiting)), "the bot stops", for_good=False)
            self._end_spell()

    def _put(self, item: object) -> None:
        if isinstance(item, _Waiting):
            self._waiting[item.subject] = item
        else:
            self._others.append(item)

    def _get(self) -> object:
        if not self._waiting:
            return self._others.popleft()
        return self._remove(next(reversed(self._waiting) if self.crowded else iter(self._waiting)))

    def _remove(self, subject: Hashable) -> Update:
        self._inline.pop(subject, None)
        self._lesser.pop(subject, None)
        return self._waiting.pop(subject).update

    def _drop_expired(self) -> None:
        now = self._clock()
        while self._inline:
            oldest = next(iter(self._inline))
            if now - self._waiting[oldest].since <= INLINE_SECONDS:
                break
            self._drop(oldest, f"an inline query waited {INLINE_SECONDS:.0f} seconds")

    def _drop(self, subject: Hashable, why: str, *, for_good: bool = True) -> None:
        self.end(self._remove(subject), handled=for_good)
        super().task_done()
        self.dropped += 1
        if not self._dropped_in_spell:
            logger.warning("too much is asked (%s); updates are dropped", why)
        self._dropped_in_spell += 1

    def _end_spell(self) -> None:
        if self._dropped_in_spell:
            logger.warning("%d updates were dropped; none waits any more", self._dropped_in_spell)
        self._dropped_in_spell = 0


class DrainingApplication(Application[Any, Any, Any, Any, Any, Any]):
    """The library's application, which answers what waits before it stops.

    Without that, the library warns of each update that it takes on while it stops.
    """

    async def process_update(self, update: object) -> None:
        """Have the handlers work on *update*, and note when they have."""
        queue = self.update_queue
        if not isinstance(update, Update) or not isinstance(queue, UpdateQueue):
            await super().process_update(update)
            return
        queue.begin(update)
        await super().process_update(update)
        # Not if it was broken off: then it is to come again, as after a kill.
        queue.end(update)

    async def stop(self) -> None:
        """Stop, when what waits is done or there is no more time for it."""
        if self.running and isinstance(self.update_queue, UpdateQueue):
            await self.update_queue.drain(STOP_SECONDS)
        try:
            async with asyncio.timeout(LAST_SECONDS):
                await super().stop()
        except TimeoutError:
            logger.warning("what is still under way is given up: there is no more time to stop")


def _about(update: Update) -> tuple[Hashable, bool]:
    """Return the subject of *update*, and whether it is dropped before others."""
    if update.inline_query:
        return update.inline_query.from_user.id, True
    message = (
        update.message
        or update.edited_message
        or update.channel_post
        or update.edited_channel_post
        or update.guest_message
    )
    if message is None:
        return ("other", update.update_id), False
    if ephemeral_id_of(message):
        # Its number is 0, as that of all such messages in the chat.
        return ("ephemeral", update.update_id), True
    return (message.chat.id, message.message_id), message.chat.type != ChatType.PRIVATE


def _as_unseen(edit: Update, waiting: Update) -> Update:
    """Return *edit*, or its words as a new message's if the one that it edits is still *waiting*.

    The bot has not seen that one; and an operator's command is heard only in a new message.
    """
    if waiting.message and edit.edited_message:
        return Update(edit.update_id, message=edit.edited_message)
    if waiting.channel_post and edit.edited_channel_post:
        return Update(edit.update_id, channel_post=edit.edited_channel_post)
    return edit
