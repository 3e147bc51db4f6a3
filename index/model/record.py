"""The record: all statements that were loaded, and how much there is to search.

``index.files`` loads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date

from index.model.errors import Problem
from index.model.statement import Paragraph, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What a search covered: how many statements and paragraphs, from when to when."""

    statements: int
    #: Paragraphs that can be quoted; questions put to officials are not counted.
    paragraphs: int
    #: The earliest and the latest date, ``None`` if no statement has one.
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Record:
    """All statements that were loaded, newest first and undated last, and the problems found."""

    #: Those that are searched and listed.
    statements: Sequence[Statement]
    problems: tuple[Problem, ...] = ()
    #: The operator's groups of words and phrases that mean the same.
    synonyms: tuple[tuple[str, ...], ...] = ()
    _: KW_ONLY
    #: Those that are no longer quoted as current: found only by their ids and references.
    withdrawn: Sequence[Statement] = ()
    #: The earlier versions of any of these, by id, each from the oldest; found by references alone.
    earlier: Sequence[Statement] = ()

    @classmethod
    def of(
        cls,
        statements: Iterable[Statement],
        problems: Iterable[Problem] = (),
        synonyms: Iterable[tuple[str, ...]] = (),
        earlier: Iterable[Statement] = (),
    ) -> Record:
        """Return the record of *statements*, sorted into the record's order.

        Those that are withdrawn are set apart.
        """
        by_id = sorted(statements, key=lambda one: one.id)
        newest_first = sorted(by_id, key=lambda one: one.date or date.min, reverse=True)
        return cls(
            tuple(one for one in newest_first if not one.withdrawn),
            tuple(problems),
            tuple(synonyms),
            withdrawn=tuple(one for one in newest_first if one.withdrawn),
            earlier=tuple(earlier),
        )

    @property
    def filed(self) -> tuple[Statement, ...]:
        """All statements that have an id here: the current ones, then those withdrawn."""
        return (*self.statements, *self.withdrawn)

    def coverage(self) -> Coverage:
        """Return how much there is to search."""
        dates = [one.date for one in self.statements if one.date]
        quotable = sum(p.quotable for one in self.statements for p in one.paragraphs)
        return Coverage(
            statements=len(self.statements),
            paragraphs=quotable,
            first=min(dates, default=None),
            last=max(dates, default=None),
        )

    def paragraphs(self) -> Iterator[tuple[Statement, Paragraph]]:
        """Yield every paragraph with its statement, in the record's order."""
        for statement in self.statements:
            for paragraph in statement.paragraphs:
                yield statement, paragraph
