"""Decides whether somebody who asks is asking too often.

Who is asked about (a person, a chat) and what is said to them is left to the handlers.

It keeps the times of the answers of the last minute, a sliding window, and not a bucket of tokens:
a full bucket of n lets up to twice n through in its first minute, and "at most n in any minute" is
what the operator wrote and what a person can be told. At a few dozen answers a minute the times
cost no more than a bucket does.
"""

from __future__ import annotations

import enum
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

#: Seconds over which answers are counted.
WINDOW = 60.0
#: People and chats remembered at most; the one that has been quiet for longest goes first. More
#: than Telegram's 30 messages a second let be answered in a minute; at 20 answers each, 9 MB.
MOST_KEYS = 10_000
#: Idle keys forgotten at each question: more than one, so that they become fewer.
_FORGOTTEN_AT_ONCE = 2


class Verdict(enum.Enum):
    """What to do with a question."""

    #: Answer it.
    FREE = "free"
    #: Say once, politely, that it is too much.
    TELL = "tell"
    #: Say nothing.
    SILENT = "silent"


class _Asker:
    """One who asked within the last minute."""

    __slots__ = ("answered", "asked", "refused")

    def __init__(self) -> None:
        #: When the answers of the last minute were given, the oldest first.
        self.answered: list[float] = []
        #: When the last question came.
        self.asked = 0.0
        #: When a question was last refused; ``None`` when no spell is on.
        self.refused: float | None = None


class Limits:
    """So many answers in any minute, for each key."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow *per_minute* answers, 0 meaning any number; *clock* gives seconds, never back.

        Raises:
            ValueError: *per_minute* is negative.
        """
        if per_minute < 0:
            raise ValueError(f"per_minute is negative: {per_minute}")
        self._per_minute = per_minute
        self._clock = clock
        self._askers: OrderedDict[Hashable, _Asker] = OrderedDict()

    def ask(self, key: Hashable) -> Verdict:
        """Return what to do with the question that *key* asks now.

        A spell of too many questions begins with the first that is refused and ends when none has
        been refused for a minute. Only its first refusal is told: whoever asks steadily at twice
        the limit gets every other answer, and not a reproach between any two.
        """
        if not self._per_minute:
            return Verdict.FREE
        now = self._clock()
        asker = self._askers.get(key)
        if asker is None:
            asker = self._askers[key] = _Asker()
        else:
            self._askers.move_to_end(key)
        asker.asked = now
        self._forget_idle(now)
        answered = asker.answered
        while answered and now - answered[0] >= WINDOW:
            del answered[0]
        if asker.refused is not None and now - asker.refused >= WINDOW:
            asker.refused = None
        if len(answered) < self._per_minute:
            answered.append(now)
            return Verdict.FREE
        verdict = Verdict.TELL if asker.refused is None else Verdict.SILENT
        asker.refused = now
        return verdict

    @property
    def remembered(self) -> int:
        """How many keys are remembered now, ``MOST_KEYS`` at most."""
        return len(self._askers)

    def _forget_idle(self, now: float) -> None:
        """Forget a few who have been quiet for a minute, and whoever is too many."""
        for _ in range(_FORGOTTEN_AT_ONCE):
            key, asker = next(iter(self._askers.items()))
            if now - asker.asked < WINDOW and len(self._askers) <= MOST_KEYS:
                return
            del self._askers[key]
