"""Finds the days that a question asks about, among its other words: "ukraine in may 2023".

The words for months, days of the week and periods are in ``index/languages/<code>.yaml``; every
language's dates may be written in digits. ``narrowing`` decides what the days do to a search.

A line of words for dates is a name, a colon, and words with commas between them. The names:

    month 1, weekday 1        January, Monday, in all forms that follow a preposition
    today, yesterday, before yesterday, this week, last month, ...   periods
    day, week, month, year    units, in all their forms, for "last 3 weeks"; number 2 is "two"
    last, ago, ago before     with a unit: last 3 weeks, 3 weeks ago, il y a 3 semaines
    since, before, until, in  before a date; since after, before after, ... behind it: 2024年以来
    to                        between the ends of a range
    early, mid, late, quarter 1, half 1   parts of a year, the first three of a month too
    of, ordinal, after year   small words within a date: 6th of May, 6 мая 2025 года
    attached                  what is written together with the word behind it: Arabic و
    no year after, no year before   words beside which a number is no year: over 2000 people
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from unicodedata import decomposition

from index.text.folding import fold
from index.text.language import Language, language_of
from index.text.question_phrases import is_unspaced
from index.wording.dates import (
    ONE_DAY,
    Dates,
    bounded,
    full_year,
    named_days,
    ordered_days,
    whole_period,
)
from index.wording.telling import Glance, TellingWords

#: So many dates are read at most; a question has one or two.
_MOST = 8
#: The numbers of "last three months" that are written out, in English.
_NUMBERS = ("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
#: So many words at most are keywords beside a year, wherever it stands.
_MOST_BARE = 6
_WORDS = re.compile(r"\w+")
_PARTS = ("year", "month", "day")
#: The months of 二月 and 十二月; 二 is the number 2 in Chinese.
_HAN_MONTHS = {
    **{numeral: number for number, numeral in enumerate("一二三四五六七八九十", 1)},
    "十一": 11,
    "十二": 12,
}
_HAN_MONTH = "(?:[0-9]{1,2}|十[一二]?|[一二三四五六七八九])"
#: Parts of a year or a month, each a third.
_THIRDS = ("early", "mid", "late")
_LAST_CENTURIES = "(?:19|20)"
#: What follows a year that is a part of something else: 2024-25, 2022/3, 2,022.5.
_NO_YEAR = r"(?![\w/]|-(?![12][0-9]{3}(?![0-9]))|[.,][0-9])"


@dataclass(frozen=True, slots=True)
class When:
    """The days that a question names among its words."""

    dates: Dates
    #: The (start, stop) of the words that name them, in order.
    spans: tuple[tuple[int, int], ...]
    #: Those of them that name a period from the day on which it is asked: last week.
    periods: tuple[tuple[int, int], ...]
    #: Whether it is a single date without a word such as "in", a year or a date without one, which
    #: may be a part of the subject: the deal of 2015, the September 11 attacks.
    may_be_subject: bool
    #: Whether a date has no year.
    yearless: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """A date as it is written: some of its parts may be missing."""

    start: int
    stop: int
    edge: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    #: The last day, of "6-8 February".
    last_day: int | None = None
    #: The days themselves, where they are not told by numbers.
    dates: Dates | None = None
    #: Whether they are a period such as last week.
    is_period: bool = False
    #: Which part of a year or month: "early", "quarter 2"; empty for the whole.
    part: str = ""
    #: The word for "and" or "to" that is written together with it: Arabic و.
    joined: str = ""

    def days(self, newest: datetime.date, other: _Found | None = None) -> Dates:
        """Return the days; what is missing is as in *other*, else the latest up to *newest*.

        Raises ValueError if there are no such days.
        """
        if self.dates is not None:
            return self.dates
        year = self.year or (other.year if other else None)
        month, day = self.month or (other.month if other else None), self.day
        if year is None:
            first = named_days(newest.year, month, day).first
            year = newest.year if first is None or first <= newest else newest.year - 1
        days = named_days(year, month, day)
        if self.last_day:
            days = Dates(days.first, named_days(year, month, self.last_day).last)
        return _part_of(days, self.part) if self.part and not day else days


def when_in(
    words: str, language: Language, today: datetime.date, newest: datetime.date | None = None
) -> When | None:
    """Return the days that the question *words* name on the day *today*; ``None`` if none.

    Spaces must be single. Forms such as ``in February 2025``, ``6-8 February``, ``2025-02-06``,
    ``between March and May 2025``, ``since 2024``, ``the 1990s``, ``last week`` and a year at the
    end are read, as *language* writes them. A date without a year is the latest up to
    *newest*, the day of the newest statement, or else up to *today*. Several dates are all days
    from the earliest to the latest.

    >>> from index.text.language import language_of
    >>> when_in("trade since March 2024", language_of("en"), datetime.date(2026, 11, 22)).dates
    Dates(first=datetime.date(2024, 3, 1), last=None)
    """
    vocabulary = _vocabulary(language.code)
    text = _plain(words)
    if vocabulary is None:
        return None
    found: list[_Found] = []
    small = language.stop_words | language.question_words
    spoken = _WORDS.findall(text)
    bare = len(spoken) <= _MOST_BARE and small.isdisjoint(spoken)
    for one in vocabulary.found_in(text, today, bare=bare):
        if len(found) == _MOST:
            break
        found.append(one)
    ranges: list[Dates] = []
    spans: list[tuple[int, int]] = []
    periods: list[tuple[int, int]] = []
    only_years = True
    for group in _grouped(found, text, vocabulary):
        try:
            dates = _days_of(group, newest or today)
        except ValueError:  # no such day, as 30 February
            continue
        if dates is None:
            continue
        ranges.append(dates)
        spans.append((group[0].start, group[-1].stop))
        if all(one.is_period for one in group):
            periods.append(spans[-1])
        only_years &= all(one.year is not None and one.month is None for one in group)
    if not ranges:
        return None
    one = found[0]
    bare = len(found) == 1 and not one.edge and not one.dates
    may_be_subject = bare and (only_years or not one.year)
    yearless = any(not one.year and not one.dates for one in found)
    begins = [dates.first for dates in ranges if dates.first is not None]
    ends = [dates.last for dates in ranges if dates.last is not None]
    first = min(begins) if len(begins) == len(ranges) else None
    last = max(ends) if len(ends) == len(ranges) else None
    if first is None and last is None:
        # "since 2022, before 2024"
        first, last = max(begins, default=None), min(ends, default=None)
    return When(Dates(first, last), tuple(spans), tuple(periods), may_be_subject, yearless)


def may_name_days(glance: Glance, language: Language) -> bool:
    """Return whether ``when_in`` may find days in the question of which *glance* is seen."""
    vocabulary = _vocabulary(language.code)
    return vocabulary is not None and (glance.has_digit or vocabulary.telling.may_be_in(glance))


def _plain(words: str) -> str:
    """Return *words* folded letter by letter: every character at its offset.

    So accents may be left out, and digits and letters may be those of other keyboards.
    """
    return words.lower() if words.isascii() else "".join(map(_folded, words))


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    folded = fold(character)
    # A letter such as the long s in "laſt" stays.
    other_form = decomposition(character).startswith("<")
    return character if len(folded) != 1 or (other_form and folded.isalpha()) else folded


def _grouped(
    found: Sequence[_Found], text: str, vocabulary: _Vocabulary
) -> Iterator[tuple[_Found, ...]]:
    """Yield the dates in *found* singly, or two that are the ends of a range."""
    number = 0
    while number < len(found):
        one = found[number]
        if number + 1 < len(found):
            other = found[number + 1]
            between = text[one.stop : other.start].strip() or other.joined
            # "from March" and "to May" may be read as edges.
            edges = one.edge == "since" and other.edge == "until"
            joins = between in vocabulary.joining
            if (joins and not other.edge) or (edges and (joins or not between)):
                yield (one, other)
                number += 2
                continue
        yield (one,)
        number += 1


def _days_of(group: tuple[_Found, ...], newest: datetime.date) -> Dates | None:
    """Return the days of a date, or from the first of two to the second; ``None`` if none."""
    one = group[0]
    if len(group) == 2:
        other = group[1]
        first = one.days(newest, other).first
        last = (other if other.year or not one.year else replace(other, year=one.year)).days(newest)
        if first and last.last and last.last < first and one.year and not other.year:
            last = replace(other, year=one.year + 1).days(newest)  # from November 2024 to March
        return Dates(first, last.last)
    if one.month and not (one.year or one.day or one.edge or one.part):
        return None  # "may", "march"
    return bounded(one.edge, one.days(newest))


class _Vocabulary:
    """The words of one language for dates, as patterns."""

    def __init__(self, lines: Iterable[str], script: str) -> None:
        """Read *lines*: a name, a colon, and the words with commas between them."""
        self._unspaced = is_unspaced(script)
        words: dict[str, list[str]] = {}
        for line in lines:
            name, _, written = line.partition(":")
            words[name.strip()] = [one.strip() for one in _plain(written).split(",")]
        self._months = {one: n for n in range(1, 13) for one in words.get(f"month {n}", ())}
        self._weekdays = {one: n for n in range(7) for one in words.get(f"weekday {n + 1}", ())}
        self._units = {
            one: unit for unit in ("day", "week", "month", "year") for one in words.get(unit, ())
        }
        self._periods = {
            one: name
            for name, several in words.items()
            if name.startswith(("this ", "last ")) or name.endswith(("today", "yesterday"))
            for one in several
        }
        self._counts = {one: n for n, one in enumerate(_NUMBERS, 1)}
        self._counts |= {one: n for n in range(1, 13) for one in words.get(f"number {n}", ())}
        self._parts = {
            one: name
            for name, several in words.items()
            if name in _THIRDS or name.startswith(("quarter ", "half "))
            for one in several
        }
        self._edges = {
            one: edge for edge in ("since", "before", "until", "in") for one in words.get(edge, ())
        }
        self._edges_after = {
            one: edge
            for edge in ("since", "before", "until", "in")
            for one in words.get(f"{edge} after", ())
        }
        #: What stands between the ends of a range.
        self.joining = frozenset((*words.get("to", ()), "-", "–", "—"))
        self._no_year_after = frozenset(words.get("no year after", ()))
        self._no_year_before = frozenset(words.get("no year before", ()))
        #: One of these, or a digit, is in every date.
        names = (self._months, self._weekdays, self._periods, self._units)
        self.telling = TellingWords((), script, (), (word for some in names for word in some))
        self._pattern = re.compile(self._written(words), re.VERBOSE)

    def found_in(self, text: str, today: datetime.date, *, bare: bool = False) -> Iterator[_Found]:
        """Yield the dates in *text*, in order; it is *bare* if it has keywords only."""
        for match in self._pattern.finditer(text):
            with suppress(ValueError, OverflowError):
                if one := self._read(match, text, today, bare=bare):
                    yield one

    def _read(
        self, match: re.Match[str], text: str, today: datetime.date, *, bare: bool
    ) -> _Found | None:
        """Return the date that *match* found; raise ValueError if there is no such day."""
        edge = self._edges.get(match["edge"] or "", "")
        edge = self._edges_after.get(match["edge_after"] or "", edge)
        place = (match.start(), match.end(), edge)
        part = self._parts.get(match["part"] or match["part_after"] or "", "")
        found = _Found(*place, part=part, joined=match["attached"] or "")
        if match["alone"]:
            return self._year_alone(match, text, found, bare=bare)
        if match["month"]:
            return self._spelled(match, today, found)
        if match["iso"]:
            return _Found(*place, *_three(map(int, match["iso"].split("-"))))
        if match["han_year"] or match["han_month"]:
            numbers = _three(_number(match[f"han_{part}"]) for part in _PARTS)
            last = _number(match["han_last"])
            # 二月 is no other word, as May is.
            found = _Found(match.start(), match.end(), edge or "in", *numbers, last_day=last)
            return replace(found, part=part)
        if match["decade"]:
            first = int(match["decade"])
            decade = Dates(datetime.date(first, 1, 1), datetime.date(first + 9, 12, 31))
            return replace(found, year=first, dates=decade)
        dates = self._counted(match, today)
        return replace(found, dates=dates, is_period=bool(match["period"])) if dates else None

    def _spelled(self, match: re.Match[str], today: datetime.date, found: _Found) -> _Found:
        """Return the date of a *match* that has the name of a month."""
        day, last, year = (_number(match[part]) for part in ("day", "last_day", "year"))
        if match["american_day"]:
            if day:
                raise ValueError(f"{match[0]!r} has two days")
            day, last = _number(match["american_day"]), _number(match["american_last"])
        if match["short"]:
            year = full_year(match["short"], today)
        return replace(found, year=year, month=self._months[match["month"]], day=day, last_day=last)

    def _counted(self, match: re.Match[str], today: datetime.date) -> Dates | None:
        """Return the days of a *match* that are counted from *today*, or named by numbers alone."""
        if match["numeric"]:
            return ordered_days(*map(int, re.split("[-/.]", match["numeric"])))
        if match["period"]:
            return _period(self._periods[match["period"]], today)
        if unit := match["unit"] or match["counted_unit"]:
            count = self._count(match["count"] or match["counted"] or "1")
            return _latest(count, self._units[unit], today)
        if ago := match["ago"] or match["count_ago"]:
            unit = self._units[match["ago_unit"] or match["unit_ago"]]
            return whole_period(unit, _latest(self._count(ago), unit, today).first or today)
        back = (today.weekday() - self._weekdays[match["weekday"]] - 1) % 7 + 1
        day = today - datetime.timedelta(days=back)
        return Dates(day, day)

    def _count(self, written: str) -> int:
        return int(written) if written.isdecimal() else self._counts[written]

    def _year_alone(
        self, match: re.Match[str], text: str, found: _Found, *, bare: bool
    ) -> _Found | None:
        """Return a year that has a word such as "in" before it, or begins or ends the question.

        Elsewhere it may be a number, or the name of something, unless all are *bare* keywords.
        """
        found = replace(found, year=int(match["alone"]))
        following = text[match.end() :].lstrip()
        before = text[: match.start()].split()
        at_end = not following[:1].isalnum() and before and before[-1] not in self._no_year_after
        begins_range = following.startswith(tuple(self.joining))
        counted = following.split(" ", 1)[0] in self._no_year_before
        stands = bare and before and before[-1] not in self._no_year_after
        first = not before and following[:1].isalnum()
        begins = not counted and (first or bool(found.part) or stands)
        return found if found.edge or begins or at_end or begins_range else None

    def _written(self, words: dict[str, list[str]]) -> str:
        """Return the pattern of a date, for lower case and single spaces."""
        edge, after = _any(self._edges), _any(self._edges_after)
        month, unit = _any(self._months), _any(self._units)
        to = _any(self.joining)
        ordinal = f"(?:{_any(words.get('ordinal', ()))})?"
        of = f"(?:(?:{_any(words.get('of', ()))})[ ])?"
        number = f"[0-9]{{1,3}} | {_any(self._counts)}"
        part = _any(self._parts)
        last, ago = _any(words.get("last", ())), _any(words.get("ago", ()))
        before_count = _any(words.get("ago before", ()))
        after_year = _any(words.get("after year", ()))
        begin, end, gap, space = (
            (r"(?<![0-9.,/-])", "", "", "[ ]?")
            if self._unspaced
            else (
                r"(?<![\w.,/‘“'\"«])(?<!(?<![0-9]{4})-)",
                r"(?![\w\u093e-\u094d])",
                "[ ]",
                "[ ]",
            )
        )
        # In a script without spaces "近年" is recent years, not the last one.
        at_most = "" if self._unspaced else "?"
        return rf"""{begin}
            (?: (?P<attached> {_any(words.get("attached", ()))} ) (?=\w) )?
            (?: (?P<edge> {edge} ) {gap} (?: the[ ] )? )?
            (?: (?P<part> {part} ) (?: [ -] {of} (?: the[ ] )? ) )?
            (?:
              (?: (?P<day>[0-9]{{1,2}}) {ordinal}
                  (?: [ ]? (?:{to}) [ ]? (?P<last_day>[0-9]{{1,2}}) {ordinal} )? [ ] {of} )?
              (?P<month> {month} ) {end} \.?
              (?: [ ] (?P<american_day>[0-9]{{1,2}}) {ordinal} (?![0-9])
                  (?: [ ]? (?:{to}) [ ]? (?P<american_last>[0-9]{{1,2}}) {ordinal} (?![0-9]) )? )?
              (?: ,? [ ] {of} (?: (?P<year>[12][0-9]{{3}}) (?![0-9])
                                | ['’] (?P<short>[0-9]{{2}}) (?![0-9]) )
                  (?: [ ]? (?:{after_year}) (?!\w) )? )?
            | (?P<iso> {_LAST_CENTURIES}[0-9]{{2}}-[0-9]{{1,2}}-[0-9]{{1,2}} ) {_NO_YEAR}
            | (?= [0-9]{{4}}年 | {_HAN_MONTH}月 ) (?: (?P<han_year>[0-9]{{4}})年 )?
              (?: (?P<han_month>{_HAN_MONTH})月
                  (?: (?P<han_day>[0-9]{{1,2}})[日号號]?
                      (?: (?:{to}) (?P<han_last>[0-9]{{1,2}}) )? [日号號] )? )?
              (?: (?P<part_after> {part} ) )?
            | (?P<numeric>[0-9]{{1,2}}(?P<sign>[-/.])[0-9]{{1,2}}(?P=sign)[0-9]{{4}}) {_NO_YEAR}
            | (?P<decade>[12][0-9]{{2}}0) ['’]? s \b
            | (?P<period> {_any(self._periods)} ) {end}
            | (?: {last} ) {space} (?: (?P<count> {number} ) {space} ){at_most}
              (?P<unit> {unit} ) {end}
            | (?P<counted> {number} ) {space} (?: {last} ) {space} (?P<counted_unit> {unit} ) {end}
            | (?: {before_count} ) {space} (?P<count_ago> {number} ) {space}
              (?P<unit_ago> {unit} ) {end}
            | (?P<ago> {number} ) {space} (?P<ago_unit> {unit} ) {space} (?: {ago} ) {end}
            | (?P<weekday> {_any(self._weekdays)} ) {end}
            | (?P<alone> {_LAST_CENTURIES}[0-9]{{2}} ) {_NO_YEAR}
              (?: [ ]? (?:{after_year}) (?!\w) )?
            )
            (?: [ ]? (?P<edge_after> {after} ) {end} )?
        """


def _three(numbers: Iterable[int | None]) -> tuple[int | None, int | None, int | None]:
    """Return *numbers*, a year, a month and a day, as a tuple."""
    year, month, day = numbers
    return year, month, day


def _number(digits: str | None) -> int | None:
    return (_HAN_MONTHS.get(digits) or int(digits)) if digits else None


@cache
def _vocabulary(code: str) -> _Vocabulary | None:
    language = language_of(code)
    if not language.date_words:
        return None
    return _Vocabulary(language.date_words, language.script)


def _any(words: Iterable[str]) -> str:
    """Return the pattern of any of *words*, the longest first; of nothing at all if none."""
    ordered = sorted(set(words) - {""}, key=len, reverse=True)
    return "|".join(re.escape(one) for one in ordered) or "(?!)"


def _period(name: str, today: datetime.date) -> Dates:
    """Return the days of a period such as "yesterday" or "last week"."""
    if name == "today":
        return Dates(today, today)
    if name.endswith("yesterday"):  # or "before yesterday"
        day = today - ONE_DAY * (2 if name.startswith("before") else 1)
        return Dates(day, day)
    which, _, unit = name.partition(" ")
    dates = whole_period(unit, today)
    if which == "last" and dates.first is not None:
        return whole_period(unit, dates.first - ONE_DAY)
    return dates


def _part_of(dates: Dates, part: str) -> Dates:
    """Return the *part* of *dates*, a year or a month: a third of it, a quarter or a half."""
    first, last = dates.first, dates.last
    if first is None or last is None:
        return dates
    if not dates.is_year:
        third = _THIRDS.index(part)  # quarters are of years
        begin = first.replace(day=1 + 10 * third)
        return Dates(begin, last if third == 2 else begin + ONE_DAY * 9)
    if part in _THIRDS:
        length, number = 4, _THIRDS.index(part) + 1
    else:
        kind, _, written = part.partition(" ")
        length, number = (3 if kind == "quarter" else 6), int(written)
    begins, ends = (number - 1) * length + 1, number * length
    return Dates(first.replace(month=begins), named_days(first.year, ends).last)


def _latest(number: int, unit: str, today: datetime.date) -> Dates:
    """Return the last *number* days, weeks, months or years, up to *today*."""
    if unit in ("day", "week"):
        first = today - datetime.timedelta(days=number * (7 if unit == "week" else 1))
    else:
        months = today.year * 12 + today.month - 1 - number * (12 if unit == "year" else 1)
        begin = datetime.date(months // 12, months % 12 + 1, 1)
        first = begin.replace(day=min(today.day, monthrange(begin.year, begin.month)[1]))
    return Dates(first, today)
