"""Takes footnotes from the foot of a column, and their marks out of the text.

Where a note is put is decided in ``blocks``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import regex

from documents.reading.pdf.lines import Line

#: A note is set in smaller type than the text.
_SMALLER = 0.92

#: What a note begins with: "1 ", "12. ", "* ", "[3] ".
_MARK = regex.compile(r"[(\[]?(\d{1,3}|[*†‡§]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3})[.)\]]?\s*+(?=\S)")

_RAISED_DIGITS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote: the mark that refers to it, and its lines without it."""

    mark: str
    page: int
    lines: tuple[Line, ...]


def without_notes(columns: Iterable[Sequence[Line]], body: float) -> tuple[list[Line], list[Note]]:
    """Return the lines of the text, and the notes; *columns* holds the lines of each column.

    A mark is only taken out of a line if a note on the same page has it: "79th" stays.
    """
    text: list[list[Line]] = []
    notes: list[Note] = []
    for column in columns:
        start = _start_of_notes(column, body, follows=bool(notes))
        text.append(list(column[:start]))
        _add_notes(notes, column[start:])
    marks = {(note.page, note.mark) for note in notes}
    return [_without_marks(line, marks) for column in text for line in column], notes


def _start_of_notes(column: Sequence[Line], body: float, *, follows: bool) -> int:
    """Return the index of the first line of notes at the foot of *column*; its length if none."""
    at = len(column)
    while at and column[at - 1].size < _SMALLER * body:
        at -= 1
    if at == 0:
        # Small from top to bottom: a page of annexes.
        return len(column)
    for start in range(at, len(column)):
        if _begins_note(column[start]):
            # A note that goes on from the page before has no mark here.
            goes_on = follows and start > at and column[start].page > 1
            return at if goes_on else start
    return len(column)


def _begins_note(line: Line) -> bool:
    return _MARK.match(line.text) is not None


def _add_notes(notes: list[Note], lines: Iterable[Line]) -> None:
    for line in lines:
        found = _MARK.match(line.text)
        if found and (not notes or notes[-1].page != line.page or _is_next(notes[-1], found[1])):
            rest = replace(line, text=line.text[found.end() :], raised=(), bold_first=0)
            notes.append(Note(mark=_plain(found[1]), page=line.page, lines=(rest,)))
        elif notes:
            notes[-1] = replace(notes[-1], lines=(*notes[-1].lines, replace(line, raised=())))


def _is_next(note: Note, mark: str) -> bool:
    """Tell whether *mark* follows that of *note*: a line of a note may begin with a number too."""
    mark = _plain(mark)
    if not (mark.isdecimal() and note.mark.isdecimal()):
        return True
    return int(mark) == int(note.mark) + 1


def _plain(mark: str) -> str:
    return mark.translate(_RAISED_DIGITS)


def _without_marks(line: Line, marks: set[tuple[int, str]]) -> Line:
    text = line.text
    refers: list[str] = []
    for at, raised in reversed(line.raised):
        named = [part for part in regex.split(r"[,\s]+", _plain(raised).strip("()[]")) if part]
        if named and all((line.page, mark) in marks for mark in named):
            before, behind = text[:at], text[at + len(raised) :]
            if before.endswith(" ") and not behind[:1].isalnum():
                before = before[:-1]
            text = before + behind
            refers = named + refers
    if not refers or not text.strip():
        return line
    return replace(line, text=text.strip(), refers=tuple(refers), raised=())
