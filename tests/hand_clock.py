"""A clock that a test turns by hand."""

from __future__ import annotations


class HandClock:
    """Seconds that pass only when a test says so."""

    def __init__(self, now: float = 1_740_000_000.0) -> None:
        """Begin at *now*; without it at 21:20 UTC on 19 February 2025."""
        self.now = now

    def __call__(self) -> float:
        """Return the time in seconds."""
        return self.now
