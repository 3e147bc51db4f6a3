"""Keeps the drafts that operators review in Telegram: in memory, a few of each, for an hour.

What was read is not written anywhere before it is filed, and so it is lost at a restart. Reading
and filing are left to ``importing``.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from telegram import Message

from documents import Alike, Draft

#: How many drafts may wait for one operator, and seconds after which those not touched are dropped.
MOST_DRAFTS, LIFETIME = 20, 3600.0


@dataclass(slots=True, eq=False, kw_only=True)
class Review:
    """The drafts of one message, which are reviewed one after another."""

    #: The operator's Telegram ID, which is also that of the private chat with him.
    owner: int
    draft: Draft
    #: The statement on record that the draft amends.
    alike: Alike | None = None
    #: The drafts after this one.
    following: deque[Draft] = field(default_factory=deque)
    #: Which of all it is, from 1.
    number: int = 1
    total: int = 1
    #: The message that shows the draft; ``None`` before there is one.
    shown: Message | None = None
    #: The field that each message asked for, by its number.
    asked: dict[int, str] = field(default_factory=dict)
    #: When it was last seen to, in seconds since 1970.
    touched: float = 0.0
    #: Held while something is done to it.
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def is_shown_in(self, message_id: int) -> bool:
        """Return whether the message of this number shows the draft."""
        return self.shown is not None and self.shown.message_id == message_id

    def go_on(self) -> bool:
        """Turn to the next draft; return whether there is one."""
        self.shown = None
        self.asked.clear()
        self.alike = None
        if not self.following:
            return False
        self.draft = self.following.popleft()
        self.number += 1
        return True


class Drafts:
    """The drafts that wait for operators."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Begin without any; *clock* gives seconds since 1970."""
        self._clock = clock
        self._reviews: dict[int, list[Review]] = {}

    def room(self, owner: int) -> int:
        """Return how many more drafts may wait for *owner*."""
        self.tidy()
        waiting = sum(1 + len(one.following) for one in self._reviews.get(owner, ()))
        return max(0, MOST_DRAFTS - waiting)

    def begin(self, owner: int, drafts: Sequence[Draft]) -> Review | None:
        """Return the review of as many of *drafts* as there is room for; ``None`` if of none."""
        taken = deque(drafts[: self.room(owner)])
        if not taken:
            return None
        total, first = len(taken), taken.popleft()
        review = Review(owner=owner, draft=first, following=taken, total=total)
        review.touched = self._clock()
        self._reviews.setdefault(owner, []).append(review)
        return review

    def shown_in(self, owner: int, message_id: int) -> Review | None:
        """Return the review whose draft that message shows; ``None`` if it is gone."""
        return self._found(owner, lambda one: one.is_shown_in(message_id))

    def asking_in(self, owner: int, message_id: int) -> Review | None:
        """Return the review for which that message asked for a field; ``None`` if it is gone."""
        return self._found(owner, lambda one: message_id in one.asked)

    def end(self, review: Review) -> None:
        """Forget *review* and the drafts in it."""
        left = [one for one in self._reviews.get(review.owner, ()) if one is not review]
        if left:
            self._reviews[review.owner] = left
        else:
            self._reviews.pop(review.owner, None)

    def tidy(self) -> None:
        """Forget what was not touched for an hour."""
        oldest = self._clock() - LIFETIME
        for reviews in list(self._reviews.values()):
            for review in reviews:
                if review.touched < oldest:
                    self.end(review)

    def _found(self, owner: int, is_it: Callable[[Review], bool]) -> Review | None:
        self.tidy()
        for review in self._reviews.get(owner, ()):
            if is_it(review):
                review.touched = self._clock()
                return review
        return None
