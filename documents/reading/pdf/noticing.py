"""Says what an editor should know of a PDF that was read: scans, stamps, notes, hyphens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex

from documents.model import Doubt, LeftOut, Warned, Why
from documents.reading.pdf.hyphens import Joining
from documents.reading.pdf.letters import Page
from documents.reading.pdf.lines import Line
from documents.reading.pdf.notes import Note
from documents.reading.pdf.opening import FEWEST_LETTERS

#: A page of which so many letters are invisible was read off a scan.
_MOST_INVISIBLE = 0.5

#: Words, or pages, that a warning lists.
_LISTED = 10

_EMBARGO = regex.compile(r"embarg|эмбарго|حظر", regex.IGNORECASE)


def stamps_of(pages: Iterable[Page]) -> list[LeftOut]:
    """Return what is stamped across the *pages*, each stamp once."""
    texts = dict.fromkeys(page.across for page in pages if page.across)
    return [LeftOut(text=text, why=Why.OUTSIDE) for text in texts]


def warnings_of(
    pages: Sequence[Page], lines: Iterable[Line], notes: Sequence[Note], joining: Joining
) -> list[Warned]:
    """Return what was noticed, what keeps the document from being filed unseen first."""
    return [*_of_pages(pages), *_of_notes(lines, notes), *_of_hyphens(joining)]


def _of_pages(pages: Sequence[Page]) -> list[Warned]:
    scanned = [page.number for page in pages if page.invisible > _MOST_INVISIBLE * page.count]
    empty = [page.number for page in pages if page.drawn and page.count < FEWEST_LETTERS / 5]
    misread = [page.number for page in pages if page.misread]
    warnings: list[Warned] = []
    for numbers, what, doubt in (
        (scanned, "a machine read the text off a picture, and may have misread it", Doubt.OCR),
        (empty, "a picture with no text; what it shows is not filed", Doubt.OCR),
        (misread, "a font does not say which letter is in a word", Doubt.LETTERS),
    ):
        if numbers:
            warnings.append(Warned(text=f"{_pages(numbers)}: {what}", doubt=doubt))
    stamps = [stamp.text for stamp in stamps_of(pages) if _EMBARGO.search(stamp.text)]
    if stamps:
        warnings.append(Warned(text=f"stamped {_listed(stamps)}", doubt=Doubt.EMBARGO))
    return warnings


def _of_notes(lines: Iterable[Line], notes: Sequence[Note]) -> list[Warned]:
    warnings: list[Warned] = []
    if notes:
        what = "1 footnote stands" if len(notes) == 1 else f"{len(notes)} footnotes stand"
        text = f"{what} behind the paragraph; the marks are left out"
        warnings.append(Warned(text=text))
    raised = [
        line.text[: at + len(mark)].split(" ")[-1]
        for line in lines
        for at, mark in line.raised
        if mark.strip("()[]").isdecimal()
    ]
    if raised:
        warnings.append(Warned(text=f"raised figures without a footnote: {_listed(raised)}"))
    return warnings


def _of_hyphens(joining: Joining) -> list[Warned]:
    return [
        Warned(text=f"{what}: {_listed(words)}")
        for words, what in (
            (joining.kept, "hyphens at a line end that may not belong to the word"),
            (joining.healed, "words broken at a line end, whole elsewhere, and joined"),
        )
        if words
    ]


def _pages(numbers: Sequence[int]) -> str:
    listed = ", ".join(map(str, numbers[:_LISTED]))
    more = ", …" if len(numbers) > _LISTED else ""
    return f"page {listed}" if len(numbers) == 1 else f"pages {listed}{more}"


def _listed(words: Sequence[str]) -> str:
    listed = ", ".join(f"“{word}”" for word in words[:_LISTED])
    return listed + (f" and {len(words) - _LISTED} more" if len(words) > _LISTED else "")
