"""Tells how a run of a Word document is set, and makes blocks of a paragraph and its number.

Where paragraphs and runs stand is known to ``word_text``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from documents.model import Block, BlockKind
from documents.reading.html.lines import Run
from documents.reading.office.word_numbering import Numbering
from documents.reading.office.word_styles import (
    Style,
    Styles,
    heading_level,
    is_on,
    toggles_of,
    value,
    whole,
)
from documents.reading.office.written_lines import blocks_of_runs
from documents.reading.packages import child

_QUOTES = frozenset(("quote", "intense quote"))
#: Styles of the entries of tables of contents.
_CONTENTS = ("toc ", "table of figures")


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is set."""

    bold: bool = False
    hidden: bool = False
    struck: bool = False
    font: str = ""


@dataclass(slots=True)
class Paragraph:
    """A paragraph that is being read."""

    style: Style
    properties: Element | None
    runs: list[Run] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    #: What stands behind it: its notes, the text boxes that are anchored in it.
    notes: list[Block] = field(default_factory=list)
    boxes: list[Block] = field(default_factory=list)

    @property
    def has_text(self) -> bool:
        """Whether a word of it is shown."""
        return any(run.text.strip() for run in self.runs)

    @property
    def is_contents(self) -> bool:
        """Whether it is a line of a table of contents."""
        return self.style.name.startswith(_CONTENTS)

    @property
    def is_title(self) -> bool:
        """Whether it is set as the title of the document."""
        return self.style.name == "title"

    @property
    def mark_is_deleted(self) -> bool:
        """Whether its end was deleted, so that it goes on in the next paragraph."""
        mark = child(self.properties, "w:rPr")
        return child(mark, "w:del") is not None or child(mark, "w:moveFrom") is not None

    @property
    def _mark_is_hidden(self) -> bool:
        own = toggles_of(child(self.properties, "w:rPr"))
        return own.get("w:vanish", self.style.toggles.get("w:vanish", False))

    def blocks(self, numbering: Numbering) -> list[Block]:
        """Return its blocks, less notes and boxes; its number is counted by *numbering*.

        Word numbers a paragraph without words too, unless all of it is hidden.
        """
        if not self.has_text and self.hidden and self._mark_is_hidden:
            return []
        number = self._number(numbering)
        if not self.has_text:
            return []
        own = heading_level(self.properties)
        level = self.style.level if own is None else own
        kind = BlockKind.PARAGRAPH
        if self.is_title:
            kind, level = BlockKind.HEADING, 1
        elif level:
            kind = BlockKind.HEADING
        elif number:
            kind = BlockKind.ITEM
        elif self.style.name in _QUOTES:
            kind = BlockKind.QUOTE
        return blocks_of_runs(self.runs, kind, level=level, mark=number)

    def _number(self, numbering: Numbering) -> str:
        own = child(self.properties, "w:numPr")
        number_id = value(child(own, "w:numId")) or self.style.number_id
        level = whole(child(own, "w:ilvl"), self.style.number_level)
        if level is None:
            style_id = value(child(self.properties, "w:pStyle"))
            level = numbering.level_of_style(number_id, style_id)
        return numbering.mark(number_id, level)


def look_of(properties: Element | None, paragraph: Style, styles: Styles) -> Look:
    """Return how a run with these *properties* (``w:rPr``) is set in a *paragraph* of a style."""
    own = toggles_of(properties)
    character = styles.get(value(child(properties, "w:rStyle")))

    def on(name: str) -> bool:
        by_style = character.toggles.get(name, False) != paragraph.toggles.get(name, False)
        return own.get(name, by_style)

    right_to_left = child(properties, "w:rtl")
    is_rtl = right_to_left is not None and is_on(right_to_left.get("w:val", "1"))
    fonts = child(properties, "w:rFonts")
    return Look(
        bold=on("w:bCs" if is_rtl else "w:b"),
        hidden=on("w:vanish"),
        struck=on("w:strike") or on("w:dstrike"),
        font="" if fonts is None else fonts.get("w:ascii", ""),
    )
