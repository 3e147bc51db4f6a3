"""Finds paragraphs by name: by reference, by a statement's id, or by id and number.

Finding paragraphs by their words is left to ``search``.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from index.model.answer import Amended, Citation, Hit
from index.model.record import Record
from index.model.statement import Paragraph, Statement
from index.references.reference import parse_reference, references, references_in, statement_code

#: A longer text, in characters, is not a statement's id with a paragraph's number.
LONGEST_NAME = 240
#: A longer number, in digits, is not a paragraph's.
_LONGEST_NUMBER = 9


class Catalogue:
    """Every paragraph of a record with its reference; built once."""

    def __init__(self, record: Record) -> None:
        """List the paragraphs of *record*, those of withdrawn and earlier versions too."""
        self._statements = {statement.id: statement for statement in record.filed}
        self._by_reference: dict[str, list[tuple[Statement, Paragraph]]] = {}
        #: Of each statement, the references of its paragraphs in order.
        self._references: dict[str, tuple[str, ...]] = {}
        self._by_code: dict[str, list[Statement]] = {}
        self._citations: dict[tuple[str, int], Citation] = {}
        for statement in record.filed:
            self._by_code.setdefault(statement_code(statement.id), []).append(statement)
            codes = tuple(references(statement.id, (p.text for p in statement.paragraphs)))
            self._references[statement.id] = codes
            for code, paragraph in zip(codes, statement.paragraphs, strict=True):
                self._by_reference.setdefault(code, []).append((statement, paragraph))
        #: The paragraphs of earlier versions: of each reference, that of the last version that has
        #: it, by the statement's id; and each statement's versions, from the oldest.
        self._stood: dict[str, dict[str, Hit]] = {}
        self._versions: dict[str, list[list[Hit]]] = {}
        for version in record.earlier:
            self._add_version(version)

    def _add_version(self, version: Statement) -> None:
        current = self._statements.get(version.id)
        if current is None:
            return
        # What is withdrawn is withdrawn with all that it ever said.
        version = replace(version, withdrawn=current.withdrawn)
        codes = references(version.id, (p.text for p in version.paragraphs))
        hits = [
            _whole(version, paragraph, Citation.of(version, paragraph, code))
            for code, paragraph in zip(codes, version.paragraphs, strict=True)
        ]
        self._versions.setdefault(version.id, []).append(hits)
        for hit in hits:
            self._stood.setdefault(hit.citation.reference, {})[version.id] = hit

    def look_up(self, name: str) -> list[Hit]:
        """Return the paragraphs that *name* stands for; none if it stands for none.

        It may be a reference, a statement's id, or an id with a paragraph's number: ``id#7``; or a
        text with references in it, such as a citation.
        """
        named = self._named(name) if len(name) <= LONGEST_NAME else []
        if named:
            return named
        found = [self._by_reference.get(code, ()) for code in references_in(name)]
        return [self._whole(*one) for one in chain.from_iterable(found)]

    def _named(self, name: str) -> list[Hit]:
        """Return the paragraphs that the whole of *name* stands for."""
        code = parse_reference(name)
        if found := self._by_reference.get(code or ""):
            return [self._whole(*one) for one in found]
        statement_id, mark, number = name.strip().partition("#")
        statement = self._statements.get(statement_id)
        if statement is None:
            return []
        if not mark:
            return [self._whole(statement, paragraph) for paragraph in statement.paragraphs]
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
            if code in self._by_reference:
                continue
            stood = self._stood.get(code, {})
            statements = [self._statements[one] for one in stood]
            if statements := statements or self._by_code.get(code[:4], []):
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
        code = parse_reference(name) or ""
        return () if code in self._by_reference else tuple(self._stood.get(code, {}).values())

    def _numbered_once(self, name: str) -> Amended | None:
        """Return the paragraph that *name*, such as ``id#7``, last stood for, if for none now."""
        statement_id, mark, number = name.strip().partition("#")
        versions = self._versions.get(statement_id, ()) if mark else ()
        if not versions or not number.isdecimal() or len(number) > _LONGEST_NUMBER:
            return None
        place, statement = int(number), self._statements[statement_id]
        if not place or place <= len(statement.paragraphs):
            return None
        for hits in reversed(versions):
            if place <= len(hits):
                hit = hits[place - 1]
                first = self._whole(statement, statement.paragraphs[0])
                return Amended(hit.citation.reference, (first,), (hit,))
        return None

    def paragraph(self, statement_id: str, number: int) -> Hit | None:
        """Return paragraph *number* (from 1) of a statement, or ``None`` if there is none."""
        statement = self._statements.get(statement_id)
        if statement is None or not 1 <= number <= len(statement.paragraphs):
            return None
        return self._whole(statement, statement.paragraphs[number - 1])

    def citation(self, statement: Statement, paragraph: Paragraph) -> Citation:
        """Return the citation of *paragraph*; remembered, as users meet the same ones again."""
        key = (statement.id, paragraph.number)
        if key not in self._citations:
            reference = self._references[statement.id][paragraph.number - 1]
            self._citations[key] = Citation.of(statement, paragraph, reference)
        return self._citations[key]

    def _whole(self, statement: Statement, paragraph: Paragraph) -> Hit:
        return _whole(statement, paragraph, self.citation(statement, paragraph))


def _whole(statement: Statement, paragraph: Paragraph, citation: Citation) -> Hit:
    """Return the hit on all of *paragraph*."""
    whole = (0, len(paragraph.text))
    return Hit(
        paragraph=paragraph, citation=citation, score=0.0, sentence=whole, statement=statement
    )
