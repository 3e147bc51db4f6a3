"""Reads which days some words of a story name for certain: "on 3 March", "last Monday"."""

from __future__ import annotations

import datetime
from functools import lru_cache

import regex

from index.text.language import language_of
from index.wording.dates import ONE_DAY, Dates
from index.wording.when import When, when_in

#: Two days of different months and weekdays: what is read alike on both needs no present day.
_SOME_DAY, _OTHER_DAY = datetime.date(2001, 2, 14), datetime.date(2024, 10, 25)
_DAYS_OF_WEEK = 7
#: So many phrases are remembered: those of one story are few.
_REMEMBERED = 1024


@lru_cache(_REMEMBERED)
def days_of(text: str, code: str, today: datetime.date | None) -> Dates | None:
    """Return the days that *text* names for certain; ``None`` if they depend on an unknown day.

    A day of the week is the last one before *today*; on that weekday, it may be either of two, and
    so is "last Monday" in any week. A date without a year is the latest up to *today*.
    """
    language = language_of(code)
    text = regex.sub(r"\s", " ", text)
    some, other = when_in(text, language, _SOME_DAY), when_in(text, language, _OTHER_DAY)
    if some is None or other is None or len(some.spans) != 1:
        return None
    if some.dates == other.dates and not some.yearless:
        return some.dates if some.dates.first and some.dates.last else None
    found = when_in(text, language, today) if today else None
    return _counted(found, text, today) if found and today else None


def _counted(found: When, text: str, today: datetime.date) -> Dates | None:
    """Return the days *found* in *text* that are counted from *today*; ``None`` if not one."""
    first, last = found.dates.first, found.dates.last
    if first is None or last is None or len(found.spans) != 1:
        return None
    if first == last and not found.yearless and not found.periods:
        # A day of the week.
        one_week = ONE_DAY * _DAYS_OF_WEEK
        if last + one_week == today:
            return Dates(first, today)
        if regex.search(r"(?i)\b(?:last|pasad[oa])\b|上周", text):
            return Dates(first - one_week, last)
    return Dates(first, last)
