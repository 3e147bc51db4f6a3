"""Measures for how long something holds up an event loop: between two turns, beyond a tick."""

from __future__ import annotations

import asyncio
import time


async def note_gaps(gaps: list[float], over: asyncio.Event, tick: float) -> None:
    """Add to *gaps*, until it is *over*, by how many seconds each turn came later than the *tick*.

    The tick is in seconds, too.
    """
    last = time.perf_counter()
    while not over.is_set():
        await asyncio.sleep(tick)
        now = time.perf_counter()
        gaps.append(now - last - tick)
        last = now
