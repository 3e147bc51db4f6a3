"""The values of a Word document that is being read: what its parts share, and what was found.

How they come about is known to ``word_text``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from documents.model import Block, LeftOut
from documents.reading.office.word_numbering import Numbering
from documents.reading.office.word_paragraphs import Paragraph
from documents.reading.office.word_styles import Styles


@dataclass(slots=True)
class Found:
    """What was read of a part, beside its blocks."""

    left_out: list[LeftOut] = field(default_factory=list)
    #: The paragraphs in the style of a title.
    titles: list[Block] = field(default_factory=list)
    insertions: int = 0
    deletions: int = 0
    moves: int = 0
    struck: int = 0
    #: Documents of other formats that are embedded.
    embedded: int = 0
    hidden: bool = False

    def add(self, other: Found) -> None:
        """Add what was found in another part."""
        self.left_out += other.left_out
        self.titles += other.titles
        self.insertions += other.insertions
        self.deletions += other.deletions
        self.moves += other.moves
        self.struck += other.struck
        self.embedded += other.embedded
        self.hidden |= other.hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the text of a document refers to."""

    styles: Styles
    numbering: Numbering
    #: The notes' blocks, by "footnote" or "endnote" and their id.
    notes: Mapping[tuple[str, str], Sequence[Block]] = field(default_factory=dict)


@dataclass(slots=True)
class Story:
    """A run of paragraphs: the body, a cell, a text box."""

    blocks: list[Block] = field(default_factory=list)
    #: The words before a paragraph mark that was deleted: they go on in the next paragraph.
    carried: Paragraph | None = None
