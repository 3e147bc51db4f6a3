"""Knows whether Telegram answers, and if not, why; and tells that in the log once a spell.

What an obstacle is called is left to ``obstacles``; when the bot gives up, to ``polling``.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from bot.wire.obstacles import Obstacle

logger = logging.getLogger(__name__)

#: Seconds that calls must have failed before that is worth a warning: a connection breaks now and
#: then, and is mended by the next call.
WORTH_TELLING = 5.0


class Reachability:
    """What came of the last calls to Telegram."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin without any call; *clock* gives seconds."""
        self._clock = clock
        self._since = 0.0
        self._told: set[str] = set()
        #: What kept the last call from Telegram; None if it was answered, or none was made.
        self.obstacle: Obstacle | None = None

    def answered(self) -> None:
        """Note that Telegram answered."""
        if self.obstacle is None:
            return
        self.obstacle = None
        if self._told:
            self._told.clear()
            logger.info("Telegram is reached again")

    def failed(self, obstacle: Obstacle) -> None:
        """Note that *obstacle* kept a call from Telegram."""
        now = self._clock()
        if self.obstacle is None:
            self._since = now
        self.obstacle = obstacle
        if obstacle.reason in self._told or now - self._since < WORTH_TELLING:
            logger.debug("a call did not reach Telegram: %s", obstacle.reason)
            return
        self._told.add(obstacle.reason)
        logger.warning("Telegram cannot be reached: %s. %s.", obstacle.reason, obstacle.repair)
