"""Tells what each paragraph is (a heading, an item, text) and puts footnotes behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from documents.model import Block, BlockKind
from documents.reading.pdf.hyphens import Joining, joined
from documents.reading.pdf.layout import Layout
from documents.reading.pdf.lines import Line
from documents.reading.pdf.notes import Note
from documents.reading.pdf.paragraphs import ITEM, is_ended

#: Type so much larger than the text's is a heading's.
LARGER = 1.15

#: A longer one is a paragraph, however it is set.
_LONGEST_HEADING = 120

#: A name in bold at the beginning of a paragraph is shorter.
_LONGEST_BOLD = 80

#: Tags of headings; H alone has no level.
_HEADING_TAGS = {"Title": 1, "H": 1, "H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """The lines of a paragraph, its words on one line, and how it is set."""

    lines: tuple[Line, ...]
    text: str
    tag: str
    centred: bool

    @property
    def page(self) -> int:
        """The page it begins on."""
        return self.lines[0].page

    @property
    def size(self) -> float:
        """The size of its type, in points."""
        return self.lines[0].size

    @property
    def is_bold(self) -> bool:
        """Whether nearly all of it is bold."""
        return all(line.is_bold for line in self.lines)


@dataclass(frozen=True, slots=True)
class Setting:
    """How the text of a document is set, beside which headings stand out."""

    size: float
    is_bold: bool


def paragraphs_of(
    groups: Sequence[Sequence[Line]], layout: Layout, joining: Joining, names: Sequence[str]
) -> list[Paragraph]:
    """Return the paragraphs that *groups* of lines make; *names* are those of their tags."""
    return [
        Paragraph(
            lines=tuple(group),
            text=joined([line.text for line in group], joining),
            tag=names[group[0].tag] if group[0].tag >= 0 else "",
            centred=all(layout.measures[line.column].is_centred(line) for line in group[-1:]),
        )
        for group in groups
    ]


def setting_of(lines: Sequence[Line], body: float) -> Setting:
    """Return how most of *lines* are set; *body* is the size of their type."""
    bold = sum(line.bold for line in lines)
    return Setting(body, bold > 0.4 * sum(len(line.text) for line in lines))


def is_heading(paragraph: Paragraph, setting: Setting, *, tags_hold: bool) -> bool:
    """Tell whether *paragraph* is surely a heading: short, no sentence, and set apart."""
    text = paragraph.text
    if len(text) > _LONGEST_HEADING or len(paragraph.lines) > 3:
        return False
    if is_ended(text) or text.endswith((",", "،", "、", "，")) or not any(map(str.isalpha, text)):
        return False
    if paragraph.size >= LARGER * setting.size:
        return True
    if tags_hold and paragraph.tag in _HEADING_TAGS:
        return True
    if paragraph.centred and text.isupper() and len(paragraph.lines) == 1:
        return True
    return paragraph.is_bold and not setting.is_bold and len(paragraph.lines) < 3


def blocks_of(
    paragraphs: Sequence[Paragraph],
    notes: Sequence[Note],
    joining: Joining,
    setting: Setting,
    *,
    tags_hold: bool,
) -> tuple[Block, ...]:
    """Return the blocks of *paragraphs*, each followed by the *notes* that it refers to."""
    sizes = sorted({p.size for p in paragraphs if p.size >= LARGER * setting.size}, reverse=True)
    waiting: defaultdict[tuple[int, str], list[Note]] = defaultdict(list)
    for note in notes:
        waiting[note.page, note.mark].append(note)
    blocks: list[Block] = []
    for at, paragraph in enumerate(paragraphs):
        blocks.append(_block(paragraph, sizes, setting, tags_hold=tags_hold))
        for line in paragraph.lines:
            for mark in line.refers:
                blocks += _note_blocks(waiting.pop((line.page, mark), ()), joining)
        following = paragraphs[at + 1].page if at + 1 < len(paragraphs) else None
        for key in [key for key in waiting if following is None or key[0] < following]:
            blocks += _note_blocks(waiting.pop(key), joining)
    return tuple(blocks)


def _block(
    paragraph: Paragraph, sizes: Sequence[float], setting: Setting, *, tags_hold: bool
) -> Block:
    text = paragraph.text
    if is_heading(paragraph, setting, tags_hold=tags_hold):
        if tags_hold and paragraph.tag in _HEADING_TAGS:
            level = _HEADING_TAGS[paragraph.tag]
        else:
            level = 1 + sum(size > paragraph.size for size in sizes)
        return Block(text=text, kind=BlockKind.HEADING, level=level, page=paragraph.page)
    kind = BlockKind.ITEM if ITEM.match(text) else BlockKind.PARAGRAPH
    return Block(text=text, kind=kind, bold=_bold_beginning(paragraph), page=paragraph.page)


def _bold_beginning(paragraph: Paragraph) -> str:
    first = paragraph.lines[0]
    if paragraph.is_bold or not 0 < first.bold_first <= _LONGEST_BOLD:
        return ""
    bold = first.text[: first.bold_first].strip()
    is_words = any(map(str.isalpha, bold))
    return bold if is_words and paragraph.text.startswith(bold) else ""


def _note_blocks(notes: Sequence[Note], joining: Joining) -> list[Block]:
    return [
        Block(text=text, kind=BlockKind.NOTE, page=note.page)
        for note in notes
        if (text := joined([line.text for line in note.lines], joining).strip())
    ]
