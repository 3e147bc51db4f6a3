"""Counts the automatic numbers of a Word document, and gives each as it is printed: "2.1. ".

Word stores no numbers, but definitions (``w:abstractNum``), lists that use them (``w:num``) and,
at each paragraph, its list and level. Lists of one definition count on, through headings too,
unless one says where to start again: ECMA-376 part 1, section 17.9.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import regex

from documents.reading.numerals import is_known, numeral
from documents.reading.office.word_styles import is_on, value, whole
from documents.reading.packages import child, children

#: Levels that a list can have.
_LEVELS = 9
_PLACEHOLDER = regex.compile("%([1-9])")
BULLET = "• "


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    #: "%1.%2.", with the numbers of the levels for which they stand.
    text: str = ""
    #: The level, from 1, that starts this again; 0 for none, ``None`` for any above it.
    restart: int | None = None
    #: Whether all numbers in it are digits ("legal").
    digits: bool = False
    #: What stands between the number and the text.
    behind: str = " "
    #: The style of the paragraphs that have this level.
    style: str = ""


@dataclass(slots=True)
class _List:
    #: Which definition it counts with.
    definition: str
    levels: dict[int, _Level]
    #: Where this list starts, by level, if not where its definition does.
    starts: dict[int, int] = field(default_factory=dict)
    #: The levels that have started so already.
    started: set[int] = field(default_factory=set)


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self, root: Element | None) -> None:
        """Read ``word/numbering.xml``; a document may have none."""
        definitions = {
            one.get("w:abstractNumId", ""): one for one in children(root, "w:abstractNum")
        }
        self._lists = {
            one.get("w:numId", ""): _list(one, definitions) for one in children(root, "w:num")
        }
        self._counts: dict[str, list[int | None]] = {}
        #: Formats of numbers that are printed otherwise than here.
        self.unknown: set[str] = set()

    def start_again(self) -> None:
        """Count from the beginning, since the document is read again."""
        self._counts.clear()
        for one in self._lists.values():
            one.started.clear()

    def level_of_style(self, number_id: str, style_id: str) -> int:
        """Return the level of the list *number_id* that paragraphs of the style *style_id* have."""
        levels = self._lists[number_id].levels if number_id in self._lists else {}
        return next((n for n, level in levels.items() if style_id and level.style == style_id), 0)

    def mark(self, number_id: str, level_number: int) -> str:
        """Count one more item of a list, and return its mark; empty if it prints none.

        *level_number* is from 0.
        """
        used = self._lists.get(number_id)
        if used is None or not 0 <= level_number < _LEVELS:
            return ""
        level = used.levels.get(level_number, _Level())
        counts = self._counts.setdefault(used.definition, [None] * _LEVELS)
        before = counts[level_number]
        restarts = level_number in used.starts and level_number not in used.started
        if before is None or restarts:
            counts[level_number] = used.starts.get(level_number, level.start)
            used.started.add(level_number)
        else:
            counts[level_number] = before + 1
        for deeper in range(level_number + 1, _LEVELS):
            restart = used.levels.get(deeper, _Level()).restart
            if restart is None or level_number < restart:
                counts[deeper] = None
        if level.form == "bullet":
            return BULLET if level.text else ""
        text = _PLACEHOLDER.sub(
            lambda match: self._number(used, level, int(match[1]) - 1), level.text
        )
        return text.strip() + level.behind if text.strip() else ""

    def _number(self, used: _List, shown_in: _Level, place: int) -> str:
        level = used.levels.get(place, _Level())
        number = self._counts[used.definition][place]
        form = "decimal" if shown_in.digits else level.form
        if not is_known(form):
            self.unknown.add(form)
        return numeral(used.starts.get(place, level.start) if number is None else number, form)


def _list(element: Element, definitions: dict[str, Element]) -> _List:
    name = value(child(element, "w:abstractNumId"))
    definition = definitions.get(name)
    if link := value(child(definition, "w:numStyleLink")):
        # The levels are in the definition that made the list style.
        linked = (one for one in definitions.items() if value(child(one[1], "w:styleLink")) == link)
        name, definition = next(linked, (name, definition))
    found = _List(name, {_place(one): _level(one) for one in children(definition, "w:lvl")})
    for override in children(element, "w:lvlOverride"):
        level = child(override, "w:lvl")
        if level is not None:
            found.levels[_place(override)] = _level(level)
        start = whole(child(override, "w:startOverride"), None)
        if start is not None:
            found.starts[_place(override)] = start
    return found


def _place(element: Element) -> int:
    text = element.get("w:ilvl", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) == 1 else 0


def _level(element: Element) -> _Level:
    legal = child(element, "w:isLgl")
    return _Level(
        start=whole(child(element, "w:start"), 0) or 0,
        form=value(child(element, "w:numFmt")) or "decimal",
        text=value(child(element, "w:lvlText")),
        restart=whole(child(element, "w:lvlRestart"), None),
        digits=legal is not None and is_on(legal.get("w:val", "1")),
        behind="" if value(child(element, "w:suff")) == "nothing" else " ",
        style=value(child(element, "w:pStyle")),
    )
