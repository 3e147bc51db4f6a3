"""Counts the items of lists and headings of an OpenDocument text, and gives their marks.

What the levels of a list look like stands in its style; where lists begin is known to
``open_document_text``. OpenDocument 1.3, part 3, sections 5.3 and 16.30.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import regex

from documents.reading.numerals import letters, numeral, roman

BULLET = "• "
#: LibreOffice's own form of a number, which knows what stands between the levels: "%1%.%2%.".
_PLACEHOLDER = regex.compile(r"%(\d{1,2})%")
_LEVEL_TAGS = {
    "text:list-level-style-number",
    "text:list-level-style-bullet",
    "text:list-level-style-image",
    "text:outline-level-style",
}
_LEVELS = 10


@dataclass(frozen=True, slots=True)
class Level:
    """What a level of a list prints before its items."""

    is_bullet: bool = False
    #: "1", "a", "A", "i", "I"; empty prints no number.
    form: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    #: How many levels are shown in it, its own among them.
    shown: int = 1
    #: The whole of it, in LibreOffice's form; empty if that is not given.
    written: str = ""


Levels = Mapping[int, Level]


def read_levels(element: Element) -> Levels:
    """Return the levels of a list style, by their numbers from 1."""
    levels = {}
    for one in element:
        if one.tag in _LEVEL_TAGS:
            place = number_of(one.get("text:level"), 1)
            levels[place] = Level(
                is_bullet=one.tag.endswith(("bullet", "image")),
                form=one.get("style:num-format", ""),
                prefix=one.get("style:num-prefix", ""),
                suffix=one.get("style:num-suffix", ""),
                start=number_of(one.get("text:start-value"), 1),
                shown=number_of(one.get("text:display-levels"), 1),
                written=one.get("loext:num-list-format", "") if one.get("style:num-format") else "",
            )
    return levels


class Counter:
    """How far a list has counted, on each of its levels."""

    def __init__(self) -> None:
        """Begin before the first item."""
        self._counts: list[int | None] = [None] * (_LEVELS + 1)

    def mark(self, levels: Levels, place: int, start: int | None = None) -> str:
        """Count one more item on the level *place*, from 1, and return its mark.

        *start* is a number that the item itself gives.
        """
        place = min(place, _LEVELS)
        level = levels.get(place, Level())
        before = self._counts[place]
        number = level.start if before is None else before + 1
        self._counts[place] = number if start is None else start
        self._counts[place + 1 :] = [None] * (_LEVELS - place)
        if level.is_bullet:
            return BULLET
        if level.written:
            text = _PLACEHOLDER.sub(lambda one: self._number(levels, int(one[1])), level.written)
        else:
            shown = range(max(1, place - level.shown + 1), place + 1)
            numbers = [self._number(levels, one) for one in shown]
            text = ".".join(one for one in numbers if one)
            text = f"{level.prefix}{text}{level.suffix}" if text else ""
        return f"{text.strip()} " if text.strip() else ""

    def _number(self, levels: Levels, place: int) -> str:
        level = levels.get(place, Level())
        count = self._counts[place] if place <= _LEVELS else None
        number = level.start if count is None else count
        match level.form:
            case "a" | "A":
                text = letters(number)
                return text.upper() if level.form == "A" else text
            case "i" | "I":
                text = roman(number)
                return text.upper() if level.form == "I" else text
            case "一, 二, 三, ...":
                return numeral(number, "chineseCounting")
            case "":
                return ""
        return str(number)


@dataclass(slots=True)
class List:
    """A list that is open."""

    style: str
    #: From 1.
    level: int
    counter: Counter
    #: Whether the item that is open still waits for its first paragraph, and the number it gives.
    waits: bool = False
    start: int | None = None


class Lists:
    """The lists of a document: which goes on with the count of which."""

    def __init__(self) -> None:
        """Begin before the first list."""
        self._by_id: dict[str, Counter] = {}
        self._by_style: dict[str, Counter] = {}

    def begin(self, element: Element, around: List | None) -> List:
        """Return the list *element* as one that is open, *around* which another may be."""
        style = element.get("text:style-name") or (around.style if around else "")
        if around is not None:
            return List(style, around.level + 1, around.counter)
        counter = Counter()
        continued = element.get("text:continue-list")
        if continued in self._by_id:
            counter = self._by_id[continued]
        elif element.get("text:continue-numbering") == "true":
            counter = self._by_style.get(style, counter)
        self._by_style[style] = counter
        if own_id := element.get("xml:id"):
            self._by_id[own_id] = counter
        return List(style, 1, counter)


def number_of(text: str | None, otherwise: int) -> int:
    """Return *text* as a number that a person would write; *otherwise* if it is none."""
    is_number = text and text.isascii() and text.isdigit() and len(text) < 7
    return int(text) if text and is_number else otherwise
