"""Every limit on how often the bot answers, on one page.

| what is counted                      | for each         | in any minute         | beyond that |
|--------------------------------------|------------------|-----------------------|-------------|
| questions and commands               | user             | ``person_limit``, 20  | told once   |
| questions and commands               | group or channel | ``chat_limit``, 30    | told once   |
| questions and commands               | user in a group  | a share of those      | told once   |
| inline queries                       | user             | 10 × ``person_limit`` | silence     |
| /settings that does not name the bot | group or channel | 6                     | silence     |
| "I read only text"                   | private chat     | 1                     | silence     |
| "not for you", "not for this chat"   | user, chat       | 1                     | silence     |
| "too many questions", "too late"     | chat             | 1 of each             | silence     |

So the thirty-first question that a group asks within a minute is answered with "too many
questions". The thirty-second is not answered, nor is any other until the first of the thirty is a
minute old. A user who keeps asking at twice the limit gets every other answer, and is not told
again before a minute has passed without a refusal.

In a group, one who asks alone has two thirds of its limit; as soon as several ask, each has no more
than half of what the others leave. So two who ask without end never keep a third from being
answered. A user is counted in all chats together; one who writes in the name of a chat is counted
as that chat. What is not meant for the bot is not counted.

Two more things make a message wait, and drop it only when too many wait: ``chat_slots`` for one
chat, ``wire.update_queue`` for all. How fast the bot may write is decided in ``wire.rate_limiter``.
"""

from __future__ import annotations

import enum
import time
from collections.abc import Callable, Hashable
from math import ceil

from cachetools import TTLCache

from bot.configuration import Configuration
from bot.front.request import Request
from bot.rendering.html import plain
from bot.rendering.inline_results import text_result
from bot.rendering.view import Reply
from bot.services.delivery import Delivery
from bot.services.sending import answer_guest

#: The share of a group's answers that one user may have while nobody else asks.
ALONE = 2 / 3
#: Inline queries that one question takes: one comes with nearly every keystroke.
KEYSTROKES = 10
#: For each bare /settings Telegram is asked who the sender is.
BARE_SETTINGS = 6
#: Seconds over which answers are counted.
WINDOW = 60.0
#: How many users and chats are remembered; the one that has been quiet for longest goes first. More
#: than can be answered in a minute at Telegram's 30 messages a second; at 20 answers each, 9 MB.
MOST_KEYS = 10_000


class Verdict(enum.Enum):
    """What to do with a question."""

    #: Answer it.
    FREE = "free"
    #: Say once, politely, that it is too much.
    TELL = "tell"
    #: Say nothing.
    SILENT = "silent"


class _Counted:
    """What was answered and refused within the last minute."""

    __slots__ = ("answers", "members", "refused")

    def __init__(self) -> None:
        #: When each answer was given, the oldest first.
        self.answers: list[float] = []
        #: To which member each was given, where that is counted.
        self.members: list[Hashable] = []
        #: When a question was last refused; ``None`` if a minute has passed since.
        self.refused: float | None = None


class Limit:
    """At most this many answers in any minute, for each key.

    It keeps the times of the answers of the last minute, a sliding window, and not a bucket of
    tokens: a full bucket of n lets up to twice n through in its first minute, and "at most n in any
    minute" is what the operator wrote and what a user can be told.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow *per_minute* answers, 0 meaning any number; *clock* gives seconds, never back.

        Raises:
            ValueError: *per_minute* is negative.
        """
        if per_minute < 0:
            raise ValueError(f"per_minute is negative: {per_minute}")
        self._per_minute = per_minute
        self._clock = clock
        # A key that is not asked about for a minute counts for nothing.
        self._counted: TTLCache[Hashable, _Counted] = TTLCache(MOST_KEYS, WINDOW, timer=clock)

    def ask(self, key: Hashable, member: Hashable = None) -> Verdict:
        """Return what to do with the question that *key* asks now.

        If *key* is a group, *member* is the user who asks there, and has a share of its answers. Of
        refusals with less than a minute between them only the first is to be told.
        """
        if not self._per_minute:
            return Verdict.FREE
        now = self._clock()
        counted = self._counted.get(key) or _Counted()
        # Set again, it is remembered for another minute.
        self._counted[key] = counted
        answers = counted.answers
        while answers and now - answers[0] >= WINDOW:
            del answers[0], counted.members[:1]
        if counted.refused is not None and now - counted.refused >= WINDOW:
            counted.refused = None
        if len(answers) < self._per_minute and self._has_share(counted, member):
            answers.append(now)
            if member is not None:
                counted.members.append(member)
            return Verdict.FREE
        verdict = Verdict.TELL if counted.refused is None else Verdict.SILENT
        counted.refused = now
        return verdict

    def _has_share(self, counted: _Counted, member: Hashable) -> bool:
        """Return whether *member* may have one of the answers that are left.

        With n left for others, one who had n already has to wait; a newcomer never has to.
        """
        if member is None:
            return True
        own, total = counted.members.count(member), len(counted.answers)
        if own == total:
            return own < ceil(self._per_minute * ALONE)
        return own < self._per_minute - total

    def allows(self, key: Hashable) -> bool:
        """Return whether the question that *key* asks now is answered."""
        return self.ask(key) is Verdict.FREE

    @property
    def remembered(self) -> int:
        """How many keys are remembered now, ``MOST_KEYS`` at most."""
        return len(self._counted)


class Throttles:
    """All the limits."""

    def __init__(
        self, configuration: Configuration, is_crowded: Callable[[], bool], delivery: Delivery
    ) -> None:
        """Take the limits from *configuration*; *is_crowded* tells whether updates pile up.

        Whoever asked too much is told by way of *delivery*: in a group alone, where that works.
        """
        self._delivery = delivery
        self._patience = configuration.group_patience * 60
        self._is_crowded = is_crowded
        self._by_user = Limit(configuration.person_limit)
        self._by_chat = Limit(configuration.chat_limit)
        self.inline_queries = Limit(configuration.person_limit * KEYSTROKES)
        self.bare_settings = Limit(BARE_SETTINGS)
        self.only_text = Limit(1)
        self.not_allowed = Limit(1)
        self._too_many, self._too_late = Limit(1), Limit(1)

    def is_old(self, request: Request) -> bool:
        """Return whether *request* was written longer ago than a group waits for an answer."""
        return request.age > self._patience

    async def admit(self, request: Request) -> bool:
        """Return whether *request* is answered now; if not, its sender may be told why."""
        if request.is_private and self._is_crowded() and self.is_old(request):
            if self._too_late.allows(request.chat.id):
                await self._tell(request, request.view.strings.too_late)
            return False
        verdict = self._by_user.ask(request.sender)
        if verdict is Verdict.FREE and not request.is_private:
            verdict = self._by_chat.ask(request.chat.id, request.sender)
        if verdict is Verdict.TELL:
            await self.tell_too_many(request)
        return verdict is Verdict.FREE

    async def tell_too_many(self, request: Request) -> None:
        """Ask the sender of *request* to be patient, unless the chat was told a moment ago."""
        if self._too_many.allows(request.chat.id):
            await self._tell(request, request.view.strings.too_many)

    async def _tell(self, request: Request, text: str) -> None:
        reply = Reply(plain(text), aside=True)
        if request.from_guest:
            await answer_guest(request.message, text_result(reply))
        else:
            await self._delivery.send(request.place, reply, request.view)
