"""Makes checked stories by hand, from drafts and statements in words of our own."""

from __future__ import annotations

import datetime
from typing import Any

from made_statements import statement

from index import (
    Change,
    CheckedQuotation,
    CheckedStory,
    Citation,
    Coverage,
    Difference,
    Passage,
    Piece,
    PieceKind,
    Quotation,
    Quote,
    Span,
    Statement,
)

SEARCHED = Coverage(
    statements=3,
    paragraphs=9,
    first=datetime.date(2025, 2, 1),
    last=datetime.date(2025, 2, 24),
)
PORTS = statement(
    "ports",
    [
        "The harbour will not open in May unless the channel is deep enough.",
        "Dredging has cost 26.5 million dollars, and ferries sail twice a day.",
        "Where will the new ferries sail from? From the old quay, as they always did.",
    ],
    day=24,
)
CODES = ("K7Q2-M9XA", "K7Q2-M9XB", "K7Q2-M9XC")


def span(text: str, words: str) -> Span:
    """Return where *words* first stand in *text*."""
    start = text.index(words)
    return start, start + len(words)


def cited(number: int, made: Statement = PORTS) -> Citation:
    """Return the citation of paragraph *number* of *made*."""
    return Citation.of(made, made.paragraphs[number - 1], CODES[number - 1])


def quote(words: str, made: Statement = PORTS) -> Quote:
    """Return the first slice with these *words* of a paragraph of *made*."""
    paragraph = next(one for one in made.paragraphs if words in one.text)
    return Quote(paragraph, *span(paragraph.text, words))


def quotation(draft: str, words: str) -> Quotation:
    """Return the quotation with these *words* between single-character marks in *draft*."""
    start, stop = span(draft, words)
    return Quotation(start - 1, stop + 1, (Piece(PieceKind.WORDS, start, stop),))


def passage(draft: str, written: str, stands: str, made: Statement = PORTS) -> Passage:
    """Return where *written*, words of *draft*, stand on record as the words *stands*."""
    found = quote(stands, made)
    return Passage(span(draft, written), found, cited(found.paragraph.number, made))


def difference(
    draft: str, change: Change, written: str | int, stands: str | None, **known: Any
) -> Difference:
    """Return a difference; *written* are words of *draft*, or the offset where they lack."""
    where = (written, written) if isinstance(written, int) else span(draft, written)
    return Difference(change, where, quote(stands) if stands else None, **known)


def story(draft: str, *quotations: CheckedQuotation, **known: Any) -> CheckedStory:
    """Return the checked story of *draft*, read to its end."""
    known = {"searched": SEARCHED, "read": len(draft), **known}
    return CheckedStory(draft=draft, quotations=quotations, **known)
