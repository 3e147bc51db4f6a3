"""Walks a tree and gives its blocks: paragraphs, headings, items, rows, quotations, notes.

What is left out is told to it by a function; which part of a page is filed is chosen after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from documents.model import Block, BlockKind, LeftOut, Why
from documents.reading.html.hidden import unshown
from documents.reading.html.lines import BREAK, Line, Run, one_line, paragraphs
from documents.reading.html.lists import Numbering
from documents.reading.html.notes import NONE, Notes
from documents.reading.html.tables import lays_out
from documents.reading.html.tree import Element, names

#: Why an element is left out; ``None`` if it is not.
Judge = Callable[[Element], Why | None]

_BLOCKS = names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav "
    "ol p pre search section summary table tbody td tfoot th thead tr ul"
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_PARTS_OF_TABLES = frozenset(("td", "th", "tr", "caption"))
_LISTS = frozenset(("ol", "ul", "menu", "dir"))
_BULLETS = ("• ", "•\u00a0", "•\t", "· ", "▪ ", "◦ ", "‣ ", "● ", "○ ", "■ ")


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, and the element that it stands in."""

    block: Block
    element: Element
    #: Whether all of it is bold.
    all_bold: bool = False
    #: The share of it that stands in links.
    linked: float = 0.0
    #: Why it is left out, and the element that it is left out with; ``None`` if it is not.
    why: Why | None = None
    judged: Element | None = None

    @property
    def letters(self) -> int:
        """Characters of it."""
        return len(self.block.text)


@dataclass(slots=True)
class Walked:
    """What a walk found, in the order of the page."""

    placed: list[Placed] = field(default_factory=list)
    #: Pieces of paragraphs.
    left_out: list[LeftOut] = field(default_factory=list)
    #: Marks of footnotes that were taken out.
    marks: int = 0

    @property
    def kept(self) -> list[Placed]:
        """The blocks that are not left out."""
        return [one for one in self.placed if one.why is None]

    def all_left_out(self) -> list[LeftOut]:
        """Return what was left out, an element at a time."""
        judged = {one.judged: one.why for one in self.placed if one.judged and one.why}
        whole = [LeftOut(text=one.text(), why=why) for one, why in judged.items()]
        return whole + self.left_out


def walk(root: Element, judge: Judge, notes: Notes = NONE) -> Walked:
    """Return the blocks in *root*, with *notes* behind their marks.

    A block in an element that *judge* leaves out says so; a piece of a paragraph is taken out.
    """
    return _Walker(root, judge, notes).walk()


@dataclass(slots=True)
class _Open:
    """An element that the walker is in, and what holds inside it."""

    element: Element
    children: Iterator[Element | str]
    block: bool
    bold: bool = False
    linked: bool = False
    why: Why | None = None
    judged: Element | None = None
    quoted: bool = False
    level: int = 0
    preformatted: bool = False
    numbering: Numbering | None = None


class _Walker:
    """Where a walk is: the elements that are open, and the text since the last block."""

    def __init__(self, root: Element, judge: Judge, notes: Notes) -> None:
        self._judge = judge
        self._notes = notes
        self._walked = Walked()
        self._runs: list[Run] = []
        self._marks: list[str] = []
        self._referred: list[Element] = []
        self._placed_notes: set[Element] = set()
        self._table: Element | None = None
        self._cells: list[str] = []
        self._most = root.letters / 2
        self._open = [_Open(root, iter(root.children), block=True)]

    def walk(self) -> Walked:
        """Walk to the end."""
        while self._open:
            inside = self._open[-1]
            child = next(inside.children, None)
            if child is None:
                self._leave(self._open.pop())
            elif isinstance(child, str):
                self._say(child, inside)
            elif child.tag == "br":
                self._runs.append(BREAK)
            elif not unshown(child):
                self._meet(child, inside)
        # What only a hidden mark leads to.
        for note in dict.fromkeys(self._notes.of_mark.values()):
            if note not in self._placed_notes:
                self._walked.left_out.append(LeftOut(text=note.text(), why=Why.OUTSIDE))
        return self._walked

    def _say(self, text: str, inside: _Open) -> None:
        """Take *text* of the element that is open."""
        if not self._runs and text.isspace():
            return
        if not inside.preformatted:
            self._runs.append(Run(text, inside.bold, inside.linked))
            return
        first, *others = text.splitlines() or [""]
        self._runs.append(Run(first, inside.bold, inside.linked))
        for line in others:
            self._runs += (BREAK, Run(line, inside.bold, inside.linked))

    def _meet(self, child: Element, inside: _Open) -> None:
        """Enter *child*, or leave it out."""
        if child in self._notes.of_mark:
            self._walked.marks += 1
            self._referred.append(self._notes.of_mark[child])
            return
        if child in self._notes.notes:
            self._flush(inside)
            return
        why = self._judge(child) if inside.why is None else None
        style = child.get("style").lower().replace(" ", "")
        block = child.tag in _BLOCKS or "display:block" in style
        if why is not None and (not block or self._table is not None):
            if child.letters and inside.why is None:
                self._walked.left_out.append(LeftOut(text=child.text(), why=why))
            return
        if block:
            self._flush(inside)
        heading = child.tag in _HEADINGS
        opened = _Open(
            child,
            iter(child.children),
            block,
            bold=_bold(child, style, inside.bold),
            linked=inside.linked or child.tag == "a",
            why=inside.why or why,
            judged=child if why else inside.judged,
            quoted=inside.quoted or (child.tag == "blockquote" and child.letters <= self._most),
            level=int(child.tag[1]) if heading else inside.level,
            preformatted=inside.preformatted or child.tag == "pre" or "white-space:pre" in style,
            numbering=inside.numbering,
        )
        if child.tag in _LISTS:
            opened.numbering = Numbering(child)
        elif child.tag == "li" and self._table is None:
            numbering = inside.numbering or Numbering(child)
            self._marks.append(numbering.mark(child))
        elif child.tag == "table" and self._table is None and not lays_out(child):
            self._table = child
        self._open.append(opened)

    def _leave(self, closed: _Open) -> None:
        """Leave an element whose children are done."""
        element = closed.element
        if self._table is not None and element.tag in _PARTS_OF_TABLES:
            table = next(one for one in element.around() if one.tag == "table")
            if table is self._table:
                self._leave_cell(closed)
                return
        if closed.block:
            self._flush(closed)
        if element.tag == "li":
            self._marks.clear()
        elif element is self._table:
            self._table = None

    def _leave_cell(self, closed: _Open) -> None:
        """Leave a cell, a row or the caption of a table of figures."""
        if closed.element.tag == "caption":
            caption = one_line(self._runs)
            self._runs.clear()
            if caption.text:
                self._place(Block(text=caption.text), closed, caption)
            return
        if closed.element.tag != "tr":
            self._cells.append(one_line(self._runs).text)
            self._runs.clear()
            return
        cells, self._cells = self._cells, []
        told = [cell for cell in cells if cell]
        text = told[0] if len(told) == 1 else " | ".join(cells).strip()
        self._runs.clear()
        if told:
            self._place(Block(text=text, kind=BlockKind.ROW), closed)
        self._place_notes(closed)

    def _flush(self, inside: _Open) -> None:
        """Make blocks of the text since the last one; *inside* is what it stands in."""
        if self._table is not None:
            # Within a cell all is one line.
            self._runs.append(BREAK)
            return
        for line in paragraphs(self._runs):
            self._place(_block(line, inside, self._marks), inside, line)
            self._marks.clear()
        self._runs.clear()
        self._place_notes(inside)

    def _place(self, block: Block, inside: _Open, line: Line | None = None) -> None:
        self._walked.placed.append(
            Placed(
                block,
                inside.element,
                all_bold=line is not None and line.all_bold,
                linked=line.linked / len("".join(line.text.split())) if line else 0.0,
                why=inside.why,
                judged=inside.judged,
            )
        )

    def _place_notes(self, inside: _Open) -> None:
        """Place the notes that the last block referred to, each once."""
        for note in self._referred:
            if note not in self._placed_notes:
                self._placed_notes.add(note)
                for one in walk(note, self._judge_in_note).kept:
                    self._place(Block(text=one.block.text, kind=BlockKind.NOTE), inside)
        self._referred.clear()

    def _judge_in_note(self, element: Element) -> Why | None:
        if element in self._notes.ways_back:
            return Why.NAVIGATION
        return self._judge(element)


def _bold(element: Element, style: str, inherited: bool) -> bool:
    """Return whether the text of *element* is bold."""
    if "font-weight:" in style:
        weight = style.split("font-weight:", 1)[1]
        return weight.startswith(("bold", "6", "7", "8", "9"))
    return inherited or element.tag in ("b", "strong")


def _block(line: Line, inside: _Open, marks: list[str]) -> Block:
    """Return *line* as a block of what it stands in, with the *marks* of its list."""
    mark = "".join(marks)
    if mark.strip() and line.text.startswith((mark.rstrip(), *_BULLETS)):
        mark = ""
    text = mark + line.text
    if inside.level:
        return Block(text=text, kind=BlockKind.HEADING, level=inside.level)
    kind = BlockKind.PARAGRAPH
    if inside.quoted:
        kind = BlockKind.QUOTE
    elif marks or line.text.startswith(_BULLETS):
        kind = BlockKind.ITEM
    if mark:
        return Block(text=text, kind=kind)
    return Block(text=text, kind=kind, bold=line.label, all_bold=line.all_bold, lines=line.parts)
