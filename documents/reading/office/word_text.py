"""Reads the text in a part of a Word document: paragraphs, tables, text boxes, notes.

The tree is walked with a stack, in the order of the page. Deleted and hidden words, the codes of
fields and what Word keeps twice are told apart here; which parts there are is known to ``word``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element

from documents.model import Block, LeftOut, Why
from documents.reading.html.lines import BREAK
from documents.reading.office.symbols import symbol, with_symbols
from documents.reading.office.table_rows import table_blocks
from documents.reading.office.word_paragraphs import Look, Paragraph, look_of
from documents.reading.office.word_parts import Found, Parts, Story
from documents.reading.office.word_styles import PLAIN, is_on, value
from documents.reading.office.written_lines import runs_of
from documents.reading.packages import child, children

#: Properties; nothing of the text stands in them.
_PROPERTIES = frozenset(
    (
        *("w:pPr", "w:rPr", "w:tblPr", "w:tblPrEx", "w:tblGrid", "w:trPr", "w:tcPr", "w:sectPr"),
        *("w:sdtPr", "w:sdtEndPr", "w:instrText", "w:delInstrText", "w:rt", "m:rPr", "m:ctrlPr"),
    )
)
_SIGNS = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:noBreakHyphen": "\u2011",
    "w:softHyphen": "\u00ad",
}


def read_part(root: Element, parts: Parts, found: Found) -> list[Block]:
    """Return the blocks in *root*, and add to *found* what was left out.

    Fields whose ends are missing in a damaged document would swallow the rest of it: then the text
    is read without regard to them.
    """
    own = Found()
    reading = _Reading(parts, own)
    blocks = reading.read(root)
    if reading.unclosed_field:
        own = Found()
        parts.numbering.start_again()
        blocks = _Reading(parts, own, fields=False).read(root)
    found.add(own)
    return blocks


class _Reading:
    """Where the reading of a part is: what is open around the element that comes next."""

    def __init__(self, parts: Parts, found: Found, *, fields: bool = True) -> None:
        self._parts = parts
        self._found = found
        self._reads_fields = fields
        self._stories = [Story()]
        self._paragraphs: list[Paragraph] = []
        self._looks = [Look()]
        self._tables: list[list[list[Sequence[Block]]]] = []
        #: Of the fields that are open, whether their code is still being read.
        self._fields: list[bool] = []
        #: The words of the deletions that are open.
        self._deleted: list[list[str]] = []
        #: How many tables of contents and placeholders are open.
        self._navigation = 0
        self._placeholders = 0
        self._custom_mark = False
        self._begins: dict[str, Callable[[Element], Iterable[Element] | None]] = {
            "w:p": self._begin_paragraph,
            "w:r": self._begin_run,
            "w:t": self._text,
            "w:delText": self._text,
            "m:t": self._text,
            "w:br": self._break,
            "w:cr": self._break,
            "w:sym": self._symbol,
            "w:fldChar": self._field,
            "w:ins": self._inserted,
            "w:moveTo": self._inserted,
            "w:del": self._begin_deleted,
            "w:moveFrom": self._begin_deleted,
            "w:footnoteReference": self._note,
            "w:endnoteReference": self._note,
            "w:txbxContent": self._begin_story,
            "w:tbl": self._begin_table,
            "w:tr": self._begin_row,
            "w:tc": self._begin_story,
            "w:sdt": self._begin_control,
            "w:altChunk": self._embedded,
            "mc:AlternateContent": self._alternatives,
        }
        self._ends: dict[str, Callable[[Element], None]] = {
            "w:p": self._end_paragraph,
            "w:r": self._end_run,
            "w:del": self._end_deleted,
            "w:moveFrom": self._end_deleted,
            "w:txbxContent": self._end_box,
            "w:tbl": self._end_table,
            "w:tr": self._end_row,
            "w:tc": self._end_cell,
            "w:sdt": self._end_control,
        }

    @property
    def unclosed_field(self) -> bool:
        """Whether a field's code did not end."""
        return any(self._fields)

    def read(self, root: Element) -> list[Block]:
        """Return the blocks in *root*."""
        open_elements: list[tuple[Element, Iterator[Element]]] = [(root, iter(root))]
        while open_elements:
            element, inside = open_elements[-1]
            following = next(inside, None)
            if following is None:
                open_elements.pop()
                if end := self._ends.get(element.tag):
                    end(element)
            elif following.tag in _SIGNS:
                self._say(_SIGNS[following.tag])
            elif following.tag not in _PROPERTIES:
                within = self._begins.get(following.tag, iter)(following)
                if within is not None:
                    open_elements.append((following, iter(within)))
        self._settle(self._stories[0])
        return self._stories[0].blocks

    def _say(self, text: str) -> None:
        """Add *text* to what is open: a deletion, hidden words, a paragraph."""
        look = self._looks[-1]
        if not self._paragraphs or any(self._fields) or self._custom_mark or not text:
            return
        text = with_symbols(look.font, text)
        if self._deleted:
            self._deleted[-1].append(text)
        elif look.hidden:
            self._paragraphs[-1].hidden.append(text)
        elif self._placeholders:
            self._leave_out(text, Why.TEMPLATE)
        else:
            self._found.struck += look.struck and bool(text.strip())
            self._paragraphs[-1].runs += runs_of(text, bold=look.bold)

    def _leave_out(self, text: str, why: Why) -> None:
        if text.strip():
            self._found.left_out.append(LeftOut(text=" ".join(text.split()), why=why))

    # Paragraphs and what is in them.

    def _begin_paragraph(self, element: Element) -> Iterable[Element]:
        properties = child(element, "w:pPr")
        paragraph = Paragraph(self._parts.styles.of_paragraph(properties), properties)
        story = self._stories[-1]
        if carried := story.carried:
            paragraph.runs, paragraph.hidden = carried.runs, carried.hidden
            paragraph.notes, paragraph.boxes = carried.notes, carried.boxes
            story.carried = None
        self._paragraphs.append(paragraph)
        return element

    def _end_paragraph(self, element: Element) -> None:
        paragraph = self._paragraphs.pop()
        if paragraph.mark_is_deleted:
            self._stories[-1].carried = paragraph
        else:
            self._place(paragraph, self._stories[-1])

    def _settle(self, story: Story) -> None:
        if story.carried is not None:
            self._place(story.carried, story)
            story.carried = None

    def _place(self, paragraph: Paragraph, story: Story) -> None:
        hidden = "".join(paragraph.hidden)
        if hidden.strip():
            self._found.hidden = True
            self._leave_out(hidden, Why.HIDDEN)
        if self._navigation or paragraph.is_contents:
            self._leave_out("".join(run.text for run in paragraph.runs), Why.NAVIGATION)
        else:
            blocks = paragraph.blocks(self._parts.numbering)
            story.blocks += blocks
            if paragraph.is_title:
                self._found.titles += blocks
        story.blocks += paragraph.notes
        story.blocks += paragraph.boxes

    # Runs, and what is set in them.

    def _begin_run(self, element: Element) -> Iterable[Element]:
        style = self._paragraphs[-1].style if self._paragraphs else PLAIN
        self._looks.append(look_of(child(element, "w:rPr"), style, self._parts.styles))
        self._custom_mark = False
        return element

    def _end_run(self, element: Element) -> None:
        self._looks.pop()
        self._custom_mark = False

    def _text(self, element: Element) -> None:
        self._say(element.text or "")

    def _break(self, element: Element) -> None:
        if self._deleted or self._looks[-1].hidden or not self._paragraphs or any(self._fields):
            return
        # A page or a column break parts paragraphs.
        times = 2 if element.get("w:type") in ("page", "column") else 1
        self._paragraphs[-1].runs += [BREAK] * times

    def _symbol(self, element: Element) -> None:
        code = element.get("w:char", "")
        if len(code) <= 6 and all(digit in "0123456789abcdefABCDEF" for digit in code) and code:
            self._say(symbol(element.get("w:font", ""), int(code, 16)))

    def _field(self, element: Element) -> None:
        if not self._reads_fields:
            return
        match element.get("w:fldCharType"):
            case "begin":
                self._fields.append(True)
            case "separate" if self._fields:
                self._fields[-1] = False
            case "end" if self._fields:
                self._fields.pop()

    def _note(self, element: Element) -> None:
        if self._deleted or not self._paragraphs:
            return
        kind = element.tag.removeprefix("w:").removesuffix("Reference")
        self._paragraphs[-1].notes += self._parts.notes.get((kind, element.get("w:id", "")), ())
        # The mark that a writer chose stands behind it in the run.
        self._custom_mark = is_on(element.get("w:customMarkFollows", "0"))

    # Revisions.

    def _inserted(self, element: Element) -> Iterable[Element]:
        if not self._deleted and _has_words(element):
            if element.tag == "w:moveTo":
                self._found.moves += 1
            else:
                self._found.insertions += 1
        return element

    def _begin_deleted(self, element: Element) -> Iterable[Element]:
        self._deleted.append([])
        return element

    def _end_deleted(self, element: Element) -> None:
        words = "".join(self._deleted.pop())
        # What was moved is counted where it went.
        if words and element.tag != "w:moveFrom":
            self._found.deletions += 1
        self._leave_out(words, Why.DELETED)

    # Tables, text boxes, controls, and what is there in several forms.

    def _begin_story(self, element: Element) -> Iterable[Element]:
        self._stories.append(Story())
        return element

    def _end_story(self) -> list[Block]:
        story = self._stories.pop()
        self._settle(story)
        return story.blocks

    def _end_box(self, element: Element) -> None:
        blocks = self._end_story()
        if self._paragraphs:
            self._paragraphs[-1].boxes += blocks
        else:
            self._stories[-1].blocks += blocks

    def _begin_table(self, element: Element) -> Iterable[Element]:
        self._tables.append([])
        return element

    def _begin_row(self, element: Element) -> Iterable[Element]:
        if child(element, "w:trPr", "w:del") is not None:
            self._deleted.append([])
        elif child(element, "w:trPr", "w:ins") is not None:
            self._found.insertions += 1
        if self._tables:
            self._tables[-1].append([])
        return element

    def _end_cell(self, element: Element) -> None:
        blocks = self._end_story()
        if self._tables and self._tables[-1]:
            self._tables[-1][-1].append(blocks)
        else:
            self._stories[-1].blocks += blocks

    def _end_row(self, element: Element) -> None:
        if child(element, "w:trPr", "w:del") is not None:
            self._end_deleted(element)

    def _end_table(self, element: Element) -> None:
        self._stories[-1].blocks += table_blocks(self._tables.pop())

    def _begin_control(self, element: Element) -> Iterable[Element]:
        self._navigation += _is_contents(element)
        self._placeholders += _is_placeholder(element)
        return element

    def _end_control(self, element: Element) -> None:
        self._navigation -= _is_contents(element)
        self._placeholders -= _is_placeholder(element)

    def _embedded(self, element: Element) -> None:
        self._found.embedded += 1

    def _alternatives(self, element: Element) -> Iterable[Element]:
        """Enter the form for today's Word, and not the same again for older ones."""
        return (children(element, "mc:Choice") or children(element, "mc:Fallback"))[:1]


def _is_contents(control: Element) -> bool:
    gallery = child(control, "w:sdtPr", "w:docPartObj", "w:docPartGallery")
    return value(gallery) == "Table of Contents"


def _is_placeholder(control: Element) -> bool:
    shown = child(control, "w:sdtPr", "w:showingPlcHdr")
    return shown is not None and is_on(shown.get("w:val", "1"))


def _has_words(element: Element) -> bool:
    return any(one.text for one in element.iter("w:t"))
