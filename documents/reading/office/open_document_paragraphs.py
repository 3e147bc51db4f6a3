"""The values of an OpenDocument text that is being read: paragraphs, stories, what was found.

How they come about is known to ``open_document_text``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from documents.model import Block, BlockKind, LeftOut
from documents.reading.html.lines import Run
from documents.reading.office.open_document_lists import List
from documents.reading.office.open_document_styles import Style
from documents.reading.office.written_lines import blocks_of_runs


@dataclass(slots=True)
class Found:
    """What was read beside the blocks."""

    left_out: list[LeftOut] = field(default_factory=list)
    titles: list[Block] = field(default_factory=list)
    struck: bool = False
    hidden: bool = False


@dataclass(slots=True)
class Paragraph:
    """A paragraph that is being read."""

    style: Style
    #: Of a heading, from 1; 0 if it is none.
    level: int = 0
    #: Its mark, as it is printed; and whether it is in a list.
    mark: str = ""
    runs: list[Run] = field(default_factory=list)
    #: What stands behind it: its notes, the boxes that are anchored in it.
    behind: list[Block] = field(default_factory=list)
    #: Whether a field in it hides all of it.
    hides: bool = False

    @property
    def words(self) -> str:
        """Its words, on one line or more."""
        return "".join(run.text or " " for run in self.runs)

    def blocks(self) -> list[Block]:
        """Return its blocks, less what stands behind it."""
        kind = BlockKind.PARAGRAPH
        if self.level or self.style.is_title:
            kind = BlockKind.HEADING
        elif self.mark:
            kind = BlockKind.ITEM
        elif self.style.is_quote:
            kind = BlockKind.QUOTE
        return blocks_of_runs(self.runs, kind, level=self.level or 1, mark=self.mark)


@dataclass(slots=True)
class Story:
    """A run of paragraphs: the body, a cell, a text box, a note."""

    blocks: list[Block] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    lists: list[List] = field(default_factory=list)
    hidden: int = 0
