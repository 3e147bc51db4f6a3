"""Moments keep the day that was written; what may be another day elsewhere is told."""

from __future__ import annotations

import pytest

from documents.reading.moments import read_moment


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("2025-08-19T07:30:00Z", "2025-08-19 07:30 +0000"),
        ("2025-09-15T18:00:00.000+01:00", "2025-09-15 18:00 +0100"),
        ("2025-09-15 23:30:00 -0500", "2025-09-15 23:30 -0500"),
        ("Wed, 03 Aug 2022 00:20:31 +0000", "2022-08-03 00:20 +0000"),
        ("Tue, 2 Aug 2022 21:00:00 EST", "2022-08-02 21:00 -0500"),
        ("2025-08-19", "2025-08-19"),
    ],
)
def test_a_day_is_kept_in_its_own_offset(written: str, clock: str):
    moment = read_moment(written)
    assert moment is not None
    assert moment.clock == clock
    assert str(moment.day) == clock[:10]


@pytest.mark.parametrize(
    "written", ["", "yesterday", "2025-13-40", "2025-02-30T10:00Z", "03/08/22"]
)
def test_what_is_no_moment_is_none(written: str):
    assert read_moment(written) is None


@pytest.mark.parametrize(
    ("written", "region", "told"),
    [
        ("2022-08-03T00:20:31Z", "US", "the day before in the Americas"),
        ("2022-08-03T00:20:31Z", "", "the day before in the Americas"),
        ("2022-08-03T00:20:31Z", "JP", ""),
        ("2022-08-03T22:20:31Z", "AU", "the day after"),
        ("2022-08-03T22:20:31Z", "US", ""),
        ("2022-08-03T12:00:00Z", "", ""),
        ("2022-08-03T00:20:31-04:00", "US", ""),
        ("2022-08-03T00:00:00Z", "US", ""),
        ("2022-08-03", "US", ""),
    ],
)
def test_another_day_elsewhere_is_told(written: str, region: str, told: str):
    moment = read_moment(written)
    assert moment is not None
    warned = moment.other_day(region)
    assert told in warned
    assert bool(warned) == bool(told)


def test_moments_of_several_offsets_are_compared_as_they_happened():
    first, later = read_moment("2025-08-19T23:00:00-05:00"), read_moment("2025-08-20T05:00:00Z")
    assert first and later
    assert later.later_than(first).total_seconds() == 3600
