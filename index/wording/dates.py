"""Reads the dates that people type, each as a range of days.

The range is as long as the period named: ``Feb 2025`` is the whole month, ``last week`` the Monday
to Sunday before this week. ``syntax`` decides which words of a question are the value of a date
operator, ``when`` finds dates among its other words, and ``narrowing`` decides what a range of days
does to a search.
"""

from __future__ import annotations

import datetime
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

#: Years outside this range are mistyped, or other numbers.
_YEARS = range(1000, 3000)
#: A longer text, in characters, is not a date; the library's time grows with the length.
_LONGEST = 30
ONE_DAY = datetime.timedelta(days=1)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
# Patterns for lower case and single spaces. Compiled by ``re`` when first used, so that a process
# that reads no date does not pay for them.
_SPELLED = rf"""(?xa:
    (?: (?P<day>[0-9]{{1,2}}) (?:st|nd|rd|th)?[ ](?:of[ ])? )?
    (?P<month>{_MONTH}) \.? (?:[ ](?P<american_day>[0-9]{{1,2}}) (?:st|nd|rd|th)? )?
    (?:,|[ ]of)? [ ](?: (?P<year>[12][0-9]{{3}}) | ['’](?P<short_year>[0-9]{{2}}) ) \b
  | (?P<which>last|this) [ -](?P<unit>week|month|year) \b
  | (?P<yesterday>yesterday) \b
  | today \b
)"""
_YEAR_FIRST = (
    "(?P<year>[0-9]{4})(?:(?P<sign>[-/.])(?P<month>[0-9]{1,2})(?:(?P=sign)(?P<day>[0-9]{1,2}))?)?"
)
_YEAR_LAST = "(?P<first>[0-9]{1,2})(?P<sign>[-/.])(?P<second>[0-9]{1,2})(?P=sign)(?P<year>[0-9]{4})"
_DECADE = r"(?:the )?(?:(?P<first>[12][0-9]{2}0)|['’]?(?P<short>[0-9]0))['’]?s"
#: Words and numbers, but no numbers joined by dots or dashes, whose order would be a guess.
_FOR_LIBRARY = r"(?!.{0,30}[0-9][-.][0-9])(?=.{0,30}[^\W\d_])[\w ,.'’-]{1,30}"
#: How long ago, or in how long, in the library's languages: there any number may stand.
_HOW_LONG = re.compile(
    r"\b(?:ago|in|hace|dentro|il y a|dans|назад|через)\b|[前后後]|قبل|منذ|بعد", re.IGNORECASE
)
#: What the library takes for a date and is none: a number with letters to it (100m, 3pm, h1) but
#: for an ordinal and a quarter, a time of day, a number that is no day and no year, and a number
#: alone, also in words.
_NO_DATE = re.compile(
    r"\b[0-9]+(?!st\b|nd\b|rd\b|th\b|er\b)[a-z]"
    r"|\b(?!q[1-4]\b)[a-z]+[0-9]"
    r"|\b[ap]\.? ?m\b|\b(?:noon|midnight|o['’]?clock|half past)\b"
    r"|\b0*(?:3[2-9]|[4-9][0-9]|[0-9]{3})\b|[0-9]{5}"
    r"|\A(?:[0-9]+[a-z]*|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|first)\Z"
)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Dates:
    """A range of days, both ends included.

    A range whose first day is after its last is empty.
    """

    #: ``None`` for a range without a beginning.
    first: datetime.date | None
    #: ``None`` for a range without an end.
    last: datetime.date | None

    def __contains__(self, day: datetime.date) -> bool:
        """Whether *day* is one of these days."""
        after_first = self.first is None or self.first <= day
        return after_first and (self.last is None or day <= self.last)

    @property
    def is_year(self) -> bool:
        """Whether these are the days of one calendar year."""
        return self.first is not None and self == whole_period("year", self.first)

    def overlap(self, other: Dates) -> Dates:
        """Return the days that are in this range and in *other*."""
        firsts = [day for day in (self.first, other.first) if day is not None]
        lasts = [day for day in (self.last, other.last) if day is not None]
        return Dates(max(firsts, default=None), min(lasts, default=None))


def read_dates(text: str, today: datetime.date | None = None) -> Dates | None:
    """Return the days that *text* names; ``None`` if it is not a date, or could be two.

    ``06/02/2025`` may be in June or in February; ``13/02/2025`` is clear. ``1990s`` is ten years. A
    date without a year is the latest in the past; ``last week`` is counted from *today*, by default
    the present day. What is a date only to the library, such as ``100m`` and ``3pm``, is none.
    Common English forms are read here, others by dateparser, in the six official languages of the
    United Nations.

    >>> read_dates("Feb 2025", datetime.date(2026, 11, 22)).last
    datetime.date(2025, 2, 28)
    """
    text = " ".join(text.split()).lower()
    today = today or datetime.date.today()
    if len(text) > _LONGEST:
        text = ""
    with suppress(ValueError):  # no such day, as 30 February
        if match := re.fullmatch(_DECADE, text):
            first = int(match["first"] or full_year(match["short"], today))
            return Dates(datetime.date(first, 1, 1), datetime.date(first + 9, 12, 31))
        if match := re.fullmatch(_SPELLED, text):
            return _matched(match, today)
        if match := re.fullmatch(_YEAR_FIRST, text):
            return named_days(*(int(n) for n in match.group("year", "month", "day") if n))
        if match := re.fullmatch(_YEAR_LAST, text):
            return ordered_days(*(int(n) for n in match.group("first", "second", "year")))
        how_long = bool(_HOW_LONG.search(text))
        if re.fullmatch(_FOR_LIBRARY, text) and (how_long or not _NO_DATE.search(text)):
            return _read_by_library(text, today, relative=how_long or not _DIGIT.search(text))
    return None


def bounded(edge: str, dates: Dates) -> Dates:
    """Return the days that *edge* (``after``, ``before``, ``until``, others) makes of *dates*.

    ``after`` a month begins with its first day, and ``before`` a month ends the day before it, as
    in Gmail's search: ``after:2025-02 before:2025-03`` is February. ``since`` is ``after``.
    """
    if edge in ("after", "since"):
        return Dates(dates.first, None)
    if edge == "before" and dates.first is not None:
        return Dates(None, dates.first - ONE_DAY)
    return Dates(None, dates.last) if edge == "until" else dates


def spelled_date(text: str, start: int) -> int:
    """Return where the date that begins at *start* in *text* ends; *start* if there is none.

    So a date of several words, as in ``on:6 February 2025``, needs no quotation marks.
    """
    match = re.match(_SPELLED, text[start : start + _LONGEST].lower())
    return start + match.end() if match else start


def _matched(match: re.Match[str], today: datetime.date) -> Dates:
    """Return the days of a match of ``_SPELLED``; raise ValueError if there are no such days."""
    if match["yesterday"]:
        return Dates(today - ONE_DAY, today - ONE_DAY)
    if unit := match["unit"]:
        dates = whole_period(unit, today)
        if match["which"] == "last" and dates.first is not None:
            dates = whole_period(unit, dates.first - ONE_DAY)
        return dates
    if not match["month"]:
        return Dates(today, today)
    if match["day"] and match["american_day"]:
        raise ValueError(f"{match[0]!r} has two days")
    year = match["year"] or full_year(match["short_year"], today)
    numbers = [int(year), _MONTHS.index(match["month"][:3]) + 1]
    if day := match["day"] or match["american_day"]:
        numbers.append(int(day))
    return named_days(*numbers)


def full_year(short: str, today: datetime.date) -> int:
    """Return the year that two digits stand for, '25 or '99: next year or the latest before."""
    year = today.year // 100 * 100 + int(short)
    return year if year <= today.year + 1 else year - 100


def named_days(year: int, month: int | None = None, day: int | None = None) -> Dates:
    """Return the days of a year, of its month or of one day; raise ValueError if there are none."""
    if year not in _YEARS:
        raise ValueError(f"{year} is out of range")
    period = "year" if month is None else "month" if day is None else "day"
    return whole_period(
        period, datetime.date(year, 1 if month is None else month, 1 if day is None else day)
    )


def ordered_days(first: int, second: int, year: int) -> Dates | None:
    """Return the day that two numbers name in *year*; ``None`` if both orders are possible."""
    if first != second and (first > 12) == (second > 12):
        return None
    return named_days(year, min(first, second), max(first, second))


def whole_period(period: str, day: datetime.date) -> Dates:
    """Return the week, month, quarter or year that *day* is in, or the day itself."""
    if period == "week":
        first = day - datetime.timedelta(days=day.weekday())
        return Dates(first, first + datetime.timedelta(days=6))
    months = {"month": 1, "quarter": 3, "year": 12}.get(period)
    if months is None:
        return Dates(day, day)
    first = day.replace(month=(day.month - 1) // months * months + 1, day=1)
    following = datetime.date(
        first.year + (first.month + months > 12), (first.month + months - 1) % 12 + 1, 1
    )
    return Dates(first, following - ONE_DAY)


@lru_cache(maxsize=1024)
def _read_by_library(text: str, today: datetime.date, *, relative: bool) -> Dates | None:
    """Return the days of *text* by the library; *relative* also as how long ago."""
    parser = _parser(today, relative)
    try:
        read = parser.get_date_data(text.replace("-", " "))
    except Exception:  # the library may fail on any text; what it cannot read is not a date
        return None
    if read.date_obj is None or read.date_obj.year not in _YEARS:
        return None
    return whole_period(read.period, read.date_obj.date())


@lru_cache(maxsize=2)
def _parser(today: datetime.date, relative: bool) -> DateDataParser:
    # Imported here, as it takes tenths of a second and few questions have a date.
    from dateparser.date import DateDataParser  # noqa: PLC0415

    return DateDataParser(
        languages=["en", "es", "fr", "ru", "zh", "ar"],
        use_given_order=True,
        settings={
            "RELATIVE_BASE": datetime.datetime.combine(today, datetime.time(12)),
            "PREFER_DATES_FROM": "past",
            # Without the parser of timestamps in seconds since 1970.
            "PARSERS": ["relative-time", "absolute-time"] if relative else ["absolute-time"],
            "TIMEZONE": "UTC",
        },
    )
