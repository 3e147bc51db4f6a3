"""Cuts running heads, footers and page numbers off each page, by where they stand.

Their order in the file says nothing: a page number comes first in one file and in the middle of a
sentence in the next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from documents.model import LeftOut, Why
from documents.reading.pdf.letters import Page
from documents.reading.pdf.lines import Piece, rows_of

#: The part of a page's height that is its margin, above and below.
_MARGIN = 0.1

#: A head that is printed once must stand further out.
_OUTER_MARGIN = 0.08

_SMALLER = 0.92

_DIGITS = regex.compile(r"\d++")

#: A page's number alone: "2", "- 2 -", "ii", "2/13", "٢".
_PAGE_NUMBER = regex.compile(
    r"[\W_]{0,12}+(?:\d{1,4}+(?:\s?[/|]\s?\d{1,4}+)?+|[ivxl]{1,7}+)[\W_]{0,12}+"
)

#: "Page 2 of 13", "صفحة 2 من 13", "Seite 2".
_PAGE_OF = regex.compile(
    r"[\W_]{0,12}+\p{L}{1,12}+\.?+\s?(\d{1,4}+)(?:\s?\p{L}{1,6}+\s?(\d{1,4}+))?+[\W_]{0,12}+"
)


@dataclass(frozen=True, slots=True)
class _Placed:
    page: Page
    piece: Piece
    row: int
    text: str
    top: bool
    #: How far it is from the next row inwards, in its own size.
    apart: float
    tagged: bool


def without_margins(
    pages: Sequence[Page], pieces: Sequence[Sequence[Piece]], body: float
) -> tuple[list[list[Piece]], list[LeftOut]]:
    """Return the *pieces* of each page that are its text, and what was cut off.

    *body* is the size of the document's text, in points.
    """
    placed = [
        place
        for page, of_page in zip(pages, pieces, strict=True)
        for place in _in_margins(page, of_page)
    ]
    on_pages: defaultdict[tuple[bool, str], set[int]] = defaultdict(set)
    for place in placed:
        on_pages[place.top, _masked(place.text)].add(place.page.number)
    cut: dict[int, Why] = {}
    for place in placed:
        pages_with = len(on_pages[place.top, _masked(place.text)])
        if _is_running(place, pages_with, len(pages), body):
            cut[id(place.piece)] = Why.HEADER if place.top else Why.FOOTER
        if _is_page_number(place, len(pages)):
            cut[id(place.piece)] = Why.PAGE_NUMBER
    _spare_parts_of_lines(placed, cut)
    kept = [[piece for piece in of_page if id(piece) not in cut] for of_page in pieces]
    return kept, _left_out(placed, cut)


def _in_margins(page: Page, pieces: Sequence[Piece]) -> Iterable[_Placed]:
    rows = rows_of(pieces)
    has_tags = sum(letter.tag >= 0 for piece in pieces for letter in piece.letters)
    is_tagged = has_tags > 0.8 * sum(len(piece.letters) for piece in pieces)
    for number, row in enumerate(rows):
        top = row[0].y > page.height / 2
        out = page.height - row[0].y if top else row[0].y
        if out > _MARGIN * page.height:
            continue
        inwards = number + 1 if top else number - 1
        is_last = not 0 <= inwards < len(rows)
        gap = 99.0 if is_last else abs(row[0].y - rows[inwards][0].y) / max(row[0].size, 1)
        for piece in row:
            yield _Placed(
                page=page,
                piece=piece,
                row=number,
                text="".join(letter.text for letter in piece.letters).strip(),
                top=top,
                apart=gap,
                tagged=not is_tagged or any(letter.tag >= 0 for letter in piece.letters),
            )


def _masked(text: str) -> str:
    return _DIGITS.sub("#", text)


def _is_running(place: _Placed, pages_with: int, pages: int, body: float) -> bool:
    """Tell whether *place* is a head or a footer, which stands on *pages_with* of the *pages*."""
    if not place.tagged:
        return True
    small = place.piece.size < _SMALLER * body
    if pages_with > 1 and (small or place.apart > 2.5) and pages_with >= min(0.4 * pages, 5):
        return True
    if pages_with > 2 and pages_with >= 0.6 * pages:
        return True
    edge = place.page.height - place.piece.y if place.top else place.piece.y
    return (
        small
        and place.apart > 2
        and edge < _OUTER_MARGIN * place.page.height
        and len(place.text) < 80
        and not place.text.endswith((".", "!", "?"))
    )


def _is_page_number(place: _Placed, pages: int) -> bool:
    if _PAGE_NUMBER.fullmatch(place.text):
        return True
    found = _PAGE_OF.fullmatch(place.text)
    if not found or len(place.text) > 40:
        return False
    number, of = int(found[1]), int(found[2] or 0)
    return abs(number - place.page.number) <= 2 and (not of or abs(of - pages) <= 2)


def _spare_parts_of_lines(placed: Iterable[_Placed], cut: dict[int, Why]) -> None:
    """Leave a number in the text that stands in a row with text: it is a part of a line."""
    rows: defaultdict[tuple[int, int], list[_Placed]] = defaultdict(list)
    for place in placed:
        rows[place.page.number, place.row].append(place)
    for row in rows.values():
        if any(id(place.piece) not in cut for place in row):
            for place in row:
                cut.pop(id(place.piece), None)


def _left_out(placed: Iterable[_Placed], cut: dict[int, Why]) -> list[LeftOut]:
    """Return what was cut, each text once, and the numbers of the pages together."""
    numbers: list[str] = []
    texts: Counter[tuple[str, Why]] = Counter()
    masks: set[str] = set()
    for place in placed:
        why = cut.get(id(place.piece))
        if why is Why.PAGE_NUMBER:
            numbers.append(place.text)
        elif why is not None and _masked(place.text) not in masks:
            masks.add(_masked(place.text))
            texts[place.text, why] += 1
    left_out = [LeftOut(text=text, why=why) for text, why in texts]
    if numbers:
        left_out.append(LeftOut(text=", ".join(numbers), why=Why.PAGE_NUMBER))
    return left_out
