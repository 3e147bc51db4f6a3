"""Reads a PDF: puts together what the modules beside it find in its letters, line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from documents.model import Extract, Source, Unreadable
from documents.reading.pdf.blocks import blocks_of, paragraphs_of, setting_of
from documents.reading.pdf.claims import (
    address_in_margins,
    claims_of_properties,
    printed_claims,
    without_source,
)
from documents.reading.pdf.columns import columns_of
from documents.reading.pdf.hyphens import joining_of
from documents.reading.pdf.layout import layout_of
from documents.reading.pdf.letters import Page
from documents.reading.pdf.lines import Line, Piece, line_of, pieces_of
from documents.reading.pdf.margins import without_margins
from documents.reading.pdf.notes import without_notes
from documents.reading.pdf.noticing import stamps_of, warnings_of
from documents.reading.pdf.opening import ASK, opened, pages_of, text_of
from documents.reading.pdf.paragraphs import grouped
from documents.reading.pdf.right_to_left import brackets_righted, is_right_to_left, mirrors
from documents.reading.pdf.second_reading import compared
from documents.reading.pdf.tags import Tags


def read_pdf(source: Source) -> list[Extract]:
    """Return what is in the PDF *source*, as one extract.

    Raises:
        Unreadable: it is damaged, locked, too long, a scan, or shows only glyph codes.
    """
    document = opened(source.content)
    try:
        return [_read(document, source.content)]
    finally:
        document.close()


def _read(document: Any, content: bytes) -> Extract:
    tags = Tags()
    pages = pages_of(document, tags)
    body = _size_of_text(pages)
    kept, left_out = without_margins(pages, [pieces_of(page) for page in pages], body)
    turned = is_right_to_left(text_of(pages))
    lines, notes = without_notes(_columns(pages, kept, right_to_left=turned), body)
    if not lines:
        raise Unreadable("nothing stands on its pages but their margins", f"{ASK}.")
    layout = layout_of(lines)
    groups, tags_hold = grouped(lines, layout)
    joining = joining_of([*lines, *(line for note in notes for line in note.lines)])
    setting = setting_of(lines, body)
    printed = paragraphs_of(groups, layout, joining, tags.names)
    paragraphs, claims, sources = without_source(printed)
    if not paragraphs:
        raise Unreadable("an address is all that it holds", "Add that address.")
    first_page = " ".join(paragraph.text for paragraph in printed if paragraph.page == 1)
    return Extract(
        blocks=blocks_of(paragraphs, notes, joining, setting, tags_hold=tags_hold),
        claims=(
            *claims,
            *printed_claims(paragraphs, setting, tags_hold=tags_hold),
            *address_in_margins(left_out),
            *claims_of_properties(document.get_metadata_dict(), first_page),
        ),
        left_out=(*left_out, *sources, *stamps_of(pages)),
        warnings=(
            *warnings_of(pages, lines, notes, joining),
            *(compared(content, lines) if turned else ()),
        ),
    )


def _columns(
    pages: Sequence[Page], kept: Sequence[Sequence[Piece]], *, right_to_left: bool
) -> list[list[Line]]:
    """Return the lines of each column, brackets turned round if they close before they open."""
    rows = [
        (page, column)
        for page, pieces in zip(pages, kept, strict=True)
        for column in columns_of(pieces, right_to_left=right_to_left)
    ]

    def lines(*, mirror: bool) -> list[list[Line]]:
        return [
            [line_of(row, page, at, right_to_left=right_to_left, mirror=mirror) for row in column]
            for at, (page, column) in enumerate(rows)
        ]

    columns = lines(mirror=False)
    turned = [line.text for column in columns for line in column if line.right_to_left]
    if mirrors(turned):
        columns = lines(mirror=True)
    return [
        [
            replace(line, text=brackets_righted(line.text)) if line.right_to_left else line
            for line in column
        ]
        for column in columns
    ]


def _size_of_text(pages: Iterable[Page]) -> float:
    sizes = Counter(
        letter.size for page in pages for letter in page.letters if letter and letter.text != " "
    )
    return sizes.most_common(1)[0][0]
