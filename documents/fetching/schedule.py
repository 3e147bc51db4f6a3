"""Says when a source may be asked: how often, how soon after a failure, how soon after another.

It asks nobody. Robots' rules (robots.txt) are not read: an operator names each source, and of what
a feed lists no more is fetched than a feed reader would open.
"""

from __future__ import annotations

from collections.abc import Callable

from documents.fetching.sources import Followed
from documents.fetching.state import SourceState, State, host_of

#: Seconds between two requests to one host.
BETWEEN = 5.0
#: Seconds after the first failure, doubled by each further one, and at most so many.
_FIRST, _MOST = 900.0, 86_400.0
#: The longest that a site is believed when it says when to come again, in seconds.
_LONGEST_PATIENCE = 7 * 86_400.0
#: A timer that comes every hour comes some seconds early or late.
_EARLY, _EARLY_SHARE = 60.0, 0.1


def back_off(failures: int) -> float:
    """Return how many seconds to wait after so many *failures* in a row.

    >>> [back_off(n) / 60 for n in (1, 2, 3, 50)]
    [15.0, 30.0, 60.0, 1440.0]
    """
    return min(_FIRST * 2.0 ** min(failures - 1, 20), _MOST)


def is_due(source: Followed, known: SourceState, now: float) -> bool:
    """Return whether the time of *source* has come, as it is *known* at the time *now*."""
    early = min(_EARLY, source.every * _EARLY_SHARE)
    asked = _credible(known.asked, now, 0.0)
    return now >= max(_credible(known.again, now, _MOST), asked + source.every - early)


def postponed_until(source: Followed, state: State, now: float, *, is_named: bool) -> float:
    """Return before when *source* must not be asked at the time *now*; 0 if it may.

    Whoever names it wants it tried in spite of failures, but not against the site's own wish.
    """
    host = _credible(state.patience_with(source.url), now, _LONGEST_PATIENCE)
    again = _credible(state.of(source.url).again, now, _MOST)
    until = host if is_named else max(host, again)
    return until if until > now else 0.0


def be_patient(state: State, url: str, seconds: float, now: float) -> None:
    """Note that the host of *url* asked for *seconds* of patience at the time *now*."""
    until = now + min(max(seconds, 0.0), _LONGEST_PATIENCE)
    host = host_of(url)
    state.hosts[host] = max(until, state.hosts.get(host, 0.0))


def _credible(moment: float, now: float, furthest: float) -> float:
    """Return *moment*; 0 if it is too far ahead, and was noted while the clock was wrong."""
    return moment if moment <= now + furthest else 0.0


class Pace:
    """Lets requests go out one at a time, and to each host only so often."""

    def __init__(
        self,
        clock: Callable[[], float],
        pause: Callable[[float], object],
        between: float = BETWEEN,
    ) -> None:
        """Take the time from *clock*, in seconds, and wait by *pause*, *between* two requests."""
        self._clock = clock
        self._pause = pause
        self._between = between
        self._last: dict[str, float] = {}

    def wait_for(self, url: str) -> None:
        """Wait until the host of *url* may be asked."""
        host = host_of(url)
        if host in self._last:
            left = self._last[host] + self._between - self._clock()
            if left > 0:
                self._pause(left)

    def asked(self, url: str) -> None:
        """Note that the host of *url* has just answered, or failed to."""
        self._last[host_of(url)] = self._clock()
