"""Keeps the statements of a record in columns, and reads one when it is asked for."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from datetime import date
from functools import lru_cache
from itertools import accumulate, pairwise
from operator import eq, index
from typing import Any, Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from index.keeping.columns import DamagedFile, Keeper, Kept
from index.model.record import Record
from index.model.statement import (
    Kind,
    Origin,
    Paragraph,
    Role,
    Speaker,
    Statement,
    Translation,
)

#: So many statements that were read are remembered, and so many paragraphs of each: users meet the
#: same ones again.
_STATEMENTS, _PARAGRAPHS = 2_048, 1_024
_ROLES = (None, *Role)
#: The bits of a paragraph: its role in the lowest two, and whether it is named, certain, quoted.
_ROLE, _NAMED, _CERTAIN, _QUOTED = 3, 4, 8, 16

_Value = TypeVar("_Value")
_Key = TypeVar("_Key")


def keep_statements(record: Record, to: Keeper) -> None:
    """Write the statements of *record*, those withdrawn and the earlier versions *to* columns."""
    kept = [*record.statements, *record.withdrawn, *record.earlier]
    paragraphs = [one for statement in kept for one in statement.paragraphs]
    speakers = _numbered((one.speaker.name, one.speaker.role) for one in paragraphs)
    sections = _numbered(one.section for one in paragraphs)
    to.value("counts", [len(record.statements), len(record.withdrawn), len(record.earlier)])
    to.strings("heads", map(_head, kept))
    to.strings("texts", (one.text for one in paragraphs))
    to.strings("speakers", map(json.dumps, speakers))
    to.strings("sections", sections)
    speaker_of = [speakers[one.speaker.name, one.speaker.role] for one in paragraphs]
    to.arrays(
        firsts=np.cumsum([0, *(len(one.paragraphs) for one in kept)], dtype=np.int64),
        speaker_of=np.array(speaker_of, dtype=np.int64),
        section_of=np.array([sections[one.section] for one in paragraphs], dtype=np.int64),
        bits=np.array(list(map(_bits, paragraphs)), dtype=np.uint8),
    )


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
        of_each = [_Statements(read, *both) for both in pairwise(bounds)]
        #: Those that are searched, those withdrawn, and the earlier versions.
        self.statements, self.withdrawn, self.earlier = of_each
        #: What is searched.
        self.paragraphs = _Searched(columns.firsts, self.statements)
        searched = len(self.paragraphs)
        #: The number of the speaker of each paragraph that is searched, and those speakers.
        self.speaker_of: NDArray[np.int64] = of.array("speaker_of", "i8")[:searched]
        speaking = int(self.speaker_of.max(initial=-1)) + 1
        self.speakers = [Speaker(*json.loads(one)) for one in of.strings("speakers")[:speaking]]
        #: The texts of all paragraphs, in the order of the statements.
        self.texts = columns.texts
        #: The number of the first paragraph of each statement; one more ends the last.
        self.firsts = columns.firsts


class _Columns:
    """The columns of statements and their paragraphs."""

    def __init__(self, of: Kept) -> None:
        self._heads, self.texts = of.strings("heads"), of.strings("texts")
        self._speakers, self._sections = of.strings("speakers"), of.strings("sections")
        self.firsts = of.ints("firsts")
        self._speaker_of, self._section_of = of.ints("speaker_of"), of.ints("section_of")
        self._bits: Sequence[int] = of.array("bits", "u1").data
        self.count = len(self._heads)
        if len(self.firsts) != self.count + 1 or self.firsts[self.count] != len(self.texts):
            raise DamagedFile("it has other paragraphs than it tells of")

    def statement(self, number: int) -> Statement:
        """Return the statement of that *number*, whose paragraphs are read when asked for."""
        told: dict[str, Any] = json.loads(self._heads[number])
        for name, read in _READ.items():
            if name in told:
                told[name] = read(told[name])
        paragraphs = _PartOf(self, self.firsts[number], self.firsts[number + 1])
        return Statement(**told, paragraphs=paragraphs)

    def paragraph(self, number: int, within: int) -> Paragraph:
        """Return the paragraph of that *number*, the one *within* its statement, from 1."""
        bits = self._bits[number]
        return Paragraph(
            within,
            self.texts[number],
            Speaker(*json.loads(self._speakers[self._speaker_of[number]])),
            _ROLES[bits & _ROLE],
            bool(bits & _NAMED),
            certain=bool(bits & _CERTAIN),
            quoted=bool(bits & _QUOTED),
            section=self._sections[self._section_of[number]],
        )


class _Lazy(Sequence[_Value], Generic[_Value]):
    """Values of which each is read when it is asked for."""

    def _read(self, number: int) -> _Value:
        """Return the value of that *number*, from 0."""
        raise NotImplementedError

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

    def __init__(self, read: Callable[[int], Statement], begin: int, end: int) -> None:
        self._of_all, self._begin, self._end = read, begin, end

    def __len__(self) -> int:
        return self._end - self._begin

    def _read(self, number: int) -> Statement:
        return self._of_all(self._begin + number)


class _PartOf(_Lazy[Paragraph]):
    """The paragraphs of a statement; each that was read is remembered with it."""

    def __init__(self, columns: _Columns, begin: int, end: int) -> None:
        self._columns, self._begin, self._end = columns, begin, end
        self._known: dict[int, Paragraph] = {}

    def __len__(self) -> int:
        return self._end - self._begin

    def _read(self, number: int) -> Paragraph:
        found = self._known.get(number)
        if found is None:
            found = self._columns.paragraph(self._begin + number, number + 1)
            if len(self._known) >= _PARAGRAPHS:
                self._known.clear()
            self._known[number] = found
        return found


class _Searched(_Lazy[tuple[Statement, Paragraph]]):
    """The paragraphs of statements in their order, each with its statement."""

    def __init__(self, firsts: Sequence[int], statements: Sequence[Statement]) -> None:
        self._firsts, self._statements = firsts, statements
        self._count = firsts[len(statements)]

    def __len__(self) -> int:
        return self._count

    def _read(self, number: int) -> tuple[Statement, Paragraph]:
        of = bisect_right(self._firsts, number, hi=len(self._statements)) - 1
        statement = self._statements[of]
        return statement, statement.paragraphs[number - self._firsts[of]]

    def __iter__(self) -> Iterator[tuple[Statement, Paragraph]]:
        for statement in self._statements:
            for paragraph in statement.paragraphs:
                yield statement, paragraph


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


def _bits(paragraph: Paragraph) -> int:
    return (
        _ROLES.index(paragraph.role)
        | _NAMED * paragraph.named
        | _CERTAIN * paragraph.certain
        | _QUOTED * paragraph.quoted
    )


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


def _numbered(values: Iterable[_Key]) -> dict[_Key, int]:
    """Return the different *values*, numbered in the order in which they first occur."""
    return {value: number for number, value in enumerate(dict.fromkeys(values))}
