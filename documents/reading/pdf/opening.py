"""Opens a PDF with PDFium, and refuses what nobody can read: damaged, locked, drawn, in codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pypdfium2
import regex

from documents.model import Unreadable
from documents.reading.pdf.letters import Page, read_page
from documents.reading.pdf.tags import Tags

_MOST_PAGES = 2_000

#: A page of fewer letters is a picture of one: scans have 0 to 2, and their stamps 18.
FEWEST_LETTERS = 25

#: A page of more characters than this whose share of codes is greater shows glyph codes.
_ENOUGH_TO_JUDGE, _MOST_CODES = 50, 0.02

_ADDRESS = regex.compile(r"(?:https?://|www\.)[^\s<>\p{C}]{4,300}+", regex.IGNORECASE)

ASK = "Ask the press office for the text or a Word file, or add the address of its page"
_AGAIN = f"Fetch it again. {ASK}."


def opened(content: bytes) -> Any:
    """Return PDFium's document of *content*.

    Raises:
        Unreadable: it is damaged, locked with a password, without pages, or too long.
    """
    # Whoever wrote the file ended it with this mark; what follows is a mail server's, at most.
    if b" obj" in content[content.rfind(b"%%EOF") + 1 :]:
        raise Unreadable("the file is damaged: it is cut short", _AGAIN)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            what, repair = "the file is locked with a password", f"Save a copy without one. {ASK}."
            raise Unreadable(what, repair) from None
        raise Unreadable("the file is damaged: its parts cannot be found", _AGAIN) from None
    pages = len(document)
    if 0 < pages <= _MOST_PAGES:
        return document
    document.close()
    if not pages:
        raise Unreadable("it has no pages", _AGAIN)
    raise Unreadable(
        f"it has {pages:,} pages, more than the {_MOST_PAGES:,} that are read",
        "Save the pages of the statement as a file of their own.",
    )


def pages_of(document: Any, tags: Tags) -> list[Page]:
    """Return the pages of PDFium's *document*, and add their tagged blocks to *tags*.

    Raises:
        Unreadable: a page is damaged; they are pictures, or show only glyph codes.
    """
    pages: list[Page] = []
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
            pages.append(read_page(page, number, tags.of_page(page)))
        except pypdfium2.PdfiumError:
            what = f"the file is damaged: page {number} cannot be read"
            raise Unreadable(what, _AGAIN) from None
        page.close()
        _refuse_codes(pages[-1])
    _refuse_pictures(pages)
    return pages


def text_of(pages: Iterable[Page]) -> str:
    """Return the letters of *pages*, in no order that can be trusted."""
    return "".join(letter.text for page in pages for letter in page.letters if letter)


def _refuse_codes(page: Page) -> None:
    if page.count <= _ENOUGH_TO_JUDGE or page.codes <= _MOST_CODES * page.count:
        return
    found = _ADDRESS.search(text_of([page]))
    where = f", perhaps {found[0]}" if found else ""
    raise Unreadable(
        "its fonts do not say which letters they show: only glyph codes can be read",
        f"{ASK}{where}.",
    )


def _refuse_pictures(pages: Sequence[Page]) -> None:
    letters = sum(page.count for page in pages)
    if letters >= FEWEST_LETTERS * len(pages):
        return
    hold = f"{len(pages)} pages hold" if len(pages) > 1 else "1 page holds"
    raise Unreadable(
        f"{hold} {letters} letters of text: the words are drawn, not written",
        f"{ASK}; text that a machine reads off a picture is not filed.",
    )
