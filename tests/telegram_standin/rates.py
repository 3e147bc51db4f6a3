"""Counts what the bot sends, and says from when on it is too much; off unless a test asks for it.

core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: about 30 messages a second
in all, and 20 a minute in a group. Telegram's own counting is not known; here a window slides.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque

from telegram_standin.clock import Clock
from telegram_standin.faults import Flood
from telegram_standin.people import Chat

MAX_A_SECOND = 30
MAX_A_MINUTE_IN_GROUP = 20


class Rates:
    """What was sent of late."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._everywhere: deque[float] = deque(maxlen=MAX_A_SECOND)
        self._in_group: defaultdict[int, deque[float]] = defaultdict(
            lambda: deque(maxlen=MAX_A_MINUTE_IN_GROUP)
        )

    def count(self, chat: Chat) -> None:
        """Note a message to a chat; raises Refusal (429), and notes none, if it is too much."""
        now = self._clock.time()
        waits = [_wait(self._everywhere, now - 1)]
        if chat.kind in ("group", "supergroup"):
            waits.append(_wait(self._in_group[chat.id], now - 60))
        if any(waits):
            raise Flood(math.ceil(max(waits))).refusal()
        self._everywhere.append(now)
        self._in_group[chat.id].append(now)


def _wait(sent: deque[float], since: float) -> float:
    """Return the seconds until there is room for one more, 0 if there is."""
    return max(sent[0] - since, 0) if len(sent) == sent.maxlen else 0
