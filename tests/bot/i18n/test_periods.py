"""A span of days is named as people name it, in each language."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n.languages import languages
from bot.i18n.periods import name_of_days
from bot.i18n.strings import strings_of

SAY = strings_of()
DAYS = st.dates(datetime.date(1800, 1, 1), datetime.date(2100, 12, 31))


def day(written: str) -> datetime.date | None:
    return datetime.date.fromisoformat(written) if written else None


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("2025-02-06", "2025-02-06", "6 Feb 2025"),
        ("2025-02-06", "2025-02-08", "6 to 8 Feb 2025"),
        ("2025-02-06", "2025-03-01", "6 Feb 2025 to 1 Mar 2025"),
        ("2025-02-01", "2025-02-28", "February 2025"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2024-02-01", "2024-02-28", "1 to 28 Feb 2024"),
        ("2025-03-01", "2025-05-31", "March to May 2025"),
        ("2024-11-01", "2025-01-31", "November 2024 to January 2025"),
        ("2025-01-01", "2025-12-31", "2025"),
        ("1990-01-01", "1999-12-31", "1990 to 1999"),
        ("2024-01-01", "", "since 2024"),
        ("2024-03-01", "", "since March 2024"),
        ("2024-03-02", "", "since 2 Mar 2024"),
        # A month or a year that is named as the end may be taken to be left out.
        ("", "2024-12-31", "until 31 Dec 2024"),
        ("", "", ""),
    ],
)
def test_a_whole_month_or_year_is_named_as_such_and_any_other_span_by_its_days(first, last, name):
    assert name_of_days(SAY, day(first), day(last)) == name


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("2025-02-06", "2025-02-08", "2025年2月6至8日"),
        ("2025-02-01", "2025-02-28", "2025年2月"),
        ("2025-03-01", "2025-05-31", "2025年3月至5月"),
        ("2024-01-01", "", "2024年以来"),
    ],
)
def test_in_chinese_the_year_comes_first(first, last, name):
    assert name_of_days(strings_of("zh"), day(first), day(last)) == name


@given(st.sampled_from(languages()), st.tuples(DAYS, DAYS).map(sorted))
def test_every_span_has_a_name_of_one_line_with_both_its_years(language, span):
    name = name_of_days(strings_of(language), *span)
    assert "\n" not in name
    assert "{" not in name
    assert all(str(one.year) in name for one in span)
