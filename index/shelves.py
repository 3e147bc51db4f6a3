"""Sorts the statements of a record onto shelves: by day, month and year, by speaker, by kind.

And finds those whose title, speakers, publisher or id have some words, or which are of some days. A
shelf is told by the numbers of its statements, newest first; what is undated comes after what is
dated, and the bot's own statement last. How shelves are shown is left to whoever shows them; what
paragraphs say is searched by ``search``.
"""

from __future__ import annotations

import datetime
import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, chain

import regex

from index.model.own import is_own
from index.model.record import Record
from index.model.statement import Kind, Statement
from index.postings.weak_methods import weakly
from index.question.names_by_word import spellings, words_of
from index.text.language import language_of
from index.text.terms import Analyzer, Analyzers
from index.text.words import UNSPACED
from index.wording.dates import Dates, read_dates
from index.wording.when import When, when_in

#: The numbers of statements, in the order of the shelves.
Numbers = Sequence[int]

#: The period of statements without a date.
UNDATED = "-"
#: A period is the beginning of a date: 2025, 2025-02, 2025-02-24. Each is divided by the next.
_LENGTHS = (4, 7, 10)
#: Digits of five bits each: that two of 10,000 names have the same code happens once in 10^10.
_CODE_LENGTH = 12
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: What was sought last is remembered of so many texts.
_SOUGHT = 32
#: So many words of what is sought are looked at.
_MOST_WORDS = 12
#: A shorter stem tells too little.
_SHORTEST_STEM = 3
_UNSPACED = regex.compile(rf"[{UNSPACED}]")
_WORD = regex.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class SpeakersShelf:
    """What one speaker said, alone or among others."""

    #: Stands for the name; the same in every record.
    code: str
    #: As the newest of the statements writes it.
    name: str
    #: How many statements there are.
    count: int
    #: The folded name, by which names are sorted.
    key: str

    @property
    def initial(self) -> str:
        """The first character of the name, as names are sorted: mostly in lower case."""
        return self.key[:1]


class Shelves:
    """The statements of a record, sorted; built once."""

    def __init__(self, record: Record, analyzers: Analyzers) -> None:
        """Sort the statements of *record*; *analyzers* are those of its languages."""
        own = [one for one in record.statements if is_own(one)]
        others = [one for one in record.statements if not is_own(one)]
        #: In the order of the shelves.
        self.statements: tuple[Statement, ...] = (*others, *own)
        self.everything: Numbers = range(len(self.statements))
        #: The bot's own, which are on no shelf of a period.
        self.own: Numbers = range(len(others), len(self.statements))
        days = [one.date for one in others if one.date]
        #: The first and the last day on which anything was said; ``None`` if all is undated.
        self.dates = (days[-1], days[0]) if days else None
        self._analyzers = analyzers
        # Each page of a list asks for the same several times.
        self._found = lru_cache(_SOUGHT)(weakly(self._sought))
        #: Where the statements of each period begin among all, and where they end.
        self._spans: dict[str, tuple[int, int]] = {}
        #: What each period is divided by, newest first.
        self._parts: dict[str, list[str]] = {}
        for number, one in enumerate(others):
            above = ""
            for period in _periods(one):
                if period not in self._spans:
                    self._parts.setdefault(above, []).append(period)
                first, _ = self._spans.get(period, (number, 0))
                self._spans[period] = first, number + 1
                above = period

    def of_period(self, numbers: Numbers, period: str) -> Numbers:
        """Return those of *numbers* that are of a *period*: all if it is empty."""
        if not period:
            return numbers
        begin, end = self._spans.get(period, (0, 0))
        return numbers[bisect_left(numbers, begin) : bisect_left(numbers, end)]

    def divided(self, numbers: Numbers, period: str) -> list[tuple[str, int]]:
        """Return the periods that *period* is divided by, newest first, each with its number.

        Only those are counted that are among *numbers*; a day is not divided.
        """
        parts = self._parts.get(period, ())
        counts = ((part, len(self.of_period(numbers, part))) for part in parts)
        return [(part, count) for part, count in counts if count]

    @cached_property
    def speakers(self) -> tuple[SpeakersShelf, ...]:
        """All speakers, those with most statements first."""
        found = self._speakers.values()
        return tuple(sorted(found, key=lambda one: (-one.count, one.key, one.code)))

    @cached_property
    def by_name(self) -> tuple[SpeakersShelf, ...]:
        """All speakers in the order of their names."""
        return tuple(sorted(self._speakers.values(), key=lambda one: (one.key, one.code)))

    @cached_property
    def kinds(self) -> tuple[tuple[Kind, int], ...]:
        """All kinds that there are, the commonest first, each with its number."""
        return tuple(
            sorted(
                ((kind, len(numbers)) for kind, numbers in self._by_kind.items()),
                key=lambda one: (-one[1], one[0]),
            )
        )

    def by_speaker(self, code: str) -> Numbers:
        """Return what the speaker of that *code* said; none if there is no such speaker."""
        return self._by_speaker.get(code, ())

    def speaker(self, code: str) -> SpeakersShelf | None:
        """Return the speaker of that *code*; ``None`` if there is none."""
        return self._speakers.get(code)

    def by_kind(self, kind: Kind) -> Numbers:
        """Return the statements of a *kind*."""
        return self._by_kind.get(kind, ())

    def sought(self, text: str, today: datetime.date) -> Numbers:
        """Return what *text* seeks, which are words, days, or both.

        Each word, folded, begins a word of the title, a speaker, the publisher or the id, or has
        the same stem. Days are those on which it was said or published. What can be read as days
        and finds nothing is read as words: "Agenda 2030". "Yesterday" is counted from *today*.
        """
        return self._found(" ".join(text.split()), today)

    def _sought(self, words: str, today: datetime.date) -> Numbers:
        if not any(map(str.isalpha, words)) and (dates := read_dates(words, today)):
            return self._dated(dates) or self._having(words)
        for tag in dict.fromkeys(["en", *self._languages_of(words)]):
            when = when_in(words, language_of(tag), today)
            if when and (found := self._both(words, when)):
                return found
        found = self._having(words)
        if not found and any(map(str.isdigit, words)) and (dates := read_dates(words, today)):
            # Last: the library that reads other dates than these takes long to import.
            found = self._dated(dates)
        return found

    def _both(self, words: str, when: When) -> Numbers:
        """Return what is of the days that *words* name, and has the rest of them."""
        rest = "".join(
            " " if any(start <= place < stop for start, stop in when.spans) else character
            for place, character in enumerate(words)
        )
        dated = self._dated(when.dates)
        if not _WORD.search(rest):
            return dated
        having = set(self._having(rest))
        return [number for number in dated if number in having]

    def _dated(self, dates: Dates) -> Numbers:
        """Return what was said or published on one of *dates*.

        The day on which a brief was written is ours, and tells nothing of what it sums up.
        """
        first = dates.first or datetime.date.min
        last = dates.last or datetime.date.max
        return [
            number
            for number, days in enumerate(self._told)
            if any(first <= day <= last for day in days)
        ]

    @cached_property
    def _told(self) -> list[tuple[datetime.date, ...]]:
        """The days on which each statement was said and published."""
        days = [
            (one.date, None if one.kind is Kind.BRIEF and one.date else one.published)
            for one in self.statements
        ]
        return [tuple({day for day in both if day}) for both in days]

    def _having(self, text: str) -> Numbers:
        """Return what has all words of *text*."""
        words = list(dict.fromkeys(words_of(text)))[:_MOST_WORDS]
        if not words:
            return []
        analyzers = self._analyzers.for_question(text)
        having = [
            {number for way in self._spelled(word, analyzers) for number in self._standing(way)}
            for word in words
        ]
        return sorted(set.intersection(*having))

    def _standing(self, way: str) -> Iterator[int]:
        """Yield the numbers of the statements among whose words *way* stands."""
        text, begins = self._written
        place = text.find(way)
        while place >= 0:
            number = bisect_right(begins, place) - 1
            yield number
            place = text.find(way, begins[number + 1])

    def _spelled(self, word: str, analyzers: Iterable[Analyzer]) -> list[str]:
        """Return in which ways a folded *word* may stand among the names of a statement."""
        # Within a script without spaces a word begins anywhere.
        ways = [word if _UNSPACED.search(word) else f" {word}"]
        stems = {term for one in analyzers for term in one.analyse(word).terms[:1]}
        return [*ways, *(f" {stem}\n" for stem in stems if len(stem) >= _SHORTEST_STEM)]

    def _languages_of(self, words: str) -> list[str]:
        return [one.language.code for one in self._analyzers.for_question(words)]

    @cached_property
    def _written(self) -> tuple[str, list[int]]:
        """The words that the statements are found by, in one text, and where those of each begin.

        The last begins where the text ends.
        """
        each = [self._named(one) for one in self.statements]
        return "".join(each), list(accumulate(map(len, each), initial=0))

    def _named(self, statement: Statement) -> str:
        """Return the folded words of *statement*, each after a space, and stems, each on a line."""
        names = [statement.title, statement.publisher, statement.id]
        names += [part for one in statement.speakers for part in (one.name, one.role)]
        words = chain.from_iterable(chain.from_iterable(map(_spelled_ways, filter(None, names))))
        stems = self._analyzers.of(statement.language).analyse(statement.title).terms
        return "".join([f" {' '.join(words)}\n", *(f" {stem}\n" for stem in stems)])

    @cached_property
    def _speakers(self) -> dict[str, SpeakersShelf]:
        """The speakers by their codes."""
        names: dict[str, tuple[str, str]] = {}
        for key, name in self._keys_and_names():
            names.setdefault(_code(key), (name, key))
        return {
            code: SpeakersShelf(code, name, len(self._by_speaker[code]), key)
            for code, (name, key) in names.items()
        }

    @cached_property
    def _by_kind(self) -> dict[Kind, list[int]]:
        shelves: dict[Kind, list[int]] = {}
        for number, one in enumerate(self.statements):
            shelves.setdefault(one.kind, []).append(number)
        return shelves

    @cached_property
    def _by_speaker(self) -> dict[str, list[int]]:
        codes = {name: _code(key) for key, name in self._keys_and_names()}
        shelves: dict[str, list[int]] = {}
        for number, one in enumerate(self.statements):
            for code in dict.fromkeys(codes[speaker.name] for speaker in one.speakers):
                shelves.setdefault(code, []).append(number)
        return shelves

    def _keys_and_names(self) -> list[tuple[str, str]]:
        """Return how each name is sorted, and the name, those of the newest statements first."""
        names = dict.fromkeys(who.name for one in self.statements for who in one.speakers)
        return [(" ".join(words_of(name)) or name, name) for name in names]


def _periods(statement: Statement) -> list[str]:
    """Return the periods that have *statement*, the longest first."""
    if statement.date is None:
        return [UNDATED]
    day = statement.date.isoformat()
    return [day[:length] for length in _LENGTHS]


@lru_cache(maxsize=16_384)
def _spelled_ways(name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(map(tuple, spellings(name)))


def _code(key: str) -> str:
    """Return the code of the name that is sorted by *key*: twelve digits and capital letters."""
    number = int.from_bytes(hashlib.sha256(key.encode(errors="replace")).digest()[:8], "big")
    return "".join(_DIGITS[number >> 5 * place & 31] for place in range(_CODE_LENGTH))
