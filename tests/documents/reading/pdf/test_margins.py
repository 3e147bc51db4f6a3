"""Running heads, footers and page numbers are cut by their place, and told."""

from __future__ import annotations

from made_pdfs import Item, Put, lines, pdf

from documents.model import Extract, Source, Why
from documents.reading.pdf.document import read_pdf

PAGES = (
    ("The council of the port met today", "and heard the engineer on the state"),
    ("of the quay, which has not been so", "low since the year of the flood, and"),
    ("that the dredger would arrive in the", "spring, if the river allows it."),
)


def read(*pages: list[Item]) -> Extract:
    (extract,) = read_pdf(Source(name="statement.pdf", content=pdf(*pages)))
    return extract


def test_what_stands_on_every_page_is_cut_and_its_figures_may_differ() -> None:
    pages = [
        [
            Put(200, 20, str(at)),
            Put(50, 580, f"Port of Ellin, council, paper {at}", 8),
            *lines(*text),
        ]
        for at, text in enumerate(PAGES, 1)
    ]
    extract = read(*pages)
    assert [block.text for block in extract.blocks] == [" ".join(" ".join(p) for p in PAGES)]
    assert [(left.text, left.why) for left in extract.left_out] == [
        ("Port of Ellin, council, paper 1", Why.HEADER),
        ("1, 2, 3", Why.PAGE_NUMBER),
    ]


def test_a_salutation_at_the_top_of_two_pages_stays() -> None:
    pages = [
        lines("Mr President," if at < 2 else "and members,", *text, top=545)
        for at, text in enumerate(PAGES)
    ]
    extract = read(*pages)
    assert sum(block.text.count("Mr President,") for block in extract.blocks) == 2
    assert extract.left_out == ()


def test_a_figure_in_a_line_of_the_margin_stays() -> None:
    extract = read([*lines(*PAGES[0]), Put(50, 50, "the quay of"), Put(150, 50, "1877")])
    assert extract.blocks[-1].text.endswith("the quay of 1877")


def test_a_page_that_counts_itself_is_cut_from_a_single_page() -> None:
    extract = read([*lines(*PAGES[0]), Put(50, 20, "Page 1 of 1")])
    assert [left.why for left in extract.left_out] == [Why.PAGE_NUMBER]
