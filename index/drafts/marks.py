"""Reads quotation marks: which there are in a paragraph, and whether each opens or closes.

A mark is read by its shape and by what stands beside it. Apostrophes, feet and inches, and lines
drawn with marks are none. Which belong together, ``pairs`` decides.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

#: Marks by what they close and open: one of a family closes another of it. In Chinese 《》 are the
#: marks of a title.
_FAMILIES = {
    "double": '"＂“”„‟〝〞〟',
    "angle": "«»",
    "single angle": "‹›",
    "corner": "「」",
    "white corner": "『』",
    "half corner": "｢｣",
    "vertical corner": "﹁﹂",
    "vertical white corner": "﹃﹄",
    "single": "'＇‘’‚‛",
}
#: The family of single marks, which are mostly apostrophes.
SINGLE = "single"
#: Two single marks typed for a double one, as in Urdu papers; so are two grave accents.
_TWINS = ("''", "‘‘", "’’", "``")
FAMILY_OF = {mark: family for family, marks in _FAMILIES.items() for mark in marks}
FAMILY_OF |= dict.fromkeys(_TWINS, "double")
_TOKEN = re.compile(
    r"(?P<no_mark>(?<=\d)['’] ?\d{1,2} ?(?:[\"”″]|''|’’)"  # 5'10"
    r"|(?<!\w)['’‘][nN]['’](?!\w)"  # rock ’n’ roll
    r"|(?P<line>[\"'“”‘’„«»‹›])(?P=line){3,}"
    r")|" + "|".join(_TWINS) + "|[" + "".join(mark for mark in FAMILY_OF if len(mark) == 1) + "]"
)
#: Words that begin with an apostrophe in English and Dutch, and decades; before two digits alone an
#: opening mark opens. In capitals they begin a sentence, perhaps one that is quoted.
_ELISION = re.compile(
    r"(?:n|em|tis|twas|twill|twere|twould|til|till|cause|cos|coz|bout|round|neath|tween|ere|nuff"
    r"|kay|fraid|t|s|\d\d(?:s|ers|er)|(?<!‘)\d\d)\b"
)
#: What follows the apostrophe of (IEA)'s and “Reform”’s.
_POSSESSIVE = re.compile(r"s\b")
#: Letters before an apostrophe at a word's end: the ministers’ view.
_BEFORE_APOSTROPHE = frozenset("szxSZX")
#: What is passed over when a mark's neighbours are read: other marks, emphasis, and the controls of
#: bidirectional text; and how many of them.
_PASSED = frozenset(FAMILY_OF) | frozenset("*_`~\u200e\u200f\u061c\u2066\u2067\u2068\u2069")
_PASSED |= frozenset("\u202a\u202b\u202c\u202d\u202e")
_MOST_PASSED = 4
_OPENING = frozenset("([{（［【〔〈《¿¡<")
_CLOSING = frozenset(")]}）］】〕〉》>")
_STOPS = frozenset(",.;:!?،؛؟۔。，、；：！？।·")
_DASHES = frozenset("—–-‒―:：=/|")
#: Categories of Unicode: letters in two cases and digits; an apostrophe stands between these alone.
_CASED = frozenset(("Lu", "Ll", "Lt", "Lm", "Mn", "Sc", "Nd", "Nl", "No"))

#: So many different characters are remembered; drafts could bring all of Unicode.
_REMEMBERED = 4096
#: What stands beside a mark. A stop is what stands after a closing mark: , . ; : ! ?
_SPACE, _DASH, _STOP, _OTHER, _LETTER, _UNCASED = range(6)


class Direction(IntEnum):
    """What a mark does by what stands beside it."""

    OPENS = 1
    EITHER = 0
    CLOSES = -1
    #: It closes, unless it is the apostrophe of a plural: the ministers’ view.
    MAY_CLOSE = -2


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark of a text."""

    #: Offsets in characters, end exclusive.
    start: int
    stop: int
    shape: str
    direction: Direction
    #: Whether a letter follows that has no capital, as in Arabic; there are no apostrophes then.
    before_uncased: bool = False


def marks_in(text: str, start: int, stop: int) -> tuple[list[Mark], list[int]]:
    """Return the quotation marks of a paragraph of *text*, and where lines are drawn with such."""
    marks: list[Mark] = []
    lines: list[int] = []
    singles = False
    for found in _TOKEN.finditer(text, start, stop):
        if found["no_mark"] is not None:
            if found["line"]:
                lines.append(found.start())
            continue
        mark = _mark(text, *found.span())
        if mark is not None:
            singles = singles or FAMILY_OF[mark.shape] == SINGLE
            marks.append(mark)
    return (_without_possessives(marks) if singles else marks), lines


def _mark(text: str, start: int, stop: int) -> Mark | None:
    """Return the mark at *start*; ``None`` if it is an apostrophe or part of an abbreviation."""
    shape = text[start:stop]
    right = _side(text[stop]) if stop < len(text) else _SPACE
    direction: Direction | None = _direction(text, start, stop)
    if FAMILY_OF[shape] == SINGLE:
        left = _side(text[start - 1]) if start else _SPACE
        if left == right == _LETTER or (left != _SPACE and _POSSESSIVE.match(text, stop)):
            return None
        if direction is Direction.OPENS:
            direction = _opens_single(text, stop, shape, right)
        elif shape == "‚":
            return None
        elif direction is Direction.CLOSES:
            direction = _closes_single(text, start, stop)
        elif right == _SPACE and left != _UNCASED:
            direction = Direction.CLOSES
    elif direction is Direction.EITHER and _is_gershayim(text, start):
        return None
    if direction is None:
        return None
    return Mark(start, stop, shape, direction, right == _UNCASED)


def _opens_single(text: str, stop: int, shape: str, right: int) -> Direction | None:
    """Return whether a single mark before a word opens; ``None`` if letters are left out there."""
    if right == _LETTER and _ELISION.match(text, stop):
        return None
    # Between spaces and a Latin letter, this shape is that of an apostrophe only.
    return None if shape == "’" and right != _UNCASED else Direction.OPENS


def _closes_single(text: str, start: int, stop: int) -> Direction:
    """Return whether a single mark after a word closes, or is perhaps its apostrophe."""
    ending = text[start - 1] in _BEFORE_APOSTROPHE or text[max(0, start - 2) : start] == "in"
    goes_on = text[stop : stop + 1].isspace() and text[stop + 1 : stop + 2].isalpha()
    return Direction.MAY_CLOSE if ending and goes_on else Direction.CLOSES


def _without_possessives(marks: list[Mark]) -> list[Mark]:
    """Return *marks* without those that are perhaps apostrophes, if a better one follows.

    ‘The ministers’ view is clear,’ he said: the second closes, and no other opens before it.
    """
    kept: list[Mark] = []
    better = False
    for mark in reversed(marks):
        if FAMILY_OF[mark.shape] == SINGLE:
            if mark.direction is Direction.MAY_CLOSE:
                if better:
                    continue
            else:
                better = mark.direction is Direction.CLOSES
        kept.append(mark)
    kept.reverse()
    return kept


def _direction(text: str, start: int, stop: int) -> Direction:
    """Return whether a mark opens or closes by what stands beside it."""
    at = start - 1
    if at >= 0 and text[at] in _PASSED:
        least = max(at - _MOST_PASSED, -1)
        while at > least and text[at] in _PASSED:
            at -= 1
    left = _before(text[at]) if at >= 0 else _SPACE
    at, length = stop, len(text)
    if at < length and text[at] in _PASSED:
        most = min(at + _MOST_PASSED, length)
        while at < most and text[at] in _PASSED:
            at += 1
    right = _after(text[at]) if at < length else _SPACE
    if left == _SPACE:
        opens = right != _SPACE and (right != _STOP or text.startswith("...", at))
        return Direction.OPENS if opens else Direction.EITHER
    if right == _SPACE:
        return Direction.CLOSES
    if left == _DASH:
        return Direction.OPENS if right >= _LETTER else Direction.EITHER
    return Direction.CLOSES if right in (_DASH, _STOP) else Direction.EITHER


@lru_cache(_REMEMBERED)
def _before(character: str) -> int:
    """Return what *character* is before a mark; an opening bracket is as good as a space."""
    return _SPACE if character in _OPENING or character == ">" else _side(character)


@lru_cache(_REMEMBERED)
def _after(character: str) -> int:
    """Return what *character* is after a mark; a closing bracket is as good as a space."""
    if character in _CLOSING or character == "<":
        return _SPACE
    return _STOP if character in _STOPS else _side(character)


@lru_cache(_REMEMBERED)
def _side(character: str) -> int:
    """Return what *character* is beside a mark: a space, a dash, a letter or another mark."""
    if character.isspace() or character in "\x00\u200b\ufeff":
        return _SPACE
    if character in _DASHES:
        return _DASH
    category = unicodedata.category(character)
    if category in _CASED:
        return _LETTER
    return _UNCASED if category[0] in "LM" else _OTHER


def _is_gershayim(text: str, start: int) -> bool:
    """Return whether a mark stands between Hebrew letters, as in an abbreviation."""
    return 0 < start < len(text) - 1 and all(
        "א" <= text[at] <= "ת" for at in (start - 1, start + 1)
    )
