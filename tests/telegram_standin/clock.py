"""Tells the stand-in's time, which a test may move, and wakes whoever waits for it.

Every answer of the server bears it in its `Date` header, as Telegram's do.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from email.utils import formatdate

from telegram_standin.pulse import Pulse

_NINE, _DAY = 9 * 3600, 24 * 3600


class Clock:
    """The real time plus whatever a test has added.

    It keeps running with the real time because the bot compares message dates with its own
    clock; a frozen date would make every message look old. A bot whose clock can be chosen takes
    `telegram.clock.time`, and nothing is left to differ; or `telegram.clock.apart(600)`, and its
    machine is ten minutes ahead. For a bot that reads the machine's own clock, as a process does,
    `turn_back(600)` comes to the same.
    """

    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse
        self._ahead = 0.0

    def time(self) -> float:
        """Return the Unix time in seconds, as `time.time` does."""
        return time.time() + self._ahead

    def now(self) -> int:
        """Return the Unix time in whole seconds, as every date of the Bot API is."""
        return int(self.time())

    def date_header(self) -> str:
        """Return what the `Date` header of an answer says."""
        return formatdate(self.now(), usegmt=True)

    def apart(self, seconds: float) -> Callable[[], float]:
        """Return the clock of a machine ahead of Telegram by so much, or behind if less than 0.

        It follows whatever this clock does.
        """
        return lambda: self.time() + seconds

    def turn_back(self, seconds: float) -> None:
        """Let Telegram's time be earlier, as where a machine's own clock runs ahead of it.

        Before anything has happened, for what has a date keeps it. Raises ValueError for a step
        forward, which `advance` makes.
        """
        if seconds < 0:
            raise ValueError(f"the clock is not turned forward; advance it by {-seconds} seconds")
        self._ahead -= seconds
        self._pulse.beat()

    def advance(self, seconds: float) -> None:
        """Move the time forward and wake every `sleep` and long poll that ends by this.

        Raises ValueError for a step back.
        """
        if seconds < 0:
            raise ValueError(f"the clock cannot go back {-seconds} seconds")
        self._ahead += seconds
        self._pulse.beat()

    def advance_to_morning(self) -> None:
        """Move the time forward to nine o'clock UTC, from where some hours change no date."""
        self.advance((_NINE - self.time()) % _DAY)

    async def sleep(self, seconds: float) -> None:
        """Wait until this many seconds have passed, by themselves or by `advance`."""
        due = self.time() + seconds
        while (remaining := due - self.time()) > 0:
            await self._pulse.until(lambda: True if self.time() >= due else None, remaining)
