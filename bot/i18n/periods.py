"""Names a span of days as people do: "February 2025", "6 to 8 Feb 2025", "since 2024".

The words are the language's; which of them a span takes is decided here.
"""

from __future__ import annotations

import datetime
from calendar import monthrange

from bot.i18n.string_table import StringTable


def name_of_days(
    table: StringTable, first: datetime.date | None, last: datetime.date | None
) -> str:
    """Return the name of the days from *first* to *last*, both included.

    A span without a *first* or a *last* day is open at that end; without both it has no name.

    >>> from bot.i18n.strings import strings_of
    >>> day = datetime.date
    >>> name_of_days(strings_of("en"), day(2025, 2, 1), day(2025, 2, 28))
    'February 2025'
    >>> name_of_days(strings_of("en"), day(2024, 1, 1), None)
    'since 2024'
    """
    if first and last:
        return _span(table, first, last)
    if first:
        # "Since" takes in the month or year that it names; "until" may be read either way.
        return table.since.format(date=_beginning(table, first))
    return table.until.format(date=_day(table, last)) if last else ""


def _span(table: StringTable, first: datetime.date, last: datetime.date) -> str:
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        if (first.month, last.month) == (1, 12):
            return _from_to(table, _year(table, first), _year(table, last))
        if first.year == last.year:
            names = (table.month_names[day.month - 1] for day in (first, last))
            return _month(table, last, _from_to(table, *names))
        return _from_to(table, _month(table, first), _month(table, last))
    if (first.year, first.month) == (last.year, last.month):
        return _day(table, last, _from_to(table, str(first.day), str(last.day)))
    return _from_to(table, _day(table, first), _day(table, last))


def _beginning(table: StringTable, first: datetime.date) -> str:
    if first.day > 1:
        return _day(table, first)
    return _year(table, first) if first.month == 1 else _month(table, first)


def _day(table: StringTable, day: datetime.date, days: str = "") -> str:
    month = table.months[day.month - 1]
    return table.date.format(day=days or day.day, month=month, year=day.year)


def _month(table: StringTable, day: datetime.date, months: str = "") -> str:
    month = months or table.month_names[day.month - 1]
    return table.month_and_year.format(month=month, year=day.year)


def _year(table: StringTable, day: datetime.date) -> str:
    return table.year.format(year=day.year)


def _from_to(table: StringTable, first: str, last: str) -> str:
    return first if first == last else table.period.format(first=first, last=last)
