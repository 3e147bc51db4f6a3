"""Reads what a PDF says of itself: its printed title, dateline and address, and when it was made.

Its author is whoever typed it, and is never claimed; nor is the title of its properties, unless the
page has it too.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

import regex

from documents.days import dateline_of
from documents.model import Claim, Field, LeftOut, Why
from documents.reading.pdf.blocks import LARGER, Paragraph, Setting, is_heading
from documents.reading.pdf.paragraphs import is_ended

#: A title is no longer, in characters.
_LONGEST_TITLE = 300

#: The address where a text stands, alone in its block or behind a word or two: "Source: https://…".
_SOURCE = regex.compile(
    r"(?:[\p{L}\p{M} ]{1,40}+[:：]\s?)?(https?://[^\s<>]{4,2000}+)", regex.IGNORECASE
)
_ADDRESS = regex.compile(r"https?://[^\s<>]{4,2000}+", regex.IGNORECASE)

#: "D:20240928141638-04'00'" of PDF 32000-1, 7.9.4.
_DAY = regex.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")

_WORD = regex.compile(r"\w++")

#: Blocks at the beginning and the end among which a dateline or an address stands.
_BEGINNING, _END = 10, 3


def without_source(
    paragraphs: Sequence[Paragraph],
) -> tuple[list[Paragraph], list[Claim], list[LeftOut]]:
    """Return *paragraphs* without a line that only says where the text stands, and what it says."""
    kept: list[Paragraph] = []
    claims: list[Claim] = []
    left_out: list[LeftOut] = []
    for at, paragraph in enumerate(paragraphs):
        found = _SOURCE.fullmatch(paragraph.text)
        if found and (at < _BEGINNING or at >= len(paragraphs) - _END):
            where = f"source line on page {paragraph.page}"
            claims.append(Claim(field=Field.URL, value=found[1], where=where, certain=True))
            left_out.append(LeftOut(text=paragraph.text, why=Why.OUTSIDE))
        else:
            kept.append(paragraph)
    return kept, claims, left_out


def address_in_margins(left_out: Iterable[LeftOut]) -> list[Claim]:
    """Return the address that a browser printed in the margins of the pages."""
    for left in left_out:
        found = _ADDRESS.search(left.text)
        if found and not found[0].endswith(("…", "...")):
            where = f"printed as a {left.why}"
            return [Claim(field=Field.URL, value=found[0], where=where, certain=True)]
    return []


def printed_claims(
    paragraphs: Sequence[Paragraph], setting: Setting, *, tags_hold: bool
) -> list[Claim]:
    """Return the title and the datelines that the page prints."""
    claims = _title(paragraphs, setting, tags_hold=tags_hold)
    ends = range(max(len(paragraphs) - _END, _BEGINNING), len(paragraphs))
    for at in [*range(min(_BEGINNING, len(paragraphs))), *ends]:
        day = dateline_of(paragraphs[at].text)
        if day is not None:
            where = f"dateline on page {paragraphs[at].page}"
            claims.append(Claim(field=Field.DATE, value=day.isoformat(), where=where, certain=True))
    return claims


def _title(paragraphs: Sequence[Paragraph], setting: Setting, *, tags_hold: bool) -> list[Claim]:
    top = [p for p in takewhile(lambda p: not _is_text(p, setting), paragraphs) if p.page == 1]
    block, where = _largest(top, setting), "largest type on page 1"
    if not block:
        block, where = _centred(top), "centred at the top of page 1"
    if not block:
        block, where = _heading(top, setting, tags_hold=tags_hold), "heading on page 1"
    title = " ".join(paragraph.text for paragraph in block)
    if title and len(title) <= _LONGEST_TITLE:
        # A letterhead in the largest type has the title under it, in larger type than the text.
        larger = [p for p in top if p.size >= LARGER * setting.size and p not in block]
        return [Claim(field=Field.TITLE, value=title, where=where, certain=not larger)]
    if top and len(top[0].text) <= 150 and not is_ended(top[0].text):
        return [Claim(field=Field.TITLE, value=top[0].text, where="first line")]
    return []


def _is_text(paragraph: Paragraph, setting: Setting) -> bool:
    """Tell whether the text has begun: with several lines of its type, or a sentence."""
    if paragraph.size >= LARGER * setting.size:
        return False
    return len(paragraph.lines) > 3 or (len(paragraph.lines) > 1 and is_ended(paragraph.text))


def _largest(top: Sequence[Paragraph], setting: Setting) -> list[Paragraph]:
    """Return the paragraphs of *top* in the largest type, if they stand together."""
    size = max((p.size for p in top), default=0.0)
    if size < LARGER * setting.size:
        return []
    places = [at for at, p in enumerate(top) if p.size >= 0.97 * size]
    if places != list(range(places[0], places[0] + len(places))):
        return []
    return [p for p in top[places[0] : places[-1] + 1] if dateline_of(p.text) is None]


def _centred(top: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the first centred paragraphs of *top*, before a dateline."""
    block: list[Paragraph] = []
    for paragraph in top:
        if paragraph.centred and any(map(str.isalpha, paragraph.text)):
            if dateline_of(paragraph.text) is not None or paragraph.text.endswith((",", "،", "//")):
                break
            block.append(paragraph)
        elif block:
            break
    return block


def _heading(top: Sequence[Paragraph], setting: Setting, *, tags_hold: bool) -> list[Paragraph]:
    """Return the heading that begins *top*; with one word, such as "Statement", what follows it."""
    if not top or not is_heading(top[0], setting, tags_hold=tags_hold):
        return []
    block = [top[0]]
    if len(top[0].text.split()) > 2:
        return block
    for paragraph in top[1:]:
        is_next = is_heading(paragraph, setting, tags_hold=tags_hold)
        if is_next or is_ended(paragraph.text) or paragraph.text.endswith((",", "،")):
            break
        if dateline_of(paragraph.text) is not None or len(paragraph.lines) > 1:
            break
        block.append(paragraph)
    return block


def claims_of_properties(properties: Mapping[str, str], first_page: str) -> list[Claim]:
    """Return the days of the file's *properties*, and their title if *first_page* prints it."""
    claims: list[Claim] = []
    title = properties.get("Title", "").strip()
    words = _WORD.findall(title.lower())
    if len(words) > 2 and " ".join(words) in " ".join(_WORD.findall(first_page.lower())):
        where = "file properties, and printed on page 1"
        claims.append(Claim(field=Field.TITLE, value=title, where=where))
    days: set[str] = set()
    for name, where in (("CreationDate", "PDF created"), ("ModDate", "PDF changed")):
        found = _DAY.match(properties.get(name, ""))
        day = _day(*found.groups()) if found else None
        if day and day not in days:
            days.add(day)
            claims.append(Claim(field=Field.DATE, value=day, where=where))
    return claims


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
