"""Finds the paragraphs that a question's filters allow, and those of a speaker or a period.

Paragraphs are chosen by whose words they are, by the heading that they stand under, and by the id,
title, kind and dates of their statement. Their text is searched elsewhere.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.keeping.columns import Keeper, Kept
from index.keeping.paragraphs import NAMED, ParagraphColumns
from index.model.answer import speakers_by
from index.model.record import Coverage
from index.model.statement import Kind, Statement
from index.postings.bm25 import Mask, Numbers
from index.postings.weak_methods import weakly
from index.question.names_by_word import NamesByWord, spellings, words_of
from index.question.speakers import TITLES, Speakers
from index.question.syntax import Filters
from index.text.language import language_of
from index.wording.dates import Dates

#: The kinds of statements in which a publisher tells what others said.
_REPORTS = frozenset({Kind.REPORT, Kind.BRIEF})

#: The words of a name with its publisher and office.
_MOST_WORDS_OF_NAME = 8


class ParagraphFilter:
    """Chooses among the paragraphs of a record; built once."""

    def __init__(self, statements: Sequence[Statement], columns: ParagraphColumns) -> None:
        """Note who said each paragraph of *statements*, of which *columns* tell, and when."""
        speakers: dict[tuple[str, str], int] = {}
        groups: dict[tuple[tuple[str, str], ...], int] = {}
        #: Whether the record has words of anybody, and not only texts that publishers published.
        self.has_speakers = False
        # A group depends on these alone; in most statements, all paragraphs are by one.
        named = columns.bits & NAMED > 0
        by = (columns.statement_of * (len(columns.speakers) + 1) + columns.speaker_of) * 2 + named
        _, first, which = np.unique(by, return_index=True, return_inverse=True)
        group_of_each = np.zeros(len(first), dtype=np.int64)
        for place in np.argsort(first).tolist():
            number = int(first[place])
            statement = statements[int(columns.statement_of[number])]
            speaker = columns.speakers[int(columns.speaker_of[number])]
            several = speakers_by(statement, speaker, named=bool(named[number]))
            group = tuple((who.name, who.role) for who in several)
            group_of_each[place] = groups.setdefault(group, len(groups))
            # A text without speakers has its publisher for one.
            self.has_speakers |= any(name != statement.publisher for name, _ in group)
            for one in group:
                speakers.setdefault(one, len(speakers))
        self._statement_of, self._group_of = columns.statement_of, group_of_each[which]
        #: Which paragraphs can be quoted: all but questions.
        self.quotable: Mask = ~columns.is_question
        listed = list(statements)
        # The day on which a brief was written is ours, and says nothing of when anything was said.
        days = [
            (one.date, None if one.kind is Kind.BRIEF and one.date else one.published)
            for one in listed
        ]
        #: When each statement was said and published, as ordinals; 0 where that is not known.
        self._days = np.array(
            [[day.toordinal() if day else 0 for day in both] for both in days], dtype=np.int64
        ).reshape(-1, 2)
        #: The speakers of each group of them, mostly one: a line for each, group and speaker.
        self._grouped = np.array(
            [(number, speakers[one]) for group, number in groups.items() for one in group],
            dtype=np.int64,
        ).reshape(-1, 2)
        self._groups = len(groups)
        languages = dict.fromkeys(["en", *(one.language for one in listed)])
        same = [pair for tag in languages for pair in language_of(tag).same_speakers]
        self._speaking, self._same = list(speakers), list(dict.fromkeys(same))
        self._publishers, self._publisher_of = _by_word([one.publisher for one in listed])
        self._titles, self._title_of = _by_word([one.title for one in listed])
        #: The headings, and that of each paragraph; ``None`` if there are none.
        self._sections: tuple[NamesByWord, NDArray[np.int64]] | None = None
        if any(columns.sections):
            self._sections = NamesByWord(columns.sections), columns.section_of
        self._ids: Sequence[str] = [one.id for one in listed]
        kinds = list(Kind)
        self._kind_of = np.array([kinds.index(one.kind) for one in listed], np.int64)

        #: Which paragraphs tell what others said: those of reports and briefs.
        self.reports: Mask = np.isin(self._kind_of, [kinds.index(kind) for kind in _REPORTS])[
            self._statement_of
        ]

    def keep(self, to: Keeper) -> None:
        """Write who said each paragraph, where and when, *to* columns."""
        to.strings("ids", self._ids)
        to.value("speaking", self._speaking)
        to.value("same", self._same)
        to.value("groups", self._groups)
        to.value("has", [self.has_speakers, self._sections is not None])
        self._publishers.keep(to.within("publishers"))
        self._titles.keep(to.within("titles"))
        if self._sections is not None:
            self._sections[0].keep(to.within("sections"))
        to.arrays(
            group_of=self._group_of,
            days=self._days,
            grouped=self._grouped,
            publisher_of=self._publisher_of,
            title_of=self._title_of,
            kind_of=self._kind_of,
            reports=self.reports,
        )

    @classmethod
    def kept(cls, of: Kept, columns: ParagraphColumns) -> ParagraphFilter:
        """Return what ``keep`` wrote, of the same paragraphs of which *columns* tell."""
        made = cls.__new__(cls)
        made._statement_of, made.quotable = columns.statement_of, ~columns.is_question
        made._ids, made._groups = of.strings("ids"), of.value("groups")
        made._speaking = [(name, role) for name, role in of.value("speaking")]
        made._same = [(one, other) for one, other in of.value("same")]
        made.has_speakers, has_sections = of.value("has")
        made._publishers = NamesByWord.kept(of.within("publishers"))
        made._titles = NamesByWord.kept(of.within("titles"))
        made._sections = None
        if has_sections:
            sections = NamesByWord.kept(of.within("sections"))
            made._sections = sections, columns.section_of
        made._group_of, made.reports = of.array("group_of", "i8"), of.array("reports", "b1")
        made._days, made._grouped = of.array("days", "i8", 2), of.array("grouped", "i8", 2)
        made._publisher_of, made._title_of = (
            of.array("publisher_of", "i8"),
            of.array("title_of", "i8"),
        )
        made._kind_of = of.array("kind_of", "i8")
        return made

    @cached_property
    def _speakers(self) -> Speakers:
        """Who speaks on record; read when the first question is."""
        return Speakers(self._speaking, self._same)

    @cached_property
    def _by_id(self) -> dict[str, list[int]]:
        """The statements that each id may stand for: the same but for case."""
        found: dict[str, list[int]] = {}
        for number, one in enumerate(self._ids):
            found.setdefault(one.casefold(), []).append(number)
        return found

    @property
    def has_briefs(self) -> bool:
        """Whether there are briefs among the statements."""
        return bool((self._kind_of == list(Kind).index(Kind.BRIEF)).any())

    def prepare(self) -> None:
        """Do now what the first filter would wait for."""
        self._speakers.prepare()

    def allowed_by(self, filters: Filters) -> Mask:
        """Return which paragraphs *filters* allow: shape (paragraphs,).

        What was asked last is remembered: one question is read several times, in other scopes and
        sentence by sentence.
        """
        return self._allowed_by_last(filters).copy()

    @cached_property
    def _allowed_by_last(self) -> Callable[[Filters], Mask]:
        return lru_cache(maxsize=1)(weakly(self._allowed_by))

    def _allowed_by(self, filters: Filters) -> Mask:
        allowed = self.quotable.copy()
        if filters.speakers:
            # What is in proportion to the record is done once for all of them.
            speaking, publishing = self._speakers.nobody(), self._publishers.none()
            for asked in dict.fromkeys(filters.speakers):
                speaking |= self._speakers.beginning(asked)
                for words in spellings(asked):
                    publishing |= self._publishers.beginning(words)
            of_speakers = self._by_speakers(speaking)
            if publishing.any():
                of_speakers |= self._in_statements(publishing[self._publisher_of])
            allowed &= of_speakers
        if filters.statements:
            allowed &= self._within(filters.statements)
        if filters.kinds:
            kinds = np.array([kind in filters.kinds for kind in Kind])
            allowed &= self._in_statements(kinds[self._kind_of])
        if filters.dates is not None:
            allowed &= self.dated(filters.dates)
        return allowed

    def _within(self, names: Sequence[str]) -> Mask:
        """Return the paragraphs of the statements with these ids, or words of titles or headings.

        Under a heading with these words are only the paragraphs up to the next heading.
        """
        chosen = np.zeros(len(self._title_of), dtype=bool)
        titled = self._titles.none()
        for asked in dict.fromkeys(names):
            chosen[self._by_id.get(asked.casefold(), [])] = True
            titled |= self._titles.beginning(words_of(asked))
        if titled.any():
            chosen |= titled[self._title_of]
        within = self._in_statements(chosen)
        if self._sections is not None:
            headings, heading_of = self._sections
            headed = headings.none()
            for asked in dict.fromkeys(names):
                headed |= headings.beginning(words_of(asked))
            if headed.any():
                within |= headed[heading_of]
        return within

    def coverage(self, allowed: Mask) -> Coverage:
        """Return how much there is to search in the paragraphs that are *allowed*."""
        statements = np.zeros(len(self._days), dtype=bool)
        statements[self._statement_of[allowed]] = True
        days = self._days[statements, 0]
        days = days[days > 0]
        first, last = (int(days.min()), int(days.max())) if len(days) else (0, 0)
        return Coverage(
            statements=int(statements.sum()),
            paragraphs=int(allowed.sum()),
            first=datetime.date.fromordinal(first) if first else None,
            last=datetime.date.fromordinal(last) if last else None,
        )

    def dated(self, dates: Dates) -> Mask:
        """Return which paragraphs were said or published on one of *dates*."""
        first = dates.first.toordinal() if dates.first else 1
        last = dates.last.toordinal() if dates.last else datetime.date.max.toordinal()
        among = (self._days >= first) & (self._days <= last)
        return self._in_statements(among[:, 0] | among[:, 1])

    def days_of(self, numbers: Numbers) -> NDArray[np.int64]:
        """Return when each of the paragraphs *numbers* was said, as ordinals; 0 if undated."""
        days: NDArray[np.int64] = self._days[self._statement_of[numbers], 0]
        return days

    def is_name(self, text: str) -> bool:
        """Return whether *text* is the surname or whole name of a speaker, not only an office."""
        return self._speakers.is_name(text)

    def knows(self, name: str) -> bool:
        """Return whether the record has a speaker of that name or role."""
        return bool(words_of(name)) and bool(self._named(name)[0].any())

    def spoken_by(self, name: str) -> Mask | None:
        """Return which paragraphs are by the speakers of that name or role; ``None`` if none is."""
        by, published = self._named(name)
        if not by.any():
            return None
        spoken = self._by_speakers(by)
        if published is not None:
            return spoken & published
        words = words_of(name)
        if len(words) > 1 and not TITLES.issuperset(words):
            # An institution speaks in what it publishes, too.
            publishers = self._publishers.having(words)
            if publishers.any():
                spoken |= self._in_statements(publishers[self._publisher_of]) & self.quotable
        return spoken

    def names_of(self, name: str) -> tuple[str, ...]:
        """Return the names of the speakers whom ``spoken_by`` finds, as the record writes them."""
        return self._speakers.written(self._named(name)[0])

    def _named(self, name: str) -> tuple[NDArray[np.bool_], Mask | None]:
        """Return which speakers have that name or role, and where, unless everywhere.

        The name of their publisher may stand before it: State Department spokesperson.
        """
        by = self._speakers.named(name)
        words = words_of(name)
        if by.any() or not 2 <= len(words) <= _MOST_WORDS_OF_NAME:
            return by, None
        if words[-1] not in self._speakers.known:
            return by, None
        for number in range(len(words) - 1, 0, -1):
            publishers = self._publishers.having(words[:number])
            if publishers.any():
                spoken = self._speakers.named(" ".join(words[number:]))
                published = self._in_statements(publishers[self._publisher_of])
                spoken = spoken & self._speaking_in(published)
                if spoken.any():
                    return spoken, published
        return by, None

    def _speaking_in(self, chosen: Mask) -> NDArray[np.bool_]:
        """Return who speaks in the paragraphs that are *chosen*."""
        groups = np.zeros(self._groups, dtype=bool)
        groups[self._group_of[chosen]] = True
        speaking = self._speakers.nobody()
        speaking[self._grouped[groups[self._grouped[:, 0]], 1]] = True
        return speaking

    def names_from(self, asked: tuple[str, ...]) -> tuple[str, ...]:
        """Return the names of the speakers whom the operators ``from:`` find that *asked* for them.

        As what the filters allow, they are remembered while one question is read again.
        """
        return self._names_from_last(asked)

    @cached_property
    def _names_from_last(self) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
        return lru_cache(maxsize=1)(weakly(self._names_from))

    def _names_from(self, asked: tuple[str, ...]) -> tuple[str, ...]:
        found = (self._speakers.beginning(name) for name in dict.fromkeys(asked))
        return tuple(dict.fromkeys(chain.from_iterable(map(self._speakers.written, found))))

    def _in_statements(self, chosen: Mask) -> Mask:
        """Return the paragraphs of the statements that are *chosen*."""
        picked: Mask = chosen[self._statement_of]
        return picked

    def _by_speakers(self, chosen: Mask) -> Mask:
        """Return the paragraphs of the speakers that are *chosen*, alone or among others."""
        group = self._grouped[chosen[self._grouped[:, 1]], 0]
        groups = np.zeros(self._groups, dtype=bool)
        groups[group] = True
        picked: Mask = groups[self._group_of]
        return picked


def _by_word(values: Sequence[str]) -> tuple[NamesByWord, NDArray[np.int64]]:
    """Return the different *values* by their words, and the number of each one among them."""
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return NamesByWord(numbers), np.array([numbers[one] for one in values], dtype=np.int64)
