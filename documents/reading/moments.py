"""Reads the moments that feeds and interfaces give, and keeps the day as it is written.

A time in Universal Time may be another day where a statement was made. That is told, and the day
never shifted: a reader knows no place.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import regex

#: RFC 3339 and what is written for it: a day alone, a blank for T, no seconds, "+0100".
_ISO = regex.compile(
    r"^(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?P<time>\d{2}:\d{2})(?::\d{2}(?:[.,]\d{1,9})?)?\s?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
#: Until 7 a.m. Universal Time it is still the evening before in Los Angeles; from 9 p.m. the
#: morning after in Tokyo and Sydney. Few publish at night.
_STILL_EVENING, _ALREADY_MORNING = 7, 21
#: Countries where that matters; an unknown one may be any.
_WEST = {"", "US", "CA", "MX", "BR", "AR", "CL", "CO", "PE", "EC", "BO", "PY", "UY", "PA", "CU"}
_EAST = {"", "CN", "JP", "KR", "KP", "TW", "HK", "MN", "AU", "NZ", "FJ", "SG", "MY", "PH", "ID"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A day as it is written, with the time and the offset, if they are given."""

    day: datetime.date
    #: Without a zone or an offset it is compared as if it were Universal Time.
    at: datetime.datetime | None = None

    @property
    def clock(self) -> str:
        """The day and the time as a person reads them: "2022-08-03 00:20 +0000"."""
        if self.at is None:
            return self.day.isoformat()
        zone = self.at.strftime(" %z") if self.at.tzinfo else ""
        return f"{self.at:%Y-%m-%d %H:%M}{zone}"

    def other_day(self, region: str) -> str:
        """Return why it may be another day in *region*, an ISO 3166 code or empty if unknown.

        The answer is empty if there is no reason to think so.
        """
        # Midnight to the second is a day that was written as a moment.
        at = self.at
        if at is None or not at.tzinfo or at.utcoffset() or at.time() == datetime.time(0):
            return ""
        if at.hour < _STILL_EVENING and region in _WEST:
            return f"published {self.clock}, which was still the day before in the Americas"
        if at.hour >= _ALREADY_MORNING and region in _EAST:
            return f"published {self.clock}, which was the day after in East Asia and Australia"
        return ""

    def later_than(self, other: Moment) -> datetime.timedelta:
        """Return how much later it is than *other*; negative if it is earlier."""
        return self.comparable - other.comparable

    @property
    def comparable(self) -> datetime.datetime:
        """The moment in Universal Time, if it has an offset; else as if it were in it."""
        at = self.at or datetime.datetime.combine(self.day, datetime.time())
        return at if at.tzinfo else at.replace(tzinfo=datetime.UTC)


def read_moment(text: str) -> Moment | None:
    """Return the moment in *text*, in RFC 3339 or RFC 2822; ``None`` if it is neither.

    >>> read_moment("Wed, 03 Aug 2022 00:20:31 +0000").clock
    '2022-08-03 00:20 +0000'
    """
    text = text.strip()
    if match := _ISO.match(text):
        return _iso(match)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return Moment(at.date(), at)


def _iso(match: regex.Match[str]) -> Moment | None:
    try:
        day = datetime.date.fromisoformat(match["day"])
        if not match["time"]:
            return Moment(day)
        zone = (match["zone"] or "").replace("Z", "+00:00")
        return Moment(day, datetime.datetime.fromisoformat(f"{day}T{match['time']}{zone}"))
    except ValueError:
        return None
