"""Lets coroutines wait until something is true of the stand-in; what is true is up to them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Pulse:
    """One heartbeat for the whole stand-in: whoever changes something beats, waiters look again."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def beat(self) -> None:
        """Wake every waiter to look at its condition again."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, look: Callable[[], T | None], timeout: float) -> T | None:  # noqa: ASYNC109
        """Return the first value of `look()` that is not None, or None after `timeout` seconds.

        The condition is looked at before any waiting, so a timeout of 0 is a plain question. It
        is a parameter rather than `asyncio.timeout` because running out of time is no error here.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        while True:
            found = look()
            remaining = deadline - loop.time()
            if found is not None or remaining <= 0:
                return found
            future: asyncio.Future[None] = loop.create_future()
            self._waiting.add(future)
            try:
                await asyncio.wait({future}, timeout=remaining)
            finally:
                self._waiting.discard(future)
                future.cancel()
