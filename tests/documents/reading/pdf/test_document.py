"""A PDF is read whole, or refused with what is wrong and what to do."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from made_pdfs import Glyphs, Item, Put, lines, pdf

from documents.model import BlockKind, Doubt, Extract, Field, Source, Unreadable, Why
from documents.reading.pdf.document import read_pdf

TEXT = (
    "The council of the port met today",
    "and heard the engineer on the state",
    "of the quay, which has not been so",
    "low since the year of the flood.",
)


def read(content: bytes) -> Extract:
    (extract,) = read_pdf(Source(name="statement.pdf", content=content))
    return extract


def refusal(content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read(content)
    assert refused.value.repair.endswith(".")
    return refused.value.what


def test_lines_become_a_paragraph() -> None:
    extract = read(pdf(lines(*TEXT)))
    assert [block.text for block in extract.blocks] == [" ".join(TEXT)]
    assert extract.blocks[0].page == 1


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_that_is_cut_short_is_refused_although_most_of_it_could_be_read(
    share: float,
) -> None:
    whole = pdf(lines(*TEXT))
    what = refusal(whole[: int(share * len(whole))])
    assert "damaged" in what
    assert "cut short" in what


def test_a_file_whose_parts_cannot_be_found_is_refused() -> None:
    assert "damaged" in refusal(b"%PDF-1.7\nnothing at all\n%%EOF\n")


def test_no_damage_ends_in_another_error() -> None:
    """Whatever bytes are wrong, the answer is a text or a refusal."""
    whole = pdf(lines(*TEXT), [Glyphs(50, 500, ["م", "لأ", "ا"] * 9)])
    for place in range(0, len(whole), 37):
        damaged = whole[:place] + bytes([whole[place] ^ 0x15]) + whole[place + 1 :]
        try:
            read(damaged)
        except Unreadable as refused:
            assert refused.what


def test_a_locked_file_is_refused() -> None:
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(lines(*TEXT))))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    assert "password" in refusal(locked.getvalue())


def test_a_file_without_text_is_refused_with_the_number_of_its_pages() -> None:
    what = refusal(pdf([Put(50, 20, "Page 1 of 2")], [Put(50, 20, "Page 2 of 2")]))
    assert what.startswith("2 pages hold 16 letters")


def test_a_file_of_too_many_pages_is_refused() -> None:
    document = pypdfium2.PdfDocument.new()
    for _ in range(2_001):
        document.new_page(100, 100)
    written = io.BytesIO()
    document.save(written)
    assert "2,001 pages" in refusal(written.getvalue())


def test_glyphs_that_stand_for_no_letters_are_refused() -> None:
    """PDFium reads the numbers of such glyphs: letters of another alphabet, at worst."""
    page: list[Item] = [Glyphs(50, 500 - 14 * at, ["a", "b", "c", " "] * 8) for at in range(5)]
    assert read(pdf(page)).blocks
    what = refusal(pdf(page, unmapped=True))
    assert "glyph" in what
    assert "letters" in what


def test_text_that_a_machine_read_off_a_scan_is_doubted() -> None:
    page = [Put(50, 500 - 14 * at, text, mode=3) for at, text in enumerate(TEXT)]
    assert Doubt.OCR in [warning.doubt for warning in read(pdf(page)).warnings]


def test_a_stamp_across_the_page_is_no_text_and_an_embargo_on_it_is_told() -> None:
    stamp = Put(100, 100, "EMBARGOED", 30, matrix=(0.7, 0.7, -0.7, 0.7))
    extract = read(pdf([*lines(*TEXT), stamp]))
    assert [block.text for block in extract.blocks] == [" ".join(TEXT)]
    assert [(left.text, left.why) for left in extract.left_out] == [("EMBARGOED", Why.OUTSIDE)]
    assert [warning.doubt for warning in extract.warnings] == [Doubt.EMBARGO]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_is_read_as_it_is_turned(rotate: int) -> None:
    """The pages of a scanner's tray lie on their side: what is across there is upright here."""
    placed = {0: (50, 500), 90: (100, 50), 180: (350, 100), 270: (300, 550)}[rotate]
    turned = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}[rotate]
    down = {0: (0, -14), 90: (14, 0), 180: (0, 14), 270: (-14, 0)}[rotate]
    page = [
        Put(placed[0] + down[0] * at, placed[1] + down[1] * at, text, matrix=turned)
        for at, text in enumerate(TEXT)
    ]
    assert [block.text for block in read(pdf(page, rotate=rotate)).blocks] == [" ".join(TEXT)]


def test_neither_the_author_nor_a_title_that_is_not_printed_is_claimed() -> None:
    told = {"Title": "FINAL version 3.pdf", "Author": "A. Typist", "CreationDate": "D:20250402"}
    claims = read(pdf(lines(*TEXT), properties=told)).claims
    assert not any("Typist" in claim.value or "FINAL" in claim.value for claim in claims)
    assert [(c.value, c.where, c.certain) for c in claims if c.field is Field.DATE] == [
        ("2025-04-02", "PDF created", False)
    ]


def test_a_printed_title_and_a_dateline_are_certain() -> None:
    page = [
        Put(50, 540, "Statement on the quay", 16, "bold"),
        Put(50, 515, "Port Ellin, 2 April 2025"),
        *lines(*TEXT, top=490),
    ]
    extract = read(pdf(page))
    assert extract.blocks[0].kind is BlockKind.HEADING
    certain = {claim.field: claim.value for claim in extract.claims if claim.certain}
    assert certain == {Field.TITLE: "Statement on the quay", Field.DATE: "2025-04-02"}


def test_the_largest_type_may_be_a_letterhead_and_is_not_certain() -> None:
    page = [
        Put(50, 550, "Port of Ellin", 20),
        Put(50, 520, "Statement on the quay", 14, "bold"),
        *lines(*TEXT),
    ]
    titles = [claim for claim in read(pdf(page)).claims if claim.field is Field.TITLE]
    assert [(claim.value, claim.certain) for claim in titles] == [("Port of Ellin", False)]


def test_letters_that_are_drawn_twice_to_look_bold_are_read_once() -> None:
    twice: list[Item] = []
    for at, text in enumerate(TEXT):
        twice += [Put(x, 500 - 14 * at, text) for x in (50, 50.3)]
    assert [block.text for block in read(pdf(twice)).blocks] == [" ".join(TEXT)]


def test_an_address_broken_over_lines_keeps_its_hyphens_and_is_no_text() -> None:
    broken = ("Source: https://port.example/statements/the-long-", "winding-name-of-", "it-all")
    extract = read(pdf([*lines(*TEXT), *lines(*broken, top=400)]))
    assert [block.text for block in extract.blocks] == [" ".join(TEXT)]
    urls = [claim.value for claim in extract.claims if claim.field is Field.URL]
    assert urls == ["https://port.example/statements/the-long-winding-name-of-it-all"]


def test_the_made_report_is_read_as_its_reader_sees_it(shared: Path) -> None:
    extract = read((shared / "made" / "hyphenated.pdf").read_bytes())
    kinds = [block.kind for block in extract.blocks]
    assert kinds.count(BlockKind.ITEM) == 5
    assert kinds.count(BlockKind.NOTE) == 1
    text = "\n".join(block.text for block in extract.blocks)
    assert "acted upon.\nHearing of 12 March 2025" in text
    assert "well-known weak-nesses" in text
    assert "the last inspection" in text
    assert "CI/2025" not in text
