"""Reads the text of an OpenDocument: paragraphs, lists, tables, notes, in the order of the page.

The tree is walked with a stack. Which words are hidden or deleted is told apart here; which files
there are in the package is known to ``open_document``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from documents.model import Block, BlockKind, LeftOut, Why
from documents.reading.html.lines import BREAK
from documents.reading.office.open_document_lists import Counter, Lists, number_of
from documents.reading.office.open_document_paragraphs import Found, Paragraph, Story
from documents.reading.office.open_document_styles import Style, Styles
from documents.reading.office.table_rows import table_blocks
from documents.reading.office.written_lines import runs_of

#: Elements without words of the text, or with words that stand elsewhere.
_UNREAD = frozenset(
    (
        *("text:tracked-changes", "text:note-citation", "office:forms", "svg:title", "svg:desc"),
        *("text:sequence-decls", "text:variable-decls", "text:user-field-decls", "text:dde-decls"),
        *(
            "text:ruby-text",
            "text:alphabetical-index-mark",
            "text:toc-mark",
            "office:event-listeners",
        ),
        *("table:shapes", "table:table-source", "text:list-style", "dc:creator", "dc:date"),
        *("draw:object", "draw:object-ole", "draw:image", "text:alphabetical-index-auto-mark-file"),
    )
)
_CONTENTS = frozenset(
    (
        *("text:table-of-content", "text:illustration-index", "text:table-index"),
        *("text:object-index", "text:user-index", "text:alphabetical-index"),
    )
)
_MOST_SPACES = 1000


def read_text(root: Element, styles: Styles, found: Found) -> list[Block]:
    """Return the blocks in *root*, and add to *found* what was left out."""
    return _Reading(styles, found).read(root)


class _Reading:
    """Where the reading is: what is open around the element that comes next."""

    def __init__(self, styles: Styles, found: Found) -> None:
        self._styles = styles
        self._found = found
        self._stories = [Story()]
        self._looks = [Style()]
        self._tables: list[list[list[list[Block]]]] = []
        self._spanned = 0
        self._lists = Lists()
        self._outline = Counter()
        self._contents = 0
        self._begins: dict[str, Callable[[Element], None]] = {
            "text:p": self._begin_paragraph,
            "text:h": self._begin_paragraph,
            "text:span": self._begin_span,
            "text:s": self._spaces,
            "text:tab": lambda _: self._say("\t"),
            "text:line-break": lambda _: self._break(),
            "text:list": self._begin_list,
            "text:list-item": self._begin_item,
            "text:section": self._begin_section,
            "text:hidden-text": self._hidden_words,
            "text:hidden-paragraph": self._hidden_paragraph,
            "text:note": lambda _: self._begin_story(),
            "office:annotation": lambda _: self._begin_story(),
            "draw:text-box": lambda _: self._begin_story(),
            "table:table": lambda _: self._tables.append([]),
            "table:table-row": lambda _: self._tables[-1].append([]) if self._tables else None,
            "table:table-cell": self._begin_cell,
            "table:covered-table-cell": lambda _: self._begin_story(),
            **dict.fromkeys(_CONTENTS, self._begin_contents),
        }
        self._ends: dict[str, Callable[[Element], None]] = {
            "text:p": self._end_paragraph,
            "text:h": self._end_paragraph,
            "text:span": lambda _: self._end_span(),
            "text:list": lambda _: self._end_list(),
            "text:section": self._end_section,
            "text:note": lambda _: self._end_note(),
            "office:annotation": lambda _: self._end_annotation(),
            "draw:text-box": lambda _: self._end_box(),
            "table:table": lambda _: self._end_table(),
            "table:table-cell": lambda _: self._end_cell(),
            "table:covered-table-cell": lambda _: self._end_covered(),
            **dict.fromkeys(_CONTENTS, self._end_contents),
        }

    @property
    def _story(self) -> Story:
        return self._stories[-1]

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
                self._say(element.tail or "")
            elif following.tag in _UNREAD:
                self._say(following.tail or "")
            else:
                if begin := self._begins.get(following.tag):
                    begin(following)
                self._say(following.text or "")
                open_elements.append((following, iter(following)))
        return self._stories[0].blocks

    def _say(self, text: str) -> None:
        """Add *text* to the paragraph that is open; between paragraphs there is none."""
        if not text or not self._story.paragraphs:
            return
        look = self._looks[-1]
        if look.hidden or self._story.hidden:
            self._leave_out(text, Why.HIDDEN)
        else:
            self._found.struck |= look.struck and bool(text.strip())
            self._story.paragraphs[-1].runs += runs_of(text, bold=look.bold)

    def _leave_out(self, text: str, why: Why) -> None:
        if text.strip():
            self._found.hidden |= why is Why.HIDDEN
            self._found.left_out.append(LeftOut(text=" ".join(text.split()), why=why))

    # Paragraphs and the words in them.

    def _begin_paragraph(self, element: Element) -> None:
        style = self._styles.get("paragraph", element.get("text:style-name", ""))
        paragraph = Paragraph(style)
        if element.tag == "text:h":
            paragraph.level = number_of(element.get("text:outline-level"), 1)
        # A heading has the number of its outline, unless it stands in a list of its own.
        paragraph.mark = self._mark(paragraph, is_heading=element.tag == "text:h")
        self._story.paragraphs.append(paragraph)
        self._looks.append(style)

    def _mark(self, paragraph: Paragraph, *, is_heading: bool) -> str:
        if self._contents:
            return ""
        if self._story.lists:
            innermost = self._story.lists[-1]
            if not innermost.waits:
                return ""
            innermost.waits = False
            levels = self._styles.levels(innermost.style)
            if is_heading and not levels:
                return self._outline.mark(self._styles.outline, paragraph.level, innermost.start)
            return innermost.counter.mark(levels, innermost.level, innermost.start)
        if is_heading and paragraph.style.list_style != "":
            return self._outline.mark(self._styles.outline, paragraph.level)
        return ""

    def _end_paragraph(self, element: Element) -> None:
        self._looks.pop()
        paragraph = self._story.paragraphs.pop()
        if self._contents or paragraph.style.is_contents:
            self._leave_out(paragraph.words, Why.NAVIGATION)
        elif paragraph.hides:
            self._leave_out(paragraph.words, Why.HIDDEN)
        else:
            blocks = paragraph.blocks()
            if paragraph.style.is_title and element.tag == "text:p":
                self._found.titles += blocks
            self._story.blocks += blocks
        self._story.blocks += paragraph.behind

    def _begin_span(self, element: Element) -> None:
        own = self._styles.get("text", element.get("text:style-name", ""))
        around = self._looks[-1]
        self._looks.append(
            Style(
                bold=own.bold or around.bold,
                hidden=own.hidden or around.hidden,
                struck=own.struck or around.struck,
            )
        )

    def _end_span(self) -> None:
        self._looks.pop()

    def _spaces(self, element: Element) -> None:
        self._say(" " * min(number_of(element.get("text:c"), 1), _MOST_SPACES))

    def _break(self) -> None:
        if self._story.paragraphs and not self._looks[-1].hidden:
            self._story.paragraphs[-1].runs.append(BREAK)

    def _hidden_words(self, element: Element) -> None:
        # The words are in an attribute, and in the text as well while they are shown.
        if element.get("text:is-hidden") == "true" or not (element.text or "").strip():
            self._leave_out(element.get("text:string-value", ""), Why.HIDDEN)

    def _hidden_paragraph(self, element: Element) -> None:
        if element.get("text:is-hidden") == "true" and self._story.paragraphs:
            self._story.paragraphs[-1].hides = True

    # Lists, sections, tables of contents.

    def _begin_list(self, element: Element) -> None:
        lists = self._story.lists
        lists.append(self._lists.begin(element, lists[-1] if lists else None))

    def _begin_item(self, element: Element) -> None:
        if self._story.lists:
            item = self._story.lists[-1]
            start = number_of(element.get("text:start-value"), -1)
            item.waits, item.start = True, None if start < 0 else start

    def _end_list(self) -> None:
        if self._story.lists:
            self._story.lists.pop()

    def _begin_section(self, element: Element) -> None:
        self._story.hidden += element.get("text:display") == "none"

    def _end_section(self, element: Element) -> None:
        self._story.hidden -= element.get("text:display") == "none"

    def _begin_contents(self, element: Element) -> None:
        self._contents += 1

    def _end_contents(self, element: Element) -> None:
        self._contents -= 1

    # What stands in a text of its own: notes, comments, boxes, cells.

    def _begin_story(self) -> None:
        self._stories.append(Story(hidden=self._story.hidden))
        self._looks.append(Style(hidden=self._looks[-1].hidden))

    def _end_story(self) -> list[Block]:
        self._looks.pop()
        return self._stories.pop().blocks

    def _place(self, blocks: list[Block]) -> None:
        """Place *blocks* behind the paragraph that is open, if one is."""
        if self._story.paragraphs:
            self._story.paragraphs[-1].behind += blocks
        else:
            self._story.blocks += blocks

    def _end_note(self) -> None:
        texts = [block.text for block in self._end_story()]
        self._place([Block(text=text, kind=BlockKind.NOTE) for text in texts])

    def _end_annotation(self) -> None:
        self._leave_out(" ".join(block.text for block in self._end_story()), Why.COMMENT)

    def _end_box(self) -> None:
        self._place(self._end_story())

    def _begin_cell(self, element: Element) -> None:
        self._begin_story()
        self._spanned = number_of(element.get("table:number-columns-spanned"), 1) - 1

    def _end_covered(self) -> None:
        """End a covered cell: one from above leaves an empty place, one beside it none."""
        if self._spanned > 0:
            self._spanned -= 1
            self._end_story()
        else:
            self._end_cell()

    def _end_cell(self) -> None:
        blocks = self._end_story()
        if self._tables and self._tables[-1]:
            self._tables[-1][-1].append(blocks)
        else:
            self._story.blocks += blocks

    def _end_table(self) -> None:
        self._place(table_blocks(self._tables.pop()))
