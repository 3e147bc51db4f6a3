"""Finds the days that a text names in full: "12 March 2025", "March 12, 2025", 2025年3月12日.

What such a day is, of the text or of something else in it, is decided in ``facts``.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

#: The languages whose months are known; CLDR has their names.
_LANGUAGES = (
    *("en", "fr", "es", "pt", "it", "de", "nl", "ru", "uk", "be", "pl", "cs", "tr", "sv", "no"),
    *("da", "fi", "ro", "el", "he", "id", "ms", "sw", "ar", "fa", "ur", "hi", "bn", "ky"),
)
_NUMERIC = regex.compile(
    r"(?<![\d./-])(?:(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"
    r"|(?P<y2>\d{4})\s?[年년]\s?(?P<m2>\d{1,2})\s?[月월]\s?(?P<d2>\d{1,2})\s?[日일])(?![\d-])"
)
_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९", "012345678901234567890123456789")
#: A place and a weekday are short; a longer text is a sentence.
_LONGEST_DATELINE, _MOST_WORDS_BESIDE = 80, 6
_SENTENCE_MARKS = regex.compile(r"[:;!?。！？؟«“\"]|\.\s+\p{Lu}")
#: What stands beside the day in a dateline.
_NO_SENTENCE_WORD = regex.compile(r"\p{Ll}{2,}")


@dataclass(frozen=True, slots=True)
class DayFound:
    """A day that a text names, and where: offsets in characters, end exclusive."""

    day: datetime.date
    start: int
    stop: int


def days_in(text: str) -> Iterator[DayFound]:
    """Yield the days that *text* names in full, in their order.

    >>> [str(found.day) for found in days_in("Port Ellin, 12 March 2025")]
    ['2025-03-12']
    """
    read = text.translate(_ARABIC_DIGITS)
    found = [_numeric(match) for match in _NUMERIC.finditer(read)]
    if any(character.isdigit() for character in read):
        found += [_named(match) for match in _with_months().finditer(read)]
    yield from sorted(filter(None, found), key=lambda one: one.start)


def dateline_of(text: str) -> datetime.date | None:
    """Return the day of *text* if it is a dateline: a day, with a place or a weekday at most.

    >>> dateline_of("Port Ellin, 12 March 2025")
    datetime.date(2025, 3, 12)
    >>> dateline_of("The treaty of 12 March 2025 remains in force")
    """
    days = list(days_in(text)) if len(text) <= _LONGEST_DATELINE else []
    if len(days) != 1:
        return None
    (only,) = days
    rest = f"{text[: only.start]} {text[only.stop :]}".replace("г. ", " ")
    if _SENTENCE_MARKS.search(rest) or text[only.stop :].rstrip().endswith((".", "。", "۔")):
        return None
    if len(rest.split()) > _MOST_WORDS_BESIDE:
        return None
    # A place is written in capitals, in scripts that have them: "of", "in the" stand in sentences.
    small = [word for word in _NO_SENTENCE_WORD.findall(rest) if f" {word} " in f" {rest} "]
    return None if len(small) > 1 else only.day


def _numeric(match: regex.Match[str]) -> DayFound | None:
    year, month, day = (match[key] or match[f"{key}2"] for key in "ymd")
    return _found(match, int(year), int(month), int(day))


def _named(match: regex.Match[str]) -> DayFound | None:
    month = _months().get(_plain(match["m"] or match["m2"]))
    if month is None:
        return None
    return _found(match, int(match["y"] or match["y2"]), month, int(match["d"] or match["d2"]))


def _found(match: regex.Match[str], year: int, month: int, day: int) -> DayFound | None:
    try:
        return DayFound(datetime.date(year, month, day), *match.span())
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """Return the number of each month by its names, in all forms that CLDR knows."""
    from babel.dates import get_month_names  # noqa: PLC0415  # 50 ms, and seldom needed

    months: dict[str, int] = {}
    for language in _LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in get_month_names(width, context, language).items():
                    if not name.isdigit() and len(name) > 2:
                        months.setdefault(_plain(name), number)
    # As Iraq, Syria, Lebanon and Jordan name them.
    levant = (
        "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,"
        "تموز,آب,أيلول,تشرين الأول,تشرين الثاني,كانون الأول"
    )
    months.update({_plain(name): number for number, name in enumerate(levant.split(","), 1)})
    return months


@cache
def _with_months() -> regex.Pattern[str]:
    """Return a pattern of a day with the name of its month: before it, or behind it."""
    names = "|".join(regex.escape(name) for name in sorted(_months(), key=len, reverse=True))
    month = rf"(?:{names})\.?"
    year = r"\s*+(?:de\s+|del\s+|,\s*)?(?P<y>\d{4})(?!\d)"
    year_behind = year.replace("<y>", "<y2>")
    return regex.compile(
        rf"(?i)(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s*+(?:de\s+|of\s+)?(?P<m>{month}){year}"
        rf"|(?<!\p{{L}})(?P<m2>{month})\s*+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?{year_behind}"
    )


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold().rstrip(".")
