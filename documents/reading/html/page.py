"""Reads a page of HTML: the blocks that are its text, and what it says of itself.

Which elements hold words, which part is the text and what the page claims is told by the modules
beside it; here they are asked in their order.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from documents.model import BlockKind, Claim, Extract, Field, LeftOut, Source, Warned, Why
from documents.reading.decoding import decode
from documents.reading.html.claims import claims_of, is_day
from documents.reading.html.fragments import what_was_changed
from documents.reading.html.furniture import judge_of
from documents.reading.html.headings import with_headings
from documents.reading.html.hidden import hidden
from documents.reading.html.notes import find_notes
from documents.reading.html.part import (
    below_title,
    container_of,
    core_of,
    cut,
    with_lead,
    without_link_ends,
)
from documents.reading.html.refusals import nothing_in_it, refuse_no_document
from documents.reading.html.tree import Element, Page, parse
from documents.reading.html.vote import vote
from documents.reading.html.walker import Placed, Walked, walk

#: Bytes in which a browser looks for the encoding (html.spec.whatwg.org, "prescan"); some pages
#: have it further down.
_HEAD_BYTES = 4096
_CHARSET = regex.compile(
    r"""<(?:meta\b[^>]{0,300}?\bcharset|\?xml\b[^>]{0,100}?\bencoding)\s*+=\s*+["']?\s*+"""
    r"""([A-Za-z0-9_:.-]{2,40})""",
    regex.IGNORECASE,
)
#: What makes a page of a text: a fragment has none of it.
_PAGE = regex.compile(r"<(?:!doctype|html|head|body|nav|header|footer|main|title|meta)\b", regex.I)
#: Characters of a page; trafilatura takes some 3 s for so many.
_LONGEST_VOTED = 2_000_000
_NOT_ASKED = (
    "trafilatura cannot be imported, so rules of our own chose what part of the page is its text: "
    "look at the first and the last paragraph"
)


def read_html(source: Source) -> list[Extract]:
    """Return the text of the page or fragment in *source*, and what it claims.

    Raises:
        Unreadable: it has no text, shows a robot check or the like instead, or is nested too deep.
    """
    return [read_page(decode(source, _declared(source.content)), source)]


def read_page(html: str, source: Source) -> Extract:
    """Return the text in *html*, which *source* was decoded as.

    Raises:
        Unreadable: as for ``read_html``.
    """
    page = Page(parse(html))
    body = page.body
    if not _PAGE.search(html):
        walked = walk(body, hidden, find_notes(body))
        return _extract(walked, walked.kept, [], what_was_changed(walked))
    refuse_no_document(html, page)
    warnings: list[Warned] = []
    walked, placed = _chosen(html, page, warnings)
    placed = without_link_ends(placed) or placed
    claims = claims_of(page, source, placed, below_title(walked.placed, placed))
    placed, said_twice = _without_fields(placed, claims)
    warnings += what_was_changed(walked)
    return _extract(walked, placed, claims, warnings, said_twice)


def _declared(content: bytes) -> str:
    """Return the encoding that the page names itself, or nothing."""
    # It is ASCII, whatever the rest is.
    found = _CHARSET.search(content[:_HEAD_BYTES].decode("latin-1"))
    return found[1] if found else ""


def _chosen(html: str, page: Page, warnings: list[Warned]) -> tuple[Walked, list[Placed]]:
    """Return all blocks of the page, and those of them that are its text."""
    body, notes = page.body, find_notes(page.body)
    container = container_of(page)
    if container is not None:
        walked = walk(body, judge_of(body, set(container.around())), notes)
        return walked, _in(container, walked)
    walked = walk(body, judge_of(body), notes)
    if _is_plain(walked):
        return walked, walked.kept
    ballot = None
    try:
        ballot = vote(html) if len(html) <= _LONGEST_VOTED else None
    except ImportError:
        warnings.append(Warned(text=_NOT_ASKED))
    core = core_of(walked.placed, ballot, body)
    around = set(core.around())
    if any(one.judged in around for one in walked.placed):
        # What was voted to be the text stands in an element that is named like something else.
        walked = walk(body, judge_of(body, around), notes)
    return walked, with_lead(walked.placed, cut(_in(core, walked), ballot))


def _in(core: Element, walked: Walked) -> list[Placed]:
    """Return the blocks in *core* that are not left out."""
    within = set(core.within())
    return [one for one in walked.kept if one.element in within]


def _is_plain(walked: Walked) -> bool:
    """Return whether a page is nothing but text: nothing in it is furniture, little of it links."""
    letters = sum(one.letters for one in walked.placed) or 1
    linked = sum(one.letters * one.linked for one in walked.placed)
    return linked / letters < 0.1 and all(
        one.why is None or one.why is Why.HIDDEN for one in walked.placed
    )


def _without_fields(
    placed: Sequence[Placed], claims: Sequence[Claim]
) -> tuple[list[Placed], list[LeftOut]]:
    """Return *placed* without the title and the day at its beginning, which become fields."""
    titles = {_even(one.value) for one in claims if one.field is Field.TITLE}
    rest, said_twice = list(placed), []
    for one in placed[:3]:
        may_be_title = one.block.kind is BlockKind.HEADING or one is placed[0]
        is_title = may_be_title and _even(one.block.text) in titles
        if (is_title or is_day(one.block.text)) and len(rest) > 1:
            rest.remove(one)
            said_twice.append(LeftOut(text=one.block.text, why=Why.DUPLICATE))
    return rest, said_twice


def _extract(
    walked: Walked,
    placed: Sequence[Placed],
    claims: Sequence[Claim],
    warnings: Sequence[Warned],
    said_twice: Sequence[LeftOut] = (),
) -> Extract:
    """Return *placed* as an extract, all else that was *walked* being left out."""
    if not placed:
        raise nothing_in_it()
    filed = set(map(id, placed))
    twice = {one.text for one in said_twice}
    titles = {_even(one.value) for one in claims if one.field is Field.TITLE}
    outside = [
        LeftOut(text=text, why=Why.DUPLICATE if _even(text) in titles else Why.OUTSIDE)
        for text in (one.block.text for one in walked.kept if id(one) not in filed)
        if text not in twice
    ]
    return Extract(
        blocks=tuple(with_headings(placed)),
        claims=tuple(claims),
        left_out=(*said_twice, *walked.all_left_out(), *outside),
        warnings=tuple(warnings),
    )


def _even(text: str) -> str:
    return " ".join(text.split()).casefold()
