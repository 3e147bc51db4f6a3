"""A footnote stands behind the paragraph that refers to it, and its mark is not in the text."""

from __future__ import annotations

from made_pdfs import Item, Put, lines, pdf

from documents.model import Block, BlockKind, Source
from documents.reading.pdf.document import read_pdf


def blocks(*pages: list[Item]) -> list[Block]:
    (extract,) = read_pdf(Source(name="statement.pdf", content=pdf(*pages)))
    return list(extract.blocks)


FIRST = (
    "The council of the port met today",
    "and heard the engineer on the state",
    "of the quay, which is not so low.",
)
SECOND = ("Nobody was asked what he thought", "of it, and the council was silent.")
RAISED = Put(191, 475, "1", 6)


def test_a_note_stands_behind_its_paragraph() -> None:
    page = [
        *lines(*FIRST),
        RAISED,
        *lines(*SECOND, top=440),
        Put(50, 80, "1 Minutes of the council, page 7,", 7),
        Put(50, 71, "which stand on its site.", 7),
    ]
    assert [(block.kind, block.text) for block in blocks(page)] == [
        (BlockKind.PARAGRAPH, " ".join(FIRST)),
        (BlockKind.NOTE, "Minutes of the council, page 7, which stand on its site."),
        (BlockKind.PARAGRAPH, " ".join(SECOND)),
    ]


def test_a_mark_without_its_note_stays_in_the_text_and_is_told() -> None:
    (extract,) = read_pdf(Source(name="x", content=pdf([*lines(*FIRST), RAISED])))
    assert [block.text for block in extract.blocks] == [" ".join(FIRST) + "1"]
    assert "“low.1”" in extract.warnings[0].text


def test_a_note_that_nothing_refers_to_stands_at_the_end_of_its_page() -> None:
    first = [*lines(*FIRST[:2], "of the quay."), Put(50, 80, "* As delivered on the quay.", 7)]
    assert [block.kind for block in blocks(first, lines(*SECOND))] == [
        BlockKind.PARAGRAPH,
        BlockKind.NOTE,
        BlockKind.PARAGRAPH,
    ]


def test_small_lines_without_a_mark_are_text() -> None:
    page = [*lines(*FIRST), Put(50, 200, "For the press: call the port.", 7)]
    assert [block.kind for block in blocks(page)] == [BlockKind.PARAGRAPH] * 2
