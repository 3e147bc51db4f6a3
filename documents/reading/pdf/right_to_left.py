"""Puts the letters of a line that is read from right to left in the order they are read.

PDFium's own order turns numbers and brackets wrong beside Arabic commas, so the order is made anew
from where the letters stand. What a letter is, is decided before: see ``letters``.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from documents.reading.pdf.letters import Letter

_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_OPENING, _CLOSING = "([{«", ")]}»"

_NUMBERS = frozenset(("ET", "ES"))
_NUMBERS = frozenset(("EN", "AN"))

#: A space is at least so wide, in the size of the type.
_WIDTH_OF_SPACE = 0.08

#: Two pens that begin no further apart, in points, begin at one place.
_SAME_PEN = 0.3

#: How many letters on each side of a mark may be its own: more than overlap in any type.
_NEAR = 12


def is_right_to_left(text: str) -> bool:
    """Tell whether most letters of *text* are written from right to left."""
    right = left = 0
    for character in text:
        direction = unicodedata.bidirectional(character)
        right += direction in ("R", "AL")
        left += direction == "L"
    return right > left


def in_reading_order(letters: Iterable[Letter], *, mirror: bool) -> list[Letter]:
    """Return the *letters* of one line in the order they are read, marks behind their letter.

    Brackets are turned round where *mirror* says that the document shows them as they look.
    """
    marks: list[Letter] = []
    bases: list[Letter] = []
    for letter in letters:
        is_mark = unicodedata.category(letter.text[0]) == "Mn"
        (marks if is_mark else bases).append(letter)
    # Letters of one glyph have one origin, and stay in their order: the sort is stable.
    bases.sort(key=lambda letter: -letter.x)
    bases = [letter for at, letter in enumerate(bases) if not _is_no_space(bases, at)]
    return _with_marks(_numbers_turned(bases, mirror=mirror), marks)


def _is_no_space(letters: Sequence[Letter], at: int) -> bool:
    """Tell whether a space that PDFium made up, and so has no width, stands where there is none."""
    letter = letters[at]
    if letter.text != " " or letter.right - letter.left > 0.01 or not 0 < at < len(letters) - 1:
        return False
    return letters[at - 1].left - letters[at + 1].right < _WIDTH_OF_SPACE * letter.size


def mirrors(lines: Iterable[str]) -> bool:
    """Tell whether most brackets of *lines*, in the order they are read, open where one closes.

    Some writers put down which bracket it looks like, others which it is.
    """
    right = wrong = 0
    for line in lines:
        for at in _brackets(line):
            opens = _opens(line, at)
            right += opens is (line[at] in _OPENING)
            wrong += opens is (line[at] in _CLOSING)
    return wrong > right


def brackets_righted(line: str) -> str:
    """Return *line* with each bracket turned as the room beside it tells, where it does.

    PDFium turns round those between letters that are read from right to left, and not others.
    """
    characters = list(line)
    for at in _brackets(line):
        if _opens(line, at) is (line[at] in _CLOSING):
            characters[at] = line[at].translate(_MIRRORED)
    return "".join(characters)


def _brackets(line: str) -> list[int]:
    return [at for at, sign in enumerate(line) if sign in _OPENING or sign in _CLOSING]


def _opens(line: str, at: int) -> bool | None:
    """Tell whether the room beside a bracket is before it; ``None`` if that is unclear."""
    room_before = not at or line[at - 1].isspace()
    room_behind = at + 1 == len(line) or not line[at + 1].isalnum()
    return None if room_before is room_behind else room_before


def _numbers_turned(letters: Sequence[Letter], *, mirror: bool) -> list[Letter]:
    """Turn back each run of numbers, or of letters that are read from left to right."""
    kinds = [unicodedata.bidirectional(letter.text[0]) for letter in letters]
    ordered: list[Letter] = []
    strong = "R"
    at = 0
    while at < len(letters):
        end = _end_of_run(kinds, at, after_arabic=strong == "AL")
        if end > at:
            ordered += reversed(letters[at:end])
            at = end
            continue
        if kinds[at] in ("R", "AL"):
            strong = kinds[at]
        letter = letters[at]
        ordered.append(letter._replace(text=letter.text.translate(_MIRRORED)) if mirror else letter)
        at += 1
    return ordered


def _end_of_run(kinds: Sequence[str], start: int, *, after_arabic: bool) -> int:
    """Return where the run from left to right ends that begins at *start*; *start* if none does.

    A run of Latin letters holds the spaces and numbers between them. A number holds one separator
    between two figures, and signs such as "%" that touch it, but not after Arabic letters: the
    Unicode Bidirectional Algorithm, W2 to W5.
    """
    end, latin = start, False
    for at in range(start, len(kinds)):
        kind, following = kinds[at], kinds[at + 1] if at + 1 < len(kinds) else ""
        if kind == "L" or kind in _NUMBERS:
            latin = latin or kind == "L"
            end = at + 1
            continue
        if kind in ("R", "AL"):
            break
        touches = end == at > start
        between = touches and kinds[at - 1] in _NUMBERS and following in _NUMBERS
        if between and (kind == "CS" or (kind == "ES" and not after_arabic)):
            continue
        if kind == "ET" and not after_arabic and (touches or following in {*_NUMBERS, "ET"}):
            end = at + 1 if touches else end
            continue
        if touches and kind != "WS" and following == "L":
            continue
        if not (latin and _latin_follows(kinds, at)):
            break
    return end


def _latin_follows(kinds: Sequence[str], at: int) -> bool:
    """Tell whether what stands at *at* is between two words of Latin letters, or their numbers."""
    for kind in kinds[at : at + 8]:
        if kind in ("L", "R", "AL"):
            return kind == "L"
    return False


def _with_marks(letters: Sequence[Letter], marks: Iterable[Letter]) -> list[Letter]:
    """Put each mark behind the letter whose box it lies in, or nearest to."""
    by_place = sorted(
        (letter.x, at)
        for at, letter in enumerate(letters)
        if unicodedata.bidirectional(letter.text[0]) in ("R", "AL")
    )
    behind: dict[int, list[Letter]] = {}
    for mark in marks:
        place = bisect_left(by_place, (mark.x, -1))
        near = sorted(at for _, at in by_place[max(place - _NEAR, 0) : place + _NEAR])
        behind.setdefault(_letter_under(letters, near, mark), []).append(mark)
    ordered: list[Letter] = behind.get(-1, [])
    for at, letter in enumerate(letters):
        ordered.append(letter)
        # Two marks in Unicode's own order, which cleaning would give them anyway.
        ordered += sorted(behind.get(at, ()), key=lambda mark: unicodedata.combining(mark.text[0]))
    return ordered


def _letter_under(letters: Sequence[Letter], near: Iterable[int], mark: Letter) -> int:
    """Return which of the letters *near* the *mark* it stands over or under; -1 if none is.

    A mark is drawn where the pen of its letter began; else it is nearest to its letter's box.
    """
    middle = (mark.left + mark.right) / 2
    found, nearest = -1, float("inf")
    for at in near:
        letter = letters[at]
        away = max(letter.left - middle, middle - letter.right, 0.0)
        # Of two letters in whose boxes it lies, the one whose middle is nearer.
        away += abs((letter.left + letter.right) / 2 - middle) / 1000
        if abs(letter.x - mark.x) < _SAME_PEN and away < letter.size / 2:
            away -= letter.size
        if away < nearest:
            found, nearest = at, away
    return found if found < 0 else _part_under(letters, found, middle)


def _part_under(letters: Sequence[Letter], first: int, middle: float) -> int:
    """Return which letter of the glyph whose first is at *first* is the one at *middle*."""
    box = letters[first].left, letters[first].right
    end = first + 1
    while end < len(letters) and (letters[end].left, letters[end].right) == box:
        end += 1
    share = (box[1] - middle) / max(box[1] - box[0], 0.1)
    return first + min(max(int(share * (end - first)), 0), end - first - 1)
