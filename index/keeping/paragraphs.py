"""What is told of the paragraphs of a record, but for their texts, in columns.

Much is reckoned of all paragraphs whenever an index is built. Of the statements that an index had
before, nothing is asked again: their part of the columns is taken over.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.keeping.columns import DamagedFile, Keeper, Kept
from index.keeping.strings import sum_of
from index.model.statement import Paragraph, Role, Speaker, Statement
from index.text.language import script_of

Ints = NDArray[np.int64]

ROLES = (None, *Role)
#: The bits of a paragraph: its role in the lowest two, and whether it is named, certain, quoted.
ROLE, NAMED, CERTAIN, QUOTED = 3, 4, 8, 16
_QUESTION, _ANSWER = ROLES.index(Role.QUESTION), ROLES.index(Role.ANSWER)

#: The script of a statement is that of this many of its first characters.
_SCRIPT_SAMPLE = 400

_Value = TypeVar("_Value", bound=Hashable)


@dataclass(frozen=True, eq=False)
class ParagraphColumns:
    """What is told of the paragraphs of some statements, in their order, but for their texts."""

    #: The number of the first paragraph of each statement; one more ends the last.
    firsts: Ints
    #: Of each paragraph, what ``ROLE`` and so on tell; how many characters its text has; and a sum
    #: of them, the same for the same text.
    bits: NDArray[np.uint8]
    lengths: Ints
    sums: Ints
    #: The numbers of each paragraph's speaker and heading, and of each statement's language and of
    #: the script in which it begins.
    speaker_of: Ints
    section_of: Ints
    language_of: Ints
    script_of: Ints
    #: All speakers, headings, languages and scripts, numbered as they first occur.
    speakers: Sequence[Speaker]
    sections: Sequence[str]
    languages: Sequence[str]
    scripts: Sequence[str]

    def __len__(self) -> int:
        return int(self.firsts[-1])

    @classmethod
    def of(
        cls,
        statements: Sequence[Statement],
        before: ParagraphColumns | None = None,
        same: Ints | None = None,
    ) -> ParagraphColumns:
        """Return the columns of *statements*.

        *same* has for each the number of the statement *before* that has the same paragraphs and
        language, or -1. The columns are the same without.
        """
        old = before or _NONE
        same = np.full(len(statements), -1, dtype=np.int64) if same is None else same
        fresh = [one for one, number in zip(statements, same.tolist(), strict=True) if number < 0]
        paragraphs = [paragraph for one in fresh for paragraph in one.paragraphs]
        sizes = np.array([len(one.paragraphs) for one in statements], dtype=np.int64)
        statement_order = order_of(same, np.arange(len(old.language_of) + 1), np.ones_like(sizes))
        order = order_of(same, old.firsts, sizes)
        bits = np.array(list(map(_bits, paragraphs)), dtype=np.uint8)
        lengths = np.array([len(one.text) for one in paragraphs], dtype=np.int64)
        sums = np.array([sum_of(one.text) for one in paragraphs], dtype=np.int64)
        speaking = _numbered(old.speaker_of, old.speakers, [p.speaker for p in paragraphs], order)
        headed = _numbered(old.section_of, old.sections, [p.section for p in paragraphs], order)
        written = _numbered(
            old.language_of, old.languages, [one.language for one in fresh], statement_order
        )
        scripts = [script_of(one.paragraphs[0].text[:_SCRIPT_SAMPLE]) for one in fresh]
        begun = _numbered(old.script_of, old.scripts, scripts, statement_order)
        return cls(
            firsts=np.append(0, np.cumsum(sizes)),
            bits=np.concatenate([old.bits, bits])[order],
            lengths=np.concatenate([old.lengths, lengths])[order],
            sums=np.concatenate([old.sums, sums])[order],
            speaker_of=speaking[0],
            section_of=headed[0],
            language_of=written[0],
            script_of=begun[0],
            speakers=speaking[1],
            sections=headed[1],
            languages=written[1],
            scripts=begun[1],
        )

    def keep(self, to: Keeper) -> None:
        """Write the columns *to* a file."""
        to.value("speakers", [[one.name, one.role] for one in self.speakers])
        to.value("languages", list(self.languages))
        to.value("scripts", list(self.scripts))
        to.strings("sections", self.sections)
        to.arrays(**{name: getattr(self, name) for name in _INTS}, bits=self.bits)

    @classmethod
    def kept(cls, of: Kept) -> ParagraphColumns:
        """Return what ``keep`` wrote."""
        columns = cls(
            **{name: of.array(name, "i8") for name in _INTS},
            bits=of.array("bits", "u1"),
            speakers=[Speaker(name, role) for name, role in of.value("speakers")],
            sections=of.strings("sections"),
            languages=of.value("languages"),
            scripts=of.value("scripts"),
        )
        counts = {len(getattr(columns, name)) for name in _OF_PARAGRAPHS}
        of_statements = {len(columns.language_of), len(columns.script_of)}
        if counts != {len(columns)} or of_statements != {len(columns.firsts) - 1}:
            raise DamagedFile("it has other paragraphs than it tells of")
        return columns

    def first(self, statements: int) -> ParagraphColumns:
        """Return the columns of the first *statements*."""
        firsts = self.firsts[: statements + 1]
        count = int(firsts[-1])
        parts = {name: getattr(self, name)[:count] for name in _OF_PARAGRAPHS}
        language_of, speaker_of = self.language_of[:statements], parts["speaker_of"]
        script_of = self.script_of[:statements]
        return ParagraphColumns(
            firsts=firsts,
            language_of=language_of,
            script_of=script_of,
            speakers=self.speakers[: int(speaker_of.max(initial=-1)) + 1],
            sections=self.sections[: int(parts["section_of"].max(initial=-1)) + 1],
            languages=self.languages[: int(language_of.max(initial=-1)) + 1],
            scripts=self.scripts[: int(script_of.max(initial=-1)) + 1],
            **parts,
        )

    @cached_property
    def statement_of(self) -> Ints:
        """The number of each paragraph's statement."""
        return np.repeat(np.arange(len(self.firsts) - 1), np.diff(self.firsts))

    @cached_property
    def is_question(self) -> NDArray[np.bool_]:
        """Whether each paragraph is a question, which cannot be quoted."""
        found: NDArray[np.bool_] = self.bits & ROLE == _QUESTION
        return found

    @cached_property
    def is_answer(self) -> NDArray[np.bool_]:
        """Whether each paragraph answers a question."""
        found: NDArray[np.bool_] = self.bits & ROLE == _ANSWER
        return found


_INTS = ("firsts", "lengths", "sums", "speaker_of", "section_of", "language_of", "script_of")
_OF_PARAGRAPHS = ("bits", "lengths", "sums", "speaker_of", "section_of")
_EMPTY: Ints = np.zeros(0, dtype=np.int64)
_NONE = ParagraphColumns(
    firsts=np.zeros(1, dtype=np.int64),
    bits=np.zeros(0, dtype=np.uint8),
    lengths=_EMPTY,
    sums=_EMPTY,
    speaker_of=_EMPTY,
    section_of=_EMPTY,
    language_of=_EMPTY,
    script_of=_EMPTY,
    speakers=(),
    sections=(),
    languages=(),
    scripts=(),
)


def order_of(same: Ints, firsts: Ints, sizes: Ints) -> Ints:
    """Return where what belongs to some statements was before, or is among what is new.

    *same* has the number of each statement before, or -1 if it is new; *firsts* where what belonged
    to those before begins, and one more where the last ends; *sizes* how much belongs to each now.
    What is new is numbered on, in its order.
    """
    is_new = same < 0
    begins = firsts[same]
    begins[is_new] = firsts[-1] + np.cumsum(sizes[is_new]) - sizes[is_new]
    shifts = begins - (np.cumsum(sizes) - sizes)
    order: Ints = np.arange(int(sizes.sum())) + np.repeat(shifts, sizes)
    return order


def renumbered(numbers: Ints, count: int) -> tuple[Ints, Ints]:
    """Return *numbers*, all below *count*, as new ones, in the order in which they first occur.

    With them is the old number of each new one.
    """
    first = np.full(count, len(numbers), dtype=np.int64)
    # Of several values for one place numpy keeps the last, so here that of the first.
    first[numbers[::-1]] = np.arange(len(numbers) - 1, -1, -1)
    occurring: Ints = np.argsort(first, kind="stable")[: np.count_nonzero(first < len(numbers))]
    new = np.zeros(count, dtype=np.int64)
    new[occurring] = np.arange(len(occurring))
    return new[numbers], occurring


def _numbered(
    old: Ints, known: Sequence[_Value], new: Sequence[_Value], order: Ints
) -> tuple[Ints, list[_Value]]:
    """Return the numbers of *old* values, which are *known*, and *new* ones, in this *order*.

    With them are the values, numbered as they first occur.
    """
    numbers = {value: number for number, value in enumerate(known)}
    found = [numbers.setdefault(value, len(numbers)) for value in new]
    both = np.concatenate([old, np.array(found, dtype=np.int64)])[order]
    again, occurring = renumbered(both, len(numbers))
    values = list(numbers)
    return again, [values[number] for number in occurring.tolist()]


def _bits(paragraph: Paragraph) -> int:
    return (
        ROLES.index(paragraph.role)
        | NAMED * paragraph.named
        | CERTAIN * paragraph.certain
        | QUOTED * paragraph.quoted
    )
