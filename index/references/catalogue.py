"""Finds paragraphs by name: by reference, by a statement's id, or by id and number.

Finding paragraphs by their words is left to ``search``.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import accumulate, chain, islice, repeat
from operator import eq
from typing import overload

import numpy as np

from index.keeping.columns import Keeper, Kept
from index.keeping.paragraphs import Ints
from index.model.answer import Amended, Citation, Hit
from index.model.record import Record
from index.model.statement import Paragraph, Statement
from index.references.reference import (
    HALF,
    number_of,
    numbers,
    parse_reference,
    references_in,
    written,
)

#: A longer text, in characters, is not a statement's id with a paragraph's number.
LONGEST_NAME = 240
#: A longer number, in digits, is not a paragraph's.
_LONGEST_NUMBER = 9
#: So many references within a text are looked up: as many as an inline query, of 256 characters,
#: has room for. A message shows fewer passages.
MOST_REFERENCES = 25
#: So many citations are remembered.
_REMEMBERED = 20_000
_COLUMNS = ("firsts", "codes", "order", "sorted")


class Catalogue:
    """Every paragraph of a record with its reference; built once."""

    def __init__(
        self, record: Record, before: Catalogue | None = None, same: Sequence[int] = ()
    ) -> None:
        """List the paragraphs of *record*, those of withdrawn and earlier versions too.

        *same* has for each of its statements the number of that *before* with the same paragraphs,
        or -1.
        """
        filed = record.filed
        codes: list[Sequence[int]] = []
        for one, number in zip(filed, chain(same, repeat(-1)), strict=False):
            if before and number >= 0 and before._ids.get(one.id, -1) == number:
                codes.append(before._codes[before._firsts[number] : before._firsts[number + 1]])
            else:
                codes.append(numbers(one.id, (p.text for p in one.paragraphs)))
        self._record = record
        #: The number of each statement, by its id: the current ones first, then those withdrawn.
        self._ids: Mapping[str, int] = {one.id: number for number, one in enumerate(filed)}
        #: The number of the first paragraph of each statement; one more ends the last.
        self._firsts: Sequence[int] = list(accumulate(map(len, codes), initial=0))
        #: The references of all paragraphs as numbers; the same sorted, and whose they are.
        self._codes: Sequence[int] = array("q", chain.from_iterable(codes))
        order = np.argsort(np.array(self._codes, dtype=np.int64), kind="stable")
        self._order: Sequence[int] = array("q", order.astype(np.int64).tobytes())
        self._sorted: Sequence[int] = array("q", map(self._codes.__getitem__, self._order))
        self._citations: dict[tuple[str, int], Citation] = {}

    def keep(self, to: Keeper) -> None:
        """Write the references *to* columns."""
        to.numbered("ids", self._ids)
        columns = (self._firsts, self._codes, self._order, self._sorted)
        named = zip(_COLUMNS, (np.asarray(one, dtype=np.int64) for one in columns), strict=True)
        to.arrays(**dict(named))

    @classmethod
    def kept(cls, of: Kept, record: Record) -> Catalogue:
        """Return what ``keep`` wrote, of the same *record*."""
        made = cls.__new__(cls)
        made._record, made._citations = record, {}
        made._ids = of.numbered("ids")
        made._firsts, made._codes, made._order, made._sorted = map(of.ints, _COLUMNS)
        return made

    def look_up(self, name: str, most: int | None = None) -> list[Hit]:
        """Return the paragraphs that *name* stands for, at *most* so many; none if for none.

        It may be a reference, a statement's id, or an id with a paragraph's number: ``id#7``; or a
        text with references in it, such as a citation, of which the first are looked up.
        """
        named = self._named(name, most) if len(name) <= LONGEST_NAME else []
        if named:
            return named[:most]
        found = map(self._having, self._within(name)[:MOST_REFERENCES])
        places = islice(chain.from_iterable(found), most)
        return [self._whole(*one) for one in places]

    def read_up_to(self, name: str) -> str:
        """Return the last of the references in *name* that are looked up; empty if all are."""
        within = self._within(name)
        return within[MOST_REFERENCES - 1] if len(within) > MOST_REFERENCES else ""

    def _within(self, name: str) -> list[str]:
        """Return the references in *name* that are on record."""
        return list(filter(self._is_on_record, references_in(name)))

    def _named(self, name: str, most: int | None) -> list[Hit]:
        """Return the paragraphs that the whole of *name* stands for, of a statement the first."""
        code = parse_reference(name)
        if code and (found := self._having(code)):
            return [self._whole(*one) for one in found]
        statement_id, mark, number = name.strip().partition("#")
        statement = self._filed(statement_id)
        if statement is None:
            return []
        if not mark:
            return [self._whole(statement, paragraph) for paragraph in statement.paragraphs[:most]]
        if not number.isdecimal() or len(number) > _LONGEST_NUMBER:
            return []
        hit = self.paragraph(statement_id, int(number))
        return [hit] if hit else []

    def amended(self, name: str) -> Amended | None:
        """Return the reference that *name* is or contains, if its paragraph was amended or removed.

        ``None`` if the paragraph is on record, its statement is not, or *name* has no reference. In
        a record of thousands, two statements may share the 20 bits that name a statement, and years
        such as 2027-2028 may have them by accident: within a text, digits alone do not count.
        Where the version that had it was kept, the paragraph is told as it stood; so is one whose
        number, ``id#7``, only an earlier version has.
        """
        if numbered := self._numbered_once(name):
            return numbered
        within = (code for code in references_in(name) if not code.replace("-", "").isdigit())
        for code in dict.fromkeys([parse_reference(name) or "", *within]):
            if not code or self._is_on_record(code):
                continue
            stood = self._stood.get(code, {})
            statements = [one for one in map(self._filed, stood) if one]
            if statements := statements or self._coded(code):
                first = (self._whole(one, one.paragraphs[0]) for one in statements)
                return Amended(code, tuple(first), tuple(stood.values()))
        return None

    def stood(self, name: str) -> tuple[Hit, ...]:
        """Return the paragraphs of earlier versions that the whole of *name* stands for.

        There are none if it stands for any that is on record.
        """
        if len(name) > LONGEST_NAME:
            return ()
        if numbered := self._numbered_once(name):
            return numbered.earlier
        code = parse_reference(name)
        stood = self._stood.get(code, {}) if code else {}
        return () if not stood or self._is_on_record(code or "") else tuple(stood.values())

    def _numbered_once(self, name: str) -> Amended | None:
        """Return the paragraph that *name*, such as ``id#7``, last stood for, if for none now."""
        statement_id, mark, number = name.strip().partition("#")
        versions = self._versions.get(statement_id, ()) if mark else ()
        if not versions or not number.isdecimal() or len(number) > _LONGEST_NUMBER:
            return None
        place, statement = int(number), self._filed(statement_id)
        if statement is None or not place or place <= len(statement.paragraphs):
            return None
        for hits in reversed(versions):
            if place <= len(hits):
                hit = hits[place - 1]
                first = self._whole(statement, statement.paragraphs[0])
                return Amended(hit.citation.reference, (first,), (hit,))
        return None

    def paragraph(self, statement_id: str, number: int) -> Hit | None:
        """Return paragraph *number* (from 1) of a statement, or ``None`` if there is none."""
        statement = self._filed(statement_id)
        if statement is None or not 1 <= number <= len(statement.paragraphs):
            return None
        return self._whole(statement, statement.paragraphs[number - 1])

    def numbers_of(self, statement_id: str) -> range:
        """Return the numbers of a statement's paragraphs; those of the current ones come first."""
        number = self._ids.get(statement_id, -1)
        return range(self._firsts[number], self._firsts[number + 1]) if number >= 0 else range(0)

    def citation(self, statement: Statement, paragraph: Paragraph) -> Citation:
        """Return the citation of *paragraph*; remembered, as users meet the same ones again."""
        key = (statement.id, paragraph.number)
        found = self._citations.get(key)
        if found is None:
            code = self._codes[self.numbers_of(statement.id)[paragraph.number - 1]]
            found = Citation.of(statement, paragraph, written(code))
            if len(self._citations) >= _REMEMBERED:
                self._citations.clear()
            self._citations[key] = found
        return found

    def cited(self, numbers: Ints) -> Sequence[Citation]:
        """Return the citations of the paragraphs *numbers*, each made when it is asked for."""
        return _Cited(self, numbers)

    def numbered(self, number: int) -> Citation:
        """Return the citation of paragraph *number* of all, counted from 0."""
        of = bisect_right(self._firsts, number) - 1
        statement = self._statement(of)
        return self.citation(statement, statement.paragraphs[number - self._firsts[of]])

    def _filed(self, statement_id: str) -> Statement | None:
        """Return the statement of that id, also if it is withdrawn."""
        number = self._ids.get(statement_id, -1)
        return self._statement(number) if number >= 0 else None

    def _statement(self, number: int) -> Statement:
        current = len(self._record.statements)
        if number < current:
            return self._record.statements[number]
        return self._record.withdrawn[number - current]

    def _is_on_record(self, reference: str) -> bool:
        """Return whether a paragraph has *reference*."""
        code = number_of(reference)
        at = bisect_left(self._sorted, code)
        return at < len(self._sorted) and self._sorted[at] == code

    def _having(self, reference: str) -> list[tuple[Statement, Paragraph]]:
        """Return the paragraphs that have *reference*, mostly one."""
        code, found = number_of(reference), []
        for at in range(bisect_left(self._sorted, code), bisect_right(self._sorted, code)):
            number = self._order[at]
            of = bisect_right(self._firsts, number) - 1
            statement = self._statement(of)
            found.append((statement, statement.paragraphs[number - self._firsts[of]]))
        return found

    def _coded(self, reference: str) -> list[Statement]:
        """Return the statements that the first half of *reference* stands for."""
        first = number_of(reference) >> HALF << HALF
        begin, end = (bisect_left(self._sorted, one) for one in (first, first + (1 << HALF)))
        of_each = {bisect_right(self._firsts, self._order[at]) - 1 for at in range(begin, end)}
        return list(map(self._statement, sorted(of_each)))

    @cached_property
    def _stood(self) -> dict[str, dict[str, Hit]]:
        """The paragraphs of earlier versions.

        Of each reference it is that of the last version that has it, by the statement's id.
        """
        stood: dict[str, dict[str, Hit]] = {}
        for hits in chain.from_iterable(self._versions.values()):
            for hit in hits:
                stood.setdefault(hit.citation.reference, {})[hit.citation.statement] = hit
        return stood

    @cached_property
    def _versions(self) -> dict[str, list[list[Hit]]]:
        """The earlier versions of each statement, from the oldest."""
        versions: dict[str, list[list[Hit]]] = {}
        for version in self._record.earlier:
            if current := self._filed(version.id):
                # What is withdrawn is withdrawn with all that it ever said.
                one = replace(version, withdrawn=current.withdrawn)
                codes = map(written, numbers(one.id, (p.text for p in one.paragraphs)))
                hits = [
                    _whole(one, paragraph, Citation.of(one, paragraph, code))
                    for code, paragraph in zip(codes, one.paragraphs, strict=True)
                ]
                versions.setdefault(one.id, []).append(hits)
        return versions

    def _whole(self, statement: Statement, paragraph: Paragraph) -> Hit:
        return _whole(statement, paragraph, self.citation(statement, paragraph))


class _Cited(Sequence[Citation]):
    """The citations of paragraphs, each made when it is asked for."""

    def __init__(self, catalogue: Catalogue, numbers: Ints) -> None:
        """Cite the paragraphs *numbers* of *catalogue*."""
        self._catalogue, self._numbers = catalogue, numbers

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> Citation: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Citation, ...]: ...
    def __getitem__(self, place: int | slice) -> Citation | tuple[Citation, ...]:
        if isinstance(place, slice):
            return tuple(map(self._catalogue.numbered, self._numbers[place].tolist()))
        return self._catalogue.numbered(int(self._numbers[place]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))


def _whole(statement: Statement, paragraph: Paragraph, citation: Citation) -> Hit:
    """Return the hit on all of *paragraph*."""
    whole = (0, len(paragraph.text))
    return Hit(
        paragraph=paragraph, citation=citation, score=0.0, sentence=whole, statement=statement
    )
