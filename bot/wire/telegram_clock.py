"""Tells the time that it is at Telegram, however wrong this machine's clock is.

The age of a question is Telegram's date of it, taken from the time now. If that were this machine's
time, a clock that is ten minutes ahead would make every question in a group look too old. What is
done with an age is left to ``front``, where Telegram's times come from to ``http_client``.
"""

from __future__ import annotations

import logging
import math
import time
from collections import deque
from collections.abc import Callable
from email.utils import mktime_tz, parsedate_tz
from enum import IntEnum

logger = logging.getLogger(__name__)

#: How many of the last answers count: what most of them agree on is the time.
_KEPT = 9
#: How many times must have come before the operator is told that the clock is wrong.
_ENOUGH = 3
#: Seconds that the clock must be off for that, and at most when it is taken for right again.
WORTH_TELLING = 60.0
_RIGHT_AGAIN = 30.0
#: Seconds by which a server's date may be late: whole ones are cut off, and some are kept a while.
_CUT_OFF = 2.0
#: Seconds that the clock must have gained or lost at once to have been set.
_SET = 2.0
#: Seconds until the date of another message that was sent is looked at: it must be read for that.
_NEXT_SENT = 10.0
#: Seconds that a poll must have been held open for the update that ended it to be a new one.
_HELD_OPEN = 2.0
#: What a time must lie between, in seconds since 1970: the years 2020 and 2100.
_EARLIEST, _LATEST = 1_577_836_800, 4_102_444_800


class Source(IntEnum):
    """Where a time of Telegram's comes from; of two that differ, the lower is believed."""

    #: The date of a message that was just sent: Telegram's, whatever server is between.
    SENT = 0
    #: The ``Date`` of an HTTP answer. A Bot API server of one's own sends none, and a proxy before
    #: that its own.
    ANSWERED = 1
    #: The date of an update that a waiting poll brought, which may have been held up.
    POLLED = 2


def _machine_timer() -> float:
    """Return seconds that pass evenly, also while the machine sleeps if it can tell."""
    # Linux has it and macOS does not; CLOCK_MONOTONIC stands still there while Linux sleeps.
    boot_time = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.clock_gettime(boot_time)


class TelegramClock:
    """Telegram's clock, as far as it can be told from what Telegram answers.

    Each answer says when Telegram gave it, and that must have been between the call and now. So it
    bounds how far the two clocks are apart; that a call took long makes the bounds wide, not wrong.
    The clocks are taken to be as near as the bounds of most answers allow, after K. Marzullo,
    "Maintaining the Time in a Distributed System" (1984).
    """

    def __init__(
        self,
        machine: Callable[[], float] = time.time,
        timer: Callable[[], float] = _machine_timer,
        *,
        tells: bool = True,
    ) -> None:
        """Begin with the time of the *machine*, in seconds since 1970, until Telegram answers.

        *timer* gives seconds that nobody sets. The log tells of a wrong clock if this one *tells*.
        """
        self.machine = machine
        self._timer = timer
        self._tells = tells
        self._told = False
        self._last_header = ""
        self._header_seconds = 0.0
        #: Of each answer, the least and the most seconds that Telegram's clock is ahead.
        self._bounds: dict[Source, deque[tuple[float, float]]] = {
            one: deque(maxlen=_KEPT) for one in Source
        }
        #: Seconds that Telegram's clock shows more than the machine's.
        self._offset = 0.0
        self._began = self._telegrams_began = machine()
        self._lead = self._began - timer()
        self._was_set = False
        self._last_sent = -math.inf

    def __call__(self) -> float:
        """Return the seconds since 1970 by Telegram's clock."""
        self._notice_setting()
        return self.machine() + self._offset

    @property
    def began(self) -> float:
        """When this was made, by Telegram's clock."""
        return self._telegrams_began

    @property
    def machine_ahead(self) -> float:
        """By how many seconds the machine's clock is ahead of Telegram's; negative if behind."""
        return -self._offset

    def take_header(self, date: str | None, called: float) -> None:
        """Learn from the ``Date`` of an answer to a call made at *called* by the machine's clock.

        A header that is missing or makes no sense is ignored.
        """
        if not date:
            return
        if date != self._last_header:
            self._last_header, self._header_seconds = date, _seconds_of(date)
        self.take(Source.ANSWERED, self._header_seconds, called)

    def wants(self, source: Source, called: float) -> bool:
        """Return whether a time from *source*, by a call made at *called*, is worth reading."""
        if source is Source.SENT:
            return self._timer() - self._last_sent > _NEXT_SENT
        # A poll that was held open brings what has just come; another, what may have waited.
        better = any(kept for other, kept in self._bounds.items() if other < source)
        return not better and self.machine() - called > _HELD_OPEN

    def take(self, source: Source, date: object, called: float) -> None:
        """Learn from *date*, a whole second at Telegram between *called* and now."""
        if not isinstance(date, int | float) or not _EARLIEST < date < _LATEST:
            return
        self._notice_setting()
        now = self.machine()
        if source is Source.SENT:
            self._last_sent = self._timer()
        self._bounds[source].append((date - now, date + _CUT_OFF - min(called, now)))
        self._offset = self._best()
        if not self._was_set:
            self._telegrams_began = self._began + self._offset
        self._tell()

    def _best(self) -> float:
        """Return the seconds that most bounds allow."""
        bounds = next(filter(None, self._bounds.values()))
        if all(least <= self._offset <= most for least, most in bounds):
            return self._offset

        def allowed(seconds: float) -> tuple[int, float]:
            # Of two that differ, the one that trusts the machine more: it may be any server's.
            return sum(least <= seconds <= most for least, most in bounds), -abs(seconds)

        return max((0.0, *(edge for pair in bounds for edge in pair)), key=allowed)

    def _notice_setting(self) -> None:
        """Forget what was learnt if the machine's clock has been set since."""
        lead = self.machine() - self._timer()
        if abs(lead - self._lead) > _SET:
            for kept in self._bounds.values():
                kept.clear()
            # Who sets a clock sets it right, most of the time; the next answer tells.
            self._offset, self._was_set = 0.0, True
        self._lead = lead

    def _tell(self) -> None:
        apart = abs(self._offset)
        if self._told and apart < _RIGHT_AGAIN:
            self._told = False
            logger.info("this machine's clock agrees with Telegram's again")
        elif self._tells and not self._told and apart >= WORTH_TELLING:
            if max(map(len, self._bounds.values())) < _ENOUGH:
                return
            self._told = True
            logger.warning(
                "this machine's clock is %s %s Telegram's; the age of a question is measured by "
                "Telegram's. Set the clock, and keep it right with NTP",
                _span(apart),
                "behind" if self._offset > 0 else "ahead of",
            )


def _seconds_of(date: str) -> float:
    """Return the seconds since 1970 that the header *date* says; what is no date is no number."""
    try:
        parsed = parsedate_tz(date[:64])
        return float(mktime_tz(parsed)) if parsed else math.nan
    except (ValueError, OverflowError, TypeError, IndexError):
        return math.nan


def _span(seconds: float) -> str:
    """Return a length of time in words: "10 minutes"."""
    for length, unit in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        number = round(seconds / length)
        if number >= 2:
            return f"{number} {unit}"
    return f"{round(seconds, -1):.0f} seconds"
