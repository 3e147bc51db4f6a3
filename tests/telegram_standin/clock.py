"""Tells the stand-in's time, which a test may move forward, and wakes whoever waits for it."""

from __future__ import annotations

import time

from telegram_standin.pulse import Pulse

_NINE, _DAY = 9 * 3600, 24 * 3600


class Clock:
    """The real time plus whatever a test has added.

    It keeps running with the real time because the bot compares message dates with its own
    clock; a frozen date would make every message look old. A bot whose clock can be chosen takes
    `telegram.clock.time`, and nothing is left to differ.
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
