"""Reads the letters of a page with PDFium, each with its place; puts them in no order of its own.

A letter that the format encodes in another way is decoded here: ligatures, forms of Arabic letters,
bullets of symbol fonts. Lines are made by ``lines``.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

#: What PDFium reads for a hyphen at the end of a line, whichever hyphen it was.
LINE_HYPHENS = "\x02\ufffe"

#: Bullets of Symbol and Wingdings, which have no code of their own in Unicode's private area.
_BULLETS = dict.fromkeys(map(chr, (0xF0B7, 0xF0A7, 0xF0D8, 0xF0A8, 0xF06E, 0xF076, 0xF0FC)), "•")

#: FPDFPage_GetRotation's names for how a page is turned, clockwise.
_QUARTER_TURN, _HALF_TURN, _THREE_QUARTERS = 1, 2, 3

#: A text that runs more steeply than this, in radians, is a stamp, not a line of the page.
_UPRIGHT = 0.1

_INVISIBLE = 3  # FPDF_TEXTRENDERMODE_INVISIBLE: what a machine read off a scan


class Letter(NamedTuple):
    """A letter, or a space, and where it stands; lengths in points from the lower left corner."""

    text: str
    #: Where its pen began, and the line it stands on.
    x: float
    y: float
    left: float
    right: float
    #: The size of its type.
    size: float
    bold: bool
    #: The tagged element that it belongs to; -1 if it is tagged as none.
    tag: int


class _Style(NamedTuple):
    size: float
    bold: bool
    tag: int
    upright: bool
    invisible: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The letters of a page in the order PDFium gives them; ``None`` where it ends a line."""

    number: int
    width: float
    height: float
    letters: tuple[Letter | None, ...]
    #: The letters of stamps that run across the page, and of what is outside of it.
    across: str
    #: How many letters there are, spaces aside, and how many of them nobody sees.
    count: int
    invisible: int
    #: How many of its characters stand for no letter: controls, private codes, the replacement.
    codes: int
    #: How many of these stand beside a letter: not bullets, but letters that nobody can read.
    misread: int
    #: Whether something is drawn on it.
    drawn: bool


def read_page(page: Any, number: int, tags: Mapping[int, int]) -> Page:
    """Return the letters of PDFium's *page*, the document's page *number*, from 1.

    *tags* says for a marked content's number to which tagged element it belongs.
    """
    text_page = page.get_textpage()
    try:
        return _read(page, text_page.raw, number, tags)
    finally:
        text_page.close()


def _read(page: Any, text: Any, number: int, tags: Mapping[int, int]) -> Page:
    width, height = page.get_size()
    places = _Places(text, pdfium.FPDFPage_GetRotation(page.raw), page.get_bbox())
    letters: list[Letter | None] = []
    across: list[str] = []
    count = invisible = codes = misread = together = 0
    letter_before = code_before = False
    styles: dict[int, _Style] = {}
    style = _Style(size=1.0, bold=False, tag=-1, upright=True, invisible=False)
    before: _Place | None = None
    for at in range(pdfium.FPDFText_CountChars(text)):
        character = chr(pdfium.FPDFText_GetUnicode(text, at))
        if character in "\r\n":
            letters.append(None)
            continue
        drawn = pdfium.FPDFText_GetTextObject(text, at)
        if drawn:
            address = ctypes.addressof(drawn.contents)
            if address not in styles:
                styles[address] = _style_of(text, at, drawn, places.turn, tags)
            style = styles[address]
        turned = _is_right_to_left(character)
        place = places.of(at, tight=turned)
        together = together + 1 if turned and place == before else 0
        before = place
        written = _decoded(character)
        if not written.isspace():
            is_code = _is_code(text, at, character)
            is_letter = not is_code and written.isalpha()
            count += 1
            invisible += style.invisible
            codes += is_code
            misread += (is_code and letter_before) or (is_letter and code_before)
            letter_before, code_before = is_letter, is_code
        else:
            letter_before = code_before = False
        if not style.upright or not (-1 <= place.x <= width and -1 <= place.y <= height + 1):
            across.append(character)
            continue
        x, y, left, right = place[:4]
        letters.append(
            Letter(written, x, round(y, 1), left, right, style.size, style.bold, style.tag)
        )
        if together:
            _put_before(letters, together)
    return Page(
        number=number,
        width=width,
        height=height,
        letters=tuple(letters),
        across="".join(across).strip(),
        count=count,
        invisible=invisible,
        codes=codes,
        misread=misread,
        drawn=pdfium.FPDFPage_CountObjects(page.raw) > 0,
    )


class _Place(NamedTuple):
    """Where the pen of a letter began, and its box."""

    x: float
    y: float
    left: float
    right: float
    bottom: float
    top: float


class _Places:
    """Asks PDFium where a letter stands, and turns that as the page is turned for its reader."""

    def __init__(self, text: Any, turn: int, box: tuple[float, ...]) -> None:
        self.turn = turn
        self._text, self._box = text, box
        self._is_moved = bool(turn or box[0] or box[1])
        self._x, self._y, self._loose = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
        self._tight = [ctypes.c_double() for _ in range(4)]
        # References are made once: they cost as much as the call.
        self._to_origin = ctypes.byref(self._x), ctypes.byref(self._y)
        self._to_loose = ctypes.byref(self._loose)
        self._to_tight = [ctypes.byref(side) for side in self._tight]

    def of(self, at: int, *, tight: bool) -> _Place:
        """Return where letter *at* stands, with the box of its ink if *tight*, or of its type."""
        pdfium.FPDFText_GetCharOrigin(self._text, at, *self._to_origin)
        if tight:
            pdfium.FPDFText_GetCharBox(self._text, at, *self._to_tight)
            left, right, bottom, top = (side.value for side in self._tight)
        else:
            pdfium.FPDFText_GetLooseCharBox(self._text, at, self._to_loose)
            box = self._loose
            left, right, bottom, top = box.left, box.right, box.bottom, box.top
        place = _Place(self._x.value, self._y.value, left, right, bottom, top)
        return self._turned(place) if self._is_moved else place

    def _turned(self, place: _Place) -> _Place:
        x, y = self._point(place.x, place.y)
        (left, bottom), (right, top) = (
            self._point(place.left, place.bottom),
            self._point(place.right, place.top),
        )
        left, right = sorted((left, right))
        bottom, top = sorted((bottom, top))
        return _Place(x, y, left, right, bottom, top)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self._box[0], y - self._box[1]
        wide, high = self._box[2] - self._box[0], self._box[3] - self._box[1]
        if self.turn == _QUARTER_TURN:
            return y, wide - x
        if self.turn == _HALF_TURN:
            return wide - x, high - y
        if self.turn == _THREE_QUARTERS:
            return high - y, x
        return x, y


def _put_before(letters: list[Letter | None], together: int) -> None:
    """Put the last letter before the *together* others of its glyph.

    One glyph that shows several letters has one origin and one box. PDFium turns a line from right
    to left round letter by letter, and these with it, which stand in the right order already.
    """
    letters.insert(len(letters) - 1 - together, letters.pop())


def _style_of(text: Any, at: int, drawn: Any, turn: int, tags: Mapping[int, int]) -> _Style:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, at, ctypes.byref(matrix))
    scale = math.hypot(matrix.c, matrix.d)
    angle = math.atan2(matrix.b, matrix.a) - turn * math.pi / 2
    angle = math.remainder(angle, 2 * math.pi)
    return _Style(
        size=max(round(pdfium.FPDFText_GetFontSize(text, at) * scale, 1), 0.1),
        bold=_is_bold(text, at),
        tag=tags.get(pdfium.FPDFPageObj_GetMarkedContentID(drawn), -1),
        upright=abs(angle) < _UPRIGHT,
        invisible=pdfium.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE,
    )


def _is_bold(text: Any, at: int) -> bool:
    """Tell whether the font says so by its name or its weight; many say so by only one of them."""
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text, at, name, 128, ctypes.byref(flags))
    called = name.value.decode("utf-8", "replace").lower()
    if any(word in called for word in ("bold", "black", "heavy", "-bd")):
        return True
    return bool(pdfium.FPDFText_GetFontWeight(text, at) >= 600)


def _is_right_to_left(character: str) -> bool:
    return (
        "\u0590" <= character <= "\u08ff"
        or "\ufb1d" <= character <= "\ufdff"
        or "\ufe70" <= character <= "\ufefc"
    )


def _decoded(character: str) -> str:
    """Return the letters that *character* is a form of, as fonts have forms for two or three."""
    if "\ufb00" <= character <= "\ufdf2" or "\ufe70" <= character <= "\ufefc":
        return unicodedata.normalize("NFKC", character)
    return " " if character == "\t" else _BULLETS.get(character, character)


def _is_code(text: Any, at: int, character: str) -> bool:
    """Tell whether *character* is no letter, but the number of a glyph in its font."""
    if character in LINE_HYPHENS or character in _BULLETS:
        return False
    if character == "\ufffd" or unicodedata.category(character) in ("Cc", "Co", "Cn", "Cs"):
        return True
    return bool(pdfium.FPDFText_HasUnicodeMapError(text, at))
