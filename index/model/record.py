"""The record: all statements that were loaded, and how much there is to search.

``index.files`` loads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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

    statements: tuple[Statement, ...]
    problems: tuple[Problem, ...] = ()
    #: The operator's groups of words and phrases that mean the same.
    synonyms: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(
        cls,
        statements: Iterable[Statement],
        problems: Iterable[Problem] = (),
        synonyms: Iterable[tuple[str, ...]] = (),
    ) -> Record:
        """Return the record of *statements*, sorted into the record's order."""
        by_id = sorted(statements, key=lambda one: one.id)
        newest_first = sorted(by_id, key=lambda one: one.date or date.min, reverse=True)
        return cls(tuple(newest_first), tuple(problems), tuple(synonyms))

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
