"""Dates among the words of a question: examples against a fixed day, and any text at all."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reached import reached, reaches

from index.text.language import language_of
from index.wording.dates import Dates
from index.wording.when import When, when_in

ENGLISH = language_of("en")
#: A Sunday.
TODAY = datetime.date(2026, 11, 22)
_PIECES = "1 06 2025 feb may - to last week ago since in between and three months 年 月"
PIECES = st.sampled_from(_PIECES.split())


def written(when: When | None) -> str:
    """Return the days as ``first/last``, where ``-`` is open and one day is written once."""
    if when is None:
        return "none"
    first, last = (str(day) if day else "-" for day in (when.dates.first, when.dates.last))
    return first if first == last else f"{first}/{last}"


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("What did she say in February 2025?", "2025-02-01/2025-02-28"),
        ("what did she say in Feb 2025", "2025-02-01/2025-02-28"),
        ("the February 2025 statement", "2025-02-01/2025-02-28"),
        ("said on 6 February 2025, in Gwadar", "2025-02-06"),
        ("said on the 6th of February 2025", "2025-02-06"),
        ("said on February 6, 2025?", "2025-02-06"),
        ("said on 2025-02-06", "2025-02-06"),
        ("said on 13/02/2025", "2025-02-13"),
        ("signed in 2025.", "2025-01-01/2025-12-31"),
        ("ports since 2024", "2024-01-01/-"),
        ("ports after March 2024", "2024-03-01/-"),
        ("ports before March 2024", "-/2024-02-29"),
        ("ports until March 2024", "-/2024-03-31"),
        ("what was said last week?", "2026-11-09/2026-11-15"),
        ("what was said the day before yesterday", "2026-11-20"),
        ("ports in early 2022", "2022-01-01/2022-04-30"),
        ("ports in mid-2022", "2022-05-01/2022-08-31"),
        ("ports at the end of 2022", "2022-09-01/2022-12-31"),
        ("ports mid-May 2022", "2022-05-11/2022-05-20"),
        ("ports in mid May", "2026-05-11/2026-05-20"),
        ("ports in late February 2024", "2024-02-21/2024-02-29"),
        ("ports q2 2022", "2022-04-01/2022-06-30"),
        ("ports in the fourth quarter of 2022", "2022-10-01/2022-12-31"),
        ("ports in the first half of 2022", "2022-01-01/2022-06-30"),
        ("ports between 3 and 7 May 2022", "2022-05-03/2022-05-07"),
        ("ports from November 2024 to March", "2024-11-01/2025-03-31"),
        ("LAST MONTH’S remarks", "2026-10-01/2026-10-31"),
        ("the speech of last year", "2025-01-01/2025-12-31"),
        ("yesterday's speech", "2026-11-21"),
        ("ports this week", "2026-11-16/2026-11-22"),
        ("said on monday", "2026-11-16"),
        ("ports in the last three months", "2026-08-22/2026-11-22"),
        ("ports over the past year", "2025-11-22/2026-11-22"),
        ("ports two weeks ago", "2026-11-02/2026-11-08"),
        ("ports 3 days ago", "2026-11-19"),
        # Without a year: the latest in the past.
        ("talks of 6-8 February", "2026-02-06/2026-02-08"),
        ("said on 24 December", "2025-12-24"),
        ("ports in may", "2026-05-01/2026-05-31"),
        ("ports since march", "2026-03-01/-"),
        # A year alone, at the end.
        ("ports 2022", "2022-01-01/2022-12-31"),
        ("what about ports 2022?", "2022-01-01/2022-12-31"),
        ("ports in the 1990s", "1990-01-01/1999-12-31"),
        # At the beginning, or among keywords.
        ("2022 ports", "2022-01-01/2022-12-31"),
        ("lin 2022 ports", "2022-01-01/2022-12-31"),
        ("early 2022 ports", "2022-01-01/2022-04-30"),
        ("the ports 2022 strategy was rejected", "none"),
        # Ranges.
        ("from May 2024 to March 2025", "2024-05-01/2025-03-31"),
        ("between March and May 2025", "2025-03-01/2025-05-31"),
        ("March–May 2025", "2025-03-01/2025-05-31"),
        ("6 to 8 February 2025", "2025-02-06/2025-02-08"),
        ("from 3 March to 5 April 2024", "2024-03-03/2024-04-05"),
        ("February 6-8, 2025", "2025-02-06/2025-02-08"),
        ("ports 2022-2024", "2022-01-01/2024-12-31"),
        # Several: from the earliest to the latest.
        ("in 2023 or since May 2024", "2023-01-01/-"),
        ("since 2022 and before 2024", "2022-01-01/2023-12-31"),
        # Not dates.
        ("Vision 2025", "none"),
        ("Resolution 2025", "none"),
        ("the 2030 Agenda", "none"),
        ("2,022 people", "none"),
        ("2022 people", "none"),
        ("more than 2022", "none"),
        ("2022", "none"),
        ("2022?", "none"),
        ("in 2025-26", "none"),
        ("in 2025.5 hectares", "none"),
        ("in 20250 villages", "none"),
        ("on 30 February 2025", "none"),
        ("on 06/02/2025", "none"),
        ("he may march on", "none"),
        ("a march of many", "none"),
        ("the group ‘November 17’", "none"),
        ("the last of this", "none"),
        ("q2", "none"),
        ("early in the morning, a middle of it", "none"),
        ("ports over Easter, or last summer", "none"),
        ("the last weekend, this yearning", "none"),
        ("", "none"),
        ("laſt week", "none"),
    ],
)
def test_the_days_are_those_that_the_words_name(question: str, days: str) -> None:
    assert written(when_in(question, ENGLISH, TODAY)) == days


def test_a_date_without_a_year_is_the_latest_on_record() -> None:
    newest = datetime.date(2025, 3, 1)
    assert written(when_in("on 6 February", ENGLISH, TODAY, newest)) == "2025-02-06"
    assert written(when_in("on 6 April", ENGLISH, TODAY, newest)) == "2024-04-06"
    assert written(when_in("last week", ENGLISH, TODAY, newest)) == "2026-11-09/2026-11-15"


@pytest.mark.parametrize(
    ("drawn", "may_be_subject", "period"),
    [
        ("ports [in February 2025], please", False, False),
        ("what was said [last week] of ports", False, True),
        ("ports [since 2024]", False, False),
        ("ports [2024]", True, False),
        ("ports [February 2025]", False, False),
        ("ports [6 February]", True, False),
        ("ports [between March and May 2025]", False, False),
        ("ports [in the 1990s]", False, False),
    ],
)
def test_the_words_that_name_them_are_told(drawn: str, may_be_subject: bool, period: bool) -> None:
    question = drawn.replace("[", "").replace("]", "")
    when = when_in(question, ENGLISH, TODAY)
    assert when is not None
    assert [question[slice(*span)] for span in when.spans] == [
        drawn.split("[")[1].split("]", maxsplit=1)[0]
    ]
    assert (when.may_be_subject, bool(when.periods)) == (may_be_subject, period)


@reaches(1)
@given(st.text(max_size=50) | st.lists(PIECES).map(" ".join) | st.lists(PIECES).map("".join))
def test_any_text_is_read_or_unread(text: str) -> None:
    """Nothing raises; what is read has a first or a last day, and its words are slices in order."""
    for code in ("en", "zh", "ur", "xx"):
        when = when_in(text, language_of(code), TODAY)
        if when is not None:
            reached()
            assert when.dates.first or when.dates.last
            places = [place for span in when.spans for place in span]
            assert places == sorted(places)
            assert set(when.periods) <= set(when.spans)


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
def test_a_day_is_read_however_it_is_written(day: datetime.date) -> None:
    for text in (
        f"ports on {day.isoformat()}",
        f"ports on {day:%d %B %Y}",
        f"ports {day:%B} {day.day}, {day.year}",
        f"ports on the {day.day}th of {day:%b} {day.year}?",
    ):
        when = when_in(text, ENGLISH, TODAY)
        assert when is not None
        assert when.dates == Dates(day, day)


@pytest.mark.parametrize("piece", ["6 ", "may ", "2025 ", "since ", "last ", "-", "2025-", "the "])
def test_the_time_grows_with_the_length_alone(piece: str) -> None:
    """Nothing to assert: a search that grew with the square would not end within a minute."""
    when_in((piece * 50_000)[:50_000], ENGLISH, TODAY)
