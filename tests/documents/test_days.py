"""Days that are named in full, in many languages, and lines that are nothing but one."""

from __future__ import annotations

import datetime

import pytest

from documents.days import dateline_of, days_in


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12 March 2025", "2025-03-12"),
        ("March 12, 2025", "2025-03-12"),
        ("Mar. 12, 2025", "2025-03-12"),
        ("the 3rd of May 2024", "2024-05-03"),
        ("2025-03-12", "2025-03-12"),
        ("2025年3月12日", "2025-03-12"),
        ("2025년 3월 12일", "2025-03-12"),
        ("1er mars 2024", "2024-03-01"),
        ("24 de septiembre de 2024", "2024-09-24"),
        ("12. März 2025", "2025-03-12"),
        ("28 сентября 2024 года", "2024-09-28"),
        ("٢٨ سبتمبر ٢٠٢٤", "2024-09-28"),
        ("26 أيلول 2024", "2024-09-26"),
        ("6 فروری 2025", "2025-02-06"),
        ("6 फ़रवरी 2025", "2025-02-06"),
    ],
)
def test_a_day_is_found_wherever_it_stands(text: str, day: str) -> None:
    sentence = f"On {text} we met."
    (found,) = days_in(sentence)
    assert found.day == datetime.date.fromisoformat(day)
    named = sentence[found.start : found.stop]
    assert named in text
    assert named[:1] in text.removeprefix("the ")[:1] or named == text


@pytest.mark.parametrize(
    "text",
    [
        "30 February 2025",
        "March 2025",
        "12/03/2025",
        "2025-13-01",
        "12 Marchers 2025",
        "page 12",
        "",
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    """A day in numbers alone may be either way round, and is left to who knows."""
    assert list(days_in(text)) == []


def test_days_come_in_their_order() -> None:
    days = [found.day.year for found in days_in("5 May 2023, 2021-02-03 and June 1, 2024")]
    assert days == [2023, 2021, 2024]


@pytest.mark.parametrize(
    "text",
    ["Port Ellin, 12 March 2025", "12 March 2025.", "Wednesday, March 12, 2025", "2025年3月12日"],
)
def test_a_dateline_is_a_day_with_a_place_at_most(text: str) -> None:
    found = dateline_of(text)
    assert (found == datetime.date(2025, 3, 12)) is not text.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "The treaty of 12 March 2025 remains in force",
        "12 March 2025 The road.",
        "12 March 2025 to 14 March 2025",
        "NOOR: 12 March 2025",
        "Why not on 12 March 2025?",
    ],
)
def test_a_sentence_with_a_day_is_no_dateline(text: str) -> None:
    assert dateline_of(text) is None


def test_a_town_may_have_its_russian_abbreviation() -> None:
    assert dateline_of("г. Порт-Эллин, 12 марта 2025 года") == datetime.date(2025, 3, 12)
