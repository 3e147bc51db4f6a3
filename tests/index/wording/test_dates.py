"""Dates that people type: examples against a fixed day, a calendar as oracle, hostile text."""

from __future__ import annotations

import calendar
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reached import reached, reaches

from index.wording import dates
from index.wording.dates import Dates, bounded, read_dates, spelled_date

#: A Sunday.
TODAY = datetime.date(2026, 11, 22)
DAYS = st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31))
PIECES = st.sampled_from(["1", "06", "2025", "feb", "-", "/", "last", "week", "ago", "since", "in"])


def run(days: str) -> Dates | None:
    """Return the run drawn as ``first/last``, where ``-`` is open and one day is drawn once."""
    if days == "unread":
        return None
    first, _, last = days.partition("/")
    ends = (
        None if day == "-" else datetime.date.fromisoformat(day) for day in (first, last or first)
    )
    return Dates(*ends)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2025-02-06", "2025-02-06"),
        ("2025/2/6", "2025-02-06"),
        ("2025-02", "2025-02-01/2025-02-28"),
        ("2024-02", "2024-02-01/2024-02-29"),
        ("2025", "2025-01-01/2025-12-31"),
        ("Feb 2025", "2025-02-01/2025-02-28"),
        ("DECEMBER, 2025", "2025-12-01/2025-12-31"),
        ("Sept. 2025", "2025-09-01/2025-09-30"),
        ("6 February 2025", "2025-02-06"),
        ("6th of Feb 2025", "2025-02-06"),
        ("February 6, 2025", "2025-02-06"),
        ("  February \n 6th  2025 ", "2025-02-06"),
        ("today", "2026-11-22"),
        ("Yesterday", "2026-11-21"),
        ("this week", "2026-11-16/2026-11-22"),
        ("last week", "2026-11-09/2026-11-15"),
        ("last-week", "2026-11-09/2026-11-15"),
        ("last month", "2026-10-01/2026-10-31"),
        ("this year", "2026-01-01/2026-12-31"),
        ("last year", "2025-01-01/2025-12-31"),
        # Only one order has a month in it, or both are the same day.
        ("13/02/2025", "2025-02-13"),
        ("02/13/2025", "2025-02-13"),
        ("24.02.2025", "2025-02-24"),
        ("02/02/2025", "2025-02-02"),
        ("1990s", "1990-01-01/1999-12-31"),
        ("the 1990s", "1990-01-01/1999-12-31"),
        ("2020s", "2020-01-01/2029-12-31"),
        ("’90s", "1990-01-01/1999-12-31"),
        ("20s", "2020-01-01/2029-12-31"),
        ("Feb '25", "2025-02-01/2025-02-28"),
        ("6 Feb ’25", "2025-02-06"),
        ("Dec '99", "1999-12-01/1999-12-31"),
    ],
)
def test_common_dates_are_read_without_the_library(
    text: str, days: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a date that this module does not know costs the library's import."""

    def forbidden(text: str, _: datetime.date) -> Dates | None:
        raise AssertionError(f"{text!r} went to the library")

    monkeypatch.setattr(dates, "_read_by_library", forbidden)
    assert read_dates(text, TODAY) == run(days)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3 days ago", "2026-11-19"),
        ("3-days-ago", "2026-11-19"),
        ("two weeks ago", "2026-11-02/2026-11-08"),
        ("a month ago", "2026-10-01/2026-10-31"),
        ("the day before yesterday", "2026-11-20"),
        ("Q4 2025", "2025-10-01/2025-12-31"),
        # The latest, where no year is said.
        ("tuesday", "2026-11-17"),
        ("december", "2025-12-01/2025-12-31"),
        ("Feb 6", "2026-02-06"),
        ("29 feb", "2024-02-29"),
        ("6-Feb-2025", "2025-02-06"),
        ("6 febrero 2025", "2025-02-06"),
        ("6 février 2025", "2025-02-06"),
        ("6 февраля 2025", "2025-02-06"),
        ("2025年2月6日", "2025-02-06"),
        ("2025年2月", "2025-02-01/2025-02-28"),
        ("6 فبراير 2025", "2025-02-06"),
    ],
)
def test_other_dates_are_read_in_six_languages(text: str, days: str) -> None:
    assert read_dates(text, TODAY) == run(days)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "abc", "-", "soon", "the ports"),
        # A date to the library alone.
        *("100M", "100m", "3pm", "3 pm", "3 p.m.", "12h", "10k", "5g", "2500m", "h1 2025", "fy25"),
        *("32 Dec 10", "feb 32", "monday 32", "100 dec", "feb 99", "6 feb 2025 3pm", "may 5pm"),
        *("12 noon", "noon", "5 o'clock", "1st", "6th", "31", "32", "six", "eleven", "a", "one"),
        *("7 days", "3 weeks", "60 minutes", "12 monkeys", "20th century", "44 BC", "5 million"),
        # Half the world reads June.
        *("06/02/2025", "6.2.2025", "06-02-2025", "1/2/03"),
        # No such day, month or year.
        *("2025-02-30", "2025-13", "2025-00", "2025-01-00", "30 February 2025", "29 Feb 2023"),
        *("0", "0000", "0000-01-01", "99999", "9999", "0999", "3000-01-01", "1 jan 0001"),
        *("99999999999 days ago", "in 9000 years", "9999 centuries ago", "jan 1 99999"),
        # Numbers of other things, clock times, two days for one.
        *("5", "20250206", "12:30", "6 Feb 2025 10:00", "6 Feb 6 2025", "2025-02/06", "１２３４"),
        *("2025-02-06" * 400, "9" * 4096, "1 2 " * 1000, "feb " * 1000, "\0", "\ud800", "₀ ⁵ x"),
    ],
)
def test_what_is_no_date_or_could_be_two_is_unread(text: str) -> None:
    assert read_dates(text, TODAY) is None


@reaches(1)
@given(st.text(max_size=50) | st.lists(PIECES).map(" ".join))
def test_any_text_is_read_or_unread(text: str) -> None:
    """Nothing raises, and what is read has a first and a last day."""
    read = read_dates(text, TODAY)
    if read is not None:
        reached()
        assert read.first or read.last


@given(DAYS)
def test_a_day_is_read_however_it_is_written(day: datetime.date) -> None:
    month = calendar.month_name[day.month]
    for text in (
        day.isoformat(),
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month[:3].upper()}. {day.year}",
    ):
        assert read_dates(text, TODAY) == Dates(day, day)


@given(DAYS)
def test_a_month_has_the_days_the_calendar_gives_it(day: datetime.date) -> None:
    length = calendar.monthrange(day.year, day.month)[1]
    whole = Dates(day.replace(day=1), day.replace(day=length))
    assert read_dates(f"{day.year}-{day.month:02}", TODAY) == whole
    assert read_dates(f"{calendar.month_name[day.month]} {day.year}", TODAY) == whole


@given(DAYS.filter(lambda day: day.year > 1000), st.integers(-20, 20))
def test_last_week_is_the_calendar_week_before(today: datetime.date, away: int) -> None:
    week = read_dates("last week", today)
    assert week is not None
    day = today + datetime.timedelta(days=away)
    before = today - datetime.timedelta(days=7)
    assert (day in week) == (day.isocalendar()[:2] == before.isocalendar()[:2])


@pytest.mark.parametrize(
    ("edge", "days"),
    [
        ("on", "2025-02-01/2025-02-28"),
        ("year", "2025-02-01/2025-02-28"),
        ("after", "2025-02-01/-"),
        ("since", "2025-02-01/-"),
        ("before", "-/2025-01-31"),
        ("until", "-/2025-02-28"),
    ],
)
def test_after_begins_with_the_first_day_and_before_ends_on_its_eve(edge: str, days: str) -> None:
    february = run("2025-02-01/2025-02-28")
    assert february is not None
    assert bounded(edge, february) == run(days)


@given(*[st.builds(Dates, st.none() | DAYS, st.none() | DAYS)] * 2, DAYS)
def test_an_overlap_has_the_days_of_both(one: Dates, other: Dates, day: datetime.date) -> None:
    assert (day in one.overlap(other)) == (day in one and day in other)


@pytest.mark.parametrize(
    "drawn",
    ["[6 February 2025] port", "[last week] port", "[Feb 2025], port", "[]Feb port", "[]2025-02 x"],
)
def test_a_date_of_several_words_ends_where_its_year_does(drawn: str) -> None:
    text = drawn.replace("[", "").replace("]", "")
    assert spelled_date("on:" + text, 3) == 3 + drawn.index("]") - 1
