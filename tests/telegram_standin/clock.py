"""Tells the stand-in's time, which a test may move forward; it wakes nobody by itself."""

from __future__ import annotations

import time


class Clock:
    """The real time plus whatever a test has added.

    It keeps running with the real time because the bot compares message dates with its own
    clock; a frozen date would make every message look old.
    """

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> int:
        """Return the Unix time in whole seconds, as every date of the Bot API is."""
        return int(time.time() + self._ahead)

    def advance(self, seconds: float) -> None:
        """Move the time forward; raises ValueError for a step back."""
        if seconds < 0:
            raise ValueError(f"the clock cannot go back {-seconds} seconds")
        self._ahead += seconds
