"""Paragraphs go by the place of their lines: gaps, indents, room left, columns, pages."""

from __future__ import annotations

from made_pdfs import Item, Put, lines, pdf

from documents.model import Block, BlockKind, Source
from documents.reading.pdf.document import read_pdf

FIRST = (
    "The council of the port met today",
    "and heard the engineer on the state",
    "of the quay, which has not been so",
    "low since the year of the flood.",
)
SECOND = (
    "The harbour master then told them",
    "that the dredger would arrive in the",
    "spring, if the river allows it, and",
    "that nobody would have to wait long.",
)


def blocks(*pages: list[Item]) -> list[Block]:
    (extract,) = read_pdf(Source(name="statement.pdf", content=pdf(*pages)))
    return list(extract.blocks)


def texts(*pages: list[Item]) -> list[str]:
    return [block.text for block in blocks(*pages)]


def test_a_wide_gap_parts_paragraphs() -> None:
    page = [*lines(*FIRST), *lines(*SECOND, top=500 - 4 * 14 - 10)]
    assert texts(page) == [" ".join(FIRST), " ".join(SECOND)]


def test_a_line_that_ends_a_sentence_with_room_left_ends_a_paragraph() -> None:
    page = lines(*FIRST[:3], "low for years.", *SECOND)
    assert texts(page) == [" ".join([*FIRST[:3], "low for years."]), " ".join(SECOND)]


def test_indents_part_paragraphs_where_a_document_has_them() -> None:
    page: list[Item] = []
    for at in range(6):
        top = 550 - 56 * at
        page += lines("The council of the port now", x=65, top=top)
        page += lines(*FIRST[1:3], "low since the year of the floods.", top=top - 14)
    assert len(texts(page)) == 6


def test_a_paragraph_goes_on_over_a_page() -> None:
    assert texts(lines(*FIRST[:2], top=100), lines(*FIRST[2:], top=530)) == [" ".join(FIRST)]


def test_columns_are_read_one_after_the_other_under_a_title_over_both() -> None:
    title = Put(120, 560, "On the quay and the river", 16, "bold")
    left, right = lines(*FIRST, *FIRST, x=30), lines(*SECOND, *SECOND, x=215)
    by_rows: list[Item] = [title]
    for pair in zip(left, right, strict=True):
        by_rows += pair
    read = " ".join(texts(by_rows))
    assert read == " ".join([title.text, *FIRST, *FIRST, *SECOND, *SECOND])


def test_labels_beside_a_text_are_no_column() -> None:
    page: list[Item] = []
    for at, (label, line) in enumerate(zip("ABCDEFGH", [*FIRST, *SECOND], strict=True)):
        page += [Put(50, 500 - 14 * at, f"{label}."), Put(90, 500 - 14 * at, line)]
    assert texts(page)[0].startswith("A. The council")


def test_larger_type_is_a_heading_and_the_largest_is_the_highest() -> None:
    page = [
        Put(50, 560, "On the quay", 18, "bold"),
        Put(50, 530, "What was heard", 13),
        *lines(*FIRST),
    ]
    read = blocks(page)
    assert [(block.kind, block.level) for block in read] == [
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 2),
        (BlockKind.PARAGRAPH, 0),
    ]


def test_a_sentence_in_bold_is_no_heading() -> None:
    page = [Put(50, 530, "Nobody shall have to wait.", font="bold"), *lines(*FIRST)]
    assert [block.kind for block in blocks(page)] == [BlockKind.PARAGRAPH] * 2


def test_a_name_in_bold_at_the_beginning_is_told() -> None:
    page = [
        Put(50, 514, "MAYOR TARN:", font="bold"),
        Put(122, 514, "We met."),
        *lines(*FIRST),
    ]
    assert blocks(page)[0].bold == "MAYOR TARN:"


def test_bullets_and_numbers_begin_items() -> None:
    page = lines("• the quay, and what is under it;", "• the river;", "2. the dredger.")
    read = blocks(page)
    assert [block.kind for block in read] == [BlockKind.ITEM] * 3
    assert read[0].text.startswith("• the quay")


def test_raised_figures_without_a_note_stay() -> None:
    page = [
        Put(50, 514, "On the 79"),
        Put(94, 517, "th", 6),
        Put(102, 514, "day of the year"),
        *lines(*FIRST),
    ]
    assert texts(page)[0].startswith("On the 79th day")
