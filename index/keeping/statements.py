"""Keeps the statements of a record in columns, and reads one when it is asked for."""

from __future__ import annotations

import json
from abc import abstractmethod
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import asdict, fields
from datetime import date
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from operator import eq, index
from typing import Any, Generic, TypeVar, overload

import numpy as np

from index.keeping.columns import DamagedFile, Keeper, Kept
from index.keeping.paragraphs import (
    CERTAIN,
    NAMED,
    QUOTED,
    ROLE,
    ROLES,
    Ints,
    ParagraphColumns,
)
from index.model.record import Record
from index.model.statement import Kind, Origin, Paragraph, Speaker, Statement, Translation

#: So many statements that were read are remembered, and so many paragraphs of each: users meet the
#: same ones again.
_STATEMENTS, _PARAGRAPHS = 2_048, 1_024

_Value = TypeVar("_Value")


def keep_statements(
    record: Record, columns: ParagraphColumns, texts: Sequence[str], to: Keeper
) -> None:
    """Write the statements of *record*, those withdrawn and the earlier versions *to* columns.

    *columns* and *texts* are those of its current statements.
    """
    others = [*record.withdrawn, *record.earlier]
    kept = [*record.statements, *others]
    same = np.append(np.arange(len(record.statements)), np.full(len(others), -1))
    count = len(columns)
    of_others = (one.text for statement in others for one in statement.paragraphs)
    to.value("counts", [len(record.statements), len(record.withdrawn), len(record.earlier)])
    to.strings("heads", map(_head, kept))
    to.strings("texts", chain((texts[number] for number in range(count)), of_others))
    ParagraphColumns.of(kept, columns, same).keep(to.within("paragraphs"))


class KeptStatements:
    """The statements of a record in columns."""

    def __init__(self, of: Kept) -> None:
        """Read what ``keep_statements`` wrote."""
        columns = _Columns(of)
        read = lru_cache(_STATEMENTS)(columns.statement)
        counts = of.value("counts")
        bounds = [0, *accumulate(counts)]
        if len(counts) != len(("current", "withdrawn", "earlier")) or bounds[-1] != columns.count:
            raise DamagedFile("it has other statements than it tells of")
        of_each = [_Statements(columns, read, *both) for both in pairwise(bounds)]
        #: Those that are searched, those withdrawn, and the earlier versions.
        self.statements, self.withdrawn, self.earlier = of_each
        #: What is told of the paragraphs of those that are searched.
        self.columns = columns.paragraphs.first(len(self.statements))
        #: The texts of all paragraphs, in the order of the statements.
        self.texts = columns.texts


class _Columns:
    """The columns of statements and their paragraphs."""

    def __init__(self, of: Kept) -> None:
        self._heads, self.texts = of.strings("heads"), of.strings("texts")
        self.paragraphs = ParagraphColumns.kept(of.within("paragraphs"))
        self._firsts: Sequence[int] = self.paragraphs.firsts.data
        self._bits: Sequence[int] = self.paragraphs.bits.data
        self._speaker_of: Sequence[int] = self.paragraphs.speaker_of.data
        self._section_of: Sequence[int] = self.paragraphs.section_of.data
        self.count = len(self._heads)
        if self.count != len(self._firsts) - 1 or len(self.texts) != len(self.paragraphs):
            raise DamagedFile("it has other texts than it tells of")

    def statement(self, number: int) -> Statement:
        """Return the statement of that *number*, whose paragraphs are read when asked for."""
        told: dict[str, Any] = json.loads(self._heads[number])
        for name, read in _READ.items():
            if name in told:
                told[name] = read(told[name])
        paragraphs = PartOf(self, self._firsts[number], self._firsts[number + 1])
        return Statement(**told, paragraphs=paragraphs)

    def key(self, number: int) -> Hashable:
        """Return the key of the statement of that *number*, as ``keys_of`` does."""
        columns = self.paragraphs
        language = columns.languages[columns.language_of[number]]
        return language, (id(self), self._firsts[number])

    def paragraph(self, number: int, within: int) -> Paragraph:
        """Return the paragraph of that *number*, the one *within* its statement, from 1."""
        bits, columns = self._bits[number], self.paragraphs
        return Paragraph(
            within,
            self.texts[number],
            columns.speakers[self._speaker_of[number]],
            ROLES[bits & ROLE],
            bool(bits & NAMED),
            certain=bool(bits & CERTAIN),
            quoted=bool(bits & QUOTED),
            section=columns.sections[self._section_of[number]],
        )


class _Lazy(Sequence[_Value], Generic[_Value]):
    """Values of which each is read when it is asked for."""

    @abstractmethod
    def _read(self, number: int) -> _Value:
        """Return the value of that *number*, from 0."""

    @overload
    def __getitem__(self, number: int) -> _Value: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[_Value, ...]: ...
    def __getitem__(self, number: int | slice) -> _Value | tuple[_Value, ...]:
        count = len(self)
        if isinstance(number, slice):
            return tuple(map(self._read, range(*number.indices(count))))
        number = index(number)
        if not -count <= number < count:
            raise IndexError(f"there is no number {number} among {count}")
        return self._read(number + count if number < 0 else number)

    def __iter__(self) -> Iterator[_Value]:
        return map(self._read, range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))


class _Statements(_Lazy[Statement]):
    """Some of the statements in columns."""

    def __init__(
        self, columns: _Columns, read: Callable[[int], Statement], begin: int, end: int
    ) -> None:
        self._columns, self._of_all = columns, read
        self._begin, self._end = begin, end

    def __len__(self) -> int:
        return self._end - self._begin

    def _read(self, number: int) -> Statement:
        return self._of_all(self._begin + number)

    def keys(self) -> list[Hashable]:
        """Return the key of each, as ``keys_of`` does; none is read for this."""
        return [self._columns.key(number) for number in range(self._begin, self._end)]


class PartOf(_Lazy[Paragraph]):
    """The paragraphs of a statement; each that was read is remembered with it."""

    def __init__(self, columns: _Columns, begin: int, end: int) -> None:
        """Read the paragraphs of these numbers from *columns*."""
        self._columns, self._begin, self._end = columns, begin, end
        self._known: dict[int, Paragraph] = {}

    def __len__(self) -> int:
        return self._end - self._begin

    def key(self) -> Hashable:
        """Return what no other paragraphs have, as long as these are there."""
        return id(self._columns), self._begin

    def text(self, within: int) -> str:
        """Return the text of the one *within* them, from 0; the paragraph is not remembered."""
        return self._columns.texts[self._begin + within]

    def _read(self, number: int) -> Paragraph:
        found = self._known.get(number)
        if found is None:
            found = self._columns.paragraph(self._begin + number, number + 1)
            if len(self._known) >= _PARAGRAPHS:
                self._known.clear()
            self._known[number] = found
        return found


class Searched(_Lazy[tuple[Statement, Paragraph]]):
    """The paragraphs of statements in their order, each with its statement."""

    def __init__(self, statements: Sequence[Statement], firsts: Ints) -> None:
        """Take *statements*, and the number of each one's first paragraph; one more ends all."""
        self._statements = statements
        self._firsts: Sequence[int] = firsts.data

    def __len__(self) -> int:
        return self._firsts[-1]

    def place(self, number: int) -> tuple[Statement, int]:
        """Return the statement of the paragraph of that *number*, and its place in it, from 0."""
        of = bisect_right(self._firsts, number) - 1
        return self._statements[of], number - self._firsts[of]

    def _read(self, number: int) -> tuple[Statement, Paragraph]:
        statement, within = self.place(number)
        return statement, statement.paragraphs[within]

    def __iter__(self) -> Iterator[tuple[Statement, Paragraph]]:
        for statement in self._statements:
            for paragraph in statement.paragraphs:
                yield statement, paragraph


class TextsOf(_Lazy[str]):
    """The texts of paragraphs, each read when it is asked for; no paragraph is remembered by it."""

    def __init__(self, paragraphs: Searched) -> None:
        """Read the texts of *paragraphs*."""
        self._paragraphs = paragraphs

    def __len__(self) -> int:
        return len(self._paragraphs)

    def _read(self, number: int) -> str:
        statement, within = self._paragraphs.place(number)
        paragraphs = statement.paragraphs
        return (
            paragraphs.text(within) if isinstance(paragraphs, PartOf) else paragraphs[within].text
        )


def keys_of(statements: Sequence[Statement]) -> list[Hashable]:
    """Return for each of *statements* what tells whether another has the same paragraphs.

    They are the very same things, and in one language. A key is worth nothing when they are gone.
    """
    return statements.keys() if isinstance(statements, _Statements) else list(map(_key, statements))


def _key(statement: Statement) -> Hashable:
    paragraphs = statement.paragraphs
    which = paragraphs.key() if isinstance(paragraphs, PartOf) else id(paragraphs)
    return statement.language, which


def _head(statement: Statement) -> str:
    """Return all of *statement* but its paragraphs, as JSON."""
    told = {
        field.name: getattr(statement, field.name)
        for field in fields(statement)
        if field.name != "paragraphs" and getattr(statement, field.name) != field.default
    }
    told["speakers"] = [[one.name, one.role] for one in statement.speakers]
    if statement.source is not None:
        told["source"] = asdict(statement.source)
    # What JSON lacks are days.
    return json.dumps(told, default=str)


def _source(told: dict[str, Any]) -> Origin:
    fetched = told.pop("fetched")
    return Origin(**told, fetched=date.fromisoformat(fetched) if fetched else None)


#: How the fields of a statement are read that JSON has not.
_READ: dict[str, Callable[[Any], object]] = {
    "speakers": lambda value: tuple(Speaker(*one) for one in value),
    "footnotes": tuple,
    "kind": Kind,
    "translation": Translation,
    "date": date.fromisoformat,
    "published": date.fromisoformat,
    "amended": date.fromisoformat,
    "source": _source,
}
