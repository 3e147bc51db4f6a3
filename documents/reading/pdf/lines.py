"""Makes lines of a page's letters, by the line they stand on, and reads each line's words.

The order of lines is ``columns``' business; paragraphs are ``paragraphs``'.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from documents.reading.pdf.letters import Letter, Page
from documents.reading.pdf.right_to_left import in_reading_order, is_right_to_left

#: Letters this far from one another, in their size, up or down, stand on two lines. A raised
#: figure stands a third above its line; the tightest lines met are 0.7 apart.
_SAME_LINE = 0.45

#: A gap of so many sizes between two letters may be the gutter of two columns.
_GUTTER = 1.5

#: A letter smaller than this, beside its line's, that stands higher is a raised one.
_RAISED_SIZE, _RAISED_BY = 0.85, 0.12


T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Letters that stand beside one another: a line, or a part of one."""

    letters: tuple[Letter, ...]
    left: float
    right: float
    y: float
    size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of one column; lengths in points from the lower left corner of its page."""

    text: str
    page: int
    #: Which column of the document it stands in, counted on over the pages.
    column: int
    #: Where it begins and ends for its reader: from the right margin if that is where he begins.
    start: float
    end: float
    y: float
    size: float
    #: How many characters at its beginning are bold, and how many anywhere.
    bold_first: int
    bold: int
    tag: int
    right_to_left: bool
    #: The raised figures and signs in it, each with its offset in the text.
    raised: tuple[tuple[int, str], ...] = ()
    #: The marks of footnotes that were taken out of its text.
    refers: tuple[str, ...] = ()

    @property
    def is_bold(self) -> bool:
        """Whether nearly all of it is bold."""
        return self.bold >= 0.9 * len(self.text.replace(" ", ""))


def pieces_of(page: Page) -> list[Piece]:
    """Return the letters of *page* in pieces, as PDFium orders them."""
    pieces: list[Piece] = []
    letters: list[Letter] = []
    before: Letter | None = None
    turned = is_right_to_left("".join(letter.text for letter in page.letters if letter))
    for letter in page.letters:
        if letter is None:
            before = None
            continue
        if letters and (before is None or _is_apart(before, letter, turned=turned)):
            _add_piece(pieces, letters)
            letters = []
        letters.append(letter)
        before = letter
    _add_piece(pieces, letters)
    return pieces


def _is_apart(before: Letter, letter: Letter, *, turned: bool) -> bool:
    size = max(before.size, letter.size)
    if abs(before.y - letter.y) > _SAME_LINE * size:
        return True
    if turned:
        # Numbers run against the line: where the next letter stands says nothing.
        return False
    return not -size < letter.left - before.right < _GUTTER * size


def _add_piece(pieces: list[Piece], letters: Sequence[Letter]) -> None:
    seen = [letter for letter in letters if not letter.text.isspace()]
    if not seen:
        return
    pieces.append(
        Piece(
            letters=tuple(letters),
            left=min(letter.left for letter in seen),
            right=max(letter.right for letter in seen),
            y=_commonest(letter.y for letter in seen),
            size=_commonest(letter.size for letter in seen),
        )
    )


def rows_of(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return *pieces* by rows from top to bottom; each row's from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.y):
        if rows and _is_beside(rows[-1], piece):
            rows[-1].append(piece)
        elif len(rows) > 1 and _is_beside(rows[-2], piece):
            # A raised figure of this row came before it, as a row of its own.
            rows[-2].append(piece)
        else:
            rows.append([piece])
    rows = _with_raised(rows)
    for row in rows:
        row.sort(key=lambda piece: piece.left)
    return rows


def _is_beside(row: Sequence[Piece], piece: Piece) -> bool:
    main = max(row, key=lambda other: len(other.letters))
    if abs(main.y - piece.y) > _SAME_LINE * max(main.size, piece.size):
        return False
    room = 0.3 * piece.size
    return all(
        piece.left >= other.right - room or piece.right <= other.left + room for other in row
    )


def _with_raised(rows: list[list[Piece]]) -> list[list[Piece]]:
    """Put a raised figure that became a row of its own into the row under it."""
    joined: list[list[Piece]] = []
    for row in rows:
        if joined and len(joined[-1]) == 1 and len(joined[-1][0].letters) <= 4:
            figure = joined[-1][0]
            if _is_raised_over(row, figure):
                joined[-1] = [*row, figure]
                continue
        joined.append(row)
    return joined


def _is_raised_over(row: Sequence[Piece], figure: Piece) -> bool:
    size = row[0].size
    if figure.size >= _RAISED_SIZE * size or figure.y - row[0].y > 0.7 * size:
        return False
    return any(
        abs(figure.left - piece.right) < 0.5 * size or abs(piece.left - figure.right) < 0.5 * size
        for piece in row
    )


def line_of(
    row: Sequence[Piece], page: Page, column: int, *, right_to_left: bool, mirror: bool
) -> Line:
    """Return the line that the pieces of *row* make, in the order it is read."""
    size = _commonest(letter.size for piece in row for letter in piece.letters)
    y = _commonest(
        letter.y for piece in row for letter in piece.letters if letter.size >= 0.9 * size
    )
    text = "".join(letter.text for piece in row for letter in piece.letters)
    turned = is_right_to_left(text) or (right_to_left and not _is_left_to_right(text))
    letters = _spaced(row)
    if turned:
        letters = in_reading_order(letters, mirror=mirror)
    letters = _one_space(letters)
    left, right = min(piece.left for piece in row), max(piece.right for piece in row)
    if right_to_left:
        left, right = page.width - right, page.width - left
    return Line(
        text="".join(letter.text for letter in letters),
        page=page.number,
        column=column,
        start=left,
        end=right,
        y=y,
        size=size,
        bold_first=_bold_first(letters),
        bold=sum(len(letter.text) for letter in letters if letter.bold and letter.text != " "),
        tag=_commonest(letter.tag for letter in letters),
        right_to_left=turned,
        raised=_raised(letters, size, y),
    )


def _is_left_to_right(text: str) -> bool:
    """Tell whether *text* has letters, and none of them is written from right to left."""
    letters = [character for character in text if character.isalpha()]
    return bool(letters) and all(unicodedata.bidirectional(letter) == "L" for letter in letters)


def _spaced(row: Sequence[Piece]) -> list[Letter]:
    letters: list[Letter] = []
    end = 0.0
    for piece in row:
        # The space beside a raised figure is as wide as the line's, whose type is larger.
        size = max(piece.size, letters[-1].size) if letters else piece.size
        if letters and piece.left - end > 0.15 * size:
            letters.append(piece.letters[0]._replace(text=" ", x=end, left=end, right=end))
        letters += piece.letters
        end = piece.right
    return letters


def _one_space(letters: Iterable[Letter]) -> list[Letter]:
    """Leave one space where the layout has several, and none at the ends."""
    kept: list[Letter] = []
    for letter in letters:
        if letter.text == " " and (not kept or kept[-1].text == " "):
            continue
        kept.append(letter)
    while kept and kept[-1].text == " ":
        kept.pop()
    return kept


def _bold_first(letters: Iterable[Letter]) -> int:
    count = 0
    for letter in letters:
        if not letter.bold and letter.text != " ":
            break
        count += len(letter.text)
    return count


def _raised(letters: Iterable[Letter], size: float, y: float) -> tuple[tuple[int, str], ...]:
    found: list[tuple[int, str]] = []
    at = 0
    for letter in letters:
        small = letter.size < _RAISED_SIZE * size and letter.y > y + _RAISED_BY * size
        if (small and letter.text != " ") or letter.text in "¹²³⁴⁵⁶⁷⁸⁹⁰":
            if found and found[-1][0] + len(found[-1][1]) == at:
                found[-1] = (found[-1][0], found[-1][1] + letter.text)
            else:
                found.append((at, letter.text))
        at += len(letter.text)
    return tuple(found)


def _commonest(values: Iterable[T]) -> T:
    return Counter(values).most_common(1)[0][0]
